"""An Excel list as it would be recorded: every row with what will happen to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.faults import Severity
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.looks.palette import Tone
from sochibo.interface.members.roster_columns import RosterColumns
from sochibo.interface.parts.blocks import Card, label
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.table import Column, RecordTable, Tag
from sochibo.interface.parts.table_view import TableView
from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sochibo.book.members.members import RosterPreview, RosterRow
    from sochibo.interface.session import Session

__all__ = ["RosterHeadersPanel", "RosterPanel"]

_NAMES = "name"


class RosterPanel(QWidget):
    """The preview of a list, and the button that records it; red rows are left out and say why."""

    ended = Signal()
    remapped = Signal(object)
    """The meaning of the columns as a person wants it: the list is to be read anew."""

    def __init__(self, session: Session, preview: RosterPreview, *, columns_shown: bool = False) -> None:
        """`columns_shown`: the columns are being chosen, so they stay in sight."""
        super().__init__()
        self.session = session
        self.preview = preview
        words = session.words
        usable = [line for line in preview.rows if line.usable]
        self.record_button = ActButton(
            session.theme,
            words.ngettext(
                "Write {n} person into the book", "Write {n} people into the book", len(usable)
            ).format(n=len(usable)),
            icon="check",
            kind="primary",
        )
        self.record_button.setEnabled(bool(usable))
        self.record_button.clicked.connect(self.record)
        leave = ActButton(session.theme, words.gettext(N_("Not now")))
        leave.clicked.connect(self.ended)
        self.table_model: RecordTable[RosterRow] = RecordTable(
            words, self._columns(), key=lambda line: line.number
        )
        # What needs a look stands first: nobody reads forty good rows to find the bad one.
        self.table_model.show_records(sorted(preview.rows, key=_weight))
        self.table = TableView(session.theme, self.table_model, words.gettext(N_("Rows of the list")))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(session.theme.px(12))
        inside.addWidget(self._head(usable))
        unknown = ((header, "") for header in preview.unknown_columns)
        self.columns = RosterColumns(
            session, (*((header, field) for header, field in preview.columns), *unknown)
        )
        self.columns.chosen.connect(self.remapped)
        self.columns_button = ActButton(
            session.theme, words.gettext(N_("Which column means what")), icon="pen-line", kind="link"
        )
        self.columns_button.setCheckable(True)
        self.columns_button.toggled.connect(self.columns.setVisible)
        inside.addWidget(flow(self.record_button, leave, self.columns_button))
        inside.addWidget(self.columns)
        self.columns.hide()
        self.columns_button.setChecked(columns_shown)
        inside.addWidget(self.table, 1)

    def _head(self, usable: list[RosterRow]) -> Card:
        """Say what would become of the list, and what was not read from it."""
        words, preview = self.session.words, self.preview
        known = sum(1 for line in usable if line.matches)
        fields = {
            "file": preview.file,
            "new": len(usable) - known,
            "known": known,
            "left": len(preview.rows) - len(usable),
        }
        head = Card(self.session.theme, "note")
        head.body.addWidget(
            label(
                words.sentence(N_("“{file}”: {new} new, {known} to be completed, {left} left out."), fields),
                "title",
                wrap=True,
            )
        )
        head.body.addWidget(
            label(words.gettext(N_("Nothing is recorded yet. Nobody will be removed.")), "soft", wrap=True)
        )
        if preview.unknown_columns:
            said = words.sentence(
                N_("Columns not used: {columns}."), {"columns": ", ".join(preview.unknown_columns)}
            )
            head.body.addWidget(label(said, "hint", wrap=True))
        if preview.remembered:
            said = words.gettext("The columns are those chosen before for such a list.")
            head.body.addWidget(label(said, "hint", wrap=True))
        return head

    def record(self) -> None:
        """Record the usable rows as one act, which one undo takes back."""
        if self.session.run(lambda book: book.members.import_roster(self.preview), self):
            self.session.told.emit(
                self.session.words.gettext(N_("Written into the book. Ctrl Z takes all of it back."))
            )
            self.ended.emit()

    def _columns(self) -> tuple[Column[RosterRow], ...]:
        words = self.session.words
        return (
            Column(title=N_("Row"), text=lambda line: str(line.number), right=True, soft=True),
            Column(
                title=N_("What happens"),
                text=lambda line: words.gettext(_fate(line)[0]),
                tag=lambda line: _fate(line)[1],
            ),
            Column(title=N_("Name"), text=lambda line: line.member.name, strong=True),
            Column(
                title=N_("Born"),
                text=lambda line: line.member.birth.vietnamese() if line.member.birth else "",
                drop=1,
            ),
            Column(
                title=N_("Remarks"),
                text=lambda line: " ".join(finding.say(words) for finding in line.findings),
                tooltip=lambda line: "\n".join(finding.say(words) for finding in line.findings),
                soft=True,
                stretch=True,
            ),
        )


class RosterHeadersPanel(QWidget):
    """A list whose column of names has no name we know: a person says which column is what."""

    ended = Signal()
    remapped = Signal(object)
    """The meaning of the columns, names among them: the list can be read."""

    def __init__(self, session: Session, file: str, headers: Sequence[tuple[str, Sequence[str]]]) -> None:
        super().__init__()
        theme, words = session.theme, session.words
        head = Card(theme, "note")
        said = words.sentence(N_("Which column of “{file}” holds the names?"), {"file": file})
        head.body.addWidget(label(said, "title", wrap=True))
        hint = N_(
            "No header was recognised. Say what each column is; below it stand the first people of the list."
        )
        head.body.addWidget(label(words.gettext(hint), "soft", wrap=True))
        self.columns = RosterColumns(session, [(header, "") for header, _ in headers], dict(headers))
        self.columns.chosen.connect(lambda _mapping: self._judge())
        self.read_button = ActButton(
            theme, words.gettext(N_("Read the list")), icon="arrow-down", kind="primary"
        )
        self.read_button.setEnabled(False)
        self.read_button.clicked.connect(lambda: self.remapped.emit(self.columns.mapping()))
        leave = ActButton(theme, words.gettext(N_("Not now")))
        leave.clicked.connect(self.ended)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.px(12))
        for part in (head, self.columns, flow(self.read_button, leave)):
            inside.addWidget(part)
        inside.addStretch(1)

    def _judge(self) -> None:
        """Go on only once a column holds the names."""
        self.read_button.setEnabled(_NAMES in self.columns.mapping().values())


def _fate(line: RosterRow) -> tuple[str, Tag]:
    if not line.usable:
        return N_("Left out"), Tag(Tone.WRONG, "x")
    if line.matches:
        return N_("Completed"), Tag(Tone.ACCENT, "circle")
    if line.findings:
        return N_("New, worth a look"), Tag(Tone.ADVICE)
    return N_("New"), Tag(Tone.GOOD, "plus")


def _weight(line: RosterRow) -> tuple[int, int]:
    red = any(finding.severity is Severity.RED for finding in line.findings)
    return (0 if red else 1 if line.findings else 2, line.number)
