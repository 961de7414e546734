"""Papers of one meeting besides its minutes: looked at, printed, issued, sealed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.book.papers.reports import Document
from sochibo.faults import Severity
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.meetings.resolution_form import ResolutionForm
from sochibo.interface.page import KeyHint, Page
from sochibo.interface.papers.paper_panel import PaperPanel
from sochibo.interface.parts.blocks import label
from sochibo.interface.parts.document_tags import DOCUMENT_TAGS, NOT_ISSUED, document_words
from sochibo.interface.parts.fields import LabelledField, LineField
from sochibo.interface.parts.finding_list import FindingArea, FindingList, grouped
from sochibo.interface.parts.flow import flow, stand_beside
from sochibo.interface.parts.preview import Preview
from sochibo.interface.parts.printing import bind_print
from sochibo.interface.parts.table import Column, RecordTable
from sochibo.interface.parts.table_view import TableView
from sochibo.messages import N_
from sochibo.rules.meetings.meetings import KIND_LABELS
from sochibo.rules.reports import REPORT_LABELS, ReportKind

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from sochibo.book.book import Book
    from sochibo.faults import Finding
    from sochibo.interface.session import Session

__all__ = ["PaperLine", "PapersPage", "papers_goal"]

_BESIDE: Final = 780
_RESOLVED: Final = frozenset({ReportKind.RESOLUTION, ReportKind.CONCLUSION})


def papers_goal(meeting_id: str, kind: ReportKind | None = None) -> str:
    """Return the goal that opens the papers of a meeting, one of them in hand."""
    return f"papers:{meeting_id}:{kind or ''}".rstrip(":")


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper of the meeting with its newest revision, None while none is issued."""

    kind: ReportKind
    document: Document | None
    printed: bool


