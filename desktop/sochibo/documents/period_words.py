"""Periods in the words of papers, always Vietnamese."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.documents.phrases import month_words
from sochibo.rules.dates import official_date
from sochibo.rules.periods import Period, PeriodKind, parse_period

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["period_words"]

_QUARTERS: Final = ("I", "II", "III", "IV")
_HALVES: Final = ("đầu", "cuối")
_LAST_MONTH_OF_FIRST_HALF: Final = 6

_WORDS: Final[Mapping[PeriodKind, Callable[[Period], str]]] = {
    PeriodKind.DAY: lambda one: official_date(one.first),
    PeriodKind.MONTH: lambda one: month_words(one.months()[0]),
    PeriodKind.QUARTER: lambda one: f"quý {_QUARTERS[(one.first.month - 1) // 3]} năm {one.first.year}",
    PeriodKind.HALF: lambda one: (
        f"6 tháng {_HALVES[one.first.month > _LAST_MONTH_OF_FIRST_HALF]} năm {one.first.year}"
    ),
    PeriodKind.YEAR: lambda one: f"năm {one.first.year}",
    PeriodKind.TERM: lambda one: f"nhiệm kỳ {one.first.year} - {one.last.year}",
}


def period_words(period: str) -> str:
    """Return `tháng 11 năm 2026`, `quý III năm 2026`, `6 tháng đầu năm 2026`; ValueError for no period."""
    read = parse_period(period)
    return _WORDS[read.kind](read)
