"""How the number of members moved in a period, with its identity, and what the members are at its end."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.faults import Fault
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.page import KeyHint, Page
from sochibo.interface.parts.blocks import label
from sochibo.interface.parts.fields import ChoiceField
from sochibo.interface.parts.finding_list import FindingList
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.preview import Preview
from sochibo.interface.parts.printing import bind_print
from sochibo.interface.parts.table import Column, RecordTable
from sochibo.interface.parts.table_view import TableView
from sochibo.messages import N_
from sochibo.rules.members.movement import (
    DECREASES,
    INCREASES,
    LINE_LABELS,
    SPLIT_LABELS,
    Heads,
    MovementLine,
)
from sochibo.rules.periods import Period, parse_period

if TYPE_CHECKING:
    from datetime import date

    from sochibo.interface.session import Session
    from sochibo.messages import Messages
    from sochibo.rules.members.movement import Movement

__all__ = ["MovementPage"]

_YEARS: Final = 8
_PARTS: Final = {
    "": N_("Whole year"),
    "-H1": N_("First half-year"),
    "-H2": N_("Second half-year"),
    "-Q1": N_("First quarter"),
    "-Q2": N_("Second quarter"),
    "-Q3": N_("Third quarter"),
    "-Q4": N_("Fourth quarter"),
}


_DROPS: Final = {
    "total": 0, "women": 1, "minority": 3, "religious": 4, "youth": 5, "probationary": 2,
}  # fmt: skip
"""Which columns give way first in large type; the paper has them all."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the table on the screen; sums have no line of their own in the movement."""

    key: str
    title: str
    heads: Heads
    strong: bool
    line: MovementLine | None = None

    def title_in(self, words: Messages) -> str:
        """Return the title; parts of a sum stand a little to the right."""
        said = words.gettext(self.title)
        return said if self.strong else f"    {said}"


