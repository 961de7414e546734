"""Periods as papers name them; always Vietnamese, whatever the screen speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.documents.words.phrases import month_words
from sochibo.rules.dates import official_date
from sochibo.rules.periods import Period, PeriodKind, parse_period

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["period_phrase", "period_words", "short_period"]

_QUARTERS: Final = ("I", "II", "III", "IV")
_MONTHS_OF_A_QUARTER: Final = 3
_PHRASES: Final[Mapping[PeriodKind, Callable[[Period], str]]] = {
    PeriodKind.DAY: lambda one: official_date(one.first),
    PeriodKind.MONTH: lambda one: month_words(one.months()[0]),
    PeriodKind.QUARTER: lambda one: (
        f"quý {_QUARTERS[(one.first.month - 1) // _MONTHS_OF_A_QUARTER]} năm {one.first.year}"
    ),
    PeriodKind.HALF: lambda one: f"6 tháng {'đầu' if one.first.month == 1 else 'cuối'} năm {one.first.year}",
    PeriodKind.YEAR: lambda one: f"năm {one.first.year}",
    PeriodKind.TERM: lambda one: f"nhiệm kỳ {one.first.year} - {one.last.year}",
}
_SHORT: Final = {
    PeriodKind.DAY: "ngày",
    PeriodKind.MONTH: "tháng",
    PeriodKind.QUARTER: "quý",
    PeriodKind.HALF: "6 tháng",
    PeriodKind.YEAR: "năm",
    PeriodKind.TERM: "nhiệm kỳ",
}


def period_phrase(period: Period) -> str:
    """Return `tháng 11 năm 2026`, `quý III năm 2026`, `6 tháng đầu năm 2026`, `năm 2026`."""
    return _PHRASES[period.kind](period)


def period_words(period: str) -> str:
    """Return the phrase of a period as a report names it; ValueError for no period."""
    return period_phrase(parse_period(period))


def short_period(period: Period) -> str:
    """Return what stands after “trong”: `tháng`, `quý`, `6 tháng`, `năm`."""
    return _SHORT[period.kind]
