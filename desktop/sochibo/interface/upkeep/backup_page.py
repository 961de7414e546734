"""Backup copies: which there are, one made now, a second place for them, and the way back to one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.book.upkeep.backups import Backup, CopyState, Reason
from sochibo.faults import Fault
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.looks.palette import Tone
from sochibo.interface.page import KeyHint, Page
from sochibo.interface.parts import choosers
from sochibo.interface.parts.blocks import Card, label
from sochibo.interface.parts.finding_list import FindingList
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.table import Column, RecordTable, Tag
from sochibo.interface.parts.table_view import TableView
from sochibo.interface.upkeep.restore_panel import RestorePanel, ground_of
from sochibo.messages import N_

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.book.upkeep.backups import Outcome
    from sochibo.interface.session import Session

__all__ = ["REASON_LABELS", "BackupPage", "Copy"]

REASON_LABELS = {
    Reason.DAILY: N_("the day's copy"),
    Reason.CLOSE: N_("when the book was closed"),
    Reason.IMPORT: N_("before a list was read in"),
    Reason.MIGRATION: N_("before an older book was brought up to date"),
    Reason.ASKED: N_("asked for"),
}
_STATES = {
    None: (N_("Not read yet"), Tag(Tone.PLAIN, "circle")),
    CopyState.WHOLE: (N_("Whole"), Tag(Tone.GOOD, "check")),
    CopyState.SPOILT: (N_("Cannot be read"), Tag(Tone.WRONG, "x")),
    CopyState.ANOTHER_KEY: (N_("Earlier passphrase"), Tag(Tone.PLAIN, "lock")),
    CopyState.ANOTHER_BOOK: (N_("Another book"), Tag(Tone.ADVICE, "triangle-alert")),
}


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy as the table shows it; `state` is None until it was read again."""

    backup: Backup
    second: bool
    state: CopyState | None


