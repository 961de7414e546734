"""Working days over the table of Vietnamese holidays (Labour Code 45/2019/QH14, article 112)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sochibo.rules.members.holidays import (
    is_decided,
    is_working_day,
    load_holidays,
    working_days_after,
    working_days_before,
)

TET = {2024: (2, 10), 2025: (1, 29), 2026: (2, 17), 2027: (2, 6), 2028: (1, 26), 2029: (2, 13), 2030: (2, 2)}
"""First days of the lunar year in Vietnam; in 2030 one day before the Chinese one."""

KINGS = {2025: (4, 7), 2026: (4, 26), 2027: (4, 16), 2028: (4, 4), 2029: (4, 23), 2030: (4, 12)}
"""The tenth of the third lunar month."""


@pytest.mark.parametrize("year", TET)
def test_five_days_around_the_lunar_new_year_are_off(year: int) -> None:
    first = date(year, *TET[year])
    around = [first + timedelta(days=delta) for delta in range(-2, 6)]
    off = [day for day in around if day in load_holidays()[year].off]
    assert len(off) == 5
    assert not is_working_day(first)


@pytest.mark.parametrize("year", KINGS)
def test_the_kings_day_is_off_or_made_up_for(year: int) -> None:
    day = date(year, *KINGS[year])
    while day.weekday() > 4:
        day += timedelta(days=1)
    assert day in load_holidays()[year].off


@pytest.mark.parametrize("year", sorted(load_holidays()))
def test_a_year_is_plausible(year: int) -> None:
    table = load_holidays()[year]
    assert all(day.year == year and day.weekday() < 5 for day in table.off)
    assert all(day.year == year and day.weekday() > 4 for day in table.worked)
    assert len(table.off) - len(table.worked) in (11, 12)
    assert table.source


def test_a_swapped_day_is_worked() -> None:
    assert is_working_day(date(2026, 1, 10))
    assert not is_working_day(date(2026, 1, 2))
    assert is_decided(date(2026, 1, 2))
    assert not is_decided(date(2029, 1, 2))


def test_thirty_working_days_run_over_the_lunar_new_year() -> None:
    # 2026-01-19 and 30 working days: five of the weekdays in between are off.
    assert working_days_after(date(2026, 1, 19), 30) == date(2026, 3, 9)
    assert working_days_before(date(2026, 3, 9), 30) == date(2026, 1, 19)


def test_nothing_to_count_is_the_day_itself() -> None:
    assert working_days_after(date(2026, 2, 17), 0) == date(2026, 2, 17)


def test_a_year_outside_the_table_knows_weekends_and_fixed_days() -> None:
    assert not is_working_day(date(2050, 9, 2))
    assert is_working_day(date(2050, 9, 1))
    assert not is_working_day(date(2050, 9, 3))
    assert not is_decided(date(2050, 9, 1))
