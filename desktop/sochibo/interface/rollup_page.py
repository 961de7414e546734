"""Roll-up: a month's figures of all units with their sum, issued, sealed and sent on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.interface.blocks import label
from sochibo.interface.flow import flow
from sochibo.interface.icons import ActButton
from sochibo.interface.issue_panel import IssuePanel
from sochibo.interface.page import KeyHint, Page
from sochibo.interface.printing import bind_print
from sochibo.interface.rollup_columns import rollup_columns
from sochibo.interface.sight import SightKeeper
from sochibo.interface.submission_panel import SubmissionPanel
from sochibo.interface.table import RecordTable
from sochibo.interface.table_view import TableView
from sochibo.messages import N_
from sochibo.rules.dates import Month
from sochibo.rules.reports import ReportKind, RollupReport, RollupRow

if TYPE_CHECKING:
    from sochibo.interface.session import Session

__all__ = ["RollupPage"]


class RollupPage(Page):
    """The month is chosen above; the table is the report itself, row by row."""

    concerns: ClassVar[Changes] = Changes.INBOX | Changes.REPORTS | Changes.ORGANISATION
    help_name = "rollup"

    def __init__(self, session: Session, goal: str) -> None:
        super().__init__(session)
        text = goal.partition(":")[2]
        self.period = Month.parse(text) if text else Month.of(session.today()).previous()
        theme = session.theme
        self.table_model: RecordTable[RollupRow] = RecordTable(
            session.words, rollup_columns(session.words), key=lambda line: line.unit_id
        )
        self.table = TableView(
            theme, self.table_model, session.words.gettext(N_("Figures of the units")), grows=True
        )
        self.table.opened.connect(self.show_source)
        self.panel = IssuePanel(session, ReportKind.ROLLUP, lambda _place: "", whole=True)
        self.source: SubmissionPanel | None = None
        self._main = QWidget()
        inside = QVBoxLayout(self._main)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.px(12))
        for part in (self._choice(), self.table):
            inside.addWidget(part)
        inside.addWidget(self.panel, 1)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.addWidget(self._main)
        SightKeeper(self)
        bind_print(self, self._print)

    def _choice(self) -> QWidget:
        theme, say = self.session.theme, self.session.words.gettext
        self.before = ActButton(theme, say(N_("Month before")), icon="chevron-left", kind="tool")
        self.before.clicked.connect(lambda: self.turn(self.period.previous()))
        self.after = ActButton(theme, say(N_("Month after")), icon="chevron-right", kind="tool")
        self.after.clicked.connect(lambda: self.turn(self.period.next()))
        self.head = label("", "big")
        self.reported = label("", "soft")
        return flow(self.before, self.head, self.after, self.reported)

    def title(self) -> tuple[str, ...]:
        """Return the name of the room and the month."""
        words = self.session.words
        return words.gettext(N_("Roll-up")), words.month(self.period.year, self.period.month)

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
        """Close the file that is open."""
        if self.source is None:
            return False
        self._close_source()
        return True

    def reload(self) -> None:
        """Show the figures of the month and what is next for its paper."""
        words = self.session.words
        self.head.setText(words.month(self.period.year, self.period.month))
        report = self._report()
        self.table_model.show_records((*report.rows, report.total))
        sent = {"sent": report.reported.numerator, "all": report.reported.denominator}
        self.reported.setText(words.sentence(N_("{sent} of {all} cells have sent"), sent))
        self.panel.show_month(self.period)

    def show_source(self, line: RollupRow) -> None:
        """Open the file from which a unit's figures come; the sum has none."""
        words = self.session.words
        if not line.source:
            if line.unit_id:
                fields = {"unit": line.unit}
                self.session.told.emit(words.sentence(N_("{unit} has not sent its summary yet."), fields))
            return
        wanted = self.session.book.rollups.sources(line)
        found = next((one for one in self.session.book.inbox.submissions() if one.id in wanted), None)
        if found is None:
            return
        self._close_source()
        self.source = SubmissionPanel(self.session, found, words.gettext(N_("Back to the roll-up")))
        self.source.ended.connect(self._close_source)
        self._main.hide()
        self._whole.addWidget(self.source)
        # A layout shows what is added to it only later, and what is hidden takes no keyboard.
        self.source.show()
        self.source.leave.setFocus()
        self.session.changed.emit(Changes.NONE, self)

    def _print(self) -> None:
        (self.source or self.panel).preview.print_pages()

    def _close_source(self) -> None:
        if self.source is None:
            return
        self.source.hide()
        self._whole.removeWidget(self.source)
        self.source.deleteLater()
        self.source = None
        self._main.show()
        self.table.setFocus()
        self.session.changed.emit(Changes.NONE, self)

    def _report(self) -> RollupReport:
        """Return the figures as they were issued, else as they would be now."""
        reports = self.session.book.reports
        document = reports.of_period(ReportKind.ROLLUP, self.period)
        if document is not None:
            issued = reports.envelope(document.id).report
            if isinstance(issued, RollupReport):
                return issued
        return reports.rollup(self.period)

    def turn(self, period: Month) -> None:
        """Show another month."""
        self.period = period
        self.reload()
        self.session.changed.emit(Changes.NONE, self)
