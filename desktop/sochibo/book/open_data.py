"""Open data: the figures of all units as plain tables, for whoever analyses a committee or a province.

Counts only, one row a unit and period: no person is named in them.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, Final

from sochibo import faults, files
from sochibo.messages import N_
from sochibo.rules.periods import month_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from sochibo.book.book import Book
    from sochibo.rules.periods import Period
    from sochibo.rules.reports import RollupRow

__all__ = ["NoParquet", "tables", "write_csv", "write_parquet"]

_RATIOS: Final = ("attendance", "tasks", "spoke", "papers", "units")
_COUNTS: Final = (
    "members", "official", "probationary", "meetings", "regular", "thematic", "unexcused", "superiors",
)  # fmt: skip


class NoParquet(faults.Fault):
    """The library that writes Parquet is not part of this program."""

    code = "C18"
    sentence = N_("This program was installed without what writes Parquet files.")
    advice = N_("Write CSV, or install the extra named “parquet” (pyarrow).")


def tables(book: Book, period: Period, today: date) -> dict[str, list[dict[str, Any]]]:
    """Return the tables by name: figures of meetings, and indicators in long form.

    Each holds the period itself and every month in it that has begun.
    """
    months = (month_of(month.first()) for month in period.months() if month.first() <= today)
    periods = tuple(dict.fromkeys((period, *months)))
    return {
        "rollup": [_meeting_row(each, row) for each in periods for row in book.rollups.rows(each, today)],
        "indicators": [row for each in periods for row in _indicator_rows(book, each, today)],
    }


def write_csv(made: Mapping[str, Sequence[Mapping[str, Any]]], folder: Path, period: Period) -> list[Path]:
    """Write the tables as CSV, UTF-8 with the mark by which Excel knows it; returns where they lie."""
    written = []
    for name, rows in made.items():
        text = io.StringIO(newline="")
        columns = list(rows[0]) if rows else []
        writer = csv.DictWriter(text, columns)
        writer.writeheader()
        writer.writerows(rows)
        path = folder / f"{name}-{period}.csv"
        files.write_whole(path, text.getvalue().encode("utf-8-sig"))
        written.append(path)
    return written


def write_parquet(
    made: Mapping[str, Sequence[Mapping[str, Any]]], folder: Path, period: Period
) -> list[Path]:
    """Write the tables as Parquet; raises NoParquet where pyarrow is not installed."""
    try:
        import pyarrow as pa  # type: ignore[import-not-found,import-untyped,unused-ignore] # an extra
        from pyarrow import parquet  # type: ignore[import-not-found,import-untyped,unused-ignore] # as above
    except ImportError as error:
        raise NoParquet from error
    written = []
    for name, rows in made.items():
        content = io.BytesIO()
        parquet.write_table(pa.Table.from_pylist([dict(row) for row in rows]), content)
        path = folder / f"{name}-{period}.parquet"
        files.write_whole(path, content.getvalue())
        written.append(path)
    return written


def _meeting_row(period: Period, row: RollupRow) -> dict[str, Any]:
    found: dict[str, Any] = {
        "period": str(period), "unit_id": row.unit_id, "unit": row.unit, "source": row.source or "",
    }  # fmt: skip
    found |= {name: getattr(row, name) for name in _COUNTS}
    for name in _RATIOS:
        ratio = getattr(row, name)
        found |= {name: ratio.numerator, f"{name}_of": ratio.denominator}
    for rating in ("good", "fair", "average", "poor"):
        found[f"rated_{rating}"] = getattr(row.ratings, rating)
    found["score_tenths"] = row.score_tenths
    found["met_on"] = row.met_on.isoformat() if row.met_on else ""
    return found


def _indicator_rows(book: Book, period: Period, today: date) -> Iterator[dict[str, Any]]:
    for row in book.indicators.rows(period, today):
        for count in row.counts:
            yield {
                "period": str(period), "unit_id": row.unit_id, "unit": row.unit,
                "indicator": count.indicator, "number": count.number, "of": count.of,
            }  # fmt: skip
