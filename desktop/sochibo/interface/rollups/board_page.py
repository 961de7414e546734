"""The board over a longer period: expected, received, in time, returned of each unit, and whom to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.book.papers.period_words import say_period
from sochibo.book.rollups.boards import Fate, MonthFate, UnitFate, period_board
from sochibo.interface.inbox.submission_panel import paper_words
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.looks.palette import Tone
from sochibo.interface.page import KeyHint, Page
from sochibo.interface.parts.blocks import label
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.period_bar import PeriodBar
from sochibo.interface.parts.printing import bind_print
from sochibo.interface.parts.table import Column, RecordTable, Tag
from sochibo.interface.parts.table_view import TableView
from sochibo.interface.rollups.drill import DrillDown
from sochibo.messages import N_
from sochibo.rules.periods import parse_period, quarter_of

if TYPE_CHECKING:
    from sochibo.interface.session import Session
    from sochibo.messages import Messages
    from sochibo.rules.periods import Period

__all__ = ["BoardPage"]

_FATES: Final = {
    Fate.IN_TIME: (N_("received in time"), Tone.GOOD, "check"),
    Fate.LATE: (N_("received after the day it was due"), Tone.ADVICE, "clock"),
    Fate.HELD: (N_("received, to be looked at"), Tone.ADVICE, "triangle-alert"),
    Fate.RETURNED: (N_("refused, to be sent again"), Tone.WRONG, "x"),
    Fate.MISSING: (N_("not received, and the day it was due is past"), Tone.WRONG, "x"),
    Fate.AWAITED: (N_("awaited"), Tone.PLAIN, "circle"),
}


class BoardPage(Page):
    """`board:2026-Q3` names a quarter; Enter on a unit tells whom to ask and for which months.

    `board:2026:<unit>` opens a unit at once.
    """

    concerns: ClassVar[Changes] = Changes.INBOX | Changes.ORGANISATION
    help_name = "board"

    def __init__(self, session: Session, goal: str) -> None:
        super().__init__(session)
        theme, say = session.theme, session.words.gettext
        _, asked, self._asked_unit = (*goal.split(":", 2), "", "")[:3]
        self.bar = PeriodBar(session, parse_period(asked) if asked else quarter_of(session.today()))
        self.bar.turned.connect(self._turned)
        self.told = label("", "strong", wrap=True)
        self.model: RecordTable[UnitFate] = RecordTable(
            session.words, _unit_columns(session.words), key=lambda line: line.unit_id
        )
        self.table = TableView(theme, self.model, say(N_("What the units sent")), grows=True)
        self.table.opened.connect(self.show_unit)
        self._units = QWidget()
        inside = QVBoxLayout(self._units)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.px(12))
        for part in (self.bar, self.told, self.table):
            inside.addWidget(part)
        inside.addStretch(1)
        main = QWidget()
        both = QVBoxLayout(main)
        both.setContentsMargins(0, 0, 0, 0)
        both.addWidget(self._units)
        both.addWidget(self._make_unit())
        self.drill = DrillDown(session, main, say(N_("Back to the months")))
        self.drill.moved.connect(lambda: self.session.changed.emit(Changes.NONE, self))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.drill)
        bind_print(self, self._print)

    def _make_unit(self) -> QWidget:
        """Make the months of one unit, hidden at first."""
        theme, words = self.session.theme, self.session.words
        self._chosen: UnitFate | None = None
        self.unit = QWidget()
        inside = QVBoxLayout(self.unit)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.px(12))
        self.leave = ActButton(theme, words.gettext(N_("Back to the board")), icon="chevron-left")
        self.leave.clicked.connect(self._hide_unit)
        self.heading = label("", "title", wrap=True)
        self.ask = label("", "strong", wrap=True)
        self.months: RecordTable[MonthFate] = RecordTable(
            words, _month_columns(words), key=lambda one: str(one.month)
        )
        self.months_table = TableView(theme, self.months, words.gettext(N_("Months")), grows=True)
        self.months_table.opened.connect(self.show_file)
        for part in (flow(self.leave), self.heading, self.ask, self.months_table):
            inside.addWidget(part)
        inside.addStretch(1)
        self.unit.hide()
        return self.unit

    @property
    def period(self) -> Period:
        """Return the period that is shown."""
        return self.bar.period

    def title(self) -> tuple[str, ...]:
        """Return the way here."""
        words = self.session.words
        return words.gettext(N_("Inbox")), words.gettext(N_("Board")), say_period(words, self.period)

    def keys(self) -> tuple[KeyHint, ...]:
        """Return what Enter opens here."""
        say = self.session.words.gettext
        if self.drill.panel is not None:
            return (KeyHint("Ctrl P", say(N_("print"))),)
        opens = N_("the file of the month") if self.unit.isVisible() else N_("whom to ask")
        return (KeyHint("Enter", say(opens)),)

    def first_focus(self) -> QWidget | None:
        """Begin with the units, or with the months of the one that was asked for."""
        return self.table if self.unit.isHidden() else self.months_table

    def go_back(self) -> bool:
        """Take one step back: from the page to the months, from the months to the units."""
        if self.drill.go_back():
            self.months_table.setFocus()
            return True
        if self.unit.isVisible():
            self._hide_unit()
            return True
        return False

    def reload(self) -> None:
        """Show what was due and what came."""
        lines = period_board(self.session.book, self.period, self.session.today())
        self.model.show_records(lines)
        words = self.session.words
        fields = {
            "expected": sum(len(line.months) for line in lines),
            "received": sum(line.received for line in lines),
            "in_time": sum(line.count(Fate.IN_TIME) for line in lines),
            "open": sum(bool(line.open) for line in lines),
        }
        said = N_(
            "Monthly summaries received: {received} of {expected}, {in_time} in time. To be asked: {open} "
            "units."
        )
        self.told.setText(words.sentence(said, fields))
        asked = next((line for line in lines if line.unit_id == self._asked_unit), None)
        self._asked_unit = ""
        if asked is not None:
            self._enter(asked)
        elif self._chosen is not None and self.unit.isVisible():
            self._show(next((line for line in lines if line.unit_id == self._chosen.unit_id), self._chosen))

    def show_unit(self, line: UnitFate) -> None:
        """Show the months of a unit and whom to ask for those that are missing."""
        self._enter(line)
        self.session.changed.emit(Changes.NONE, self)

    def _enter(self, line: UnitFate) -> None:
        self._show(line)
        self._units.hide()
        self.unit.show()
        self.months_table.setFocus()
        if self.months.rowCount():
            self.months_table.setCurrentIndex(self.months.index(0, 0))

    def show_file(self, one: MonthFate) -> None:
        """Open the file that tells of a month."""
        if one.file is None or not self.drill.show_papers(one.file.unit, (one.file.id,)):
            words = self.session.words
            said = N_("Nothing was received for {month}.")
            month = words.month(one.month.year, one.month.month)
            self.session.told.emit(words.sentence(said, {"month": month}))

    def _show(self, line: UnitFate) -> None:
        words = self.session.words
        self._chosen = line
        self.heading.setText(line.unit)
        self.months.show_records(line.months)
        if not line.open:
            self.ask.setText(words.gettext(N_("Nothing is missing.")))
            return
        months = ", ".join(_short(one) for one in line.open)
        fields = {"person": line.signer or "–", "months": months}
        self.ask.setText(words.sentence(N_("Ask {person} for: {months}"), fields))

    def _hide_unit(self) -> None:
        self.unit.hide()
        self._units.show()
        self.table.setFocus()
        self.session.changed.emit(Changes.NONE, self)

    def _turned(self) -> None:
        self.reload()
        self.session.changed.emit(Changes.NONE, self)

    def _print(self) -> None:
        if self.drill.preview is not None:
            self.drill.preview.print_pages()


def _unit_columns(words: Messages) -> tuple[Column[UnitFate], ...]:
    def number(*fates: Fate) -> tuple[Column[UnitFate], ...]:
        titles = {
            Fate.IN_TIME: N_("In time"), Fate.LATE: N_("Late"), Fate.RETURNED: N_("Returned"),
            Fate.HELD: N_("To be looked at"), Fate.MISSING: N_("Missing"),
        }  # fmt: skip
        # What must be asked for stays in sight, however large the type.
        gives_way = {Fate.IN_TIME: 4, Fate.HELD: 3, Fate.LATE: 2}

        def column(fate: Fate) -> Column[UnitFate]:
            def tag(line: UnitFate) -> Tag | None:
                return Tag(_FATES[fate][1], _FATES[fate][2]) if line.count(fate) else None

            def text(line: UnitFate) -> str:
                return words.number(line.count(fate)) if line.count(fate) else ""

            return Column(title=titles[fate], text=text, tag=tag, right=True, drop=gives_way.get(fate, 0))

        return tuple(map(column, fates))

    return (
        Column(title=N_("Unit"), text=lambda line: line.unit, strong=True, stretch=True),
        Column(title=N_("To be sent"), text=lambda line: words.number(len(line.months)), right=True),
        Column(title=N_("Received"), text=lambda line: words.number(line.received), right=True, drop=1),
        *number(Fate.IN_TIME, Fate.LATE, Fate.RETURNED, Fate.HELD, Fate.MISSING),
        Column(
            title=N_("Whom to ask"), text=lambda line: line.signer if line.open else "", soft=True, drop=5
        ),
    )


def _month_columns(words: Messages) -> tuple[Column[MonthFate], ...]:
    return (
        Column(title=N_("Month"), text=_short, strong=True),
        Column(
            title=N_("State"),
            text=lambda one: words.gettext(_FATES[one.fate][0]),
            tag=lambda one: Tag(_FATES[one.fate][1], _FATES[one.fate][2]),
        ),
        Column(
            title=N_("Received"),
            text=lambda one: words.date(one.file.received_at.astimezone().date()) if one.file else "",
        ),
        Column(
            title=N_("Paper"), text=lambda one: paper_words(one.file, words) if one.file else "", stretch=True
        ),
    )


def _short(one: MonthFate) -> str:
    return f"{one.month.month:02d}/{one.month.year}"
