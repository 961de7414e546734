"""What a committee does about the signer in hand, and the package it hands out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo import files
from sochibo.book.changes import Changes
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.parts import choosers
from sochibo.interface.parts.blocks import Card, label
from sochibo.interface.parts.fields import LabelledField, LineField
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.form import FormGrid
from sochibo.interface.parts.passphrase import PassphraseField
from sochibo.interface.parts.typed_fields import DateField
from sochibo.interface.trust.key_words import key_secret
from sochibo.messages import N_
from sochibo.rules.units.signers import SignerState

if TYPE_CHECKING:
    from datetime import date

    from sochibo.interface.trust.trust_page import TrustPage
    from sochibo.rules.units.signers import SignerLine

__all__ = ["TrustActs"]


class TrustActs(QWidget):
    """Two cards: the signer in hand with the authority's passphrase, the package with the signing key's."""

    def __init__(self, page: TrustPage) -> None:
        super().__init__()
        self._page = page
        self._line: SignerLine | None = None
        self._day: date = page.session.today()
        self._reason = ""
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(page.session.theme.px(12))
        inside.addWidget(self._signer())
        inside.addWidget(self._package())

    def _signer(self) -> QWidget:
        session = self._page.session
        theme, say = session.theme, session.words.gettext
        card = Card(theme)
        self.named = label("", "title", wrap=True)
        self.passphrase = PassphraseField(session, say(N_("Passphrase of the authority")))
        self.day = DateField(say(N_("From or until which day")), self._take_day, session.today)
        self.reason = LineField(say(N_("Why (when revoked)")), self._take_reason)
        form = FormGrid(theme, columns=3, least=220)
        for field in (self.passphrase, self.day, self.reason):
            form.add(LabelledField(theme, field.accessibleName(), field))
        self.reissue_button = ActButton(theme, say(N_("New certificate, same key")), icon="badge-check")
        self.revoke_button = ActButton(theme, say(N_("Revoke")), icon="x")
        self.end_button = ActButton(theme, say(N_("Last day of this unit's signers")), icon="minus")
        self.renew_button = ActButton(theme, say(N_("Make the list of revoked ones anew")), icon="clock")
        for button, act in (
            (self.reissue_button, self.reissue),
            (self.revoke_button, self.revoke),
            (self.end_button, self.end),
            (self.renew_button, self.renew),
        ):
            button.clicked.connect(act)
        said = N_(
            "A new secretary brings a request of his or her own and is enrolled in the inbox: whoever signed "
            "before does so until the day before, and what was signed stays good."
        )
        card.body.addWidget(self.named)
        card.body.addWidget(form)
        card.body.addWidget(flow(self.reissue_button, self.revoke_button, self.end_button, self.renew_button))
        card.body.addWidget(label(say(said), "hint", wrap=True))
        return card

    def _package(self) -> QWidget:
        session = self._page.session
        theme, say = session.theme, session.words.gettext
        card = Card(theme)
        said = N_("It goes to every unit and to the level above, as a sealed PDF that people can read too.")
        self.signing = PassphraseField(session, key_secret(session))
        self.write_button = ActButton(theme, say(N_("Write the trust package …")), icon="usb", kind="primary")
        self.write_button.clicked.connect(self.write)
        card.body.addWidget(label(say(N_("Hand out whom this committee trusts")), "title"))
        card.body.addWidget(label(say(said), "soft", wrap=True))
        card.body.addWidget(LabelledField(theme, self.signing.accessibleName(), self.signing))
        card.body.addWidget(flow(self.write_button))
        return card

    def show_line(self, line: SignerLine | None) -> None:
        """Take a signer in hand; without one only the list can be made anew."""
        self._line = line
        words = self._page.session.words
        if line is None:
            self.named.setText(words.gettext(N_("Choose a signer in the table")))
        else:
            fields = {"person": line.person, "unit": line.unit}
            self.named.setText(words.sentence(N_("{person}, {unit}"), fields))
        self.day.show_day(self._day)
        open_ = line is not None and line.state(self._page.session.today()) is not SignerState.REVOKED
        for button in (self.reissue_button, self.revoke_button, self.end_button):
            button.setEnabled(open_)

    def forget(self) -> None:
        """Forget what was typed for an act that is done."""
        for field in (self.passphrase, self.signing):
            field.forget()
        self._reason = ""
        self.reason.show_text("")

    def reissue(self) -> None:
        """Issue a new certificate to the signer in hand, for the same key."""
        line, session = self._line, self._page.session
        if line is None:
            return
        authority, passphrase, now, since = (
            session.book.authority, self.passphrase.text(), session.now(), self._day,
        )  # fmt: skip

        def act() -> Changes:
            authority.reissue(line.fingerprint, passphrase, now, since=since)
            return Changes.INBOX

        said = N_("A new certificate was issued. It goes to the unit inside the trust package.")
        self._page.act(act, session.words.gettext(said))

    def revoke(self) -> None:
        """Revoke the certificate in hand."""
        line, session = self._line, self._page.session
        if line is None:
            return
        self.reason.flush()
        authority, passphrase, now = session.book.authority, self.passphrase.text(), session.now()
        since, reason = self._day, self._reason
        self._page.act(
            lambda: authority.revoke(line.fingerprint, passphrase, now, since=since, reason=reason),
            session.words.gettext(N_("Revoked. Hand out the trust package anew.")),
        )

    def end(self) -> None:
        """Let nobody sign for the unit of the signer in hand after the day."""
        line, session = self._line, self._page.session
        if line is None:
            return
        authority, now, last = session.book.authority, session.now(), self._day
        self._page.act(
            lambda: authority.end_signers(line.unit_id, last, now),
            session.words.gettext(N_("Nobody signs for this unit after that day.")),
        )

    def renew(self) -> None:
        """Make the list of revoked certificates anew."""
        session = self._page.session
        authority, passphrase, now = session.book.authority, self.passphrase.text(), session.now()
        self._page.act(
            lambda: authority.renew(passphrase, now),
            session.words.gettext(N_("The list was made anew. Hand out the trust package.")),
        )

    def write(self) -> None:
        """Write the trust package as a sealed PDF."""
        session, words = self._page.session, self._page.session.words
        name = f"{words.gettext(N_('Trust package'))} {session.book.organisation().name}.pdf"
        asked = words.gettext(N_("Where to write the trust package"))
        target = choosers.choose_new_file(self, asked, name, "PDF (*.pdf)")
        if target is None:
            return
        authority, passphrase, now = session.book.authority, self.signing.text(), session.now()

        def act() -> Changes:
            files.write_whole(target, authority.trust_paper(passphrase, now))
            return Changes.NONE

        self._page.act(act, words.sentence(N_("“{name}” was written."), {"name": target.name}))

    def _take_day(self, day: date | None) -> None:
        self._day = day or self._page.session.today()

    def _take_reason(self, text: str) -> None:
        self._reason = text
