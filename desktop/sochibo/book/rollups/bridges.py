"""The bridge report of a committee: how the number of its units came from one count to the next."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sochibo.book.papers.issuing import Draft
from sochibo.rules.reports import ReportKind
from sochibo.rules.units.organisation_papers import make_bridge

if TYPE_CHECKING:
    from datetime import date

    from sochibo.book.book import Book
    from sochibo.rules.periods import Period
    from sochibo.rules.units.units import Bridge

__all__ = ["bridge_draft", "bridge_of"]


def bridge_of(book: Book, period: Period, on: date) -> Bridge:
    """Return the bridge from the evening before a period to its end, or to the day on which it is drawn."""
    first = period.first - timedelta(days=1)
    return book.units.bridge(first, max(first, min(period.last, on)))


def bridge_draft(book: Book, period: Period, on: date) -> Draft:
    """Return the bridge report of a period as it would be now."""
    told = bridge_of(book, period, on)
    return Draft(
        kind=ReportKind.BRIDGE,
        period=str(period),
        issued_on=on,
        rules=(),
        write=lambda heading: make_bridge(heading, str(period), told),
    )
