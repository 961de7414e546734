"""An Excel list as it would be recorded: every row with what will happen to it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.faults import Severity
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.looks.palette import Tone
from sochibo.interface.members.roster_columns import RosterColumns
from sochibo.interface.parts.blocks import Card, label
from sochibo.interface.parts.fields import TickField
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.table import Column, RecordTable, Tag
from sochibo.interface.parts.table_view import TableView
from sochibo.messages import N_

if TYPE_CHECKING:
    from sochibo.book.members.members import RosterPreview, RosterRow, RosterStart
    from sochibo.interface.session import Session

__all__ = ["RosterPanel", "RosterStartPanel"]

_NAMES = "name"
_Row = tuple[int, tuple[str, ...]]
"""A row of a list with its number."""


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
        headers = [*preview.columns, *((header, "") for header in preview.unknown_columns)]
        if preview.bare:
            headers.sort(key=lambda one: (len(one[0]), one[0]))
        self.columns = RosterColumns(session, headers, bare=preview.bare)
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

    def is_bare(self) -> bool:
        """Tell whether the list has no header."""
        return self.preview.bare

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


class RosterStartPanel(QWidget):
    """A list without a column of names that we know: a person says which column is what.

    Where it has no header at all, its columns go by their letters and its first row is a person.
    """

    ended = Signal()
    remapped = Signal(object)
    """The meaning of the columns, names among them: the list can be read."""

    def __init__(self, session: Session, file: str, start: RosterStart) -> None:
        super().__init__()
        self.session = session
        self._start = start
        theme, words = session.theme, session.words
        self.bare = TickField(
            theme, words.gettext(N_("The list has no header: its first row is a person")), self._change
        )
        self.bare.show_value(value=start.bare)
        self.bare.setEnabled(bool(start.headers))
        head = Card(theme, "note")
        said = words.sentence(N_("Which column of “{file}” holds the names?"), {"file": file})
        head.body.addWidget(label(said, "title", wrap=True))
        hint = N_(
            "No header was recognised. Below stand the first rows of the list: say what each column is."
        )
        head.body.addWidget(label(words.gettext(hint), "soft", wrap=True))
        head.body.addWidget(self.bare)
        self.rows: RecordTable[_Row] = RecordTable(words, self._letters(), key=lambda row: row[0])
        self.rows.show_records(start.rows)
        table = TableView(theme, self.rows, words.gettext(N_("First rows of the list")), grows=True)
        table.show_all_columns(every=True)
        self.read_button = ActButton(
            theme, words.gettext(N_("Read the list")), icon="arrow-down", kind="primary"
        )
        self.read_button.clicked.connect(lambda: self.remapped.emit(self.columns.mapping()))
        leave = ActButton(theme, words.gettext(N_("Not now")))
        leave.clicked.connect(self.ended)
        self._place = QVBoxLayout()
        self.columns: RosterColumns = self._make_columns()
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.px(12))
        inside.addWidget(head)
        inside.addWidget(table)
        inside.addLayout(self._place)
        inside.addWidget(flow(self.read_button, leave))
        inside.addStretch(1)

    def is_bare(self) -> bool:
        """Tell whether a person says that the list has no header."""
        return self.bare.isChecked()

    def _make_columns(self) -> RosterColumns:
        """Make the choices: by the headers, or by letters with what the columns seem to hold."""
        start = self._start
        if self.is_bare():
            made = RosterColumns(
                self.session, [(letter, start.fields.get(letter, "")) for letter in start.letters], bare=True
            )
        else:
            headers = [(header, "") for header, _ in start.headers]
            made = RosterColumns(self.session, headers, dict(start.headers))
        made.chosen.connect(lambda _mapping: self._judge())
        self._place.addWidget(made)
        self.read_button.setEnabled(_NAMES in made.mapping().values())
        return made

    def _change(self, _bare: bool) -> None:  # noqa: FBT001 - the field calls it with its one answer
        """Ask for the columns anew, by headers or by letters."""
        self._place.removeWidget(self.columns)
        self.columns.hide()
        self.columns.deleteLater()
        self.columns = self._make_columns()

    def _judge(self) -> None:
        """Go on only once a column holds the names."""
        self.read_button.setEnabled(_NAMES in self.columns.mapping().values())

    def _letters(self) -> tuple[Column[_Row], ...]:
        def text(place: int, row: _Row) -> str:
            return row[1][place]

        numbered: Column[_Row] = Column(title=N_("Row"), text=lambda row: str(row[0]), right=True, soft=True)
        return (
            numbered,
            *(Column(title=letter, text=partial(text, at)) for at, letter in enumerate(self._start.letters)),
        )


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
