"""Whoever signs second: with a key of his or her own, opened for this one signature and kept nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from shiboken6 import isValid

from sochibo import files
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.parts import choosers
from sochibo.interface.parts.blocks import Card, label
from sochibo.interface.parts.fields import ChoiceField, LabelledField
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.passphrase import PassphraseField
from sochibo.interface.parts.stamp_tick import StampTick
from sochibo.interface.trust.picture_card import PICTURES
from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from sochibo.book.papers.countersigning import Unsigned
    from sochibo.book.papers.stamping import StampSource
    from sochibo.book.trust.keys import SigningKey, TokenCertificate
    from sochibo.faults import Fault
    from sochibo.interface.session import Session

__all__ = ["CountersignCard"]

_LIMIT: Final = 16_000_000
_FILE, _TOKEN, _OWN = "file", "token", "own"


class CountersignCard(Card):
    """Where the key lies, its passphrase or PIN, and the act; hidden where nothing waits for a signature."""

    signed = Signal()

    def __init__(self, session: Session, *, alone: bool = False) -> None:
        """`alone` makes its act the one loud button, where the page has no other."""
        super().__init__(session.theme, "note")
        self._session = session
        self._sign: Callable[[SigningKey, datetime, StampSource | None], object] | None = None
        self._key_file: Path | None = None
        self._picture: Path | None = None
        self._tokens: tuple[TokenCertificate, ...] = ()
        theme, say = session.theme, session.words.gettext
        self.head = label("", "strong", wrap=True)
        self.stamp = StampTick(session)
        self._build_source()
        kind = "primary" if alone else "second"
        self.sign_button = ActButton(theme, say(N_("Countersign")), icon="stamp", kind=kind)
        self.sign_button.clicked.connect(self.sign)
        self.picture_button = ActButton(
            theme, say(N_("Picture of the signature, this once …")), icon="pen-line", kind="link"
        )
        self.picture_button.clicked.connect(self.choose_picture)
        self.trouble = label("", "wrong", wrap=True)
        hint = N_("Nothing of the key is kept on this PC. The seal that is there stays as it is.")
        for part in (
            self.head,
            LabelledField(theme, self.source.accessibleName(), self.source),
            flow(self.file_button, self.look_button),
            self._choice,
            LabelledField(theme, self.passphrase.accessibleName(), self.passphrase),
            self.stamp,
            self.trouble,
            flow(self.sign_button, self.picture_button),
            label(say(hint), "hint", wrap=True),
        ):
            self.body.addWidget(part)
        self.trouble.hide()
        self.hide()

    def _build_source(self) -> None:
        """Make what says where the key lies and what opens it."""
        theme, say = self._session.theme, self._session.words.gettext
        sources = [
            (_FILE, say(N_("A key file (.p12)"))),
            (_TOKEN, say(N_("A signing token (USB)"))),
            (_OWN, say(N_("The key of this book"))),
        ]
        self.source: ChoiceField[str] = ChoiceField(
            theme, say(N_("Key of whoever signs now")), sources, lambda _source: self._show_source()
        )
        self.file_button = ActButton(
            theme, say(N_("Choose the key file …")), icon="folder-open", kind="second"
        )
        self.file_button.clicked.connect(self.choose_key)
        self.look_button = ActButton(theme, say(N_("Look for a token")), icon="usb", kind="second")
        self.look_button.clicked.connect(self.look)
        self.certificates: ChoiceField[str] = ChoiceField(
            theme, say(N_("Certificate")), [], lambda _one: None
        )
        self._choice = LabelledField(theme, say(N_("Certificate")), self.certificates)
        self.passphrase = PassphraseField(self._session, say(N_("Passphrase or PIN of that key")))
        self.passphrase.returned.connect(self.sign)

    def show_waiting(
        self,
        waiting: Unsigned | None,
        sign: Callable[[SigningKey, datetime, StampSource | None], object] | None = None,
    ) -> None:
        """Show whose signature a paper waits for; `sign` puts it there, off the GUI thread."""
        self._sign = sign
        self.setVisible(waiting is not None and not self._session.book.read_only)
        if waiting is None:
            self.forget()
            return
        words = self._session.words
        said = (
            N_("No. {number} is sealed by {sealer} and waits for the signature of {person}.")
            if waiting.person
            else N_("No. {number} is sealed by {sealer} and waits for a second signature.")
        )
        fields = {"number": waiting.number, "sealer": waiting.sealed_by, "person": waiting.person}
        self.head.setText(words.sentence(said, fields))
        self.stamp.offer(sealing=True)
        self._show_source()

    def first_focus(self) -> QWidget:
        """Return where the keyboard begins."""
        return self.source

    def choose_key(self) -> None:
        """Ask for the key file."""
        asked = self._session.words.gettext(N_("Choose the key file"))
        path = choosers.choose_file(self, asked, "PKCS#12 (*.p12 *.pfx)")
        if path is not None:
            self._key_file = path
            self._show_source()
            self.passphrase.line.setFocus()

    def choose_picture(self) -> None:
        """Ask for a picture of the signature, which is drawn this once and kept nowhere."""
        asked = self._session.words.gettext(N_("Choose the picture of the signature"))
        path = choosers.choose_file(self, asked, PICTURES)
        if path is not None:
            self._picture = path
            self.picture_button.say(path.name)

    def look(self) -> None:
        """Read the certificates of all tokens that are plugged in; drivers take their time."""
        self._say("")
        session = self._session
        session.work(
            session.book.keys.tokens,
            self._show_tokens,
            session.words.gettext(N_("Looking for tokens …")),
            self._fail,
        )

    def sign(self) -> None:
        """Open the key and sign; a PIN is tried once."""
        sign, session = self._sign, self._session
        if sign is None or not self.sign_button.isEnabled():
            return
        opener = self._opener()
        if opener is None:
            return
        picture, now, stamps = self._picture, session.now(), self.stamp.source()
        self._say("")
        self._be_busy(busy=True)

        def job() -> object:
            key = opener(now)
            if picture is not None:
                key = session.book.keys.draw_with(key, files.read_whole(picture, _LIMIT), picture.name)
            return sign(key, now, stamps)

        session.work(job, self._signed, session.words.gettext(N_("Sealing …")), self._fail)

    def forget(self) -> None:
        """Forget key file, token, picture and what was typed."""
        self.passphrase.forget()
        self.stamp.forget()
        self._key_file, self._picture, self._tokens = None, None, ()
        self.picture_button.say(self._session.words.gettext(N_("Picture of the signature, this once …")))
        self._say("")

    def _opener(self) -> Callable[[datetime], SigningKey] | None:
        """Return what opens the chosen key; None where none is chosen, which is said."""
        book, say, secret = self._session.book, self._session.words.gettext, self.passphrase.text()
        if self.source.value() == _OWN:
            return lambda _now: book.reports.open_key(secret)
        if self.source.value() == _FILE:
            path = self._key_file
            if path is None:
                self._say(say(N_("Choose the key file of whoever signs now.")))
                self.file_button.setFocus()
                return None
            return lambda now: book.keys.open_file(files.read_whole(path, _LIMIT), secret, now)
        wanted = self.certificates.value()
        chosen = next((one for one in self._tokens if one.facts.fingerprint == wanted), None)
        if chosen is None:
            self._say(say(N_("Plug the token in and look for it first.")))
            self.look_button.setFocus()
            return None
        # Forgotten at once: a second press of Enter must not try the same PIN again.
        self.passphrase.forget()
        return lambda now: book.keys.open_token(chosen, secret, now)

    def _show_tokens(self, found: tuple[TokenCertificate, ...]) -> None:
        if not isValid(self):
            return
        self._tokens = found
        said = N_("{person} · {organisation} · until {day}")
        self.certificates.change_choices(
            [
                (
                    one.facts.fingerprint,
                    self._session.words.sentence(
                        said,
                        {
                            "person": one.facts.person,
                            "organisation": one.facts.organisation,
                            "day": one.facts.not_after.date(),
                        },
                    ),
                )
                for one in found
            ]
        )
        self._show_source()
        self.passphrase.line.setFocus()

    def _show_source(self) -> None:
        source, say = self.source.value(), self._session.words.gettext
        self.file_button.setVisible(source == _FILE)
        self.file_button.say(self._key_file.name if self._key_file else say(N_("Choose the key file …")))
        self.look_button.setVisible(source == _TOKEN)
        self._choice.setVisible(source == _TOKEN and bool(self._tokens))

    def _signed(self, _result: object) -> None:
        if isValid(self):
            self._be_busy(busy=False)
            self.forget()
            self.signed.emit()

    def _fail(self, fault: Fault) -> None:
        if not isValid(self):
            self._session.complain(fault)
            return
        self._be_busy(busy=False)
        self._say(fault.say(self._session.words))
        self.passphrase.line.selectAll()
        self.passphrase.setFocus()

    def _be_busy(self, *, busy: bool) -> None:
        for part in (self.sign_button, self.passphrase, self.source, self.file_button, self.stamp):
            part.setEnabled(not busy)

    def _say(self, trouble: str) -> None:
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