class PapersPage(Page):
    """The papers as a list at the left, the one in hand under it, its pages at the right."""

    concerns: ClassVar[Changes] = Changes.MEETINGS | Changes.REPORTS | Changes.MEMBERS | Changes.ORGANISATION
    help_name = "meeting_papers"

    def __init__(self, session: Session, goal: str) -> None:
        super().__init__(session)
        _, self.meeting_id, kind = (*goal.split(":"), "", "")[:3]
        self.meeting = session.book.meetings.file(self.meeting_id).meeting
        self._again = False
        theme, say = session.theme, session.words.gettext
        self.table_model: RecordTable[PaperLine] = RecordTable(
            session.words, self._columns(), key=lambda one: _place(one.kind)
        )
        self.table = TableView(theme, self.table_model, say(N_("Papers of the meeting")), grows=True)
        self.form = ResolutionForm(session, self.meeting_id)
        self.findings = FindingList(session, lambda _place: "")
        self.findings.jumped.connect(self.jump)
        self._area = FindingArea(theme, self.findings)
        self.number = LineField(say(N_("Another number")), self._take_number)
        self._number_field = LabelledField(
            theme, say(N_("Another number")), self.number, say(N_("empty: the next one"))
        )
        self._chosen_number: int | None = None
        self.issue_button = ActButton(theme, say(N_("Issue")), icon="file-check", kind="primary")
        self.issue_button.clicked.connect(self.issue)
        self.print_button = ActButton(theme, say(N_("Print")), icon="printer", kind="second")
        self.again = ActButton(theme, say(N_("Issue a replacement …")), icon="file-plus", kind="link")
        self.again.clicked.connect(self._begin_again)
        self.boxes = ActButton(theme, say(N_("Copy box by box")), icon="copy", kind="second")
        # Named here: that page names this one.
        self.boxes.clicked.connect(lambda: session.go(f"coexistence:{self.meeting_id}"))
        self.hint = label("", "hint", wrap=True)
        self.paper = PaperPanel(session)
        self.preview = Preview(session)
        self.print_button.clicked.connect(self.preview.print_pages)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(theme.px(20))
        self._line.addLayout(self._left(), 1)
        self._line.addWidget(self.preview, 1)
        self._rest = QTimer(self, singleShot=True, interval=120)
        self._rest.timeout.connect(self._draw)
        bind_print(self, self.preview.print_pages)
        self._fill()
        self.table.choose(_place(ReportKind(kind)) if kind else _place(ReportKind.NOTICE))
        self.table.chosen.connect(lambda _line: self._turn())

    def _left(self) -> QVBoxLayout:
        left = QVBoxLayout()
        left.setSpacing(self.session.theme.px(12))
        acts = flow(self.issue_button, self.print_button, self.again, self.boxes)
        for part in (self.table, self._area, acts, self.hint, self.paper, self.form, self._number_field):
            left.addWidget(part)
        left.addStretch(1)
        return left

    @property
    def kind(self) -> ReportKind:
        """Return the kind of the paper in hand."""
        line: PaperLine | None = self.table.record()
        return line.kind if line else ReportKind.NOTICE

    def title(self) -> tuple[str, ...]:
        """Return the way here."""
        words, meeting = self.session.words, self.meeting
        name = f"{words.gettext(KIND_LABELS[meeting.kind])} {words.date(meeting.on)}"
        return words.gettext(N_("Meetings")), name, words.gettext(N_("Papers"))

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of the page."""
        say = self.session.words.gettext
        return (KeyHint("↑ ↓", say(N_("choose a paper"))), KeyHint("Ctrl P", say(N_("print"))))

    def first_focus(self) -> QWidget | None:
        """Begin with the list."""
        return self.table

    def reload(self) -> None:
        """Show the papers, and what is next for the one in hand."""
        try:
            self.meeting = self.session.book.meetings.file(self.meeting_id).meeting
        except KeyError:
            # Undo took the meeting itself back: there is nothing to show here any more.
            QTimer.singleShot(0, self, self.session.left.emit)
            return
        self._fill()
        self._show()

    def jump(self, place: str) -> None:
        """Go to the field of a finding, here or in the meeting."""
        if not self.form.focus_place(place):
            self.session.go(f"meeting:{self.meeting_id}")

    def issue(self) -> None:
        """Give the paper its number; what it says no longer changes."""
        if not self.issue_button.isEnabled():
            return
        self.flush()
        kind, meeting_id, number = self.kind, self.meeting_id, self._chosen_number
        day = self.session.today()

        def act(book: Book) -> Changes:
            book.papers.issue(kind, meeting_id, day, number)
            return Changes.REPORTS

        if self.session.run(act, self):
            self._again = False
            self._forget_number()
            self.reload()
            self.paper.focus_next()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the pages when they come into sight."""
        super().showEvent(event)
        self._rest.start()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the pages below where there is no room beside."""
        super().resizeEvent(event)
        beside = stand_beside(self._line, self.width(), self.session.theme.px(_BESIDE))
        self._area.show_whole(whole=True)
        self.preview.show_whole(whole=not beside)

    def _fill(self) -> None:
        papers, file = self.session.book.papers, self.session.book.meetings.file(self.meeting_id)
        kinds = [ReportKind.NOTICE, ReportKind.PROGRAMME, ReportKind.SIGN_IN_SHEET]
        if file.framework is not None:
            kinds.append(ReportKind.SCORE_SHEET)
        kinds += [papers.resolution_kind(self.meeting_id), ReportKind.COEXISTENCE]
        self.table_model.show_records(
            [
                PaperLine(kind, papers.document(kind, self.meeting_id), not papers.is_issued(kind))
                for kind in kinds
            ]
        )

    def _turn(self) -> None:
        """Show another paper."""
        self._again = False
        self._forget_number()
        self._show()

    def _show(self) -> None:
        line: PaperLine | None = self.table.record()
        if line is None:
            return
        words, free = self.session.words, not self.session.book.read_only
        drafting = not line.printed and (line.document is None or self._again)
        findings = self._findings(line) if drafting else ()
        red = sum(1 for finding in findings if finding.severity is Severity.RED)
        self.findings.show_findings(grouped(findings))
        self._area.setVisible(bool(findings))
        self.form.setVisible(line.kind in _RESOLVED)
        if line.kind in _RESOLVED:
            self.form.reload()
        self.issue_button.setVisible(drafting)
        self.issue_button.setEnabled(not red and free)
        self._number_field.setVisible(drafting and free)
        self.again.setVisible(not line.printed and not drafting and free)
        self.boxes.setVisible(line.kind is ReportKind.COEXISTENCE)
        self.print_button.say(words.gettext(N_("Print the draft") if drafting else N_("Print")))
        self.paper.show_document(None if drafting or line.printed else line.document)
        self.hint.setText(self._hint(line, red, drafting=drafting))
        self.hint.setVisible(bool(self.hint.text()))
        if self.isVisible():
            self._rest.start()

    def _findings(self, line: PaperLine) -> tuple[Finding, ...]:
        return self.session.book.papers.findings(line.kind, self.meeting_id, self.session.today())

    def _hint(self, line: PaperLine, red: int, *, drafting: bool) -> str:
        say = self.session.words.gettext
        if line.printed:
            return say(N_("This sheet is only printed: it gets no number and is not sent."))
        if red:
            return say(N_("It can be issued when nothing marked “To be mended” is left."))
        return (
            say(N_("Issue, seal, send. An issued paper keeps its number and its words.")) if drafting else ""
        )

    def _draw(self) -> None:
        line: PaperLine | None = self.table.record()
        if line is None:
            return
        book, meeting_id, day = self.session.book, self.meeting_id, self.session.today()
        if line.document is not None and not self._again:
            issued = line.document.id
            self.preview.show_made(lambda: book.reports.pages(issued))
        else:
            self.preview.show_made(lambda: book.papers.preview(line.kind, meeting_id, day))

    def _begin_again(self) -> None:
        """Draw up a replacement: what was issued stays, the new one says that it replaces it."""
        self._again = True
        self._show()
        self.issue_button.setFocus()

    def _take_number(self, text: str) -> None:
        """Take a number of one's own; anything else is said at the field."""
        usable = not text or (text.isdecimal() and int(text) > 0)
        self._chosen_number = int(text) if text and usable else None
        said = N_("Please write a whole number, or nothing.")
        self._number_field.show_trouble("" if usable else self.session.words.gettext(said))

    def _forget_number(self) -> None:
        self._chosen_number = None
        self.number.show_text("")
        self._number_field.show_trouble("")

    def _columns(self) -> tuple[Column[PaperLine], ...]:
        words = self.session.words

        def state(one: PaperLine) -> str:
            if one.printed:
                return words.gettext(N_("Only printed"))
            if one.document:
                return document_words(one.document, words)
            return words.gettext(N_("Not issued"))

        return (
            Column(
                title=N_("Paper"), text=lambda one: words.gettext(REPORT_LABELS[one.kind]), strong=True,
                stretch=True,
            ),
            Column(
                title=N_("State"),
                text=state,
                tag=lambda one: DOCUMENT_TAGS[one.document.state] if one.document else NOT_ISSUED,
            ),
            Column(title=N_("Number"), text=lambda one: one.document.number if one.document else ""),
        )  # fmt: skip


def _place(kind: ReportKind) -> str:
    """Return what stays the same where a resolution becomes a conclusion."""
    return "resolved" if kind in _RESOLVED else kind.value
