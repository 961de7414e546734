"""Closed minutes change only by a correction, bear a chosen number, and take a second signature."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import keys
import pytest
from books import make_cell_book
from recordings import NOVEMBER, meeting_data

from sochibo.faults import Refused
from sochibo.rules.meetings.meetings import MeetingState
from sochibo.rules.reports import MinutesReport, ReportKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sochibo.book.book import Book
    from sochibo.sealing.keys import SigningKey

REASON = "ghi sót một đồng chí vắng mặt"
DAY = date(2026, 11, 9)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with make_cell_book(tmp_path / "cell.sochibo") as made:
        yield made


@pytest.fixture
def closed(book: Book) -> str:
    return book.meetings.record(meeting_data(close=True))


def report_of(book: Book, document_id: str) -> MinutesReport:
    report = book.reports.envelope(document_id).report
    assert isinstance(report, MinutesReport)
    return report


def own_key(book: Book, slot: str, person: str = "Nguyễn Văn Mẫu") -> SigningKey:
    return keys.own_key(slot, book.organisation().id, person)


def code(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [finding.code for finding in refusal.value.findings]


def test_a_correction_opens_the_minutes_and_closing_makes_a_revision_that_says_why(
    book: Book, closed: str
) -> None:
    first = book.reports.minutes_of(closed)
    assert first is not None
    book.meetings.correct(closed, REASON, on=DAY, by="Nguyễn Văn Mẫu")
    assert book.meetings.file(closed).meeting.state is MeetingState.RECORDING
    meeting = book.meetings.file(closed).meeting
    book.meetings.change(replace(meeting, conclusion="Thống nhất, giao chi ủy thực hiện."))
    second = book.reports.get(book.meetings.close(closed))
    assert (second.revision, second.number, second.issued_on) == (2, "02-BB/CB", DAY)
    report = report_of(book, second.id)
    assert report.conclusion == "Thống nhất, giao chi ủy thực hiện."
    assert [(one.on, one.by, one.reason, one.number) for one in report.corrections] == [
        (DAY, "Nguyễn Văn Mẫu", REASON, "01-BB/CB")
    ]
    assert report_of(book, first.id).conclusion == "Thống nhất các nội dung."
    assert book.reports.envelope(second.id).replaces == first.digest
    assert book.reports.minutes_of(closed) == second
    assert book.meetings.lines(2026)[0].minutes_number == "02-BB/CB"


def test_sealed_minutes_are_corrected_too_and_the_sealed_file_stays(book: Book, closed: str) -> None:
    first = book.reports.minutes_of(closed)
    assert first is not None
    sealed = book.reports.seal(first.id, own_key(book, "chair"), keys.NOW)
    book.meetings.correct(closed, REASON, on=DAY)
    assert book.meetings.corrections(closed)[0].by == "Nguyễn Văn Mẫu"
    second = book.meetings.close(closed)
    assert book.reports.pages(first.id) == sealed
    assert book.reports.pages(second) != sealed
    assert book.meetings.file(closed).meeting.state is MeetingState.CLOSED


def test_a_correction_says_why_and_only_closed_minutes_have_one(book: Book, closed: str) -> None:
    with pytest.raises(Refused) as silent:
        book.meetings.correct(closed, "  ")
    assert code(silent) == ["M99"]
    book.meetings.correct(closed, REASON)
    with pytest.raises(Refused) as open_already:
        book.meetings.correct(closed, REASON)
    assert code(open_already) == ["M98"]


def test_undo_ends_a_correction(book: Book, closed: str) -> None:
    book.meetings.correct(closed, REASON)
    book.history.undo()
    assert book.meetings.file(closed).meeting.state is MeetingState.CLOSED
    assert book.meetings.corrections(closed) == ()


def test_while_it_is_corrected_figures_and_draft_are_those_of_now(book: Book, closed: str) -> None:
    before = book.reports.preview_minutes(closed)
    book.meetings.correct(closed, REASON, on=DAY)
    assert book.meetings.figures(closed).minutes == ""
    draft = book.meetings.minutes_draft(closed)
    assert isinstance(draft.report, MinutesReport)
    assert (draft.revision, draft.report.corrections[0].reason) == (2, REASON)
    assert book.reports.preview_minutes(closed) != before


def test_what_was_closed_once_cannot_be_removed(book: Book, closed: str) -> None:
    book.meetings.correct(closed, REASON)
    with pytest.raises(Refused) as refusal:
        book.meetings.remove(closed)
    assert code(refusal) == ["M77"]


def test_base_and_result_of_a_vote_are_kept_at_closing_and_counted_anew_by_a_correction(
    book: Book, closed: str
) -> None:
    vote = book.meetings.file(closed).votes[0]
    assert (vote.base, vote.passed) == (5, True)
    assert sum(line.count for line in vote.base_lines) == vote.base
    book.meetings.correct(closed, REASON)
    assert book.meetings.file(closed).votes[0].base is None


def test_a_number_may_be_chosen_once_in_a_term(book: Book) -> None:
    first = book.meetings.record(meeting_data())
    assert book.meetings.next_number(first) == 1
    assert book.reports.get(book.meetings.close(first, 12)).number == "12-BB/CB"
    second = book.meetings.record(meeting_data(on="2026-12-03"))
    assert book.meetings.next_number(second) == 13
    for taken, refused in ((12, "Q90"), (0, "M97")):
        with pytest.raises(Refused) as refusal:
            book.meetings.close(second, taken)
        assert code(refusal) == [refused]
        assert book.meetings.file(second).meeting.state is MeetingState.RECORDING
    assert book.reports.get(book.meetings.close(second, 5)).number == "05-BB/CB"


def test_a_summary_has_room_for_one_signature_only(book: Book, closed: str) -> None:
    document_id = book.reports.issue_summary(NOVEMBER, on=date(2026, 12, 1))
    book.reports.seal(document_id, own_key(book, "chair"), keys.NOW)
    assert book.reports.documents(ReportKind.SUMMARY)[0].meeting_id is None
    with pytest.raises(Refused) as refusal:
        book.countersigning.sign(document_id, own_key(book, "minute-taker"), keys.NOW)
    assert code(refusal) == ["Q88"]
    assert closed
