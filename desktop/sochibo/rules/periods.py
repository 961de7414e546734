"""Periods as reports name them: a day, a month, a quarter, a half-year, a year, a term."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final

from sochibo.rules.dates import Month

__all__ = ["Period", "PeriodKind", "half_of", "month_of", "parse_period", "quarter_of", "year_of"]

_SHAPE: Final = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d{2})(?:-(?P<day>\d{2}))?|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<end>\d{4})))?",
    re.ASCII,  # else digits of another script would name a month a second time
)
_QUARTER_MONTHS: Final = 3
_HALF_MONTHS: Final = 6


class PeriodKind(StrEnum):
    """How long a period is."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    TERM = "term"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A period with its first and last day, both included.

    Its text is `2026-11-05`, `2026-11`, `2026-Q3`, `2026-H1`, `2026` or, for a term, `2025-2030`; a term
    named by its years alone runs from the first day of the one to the last of the other.
    """

    first: date
    last: date
    kind: PeriodKind
    text: str

    def months(self) -> tuple[Month, ...]:
        """Return the months that it touches, in their order."""
        months = [Month.of(self.first)]
        while months[-1] < Month.of(self.last):
            months.append(months[-1].next())
        return tuple(months)

    def holds(self, day: date) -> bool:
        """Tell whether a day lies in it."""
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return self.text


@lru_cache(1024)
def parse_period(text: str) -> Period:
    """Read the text of a period; raises ValueError for anything else."""
    found = _SHAPE.fullmatch(text)
    if found is None:
        raise ValueError(text)
    part = {name: int(value) for name, value in found.groupdict().items() if value is not None}
    year = part["year"]
    if "day" in part:
        day = date(year, part["month"], part["day"])
        return Period(day, day, PeriodKind.DAY, text)
    if "end" in part:
        if part["end"] < year:
            raise ValueError(text)
        return Period(date(year, 1, 1), date(part["end"], 12, 31), PeriodKind.TERM, text)
    for name, kind, length in (
        ("month", PeriodKind.MONTH, 1),
        ("quarter", PeriodKind.QUARTER, _QUARTER_MONTHS),
        ("half", PeriodKind.HALF, _HALF_MONTHS),
    ):
        if name in part:
            return _of_months(year, part[name], length, kind, text)
    return Period(date(year, 1, 1), date(year, 12, 31), PeriodKind.YEAR, text)


def month_of(day: date) -> Period:
    """Return the month in which a day lies."""
    return parse_period(str(Month.of(day)))


def quarter_of(day: date) -> Period:
    """Return the quarter in which a day lies."""
    return parse_period(f"{day.year:04d}-Q{(day.month - 1) // _QUARTER_MONTHS + 1}")


def half_of(day: date) -> Period:
    """Return the half-year in which a day lies."""
    return parse_period(f"{day.year:04d}-H{(day.month - 1) // _HALF_MONTHS + 1}")


def year_of(day: date) -> Period:
    """Return the year in which a day lies."""
    return parse_period(f"{day.year:04d}")


def _of_months(year: int, number: int, length: int, kind: PeriodKind, text: str) -> Period:
    """Return the `number`-th stretch of `length` months of a year; ValueError where there is none."""
    last = Month(year, date(year, number * length, 1).month)
    return Period(date(year, (number - 1) * length + 1, 1), last.last(), kind, text)
