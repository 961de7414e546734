"""What papers say, before they are laid out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
import reports

from sochibo.documents.page.content import Content, Element, Grid, Section, Subsection, Text
from sochibo.documents.words.minutes import minutes_content
from sochibo.documents.words.rollup import rollup_content
from sochibo.documents.words.summary import summary_content
from sochibo.rules.meetings.attendance import Ratio
from sochibo.rules.meetings.meetings import MeetingKind, VoteClass, VoteMethod
from sochibo.rules.reports import MeetingRatings, MinutesReport, SuperiorGuest


def say(element: Element) -> str:
    """Return an element as one text."""
    if isinstance(element, Grid):
        return "\n".join(" | ".join(row) for row in (*element.rows, *filter(None, [element.total])))
    if isinstance(element, Text) and element.lead:
        return f"{element.lead}: {element.text}"
    return element.text if isinstance(element, Text | Section | Subsection) else ""


def said(content: Content) -> str:
    """Return all that stands between title and signature."""
    return "\n".join(map(say, content.elements))


def minutes_said(report: MinutesReport) -> str:
    """Return the words of minutes."""
    return said(minutes_content(report, place_and_date=False))


def test_minutes_tell_the_meeting() -> None:
    text = minutes_said(reports.minutes())
    for passage in (
        (
            "Hồi 19 giờ 30 phút, ngày 03 tháng 11 năm 2026, tại Nhà văn hóa Thôn 4, Chi bộ Thôn 4 tổ chức "
            "sinh hoạt thường kỳ tháng 11 năm 2026."
        ),
        "Tổng số đảng viên: 36 đồng chí (chính thức 33, dự bị 03).",
        (
            "Số đảng viên phải dự: 35 đồng chí "
            "(chính thức 33, dự bị 03; trừ miễn công tác và sinh hoạt đảng 01)."
        ),
        "Có mặt: 32/35 đồng chí, đạt 91,4% (chính thức 29, dự bị 03).",
        "Vắng có lý do 02 đồng chí: Phạm Văn Bảo (ốm), Bùi Xuân Đạt (công tác).",
        "Vắng không lý do 01 đồng chí: Trần Đình Cường.",
        "Chủ trì: đồng chí Nguyễn Văn Mẫu, Bí thư Chi bộ.",
        "Thư ký: đồng chí Đặng Thị Đào.",
        "Hình thức: biểu quyết bằng thẻ đảng viên. Số đảng viên tính tỷ lệ biểu quyết: 32 đồng chí",
        "Kết quả: tán thành 29/32 (90,6%); không tán thành 0; ý kiến khác 0; được thông qua.",
        "1 | Rà soát hộ nghèo, hộ cận nghèo | Đặng Thị Đào, Lý Văn Khoa | 25/11/2026",
        " | Tổng cộng | 100 | 92 | ",
        "Chi bộ tự chấm 92/100 điểm, xếp loại Tốt",
        "Hội nghị kết thúc hồi 21 giờ 05 phút cùng ngày.",
    ):
        assert passage in text


def test_whatever_can_be_noted_stands_in_the_minutes() -> None:
    text = minutes_said(reports.full_minutes())
    for passage in (
        "tổ chức sinh hoạt thường kỳ tháng 11 năm 2026 (hình thức trực tiếp kết hợp trực tuyến).",
        "Đến muộn: Lý Văn Khoa.",
        "Phạm Văn Bảo (ốm; Nguyễn Văn Mẫu chấp nhận)",
        "Lê Thị Hậu, Phó Bí thư, Đảng ủy xã Đông Hòa, được phân công theo dõi Chi bộ.",
        "Người theo dõi, chấm điểm: đồng chí Lý Văn Khoa.",
        "1 | Tu sửa nhà văn hóa | Lý Văn Khoa | 28/10/2026 | 100%; đã xong",
        "2 | Vận động làm đường nội thôn | toàn thể đảng viên | – | chưa báo cáo",
        "Nội dung này chưa xong, chuyển sang kỳ sinh hoạt sau.",
        "Số đảng viên phát biểu ý kiến: 12/32 (37,5%).",
        "Nghị quyết Đại hội Đảng bộ xã (Đảng ủy xã): có mặt 62/66 lượt đảng viên, đạt 93,9%.",
        "1. Đồng chí Bùi Xuân Đạt (kỳ sinh hoạt 03/10/2026): sửa mương thủy lợi đầu thôn.",
        "Trả lời: Đảng ủy xã: đã đưa vào kế hoạch quý IV.",
        "Chuyển cấp có thẩm quyền: Ủy ban nhân dân xã.",
        "3. Chi bộ: đổi giờ sinh hoạt.\nChưa có trả lời; chuyển sang kỳ sinh hoạt sau.",
        "ý kiến khác 02 (phiếu trắng 01, không hợp lệ 01)",
        "Người kiểm phiếu: Lý Văn Khoa, Đặng Thị Đào.",
    ):
        assert passage in text


def test_corrected_minutes_say_which_they_replace_and_why() -> None:
    text = minutes_said(reports.corrected_minutes())
    assert (
        "Đính chính: Biên bản này thay thế Biên bản số 11-BB/CB (đồng chí Nguyễn Văn Mẫu, 08/11/2026). "
        "Lý do: ghi sót một đồng chí vắng mặt."
    ) in text
    assert "Không chấm điểm: sinh hoạt bổ sung, không chấm điểm." in text


def test_parts_with_nothing_are_left_out_and_the_numbers_close_up() -> None:
    content = minutes_content(reports.minutes(votes=(), tasks=()), place_and_date=False)
    sections = [element.text for element in content.elements if isinstance(element, Section)]
    assert sections == [
        "I- Thành phần",
        "II- Nội dung",
        "III- Chấm điểm, xếp loại chất lượng sinh hoạt",
        "IV- Kết luận của người chủ trì",
    ]


@pytest.mark.parametrize(
    "report",
    [reports.empty_minutes(), reports.minutes(items=0, start="", end="", chair_office="", fee_note="")],
)
def test_empty_fields_leave_no_dangling_signs(report: MinutesReport) -> None:
    text = minutes_said(report)
    assert not re.search(r"\(\s*\)|,\s*[.,;)]|:\s*[.;]|\s[.,;)]|\.\.|  ", text)


def test_an_empty_meeting_says_so_politely() -> None:
    text = minutes_said(reports.empty_minutes())
    assert "Vắng có lý do: không." in text
    assert text.endswith("Hội nghị kết thúc cùng ngày.")


def test_a_lost_secret_vote_with_a_reserved_opinion_is_told() -> None:
    vote = replace(
        reports.minutes().votes[0], vote_class=VoteClass.TWO_THIRDS, method=VoteMethod.BALLOT, needed=22,
        in_favour=20, against=9, passed=False, minority="Đề nghị để tháng sau",
    )  # fmt: skip
    text = minutes_said(reports.minutes(votes=(vote,)))
    assert "bỏ phiếu kín" in text
    assert "cần ít nhất 2/3, tức là từ 22 phiếu trở lên" in text
    assert "tán thành 20/32 (62,5%); không tán thành 09; ý kiến khác 0; không được thông qua." in text
    assert "Ý kiến bảo lưu: Đề nghị để tháng sau." in text


def test_guests_from_above_stand_apart_and_their_remarks_among_the_contents() -> None:
    guests = (
        SuperiorGuest("Lê Thị Hậu", "Phó Bí thư Đảng ủy", superior=True, remarks="Cần đúng giờ"),
        SuperiorGuest("Mai Văn Tám", "", superior=False),
    )
    text = minutes_said(reports.minutes(guests=guests))
    assert "Đại biểu cấp trên dự: Lê Thị Hậu, Phó Bí thư Đảng ủy." in text
    assert "Khách mời: Mai Văn Tám." in text
    assert "Ý kiến của Lê Thị Hậu, Phó Bí thư Đảng ủy: Cần đúng giờ." in text


def test_visitors_and_uncounted_people_are_named_apart() -> None:
    report = reports.minutes(visiting=2, present_visiting=2, extra_present=("Hồ Văn Sáu",))
    text = minutes_said(report)
    assert "Đảng viên sinh hoạt tạm thời tại Chi bộ: 02 đồng chí." in text
    assert "Cùng dự, ngoài số đảng viên phải dự: Hồ Văn Sáu." in text


@pytest.mark.parametrize("kind", MeetingKind)
def test_every_kind_of_meeting_has_a_title(kind: MeetingKind) -> None:
    content = minutes_content(reports.minutes(meeting_kind=kind), place_and_date=False)
    assert content.subject
    assert not re.search(r"[{}]", content.subject + said(content))


def test_agenda_items_are_numbered_and_their_lines_are_paragraphs() -> None:
    content = minutes_content(reports.minutes(items=2, votes=()), place_and_date=False)
    headings = [element.text for element in content.elements if isinstance(element, Subsection)]
    assert [heading[:2] for heading in headings] == ["1-", "2-"]
    assert said(content).count("Đồng chí Đặng Thị Đào: đề nghị phân công cụ thể từng hộ.\n") == 2


def test_place_and_date_stand_on_minutes_only_by_the_switch() -> None:
    without = minutes_content(reports.minutes(), place_and_date=False)
    with_it = minutes_content(reports.minutes(), place_and_date=True)
    assert without.place_and_date is None
    assert with_it.place_and_date == ("Đông Hòa", "ngày 03 tháng 11 năm 2026")


def test_two_sign_minutes_and_one_signs_the_rest() -> None:
    minutes = minutes_content(reports.minutes(), place_and_date=False)
    assert [(one.role, one.office) for one in minutes.signers] == [
        ("minute_taker", "NGƯỜI GHI BIÊN BẢN"),
        ("chair", "CHỦ TRÌ HỘI NGHỊ"),
    ]
    assert minutes.recipients == ()
    assert [one.role for one in summary_content(reports.summary()).signers] == ["secretary"]
    # Whoever drew up the table signs by hand: the file has no field for it.
    assert [one.role for one in rollup_content(reports.rollup()).signers] == ["", "secretary"]


def test_a_summary_tells_members_meetings_tasks_and_remarks() -> None:
    content = summary_content(reports.summary())
    text = said(content)
    for passage in (
        (
            "Tính đến ngày 30 tháng 11 năm 2026, Chi bộ có 36 đảng viên, trong đó chính thức 33 đồng chí, "
            "dự bị 03 đồng chí."
        ),
        "Miễn công tác và sinh hoạt đảng 01 đồng chí.",
        (
            "Chi bộ tổ chức 02 buổi sinh hoạt (thường kỳ 01, chuyên đề 01). Tổng số lượt đảng viên dự: 64/70 "
            "(91,4%)."
        ),
        "1 | 03/11/2026 | Thường kỳ, 11-BB/CB | 32/35 | 91,4% | 2 | 1 | 1/1 | 92 | Tốt",
        "2 | 10/11/2026 | Chuyên đề, 18-BB/CB | 32/35 | 91,4% | 2 | 1 | 1/1 | – | –",
        "Nhiệm vụ đến hạn trong tháng đã hoàn thành: 05/06 (83,3%).",
        "Đề nghị Đảng ủy sớm cấp sổ biên bản mới.",
        "Trên đây là báo cáo kết quả sinh hoạt tháng 11 năm 2026 của Chi bộ Thôn 4.",
    ):
        assert passage in text
    assert content.recipients == ("Đảng ủy xã Đông Hòa", "Lưu Chi bộ")


def test_a_month_without_meetings_is_told_plainly() -> None:
    text = said(summary_content(reports.summary(0)))
    assert "Trong tháng, Chi bộ chưa tổ chức buổi sinh hoạt nào." in text
    assert "Trong tháng không có nhiệm vụ đến hạn." in text
    assert "Không có." in text
    assert "–" not in text


def test_a_rollup_has_the_ten_columns_of_its_form_and_names_who_sent_nothing() -> None:
    content = rollup_content(reports.rollup(8))
    ratings, figures = (element for element in content.elements if isinstance(element, Grid))
    assert [column.title for column in ratings.columns] == [
        "TT", "Đơn vị", "Tổng số đảng viên", "Ngày sinh hoạt", "Điểm", "Tốt", "Khá", "Trung bình", "Kém",
        "Giải trình nội dung trừ điểm",
    ]  # fmt: skip
    assert ratings.rows[3] == ("4", "Chi bộ Thôn 4", "24", "03/11/2026", "95,5", "x", "", "", "", "")
    assert ratings.rows[2][-1] == "vắng 02 đồng chí (-2)"
    assert ratings.rows[6] == ("7", "Chi bộ Thôn 7", "", "", "", "", "", "", "", "Chưa gửi báo cáo")
    assert ratings.total == ("", "Tổng cộng", "169", "", "", "2", "2", "2", "1", "Đã báo cáo 07/08")
    assert figures.rows[0][-1] == "010101010101"
    assert "Đơn vị chưa gửi báo cáo (01): Chi bộ Thôn 7." in said(content)
    assert content.landscape


def test_a_rollup_adds_counts_and_draws_the_rate_of_the_sum() -> None:
    report = reports.rollup(2)
    figures = [element for element in rollup_content(report).elements if isinstance(element, Grid)][1]
    assert report.total.attendance == Ratio(19 + 20, 21 + 22)
    assert figures.total is not None
    assert figures.total[4:6] == ("39/43", "90,7%")


def test_a_unit_that_sent_a_report_without_rating_is_noted() -> None:
    row = replace(
        reports.rollup(1).rows[0], rating=None, score_tenths=None, met_on=None, deductions=(),
        ratings=MeetingRatings(),
    )  # fmt: skip
    idle = replace(row, meetings=0)
    content = rollup_content(replace(reports.rollup(1), rows=(row, idle)))
    grid = next(element for element in content.elements if isinstance(element, Grid))
    assert [line[-1] for line in grid.rows] == ["Chưa xếp loại", "Chưa sinh hoạt"]
    assert "Tất cả các đơn vị đã gửi báo cáo." in said(content)


def test_february_is_written_with_its_zero() -> None:
    heading = reports.heading("01-BC/CB", issued_on=date(2026, 2, 5))
    content = summary_content(reports.summary(0, period="2026-02", heading=heading))
    assert content.subject.endswith("tháng 02 năm 2026")
    assert content.place_and_date == ("Đông Hòa", "ngày 05 tháng 02 năm 2026")
