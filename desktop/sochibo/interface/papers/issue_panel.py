"""IssuePanel: a period's paper from its findings to the stick, with the pages beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.book.papers.period_words import say_period
from sochibo.book.papers.reports import DocumentState
from sochibo.book.rollups.committee_papers import (
    COMMITTEE_PAPERS,
    DECISIONS,
    check_paper,
    committee_draft,
    issue_paper,
)
from sochibo.faults import Severity
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.papers.paper_panel import PaperPanel
from sochibo.interface.parts.blocks import label
from sochibo.interface.parts.draft_keeper import keep_draft
from sochibo.interface.parts.fields import LabelledField, LineField, TextField
from sochibo.interface.parts.finding_list import FindingArea, FindingList, grouped
from sochibo.interface.parts.flow import flow, stand_beside
from sochibo.interface.parts.preview import Preview
from sochibo.interface.parts.stage_row import StageRow
from sochibo.messages import N_
from sochibo.rules.forms import FORMS
from sochibo.rules.periods import parse_period
from sochibo.rules.reports import ReportKind, RollupReport, SummaryReport
from sochibo.rules.units.organisations import BookKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent, QShowEvent

    from sochibo.book.book import Book
    from sochibo.book.papers.reports import Document
    from sochibo.faults import Finding
    from sochibo.interface.session import Session
    from sochibo.rules.dates import Month
    from sochibo.rules.periods import Period

__all__ = ["IssuePanel"]

_BESIDE = 780
_HEADS = {
    DocumentState.ISSUED: N_("{month}: issued"),
    DocumentState.SEALED: N_("{month}: sealed, to be sent"),
    DocumentState.SENT: N_("{month}: sent"),
    DocumentState.RECEIVED: N_("{month}: received by the committee"),
    DocumentState.RETURNED: N_("{month}: returned by the committee"),
}


class IssuePanel(QWidget):
    """Findings, issue, seal, send at the left; the very pages at the right."""

    jumped = Signal(str)

    def __init__(
        self, session: Session, kind: ReportKind, where: Callable[[str], str], *, whole: bool = False
    ) -> None:
        """`whole` shows everything at once, for a page with more above, which scrolls."""
        super().__init__()
        self._whole = whole
        self.session = session
        self.kind = kind
        self.period: Month | Period | None = None
        self._again = False
        theme, say = session.theme, session.words.gettext
        self.head = label("", "title", wrap=True)
        self.stages = StageRow(session, answered=kind not in DECISIONS)
        self.findings = FindingList(session, where)
        self.findings.jumped.connect(self.jumped)
        self._area = FindingArea(theme, self.findings)
        committee = session.book.organisation().kind is BookKind.COMMITTEE
        remarks = say(N_("Remarks for the level above") if committee else N_("Remarks for the committee"))
        self.remarks = TextField(theme, remarks, self._take_remarks)
        self._remarks = LabelledField(theme, remarks, self.remarks)
        self.preparer = LineField(say(N_("Drawn up by")), lambda _text: self._rest.start())
        self._preparer = LabelledField(theme, say(N_("Drawn up by")), self.preparer)
        self.issue_button = ActButton(theme, say(N_("Issue")), icon="file-check", kind="primary")
        self.issue_button.clicked.connect(self.issue)
        self.print_button = ActButton(theme, say(N_("Print the draft")), icon="printer", kind="second")
        self.hint = label("", "hint", wrap=True)
        self.paper = PaperPanel(session)
        self.again = ActButton(theme, say(N_("Issue a replacement …")), icon="file-plus", kind="link")
        self.again.clicked.connect(self._turn_to_replacement)
        self.preview = Preview(session)
        self.print_button.clicked.connect(self.preview.print_pages)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(theme.px(20))
        self._line.addLayout(self._left(), 1)
        self._line.addWidget(self.preview, 1)
        self._rest = QTimer(self, singleShot=True, interval=120)
        self._rest.timeout.connect(self._draw)

    def _left(self) -> QVBoxLayout:
        left = QVBoxLayout()
        left.setSpacing(self.session.theme.px(12))
        left.addWidget(self.head)
        left.addWidget(self.stages)
        # Only as high as it is, so that the acts below it stand in sight whatever is found.
        left.addWidget(self._area, 100)
        acts = flow(self.issue_button, self.print_button, self.again)
        for part in (self._preparer, self._remarks, self.paper, acts, self.hint):
            left.addWidget(part)
        left.addStretch(1)
        return left

    def show_month(self, period: Month | Period) -> None:
        """Show the paper of a month or of a longer period."""
        if period != self.period:
            # Of the period before, while that is still the one in hand.
            self.remarks.flush()
            self._again = False
            draft = self.session.book.drafts.of(f"remarks:{self.kind}:{period}")
            self.remarks.show_text(draft.values.get("remarks", "") if draft else "")
            if self.kind is ReportKind.ROLLUP:
                self.preparer.show_text(self.session.book.rollups.preparer())
        self.period = period
        self.reload()

    def document(self) -> Document | None:
        """Return the newest paper of the month."""
        if self.period is None:
            return None
        return self.session.book.reports.of_period(self.kind, self.period)

    def reload(self) -> None:
        """Show what is next for the month."""
        if self.period is None:
            return
        document = self.document()
        drafting = document is None or self._again
        findings = self._check() if drafting else ()
        red = sum(1 for finding in findings if finding.severity is Severity.RED)
        self.findings.show_findings(grouped(findings))
        self._area.setVisible(bool(findings))
        self.print_button.say(self.session.words.gettext(N_("Print the draft") if drafting else N_("Print")))
        self._remarks.setVisible(drafting and self.kind in {ReportKind.SUMMARY, ReportKind.ROLLUP})
        self._preparer.setVisible(drafting and self.kind is ReportKind.ROLLUP)
        # What has no number is only printed.
        self.issue_button.setVisible(drafting and bool(FORMS[self.kind].symbol))
        self.issue_button.setEnabled(not red and not self.session.book.read_only)
        self.paper.show_document(None if drafting else document)
        self.again.setVisible(document is not None and not self.session.book.read_only)
        said = N_("Keep the one that was issued") if self._again else N_("Issue a replacement …")
        self.again.say(self.session.words.gettext(said))
        self.head.setText(self._headline(red, drafting=drafting))
        self.stages.show_stage(None if drafting or not document else document.state, ready=not red)
        self.hint.setText(self._hint(red) if drafting else "")
        self.hint.setVisible(drafting)
        if self.isVisible():
            self._rest.start()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the pages when they come into sight."""
        super().showEvent(event)
        self._rest.start()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the pages below where there is no room beside."""
        super().resizeEvent(event)
        beside = stand_beside(self._line, self.width(), self.session.theme.px(_BESIDE))
        for part in (self._area, self.preview):
            part.show_whole(whole=self._whole or not beside)

    def focus_first(self) -> QWidget:
        """Return what the keyboard is for first."""
        if self.issue_button.isVisibleTo(self):
            return self.findings.buttons[0] if self.findings.buttons else self.issue_button
        if self.paper.passphrase.isVisibleTo(self):
            return self.paper.passphrase.line
        jumps = self.paper.answer.jumps
        return jumps[0] if jumps else self.paper.send_button

    def issue(self) -> None:
        """Give the paper its number; its figures no longer change."""
        period, remarks = self.period, self.remarks.toPlainText().strip()
        if period is None or not self.issue_button.isEnabled():
            return
        day = self.session.today()

        def act(book: Book) -> Changes:
            if self.kind is ReportKind.SUMMARY:
                book.reports.issue_summary(period, on=day, remarks=remarks)
            elif self.kind in COMMITTEE_PAPERS:
                issue_paper(book, self.kind, parse_period(str(period)), day)
            else:
                preparer = self.preparer.text()
                book.reports.issue_rollup(period, on=day, prepared_by=preparer, remarks=remarks)
            self._again = False
            return Changes.REPORTS

        if self.session.run(act, self):
            keep_draft(self.session, f"remarks:{self.kind}:{period}", {})
            self.reload()
            self.paper.focus_next()

    def _take_remarks(self, text: str) -> None:
        """Keep remarks of a paper that is not issued yet, and draw them."""
        keep_draft(self.session, f"remarks:{self.kind}:{self.period}", {"remarks": text})
        self._rest.start()

    def _turn_to_replacement(self) -> None:
        """Draw up a replacement, which begins with the remarks of what it replaces; or leave it after all."""
        self._again = not self._again
        document = self.document()
        if self._again and document and not self.remarks.toPlainText():
            report = self.session.book.reports.envelope(document.id).report
            if isinstance(report, SummaryReport | RollupReport):
                self.remarks.show_text(report.remarks)
        self.reload()
        if self._again:
            self.issue_button.setFocus()
        else:
            self.paper.focus_next()

    def _check(self) -> tuple[Finding, ...]:
        if self.period is None:
            return ()
        if self.kind in COMMITTEE_PAPERS or self.kind is ReportKind.ROLLUP:
            today = self.session.today()
            return check_paper(self.session.book, self.kind, parse_period(str(self.period)), today)
        if self.kind is not ReportKind.SUMMARY:
            return ()
        return self.session.book.reports.check_summary(self.period, on=self.session.today())

    def _headline(self, red: int, *, drafting: bool) -> str:
        words = self.session.words
        month = say_period(words, parse_period(str(self.period))) if self.period else ""
        document = self.document()
        if not drafting and document:
            said = _HEADS[document.state]
        elif red:
            said = N_("{month}: something to mend first")
        else:
            said = N_("{month}: ready to be issued")
        return words.sentence(said, {"month": month})

    def _hint(self, red: int) -> str:
        say = self.session.words.gettext
        if red:
            return say(N_("It can be issued when nothing marked “To be mended” is left."))
        return say(N_("Issue, seal, send. An issued paper keeps its number and its figures."))

    def _draw(self) -> None:
        period, reports = self.period, self.session.book.reports
        if period is None:
            return
        document, remarks = self.document(), self.remarks.toPlainText().strip()
        if document is not None and not self._again:
            issued = document.id
            self.preview.show_made(lambda: reports.pages(issued))
        elif self.kind is ReportKind.SUMMARY:
            self.preview.show_made(lambda: reports.preview_summary(period, remarks))
        elif self.kind in COMMITTEE_PAPERS:
            book, today = self.session.book, self.session.today()
            draft = committee_draft(book, self.kind, parse_period(str(period)), today)
            self.preview.show_made(lambda: reports.preview(draft))
        else:
            preparer = self.preparer.text()
            self.preview.show_made(lambda: reports.preview_rollup(period, preparer, remarks))
