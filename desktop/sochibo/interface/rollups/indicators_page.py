"""Indicators: a period's figures by group, unit by unit and year by year, down to the very page."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.book.papers.period_words import say_period
from sochibo.book.rollups.indicators import GROUP_LABELS, Count, Indicator, IndicatorsReport, indicators_for
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.page import KeyHint, Page
from sochibo.interface.papers.issue_panel import IssuePanel
from sochibo.interface.parts.blocks import label
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.period_bar import PeriodBar
from sochibo.interface.parts.printing import bind_print
from sochibo.interface.parts.table import Column, RecordTable
from sochibo.interface.parts.table_view import TableView
from sochibo.interface.rollups.drill import DrillDown
from sochibo.messages import N_
from sochibo.rules.periods import Period, parse_period
from sochibo.rules.reports import ReportKind
from sochibo.rules.units.organisations import BookKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sochibo.interface.session import Session
    from sochibo.messages import Messages
    from sochibo.rules.units.indicator_papers import IndicatorUnit, IndicatorYear

__all__ = ["IndicatorsPage"]

_YEARS_SHOWN: Final = 4
"""How many earlier years stand beside on the screen; the paper has them all."""

_Line = tuple[Indicator, Count]


class IndicatorsPage(Page):
    """`indicators` is this year's, `indicators:2026-H1` another period's."""

    concerns: ClassVar[Changes] = Changes.ALL
    help_name = "indicators"

    def __init__(self, session: Session, goal: str) -> None:
        super().__init__(session)
        asked = goal.partition(":")[2] or f"{session.today().year:04d}"
        theme, say = session.theme, session.words.gettext
        self._report: IndicatorsReport | None = None
        self._chosen: Indicator | None = None
        self._committee = session.book.organisation().kind is BookKind.COMMITTEE
        self.targets = ActButton(theme, say(N_("Targets")), icon="list-checks", kind="second")
        self.targets.clicked.connect(lambda: session.go("targets"))
        self.bar = PeriodBar(session, parse_period(asked), self.targets)
        self.bar.turned.connect(self._turned)
        self.hint = label("", "soft", wrap=True)
        self.model: RecordTable[_Line] = RecordTable(
            session.words, self._columns(()), key=lambda line: line[0].id
        )
        self.table = TableView(theme, self.model, say(N_("All indicators")), grows=True)
        self.table.opened.connect(self.show_units)
        self.panel = IssuePanel(session, ReportKind.INDICATORS, lambda _place: "", whole=True)
        main = QWidget()
        inside = QVBoxLayout(main)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.px(12))
        for part in (self.bar, self.hint, self.table, self._make_units()):
            inside.addWidget(part)
        inside.addWidget(self.panel, 1)
        self.drill = DrillDown(session, main, say(N_("Back to the indicators")))
        self.drill.moved.connect(lambda: self.session.changed.emit(Changes.NONE, self))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.drill)
        bind_print(self, self._print)

    def _make_units(self) -> QWidget:
        """Make the table of the units behind one indicator, hidden at first."""
        session = self.session
        theme, say = session.theme, session.words.gettext
        self.units = QWidget()
        inside = QVBoxLayout(self.units)
        inside.setContentsMargins(0, 0, 0, 0)
        self.leave = ActButton(theme, say(N_("Back to the indicators")), icon="chevron-left")
        self.leave.clicked.connect(self._hide_units)
        self.units_title = label("", "title", wrap=True)
        self.units_model: RecordTable[IndicatorUnit] = RecordTable(
            session.words, self._unit_columns(), key=lambda row: row.unit_id
        )
        self.units_table = TableView(theme, self.units_model, say(N_("Units")), grows=True)
        self.units_table.opened.connect(self.show_papers)
        inside.setSpacing(theme.px(12))
        for part in (flow(self.leave), self.units_title, self.units_table):
            inside.addWidget(part)
        inside.addStretch(1)
        self.units.hide()
        return self.units

    @property
    def period(self) -> Period:
        """Return the period that is shown."""
        return self.bar.period

    def title(self) -> tuple[str, ...]:
        """Return the way here."""
        words = self.session.words
        room = N_("Roll-up") if self._committee else N_("Ratings")
        return words.gettext(room), words.gettext(N_("All indicators")), say_period(words, self.period)

    def keys(self) -> tuple[KeyHint, ...]:
        """Return what Enter opens here."""
        say = self.session.words.gettext
        opens = N_("the paper behind the figure") if self.units.isVisible() else N_("the units behind it")
        return (KeyHint("Enter", say(opens)), KeyHint("Ctrl P", say(N_("print"))))

    def first_focus(self) -> QWidget | None:
        """Begin with the figures."""
        return self.table

    def go_back(self) -> bool:
        """Take one step back: from the page to the unit, from the unit to the figure."""
        if self.drill.go_back():
            if self.units.isVisible():
                self.units_table.setFocus()
            return True
        if self.units.isVisible():
            self._hide_units()
            return True
        return False

    def reload(self) -> None:
        """Count the period anew, or show what was issued."""
        report = self._counted()
        self._report = report
        told = {count.indicator: count for count in report.counts}
        lines = [(one, told[one.id]) for one in indicators_for(self.period.kind) if one.id in told]
        self.model.change_columns(self._columns(report.earlier[-_YEARS_SHOWN:]))
        self.model.show_records(lines)
        words = self.session.words
        if report.rows:
            fields = {"told": sum(bool(row.counts) for row in report.rows), "all": len(report.rows)}
            said = words.sentence(N_("Added up from {told} of {all} units. No rate is averaged."), fields)
        else:
            said = words.gettext(N_("Counted from this book."))
        self.hint.setText(said if lines else words.gettext(N_("Nothing to count in this period yet.")))
        self.table.setVisible(bool(lines) and not self.units.isVisible())
        if self._chosen is not None and self.units.isVisible():
            self.units_model.show_records(_rows_of(report, self._chosen))
        self.panel.show_month(self.period)

    def show_units(self, line: _Line) -> None:
        """Show what each unit told of an indicator; a cell's own has none below it."""
        indicator, _ = line
        words = self.session.words
        if self._report is None or not self._report.rows:
            self.session.noted.emit(words.gettext(N_("This figure is counted from this book itself.")))
            return
        self._chosen = indicator
        self.units_title.setText(_label(indicator, words))
        self.units_model.show_records(_rows_of(self._report, indicator))
        for part in (self.bar, self.hint, self.table, self.panel):
            part.hide()
        self.units.show()
        self.units_table.setFocus()
        self.units_table.setCurrentIndex(self.units_model.index(0, 0))
        self.session.changed.emit(Changes.NONE, self)

    def show_papers(self, row: IndicatorUnit) -> None:
        """Open the papers behind what a unit told."""
        if not self.drill.show_papers(row.unit, self.session.book.indicators.sources(row)):
            said = N_("{unit} has told this in no paper that was received.")
            self.session.told.emit(self.session.words.sentence(said, {"unit": row.unit}))

    def _hide_units(self) -> None:
        self.units.hide()
        for part in (self.bar, self.hint, self.table, self.panel):
            part.show()
        self.table.setFocus()
        self.session.changed.emit(Changes.NONE, self)

    def _print(self) -> None:
        (self.drill.preview or self.panel.preview).print_pages()

    def _turned(self) -> None:
        self.reload()
        self.session.changed.emit(Changes.NONE, self)

    def _counted(self) -> IndicatorsReport:
        reports, today = self.session.book.reports, self.session.today()
        document = reports.of_period(ReportKind.INDICATORS, self.period)
        if document is not None:
            issued = reports.envelope(document.id).report
            if isinstance(issued, IndicatorsReport):
                return issued
        return self.session.book.indicators.report(self.period, today)

    def _columns(self, earlier: Sequence[IndicatorYear]) -> tuple[Column[_Line], ...]:
        words = self.session.words

        def year(period: str, counts: Sequence[Count], drop: int) -> Column[_Line]:
            known = {count.indicator: count for count in counts}
            return Column(
                title=period[:4], text=lambda line: _short(line[0], known, words), right=True, drop=drop
            )

        return (
            Column(
                title=N_("What is measured"),
                text=lambda line: _label(line[0], words),
                stretch=True,
                strong=True,
            ),
            Column(
                title=N_("Group"),
                text=lambda line: words.gettext(GROUP_LABELS[line[0].group]),
                soft=True,
                drop=len(earlier) + 1,
            ),
            Column(title=N_("Quantity"), text=lambda line: _number(*line, words), right=True),
            Column(title=N_("Rate"), text=lambda line: _rate(*line, words), right=True, strong=True),
            *(year(one.period, one.counts, len(earlier) - place) for place, one in enumerate(earlier)),
        )

    def _unit_columns(self) -> tuple[Column[IndicatorUnit], ...]:
        words = self.session.words

        def drawn(how: str, row: IndicatorUnit) -> str:
            count = next(
                (one for one in row.counts if self._chosen and one.indicator == self._chosen.id), None
            )
            if count is None or self._chosen is None:
                return "–"
            return _rate(self._chosen, count, words) if how == "rate" else _number(self._chosen, count, words)

        def ended(row: IndicatorUnit) -> str:
            return words.sentence(N_("until {day}"), {"day": row.ended}) if row.ended else ""

        return (
            Column(title=N_("Unit"), text=lambda row: row.unit, second=ended, stretch=True, strong=True),
            Column(title=N_("Quantity"), text=lambda row: drawn("number", row), right=True),
            Column(title=N_("Rate"), text=lambda row: drawn("rate", row), right=True),
            Column(title=N_("Papers"), text=lambda row: words.number(len(row.parts)), right=True, drop=1),
        )


def _rows_of(report: IndicatorsReport, indicator: Indicator) -> list[IndicatorUnit]:
    """Return the units in their order, those that told nothing of it last."""
    return sorted(report.rows, key=lambda row: all(count.indicator != indicator.id for count in row.counts))


def _label(one: Indicator, words: Messages) -> str:
    return one.label_vi if words.language == "vi" else one.label_en


def _number(one: Indicator, count: Count, words: Messages) -> str:
    number = words.number(count.number)
    return f"{number}/{words.number(count.of)}" if one.is_share else number


def _rate(one: Indicator, count: Count, words: Messages) -> str:
    if not one.is_share:
        return ""
    return words.percent(count.number, count.of) if count.of > 0 else "–"


def _short(one: Indicator, counts: Mapping[str, Count], words: Messages) -> str:
    count = counts.get(one.id)
    if count is None:
        return "–"
    return _rate(one, count, words) if one.is_share else words.number(count.number)