class MovementPage(Page):
    """The table with the names behind its lines, and below it the paper, which can be numbered and kept."""

    concerns: ClassVar[Changes] = Changes.MEMBERS | Changes.REPORTS
    help_name = "movement"

    def __init__(self, session: Session, goal: str) -> None:
        super().__init__(session)
        say, theme = session.words.gettext, session.theme
        asked = goal.partition(":")[2]
        self._period: Period = parse_period(asked or f"{session.today().year}")
        self._movement: Movement | None = None
        self._make_period()
        self.composed: ChoiceField[bool] = ChoiceField(
            theme,
            say(N_("Paper")),
            [(False, say(N_("Movement of members"))), (True, say(N_("Composition of members")))],
            lambda _what: self._show_paper(),
        )
        self.composed.show_value(False)
        self.composed.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.composed.setMinimumWidth(theme.px(230))
        self.print_button = ActButton(theme, say(N_("Print …")), icon="printer", kind="second")
        self.print_button.clicked.connect(self.print_pages)
        self.issue_button = ActButton(theme, say(N_("Number and keep")), icon="stamp", kind="primary")
        self.issue_button.clicked.connect(self.issue)
        self.table_model: RecordTable[_Row] = RecordTable(
            session.words, self._columns(), key=lambda row: row.key
        )
        self.table = TableView(theme, self.table_model, say(N_("Movement of members")), grows=True)
        self.table.chosen.connect(self._show_people)
        self.findings = FindingList(session, lambda _place: "")
        self.people = label("", "soft", wrap=True)
        self.preview = Preview(session, self)
        self.preview.show_whole(whole=True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.px(12))
        inside.addWidget(flow(self.year, self.part, self.composed, self.print_button, self.issue_button))
        inside.addWidget(self.findings)
        inside.addWidget(self.table)
        inside.addWidget(self.people)
        inside.addWidget(self.preview, 1)
        bind_print(self, self.print_pages)

    def _make_period(self) -> None:
        """Make the choice of a year and of a part of it."""
        say, theme = self.session.words.gettext, self.session.theme
        first = self.session.today().year
        self.year: ChoiceField[int] = ChoiceField(
            theme,
            say(N_("Year")),
            [(year, str(year)) for year in range(first, first - _YEARS, -1)],
            lambda _year: self._choose(),
        )
        self.part: ChoiceField[str] = ChoiceField(
            theme,
            say(N_("Part of the year")),
            [(part, say(text)) for part, text in _PARTS.items()],
            lambda _part: self._choose(),
        )
        for choice in (self.year, self.part):
            choice.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
            choice.setMinimumWidth(theme.px(150))

    def title(self) -> tuple[str, ...]:
        """Return the way here."""
        say = self.session.words.gettext
        return say(N_("Members")), say(N_("Movement and composition"))

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the key that prints."""
        return (KeyHint("Ctrl P", self.session.words.gettext(N_("print"))),)

    def first_focus(self) -> QWidget | None:
        """Begin with the period."""
        return self.year

    def reload(self) -> None:
        """Count the period anew."""
        book = self.session.book
        self.year.show_value(self._period.first.year)
        self.part.show_value(self._period.text[4:])
        self._movement = book.movements.of(self._period)
        self.findings.show_findings(book.movements.check(self._movement))
        self.table_model.show_records(_rows(self._movement))
        self.table.updateGeometry()
        self.issue_button.setEnabled(not book.read_only)
        self._show_people(self.table.record())
        self._show_paper()

    def print_pages(self) -> None:
        """Print the paper that is seen."""
        self.preview.print_pages()

    def issue(self) -> None:
        """Number the paper and keep it among the reports."""
        papers, today = self.session.book.member_papers, self.session.today()
        try:
            if self.composed.value():
                papers.issue_composition(self._last_day(), today)
            else:
                papers.issue_movement(self._period, today)
        except Fault as fault:
            self.session.complain(fault)
            return
        self.session.tell(Changes.REPORTS, self)
        self.session.told.emit(self.session.words.gettext(N_("Kept among the reports.")))
        self.session.go("reports")

    def _choose(self) -> None:
        year = self.year.value() or self.session.today().year
        self._period = parse_period(f"{year}{self.part.value() or ''}")
        self.reload()

    def _last_day(self) -> date:
        return min(self._period.last, self.session.today())

    def _show_paper(self) -> None:
        book, today = self.session.book, self.session.today()
        papers, reports = book.member_papers, book.reports
        if self.composed.value():
            draft = papers.composition_draft(self._last_day(), today)
        else:
            draft = papers.movement_draft(self._period, today)
        self.preview.show_made(lambda: reports.preview(draft))

    def _show_people(self, row: _Row | None) -> None:
        """Name who stands behind the line in hand."""
        words = self.session.words
        if row is None or row.line is None or self._movement is None:
            self.people.setText(words.gettext(N_("Choose a line to see who is behind it.")))
            return
        names = self.session.book.members.told_apart()
        behind = [names.get(one, "") for one in self._movement.people.get(row.line, ())]
        said = N_("{line}: {names}.") if behind else N_("{line}: nobody.")
        self.people.setText(
            words.sentence(said, {"line": row.title_in(words).strip(), "names": ", ".join(behind)})
        )

    def _columns(self) -> tuple[Column[_Row], ...]:
        words = self.session.words
        named: Column[_Row] = Column(title=N_("Line"), text=lambda row: row.title_in(words), stretch=True)
        figures: tuple[Column[_Row], ...] = tuple(
            Column(title=text, text=partial(_figure, name), right=True, drop=_DROPS[name])
            for name, text in SPLIT_LABELS.items()
        )
        return (named, *figures)


def _figure(name: str, row: _Row) -> str:
    return str(getattr(row.heads, name) or "–")


def _rows(movement: Movement) -> list[_Row]:
    """Return the lines in the table's order, each sum above its parts."""

    def line(name: MovementLine, *, strong: bool = False) -> _Row:
        return _Row(name.value, LINE_LABELS[name], movement.line(name), strong, name)

    def used(names: tuple[MovementLine, ...]) -> list[_Row]:
        untold = {MovementLine.UNTOLD_IN, MovementLine.UNTOLD_OUT}
        return [line(name) for name in names if name not in untold or movement.line(name).total]

    return [
        line(MovementLine.START, strong=True),
        _Row("increase", N_("Increase"), movement.increase, strong=True),
        *used(INCREASES),
        _Row("decrease", N_("Decrease"), movement.decrease, strong=True),
        *used(DECREASES),
        line(MovementLine.END, strong=True),
        line(MovementLine.RECOGNISED),
    ]
