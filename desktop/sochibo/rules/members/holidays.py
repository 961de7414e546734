"""Working days, counted over a dated table of Vietnamese holidays (`resources/rules/holidays.toml`).

The `holidays` package was looked at and left: it wants an older python-dateutil than the database layer has,
takes a second to load where the page of today must open at once, and lacks swaps of working days such as
that of 2/1/2026. Its lunar days were compared with the table's for 2024 to 2031: they agree.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

from sochibo import paths

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "HolidayYear", "is_decided", "is_working_day", "load_holidays", "working_days_after",
    "working_days_before",
]  # fmt: skip

_SATURDAY: Final = 5
_ALWAYS_OFF: Final = frozenset({(1, 1), (4, 30), (5, 1), (9, 2), (11, 24)})
"""What is off in a year that the table does not have; its lunar days are then unknown."""


@dataclass(frozen=True, slots=True)
class HolidayYear:
    """One year of the table; `decided` once the government has announced it, swaps included."""

    year: int
    decided: bool
    source: str
    off: frozenset[date]
    worked: frozenset[date]


@cache
def load_holidays() -> Mapping[int, HolidayYear]:
    """Read the shipped table."""
    file = paths.shipped("resources") / "rules" / "holidays.toml"
    rows = tomllib.loads(file.read_text("utf-8"))["year"]
    return {
        row["year"]: HolidayYear(
            row["year"],
            row["decided"],
            row["source"],
            frozenset(row["off"]),
            frozenset(row.get("worked", ())),
        )
        for row in rows
    }


def is_working_day(day: date) -> bool:
    """Tell whether offices work; in a year outside the table only the fixed holidays are known."""
    year = load_holidays().get(day.year)
    if year is None:
        return day.weekday() < _SATURDAY and (day.month, day.day) not in _ALWAYS_OFF
    return day in year.worked or (day.weekday() < _SATURDAY and day not in year.off)


def is_decided(day: date) -> bool:
    """Tell whether the holidays of a day's year are announced; else a deadline may move by a day or two."""
    year = load_holidays().get(day.year)
    return year is not None and year.decided


def working_days_after(day: date, count: int) -> date:
    """Return the day on which the `count`-th working day after a day falls; the day itself is not counted."""
    return _count(day, count, timedelta(days=1))


def working_days_before(day: date, count: int) -> date:
    """Return the last day that leaves `count` working days before a day, the day itself not counted."""
    return _count(day, count, timedelta(days=-1))


def _count(day: date, count: int, step: timedelta) -> date:
    while count > 0:
        day += step
        count -= is_working_day(day)
    return day
