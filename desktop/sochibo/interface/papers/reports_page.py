"""Reports: the periods with the state of their summary, and one of them from findings to the stick."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.book.papers.period_words import say_period
from sochibo.book.papers.reports import Document, DocumentState
from sochibo.book.upkeep.exports import ExportedList
from sochibo.faults import Fault
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.page import KeyHint, Page
from sochibo.interface.papers.issue_panel import IssuePanel
from sochibo.interface.parts import choosers
from sochibo.interface.parts.blocks import label, row
from sochibo.interface.parts.document_tags import DOCUMENT_TAGS, NOT_ISSUED, document_words
from sochibo.interface.parts.fields import ChoiceField, flush_fields
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.lists import list_button, save_list
from sochibo.interface.parts.printing import bind_print
from sochibo.interface.parts.table import Column, RecordTable
from sochibo.interface.parts.table_view import TableView
from sochibo.messages import N_
from sochibo.rules.periods import Period, PeriodKind, half_of, month_of, parse_period, quarter_of, year_of
from sochibo.rules.reports import REPORT_LABELS, ReportKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sochibo.interface.session import Session

__all__ = ["PeriodPaper", "ReportsPage"]

_LAST: Final = {
    PeriodKind.MONTH: (month_of, 12),
    PeriodKind.QUARTER: (quarter_of, 8),
    PeriodKind.HALF: (half_of, 4),
    PeriodKind.YEAR: (year_of, 5),
}
"""How many periods of each length are listed, and in which of them a day lies."""

_SUMMARIES: Final = {
    PeriodKind.MONTH: N_("Monthly summaries"),
    PeriodKind.QUARTER: N_("Quarterly summaries"),
    PeriodKind.HALF: N_("Half-yearly summaries"),
    PeriodKind.YEAR: N_("Yearly summaries"),
}
_LONGEST: Final = 20
"""How many letters the longest choice has, more or less: shorter ones are not cut."""


@dataclass(frozen=True, slots=True)
class PeriodPaper:
    """One period and its newest summary, None while none is issued; or any paper that was issued."""

    period: Period
    document: Document | None
    kind: ReportKind = ReportKind.SUMMARY


class ReportsPage(Page):
    """`reports` is the table, `report:2026-10` or `report:2026-Q4` one period."""

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
        attendance = ActButton(
            session.theme, say(N_("Attendance of the year …")), icon="users", kind="second"
        )
        attendance.clicked.connect(lambda: session.go(f"paper:year-{session.today().year}"))
        minutes = ActButton(
            session.theme, say(N_("Minutes book of the year …")), icon="printer", kind="second"
        )
        minutes.clicked.connect(lambda: session.go(f"paper:book-{session.today().year}"))
        self.shown: ChoiceField[PeriodKind | None] = ChoiceField(
            session.theme,
            say(N_("Show")),
            [*((kind, say(text)) for kind, text in _SUMMARIES.items()), (None, say(N_("All issued papers")))],
            lambda _kind: self.reload(),
        )
        self.shown.setMinimumContentsLength(_LONGEST)
        self.shown.show_value(PeriodKind.MONTH)
        self.table_model: RecordTable[PeriodPaper] = RecordTable(
            session.words, self._columns(), key=lambda one: (one.period, one.document and one.document.id)
        )
        self.table = TableView(session.theme, self.table_model, say(N_("Summaries and papers")))
        self.table.opened.connect(self._open)
        hint = label(
            say(N_("One summary of the meetings goes to the committee every month.")), "soft", wrap=True
        )
        whole.addWidget(hint)
        whole.addLayout(row(self.shown, None))
        whole.addWidget(self.table, 1)
        papers = list_button(session, self.write_list)
        self.take = ActButton(
            session.theme, say(N_("Take in slips of the committee …")), icon="inbox", kind="second"
        )
        self.take.clicked.connect(self.choose_slips)
        self.take.setEnabled(not session.book.read_only)
        second = ActButton(
            session.theme, say(N_("Countersign a file on a stick …")), icon="pen-line", kind="link"
        )
        second.clicked.connect(lambda: session.go("countersign"))
        whole.addWidget(flow(self.take, key, second, attendance, minutes, papers))

    def _open(self, line: PeriodPaper) -> None:
        """Open a period to be summed up, or a paper that was issued."""
        if self.shown.value() is not None:
            self.session.go(f"report:{line.period}")
        elif line.document is not None:
            self.session.go(f"paper:{line.document.id}")

    def choose_slips(self) -> None:
        """Ask for the stick or folder that came back."""
        folder = choosers.choose_folder(self, self.session.words.gettext(N_("Choose the stick or a folder")))
        if folder is not None:
            self.receive([folder])

    def receive(self, paths: Sequence[Path]) -> None:
        """Take in receipts, return slips and trust files, by the button or by a drop."""
        session, words = self.session, self.session.words
        if session.book.read_only or not paths:
            return
        try:
            taken = session.book.answers.take_all(paths, session.now())
        except Fault as fault:
            session.complain(fault)
            return
        received = sum(1 for one in taken.answers if one.kind is ReportKind.RECEIPT)
        fields = {"received": received, "returned": len(taken.answers) - received}
        if taken.answers:
            said = N_("Slips taken in: {received} papers received, {returned} returned.")
        elif taken.trusts:
            said = N_("The trust file of the committee was taken in.")
        elif taken.countersigned:
            said = N_("A paper came back with a second signature and is kept.")
        else:
            said = N_("Nothing there is meant for this unit.")
        session.tell(Changes.REPORTS | Changes.MEETINGS)
        if taken.to_compare:
            # Slips among the files wait: they can be judged once the package is trusted.
            session.go(f"trust#{taken.to_compare[0].path}")
            return
        if taken.answers or taken.trusts or taken.countersigned or not taken.troubles:
            more = taken.say_passed_over(words) if taken.is_nothing and taken.passed_over else ""
            session.told.emit(f"{words.sentence(said, fields)} {more}".rstrip())
        if taken.troubles:
            session.complain(taken.troubles[0])

    def title(self) -> tuple[str, ...]:
        """Return the way here."""
        words = self.session.words
        room = words.gettext(N_("Reports"))
        return (room, say_period(words, self.period)) if self.period else (room,)

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
        self.table_model.show_records(self._lines())
        if not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.table_model.index(min(1, self.table_model.rowCount() - 1), 0))

    def _lines(self) -> list[PeriodPaper]:
        """Return the last periods of a length with their summaries, or all papers, newest first."""
        reports, kind = self.session.book.reports, self.shown.value()
        if kind is None:
            return [PeriodPaper(parse_period(one.period), one, one.kind) for one in reports.documents()]
        begin, count = _LAST[kind]
        shown, period = [], begin(self.session.today())
        for _ in range(count):
            shown.append(PeriodPaper(period, reports.of_period(ReportKind.SUMMARY, period)))
            period = begin(period.first - timedelta(days=1))
        return shown

    def write_list(self) -> None:
        """Write the papers that were issued to Excel."""
        exports, words = self.session.book.exports, self.session.words
        save_list(self, self.session, ExportedList.DOCUMENTS, lambda path: exports.documents(path, words))

    def flush(self) -> None:
        """Take the remarks over."""
        flush_fields(self)

    def _columns(self) -> tuple[Column[PeriodPaper], ...]:
        words = self.session.words

        def state(one: PeriodPaper) -> str:
            if one.document:
                return document_words(one.document, words)
            return words.gettext(N_("Not issued"))

        def revision(one: PeriodPaper) -> str:
            if one.document is not None and one.document.state is DocumentState.RETURNED:
                answer = self.session.book.answers.to(one.document.id)[0]
                return answer.remarks[0].text if answer.remarks else answer.verdict
            if one.document is None or one.document.revision == 1:
                return ""
            return words.sentence(N_("replaces the one before, revision {n}"), {"n": one.document.revision})

        return (
            Column(title=N_("Period"), text=lambda one: say_period(words, one.period), strong=True),
            Column(title=N_("Paper"), text=lambda one: words.gettext(REPORT_LABELS[one.kind]), drop=2),
            Column(
                title=N_("State"),
                text=state,
                tag=lambda one: DOCUMENT_TAGS[one.document.state] if one.document else NOT_ISSUED,
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
        meetings = self.session.book.meetings
        held = meetings.within(self.period.first, self.period.last) if self.period else ()
        self.session.go(f"meeting:{rest}" if rest in {one.id for one in held} else "meetings")


def _period(text: str) -> Period | None:
    try:
        found = parse_period(text)
    except ValueError:
        return None
    return found if found.kind in _LAST else None
