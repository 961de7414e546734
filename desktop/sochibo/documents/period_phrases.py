"""Periods as papers name them; always Vietnamese, whatever the screen speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.documents.phrases import month_words
from sochibo.rules.dates import Month
from sochibo.rules.periods import PeriodKind

if TYPE_CHECKING:
    from sochibo.rules.periods import Period

__all__ = ["period_phrase", "short_period"]

_ROMANS: Final = ("I", "II", "III", "IV")
_MONTHS_OF_A_QUARTER: Final = 3
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
    first, year = period.first, period.first.year
    match period.kind:
        case PeriodKind.QUARTER:
            return f"quý {_ROMANS[(first.month - 1) // _MONTHS_OF_A_QUARTER]} năm {year}"
        case PeriodKind.HALF:
            return f"6 tháng {'đầu' if first.month == 1 else 'cuối'} năm {year}"
        case PeriodKind.YEAR:
            return f"năm {year}"
        case PeriodKind.TERM:
            return f"nhiệm kỳ {year} - {period.last.year}"
        case _:
            return month_words(Month.of(first))


def short_period(period: Period) -> str:
    """Return what stands after “trong”: `tháng`, `quý`, `6 tháng`, `năm`."""
    return _SHORT[period.kind]
