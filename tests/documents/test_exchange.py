"""Receipts and return slips: what they say, and that the data behind them travel whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import reports

from sochibo.documents import papers
from sochibo.documents.drawing import draw
from sochibo.documents.envelopes import decode, encode
from sochibo.documents.words.exchange import PAPER_WORDS, receipt_content, return_slip_content
from sochibo.documents.words.period_phrases import period_words
from sochibo.rules.reports import ReportKind
from sochibo.rules.units.exchange_papers import AnsweredPaper, ReceiptReport, Remark, ReturnReport

HEADING = reports.heading(
    "03-PN/ĐU", superior="Đảng bộ tỉnh An Bình", body="Đảng ủy xã Đông Hòa", authority="T/M ĐẢNG ỦY",
    signer="Đào Thị Mơ",
)  # fmt: skip
OCTOBER = AnsweredPaper(
    kind=ReportKind.SUMMARY, period="2026-10", number="05-BC/CB", revision=1,
    digest="0123456789ab" * 5 + "cdef", received_on=date(2026, 11, 4),
    code="V00", verdict="Tệp nguyên vẹn, đúng người ký, số liệu khớp.",
)  # fmt: skip
QUARTER = replace(
    OCTOBER, period="2026-Q3", revision=2, number="", code="V11", verdict="Số liệu mâu thuẫn nhau.",
    remarks=(
        Remark("meetings.0.attendance", "Có mặt ngày 03/9", "Số có mặt lớn hơn số phải dự."),
        Remark("", "", "Gửi lại trước ngày 10."),
    ),
)  # fmt: skip
RECEIPT = ReceiptReport(HEADING, "2026-11-05", "u-1", "Chi bộ Thôn 4", (OCTOBER, QUARTER))
SLIP = ReturnReport(
    replace(HEADING, number="01-PTL/ĐU"), "2026-11-05", "u-1", "Chi bộ Thôn 4", (QUARTER, OCTOBER)
)


@pytest.mark.parametrize("report", [RECEIPT, SLIP], ids=["receipt", "return slip"])
def test_a_slip_is_read_back_and_drawn_as_its_data_say(report: ReceiptReport | ReturnReport) -> None:
    envelope = reports.wrap(report)
    assert decode(encode(envelope)) == envelope
    paper = draw(envelope)
    assert papers.same_pages(paper.pdf, envelope).difference is None
    assert [space.role for space in paper.spaces] == ["secretary"]
    other = reports.wrap(replace(report, unit="Chi bộ Thôn 5"))
    assert papers.same_pages(paper.pdf, other).difference is not None


def test_a_receipt_names_every_paper_with_number_day_and_digest() -> None:
    text = " ".join(papers.page_texts(draw(reports.wrap(RECEIPT)).pdf))
    for words in (
        "PHIẾU NHẬN", "văn bản của Chi bộ Thôn 4", "2 văn bản", "tháng 10 năm 2026", "05-BC/CB", "04/11/2026",
        "0123456789ab", "quý III năm 2026 (bản thay thế lần 1)",
    ):  # fmt: skip
        assert words in text


def test_a_return_slip_says_of_each_paper_what_to_mend() -> None:
    text = " ".join(papers.page_texts(draw(reports.wrap(SLIP)).pdf))
    for words in (
        "PHIẾU TRẢ LẠI", "chưa được tổng hợp", "I- Báo cáo sinh hoạt chi bộ quý III năm 2026",
        "Có mặt ngày 03/9", "Số có mặt lớn hơn số phải dự.", "Cả văn bản",
        "II- Báo cáo sinh hoạt chi bộ tháng 10 năm 2026",
    ):  # fmt: skip
        assert words in text


def test_drafts_leave_room_for_the_number() -> None:
    draft = replace(RECEIPT, heading=replace(HEADING, number=""))
    assert (receipt_content(draft).number or "").endswith("-PN/ĐU")
    slip = replace(SLIP, heading=replace(HEADING, number=""))
    assert (return_slip_content(slip).number or "").endswith("-PTL/ĐU")


def test_every_kind_of_paper_has_a_name_on_paper() -> None:
    assert set(PAPER_WORDS) == set(ReportKind)


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2026-02-05", "ngày 05 tháng 02 năm 2026"),
        ("2026-11", "tháng 11 năm 2026"),
        ("2026-Q4", "quý IV năm 2026"),
        ("2026-H1", "6 tháng đầu năm 2026"),
        ("2026-H2", "6 tháng cuối năm 2026"),
        ("2026", "năm 2026"),
        ("2025-2030", "nhiệm kỳ 2025 - 2030"),
    ],
)
def test_periods_have_their_words(period: str, words: str) -> None:
    assert period_words(period) == words


def test_a_long_receipt_breaks_between_papers() -> None:
    many = replace(RECEIPT, papers=tuple(replace(OCTOBER, number=f"{n:02d}-BC/CB") for n in range(1, 60)))
    pages = papers.page_texts(draw(reports.wrap(many)).pdf)
    assert len(pages) > 2
    assert all("Mã đối chiếu" in page for page in pages)
