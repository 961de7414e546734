"""Roll-up: figures of all units for a month or longer with their sum, issued, sealed and sent on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.book.papers.period_words import say_period
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.page import KeyHint, Page
from sochibo.interface.papers.issue_panel import IssuePanel
from sochibo.interface.parts.blocks import label
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.period_bar import PeriodBar
from sochibo.interface.parts.printing import bind_print
from sochibo.interface.parts.table import RecordTable
from sochibo.interface.parts.table_view import TableView
from sochibo.interface.rollups.drill import DrillDown
from sochibo.interface.rollups.rollup_columns import rollup_columns
from sochibo.messages import N_
from sochibo.rules.dates import Month
from sochibo.rules.periods import Period, PeriodKind, parse_period, year_of
from sochibo.rules.reports import REPORT_LABELS, ReportKind, RollupReport, RollupRow

if TYPE_CHECKING:
    from sochibo.interface.inbox.submission_panel import SubmissionPanel
    from sochibo.interface.session import Session

__all__ = ["RollupPage"]


_YEARLY: Final = {PeriodKind.MONTH, PeriodKind.HALF}
"""Lengths of which there are no ratings: the year around them is meant."""


class RollupPage(Page):
    """The period is chosen above; the table is the report itself, row by row. `rollup:2026-Q3` names one."""

    concerns: ClassVar[Changes] = Changes.INBOX | Changes.REPORTS | Changes.ORGANISATION
    help_name = "rollup"

    def __init__(self, session: Session, goal: str) -> None:
        super().__init__(session)
        text = goal.partition(":")[2] or str(Month.of(session.today()).previous())
        theme, say = session.theme, session.words.gettext
        self.reported = label("", "soft")
        self.indicators = ActButton(theme, say(N_("All indicators")), icon="chart-column", kind="second")
        self.indicators.clicked.connect(lambda: session.go(f"indicators:{self.period}"))
        self.ratings = ActButton(theme, say(N_("Ratings of the units")), icon="star", kind="second")
        self.ratings.clicked.connect(self._open_ratings)
        self.movement = ActButton(theme, say(REPORT_LABELS[ReportKind.MOVEMENT]), icon="users", kind="second")
        self.movement.clicked.connect(self._open_movement)
        self.bar = PeriodBar(session, parse_period(text), self.reported)
        self.bar.turned.connect(self._turned)
        self.table_model: RecordTable[RollupRow] = RecordTable(
            session.words, rollup_columns(session.words, self._signers()), key=lambda line: line.unit_id
        )
        self.table = TableView(theme, self.table_model, say(N_("Figures of the units")), grows=True)
        self.table.opened.connect(self.show_source)
        self.panel = IssuePanel(session, ReportKind.ROLLUP, lambda _place: "", whole=True)
        main = QWidget()
        inside = QVBoxLayout(main)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.px(12))
        for part in (self.bar, flow(self.indicators, self.ratings, self.movement), self.table):
            inside.addWidget(part)
        inside.addWidget(self.panel, 1)
        self.drill = DrillDown(session, main, say(N_("Back to the roll-up")))
        self.drill.moved.connect(lambda: self.session.changed.emit(Changes.NONE, self))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.drill)
        bind_print(self, self._print)

    @property
    def period(self) -> Period:
        """Return the period that is shown."""
        return self.bar.period

    @property
    def source(self) -> SubmissionPanel | None:
        """Return the file that is open."""
        return self.drill.panel

    def title(self) -> tuple[str, ...]:
        """Return the name of the room and the period."""
        words = self.session.words
        return words.gettext(N_("Roll-up")), say_period(words, self.period)

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of the roll-up."""
        say = self.session.words.gettext
        prints = KeyHint("Ctrl P", say(N_("print")))
        opens = KeyHint("Enter", say(N_("the file behind the figures")))
        return (prints,) if self.source is not None else (opens, prints)

    def first_focus(self) -> QWidget | None:
        """Begin with the figures."""
        return self.table

    def go_back(self) -> bool:
        """Take one step back from the file to the figures."""
        went = self.drill.go_back()
        if went and self.table.isVisible():
            self.table.setFocus()
        return went

    def reload(self) -> None:
        """Show the figures of the period and what is next for its paper."""
        words = self.session.words
        report = self._report()
        self.table_model.show_records((*report.rows, report.total))
        sent = {"sent": report.reported.numerator, "all": report.reported.denominator}
        said = [words.sentence(N_("{sent} of {all} cells have sent"), sent)]
        if report.heading.number:
            # What was issued keeps its figures, whatever came later: a replacement would have them.
            n = self.session.book.rollups.came_since(report)
            later = words.ngettext(
                "{n} paper came after it was issued", "{n} papers came after it was issued", n
            )
            said += [words.sentence(later, {"n": n})] if n else []
        self.reported.setText(" · ".join(said))
        self.panel.show_month(self.period)

    def show_source(self, line: RollupRow) -> None:
        """Open the papers from which a unit's figures come; the sum has none."""
        words = self.session.words
        if not line.source:
            if line.unit_id:
                fields = {"unit": line.unit}
                self.session.noted.emit(words.sentence(N_("{unit} has not sent its summary yet."), fields))
            return
        self.drill.show_papers(line.unit, self.session.book.rollups.sources(line))

    def turn(self, period: Period | Month) -> None:
        """Show another period."""
        self.bar.turn(parse_period(str(period)))

    def _open_ratings(self) -> None:
        """Open the ratings of the year; in a review of a quarter those of the quarter."""
        period = year_of(self.period.first) if self.period.kind in _YEARLY else self.period
        self.session.go(f"unit-ratings:{period}")

    def _open_movement(self) -> None:
        """Open the movement of the period; of a month there is none, so that of the year."""
        period = year_of(self.period.first) if self.period.kind is PeriodKind.MONTH else self.period
        self.session.go(f"committee-paper:{ReportKind.MOVEMENT}:{period}")

    def _turned(self) -> None:
        self.reload()
        self.session.changed.emit(Changes.NONE, self)

    def _print(self) -> None:
        (self.drill.preview or self.panel.preview).print_pages()

    def _signers(self) -> dict[str, str]:
        """Return whom to telephone for each unit."""
        return {unit.id: unit.signer for unit in self.session.book.inbox.units()}

    def _report(self) -> RollupReport:
        """Return the figures as they were issued, else as they would be now."""
        reports = self.session.book.reports
        document = reports.of_period(ReportKind.ROLLUP, self.period)
        if document is not None:
            issued = reports.envelope(document.id).report
            if isinstance(issued, RollupReport):
                return issued
        return reports.rollup(self.period)
