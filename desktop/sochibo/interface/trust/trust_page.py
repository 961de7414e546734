"""Whom this book trusts: who signs for which unit, and what a committee does about it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from sochibo import files
from sochibo.book.changes import Changes
from sochibo.book.trust.trust_lines import given_lines, register_lines
from sochibo.book.trust.trust_papers import UNCONFIRMED
from sochibo.faults import Fault
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.looks.palette import Tone
from sochibo.interface.page import KeyHint, Page
from sochibo.interface.parts import choosers
from sochibo.interface.parts.blocks import Card, label
from sochibo.interface.parts.compare_panel import ComparePanel, fingerprint_lines
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.table import Column, RecordTable, Tag
from sochibo.interface.parts.table_view import TableView
from sochibo.interface.trust.root_lists import RootLists
from sochibo.interface.trust.trust_acts import TrustActs
from sochibo.messages import N_
from sochibo.rules.units.organisations import BookKind
from sochibo.rules.units.signers import SIGNER_LABELS, SignerLine, SignerState

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from sochibo.interface.session import Session

__all__ = ["TrustPage"]

_LIMIT = 30_000_000
_PACKAGES = "PDF, JSON (*.pdf *.json)"
_ROOTS = "PEM, DER, P7B, CRL (*.pem *.cer *.crt *.der *.p7b *.p7c *.crl)"
_TAGS = {
    SignerState.SIGNS: Tag(Tone.GOOD, "check"),
    SignerState.ENDS_SOON: Tag(Tone.ADVICE, "triangle-alert"),
    SignerState.EXPIRED: Tag(Tone.WRONG, "x"),
    SignerState.ENDED: Tag(Tone.PLAIN, "circle"),
    SignerState.REVOKED: Tag(Tone.WRONG, "x"),
}


class TrustPage(Page):
    """A committee's register with its acts, or the package that a cell was given."""

    concerns: ClassVar[Changes] = Changes.REPORTS | Changes.INBOX | Changes.ORGANISATION
    help_name = "trust"

    def __init__(self, session: Session, goal: str) -> None:
        del goal
        super().__init__(session)
        self._committee = session.book.organisation().kind is BookKind.COMMITTEE
        theme, say = session.theme, session.words.gettext
        self.state = label("", "title", wrap=True)
        self.details = label("", "soft", wrap=True)
        self.fingerprint = label("", "strong", wrap=True)
        self.trouble = label("", "wrong", wrap=True)
        self.told = label("", "good", wrap=True)
        head = Card(theme, "note")
        for part in (self.state, self.details, self.fingerprint):
            head.body.addWidget(part)
        self.compare = ComparePanel(session, say(N_("All groups are the same: trust it")))
        self.compare.differed.connect(
            lambda: self.say_trouble(say(N_("Nothing was taken in. Tell the committee what happened.")))
        )
        self.model: RecordTable[SignerLine] = RecordTable(
            session.words, self._columns(), key=lambda line: line.fingerprint
        )
        self.table = TableView(theme, self.model, say(N_("Who signs for which unit")), grows=True)
        self.acts = TrustActs(self) if self._committee else None
        self.lists = RootLists(session)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(12))
        parts = (head, self._buttons(), self.compare, self.trouble, self.told)
        for widget in parts:
            whole.addWidget(widget)
        whole.addWidget(self.table)
        if self.acts is not None:
            whole.addWidget(self.acts)
            whole.addWidget(self.lists)
            self.table.chosen.connect(self.acts.show_line)
        whole.addStretch(1)
        self.say_trouble("")

    def _buttons(self) -> QWidget:
        theme, say = self.session.theme, self.session.words.gettext
        self.take_button = ActButton(
            theme, say(N_("Take in a trust package …")), icon="download", kind="second"
        )
        self.take_button.clicked.connect(self.take)
        self.roots_button = ActButton(
            theme, say(N_("Import official roots …")), icon="shield-check", kind="link"
        )
        self.roots_button.clicked.connect(self.import_roots)
        acts = flow(self.take_button, self.roots_button)
        # Not before it has a parent: setVisible would open it as a window of its own, for a moment.
        self.roots_button.setVisible(self._committee)
        return acts

    def title(self) -> tuple[str, ...]:
        """Return the way here."""
        words = self.session.words
        return words.gettext(N_("Settings")), words.gettext(N_("Keys that are trusted"))

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of the table."""
        say = self.session.words.gettext
        return (KeyHint("↑ ↓", say(N_("choose a signer"))),) if self.model.rowCount() else ()

    def first_focus(self) -> QWidget | None:
        """Begin in the table, or with the package where there is none yet."""
        return self.table if self.model.rowCount() else self.take_button

    def receive(self, paths: Sequence[Path]) -> None:
        """Take in a package that was dropped on the window."""
        if paths:
            self._look(paths[0])

    def jump(self, place: str) -> None:
        """Take a package in hand that was found among slips; `place` is its file."""
        self._look(Path(place), again=True)

    def reload(self) -> None:
        """Show whom the book trusts now."""
        book, words = self.session.book, self.session.words
        free = not book.read_only
        for part in (self.take_button, self.roots_button):
            part.setEnabled(free)
        lines = register_lines(book) if self._committee else given_lines(book)
        self.model.show_records(lines)
        self.table.setVisible(bool(lines))
        if self._committee:
            until, fingerprint = book.authority.listed_until(), book.authority.fingerprint()
            state = N_("This committee issues certificates to its units")
            none = N_("This committee cannot enrol cells yet. Begin in the inbox with “Enrol cells”.")
        else:
            given = book.trust.given()
            until, fingerprint = None, given.fingerprint if given else ""
            state = N_("Trust package no. {number} of the committee")
            none = N_("This book holds no trust package yet. Ask the committee for its newest one.")
        known = bool(fingerprint)
        self.state.setText(words.sentence(state if known else none, {"number": book.trust.number()}))
        said = words.sentence(N_("The list of revoked certificates holds until {day}."), {"day": until})
        authority = words.gettext(N_("Fingerprint of the committee's authority:"))
        self.details.setText(f"{said} {authority}" if until else authority)
        self.details.setVisible(known)
        self.fingerprint.setText(fingerprint_lines(fingerprint))
        self.fingerprint.setVisible(known)
        if self.acts is not None:
            self.acts.setVisible(known and free)
            self.acts.show_line(self.table.record())
            self.lists.reload()

    def take(self) -> None:
        """Choose a trust package and take it in."""
        say = self.session.words.gettext
        path = choosers.choose_file(self, say(N_("Choose the trust package")), _PACKAGES)
        if path is not None:
            self._look(path)

    def _look(self, path: Path, *, again: bool = False) -> None:
        """Take a package whose authority is known; of another show the fingerprint first.

        `again` says that slips came with it, which can be judged afterwards.
        """
        session, words = self.session, self.session.words
        book, now = session.book, session.now()

        done = N_("“{name}” was taken in. Now take in the slips once more, under Reports.")
        said = words.sentence(done if again else N_("“{name}” was taken in."), {"name": path.name})

        def take(*, compared: bool) -> None:
            self.act(lambda: book.trust.take(content, path.name, now, compared=compared), said)

        try:
            content = files.read_whole(path, _LIMIT)
            package = book.trust.look(content, path.name, now)
            known = book.trust.is_known(package)
        except Fault as fault:
            self.say_trouble(fault.say(words))
            return
        if known or package.trust.number <= book.trust.number():
            take(compared=False)
            return
        hint = N_(
            "Let the committee read the fingerprint of its authority to you, from its own screen or paper. "
            "Whoever is trusted by mistake could send false receipts."
        )
        self.compare.ask(
            words.gettext(N_("Compare before this package is trusted")),
            words.gettext(hint if package.confirmed else UNCONFIRMED),
            (package.to_compare,),
            lambda: take(compared=True),
        )

    def import_roots(self) -> None:
        """Import roots of the state's authority, or a list of theirs, from a file."""
        session, words = self.session, self.session.words
        roots, now = session.book.official_roots, session.now()
        path = choosers.choose_file(self, words.gettext(N_("Choose the file of roots")), _ROOTS)
        if path is None:
            return
        done = words.sentence(N_("“{name}” was taken in."), {"name": path.name})
        try:
            content = files.read_whole(path, _LIMIT)
            if path.suffix.lower() == ".crl":
                self.act(lambda: roots.take_list(content, path.name, now), done)
                return
            found = roots.look(content, path.name)
        except Fault as fault:
            self.say_trouble(fault.say(words))
            return
        hint = N_(
            "Every seal that comes from these authorities will be believed: {names}. Compare the "
            "fingerprints with an official publication on paper."
        )
        self.compare.ask(
            words.gettext(N_("Compare before these roots are trusted")),
            words.sentence(hint, {"names": ", ".join(one.name for one in found)}),
            tuple(one.fingerprint for one in found),
            lambda: self.act(lambda: roots.trust(found, now), done),
        )

    def act(self, act: Callable[[], Changes], done: str) -> None:
        """Do something off the GUI thread, and say beside the buttons how it went."""
        self.say_trouble("")
        self._be_busy(busy=True)

        def finish(changes: Changes) -> None:
            if isValid(self):
                self._be_busy(busy=False)
                self.say_trouble("", done)
                if self.acts is not None:
                    self.acts.forget()
            self.session.tell(changes)
            if isValid(self):
                self.reload()

        def fail(fault: Fault) -> None:
            if isValid(self):
                self._be_busy(busy=False)
                self.say_trouble(fault.say(self.session.words))
            else:
                self.session.complain(fault)

        self.session.work(act, finish, self.session.words.gettext(N_("Working …")), fail)

    def say_trouble(self, trouble: str, good: str = "") -> None:
        """Say what went wrong, or what went well."""
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        self.told.setText(good)
        self.told.setVisible(bool(good))

    def _be_busy(self, *, busy: bool) -> None:
        parts = (self.take_button, self.roots_button, *((self.acts,) if self.acts else ()))
        for part in parts:
            part.setEnabled(not busy)

    def _columns(self) -> tuple[Column[SignerLine], ...]:
        words, today = self.session.words, self.session.today()

        def day(value: date | None) -> str:
            return words.date(value) if value else "–"

        return (
            Column(title=N_("Unit"), text=lambda line: line.unit, strong=True, stretch=True),
            Column(title=N_("Signer"), text=lambda line: line.person),
            Column(
                title=N_("Signs from"),
                text=lambda line: day(line.valid_from),
                order=lambda line: line.valid_from,
                drop=2,
            ),
            Column(title=N_("Until"), text=lambda line: day(line.valid_to), drop=1),
            Column(title=N_("Certificate until"), text=lambda line: day(line.not_after), drop=3),
            Column(
                title=N_("State"),
                text=lambda line: words.gettext(SIGNER_LABELS[line.state(today)]),
                tag=lambda line: _TAGS[line.state(today)],
                tooltip=lambda line: line.revoked_because,
            ),
        )
