"""Roll-up: a month's figures of all units with their sum, issued, sealed and sent on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.interface.blocks import label
from sochibo.interface.flow import flow
from sochibo.interface.icons import ActButton
from sochibo.interface.issue_panel import IssuePanel
from sochibo.interface.meeting_steps.scores import points_text
from sochibo.interface.page import KeyHint, Page
from sochibo.interface.palette import Tone
from sochibo.interface.table import Column, RecordTable, Tag
from sochibo.interface.table_view import TableView
from sochibo.messages import N_
from sochibo.rules.dates import Month
from sochibo.rules.reports import ReportKind, RollupReport, RollupRow

if TYPE_CHECKING:
    from sochibo.interface.session import Session
    from sochibo.rules.attendance import Ratio

__all__ = ["RollupPage"]


class RollupPage(Page):
    """The month is chosen above; the table is the report itself, row by row."""

    concerns: ClassVar[Changes] = Changes.INBOX | Changes.REPORTS | Changes.ORGANISATION
    help_name = "rollup"

    def __init__(self, session: Session, goal: str) -> None:
        super().__init__(session)
        text = goal.partition(":")[2]
        self.period = Month.parse(text) if text else Month.of(session.today()).previous()
        theme, say = session.theme, session.words.gettext
        self.before = ActButton(theme, say(N_("Month before")), icon="chevron-left", kind="tool")
        self.before.clicked.connect(lambda: self.turn(self.period.previous()))
        self.after = ActButton(theme, say(N_("Month after")), icon="chevron-right", kind="tool")
        self.after.clicked.connect(lambda: self.turn(self.period.next()))
        self.head = label("", "big")
        self.reported = label("", "soft")
        self.table_model: RecordTable[RollupRow] = RecordTable(
            session.words, self._columns(), key=lambda line: line.unit_id
        )
        self.table = TableView(theme, self.table_model, say(N_("Figures of the units")), grows=True)
        self.panel = IssuePanel(session, ReportKind.ROLLUP, lambda _place: "")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(12))
        whole.addWidget(flow(self.before, self.head, self.after, self.reported))
        whole.addWidget(self.table)
        whole.addWidget(self.panel, 1)

    def title(self) -> tuple[str, ...]:
        """Return the name of the room and the month."""
        words = self.session.words
        return words.gettext(N_("Roll-up")), words.month(self.period.year, self.period.month)

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of the roll-up."""
        return ()

    def first_focus(self) -> QWidget | None:
        """Begin with the figures."""
        return self.table

    def reload(self) -> None:
        """Show the figures of the month and what is next for its paper."""
        words = self.session.words
        self.head.setText(words.month(self.period.year, self.period.month))
        rows = self._issued() or self._awaited()
        self.table_model.show_records(rows)
        units = [line for line in rows if line.unit_id]
        sent = sum(1 for line in units if line.source)
        self.reported.setText(
            words.sentence(N_("{sent} of {all} cells have sent"), {"sent": sent, "all": len(units)})
        )
        self.panel.show_month(self.period)

    def _issued(self) -> tuple[RollupRow, ...]:
        """Return the rows of the issued paper with their sum, nothing before it is issued."""
        document = self.session.book.reports.of_period(ReportKind.ROLLUP, self.period)
        if document is None:
            return ()
        report = self.session.book.reports.envelope(document.id).report
        return (*report.rows, report.total) if isinstance(report, RollupReport) else ()

    def _awaited(self) -> tuple[RollupRow, ...]:
        """Return who has sent; the figures of a draft stand on the page below."""
        place = self.period.month - 1
        rows = []
        for line in self.session.book.inbox.board(self.period.year):
            one = line.months[place]
            counts = one is not None and one.counts
            rows.append(
                RollupRow(
                    unit_id=line.unit.id,
                    unit=line.unit.name,
                    source=one.sha256 if one and counts else None,
                    source_number=one.number if one and counts else "",
                )
            )
        return tuple(rows)

    def turn(self, period: Month) -> None:
        """Show another month."""
        self.period = period
        self.reload()
        self.session.changed.emit(Changes.NONE, self)

    def _columns(self) -> tuple[Column[RollupRow], ...]:
        words = self.session.words

        def known(line: RollupRow) -> bool:
            return bool(line.members)

        def ratio(value: Ratio) -> str:
            return f"{value.numerator}/{value.denominator}" if value.denominator else "–"

        def state(line: RollupRow) -> str:
            if not line.unit_id:
                return ""
            return words.gettext(N_("sent") if line.source else N_("not sent"))

        def score(line: RollupRow) -> str:
            return "" if line.score_tenths is None else points_text(line.score_tenths, words)

        return (
            Column(title=N_("Unit"), text=lambda line: line.unit, strong=True, stretch=True),
            Column(
                title=N_("State"),
                text=state,
                tag=lambda line: Tag(Tone.GOOD, "check") if line.source else Tag(Tone.ADVICE, "minus"),
            ),
            Column(title=N_("Number"), text=lambda line: line.source_number, soft=True, drop=4),
            Column(
                title=N_("Members"),
                text=lambda line: words.number(line.members) if known(line) else "",
                right=True,
            ),
            Column(
                title=N_("Meetings"),
                text=lambda line: words.number(line.meetings) if known(line) else "",
                right=True,
                drop=2,
            ),
            Column(
                title=N_("Attendance"),
                text=lambda line: ratio(line.attendance) if known(line) else "",
                right=True,
            ),
            Column(
                title=N_("Rate"),
                text=lambda line: (
                    words.percent(line.attendance.numerator, line.attendance.denominator)
                    if known(line)
                    else ""
                ),
                right=True,
            ),
            Column(
                title=N_("Tasks done"),
                text=lambda line: ratio(line.tasks) if known(line) else "",
                right=True,
                drop=1,
            ),
            Column(title=N_("Score"), text=score, right=True, drop=3),
        )
