"""Papers of one meeting or of a year of meetings: looked at, printed, issued."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sochibo.book.meetings.meeting_drafts import (
    ACTS,
    check_draft,
    matrix_draft,
    meeting_draft,
    minutes_book_draft,
)
from sochibo.faults import Refused, Severity
from sochibo.rules.forms import FORMS
from sochibo.rules.meetings.resolutions import PAPERS

if TYPE_CHECKING:
    from datetime import date

    from sochibo.book.book import Book
    from sochibo.faults import Finding
    from sochibo.rules.reports import ReportKind
    from sochibo.storage.records.documents import Document

__all__ = ["MeetingPapers"]


class MeetingPapers:
    """Notice, programme, sheets, resolution; drawing is safe in a worker thread."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def document(self, kind: ReportKind, meeting_id: str) -> Document | None:
        """Return the newest revision of a paper of a meeting, if one was issued."""
        return self._book.reports.of_meeting(kind, meeting_id)

    def is_issued(self, kind: ReportKind) -> bool:
        """Tell whether a kind gets a number, or is only printed."""
        return bool(FORMS[kind].symbol)

    def preview(self, kind: ReportKind, meeting_id: str, on: date) -> bytes:
        """Draw a paper as it would be now, without a number."""
        return self._book.reports.preview(meeting_draft(self._book, kind, meeting_id, on))

    def findings(self, kind: ReportKind, meeting_id: str, on: date) -> tuple[Finding, ...]:
        """Return what speaks against issuing a paper, red first."""
        return check_draft(self._book, meeting_draft(self._book, kind, meeting_id, on))

    def issue(self, kind: ReportKind, meeting_id: str, on: date, number: int | None = None) -> str:
        """Issue a paper; a second one of the kind replaces the first. Returns the document's id.

        `number` is one that a person chose instead of the next. Raises Refused.
        """
        draft = replace(meeting_draft(self._book, kind, meeting_id, on), number=number)
        reds = [one for one in check_draft(self._book, draft) if one.severity is Severity.RED]
        if reds:
            raise Refused(reds)
        day = self._book.meetings.file(meeting_id).meeting.on
        return self._book.reports.issue_draft(ACTS[draft.kind], draft, day=day)

    def resolution_kind(self, meeting_id: str) -> ReportKind:
        """Return which paper a meeting ends with: a resolution or a conclusion."""
        return PAPERS[self._book.resolutions.of_meeting(meeting_id).kind]

    def preview_matrix(self, year: int, on: date) -> bytes:
        """Draw the attendance of a year."""
        return self._book.reports.preview(matrix_draft(self._book, year, on))

    def preview_minutes_book(self, year: int, on: date) -> bytes:
        """Draw all closed minutes of a year, one after the other, with numbered pages."""
        return self._book.reports.preview(minutes_book_draft(self._book, year, on))
