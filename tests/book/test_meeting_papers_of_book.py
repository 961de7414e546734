"""Papers of one meeting: drawn up from the book, issued, replaced; the text of its resolution."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
import reports
from books import make_cell_book
from keys import own_key
from recordings import meeting_data, noon

from sochibo.book.meetings.meeting_drafts import matrix_draft, meeting_draft
from sochibo.documents import papers
from sochibo.faults import Refused
from sochibo.rules.meetings.attendance_matrix import AttendanceMatrix, Sign
from sochibo.rules.meetings.meeting_papers import Notice, ResolutionReport, SignInSheet
from sochibo.rules.meetings.meetings import MeetingKind, MeetingState
from sochibo.rules.meetings.resolutions import ResolutionKind
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sochibo.book.book import Book
    from sochibo.rules.reports import Report

DAY = date(2026, 11, 5)
AFTER = date(2026, 11, 6)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with make_cell_book(tmp_path / "cell.sochibo") as made:
        yield made


@pytest.fixture
def closed(book: Book) -> str:
    return book.meetings.record(meeting_data(close=True))


def codes(book: Book, kind: ReportKind, meeting_id: str, on: date = AFTER) -> list[str]:
    return [one.code for one in book.papers.findings(kind, meeting_id, on)]


def report_of(book: Book, document_id: str) -> Report:
    return book.reports.envelope(document_id).report


class TestResolutionTexts:
    """What is written before it is issued."""

    def test_a_draft_comes_from_conclusions_and_the_vote_that_speaks_of_it(
        self, book: Book, closed: str
    ) -> None:
        drafted = book.resolutions.of_meeting(closed)
        assert drafted.id == ""
        assert drafted.title == "lãnh đạo thực hiện nhiệm vụ tháng 11 năm 2026"
        assert drafted.text == "Nhiệm vụ tháng tới: Nhất trí.\nThống nhất các nội dung."
        assert drafted.vote_id == book.meetings.file(closed).votes[0].id

    def test_what_is_written_is_kept_also_after_the_minutes_are_closed(self, book: Book, closed: str) -> None:
        drafted = book.resolutions.of_meeting(closed)
        book.resolutions.change(replace(drafted, text="1. Làm đường", results="Tốt"))
        kept = book.resolutions.of_meeting(closed)
        assert (kept.text, kept.results, bool(kept.id)) == ("1. Làm đường", "Tốt", True)
        book.resolutions.change(replace(kept, text="1. Làm cầu"))
        assert book.resolutions.of_meeting(closed).text == "1. Làm cầu"

    def test_quick_changes_are_one_act_and_undo_takes_them_back(self, book: Book, closed: str) -> None:
        drafted = book.resolutions.of_meeting(closed)
        for text in ("L", "Là", "Làm"):
            book.resolutions.change(replace(drafted, text=text))
        book.history.undo()
        assert book.resolutions.of_meeting(closed) == drafted

    def test_an_untouched_title_follows_the_kind(self, book: Book, closed: str) -> None:
        drafted = book.resolutions.of_meeting(closed)
        book.resolutions.change(replace(drafted, kind=ResolutionKind.CONCLUSION))
        assert book.resolutions.of_meeting(closed).title == "hội nghị chi bộ ngày 05 tháng 11 năm 2026"
        own = replace(book.resolutions.of_meeting(closed), title="về làm đường")
        book.resolutions.change(own)
        book.resolutions.change(replace(own, kind=ResolutionKind.RESOLUTION))
        assert book.resolutions.of_meeting(closed).title == "về làm đường"

    def test_a_vote_of_another_meeting_is_refused(self, book: Book, closed: str) -> None:
        drafted = book.resolutions.of_meeting(closed)
        with pytest.raises(Refused) as refused:
            book.resolutions.change(replace(drafted, vote_id="another"))
        assert [(one.code, one.place) for one in refused.value.findings] == [("Q68", "vote_id")]

    def test_drafting_anew_throws_away_what_was_written(self, book: Book, closed: str) -> None:
        drafted = book.resolutions.of_meeting(closed)
        book.resolutions.change(replace(drafted, text="sai"))
        book.resolutions.draft_again(closed, ResolutionKind.RESOLUTION)
        assert book.resolutions.of_meeting(closed).text == drafted.text

    def test_it_goes_with_its_meeting_and_comes_back_with_it(self, book: Book) -> None:
        meeting_id = book.meetings.record(meeting_data())
        book.resolutions.change(replace(book.resolutions.of_meeting(meeting_id), text="Làm đường"))
        book.meetings.remove(meeting_id)
        book.history.undo()
        assert book.resolutions.of_meeting(meeting_id).text == "Làm đường"

    def test_a_thematic_meeting_resolves_on_its_theme(self, book: Book) -> None:
        meeting_id = book.meetings.prepare(MeetingKind.THEMATIC, DAY, theme="Làm theo Bác")
        assert book.resolutions.of_meeting(meeting_id).title == "về chuyên đề “Làm theo Bác”"


class TestIssuing:
    """From draft to number."""

    def test_a_resolution_carries_the_figures_of_the_minutes(self, book: Book, closed: str) -> None:
        document_id = book.papers.issue(ReportKind.RESOLUTION, closed, AFTER)
        report = report_of(book, document_id)
        assert isinstance(report, ResolutionReport)
        assert book.reports.get(document_id).number == "01-NQ/CB"
        assert (report.present, report.expected) == (4, 6)
        assert report.vote is not None
        assert (report.vote.in_favour, report.vote.passed) == (3, True)
        assert report.tasks[0].text == "Rà soát hộ nghèo"
        assert report.on == DAY

    def test_the_kind_written_is_the_kind_issued(self, book: Book, closed: str) -> None:
        drafted = book.resolutions.of_meeting(closed)
        book.resolutions.change(replace(drafted, kind=ResolutionKind.CONCLUSION))
        kind = book.papers.resolution_kind(closed)
        assert kind is ReportKind.CONCLUSION
        document = book.reports.get(book.papers.issue(kind, closed, AFTER))
        assert (document.number, document.kind) == ("01-KL/CB", ReportKind.CONCLUSION)

    def test_a_second_issue_replaces_the_first_and_follows_it(self, book: Book, closed: str) -> None:
        first = book.reports.get(book.papers.issue(ReportKind.RESOLUTION, closed, AFTER))
        second_id = book.papers.issue(ReportKind.RESOLUTION, closed, AFTER, number=9)
        envelope = book.reports.envelope(second_id)
        assert (envelope.number, envelope.revision) == ("09-NQ/CB", 2)
        assert (envelope.replaces, envelope.previous) == (first.digest, first.digest)
        newest = book.papers.document(ReportKind.RESOLUTION, closed)
        assert newest is not None
        assert newest.id == second_id

    def test_sealing_a_notice_does_not_seal_the_meeting(self, book: Book) -> None:
        meeting_id = book.meetings.prepare(MeetingKind.REGULAR, DAY)
        document_id = book.papers.issue(ReportKind.NOTICE, meeting_id, date(2026, 10, 30))
        book.reports.seal(document_id, own_key("secretary", book.organisation().id), noon(DAY))
        assert book.meetings.file(meeting_id).meeting.state is MeetingState.PLANNED
        assert book.reports.file_name(document_id) == "2026-11-05 TB Chi bo Thon 4 01-TB-CB.pdf"

    def test_a_notice_names_the_agenda_and_who_is_called(self, book: Book) -> None:
        meeting_id = book.meetings.prepare(MeetingKind.REGULAR, DAY)
        report = report_of(book, book.papers.issue(ReportKind.NOTICE, meeting_id, date(2026, 10, 30)))
        assert isinstance(report, Notice)
        assert report.convened == 6
        assert report.items
        assert report.chair == "Nguyễn Văn Mẫu"

    def test_what_is_only_printed_is_never_issued(self, book: Book, closed: str) -> None:
        assert not book.papers.is_issued(ReportKind.SIGN_IN_SHEET)
        with pytest.raises(KeyError):
            book.papers.issue(ReportKind.SIGN_IN_SHEET, closed, AFTER)
        assert len(book.reports.documents()) == 1

    def test_a_resolution_without_text_is_refused(self, book: Book) -> None:
        meeting_id = book.meetings.record(
            meeting_data(items=[{"title": "Khai mạc"}], conclusion="", votes=[])
        )
        assert codes(book, ReportKind.RESOLUTION, meeting_id) == ["Q60", "Q62", "Q63"]
        with pytest.raises(Refused) as refused:
            book.papers.issue(ReportKind.RESOLUTION, meeting_id, AFTER)
        assert [one.code for one in refused.value.findings] == ["Q60"]

    def test_a_call_says_what_is_missing(self, book: Book) -> None:
        meeting_id = book.meetings.prepare(MeetingKind.REGULAR, DAY)
        meeting = book.meetings.file(meeting_id).meeting
        book.meetings.change(replace(meeting, place="", start=""))
        assert codes(book, ReportKind.NOTICE, meeting_id, AFTER) == ["Q64", "Q66"]
        assert codes(book, ReportKind.NOTICE, meeting_id, DAY) == ["Q66"]


class TestPrinting:
    """What is drawn without a number."""

    @pytest.mark.parametrize(
        "kind",
        [
            ReportKind.NOTICE,
            ReportKind.PROGRAMME,
            ReportKind.SIGN_IN_SHEET,
            ReportKind.SCORE_SHEET,
            ReportKind.RESOLUTION,
        ],
    )
    def test_every_paper_of_a_meeting_can_be_looked_at_before(self, book: Book, kind: ReportKind) -> None:
        meeting_id = book.meetings.prepare(MeetingKind.REGULAR, DAY)
        text = " ".join(papers.page_texts(book.papers.preview(kind, meeting_id, DAY)))
        assert "CHI BỘ THÔN 4" in text
        assert ("DỰ THẢO" in text) is book.papers.is_issued(kind)
        assert book.reports.documents() == ()

    def test_the_score_sheet_is_blank_until_the_meeting_is_scored(self, book: Book, closed: str) -> None:
        planned = book.meetings.prepare(MeetingKind.REGULAR, date(2026, 12, 5))
        blank = " ".join(papers.page_texts(book.papers.preview(ReportKind.SCORE_SHEET, planned, AFTER)))
        filled = " ".join(papers.page_texts(book.papers.preview(ReportKind.SCORE_SHEET, closed, AFTER)))
        assert "Chi bộ tự chấm 98,5/100 điểm, xếp loại Tốt" in filled
        assert "98,5" not in blank

    def test_a_kind_that_is_not_scored_has_no_score_sheet(self, book: Book) -> None:
        meeting_id = book.meetings.prepare(MeetingKind.CELL_COMMITTEE, DAY)
        with pytest.raises(Refused) as refused:
            book.papers.preview(ReportKind.SCORE_SHEET, meeting_id, DAY)
        assert [one.code for one in refused.value.findings] == ["Q67"]

    def test_the_sheet_at_the_door_lists_who_is_expected_and_who_is_not(self, book: Book) -> None:
        meeting_id = book.meetings.prepare(MeetingKind.REGULAR, DAY)
        report = meeting_draft(book, ReportKind.SIGN_IN_SHEET, meeting_id, DAY).write(reports.heading(""))
        assert isinstance(report, SignInSheet)
        assert [one.name for one in report.expected] == [
            "Phạm Thị Ân", "Trần Thị Bích", "Lê Hoàng Đức", "Ngô Thị Hòa", "Nguyễn Văn Mẫu", "Đỗ Minh Ước",
        ]  # fmt: skip
        assert [one.name for one in report.others] == [
            "Bùi Quang Án", "Hoàng Văn Ấm", "Đặng Văn Tuấn", "Vũ Thị Yến",
        ]  # fmt: skip

    def test_the_attendance_of_a_year_has_a_sign_for_every_member_and_meeting(
        self, book: Book, closed: str
    ) -> None:
        assert closed
        book.meetings.prepare(MeetingKind.REGULAR, date(2026, 12, 5))
        report = matrix_draft(book, 2026, date(2026, 12, 31)).write(reports.heading(""))
        assert isinstance(report, AttendanceMatrix)
        assert [one.on for one in report.meetings] == [DAY]
        signs = {row.name: row.signs[0] for row in report.rows}
        assert signs["Lê Hoàng Đức"] == Sign.EXCUSED
        assert signs["Đỗ Minh Ước"] == Sign.UNEXCUSED
        assert signs["Hoàng Văn Ấm"] == Sign.CAME_ANYWAY
        assert signs["Bùi Quang Án"] == Sign.NOT_EXPECTED
        assert signs["Nguyễn Văn Mẫu"] == Sign.PRESENT
        assert (report.attendance.numerator, report.attendance.denominator) == (4, 6)
        assert "BẢNG TỔNG HỢP" in papers.page_texts(book.papers.preview_matrix(2026, DAY))[0]
