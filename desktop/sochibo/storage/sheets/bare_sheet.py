"""A sheet of people without a header: its first row is a person, its columns go by their letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sochibo.storage.sheets.legacy_text import rewrite
from sochibo.storage.sheets.roster_sheet import NoNames, Sheet, check_fields, checked, wide_rows
from sochibo.storage.sheets.roster_values import is_filled, number_text, read_date, read_sex, text_of
from sochibo.storage.sheets.sheets import Grid, read_grids

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sochibo.storage.sheets.legacy_text import Rewritten

__all__ = ["BareSheet", "look_at", "read_bare"]

_LEAST_CELLS: Final = 2
"""Cells of a row that is somebody: a title above the list has one."""

_LOOKED_AT: Final = 200
_LEAST_WORDS: Final = 2
_IDENTITY_DIGITS: Final = 12
_DATES: Final = ("birth", "ceremony", "official")
"""What days mean in the order in which lists tell them."""

_ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class BareSheet:
    """A list by its columns as Excel letters them: the field that each seems to hold, and its first rows.

    `has_header` tells that the first row says what stands below it, whatever its words.
    """

    letters: tuple[str, ...]
    fields: Mapping[str, str]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    has_header: bool


def look_at(path: Path, most: int) -> BareSheet:
    """Return the columns of a list with its first rows, `most` of them; raises faults of files."""
    rewritten = rewrite(_grid_of(path).rows)
    rows = rewritten.rows
    top = _first_row(rows)
    letters = tuple(map(_letter, range(len(rows[top]) if top < len(rows) else 0)))
    columns = [[row[at] for row in rows[top : top + _LOOKED_AT]] for at in range(len(letters))]
    used = [any(map(is_filled, column)) for column in columns]
    return BareSheet(
        letters=tuple(letter for letter, filled in zip(letters, used, strict=True) if filled),
        fields=_guessed(letters, columns),
        rows=tuple(
            (number, tuple(text_of(value) for value, filled in zip(row, used, strict=True) if filled))
            for number, row in enumerate(rows[top : top + most], top + 1)
            if any(map(is_filled, row))
        ),
        has_header=not _is_somebody(rows[top]) if top < len(rows) else False,
    )


def read_bare(path: Path, mapping: Mapping[str, str]) -> Sheet:
    """Read a list from its first row on; `mapping` gives letters their fields, one of them the names.

    Raises NoNames, NoRows, OldLetters, UnknownField and the faults of files.
    """
    check_fields(mapping)
    grid = _grid_of(path)
    rewritten: Rewritten = rewrite(grid.rows)
    top = _first_row(rewritten.rows)
    columns, unknown, taken = [], [], set()
    for at in range(len(grid.rows[0]) if grid.rows else 0):
        letter, known = _letter(at), mapping.get(_letter(at), "")
        if known and known not in taken:
            taken.add(known)
            columns.append((at, known, letter))
        elif any(is_filled(row[at]) for row in rewritten.rows[top:]):
            unknown.append(letter)
    names = next((at for at, known, _ in columns if known == "name"), None)
    if names is None:
        raise NoNames(name=path.name)
    told = {at for at, _, _ in columns}
    sheet = Sheet(
        name=grid.name,
        columns=tuple(columns),
        unknown=tuple(unknown),
        rows=tuple(
            (number, row)
            for number, row in enumerate(rewritten.rows[top:], top + 1)
            if any(map(is_filled, row))
        ),
        headings=wide_rows(grid, names),
        fonts={(row + 1, column): font for (row, column), font in rewritten.fonts.items()},
        unclear=frozenset((row + 1, column) for row, column in rewritten.unclear if column in told),
    )
    return checked(sheet, path)


def _grid_of(path: Path) -> Grid:
    """Return the sheet with the most people on it."""
    grids = read_grids(path)
    return max(grids, key=lambda grid: sum(map(_cells, grid.rows)), default=Grid(path.stem, ()))


def _first_row(rows: Sequence[tuple[Any, ...]]) -> int:
    """Return the place of the first row that may be somebody: what stands alone above them is a title."""
    least = min(_LEAST_CELLS, max(map(_cells, rows), default=0))
    return next((place for place, row in enumerate(rows) if least and _cells(row) >= least), 0)


def _cells(row: tuple[Any, ...]) -> int:
    return sum(map(is_filled, row))


def _is_somebody(row: tuple[Any, ...]) -> bool:
    """Tell whether a row holds what no header does: a day, a number, or a name beside a sex."""
    kinds = {_kind(value) for value in row if is_filled(value)}
    return bool(kinds & {"date", "identity_no", "number"}) or kinds >= {"name", "sex"}


def _guessed(letters: Sequence[str], columns: Sequence[Sequence[Any]]) -> dict[str, str]:
    """Return what columns seem to hold, to begin from: the person who reads the list has the last word."""
    found: dict[str, str] = {}
    dates = iter(_DATES)
    for letter, column in zip(letters, columns, strict=True):
        cells = [value for value in column if is_filled(value)]
        kind, count = next(iter(Counter(map(_kind, cells)).most_common(1)), ("", 0))
        field = kind if 2 * count > len(cells) else ""
        if field == "date":
            field = next(dates, "")
        elif field == "number":
            field = "register_no" if letter == letters[0] else ""
        if field and field not in found.values():
            found[letter] = field
    return found


def _kind(value: object) -> str:
    """Return what one cell looks like: a field, `date` or `number`, or nothing that is known."""
    text = text_of(value)
    if read_sex(value) is not None:
        return "sex"
    digits, _ = number_text(value)
    if digits.isdecimal() and len(digits) == _IDENTITY_DIGITS:
        return "identity_no"
    if read_date(value)[0] is not None:
        return "date"
    if not isinstance(value, str) or digits.isdecimal():
        return "number"
    words = text.split()
    named = len(words) >= _LEAST_WORDS and not any(sign.isdigit() for sign in text)
    return "name" if named and all(word[:1].isupper() for word in words) else ""


def _letter(column: int) -> str:
    """Return the letters of a column counted from 0, as Excel has them: A to Z, then AA."""
    before, at = divmod(column, len(_ALPHABET))
    return (_letter(before - 1) if before else "") + _ALPHABET[at]
