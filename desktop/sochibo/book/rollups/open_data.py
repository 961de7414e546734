"""Open data: the figures of all units as plain tables, for whoever analyses a committee or a province.

Counts only, one row a unit and period: no person is named in them. Beside the tables lies a Data Package that
says what every column means, which programs read and people can.
"""

from __future__ import annotations

import csv
import hashlib
import importlib.util
import io
import json
import unicodedata
from typing import TYPE_CHECKING, Any, Final

from sochibo import faults, files
from sochibo.book.rollups.open_data_columns import TABLES, Kind, package_of
from sochibo.messages import N_
from sochibo.rules.periods import month_of
from sochibo.rules.units.indicators import load_indicators

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from sochibo.book.book import Book
    from sochibo.book.rollups.open_data_columns import Table
    from sochibo.messages import Messages
    from sochibo.rules.periods import Period
    from sochibo.rules.reports import RollupRow

    Rows = Sequence[Mapping[str, Any]]

__all__ = ["NoParquet", "tables", "write_csv", "write_parquet"]

_RATIOS: Final = ("attendance", "tasks", "spoke", "papers", "units")
_COUNTS: Final = (
    "members", "official", "probationary", "meetings", "regular", "thematic", "unexcused", "superiors",
    "score_tenths", "met_on", "ended",
)  # fmt: skip
_FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")


class NoParquet(faults.Fault):
    """The library that writes Parquet is not part of this program."""

    code = "C18"
    sentence = N_("This program was installed without what writes Parquet files.")
    advice = N_("Write CSV, or install the extra named “parquet” (pyarrow).")


def tables(book: Book, period: Period, today: date) -> dict[str, Rows]:
    """Return the rows of every table by its name; texts are NFC, days are dates, what is unknown is None.

    They tell of the period itself and of every month in it that has begun.
    """
    months = (month_of(month.first()) for month in period.months() if month.first() <= today)
    periods = tuple(dict.fromkeys((period, *months)))
    return {
        "rollup": [_meeting_row(each, row) for each in periods for row in book.rollups.rows(each, today)],
        "indicators": [row for each in periods for row in _indicator_rows(book, each, today)],
        "indicator-list": [
            {
                "indicator": one.id, "label_vi": one.label_vi, "label_en": one.label_en,
                "whole_vi": one.whole_vi, "whole_en": one.whole_en, "summing": one.summing.value,
            }
            for one in load_indicators()
        ],
    }  # fmt: skip


def write_csv(made: Mapping[str, Rows], folder: Path, period: Period, words: Messages) -> list[Path]:
    """Write the tables as CSV, and what their columns mean; returns where they lie.

    UTF-8 with the mark by which Excel knows it, commas, days as 2026-11-05, and no fractions anywhere, so
    that neither decimal comma nor decimal point is asked for.
    """
    return _write(made, folder, period, words, "csv", _csv)


def write_parquet(made: Mapping[str, Rows], folder: Path, period: Period, words: Messages) -> list[Path]:
    """Write the tables as Parquet, and what their columns mean; raises NoParquet where pyarrow is missing."""
    if importlib.util.find_spec("pyarrow") is None:
        raise NoParquet
    return _write(made, folder, period, words, "parquet", _parquet)


def _write(
    made: Mapping[str, Rows],
    folder: Path,
    period: Period,
    words: Messages,
    form: str,
    encoded: Callable[[Table, Rows], bytes],
) -> list[Path]:
    written, told = [], {}
    for table in TABLES:
        content = encoded(table, made[table.name])
        path = folder / f"{table.name}-{period}.{form}"
        files.write_whole(path, content)
        written.append(path)
        told[table.name] = {
            "path": path.name, "format": form,
            "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        }  # fmt: skip
        if form == "csv":
            told[table.name] |= {"profile": "tabular-data-resource", "encoding": "utf-8-sig"}
    title = words.sentence(N_("Figures of the units, {period}"), {"period": str(period)})
    package = package_of(f"so-chi-bo-{str(period).lower()}", told, words, title)
    path = folder / f"datapackage-{period}-{form}.json"
    files.write_whole(path, json.dumps(package, ensure_ascii=False, indent=2).encode() + b"\n")
    return [*written, path]


def _csv(table: Table, rows: Rows) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, [column.name for column in table.columns])
    writer.writeheader()
    writer.writerows({name: _harmless(value) for name, value in row.items()} for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _harmless(value: object) -> object:
    """Return a text that no spreadsheet takes for a formula: names of units come from others' files."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_SIGNS) else value


def _parquet(table: Table, rows: Rows) -> bytes:
    import pyarrow as pa  # type: ignore[import-not-found,import-untyped,unused-ignore] # an extra
    from pyarrow import parquet  # type: ignore[import-not-found,import-untyped,unused-ignore] # as above

    types = {Kind.TEXT: pa.string(), Kind.COUNT: pa.int64(), Kind.DAY: pa.date32()}
    schema = pa.schema(
        [
            pa.field(column.name, types[column.kind], nullable=column.name not in table.key)
            for column in table.columns
        ]
    )
    content = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist([dict(row) for row in rows], schema=schema), content)
    return content.getvalue()


def _place(period: Period, unit_id: str, unit: str) -> dict[str, Any]:
    return {
        "period": str(period), "period_kind": period.kind.value, "first_day": period.first,
        "last_day": period.last, "unit_id": unit_id, "unit": unicodedata.normalize("NFC", unit),
    }  # fmt: skip


def _meeting_row(period: Period, row: RollupRow) -> dict[str, Any]:
    found = _place(period, row.unit_id, row.unit) | {"source": row.source}
    found |= {name: getattr(row, name) for name in _COUNTS}
    for name in _RATIOS:
        ratio = getattr(row, name)
        found |= {name: ratio.numerator, f"{name}_of": ratio.denominator}
    for rating in ("good", "fair", "average", "poor"):
        found[f"rated_{rating}"] = getattr(row.ratings, rating)
    return found


def _indicator_rows(book: Book, period: Period, today: date) -> Iterator[dict[str, Any]]:
    for row in book.indicators.rows(period, today):
        for count in row.counts:
            place = _place(period, row.unit_id, row.unit)
            yield place | {"indicator": count.indicator, "number": count.number, "of": count.of}
