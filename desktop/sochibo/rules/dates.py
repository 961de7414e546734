"""Dates as people know them: with a precision, in the official wording, and by month."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from sochibo.rules import names

__all__ = [
    "Month", "PartialDate", "Precision", "months_after", "official_date", "parse_partial",
    "short_official_date",
]  # fmt: skip

ISO: Final = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date of which perhaps only the month or the year is known: `2026-11-03`, `2026-11`, `2026`.

    The ISO text is the whole value; texts of one precision sort in time. Nothing is ever invented: a
    year stays a year.
    """

    iso: str

    def __post_init__(self) -> None:
        if not ISO.fullmatch(self.iso):
            raise ValueError(self.iso)
        padded = [*map(int, self.iso.split("-")), 1, 1]
        date(padded[0], padded[1], padded[2])

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """Make a full date."""
        return cls(day.isoformat())

    @property
    def precision(self) -> Precision:
        """Tell how much is known."""
        return (Precision.YEAR, Precision.MONTH, Precision.DAY)[self.iso.count("-")]

    @property
    def earliest(self) -> date:
        """Return the first day it can mean."""
        padded = [*map(int, self.iso.split("-")), 1, 1]
        return date(padded[0], padded[1], padded[2])

    @property
    def latest(self) -> date:
        """Return the last day it can mean."""
        first = self.earliest
        if self.precision is Precision.DAY:
            return first
        month = first.month if self.precision is Precision.MONTH else 12
        return date(first.year, month, calendar.monthrange(first.year, month)[1])

    def vietnamese(self) -> str:
        """Return `03/11/2026`, `11/2026` or `2026`, as registers print it."""
        return "/".join(reversed(self.iso.split("-")))


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One month of one year, the period of a monthly summary: `2026-11`."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> Month:
        """Return the month in which a day lies."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read `2026-11`; raises ValueError for anything else."""
        if PartialDate(text).precision is not Precision.MONTH:
            raise ValueError(text)
        return cls.of(PartialDate(text).earliest)

    def first(self) -> date:
        """Return the first day."""
        return date(self.year, self.month, 1)

    def last(self) -> date:
        """Return the last day."""
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    def next(self) -> Month:
        """Return the month after."""
        return Month(self.year + 1, 1) if self.month == 12 else Month(self.year, self.month + 1)  # noqa: PLR2004 - December

    def previous(self) -> Month:
        """Return the month before."""
        return Month(self.year - 1, 12) if self.month == 1 else Month(self.year, self.month - 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


DATE_WORDS: Final = re.compile(r"\b(?:ngay|thang|nam)\b")
MIDNIGHT: Final = re.compile(r"[ t]0?0:00(?::00(?:\.0+)?)?$")
"""What a spreadsheet adds to a day when it is asked for text."""

NUMBERS: Final = re.compile(r"[0-9]{1,4}(?:(?:\s*[-/.,]\s*|\s+)[0-9]{1,4}){0,2}")
YEARS: Final = range(1900, 2101)
"""Years that a Party life can know: other four digits in a list are a number, not a year."""

ZERO_MONTHS: Final = 2


def official_date(day: date) -> str:
    """Return `ngày 05 tháng 02 năm 2026`; zero only before days below 10 and months 1 and 2.

    Source: the wording of Quy định 399-QĐ/TW, 09/01/2026, and NĐ 30/2020/NĐ-CP.
    """
    return f"ngày {day.day:02d} tháng {_official_month(day.month)} năm {day.year}"


def short_official_date(day: date) -> str:
    """Return `05/02/2026`, `27/5/2026`: the short form in running text, by the same rule."""
    return f"{day.day:02d}/{_official_month(day.month)}/{day.year}"


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later (earlier, if below 0), or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def parse_partial(text: str) -> PartialDate | None:
    """Read a date as people write it in lists: `3/11/1961`, `03-11-1961`, `1961-11-03`, `11/1961`, `1961`.

    A zero stands for what is not known (`00/00/1961` is a year). Returns None where it is no date (then
    the caller tells which row).
    """
    plain = MIDNIGHT.sub("", DATE_WORDS.sub(" ", names.fold(text))).strip()
    if not NUMBERS.fullmatch(plain):
        return None
    parts = re.findall("[0-9]+", plain)
    if len(parts[0]) < len("1961"):
        parts.reverse()
    year, rest = parts[0], [int(part) for part in parts[1:]]
    if int(year) not in YEARS or any(len(part) > len("31") for part in parts[1:]):
        return None
    while rest and rest[-1] == 0:
        rest.pop()
    try:
        return PartialDate("-".join([year, *(f"{number:02d}" for number in rest)]))
    except ValueError:
        return None


def _official_month(month: int) -> str:
    """Return the month with a zero only where a digit could be put before it: months 1 and 2."""
    return f"{month:02d}" if month <= ZERO_MONTHS else str(month)
