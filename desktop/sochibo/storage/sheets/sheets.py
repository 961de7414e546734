"""Every kind of sheet as one grid of cells: `.xlsx`, `.xlsm`, `.xls`, `.ods` and `.csv`.

What is inside decides, not what the file is called. A file is measured before anything parses it whole:
see sheet_bounds.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sochibo import faults, files
from sochibo.messages import N_
from sochibo.storage.sheets import sheet_bounds, sheet_text
from sochibo.storage.sheets.sheet_bounds import MOST_CELLS, Encrypted, OutOfBounds, Unreadable

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "LARGEST_FILE", "MOST_COLUMNS", "MOST_ROWS", "FileInUse", "Grid", "Locked", "Merged", "NotExcel",
    "read_grids",
]  # fmt: skip

LARGEST_FILE: Final = 20 * 2**20
LARGEST_TEXT: Final = 8 * 2**20
MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 120

ZIP_MAGIC: Final = b"PK\x03\x04"
OLE_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How `.xls` begins, and an `.xlsx` with a password as well."""

TEXT_SUFFIXES: Final = frozenset({".csv", ".tsv", ".txt"})


class NotExcel(faults.Fault):
    """A roster that is no sheet of any kind."""

    code = "I01"
    sentence = N_("“{name}” is not a list that can be read.")
    advice = N_(
        "Open it in Excel, save it as “Excel Workbook (.xlsx)”, and choose that file. Nothing was changed."
    )


class Locked(faults.Fault):
    """A workbook with a password."""

    code = "I04"
    sentence = N_("“{name}” is protected by a password.")
    advice = N_("Open it in Excel, save it without a password, and choose that file. Nothing was changed.")


class FileInUse(faults.Fault):
    """A workbook that Excel keeps for itself."""

    code = "I05"
    sentence = N_("“{name}” cannot be read now.")
    advice = N_("If it is open in Excel, close it there and try again.")


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged cell: where it begins and its last column, counted from 0."""

    row: int
    column: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Grid:
    """One visible sheet, every row as long as the others; an empty cell is None.

    `merged` leads from row and column, both counted from 0, to the merged cell they belong to.
    """

    name: str
    rows: tuple[tuple[Any, ...], ...]
    merged: Mapping[tuple[int, int], Merged] = field(default_factory=dict)


def read_grids(path: Path) -> tuple[Grid, ...]:
    """Read the visible sheets of a file, cut at the largest row and column that a roster can have.

    Raises NotExcel, Locked, FileInUse, files.TooLarge, faults.NotReadable.
    """
    data = _bytes_of(path)
    try:
        if data.startswith(ZIP_MAGIC):
            measured = sheet_bounds.measure_zip(data)
            return _read_workbook(measured.data, measured.merges)
        if data.startswith(OLE_MAGIC):
            sheet_bounds.measure_ole(data)
            return _read_workbook(data, {})
        if path.suffix.casefold() in TEXT_SUFFIXES:
            return (Grid(path.stem, _squared(sheet_text.read_rows(data, MOST_ROWS + 1))),)
    except OutOfBounds as error:
        raise files.TooLarge(name=path.name) from error
    except Encrypted as error:
        raise Locked(name=path.name) from error
    except (Unreadable, sheet_text.NoText) as error:
        raise NotExcel(name=path.name) from error
    raise NotExcel(name=path.name)


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except PermissionError as error:
        raise FileInUse(name=path.name) from error
    except OSError as error:
        raise faults.NotReadable(name=path.name) from error
    text = path.suffix.casefold() in TEXT_SUFFIXES
    if len(data) > (LARGEST_TEXT if text else LARGEST_FILE):
        raise files.TooLarge(name=path.name)
    return data


def _read_workbook(
    data: bytes, merges: Mapping[str, tuple[tuple[int, int, int, int], ...]]
) -> tuple[Grid, ...]:
    """Read sheets that were measured; `merges` are those of ODS, which calamine does not tell."""
    import python_calamine

    try:
        with python_calamine.load_workbook(io.BytesIO(data)) as book:
            grids = []
            for about in book.sheets_metadata:
                if (
                    about.visible != python_calamine.SheetVisibleEnum.Visible
                    or about.typ != python_calamine.SheetTypeEnum.WorkSheet
                ):
                    continue
                sheet = book.get_sheet_by_name(about.name)
                # Without `skip_empty_area=False` a sheet that begins at C4 would begin at A1.
                cells = sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS + 1)
                rows = _squared(cells)
                areas = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
                grids.append(Grid(about.name, rows, _merged(rows, [*areas, *merges.get(about.name, ())])))
            return tuple(grids)
    except python_calamine.PasswordError as error:
        raise Encrypted from error
    except OutOfBounds:
        raise
    except BaseException as error:
        # It lets out what Rust below it meets: CalamineError, XmlError, ValueError, and on some damaged
        # files a panic, which is no Exception, lest anybody catch it by accident.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise Unreadable from error
        raise


def _squared(rows: Any) -> tuple[tuple[Any, ...], ...]:  # noqa: ANN401 - cells of any type
    """Return rows of one length, empty texts as None."""
    wide = min(max(map(len, rows), default=0), MOST_COLUMNS)
    return tuple(
        tuple(None if value == "" else value for value in row[:wide]) + (None,) * (wide - len(row))
        for row in rows
    )


def _merged(
    rows: tuple[tuple[Any, ...], ...], areas: list[tuple[int, int, int, int]]
) -> dict[tuple[int, int], Merged]:
    """Spread merged areas over their cells, no further than the grid reaches."""
    found: dict[tuple[int, int], Merged] = {}
    wide, visited = len(rows[0]) if rows else 0, 0
    for top, left, bottom, right in areas:
        if top >= len(rows) or left >= wide:
            continue
        whole = Merged(top, left, right)
        for row in range(top, min(bottom, len(rows) - 1) + 1):
            for column in range(left, min(right, wide - 1) + 1):
                visited += 1
                if visited > MOST_CELLS:
                    raise OutOfBounds
                found[row, column] = whole
    return found
