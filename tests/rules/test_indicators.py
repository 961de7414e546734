"""Indicators: a list that holds together, sums that no order changes, and rates that are never averaged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sochibo.rules.periods import PeriodKind
from sochibo.rules.units.indicator_papers import LEVEL_INDICATORS, without_stocks
from sochibo.rules.units.indicators import (
    GROUP_LABELS,
    Count,
    Group,
    IndicatorsError,
    Summing,
    add_up,
    indicators_for,
    load_indicators,
    over_time,
)
from sochibo.rules.work import targets

if TYPE_CHECKING:
    from pathlib import Path

IDS = [one.id for one in load_indicators()]
SHARES = {one.id for one in load_indicators() if one.is_share}
NUMBERS = st.integers(0, 5000)


def counts(indicator: str, number: int, more: int) -> Count:
    return Count(indicator, number, number + more) if indicator in SHARES else Count(indicator, number)


PART = st.lists(
    st.builds(counts, st.sampled_from(IDS), NUMBERS, NUMBERS), max_size=8, unique_by=lambda one: one.indicator
)


@given(st.lists(PART, max_size=6), st.randoms())
def test_the_order_of_units_does_not_matter(parts: list[list[Count]], chance: object) -> None:
    shuffled = list(parts)
    chance.shuffle(shuffled)  # type: ignore[attr-defined] # hypothesis hands out a Random
    assert add_up(shuffled) == add_up(parts)


@given(st.lists(PART, max_size=6), st.integers(0, 6))
def test_sums_of_sums_are_the_sum(parts: list[list[Count]], cut: int) -> None:
    assert add_up([add_up(parts[:cut]), add_up(parts[cut:])]) == add_up(parts)


def test_counts_are_added_and_no_rate_is_averaged() -> None:
    half, whole = Count("meeting_attendance", 1, 2), Count("meeting_attendance", 98, 98)
    (total,) = add_up([[half], [whole]])
    assert (total.number, total.of) == (99, 100)
    (members,) = add_up([[Count("members", 12)], [Count("members", 30)]])
    assert members == Count("members", 42)


def test_what_stands_is_that_of_the_last_month_and_what_happened_adds_up() -> None:
    january = [Count("members", 30), Count("meeting_attendance", 28, 30), Count("admissions", 1)]
    february = [Count("members", 31), Count("meeting_attendance", 31, 31)]
    assert set(over_time([january, february])) == {
        Count("members", 31), Count("meeting_attendance", 59, 61), Count("admissions", 1),
    }  # fmt: skip


def test_who_was_admitted_is_held_against_those_of_the_first_day_and_stays_when_a_unit_ends() -> None:
    halves = [[Count("admissions_rate", 1, 30)], [Count("admissions_rate", 2, 34)]]
    assert over_time(halves) == (Count("admissions_rate", 3, 30),)
    assert without_stocks([Count("members", 34), Count("admissions_rate", 3, 30)]) == (
        Count("admissions_rate", 3, 30),
    )


def test_the_list_holds_all_that_is_reported() -> None:
    assert len(IDS) == len(set(IDS))
    asked = {
        "cells", "members_official", "members_probationary", "meeting_attendance", "regular_meetings",
        "thematic_meetings", "superiors", "study_attendance", "commitments_signed", "admissions",
        "recognitions", "screened_out", "members_excellent", "members_good", "members_completed",
        "cells_good", "officers_good", "cells_with_committee", "meetings_good", "tasks_done", "tasks_late",
        "proposals_answered", "training", "planning", "inspections", "badges", "targets_met",
        "officers_replaced", "admissions_of_target",
        # Ratings of members, cells and committee members: each level, HTT and better, HTNV and better.
        *(name for names in LEVEL_INDICATORS.values() for name in names),
    }  # fmt: skip
    assert asked <= set(IDS)
    assert set(targets.INDICATORS) <= set(IDS)
    assert set(GROUP_LABELS) == set(Group) == {one.group for one in load_indicators()}
    assert {one.summing for one in load_indicators()} == set(Summing)
    assert all(one.label_vi and one.label_en and one.papers for one in load_indicators())


def test_ratings_are_asked_of_a_year_alone() -> None:
    assert all(one.group is not Group.RATINGS for one in indicators_for(PeriodKind.MONTH))
    assert {"members", "meeting_attendance"} <= {one.id for one in indicators_for(PeriodKind.MONTH)}
    assert any(one.group is Group.RATINGS for one in indicators_for(PeriodKind.YEAR))


GOOD = """
[[indicators]]
id = "members"
label_vi = "Đảng viên"
label_en = "Members"
group = "members"
sum = "stock"
periods = ["month"]
papers = ["summary"]
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD * 2, "members stands twice"),
        (GOOD.replace('sum = "stock"', 'sum = "mean"'), "mean"),
        (GOOD.replace('["month"]', '["week"]'), "week"),
        (GOOD.replace('["summary"]', "[]"), "no period or no paper"),
        (GOOD.replace("label_en", "label_fr"), "label_fr means nothing"),
        (GOOD + 'whole_vi = "đảng viên"\n', "one language"),
        (GOOD.replace('group = "members"\n', ""), "group"),
    ],
)
def test_a_list_that_contradicts_itself_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "i.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(IndicatorsError, match=said):
        load_indicators(path)
