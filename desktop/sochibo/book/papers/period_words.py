"""Periods in the words of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.messages import N_
from sochibo.rules.periods import PeriodKind, parse_period
from sochibo.rules.ratings.ratings import PERIOD_KIND_LABELS, ReviewKind

if TYPE_CHECKING:
    from sochibo.messages import Messages
    from sochibo.rules.periods import Period
    from sochibo.rules.ratings.ratings import ReviewPeriod

__all__ = ["PERIOD_LABELS", "say_period", "say_review"]

PERIOD_LABELS: Final = {
    PeriodKind.DAY: N_("One day"),
    PeriodKind.MONTH: N_("Month"),
    PeriodKind.QUARTER: N_("Quarter"),
    PeriodKind.HALF: N_("Half-year"),
    PeriodKind.YEAR: N_("Year"),
    PeriodKind.TERM: N_("Term"),
}

_QUARTER: Final = N_("Quarter {number}, {year}")
_FIRST_HALF: Final = N_("First half of {year}")
_SECOND_HALF: Final = N_("Second half of {year}")
_YEAR: Final = N_("Year {year}")
_TERM: Final = N_("Term {years}")
_MONTHS_OF_A_QUARTER: Final = 3


def say_period(words: Messages, period: Period) -> str:
    """Name a period: `Tháng 11/2026`, `Quý 3 năm 2026`, `6 tháng đầu năm 2026`, `Năm 2026`."""
    first, year = period.first, str(period.first.year)
    match period.kind:
        case PeriodKind.DAY:
            return words.date(first)
        case PeriodKind.MONTH:
            return words.month(first.year, first.month)
        case PeriodKind.QUARTER:
            number = (first.month - 1) // _MONTHS_OF_A_QUARTER + 1
            return words.sentence(_QUARTER, {"number": number, "year": year})
        case PeriodKind.HALF:
            return words.sentence(_FIRST_HALF if first.month == 1 else _SECOND_HALF, {"year": year})
        case PeriodKind.YEAR:
            return words.sentence(_YEAR, {"year": year})
        case _:
            return words.sentence(_TERM, {"years": f"{year}–{period.last.year}"})


def say_review(words: Messages, period: ReviewPeriod) -> str:
    """Name a review by its year or quarter, else by its occasion and day: a year may have several."""
    if period.kind in {ReviewKind.YEAR, ReviewKind.QUARTER}:
        return say_period(words, parse_period(period.text))
    name = period.note.strip() or words.gettext(PERIOD_KIND_LABELS[period.kind])
    return f"{name}, {words.date(period.closing_on)}"
