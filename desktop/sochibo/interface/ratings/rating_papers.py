"""The papers of a review: seen as they would be, printed, issued, sealed and carried upward."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.book.papers.reports import Document
from sochibo.book.ratings import rating_drafts, rating_minutes
from sochibo.faults import Fault
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.looks.palette import Tone
from sochibo.interface.page import KeyHint
from sochibo.interface.papers.paper_panel import PaperPanel
from sochibo.interface.parts.blocks import label
from sochibo.interface.parts.document_tags import DOCUMENT_TAGS, document_words
from sochibo.interface.parts.fields import LabelledField, TextField
from sochibo.interface.parts.flow import flow, stand_beside
from sochibo.interface.parts.preview import Preview
from sochibo.interface.parts.printing import bind_print
from sochibo.interface.parts.table import Column, RecordTable, Tag
from sochibo.interface.parts.table_view import TableView
from sochibo.interface.ratings.rating_panel import RatingPanel
from sochibo.messages import N_
from sochibo.rules.forms import FORMS
from sochibo.rules.periods import parse_period
from sochibo.rules.reports import REPORT_LABELS, ReportKind

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QResizeEvent

    from sochibo.book.book import Book
    from sochibo.book.papers.issuing import Draft
    from sochibo.interface.session import Session

__all__ = ["PAPERS", "RatingPapersPanel"]

_BESIDE = 780
_Maker = Callable[["Book", str, "date"], "Draft"]
PAPERS: dict[ReportKind, _Maker] = {
    ReportKind.BALLOT: rating_drafts.ballot_draft,
    ReportKind.EXCELLENCE_BALLOT: rating_drafts.excellence_ballot_draft,
    ReportKind.OPINIONS: rating_drafts.opinions_draft,
    ReportKind.RATING_MINUTES: rating_minutes.minutes_draft,
    ReportKind.RATING_COUNT: rating_minutes.count_draft,
    ReportKind.RATING_LIST: rating_drafts.list_draft,
    ReportKind.RATING_SUMMARY: rating_drafts.summary_draft,
    ReportKind.UNRATED_LIST: rating_drafts.unrated_draft,
    ReportKind.RATING_REPORT: rating_drafts.report_draft,
}
"""The papers in the order in which a review needs them."""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One kind of paper with its newest issue, None while there is none."""

    kind: ReportKind
    document: Document | None


