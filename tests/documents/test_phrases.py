"""Turns of phrase of papers."""

from __future__ import annotations

from itertools import islice

import pytest

from sochibo.documents.words import phrases
from sochibo.rules.dates import Month
from sochibo.rules.forms import FORMS
from sochibo.rules.meetings.attendance import BaseLine
from sochibo.rules.meetings.meetings import MeetingKind
from sochibo.rules.scoring.scoring import Rating


@pytest.mark.parametrize(
    ("n", "written"), [(0, "0"), (1, "01"), (9, "09"), (10, "10"), (132, "132"), (1250, "1.250")]
)
def test_counts_below_ten_are_padded(n: int, written: str) -> None:
    assert phrases.counted(n) == written


@pytest.mark.parametrize(
    ("time", "written"),
    [("19:30", "19 giờ 30 phút"), ("7:05", "07 giờ 05 phút"), ("buổi tối", "buổi tối"), ("", "")],
)
def test_times_are_read_out(time: str, written: str) -> None:
    assert phrases.clock(time) == written


@pytest.mark.parametrize(
    ("month", "written"),
    [
        (Month(2026, 1), "tháng 01 năm 2026"),
        (Month(2026, 2), "tháng 02 năm 2026"),
        (Month(2026, 3), "tháng 3 năm 2026"),
        (Month(2026, 11), "tháng 11 năm 2026"),
    ],
)
def test_only_the_first_two_months_have_a_zero(month: Month, written: str) -> None:
    assert phrases.month_words(month) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [("Nhất trí", "Nhất trí."), ("Nhất trí.", "Nhất trí."), ("Sao?", "Sao?"), ("a, ", "a."), (" ", "")],
)
def test_a_sentence_ends_once(text: str, written: str) -> None:
    assert phrases.sentence(text) == written


def test_what_is_empty_leaves_no_comma() -> None:
    assert phrases.joined(("Lê Thị Hậu", "", " ")) == "Lê Thị Hậu"
    assert phrases.joined(()) == ""


def test_a_base_says_what_was_added_and_what_left_out() -> None:
    lines = (BaseLine("official", 33), BaseLine("probationary", 3), BaseLine("exempt", -1))
    said = "chính thức 33, dự bị 03; trừ miễn công tác và sinh hoạt đảng 01"
    assert phrases.base_words(lines) == said
    assert phrases.base_words(lines[:1]) == "chính thức 33"
    assert phrases.base_words(()) == ""


def test_every_kind_of_line_that_a_base_can_have_has_words() -> None:
    from sochibo.rules.meetings.attendance import LINE_ORDER

    said = phrases.base_words(BaseLine(code, 1) for code in LINE_ORDER)
    assert not any(code in said for code in LINE_ORDER)


@pytest.mark.parametrize(
    ("superior", "committee"),
    [
        ("Đảng bộ xã Đông Hòa", "Đảng ủy xã Đông Hòa"),
        ("Đảng bộ tỉnh Bình An", "Tỉnh ủy Bình An"),
        ("Đảng bộ thành phố Hồng Sơn", "Thành ủy Hồng Sơn"),
        ("Đảng uỷ xã Đông Hòa", "Đảng uỷ xã Đông Hòa"),
        ("", ""),
    ],
)
def test_a_paper_goes_to_the_committee_of_the_body_above(superior: str, committee: str) -> None:
    assert phrases.committee_above(superior) == committee


def test_sections_are_numbered_without_end() -> None:
    assert list(islice(phrases.romans(), 11)) == [
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI",
    ]  # fmt: skip


def test_every_kind_has_words() -> None:
    assert set(phrases.KIND_WORDS) == set(MeetingKind)
    assert set(phrases.RATING_WORDS) == set(Rating)
    assert all(phrases.draft_number(kind) for kind, form in FORMS.items() if form.symbol)
