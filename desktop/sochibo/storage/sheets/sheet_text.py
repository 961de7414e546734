"""A `.csv` as rows of cells, whatever program wrote it: its encoding and its separator are found out.

The standard library's Sniffer guesses a separator from the first characters and is misled by names with
commas; here every separator is tried on whole rows. Text in an 8-bit encoding is read byte for byte and
left to legacy_text, which knows the letters of old Vietnamese fonts.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from typing import Final

from sochibo.storage.sheets.legacy_text import as_windows_1258

__all__ = ["NoText", "read_rows"]

SEPARATORS: Final = (";", "\t", ",", "|")
"""Excel in Vietnamese writes semicolons, since the comma stands in numbers."""

EXCEL_TEXT: Final = re.compile(r'="(.*)"')
"""How a number is kept as text in CSV: `="001061000123"`."""

LONGEST_CELL: Final = 32_767
"""What a cell of Excel can hold."""


class NoText(Exception):
    """Bytes that are no text with separators."""


def read_rows(data: bytes, most: int) -> list[list[str]]:
    """Read at most so many rows; raises NoText."""
    text = _decoded(data)
    first, _, rest = text.partition("\n")
    told = re.fullmatch(r"\ufeff?sep=(.)\r?", first, re.IGNORECASE)
    if told:
        rows = _split(rest, told[1], most)
    else:
        tried = [_split(text, separator, most) for separator in SEPARATORS]
        rows = max(tried, key=_evenness)
    if not any(len(row) > 1 or row[:1] != [""] for row in rows):
        raise NoText
    return [[_plain(cell) for cell in row] for row in rows]


def _decoded(data: bytes) -> str:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _strict(data, encoding)
    zeros = data[:2000].count(0)
    if zeros:
        if zeros < len(data[:2000]) // 4:
            raise NoText
        return _strict(data, "utf-16-le" if data[1:2] == b"\0" else "utf-16-be")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        # One character a byte: which letters they are is seen from the words.
        text = data.decode("latin-1")
        return as_windows_1258(text) or text


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NoText from error


def _split(text: str, separator: str, most: int) -> list[list[str]]:
    rows = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if any(len(cell) > LONGEST_CELL for cell in row):
                raise NoText
            rows.append(row)
            if len(rows) >= most:
                break
    except csv.Error as error:
        raise NoText from error
    return rows


def _evenness(rows: list[list[str]]) -> tuple[int, int]:
    """Return how many rows share the commonest number of cells, and that number; one cell is none."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return (0, 0)
    width, count = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
    return count, width


def _plain(cell: str) -> str:
    kept = EXCEL_TEXT.fullmatch(cell)
    return kept[1] if kept else cell
