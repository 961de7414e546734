"""Targets held against what was counted: reached, on pace, behind, missed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sochibo.rules.counts import Ratio
from sochibo.rules.periods import parse_period
from sochibo.rules.units.organisations import BookKind
from sochibo.rules.work.targets import (
    INDICATORS,
    Comparison,
    Measure,
    ProgressState,
    Target,
    TargetPeriod,
    check_target,
    default_targets,
    label_of,
    progress_of,
)

YEAR = parse_period("2026")
END, MID = date(2027, 1, 5), date(2026, 7, 1)


def target(**fields: Any) -> Target:  # noqa: ANN401 - fields of a target
    given: dict[str, Any] = {
        "id": "target", "indicator": "members_good", "period_kind": TargetPeriod.YEAR, "year": 2026,
        "comparison": Comparison.AT_LEAST, "value": 90, "measure": Measure.PERCENT, "organisation_id": "cell",
    }  # fmt: skip
    return Target(**{**given, **fields})


@pytest.mark.parametrize(
    ("fields", "actual", "day", "state"),
    [
        ({}, Ratio(9, 10), MID, ProgressState.REACHED),
        ({}, Ratio(89, 99), MID, ProgressState.BEHIND),
        ({}, Ratio(89, 99), END, ProgressState.MISSED),
        ({"value": 985, "decimals": 1}, Ratio(985, 1000), END, ProgressState.REACHED),
        ({"value": 985, "decimals": 1}, Ratio(984, 1000), END, ProgressState.MISSED),
        ({}, None, END, ProgressState.UNKNOWN),
        ({}, Ratio(0, 0), END, ProgressState.UNKNOWN),
        ({"comparison": Comparison.AT_MOST, "value": 20}, Ratio(1, 5), MID, ProgressState.ON_PACE),
        ({"comparison": Comparison.AT_MOST, "value": 20}, Ratio(1, 5), END, ProgressState.REACHED),
        ({"comparison": Comparison.AT_MOST, "value": 20}, Ratio(2, 9), END, ProgressState.MISSED),
        ({"comparison": Comparison.EXACTLY, "value": 100}, Ratio(7, 7), END, ProgressState.REACHED),
    ],
)
def test_rates(fields: dict[str, Any], actual: Ratio | None, day: date, state: ProgressState) -> None:
    assert progress_of(target(**fields), actual, YEAR, day).state is state


@pytest.mark.parametrize(
    ("admitted", "day", "state"),
    [
        (2, MID, ProgressState.ON_PACE),
        (1, MID, ProgressState.ON_PACE),
        (0, MID, ProgressState.BEHIND),
        (1, date(2026, 7, 3), ProgressState.BEHIND),
        (4, MID, ProgressState.REACHED),
        (3, END, ProgressState.MISSED),
        (0, date(2025, 12, 1), ProgressState.ON_PACE),
    ],
)
def test_what_grows_has_a_pace(admitted: int, day: date, state: ProgressState) -> None:
    # Half the year is gone after 2 July, so two of 4 must be there; before it one is enough.
    counted = target(indicator="admissions", value=4, measure=Measure.COUNT)
    assert progress_of(counted, Ratio(admitted, 1), YEAR, day).state is state


def test_what_only_grows_has_missed_its_ceiling_as_soon_as_it_is_above() -> None:
    ceiling = target(indicator="screened_out", value=2, measure=Measure.COUNT, comparison=Comparison.AT_MOST)
    assert progress_of(ceiling, Ratio(2, 1), YEAR, MID).state is ProgressState.ON_PACE
    assert progress_of(ceiling, Ratio(3, 1), YEAR, MID).state is ProgressState.MISSED
    exact = target(indicator="admissions", value=2, measure=Measure.COUNT, comparison=Comparison.EXACTLY)
    assert progress_of(exact, Ratio(3, 1), YEAR, MID).state is ProgressState.MISSED
    # The poor households of a village may become fewer again, and so may the share of the excellent.
    own = target(indicator="Hộ nghèo", value=5, measure=Measure.COUNT, comparison=Comparison.AT_MOST)
    assert progress_of(own, Ratio(8, 1), YEAR, MID).state is ProgressState.BEHIND
    rate = target(indicator="excellent_of_better", value=20, comparison=Comparison.AT_MOST)
    assert progress_of(rate, Ratio(1, 2), YEAR, MID).state is ProgressState.BEHIND
    assert progress_of(rate, Ratio(1, 2), YEAR, END).state is ProgressState.MISSED


def test_progress_tells_the_share_of_target_and_of_time() -> None:
    counted = target(indicator="admissions", value=4, measure=Measure.COUNT)
    progress = progress_of(counted, Ratio(1, 1), YEAR, MID)
    assert (progress.done, progress.elapsed) == (Ratio(1, 4), Ratio(182, 365))
    rate = progress_of(target(value=90), Ratio(45, 100), YEAR, MID)
    assert rate.done == Ratio(4500, 9000)
    ceiling = progress_of(target(comparison=Comparison.AT_MOST, value=20), Ratio(1, 5), YEAR, MID)
    assert ceiling.done is None


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"indicator": " "}, "R70"),
        ({"value": -1}, "R71"),
        ({"value": 101}, "R72"),
        ({"year": None}, "R73"),
        ({"term_id": "term"}, "R73"),
        ({"numerator": 5, "denominator": 4}, "R74"),
        ({"numerator": 5}, "R74"),
    ],
)
def test_targets_that_make_no_sense(fields: dict[str, Any], code: str) -> None:
    assert [finding.code for finding in check_target(target(**fields))] == [code]


def test_one_target_for_one_thing() -> None:
    assert [finding.code for finding in check_target(target(id=""), [target()])] == ["R75"]
    assert check_target(target(), [target()]) == ()
    assert check_target(target(id="", year=2027), [target()]) == ()


def test_a_value_entered_by_hand() -> None:
    assert target().by_hand is None
    assert target(numerator=9, denominator=10).by_hand == Ratio(9, 10)
    assert target(measure=Measure.COUNT, numerator=9).by_hand == Ratio(9, 1)


def test_the_usual_targets_are_about_what_books_know() -> None:
    cell = {one.indicator: one for one in default_targets(BookKind.CELL)}
    committee = {one.indicator: one for one in default_targets(BookKind.COMMITTEE)}
    assert set(cell) | set(committee) <= set(INDICATORS)
    assert (cell["admissions"].value, committee["admissions_rate"].value) == (1, 3)
    assert committee["excellent_of_better"].comparison is Comparison.AT_MOST
    assert committee["weak_cells"].value == 0
    assert "cells_good" not in cell


def test_an_indicator_of_its_own_is_called_as_it_was_typed() -> None:
    assert label_of("Hộ gia đình văn hóa") == "Hộ gia đình văn hóa"
