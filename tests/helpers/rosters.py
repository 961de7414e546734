"""Excel rosters for tests, written as offices write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

__all__ = ["write_roster"]


def write_roster(path: Path, rows: Iterable[Sequence[Any]], merged: Iterable[str] = ()) -> Path:
    """Write rows as they are into the first sheet, then merge the ranges (`F1:G1`)."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Danh sách"
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    book.save(path)
    return path
