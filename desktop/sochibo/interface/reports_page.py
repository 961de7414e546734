"""Reports: the months with the state of their summary, and one month from findings to the stick."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.book.exports import ExportedList
from sochibo.book.reports import DOCUMENT_STATE_LABELS, Document, DocumentState
from sochibo.interface.blocks import label
from sochibo.interface.fields import flush_fields
from sochibo.interface.flow import flow
from sochibo.interface.icons import ActButton
from sochibo.interface.issue_panel import IssuePanel
from sochibo.interface.lists import list_button, save_list
from sochibo.interface.page import KeyHint, Page
from sochibo.interface.palette import Tone
from sochibo.interface.printing import bind_print
from sochibo.interface.table import Column, RecordTable, Tag
from sochibo.interface.table_view import TableView
from sochibo.messages import N_
from sochibo.rules.dates import Month
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from sochibo.interface.session import Session

__all__ = ["MonthPaper", "ReportsPage"]

_MONTHS = 12
_TAGS = {
    DocumentState.ISSUED: Tag(Tone.ADVICE, "file-text"),
    DocumentState.SEALED: Tag(Tone.GOOD, "badge-check"),
}


@dataclass(frozen=True, slots=True)
class MonthPaper:
    """One month and its newest summary, None while none is issued."""

    month: Month
    document: Document | None


class ReportsPage(Page):
    """`reports` is the table, `report:2026-10` one month."""

    concerns: ClassVar[Changes] = Changes.MEETINGS | Changes.REPORTS | Changes.MEMBERS | Changes.ORGANISATION
    help_name = "reports"

    def __init__(self, session: Session, goal: str) -> None:
        super().__init__(session)
        self.period = _period(goal.partition(":")[2])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(session.theme.px(12))
        if self.period is None:
            self._build_table(whole)
        else:
            self.panel = IssuePanel(session, ReportKind.SUMMARY, self._where)
            self.panel.jumped.connect(self._jump)
            whole.addWidget(self.panel, 1)
            bind_print(self, self.panel.preview.print_pages)

    def _build_table(self, whole: QVBoxLayout) -> None:
        session = self.session
        say = session.words.gettext
        key = ActButton(session.theme, say(N_("Signing key …")), icon="key-round", kind="second")
        key.clicked.connect(lambda: session.go("key"))
        self.table_model: RecordTable[MonthPaper] = RecordTable(
            session.words, self._columns(), key=lambda one: one.month
        )
        self.table = TableView(session.theme, self.table_model, say(N_("Monthly summaries")))
        self.table.opened.connect(lambda one: session.go(f"report:{one.month}"))
        hint = label(
            say(N_("One summary of the meetings goes to the committee every month.")), "soft", wrap=True
        )
        whole.addWidget(hint)
        whole.addWidget(self.table, 1)
        whole.addWidget(flow(key, list_button(session, self.write_list, say(N_("Papers to Excel …")))))

    def title(self) -> tuple[str, ...]:
        """Return the way here."""
        words = self.session.words
        room = words.gettext(N_("Reports"))
        return (room, words.month(self.period.year, self.period.month)) if self.period else (room,)

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of the table."""
        say = self.session.words.gettext
        return (KeyHint("Ctrl P", say(N_("print"))),) if self.period else (KeyHint("Enter", say(N_("open"))),)

    def first_focus(self) -> QWidget | None:
        """Begin with the newest month, or with its next act."""
        return self.panel.focus_first() if self.period else self.table

    def reload(self) -> None:
        """Show the months, or the month."""
        if self.period:
            self.panel.show_month(self.period)
            return
        reports = self.session.book.reports
        month = Month.of(self.session.today())
        shown = []
        for _ in range(_MONTHS):
            shown.append(MonthPaper(month, reports.of_period(ReportKind.SUMMARY, month)))
            month = month.previous()
        self.table_model.show_records(shown)
        if not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.table_model.index(1, 0))

    def write_list(self) -> None:
        """Write the papers that were issued to Excel."""
        exports, words = self.session.book.exports, self.session.words
        save_list(self, self.session, ExportedList.DOCUMENTS, lambda path: exports.documents(path, words))

    def flush(self) -> None:
        """Take the remarks over."""
        flush_fields(self)

    def _columns(self) -> tuple[Column[MonthPaper], ...]:
        words = self.session.words

        def state(one: MonthPaper) -> str:
            if one.document:
                return words.gettext(DOCUMENT_STATE_LABELS[one.document.state])
            return words.gettext(N_("Not issued"))

        def revision(one: MonthPaper) -> str:
            if one.document is None or one.document.revision == 1:
                return ""
            return words.sentence(N_("replaces the one before, revision {n}"), {"n": one.document.revision})

        return (
            Column(
                title=N_("Month"), text=lambda one: words.month(one.month.year, one.month.month), strong=True
            ),
            Column(
                title=N_("State"),
                text=state,
                tag=lambda one: _TAGS[one.document.state] if one.document else Tag(Tone.PLAIN, "circle"),
            ),
            Column(title=N_("Number"), text=lambda one: one.document.number if one.document else ""),
            Column(
                title=N_("Issued on"),
                text=lambda one: words.date(one.document.issued_on) if one.document else "",
                soft=True,
                drop=1,
            ),
            Column(title=N_("Remarks"), text=revision, soft=True, stretch=True),
        )

    def _where(self, place: str) -> str:
        """Name where a finding leads: a meeting of the month, else the meetings."""
        head = place.partition(".")[0]
        return self.session.words.gettext(N_("Meetings")) if head == "meetings" else ""

    def _jump(self, place: str) -> None:
        rest = place.partition(".")[2]
        known = (
            {line.meeting.id for line in self.session.book.meetings.lines(self.period.year)}
            if self.period
            else set()
        )
        self.session.go(f"meeting:{rest}" if rest in known else "meetings")


def _period(text: str) -> Month | None:
    try:
        return Month.parse(text) if text else None
    except ValueError:
        return None
