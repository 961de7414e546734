"""The signing key: made here or brought along, carried to the committee, and back with its certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from sochibo import files
from sochibo.book.changes import Changes
from sochibo.faults import Fault
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.page import Page
from sochibo.interface.parts import choosers
from sochibo.interface.parts.blocks import Card, label
from sochibo.interface.parts.compare_panel import fingerprint_lines
from sochibo.interface.parts.fields import LabelledField
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.passphrase import PassphraseField
from sochibo.interface.trust.picture_card import PictureCard
from sochibo.interface.trust.stamp_card import StampCard
from sochibo.interface.trust.token_panel import TokenPanel
from sochibo.messages import N_
from sochibo.rules.units.organisations import BookKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sochibo.interface.session import Session

__all__ = ["KeyPage"]

_LIMIT = 30_000_000
_PURPOSE: Final = {
    BookKind.CELL: N_(
        "The key shows the committee that a file comes from this cell and was not changed on the way. It "
        "protects files inside the organisation; it is not the state's official digital signature."
    ),
    BookKind.COMMITTEE: N_(
        "The key shows the level above that a file comes from this committee and was not changed on the way. "
        "It protects files inside the organisation; it is not the state's official digital signature."
    ),
}
_ENROLMENT: Final = {
    BookKind.CELL: N_("Enrol with the committee"),
    BookKind.COMMITTEE: N_("Enrol with the level above"),
}
_STEPS: Final = {
    BookKind.CELL: N_(
        "Carry the request to the committee, compare the fingerprint there, and bring the certificate back."
    ),
    BookKind.COMMITTEE: N_(
        "Carry the request to the level above, compare the fingerprint there, and bring the certificate back."
    ),
}
_CONFIRMED: Final = {
    BookKind.CELL: N_("Key of {person}, confirmed by the committee"),
    BookKind.COMMITTEE: N_("Key of {person}, confirmed by the level above"),
}
_UNCONFIRMED: Final = {
    BookKind.CELL: N_("Key of {person}, not yet confirmed by the committee"),
    BookKind.COMMITTEE: N_("Key of {person}, not yet confirmed by the level above"),
}


class KeyPage(Page):
    """Three acts, done once: make, carry the request, take the certificate."""

    concerns: ClassVar[Changes] = Changes.REPORTS | Changes.ORGANISATION
    help_name = "key"

    def __init__(self, session: Session, goal: str) -> None:
        del goal
        super().__init__(session)
        self._kind = session.book.organisation().kind
        theme, say = session.theme, session.words.gettext
        self.state = label("", "title", wrap=True)
        self.details = label("", "soft", wrap=True)
        self.fingerprint = label("", "strong", wrap=True)
        self.trouble = label("", "wrong", wrap=True)
        self.told = label("", "good", wrap=True)
        head = Card(theme, "note")
        for part in (self.state, self.details, self.fingerprint):
            head.body.addWidget(part)
        head.body.addWidget(label(say(_PURPOSE[self._kind]), "hint", wrap=True))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(12))
        self.token = TokenPanel(session)
        self.token.taken.connect(
            lambda: self._say("", session.words.gettext(N_("The token seals for this book from now on.")))
        )
        self.stamps, self.picture = StampCard(session), PictureCard(session)
        carry, make = self._carry(), self._make()
        parts = (head, self.trouble, self.told, carry, self.picture, make, self.token, self.stamps)
        for widget in parts:
            whole.addWidget(widget)
        whole.addStretch(1)
        self._say("")

    def _carry(self) -> QWidget:
        session = self.session
        theme, say = session.theme, session.words.gettext
        self.carry = Card(theme)
        self.carry.body.addWidget(label(say(_ENROLMENT[self._kind]), "title"))
        self.carry.body.addWidget(label(say(_STEPS[self._kind]), "soft", wrap=True))
        self.passphrase = PassphraseField(session, say(N_("Passphrase of the signing key, or PIN")))
        self.carry.body.addWidget(LabelledField(theme, self.passphrase.accessibleName(), self.passphrase))
        self.request_button = ActButton(theme, say(N_("1. Write the request …")), icon="usb", kind="second")
        self.request_button.clicked.connect(self.write_request)
        self.accept_button = ActButton(
            theme, say(N_("2. Take the certificate …")), icon="badge-check", kind="second"
        )
        self.accept_button.clicked.connect(self.accept)
        self.carry.body.addWidget(flow(self.request_button, self.accept_button))
        return self.carry

    def _make(self) -> QWidget:
        session = self.session
        theme, say = session.theme, session.words.gettext
        self.making = Card(theme)
        self._make_title = label("", "title")
        self.making.body.addWidget(self._make_title)
        self.person = QLineEdit()
        self.person.setAccessibleName(say(N_("Who signs")))
        self.person.setText(session.book.organisation().secretary)
        self.new = PassphraseField(session, say(N_("New passphrase")))
        self.repeat = PassphraseField(session, say(N_("The passphrase once more")))
        hint = say(N_("Write it on paper and keep it safe: if it is lost, a new key must be made."))
        for name, field, below in (
            (N_("Who signs"), self.person, ""),
            (N_("New passphrase"), self.new, hint),
            (N_("The passphrase once more"), self.repeat, ""),
        ):
            self.making.body.addWidget(LabelledField(theme, say(name), field, below))
        self.make_button = ActButton(theme, say(N_("Make a key")), icon="key-round", kind="primary")
        self.make_button.clicked.connect(self.make)
        self.take_button = ActButton(
            theme, say(N_("Use an existing key file …")), icon="folder-open", kind="link"
        )
        self.take_button.clicked.connect(self.take)
        self.beside_button = ActButton(
            theme, say(N_("A key file for whoever signs second …")), icon="users", kind="link"
        )
        self.beside_button.clicked.connect(self.make_beside)
        self.making.body.addWidget(flow(self.make_button, self.take_button, self.beside_button))
        return self.making

    def title(self) -> tuple[str, ...]:
        """Return the way here."""
        return self.session.words.gettext(N_("Settings")), self.session.words.gettext(N_("Signing key"))

    def first_focus(self) -> QWidget | None:
        """Begin where the next act is."""
        return self.passphrase.line if self.session.book.reports.key() else self.person

    def reload(self) -> None:
        """Show the key of the book."""
        words, key = self.session.words, self.session.book.reports.key()
        free = not self.session.book.read_only
        self.carry.setVisible(key is not None and free)
        self.making.setVisible(free)
        self.token.setVisible(free)
        self.stamps.reload()
        self.picture.reload()
        self.fingerprint.setVisible(key is not None)
        self.details.setVisible(key is not None)
        if key is None:
            self.state.setText(words.gettext(N_("This book has no signing key yet")))
            self._make_title.setText(words.gettext(N_("Make a signing key")))
            return
        fields: dict[str, object] = {"person": key.person, "day": key.not_after}
        states = _CONFIRMED if key.issued else _UNCONFIRMED
        self.state.setText(words.sentence(states[self._kind], fields))
        on_token = self.session.book.keys.token_label()
        fields["token"] = on_token
        said = (
            N_("On the token “{token}”, valid until {day}. Fingerprint to compare:")
            if on_token
            else N_("Valid until {day}. Fingerprint to compare:")
        )
        self.details.setText(words.sentence(said, fields))
        self.fingerprint.setText(fingerprint_lines(key.fingerprint))
        self._make_title.setText(words.gettext(N_("Replace the key (a new secretary, a lost passphrase)")))

    def make(self) -> None:
        """Make a key; a passphrase typed differently the second time is told at once."""
        say = self.session.words.gettext
        if self.new.text() != self.repeat.text():
            self._say(say(N_("The two passphrases differ. Please type them once more.")))
            self.repeat.setFocus()
            return
        person, passphrase, now = self.person.text(), self.new.text(), self.session.now()
        reports = self.session.book.reports
        self._say("")
        self._be_busy(busy=True)
        self.session.work(
            lambda: reports.make_key(person, passphrase, now),
            self._made,
            say(N_("Making the key …")),
            self._fail,
        )

    def make_beside(self) -> None:
        """Make a key file and a request for whoever is named above and signs second; the book keeps none."""
        say, session = self.session.words.gettext, self.session
        if self.new.text() != self.repeat.text():
            self._say(say(N_("The two passphrases differ. Please type them once more.")))
            self.repeat.setFocus()
            return
        folder = choosers.choose_folder(self, say(N_("Where to write the key file and its request")))
        if folder is None:
            return
        person, passphrase, now, keys = self.person.text(), self.new.text(), session.now(), session.book.keys
        request = f"{say(N_('Enrolment request'))} {person.strip()}.pdf"

        def act() -> Changes:
            pkcs12, asked = keys.make_file(person, passphrase, now)
            files.write_whole(folder / f"{person.strip()}.p12", pkcs12)
            files.write_whole(folder / request, asked)
            return Changes.NONE

        self._say("")
        self._be_busy(busy=True)
        session.work(
            act, lambda _done: self._made_beside(person.strip()), say(N_("Making the key …")), self._fail
        )

    def _made_beside(self, person: str) -> None:
        if isValid(self):
            self._be_busy(busy=False)
            self.new.forget()
            self.repeat.forget()
            said = N_(
                "Key file and request were written. {person} keeps the key file; the request is enrolled at "
                "the committee beside the secretary's."
            )
            self._say("", self.session.words.sentence(said, {"person": person}))

    def _made(self, changes: Changes) -> None:
        if isValid(self):
            self._be_busy(busy=False)
            self.new.forget()
            self.repeat.forget()
            self._say("", self.session.words.gettext(N_("The key was made and is kept in the book.")))
        self.session.tell(changes)

    def _fail(self, fault: Fault) -> None:
        if isValid(self):
            self._be_busy(busy=False)
            self._say(fault.say(self.session.words))
            self.new.setFocus()
        else:
            self.session.complain(fault)

    def _be_busy(self, *, busy: bool) -> None:
        for part in (self.make_button, self.take_button, self.beside_button, self.new, self.repeat):
            part.setEnabled(not busy)
        self.make_button.say(self.session.words.gettext(N_("Making the key …") if busy else N_("Make a key")))

    def take(self) -> None:
        """Take a key from a PKCS#12 file, opened by the passphrase typed above."""
        say = self.session.words.gettext
        path = choosers.choose_file(self, say(N_("Choose the key file")), "PKCS#12 (*.p12 *.pfx)")
        if path is None:
            return
        passphrase = self.new.text()
        if self._act(lambda: self.session.book.reports.take_key(files.read_whole(path, _LIMIT), passphrase)):
            self.new.forget()
            self.repeat.forget()
            self._say("", say(N_("The key was taken over and is kept in the book.")))

    def write_request(self) -> None:
        """Write the enrolment request to a place of the person's choice."""
        words = self.session.words
        name = f"{words.gettext(N_('Enrolment request'))} {self.session.book.organisation().name}.pdf"
        keys, passphrase, now = self.session.book.keys, self.passphrase.text(), self.session.now()
        asked: list[str] = []

        def write(path: Path) -> Changes:
            # The plain form is what earlier versions of the program read.
            plain = path.suffix.lower() == ".pem"
            request = keys.request(passphrase) if plain else keys.request_paper(passphrase, now)
            files.write_whole(path, request)
            asked.append(keys.asked(request, now))
            return Changes.NONE

        path = choosers.choose_new_file(
            self, words.gettext(N_("Where to write the request")), name, "PDF (*.pdf);;PEM (*.pem)"
        )
        if path is not None and self._act(lambda: write(path)):
            fields = {"name": path.name, "groups": fingerprint_lines(asked[0])}
            self._say(
                "",
                words.sentence(
                    N_("“{name}” was written. Fingerprint to compare at the committee:\n{groups}"), fields
                ),
            )

    def accept(self) -> None:
        """Put the committee's certificate beside the key."""
        say = self.session.words.gettext
        asked = say(N_("Choose the certificate or the trust package from the committee"))
        path = choosers.choose_file(self, asked, "PEM, PDF (*.pem *.pdf)")
        if path is None:
            return
        keys, passphrase, now = self.session.book.keys, self.passphrase.text(), self.session.now()
        if self._act(lambda: keys.accept(files.read_whole(path, _LIMIT), passphrase, path.name, now)):
            self.passphrase.forget()
            self._say("", say(N_("The certificate was taken over. The key is ready.")))

    def _act(self, act: Callable[[], Changes]) -> bool:
        """Run an act of this page and say beside its fields what went wrong."""
        try:
            changes = act()
        except Fault as fault:
            self._say(fault.say(self.session.words))
            return False
        self.session.tell(changes, self)
        return True

    def _say(self, trouble: str, good: str = "") -> None:
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        self.told.setText(good)
        self.told.setVisible(bool(good))
