"""Numbers as papers write them, in every table, text and chart: the comma before decimals, dots by thousands.

Babel is not asked: papers are drawn again years later and compared letter by letter, so their
numbers must not follow a library's data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sochibo.rules.counts import Ratio

__all__ = ["grouped", "pair_of", "percent", "points", "signed", "tenths_of"]


def grouped(count: int) -> str:
    """Return a whole number as a table shows it: `7`, `1.250`, `−3`."""
    return f"{count:,}".replace(",", ".").replace("-", "−")


def points(tenths: int) -> str:
    """Return a number given in tenths: `92`, `28,5`."""
    whole, rest = divmod(abs(tenths), 10)
    return f"{'-' if tenths < 0 else ''}{grouped(whole)}{f',{rest}' if rest else ''}"


def tenths_of(ratio: Ratio) -> int | None:
    """Return a rate in tenths of a percent, rounded half up; None of nothing."""
    if ratio.denominator <= 0:
        return None
    return (2000 * ratio.numerator + ratio.denominator) // (2 * ratio.denominator)


def percent(ratio: Ratio) -> str:
    """Return a rate rounded half up to one decimal: `91,4%`, `100%`; nothing of nothing is `–`."""
    tenths = tenths_of(ratio)
    return "–" if tenths is None else f"{points(tenths)}%"


def signed(change: int) -> str:
    """Return a change with its sign: `+3`, `−1`, `0`."""
    return f"+{grouped(change)}" if change > 0 else grouped(change)


def pair_of(ratio: Ratio) -> str:
    """Return both counts as a table shows them: `5/6`, `1.204/1.250`."""
    return f"{grouped(ratio.numerator)}/{grouped(ratio.denominator)}"