class BackupPage(Page):
    """The copies as a table; what one of them would change is looked at in its place."""

    concerns: ClassVar[Changes] = Changes.NONE
    help_name = "backup"

    def __init__(self, session: Session, goal: str) -> None:
        del goal
        super().__init__(session)
        theme, words = session.theme, session.words
        self._states: dict[Path, CopyState] = {}
        self.panel: RestorePanel | None = None
        self.findings = FindingList(session, lambda _place: "")
        self.table_model: RecordTable[Copy] = RecordTable(
            words, self._columns(), key=lambda copy: copy.backup.path
        )
        self.table = TableView(theme, self.table_model, words.gettext(N_("Backup copies")), grows=True)
        self.table.opened.connect(self._open)
        hint = N_("Enter shows what would change if you went back to a copy; nothing happens yet.")
        self._hint = label(words.gettext(hint), "hint", wrap=True)
        self._list = QWidget()
        inside = QVBoxLayout(self._list)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.px(12))
        for widget in (self._make_head(), self.findings, self._make_second(), self._hint, self.table):
            inside.addWidget(widget)
        inside.addStretch(1)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.addWidget(self._list)
        session.checked.connect(self._show_findings)

    def title(self) -> tuple[str, ...]:
        """Return the way here."""
        words = self.session.words
        return words.gettext(N_("Settings")), words.gettext(N_("Backup copies"))

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the key that looks at a copy."""
        words = self.session.words
        if self.panel is not None:
            return ()
        return (KeyHint(words.pgettext("key", "Enter"), words.gettext(N_("look at the copy"))),)

    def first_focus(self) -> QWidget | None:
        """Begin with the act of this page."""
        return self.panel.first_focus() if self.panel else self.make_button

    def reload(self) -> None:
        """List the copies, and read in a worker thread those that were not read yet."""
        self._show()
        self._show_findings()
        unread = [copy.backup for copy in self.table_model.records if copy.state is None]
        backups = self.session.book.backups
        if unread:
            self.session.work(
                lambda: {backup.path: backups.read_again(backup) for backup in unread}, self._take_states, ""
            )

    def go_back(self) -> bool:
        """Leave the look at a copy."""
        if self.panel is None:
            return False
        self._end_panel()
        return True

    def make(self) -> None:
        """Make a copy now, in a worker thread."""
        self.make_button.setEnabled(False)
        backups, said = self.session.book.backups, self.session.words.gettext(N_("Making a backup copy …"))
        self.session.work(lambda: backups.make(Reason.ASKED), self._made, said, self._not_made)

    def choose_second(self) -> None:
        """Ask for a second place, and carry a copy there at once."""
        title = self.session.words.gettext(N_("Choose a stick or folder for the second copies"))
        place = choosers.choose_folder(self, title)
        if place is not None and self._remember(place):
            self.make()

    def forget_second(self) -> None:
        """Carry copies to no second place any more; those that lie there stay."""
        if self._remember(None):
            self.reload()

    def check(self) -> None:
        """Check the whole book now."""
        self.session.check(thorough=True)

    def choose_copy(self) -> None:
        """Look at a copy that lies somewhere else."""
        words = self.session.words
        title, kinds = words.gettext(N_("Choose a copy")), words.gettext(N_("Books (*.sochibo)"))
        path = choosers.choose_file(self, title, kinds)
        if path is not None:
            self.look_at(path, f"“{path.name}”")

    def look_at(self, path: Path, name: str) -> None:
        """Show in the place of the list what a copy would change."""
        self._end_panel()
        self.panel = RestorePanel(ground_of(self.session), path, name)
        self.panel.asked.connect(self.session.asked_restore)
        self.panel.ended.connect(self._end_panel)
        self._list.hide()
        self._whole.addWidget(self.panel)
        self.panel.show()
        self.panel.first_focus().setFocus()
        self._show_keys()

    def _make_head(self) -> Card:
        theme, words = self.session.theme, self.session.words
        card = Card(theme, "note")
        self.newest = label("", "title", wrap=True)
        card.body.addWidget(self.newest)
        said = N_("The book makes a copy every day on which it is opened, and reads each one again.")
        card.body.addWidget(label(words.gettext(said), "soft", wrap=True))
        self.make_button = ActButton(
            theme, words.gettext(N_("Make a copy now")), icon="shield-check", kind="primary"
        )
        self.make_button.clicked.connect(self.make)
        self.check_button = ActButton(
            theme, words.gettext(N_("Check the book")), icon="search", kind="second"
        )
        self.check_button.clicked.connect(self.check)
        other = ActButton(
            theme, words.gettext(N_("Go back to a copy elsewhere …")), icon="folder-open", kind="link"
        )
        other.clicked.connect(self.choose_copy)
        card.body.addWidget(flow(self.make_button, self.check_button, other))
        return card

    def _make_second(self) -> Card:
        theme, words = self.session.theme, self.session.words
        card = Card(theme)
        self.second = label("", "strong", wrap=True)
        self._second_hint = label("", "soft", wrap=True)
        self.choose_button = ActButton(
            theme, words.gettext(N_("Choose a stick or folder …")), icon="usb", kind="second"
        )
        self.choose_button.clicked.connect(self.choose_second)
        self.forget_button = ActButton(theme, words.gettext(N_("Use it no more")), kind="link")
        self.forget_button.clicked.connect(self.forget_second)
        for part in (self.second, self._second_hint, flow(self.choose_button, self.forget_button)):
            card.body.addWidget(part)
        return card

    def _show(self) -> None:
        words, backups = self.session.words, self.session.book.backups
        copies = backups.all()
        own = backups.folder
        self.table_model.show_records(
            [Copy(one, one.path.parent != own, self._states.get(one.path)) for one in copies]
        )
        self.table.setVisible(bool(copies))
        self._hint.setVisible(bool(copies))
        self.table.updateGeometry()
        at = backups.newest_at
        self.newest.setText(
            words.sentence(N_("Newest backup copy: {moment}"), {"moment": at})
            if at
            else words.gettext(N_("There is no backup copy yet"))
        )
        place, carried = backups.second_place, backups.second_at
        self.forget_button.setVisible(place is not None)
        # Nobody who reads only may change what the book remembers.
        for button in (self.choose_button, self.forget_button):
            button.setEnabled(not self.session.book.read_only)
        if place is None:
            self.second.setText(words.gettext(N_("No second place yet")))
            said = N_("A disk can break. A stick that lies elsewhere keeps the book all the same.")
            self._second_hint.setText(words.gettext(said))
            return
        # A stick has no name of its own on Windows, only its letter.
        name = place.name or str(place)
        self.second.setText(words.sentence(N_("Second place: {name}"), {"name": name}))
        said = N_("A copy came there last: {moment}") if carried else N_("No copy has come there yet.")
        moment = carried.astimezone() if carried else ""
        self._second_hint.setText(words.sentence(said, {"moment": moment}))

    def _show_findings(self) -> None:
        self.findings.show_findings(self.session.findings)

    def _take_states(self, states: dict[Path, CopyState]) -> None:
        self._states.update(states)
        self._show()

    def _made(self, outcome: Outcome) -> None:
        words = self.session.words
        self.make_button.setEnabled(True)
        self.reload()
        for fault in outcome.faults:
            self.session.complain(fault)
        if not outcome.faults:
            said = N_("The copy is made, also at the second place. It was read again.")
            alone = N_("The copy is made. It was read again.")
            self.session.told.emit(words.gettext(said if outcome.second else alone))
        self.session.check()

    def _not_made(self, fault: Fault) -> None:
        self.make_button.setEnabled(True)
        self.session.complain(fault)

    def _remember(self, place: Path | None) -> bool:
        try:
            self.session.book.backups.choose_second_place(place)
        except Fault as fault:
            self.session.complain(fault)
            return False
        return True

    def _open(self, copy: Copy) -> None:
        self.look_at(copy.backup.path, self.session.words.sentence("{moment}", {"moment": copy.backup.at}))

    def _end_panel(self) -> None:
        if self.panel is None:
            return
        self.panel.hide()
        self._whole.removeWidget(self.panel)
        self.panel.deleteLater()
        self.panel = None
        self._list.show()
        self.table.setFocus()
        self._show_keys()

    def _show_keys(self) -> None:
        """Let the strip at the foot name the keys of what is shown now."""
        self.session.changed.emit(Changes.NONE, self)

    def _columns(self) -> tuple[Column[Copy], ...]:
        words = self.session.words
        return (
            Column(
                title=N_("When"),
                text=lambda copy: words.sentence("{moment}", {"moment": copy.backup.at}),
                strong=True,
            ),
            Column(
                title=N_("Why"),
                text=lambda copy: words.gettext(REASON_LABELS[copy.backup.reason]),
                stretch=True,
            ),
            Column(
                title=N_("Where"),
                text=lambda copy: words.gettext(N_("Second place") if copy.second else N_("Beside the book")),
                soft=True,
                drop=1,
            ),
            Column(
                title=N_("Read again"),
                text=lambda copy: words.gettext(_STATES[copy.state][0]),
                tag=lambda copy: _STATES[copy.state][1],
            ),
        )
