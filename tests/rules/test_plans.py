"""The plan of a year: regular days that are off, turns, and how far a theme has come."""

from __future__ import annotations

from datetime import date

import pytest

from sochibo.rules.dates import Month
from sochibo.rules.meetings.meetings import MeetingState
from sochibo.rules.meetings.plans import (
    PlanState,
    ThemePlan,
    is_day_off,
    month_days,
    next_in_turn,
    quarter_of_month,
    regular_day_of,
    state_of_theme,
)


@pytest.mark.parametrize(
    ("day", "off"),
    [
        (date(2026, 9, 2), True),
        (date(2026, 5, 3), True),
        (date(2026, 11, 3), False),
        (date(2026, 10, 3), False),
    ],
    ids=["National Day", "a Sunday", "a Tuesday", "a Saturday"],
)
def test_sundays_and_holidays_are_off_and_saturdays_are_not(day: date, off: bool) -> None:  # noqa: FBT001 - a column of the table
    assert is_day_off(day) is off


def test_the_third_is_the_regular_day_and_another_is_proposed_where_it_is_off() -> None:
    """HD 37-HD/BTGDVTW, 19/11/2025: the 3rd of the month; 3 May 2026 is a Sunday."""
    days = month_days(2026, 3)
    assert [one.regular.day for one in days] == [3] * 12
    assert days[4].proposed == date(2026, 5, 4)
    assert days[10].proposed == days[10].regular


def test_the_31st_of_a_shorter_month_is_its_last_day() -> None:
    assert regular_day_of(Month(2026, 2), 31) == date(2026, 2, 28)


def test_a_last_day_that_is_off_is_proposed_for_a_day_before() -> None:
    """31 May 2026 is a Sunday: the next day would be of another month."""
    assert month_days(2026, 31)[4].proposed == date(2026, 5, 30)


def test_quarters_of_months() -> None:
    assert [quarter_of_month(month) for month in (1, 3, 4, 9, 12)] == [1, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("meeting", "state"),
    [
        (None, PlanState.APPROVED),
        (MeetingState.RECORDING, PlanState.APPROVED),
        (MeetingState.CLOSED, PlanState.HELD),
        (MeetingState.SEALED, PlanState.HELD),
    ],
)
def test_a_theme_with_closed_minutes_is_held(meeting: MeetingState | None, state: PlanState) -> None:
    plan = ThemePlan(id="p", year=2026, quarter=1, theme="x", state=PlanState.APPROVED)
    assert state_of_theme(plan, meeting) is state


@pytest.mark.parametrize(
    ("taken", "given", "turn"),
    [
        ((), {}, "a"),
        (("a",), {}, "b"),
        (("a", "b", "c"), {}, "a"),
        (("a", "b", "c", "a"), {}, "b"),
        (("a", "b"), {"c": 1}, "a"),
        (("gone",), {}, "a"),
    ],
)
def test_turns_go_to_who_had_one_least_often_and_longest_ago(
    taken: tuple[str, ...], given: dict[str, int], turn: str
) -> None:
    assert next_in_turn(("a", "b", "c"), taken, given) == turn


def test_nobody_there_has_no_turn() -> None:
    assert next_in_turn((), ("a",)) == ""