class RatingPapersPanel(RatingPanel):
    """Kinds of paper at the left, the pages of the one in hand at the right."""

    name: ClassVar[str] = N_("Papers of the review")
    help_name: ClassVar[str] = "rating_papers"

    def __init__(self, session: Session, period_id: str) -> None:
        super().__init__(session, period_id)
        say, theme = self.words.gettext, self.theme
        self.model: RecordTable[PaperLine] = RecordTable(
            self.words, self._columns(), key=lambda line: line.kind
        )
        self.table = TableView(theme, self.model, say(N_("Papers of the review")), header=False)
        self.table.chosen.connect(lambda _line: self._show_paper())
        self.table.opened.connect(lambda _line: self._act().setFocus())
        self.trouble = label("", "advice", wrap=True)
        self.remarks = TextField(
            theme, say(N_("Remarks for the committee")), lambda _text: self._rest.start()
        )
        self._remarks = LabelledField(theme, say(N_("Remarks for the committee")), self.remarks)
        self.issue_button = ActButton(theme, say(N_("Issue")), icon="file-check", kind="primary")
        self.issue_button.clicked.connect(self.issue)
        self.print_button = ActButton(theme, say(N_("Print")), icon="printer", kind="second")
        self.again = ActButton(theme, say(N_("Issue a replacement …")), icon="file-plus", kind="link")
        self.again.clicked.connect(self._begin_again)
        self.paper = PaperPanel(session)
        self.preview = Preview(session)
        self.print_button.clicked.connect(self.preview.print_pages)
        bind_print(self, self.preview.print_pages)
        self._redraw: ReportKind | None = None
        left = QVBoxLayout()
        left.setSpacing(theme.px(12))
        left.addWidget(self.table, 1)
        acts = flow(self.issue_button, self.print_button, self.again)
        for part in (self.trouble, self._remarks, self.paper, acts):
            left.addWidget(part)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(theme.px(20))
        # The names of the papers need a little more than half of a small window.
        self._line.addLayout(left, 5)
        self._line.addWidget(self.preview, 4)
        self.column.addLayout(self._line, 1)
        self._rest = QTimer(self, singleShot=True, interval=120)
        self._rest.timeout.connect(self._draw)

    def reload(self) -> None:
        """Show the papers with what became of them."""
        period = parse_period(self.session.book.ratings.period(self.period_id).paper_period)
        reports = self.session.book.reports
        self.model.show_records([PaperLine(kind, reports.of_period(kind, period)) for kind in PAPERS])
        if not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._show_paper()

    def choose(self, kind: ReportKind) -> None:
        """Take one kind of paper in hand."""
        self.table.choose(kind)

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of the papers."""
        say = self.words.gettext
        return (KeyHint("↑↓", say(N_("choose"))), KeyHint("Ctrl P", say(N_("print"))))

    def first_focus(self) -> QWidget:
        """Begin with the list of papers."""
        return self.table

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the pages below where there is no room beside."""
        super().resizeEvent(event)
        beside = stand_beside(self._line, self.width(), self.theme.px(_BESIDE))
        self.preview.show_whole(whole=not beside)

    def issue(self) -> None:
        """Give the paper in hand its number; what it says no longer changes."""
        line: PaperLine | None = self.table.record()
        if line is None or not self.issue_button.isEnabled():
            return
        kind, text = line.kind, self.session.book.ratings.period(self.period_id).paper_period

        def act(book: Book) -> Changes:
            book.reports.issue_draft(rating_drafts.ISSUE_ACTS[kind], self._draft(kind), period=text)
            return Changes.REPORTS

        self._redraw = None
        if self.session.run(act, self):
            self.reload()
            self.paper.focus_next()

    def _columns(self) -> tuple[Column[PaperLine], ...]:
        words = self.words

        def state(line: PaperLine) -> str:
            if line.document:
                return f"{line.document.number} · {document_words(line.document, words)}"
            return words.gettext(N_("Not issued") if FORMS[line.kind].symbol else N_("to print"))

        def tag(line: PaperLine) -> Tag:
            if line.document is None:
                return Tag(Tone.PLAIN, "circle" if FORMS[line.kind].symbol else "printer")
            return DOCUMENT_TAGS[line.document.state]

        return (
            Column(
                title=N_("Paper"), text=lambda line: words.gettext(REPORT_LABELS[line.kind]), stretch=True
            ),
            Column(title=N_("State"), text=state, tag=tag),
        )

    def _act(self) -> QWidget:
        return self.issue_button if self.issue_button.isVisibleTo(self) else self.print_button

    def _begin_again(self) -> None:
        line: PaperLine | None = self.table.record()
        self._redraw = line.kind if line else None
        self._show_paper()
        self.issue_button.setFocus()

    def _draft(self, kind: ReportKind) -> Draft:
        book, today = self.session.book, self.session.today()
        if kind is ReportKind.RATING_REPORT:
            remarks = self.remarks.toPlainText().strip()
            return rating_drafts.report_draft(book, self.period_id, today, remarks)
        return PAPERS[kind](book, self.period_id, today)

    def _show_paper(self) -> None:
        line: PaperLine | None = self.table.record()
        if line is None:
            return
        free = not self.session.book.read_only
        drafting = line.document is None or self._redraw is line.kind
        numbered = bool(FORMS[line.kind].symbol)
        self.issue_button.setVisible(drafting and numbered)
        self.issue_button.setEnabled(free)
        self.again.setVisible(numbered and not drafting and free)
        self.paper.show_document(None if drafting else line.document)
        self._remarks.setVisible(drafting and line.kind is ReportKind.RATING_REPORT)
        self.trouble.hide()
        self._rest.start()

    def _draw(self) -> None:
        line: PaperLine | None = self.table.record()
        if line is None or not self.isVisible():
            return
        reports = self.session.book.reports
        if line.document is not None and self._redraw is not line.kind:
            document = line.document.id
            self.preview.show_made(lambda: reports.pages(document))
            return
        try:
            draft = self._draft(line.kind)
        except Fault as fault:
            # What is missing is said beside the paper, not as a trouble: it is only not yet time for it.
            self.trouble.setText(fault.say(self.words))
            self.trouble.show()
            self.issue_button.setEnabled(False)
            self.preview.show_text(self.words.gettext(N_("This paper cannot be drawn up yet.")))
            return
        self.preview.show_made(lambda: reports.preview(draft))
