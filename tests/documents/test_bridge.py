"""The bridge report: every change by the names of its day, and sums that lead from one count to the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import reports

from sochibo.documents import papers
from sochibo.documents.drawing import draw
from sochibo.documents.envelopes import decode, encode
from sochibo.documents.words.bridge import EVENT_WORDS
from sochibo.rules.units.organisation_papers import BridgeReport, make_bridge
from sochibo.rules.units.units import Bridge, BridgeLine, UnitEventKind

HEADING = reports.heading(
    "07-BC/ĐU", superior="Đảng bộ tỉnh An Bình", body="Đảng ủy xã Đông Hòa", authority="T/M ĐẢNG ỦY",
    signer="Đào Thị Mơ",
)  # fmt: skip
TOLD = Bridge(
    date(2025, 12, 31),
    date(2026, 12, 31),
    98,
    59,
    (
        BridgeLine(
            UnitEventKind.MERGE, date(2026, 7, 1), "30-QĐ/ĐU", ("Chi bộ Thôn 1", "Chi bộ Thôn 2"),
            ("Chi bộ Thôn 1",), -1,
        ),
        BridgeLine(UnitEventKind.CLOSE, date(2026, 8, 1), "", ("Chi bộ Hợp tác xã",), (), -1),
        BridgeLine(UnitEventKind.FOUNDING, date(2026, 9, 1), "", (), ("Chi bộ Trạm Y tế",), 1),
    ),
)  # fmt: skip


def text_of(report: BridgeReport) -> str:
    return " ".join(papers.page_texts(draw(reports.wrap(report)).pdf))


def test_the_report_is_read_back_and_says_every_change() -> None:
    report = make_bridge(HEADING, "2026", TOLD)
    envelope = reports.wrap(report)
    assert decode(encode(envelope)) == envelope
    text = text_of(report)
    for words in (
        "năm 2026", "có 98 tổ chức", "có 59.", "Hợp nhất, sáp nhập", "Giải thể", "Chi bộ Trạm Y tế",
        "30-QĐ/ĐU", "Cộng 3 −1",
    ):  # fmt: skip
        assert words in text
    assert "Đổi tên" not in text


def test_what_no_event_accounts_for_is_said() -> None:
    report = make_bridge(HEADING, "2026", TOLD)
    assert report.unexplained == -38
    assert "Có 38 tổ chức chưa ghi quyết định" in text_of(report)


def test_before_the_year_is_over_it_tells_of_the_day_on_which_it_was_drawn() -> None:
    early = make_bridge(replace(HEADING, issued_on=date(2026, 8, 20)), "2026", TOLD)
    assert "đến hết ngày 20 tháng 8 năm 2026 có 59" in text_of(early)
    late = make_bridge(replace(HEADING, issued_on=date(2027, 1, 5)), "2026", TOLD)
    assert "đến hết ngày 31 tháng 12 năm 2026 có 59" in text_of(late)


def test_a_quiet_period_says_so() -> None:
    quiet = make_bridge(HEADING, "2026-H1", Bridge(date(2025, 12, 31), date(2026, 6, 30), 59, 59, ()))
    text = text_of(quiet)
    assert "6 tháng đầu năm 2026" in text
    assert "không có biến động" in text
    assert "Chi tiết" not in text


def test_every_kind_of_change_has_its_word() -> None:
    assert set(EVENT_WORDS) == set(UnitEventKind)
