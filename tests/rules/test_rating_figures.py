"""Rates of real reports, to the printed digit: the press says what must come out."""

from __future__ import annotations

import pytest
from ratings import drawn

from sochibo.rules.counts import Ratio
from sochibo.rules.ratings.rating_figures import RatingFigures, count_levels
from sochibo.rules.ratings.ratings import Level, Subject


def test_dong_thap_2012_prints_both_bases_in_one_sentence() -> None:
    # The smallest counts that give all the printed digits; the report printed rates only.
    figures = RatingFigures(excellent=232, good=1433, completed=104, not_completed=13)
    assert drawn(figures.rate(Level.EXCELLENT), 0) == "13%"
    assert drawn(figures.excellent_of_good, 2) == "16,19%"
    assert drawn(figures.rate(Level.GOOD), 2) == "80,42%"
    assert drawn(figures.rate(Level.COMPLETED), 2) == "5,84%"
    assert drawn(figures.rate(Level.NOT_COMPLETED), 2) == "0,73%"


def test_hai_duong_2019_leaves_the_unrated_out_of_the_base() -> None:
    # 662 of 686 organisations rated; HTT and better 604.
    figures = RatingFigures(excellent=144, good=460, completed=58, unrated=24)
    assert (figures.rated, figures.subject, figures.better) == (662, 686, 604)
    assert drawn(figures.good_or_better) == "91,2%"
    assert drawn(figures.rate(Level.COMPLETED)) == "8,8%"
    assert drawn(figures.excellent_of_better) == "23,8%"
    assert drawn(Ratio(158, 662)) == "23,9%"
    assert drawn(figures.coverage) == "96,5%"


def test_viet_hung_2021_counts_full_members() -> None:
    figures = RatingFigures(excellent=2, good=8)
    assert drawn(figures.excellent_of_better) == "20%"
    assert drawn(figures.excellent_of_good) == "25%"
    assert drawn(figures.coverage) == "100%"


def test_son_la_2020_is_above_the_cap_on_both_readings() -> None:
    figures = RatingFigures(excellent=120, good=451, completed=27)
    assert drawn(figures.excellent_of_good) == "26,6%"
    assert drawn(figures.excellent_of_better) == "21%"
    assert drawn(figures.completed_or_better) == "100%"


def test_ba_ria_vung_tau_2023_reports_votes_over_voters() -> None:
    assert (drawn(Ratio(44, 45)), drawn(Ratio(1, 45))) == ("97,8%", "2,2%")


def test_thong_nhat_2026_counts_organisations_in_two_groups_that_add_up() -> None:
    organisations = RatingFigures(excellent=3, good=14)
    cells = RatingFigures(excellent=5, good=18)
    assert drawn(organisations.excellent_of_good) == "21,4%"
    assert drawn(cells.excellent_of_good) == "27,8%"
    assert (organisations + cells).total == 40
    assert drawn((organisations + cells).excellent_of_good) == "25%"


def test_the_test_data_of_the_form_give_half() -> None:
    figures = RatingFigures(excellent=1, good=1, completed=1, not_completed=1)
    assert (figures.rated, drawn(figures.excellent_of_better)) == (4, "50%")


def test_rolling_up_adds_counts_and_never_averages_rates() -> None:
    small, large = (
        RatingFigures(excellent=1, good=1),
        RatingFigures(good=60, completed=38, unrated=4, exempt=3),
    )
    assert drawn((small + large).good_or_better) == "62%"
    assert (small + large).total == 107


def test_counts_are_disjoint_and_sum_to_the_roll() -> None:
    figures = count_levels(
        [
            (Subject.RATED, Level.EXCELLENT),
            (Subject.RATED, Level.GOOD),
            (Subject.RATED, None),
            (Subject.PENDING, None),
            (Subject.NOT_SUBJECT, None),
        ]
    )
    assert figures == RatingFigures(exempt=1, unrated=2, excellent=1, good=1)
    assert (figures.total, figures.subject, figures.rated) == (5, 4, 2)


@pytest.mark.parametrize(
    ("ratio", "digits", "printed"),
    [
        (Ratio(1, 3), 1, "33,3%"),
        (Ratio(2, 3), 1, "66,7%"),
        (Ratio(985, 1000), 1, "98,5%"),
        (Ratio(1, 8), 0, "13%"),
        (Ratio(1, 16), 1, "6,3%"),
        (Ratio(8797, 10000), 2, "87,97%"),
        (Ratio(12, 1), 1, "1.200%"),
        (Ratio(0, 0), 1, "–"),
    ],
)
def test_rates_are_rounded_half_up(ratio: Ratio, digits: int, printed: str) -> None:
    assert drawn(ratio, digits) == printed
