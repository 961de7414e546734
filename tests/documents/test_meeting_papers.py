"""The papers around a meeting: their words, their pages, and what travels inside them."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

import meeting_papers as samples
import pytest
import reports
from pages import MILLIMETRE, lines_of, sizes_of

from sochibo.documents import papers
from sochibo.documents.drawing import draw
from sochibo.documents.envelopes import Envelope, decode, encode
from sochibo.documents.page.content import Content, Grid, Section
from sochibo.documents.words.writers import write
from sochibo.rules.forms import FORMS
from sochibo.rules.meetings.attendance import Ratio
from sochibo.rules.meetings.attendance_matrix import Sign
from sochibo.rules.meetings.meetings import MeetingKind
from sochibo.rules.reports import Report, ReportKind

if TYPE_CHECKING:
    from sochibo.documents.page.content import Element

GOLDEN: Final = Path(__file__).parent / "golden"
EVERY: Final = pytest.mark.parametrize("name", samples.SAMPLES)


def envelope(name: str) -> Envelope:
    """Return a sample in its envelope."""
    kind, report = samples.SAMPLES[name]
    return reports.wrap(report, kind=kind)


def drawn(kind: ReportKind, report: Report, *, draft: bool = False) -> bytes:
    """Return the pages of a report."""
    return draw(reports.wrap(report, kind=kind), draft=draft).pdf


def said(content: Content) -> str:
    """Return all that stands between title and signature."""
    return "\n".join(map(_said, content.elements))


def _said(element: Element) -> str:
    if isinstance(element, Grid):
        return "\n".join(" | ".join(row) for row in (*element.rows, *filter(None, [element.total])))
    lead = getattr(element, "lead", "")
    return f"{lead}: {getattr(element, 'text', '')}" if lead else str(getattr(element, "text", ""))


@EVERY
def test_the_words_stay_as_they_were_published(name: str) -> None:
    text = "\n\n".join(papers.page_texts(draw(envelope(name)).pdf)) + "\n"
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("WRITE_GOLDEN"):
        golden.write_text(text, "utf-8", newline="\n")
    assert golden.read_text("utf-8") == text


@EVERY
def test_the_data_are_read_for_ever(name: str) -> None:
    golden = GOLDEN / f"{name}.envelope-1.json"
    made = envelope(name)
    if os.environ.get("WRITE_GOLDEN"):
        golden.write_bytes(encode(made))
    assert decode(golden.read_bytes()) == made
    assert encode(made) == golden.read_bytes()


@EVERY
def test_nothing_stands_in_the_margins(name: str) -> None:
    pdf = draw(envelope(name)).pdf
    for page, (width, height) in zip(lines_of(pdf), sizes_of(pdf), strict=True):
        assert (width > height) is name.startswith("attendance-matrix")
        assert min(line.left for line in page) >= 30 * MILLIMETRE - 0.5
        assert max(line.right for line in page) <= width - 15 * MILLIMETRE + 0.5


@EVERY
def test_a_paper_is_drawn_twice_to_the_same_bytes(name: str) -> None:
    assert draw(envelope(name)).pdf == draw(envelope(name)).pdf


@EVERY
def test_every_role_has_its_field_and_what_is_only_printed_has_none(name: str) -> None:
    made = envelope(name)
    spaces = draw(made).spaces
    assert tuple(space.role for space in spaces) == FORMS[made.kind].roles


@EVERY
def test_empty_fields_leave_no_dangling_signs(name: str) -> None:
    kind, report = samples.SAMPLES[name]
    text = said(write(kind, report))
    assert not re.search(r"\(\s*\)|,\s*[.,;)]|:\s*[.;]|\s[.,;]|\.\.|[{}]", text)


def test_only_what_is_issued_can_be_a_draft() -> None:
    draft = " ".join(papers.page_texts(drawn(*samples.SAMPLES["notice"], draft=True)))
    printed = " ".join(papers.page_texts(drawn(*samples.SAMPLES["sign-in-sheet"], draft=True)))
    assert "DỰ THẢO" in draft
    assert "DỰ THẢO" not in printed


class TestResolutions:
    """What a resolution says."""

    def test_it_lists_the_tasks_of_the_month_before_with_what_came_of_them(self) -> None:
        text = said(write(ReportKind.RESOLUTION, samples.resolution()))
        for passage in (
            "Nhiệm vụ đề ra tại kỳ sinh hoạt trước đã hoàn thành: 01/04 (25%).",
            "đường nội thôn | Lý Văn Khoa | 25/10/2026 | Đã hoàn thành; vượt 8% kế hoạch",
            "| Đạt 60%",
            "| – | Chưa thực hiện; chờ hướng dẫn của xã",
            "| Chưa báo cáo",
            "Chi bộ tự chấm 92/100 điểm, xếp loại Tốt; các tiêu chí chưa đạt điểm tối đa:",
            "Nghị quyết này được Chi bộ Thôn 4 thông qua ngày 03 tháng 11 năm 2026 với 29/32 (90,6%) đảng",
            "viên chính thức tán thành; không tán thành 0; ý kiến khác 0.",
        ):
            assert passage in text

    def test_parts_with_nothing_are_left_out_and_the_numbers_close_up(self) -> None:
        content = write(*samples.SAMPLES["resolution-short"])
        assert [one.text for one in content.elements if isinstance(one, Section)] == [
            "I- Nhiệm vụ thời gian tới"
        ]

    def test_a_lost_vote_is_told_as_it_was(self) -> None:
        vote = samples.resolution().vote
        assert vote is not None
        lost = samples.resolution(vote=replace(vote, in_favour=12, against=20, passed=False))
        assert "chưa đủ tỷ lệ để thông qua" in said(write(ReportKind.RESOLUTION, lost))

    def test_a_conclusion_calls_itself_so(self) -> None:
        content = write(*samples.SAMPLES["conclusion"])
        assert content.kind == "KẾT LUẬN"
        assert "Kết luận này được" in said(content)
        assert content.recipients == ("Đảng ủy xã Đông Hòa", "Đảng viên trong Chi bộ", "Lưu Chi bộ")


class TestCalls:
    """Notices and programmes."""

    def test_a_notice_tells_when_where_who_and_what(self) -> None:
        text = said(write(ReportKind.NOTICE, samples.notice()))
        for passage in (
            "1- Thời gian: 19 giờ 30 phút, thứ ba, ngày 03 tháng 11 năm 2026.",
            "2- Địa điểm: Nhà văn hóa Thôn 4.",
            "3- Thành phần: Toàn thể đảng viên trong Chi bộ (35 đồng chí); mời dự: Lê Thị Hậu, Phó Bí thư",
            "4- Chủ trì: đồng chí Nguyễn Văn Mẫu, Bí thư Chi bộ.",
        ):
            assert passage in text

    def test_a_call_of_the_cell_committee_goes_to_its_members(self) -> None:
        content = write(*samples.SAMPLES["notice-committee"])
        assert "Thành phần: Các đồng chí chi ủy viên." in said(content)
        assert "Hình thức: trực tuyến." in said(content)
        assert "Các đồng chí chi ủy viên" in content.recipients

    def test_times_of_items_have_a_column_only_where_there_are_some(self) -> None:
        timed = write(ReportKind.PROGRAMME, samples.programme())
        items = tuple(replace(item, minutes=None) for item in samples.programme().items)
        untimed = write(ReportKind.PROGRAMME, samples.programme(items=items))
        widths = [
            len(element.columns)
            for content in (timed, untimed)
            for element in content.elements
            if isinstance(element, Grid)
        ]
        assert widths == [4, 3]

    @pytest.mark.parametrize("kind", MeetingKind)
    def test_every_kind_of_meeting_can_be_called(self, kind: MeetingKind) -> None:
        for report_kind, report in (
            (ReportKind.NOTICE, samples.notice(meeting_kind=kind)),
            (ReportKind.PROGRAMME, samples.programme(meeting_kind=kind)),
        ):
            content = write(report_kind, report)
            assert content.subject
            assert not re.search(r"[{}]", content.subject + said(content))


class TestSheets:
    """Sheets to sign and to score on."""

    def test_every_row_of_the_sign_in_sheet_leaves_room_to_sign(self) -> None:
        pdf = drawn(ReportKind.SIGN_IN_SHEET, samples.sign_in_sheet(60))
        for page in lines_of(pdf):
            tops = sorted((line.top for line in page if line.text == "chính thức"), reverse=True)
            gaps = [upper - lower for upper, lower in pairwise(tops)]
            assert min(gaps, default=99) >= 9 * MILLIMETRE - 0.6

    def test_the_heading_stands_once_on_every_page(self) -> None:
        pdf = drawn(ReportKind.SIGN_IN_SHEET, samples.sign_in_sheet(60))
        with_rows = [text for text in papers.page_texts(pdf) if "chính thức" in text]
        assert [text.count("Họ và tên") for text in with_rows] == [1] * len(with_rows)
        assert len(with_rows) > 2

    def test_a_blank_score_sheet_has_boxes_and_no_points(self) -> None:
        content = write(*samples.SAMPLES["score-sheet-blank"])
        grid = next(one for one in content.elements if isinstance(one, Grid))
        assert {row[3] for row in grid.rows} == {""}
        assert "☐ Tốt" in said(content)
        assert [one.name for one in content.signers] == ["", ""]

    def test_heads_of_a_framework_stand_above_their_criteria_with_their_sum(self) -> None:
        grid = next(one for one in write(*samples.SAMPLES["score-sheet"]).elements if isinstance(one, Grid))
        assert [row[:4] for row in grid.rows][1:4] == [
            ("2", "Tỷ lệ đảng viên dự sinh hoạt", "5", "4"),
            ("2.1", "Tỷ lệ đảng viên dự sinh hoạt", "4", "3"),
            ("2.2", "Không có đảng viên vắng quá 3 lần liên tiếp", "1", "1"),
        ]
        assert grid.bold == {1, 4}
        assert grid.total == ("", "Tổng cộng", "100", "91,5", "90", "")

    def test_the_upper_decision_stands_apart_from_the_own_score(self) -> None:
        text = said(write(*samples.SAMPLES["score-sheet"]))
        assert "Chi bộ tự chấm 91,5/100 điểm, xếp loại Tốt." in text
        assert "Cấp trên xác nhận: 90 điểm, xếp loại Tốt (Ban Thường vụ Đảng ủy, 12/11/2026)." in text


class TestMatrix:
    """The attendance of a year."""

    def test_rows_and_totals_count_the_same(self) -> None:
        report = samples.matrix(6, 10)
        grid = next(
            one for one in write(ReportKind.ATTENDANCE_MATRIX, report).elements if isinstance(one, Grid)
        )
        assert grid.total is not None
        whole = report.attendance
        assert f"{whole.numerator}/{whole.denominator}" in grid.total
        assert sum(row.attendance.numerator for row in report.rows) == whole.numerator

    def test_more_meetings_than_a_page_is_wide_go_on_in_a_second_table(self) -> None:
        content = write(ReportKind.ATTENDANCE_MATRIX, samples.matrix(22, 3))
        grids = [one for one in content.elements if isinstance(one, Grid)]
        dates = [column.title for grid in grids for column in grid.columns if "/ " in column.title]
        assert len(dates) == 22 + 1
        assert [len(grid.rows) for grid in grids] == [4, 4]

    def test_only_signs_that_occur_are_explained(self) -> None:
        rows = tuple(
            replace(row, signs=(Sign.PRESENT,), attendance=Ratio(1, 1)) for row in samples.matrix(1, 2).rows
        )
        text = said(write(ReportKind.ATTENDANCE_MATRIX, samples.matrix(1, 2, rows=rows)))
        assert "Ký hiệu: x: có mặt." in text
        assert "vắng" not in text.split("Có mặt/")[0].split("\n")[0]

    def test_a_year_without_meetings_says_so(self) -> None:
        report = replace(samples.matrix(), meetings=(), rows=(), attendance=Ratio(0, 0))
        text = said(write(ReportKind.ATTENDANCE_MATRIX, report))
        assert text == "Trong năm 2026, Chi bộ chưa tổ chức buổi sinh hoạt nào."


def test_a_plan_names_quarters_in_roman_numbers_and_what_is_open() -> None:
    text = said(write(ReportKind.THEMATIC_PLAN, samples.thematic_plan()))
    assert "Trong năm, Chi bộ tổ chức 04 chuyên đề:" in text
    assert "4 | IV | – | Truyền thống cách mạng của quê hương |  | – | chưa phân công" in text
    empty = said(write(ReportKind.THEMATIC_PLAN, samples.thematic_plan(themes=(), note="Báo cáo Đảng ủy")))
    assert "Chưa có chuyên đề nào được đăng ký." in empty
    assert "Báo cáo Đảng ủy." in empty


def test_february_is_written_with_its_zero() -> None:
    content = write(ReportKind.NOTICE, samples.notice(on=date(2027, 2, 3)))
    assert content.subject == "về việc sinh hoạt chi bộ thường kỳ tháng 02 năm 2027"


def test_a_minutes_book_begins_every_minutes_on_a_new_page_and_numbers_pages_through() -> None:
    texts = papers.page_texts(drawn(*samples.SAMPLES["minutes-book"]))
    assert "Sổ này gồm 02 biên bản:" in texts[0]
    assert sum(text.startswith("BIÊN BẢN") for text in texts) == 2
    assert [text.split()[-1] for text in texts[1:]] == [str(n) for n in range(2, len(texts) + 1)]
    empty = replace(samples.SAMPLES["minutes-book"][1], minutes=())  # type: ignore[type-var]  # a dataclass all the same
    assert said(write(ReportKind.MINUTES_BOOK, empty)) == "Năm 2026 chưa có biên bản nào được khóa."


class TestLongerSummaries:
    """Quarters, half-years and years."""

    def test_months_are_summed_up_before_the_meetings_are_listed(self) -> None:
        content = write(ReportKind.SUMMARY, samples.longer_summary("2026", range(1, 13)))
        months, meetings = (one for one in content.elements if isinstance(one, Grid))
        assert len(months.rows) == 12
        assert months.rows[2] == ("03/2026", "2", "1", "1", "64/70", "91,4%", "4", "2", "Tốt")
        assert months.rows[3] == ("04/2026", "0", "0", "0", "–", "–", "0", "0", "–")
        assert months.total == ("Cộng", "12", "9", "3", "384/420", "91,4%", "24", "12", "")
        assert len(meetings.rows) == 12

    @pytest.mark.parametrize(
        ("period", "title", "within"),
        [
            ("2026-Q3", "quý III năm 2026", "Trong quý"),
            ("2026-H1", "6 tháng đầu năm 2026", "Trong 6 tháng"),
            ("2026-H2", "6 tháng cuối năm 2026", "Trong 6 tháng"),
            ("2026", "năm 2026", "Trong năm"),
        ],
    )
    def test_the_paper_names_its_period(self, period: str, title: str, within: str) -> None:
        content = write(ReportKind.SUMMARY, samples.longer_summary(period, range(7, 8)))
        assert content.subject == f"kết quả sinh hoạt chi bộ {title}"
        assert f"{within}, Chi bộ tổ chức 01 buổi sinh hoạt" in said(content)
        assert f"báo cáo kết quả sinh hoạt {title} của Chi bộ Thôn 4." in said(content)

    def test_quarters_with_a_thematic_meeting_are_counted(self) -> None:
        text = said(write(ReportKind.SUMMARY, samples.longer_summary("2026", range(1, 13))))
        assert "Số quý có sinh hoạt chuyên đề: 03/04." in text
        assert "Chất lượng các buổi sinh hoạt đã chấm điểm: Tốt 09." in text
