"""Numbers of papers: the comma before decimals, dots by thousands, rates rounded half up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sochibo.documents import figures
from sochibo.messages import Messages
from sochibo.rules.counts import Ratio


@pytest.mark.parametrize(
    ("count", "written"), [(0, "0"), (999, "999"), (1250, "1.250"), (-3, "−3"), (1_234_567, "1.234.567")]
)
def test_thousands_are_set_apart_by_dots(count: int, written: str) -> None:
    assert figures.grouped(count) == written


@pytest.mark.parametrize(
    ("ratio", "written"),
    [
        (Ratio(32, 35), "91,4%"),
        (Ratio(35, 35), "100%"),
        (Ratio(0, 35), "0%"),
        (Ratio(1, 8), "12,5%"),
        (Ratio(1, 16), "6,3%"),
        (Ratio(0, 0), "–"),
    ],
)
def test_rates_are_rounded_half_up(ratio: Ratio, written: str) -> None:
    assert figures.percent(ratio) == written


@given(st.integers(0, 100_000), st.integers(1, 100_000))
def test_a_paper_shows_the_rate_that_the_screen_shows(numerator: int, denominator: int) -> None:
    on_screen = Messages("vi").percent(numerator, denominator)
    assert figures.percent(Ratio(numerator, denominator)) == on_screen


@pytest.mark.parametrize(("tenths", "written"), [(920, "92"), (285, "28,5"), (0, "0"), (-5, "-0,5")])
def test_points_have_a_comma_only_where_needed(tenths: int, written: str) -> None:
    assert figures.points(tenths) == written


def test_a_change_bears_its_sign() -> None:
    assert [figures.signed(change) for change in (3, 0, -38, 1200)] == ["+3", "0", "−38", "+1.200"]


def test_both_counts_of_a_share_stand_in_one_field() -> None:
    assert figures.pair_of(Ratio(1204, 1250)) == "1.204/1.250"
