"""An `.xlsx` file as rows of cells, with the header found below whatever stands above it."""

from __future__ import annotations

import warnings
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sochibo import faults, files
from sochibo.messages import N_
from sochibo.storage.roster_words import key, roster_words

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["FileInUse", "NoNames", "NoRows", "NotExcel", "OldExcel", "Sheet", "read_sheet"]

LARGEST_FILE: Final = 20 * 2**20
LARGEST_CONTENT: Final = 200 * 2**20
MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 120
HEADER_WITHIN: Final = 40
"""Rows in which a header is looked for: titles, numbers and dates of a paper stand above it."""

OLE_MAGIC: Final = b"\xd0\xcf\x11\xe0"
"""How `.xls` begins, and an `.xlsx` with a password as well."""


class NotExcel(faults.Fault):
    """A roster that is no Excel file."""

    code = "I01"
    sentence = N_("“{name}” is not an Excel file that can be read.")
    advice = N_("Open it in Excel, save it as “Excel Workbook (.xlsx)”, and choose that file.")


class NoNames(faults.Fault):
    """A roster without a column of names."""

    code = "I02"
    sentence = N_("“{name}” has no column with names.")
    advice = N_("One column must be headed “Họ và tên”, “Họ tên” or “Tên đảng viên”. Nothing was changed.")


class NoRows(faults.Fault):
    """A roster with a header and nobody below it."""

    code = "I03"
    sentence = N_("“{name}” has a header but nobody below it.")
    advice = N_("See whether it is the right file and sheet. Nothing was changed.")


class OldExcel(faults.Fault):
    """A workbook in the format before 2007, or one with a password."""

    code = "I04"
    sentence = N_("“{name}” is in the old Excel format or has a password.")
    advice = N_(
        "Open it in Excel, save it as “Excel Workbook (.xlsx)” without a password, and choose that file."
    )


