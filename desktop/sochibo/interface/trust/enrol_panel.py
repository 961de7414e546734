"""Enrolling cells: the committee's own certificates, made once, issued face to face."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from sochibo import files
from sochibo.book.changes import Changes
from sochibo.faults import Fault
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.parts import choosers
from sochibo.interface.parts.blocks import Card, label
from sochibo.interface.parts.compare_panel import ComparePanel, fingerprint_lines
from sochibo.interface.parts.fields import LabelledField, TickField
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.passphrase import PassphraseField
from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sochibo.interface.session import Session

__all__ = ["EnrolPanel"]

_LIMIT = 30_000_000
_REQUESTS = "PDF, PEM (*.pdf *.pem)"


class EnrolPanel(QWidget):
    """First set up, then enrol cell by cell; the units known stand below."""

    ended = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        theme, say = session.theme, session.words.gettext
        self.trouble = label("", "wrong", wrap=True)
        self.told = label("", "good", wrap=True)
        leave = ActButton(theme, say(N_("Back to the inbox")), icon="chevron-left")
        leave.clicked.connect(self.ended)
        self.units = label("", wrap=True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.px(12))
        self.compare = ComparePanel(session, say(N_("All groups are the same: enrol")))
        parts = (
            flow(leave),
            self._set_up(),
            self._enrolment(),
            self.compare,
            self.trouble,
            self.told,
            self.units,
        )
        for part in parts:
            inside.addWidget(part)
        inside.addStretch(1)
        self.reload()
        self._say("")

    def _set_up(self) -> QWidget:
        theme, say = self.session.theme, self.session.words.gettext
        self.set_up = Card(theme)
        self.set_up.body.addWidget(label(say(N_("Set up the authority of the committee")), "title"))
        said = N_(
            "Once for the whole committee. Keep its passphrase on paper in the safe: it cannot be replaced."
        )
        self.set_up.body.addWidget(label(say(said), "soft", wrap=True))
        self.new = PassphraseField(self.session, say(N_("New passphrase")))
        self.repeat = PassphraseField(self.session, say(N_("The passphrase once more")))
        for field in (self.new, self.repeat):
            self.set_up.body.addWidget(LabelledField(theme, field.accessibleName(), field))
        self.make_button = ActButton(theme, say(N_("Set up")), icon="shield-check", kind="primary")
        self.make_button.clicked.connect(self.make)
        self.set_up.body.addWidget(flow(self.make_button))
        return self.set_up

    def _enrolment(self) -> QWidget:
        theme, say = self.session.theme, self.session.words.gettext
        self.enrolment = Card(theme)
        self.enrolment.body.addWidget(label(say(N_("Enrol a cell")), "title"))
        said = N_(
            "Choose the request the cell brought, compare the fingerprint with the secretary, and give back "
            "the certificate."
        )
        self.enrolment.body.addWidget(label(say(said), "soft", wrap=True))
        self.passphrase = PassphraseField(self.session, say(N_("Passphrase of the authority")))
        self.enrolment.body.addWidget(
            LabelledField(theme, say(N_("Passphrase of the authority")), self.passphrase)
        )
        self.beside = TickField(
            theme,
            say(N_("This person signs beside whoever signs already (a minute-taker)")),
            lambda _on: None,
        )
        self.enrolment.body.addWidget(self.beside)
        self.enrol_button = ActButton(
            theme, say(N_("Choose the request …")), icon="user-plus", kind="primary"
        )
        self.enrol_button.clicked.connect(self.enrol)
        self.trust_button = ActButton(theme, say(N_("Save the trust file …")), icon="download", kind="second")
        self.trust_button.clicked.connect(self.save_trust)
        register = ActButton(theme, say(N_("Who signs, revoke, hand out …")), icon="badge-check", kind="link")
        register.clicked.connect(lambda: self.session.go("trust"))
        self.enrolment.body.addWidget(flow(self.enrol_button, self.trust_button, register))
        return self.enrolment

    def title(self) -> str:
        """Return what this is."""
        return self.session.words.gettext(N_("Enrol cells"))

    def first_focus(self) -> QWidget:
        """Return where the keyboard begins: with what is to be done next."""
        return (self.passphrase if self.enrolment.isVisibleTo(self) else self.new).line

    def reload(self) -> None:
        """Show what is next, and who is enrolled."""
        book, words = self.session.book, self.session.words
        ready = book.authority.exists()
        self.set_up.setVisible(not ready)
        self.enrolment.setVisible(ready)
        lines = [
            words.sentence(
                N_("{unit}: {signer}, since {day}"),
                {"unit": unit.name, "signer": unit.signer or "–", "day": unit.since},
            )
            for unit in book.inbox.units()
        ]
        self.units.setText("\n".join(lines))

    def make(self) -> None:
        """Set up the authority; a passphrase typed differently the second time is told at once."""
        say = self.session.words.gettext
        if self.new.text() != self.repeat.text():
            self._say(say(N_("The two passphrases differ. Please type them once more.")))
            self.repeat.setFocus()
            return
        passphrase, now, authority = self.new.text(), self.session.now(), self.session.book.authority

        def made(changes: Changes) -> None:
            self._take(changes, say(N_("The committee can enrol cells now.")))

        self._work(lambda: authority.make(passphrase, now), made, say(N_("Setting up …")))

    def enrol(self) -> None:
        """Show the fingerprint of a request, large; enrol only when two people found it the same."""
        session, words = self.session, self.session.words
        path = choosers.choose_file(self, words.gettext(N_("Choose the request of the cell")), _REQUESTS)
        if path is None:
            return
        try:
            content = files.read_whole(path, _LIMIT)
            request = session.book.authority.look(content, path.name, session.now())
        except Fault as fault:
            self._say(fault.say(words))
            return
        self._say("")
        hint = N_(
            "Let {person} read the groups from the own screen or from the paper of the request. If a single "
            "sign differs, somebody else may have made this file."
        )
        place = (
            N_("In this register the unit is “{unit}”; whoever signs for it now goes on signing.")
            if self.beside.isChecked()
            else N_("In this register the unit is “{unit}”; whoever signed for it until now no longer will.")
        )
        said = [words.sentence(hint, {"person": request.person})]
        if request.known_as:
            said.insert(0, words.sentence(place, {"unit": request.known_as}))
        self.compare.ask(
            words.sentence(
                N_("{person} asks to sign for {unit}"),
                {"person": request.person, "unit": request.organisation},
            ),
            " ".join(said),
            (request.fingerprint,),
            lambda: self._enrol(content, path),
        )

    def _enrol(self, content: bytes, path: Path) -> None:
        """Issue a certificate for a request that was compared, and save it for the cell."""
        words = self.session.words
        target = choosers.choose_new_file(
            self,
            words.gettext(N_("Where to write the certificate")),
            f"{words.gettext(N_('Certificate'))} {path.stem}.pem",
            "PEM (*.pem)",
        )
        if target is None:
            return
        authority, passphrase = self.session.book.authority, self.passphrase.text()
        now, since, beside = self.session.now(), self.session.today(), self.beside.isChecked()

        def act() -> Changes:
            chain = authority.enrol(content, passphrase, now, since=since, name=path.name, beside=beside)
            files.write_whole(target, chain)
            return Changes.INBOX

        said = words.sentence(N_("Enrolled. “{name}” goes back to the cell."), {"name": target.name})
        self._work(act, lambda changes: self._take(changes, said), words.gettext(N_("Enrolling …")))

    def save_trust(self) -> None:
        """Save the trust file for judging on another PC."""
        words = self.session.words
        name = f"{words.gettext(N_('Trust file'))} {self.session.book.organisation().name}.json"
        target = choosers.choose_new_file(
            self, words.gettext(N_("Where to write the trust file")), name, "JSON (*.json)"
        )
        if target is None:
            return

        content = b""

        def act() -> Changes:
            nonlocal content
            content = self.session.book.authority.trust_file()
            files.write_whole(target, content)
            return Changes.NONE

        if self._act(act):
            said = N_("“{name}” was written. Fingerprint to compare where it is taken in:\n{groups}")
            groups = fingerprint_lines(hashlib.sha256(content).hexdigest())
            self._say("", words.sentence(said, {"name": target.name, "groups": groups}))

    def _work(self, act: Callable[[], Changes], done: Callable[[Changes], None], doing: str) -> None:
        """Run an act with keys off the GUI thread: making and opening them takes a second or two."""
        self._say("", doing)
        self._be_busy(busy=True)
        self.session.work(act, done, doing, self._fail)

    def _take(self, changes: Changes, said: str) -> None:
        if isValid(self):
            self._be_busy(busy=False)
            for field in (self.passphrase, self.new, self.repeat):
                field.forget()
            self.beside.show_value(value=False)
            self._say("", said)
            self.reload()
        self.session.tell(changes)

    def _fail(self, fault: Fault) -> None:
        if isValid(self):
            self._be_busy(busy=False)
            self._say(fault.say(self.session.words))
            (self.new if self.set_up.isVisibleTo(self) else self.passphrase).setFocus()
        else:
            self.session.complain(fault)

    def _be_busy(self, *, busy: bool) -> None:
        for part in (self.set_up, self.enrolment):
            part.setEnabled(not busy)

    def _act(self, act: Callable[[], Changes]) -> bool:
        try:
            changes = act()
        except Fault as fault:
            self._say(fault.say(self.session.words))
            return False
        self.session.tell(changes, self)
        self.reload()
        return True

    def _say(self, trouble: str, good: str = "") -> None:
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        self.told.setText(good)
        self.told.setVisible(bool(good))
