"""The office's token (USB): which certificate on it seals, and its PIN, tried once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from shiboken6 import isValid

from sochibo.interface.looks.icons import ActButton
from sochibo.interface.parts.blocks import Card, label
from sochibo.interface.parts.fields import ChoiceField, LabelledField
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.passphrase import PassphraseField
from sochibo.messages import N_

if TYPE_CHECKING:
    from sochibo.book.changes import Changes
    from sochibo.book.trust.keys import TokenCertificate
    from sochibo.faults import Fault
    from sochibo.interface.session import Session

__all__ = ["TokenPanel"]

_PIN_WORDS: Final = {
    "low": N_("The token warns: few tries of the PIN are left."),
    "last": N_("The token warns: only one try of the PIN is left."),
    "locked": N_("This token is locked. Only whoever issued it can unlock it."),
}


class TokenPanel(Card):
    """Look for tokens, choose a certificate by name, organisation and last day, type the PIN."""

    taken = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session.theme)
        self._session = session
        self._found: tuple[TokenCertificate, ...] = ()
        self._chosen: TokenCertificate | None = None
        theme, say = session.theme, session.words.gettext
        said = N_(
            "Where the office has a signing token, seal with it: its key never leaves the token, and the PIN "
            "is kept nowhere. A PIN is tried once only."
        )
        self.look_button = ActButton(theme, say(N_("Look for a token")), icon="usb", kind="second")
        self.look_button.clicked.connect(self.look)
        self.certificates: ChoiceField[str] = ChoiceField(theme, say(N_("Certificate")), [], self._choose)
        self.details = label("", "soft", wrap=True)
        self.pin = PassphraseField(session, say(N_("PIN of the token")))
        self.use_button = ActButton(
            theme, say(N_("Seal with this token from now on")), icon="key-round", kind="primary"
        )
        self.use_button.clicked.connect(self.use)
        self.trouble = label("", "wrong", wrap=True)
        self._choice = LabelledField(theme, say(N_("Certificate")), self.certificates)
        self._entry = LabelledField(theme, say(N_("PIN of the token")), self.pin)
        self.body.addWidget(label(say(N_("A signing token (USB)")), "title"))
        self.body.addWidget(label(say(said), "soft", wrap=True))
        for part in (self.look_button, self._choice, self.details, self._entry, self.use_button):
            self.body.addWidget(flow(part) if isinstance(part, ActButton) else part)
        self.body.addWidget(self.trouble)
        self._show(())
        self.trouble.hide()

    def look(self) -> None:
        """Read the certificates of all tokens that are plugged in; drivers take their time."""
        self._say("")
        self.look_button.setEnabled(False)
        say = self._session.words.gettext
        self._session.work(
            self._session.book.keys.tokens, self._show, say(N_("Looking for tokens …")), self._fail
        )

    def use(self) -> None:
        """Try the PIN once and keep where the key lies."""
        session, chosen = self._session, self._chosen
        if chosen is None:
            return
        pin, now = self.pin.text(), session.now()
        # Forgotten at once: a second press of Enter must not try the same PIN again.
        self.pin.forget()
        self.use_button.setEnabled(False)
        session.work(
            lambda: session.book.keys.use_token(chosen, pin, now),
            self._used,
            session.words.gettext(N_("Asking the token …")),
            self._fail,
        )

    def _show(self, found: tuple[TokenCertificate, ...]) -> None:
        if not isValid(self):
            return
        words = self._session.words
        self._found = found
        self.look_button.setEnabled(True)
        choices = [
            (
                one.facts.fingerprint,
                words.sentence(
                    N_("{person} · {organisation} · until {day}"),
                    {
                        "person": one.facts.person,
                        "organisation": one.facts.organisation,
                        "day": one.facts.not_after.date(),
                    },
                ),
            )
            for one in found
        ]
        self.certificates.change_choices(choices)
        for part in (self._choice, self.details, self._entry, self.use_button):
            part.setVisible(bool(found))
        self._choose(found[0].facts.fingerprint if found else "")
        if found:
            self.pin.line.setFocus()

    def _choose(self, fingerprint: str) -> None:
        self._chosen = next((one for one in self._found if one.facts.fingerprint == fingerprint), None)
        one, words = self._chosen, self._session.words
        if one is None:
            return
        told = words.sentence(N_("On the token “{label}”."), {"label": one.reference.label})
        warning = _PIN_WORDS.get(one.pin, "")
        self.details.setText(f"{told} {words.gettext(warning)}".strip() if warning else told)
        self.use_button.setEnabled(one.pin != "locked")

    def _used(self, changes: Changes) -> None:
        if isValid(self):
            self._say("")
            self._show(())
            self.taken.emit()
        self._session.tell(changes)

    def _fail(self, fault: Fault) -> None:
        if not isValid(self):
            self._session.complain(fault)
            return
        self.look_button.setEnabled(True)
        self.use_button.setEnabled(self._chosen is not None)
        self._say(fault.say(self._session.words))

    def _say(self, trouble: str) -> None:
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