class FileInUse(faults.Fault):
    """A workbook that Excel keeps for itself."""

    code = "I05"
    sentence = N_("“{name}” cannot be read now.")
    advice = N_("If it is open in Excel, close it there and try again.")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet below its header: what each column is, and the rows by their number in Excel.

    `headings` are rows that one merged cell fills from side to side: titles of groups, no people.
    """

    name: str
    columns: tuple[tuple[int, str, str], ...]
    unknown: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Any, ...]], ...]
    headings: frozenset[int]


def read_sheet(path: Path) -> Sheet:
    """Read the sheet with the best header; raises the faults of this module."""
    book = _opened(path)
    try:
        found = [sheet for sheet in map(_read, book.worksheets) if sheet is not None]
    finally:
        book.close()
    if not found:
        raise NoNames(name=path.name)
    best = max(found, key=lambda sheet: (bool(sheet.rows), len(sheet.columns)))
    if not best.rows:
        raise NoRows(name=path.name)
    if best.rows[-1][0] >= MOST_ROWS:
        raise files.TooLarge(name=path.name)
    return best


def _opened(path: Path) -> Any:  # noqa: ANN401 - openpyxl has no types
    import openpyxl

    try:
        with path.open("rb") as file:
            _check_kind_and_size(path, file.read(len(OLE_MAGIC)))
            file.seek(0)
            with warnings.catch_warnings():
                # It warns of decoration that it does not keep: pictures, validation, styles.
                warnings.simplefilter("ignore")
                # Not read-only: that mode knows no merged cells, and the header may have them.
                return openpyxl.load_workbook(file, data_only=True)
    except PermissionError as error:
        raise FileInUse(name=path.name) from error
    except OSError as error:
        raise faults.NotReadable(name=path.name) from error
    except faults.Fault:
        raise
    except Exception as error:
        # openpyxl lets out whatever the XML below it raises: KeyError, ValueError, ParseError, BadZipFile.
        raise NotExcel(name=path.name) from error


def _check_kind_and_size(path: Path, start: bytes) -> None:
    """Keep out old files, and what a few bytes would blow up to gigabytes.

    zipfile reads no more of an entry than is declared, so the declared sizes can be believed.
    """
    if start == OLE_MAGIC:
        raise OldExcel(name=path.name)
    if path.stat().st_size > LARGEST_FILE:
        raise files.TooLarge(name=path.name)
    with zipfile.ZipFile(path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > LARGEST_CONTENT:
            raise files.TooLarge(name=path.name)


def _read(sheet: Worksheet) -> Sheet | None:
    """Read one sheet; None where it has no header with a column of names."""
    if sheet.sheet_state != "visible":
        return None
    merged = _merged(sheet)
    last_row, last_column = min(sheet.max_row, MOST_ROWS), min(sheet.max_column, MOST_COLUMNS)
    grid = [list(row) for row in sheet.iter_rows(max_row=last_row, max_col=last_column, values_only=True)]
    top = _header_row(grid)
    if top is None:
        return None
    headers, below = _headers(grid, top, merged)
    words = roster_words()
    columns, unknown, taken = [], [], set()
    for number, parts in enumerate(headers):
        shown = " – ".join(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))
        field = words.field_of(parts)
        if field is not None and field not in taken:
            taken.add(field)
            columns.append((number, field, shown))
        elif shown:
            unknown.append(shown)
    names = next((number for number, field, _ in columns if field == "name"), None)
    if names is None:
        return None
    wide = {
        row
        for (row, column), (first, last, _) in merged.items()
        if column == names and last - first >= 2  # noqa: PLR2004
    }
    rows = tuple(
        (number, tuple(row)) for number, row in enumerate(grid[below:], below + 1) if any(map(_filled, row))
    )
    return Sheet(str(sheet.title), tuple(columns), tuple(unknown), rows, frozenset(wide))


def _filled(value: object) -> bool:
    return value is not None and str(value).strip() != ""


def _merged(sheet: Worksheet) -> dict[tuple[int, int], tuple[int, int, Any]]:
    """Return, for each merged cell (row from 1, column from 0), its columns from and to and its value."""
    found = {}
    for area in sheet.merged_cells.ranges:
        value = sheet.cell(area.min_row, area.min_col).value
        for row in range(area.min_row, min(area.max_row, MOST_ROWS) + 1):
            for column in range(area.min_col, min(area.max_col, MOST_COLUMNS) + 1):
                found[row, column - 1] = (area.min_col, area.max_col, value)
    return found


def _header_row(grid: list[list[Any]]) -> int | None:
    """Return the row with the most known headers, one for names among them."""
    words = roster_words()
    best, most = None, 0
    for number, row in enumerate(grid[:HEADER_WITHIN]):
        fields = [words.field_of((value,)) for value in row if isinstance(value, str)]
        if "name" in fields and len(set(fields)) > most:
            best, most = number, len(set(fields))
    return best


def _headers(
    grid: list[list[Any]], top: int, merged: dict[tuple[int, int], tuple[int, int, Any]]
) -> tuple[list[tuple[str, ...]], int]:
    """Return the parts of each column's header from top to bottom, and the index of the first row below."""
    words = roster_words()
    fields = [words.field_of((value,)) if isinstance(value, str) else None for value in grid[top]]
    names = fields.index("name")
    upper = _spread(grid, top, merged)
    below = top + 1
    if below >= len(grid) or _filled(grid[below][names]):
        return [(text,) for text in upper], below
    lower = _spread(grid, below, merged)
    texts = [value for value in grid[below] if isinstance(value, str)]
    same_cell = (top + 1, names) in merged and (below + 1, names) in merged
    if not same_cell and not any(words.field_of((text,)) for text in texts):
        return [(text,) for text in upper], below
    filled, last = [], ""
    for text, under in zip(upper, lower, strict=True):
        # Unmerged: what is written over the first of several sub-headers counts for its neighbours too.
        last = text or (last if under else "")
        filled.append(last)
    return list(zip(filled, lower, strict=True)), below + 1


def _spread(
    grid: list[list[Any]], row: int, merged: dict[tuple[int, int], tuple[int, int, Any]]
) -> list[str]:
    """Return a row's texts with merged cells filled from their first."""
    found = []
    for column, value in enumerate(grid[row]):
        shown = merged[row + 1, column][2] if (row + 1, column) in merged else value
        found.append(shown if isinstance(shown, str) and key(shown) else "")
    return found
