"""A sheet of people, with the header found below whatever stands above it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from sochibo import faults, files
from sochibo.messages import N_
from sochibo.storage.sheets.legacy_text import Font, Rewritten, rewrite
from sochibo.storage.sheets.roster_values import is_filled
from sochibo.storage.sheets.roster_words import key, roster_words
from sochibo.storage.sheets.sheets import MOST_ROWS, Grid, read_grids

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.storage.sheets.sheets import Merged

__all__ = [
    "NoNames", "NoRows", "OldLetters", "Sheet", "UnknownField", "check_fields", "checked", "headers_of",
    "layout_of", "read_sheet", "wide_rows",
]  # fmt: skip

HEADER_WITHIN: Final = 40
"""Rows in which a header is looked for: titles, numbers and dates of a paper stand above it."""

_LEAST_HEADERS: Final = 2
_EXAMPLES: Final = 3

Row = tuple[Any, ...]
Mappings = Mapping[str, str]


class NoNames(faults.Fault):
    """A roster without a column of names."""

    code = "I02"
    sentence = N_("“{name}” has no column with names.")
    advice = N_(
        "One column must be headed “Họ và tên”, “Họ tên” or “Tên đảng viên”, or somebody says which one "
        "holds the names. Nothing was changed."
    )


class NoRows(faults.Fault):
    """A roster with a header and nobody below it."""

    code = "I03"
    sentence = N_("“{name}” has a header but nobody below it.")
    advice = N_("See whether it is the right file and sheet. Nothing was changed.")


class OldLetters(faults.Fault):
    """A roster in the letters of an old font that is neither TCVN3 nor VNI."""

    code = "I06"
    sentence = N_("The names in “{name}” are in the letters of an old font that is not known.")
    advice = N_("Change the list to Unicode letters in Excel and choose it again. Nothing was changed.")


class UnknownField(faults.Fault):
    """A person's choice of columns names a field that no member has."""

    code = "I07"
    sentence = N_("There is no field “{field}” for a column of a list.")
    advice = N_("Nothing was changed.")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet below its header: what each column is, and the rows by their number in Excel.

    `headings` are rows that one merged cell fills from side to side: titles of groups, no people.
    `layout` names the header row, `remembered` tells that the columns are those somebody chose for it before.
    `fonts` and `unclear` are cells (row number, column) that were rewritten, or that cannot be.
    """

    name: str
    columns: tuple[tuple[int, str, str], ...]
    unknown: tuple[str, ...]
    rows: tuple[tuple[int, Row], ...]
    headings: frozenset[int]
    layout: str = ""
    remembered: bool = False
    fonts: Mapping[tuple[int, int], Font] = field(default_factory=dict)
    unclear: frozenset[tuple[int, int]] = frozenset()


def read_sheet(
    path: Path, *, mapping: Mappings | None = None, layouts: Mapping[str, Mappings] | None = None
) -> Sheet:
    """Read the sheet with the best header; raises the faults of this module and of sheets.

    `mapping` is a person's own choice: a header and its field, an empty one for a column to be left out.
    Without one, `layouts` holds the choices made before, by the layout they were made for.
    """
    check_fields(mapping or {})
    found, unclear = [], False
    for grid in read_grids(path):
        rewritten = _headers_kept(rewrite(grid.rows), grid)
        unclear |= bool(rewritten.unclear)
        sheet = _Finder(grid, rewritten, _folded(mapping), layouts or {}).sheet()
        if sheet is not None:
            found.append(sheet)
    if not found:
        raise (OldLetters if unclear else NoNames)(name=path.name)
    return checked(max(found, key=lambda sheet: (bool(sheet.rows), len(sheet.columns))), path)


def check_fields(mapping: Mappings) -> None:
    """Raise UnknownField where a person's choice names a field that no member has."""
    fields = {*roster_words().columns.values()}
    for chosen in mapping.values():
        if chosen and chosen not in fields:
            raise UnknownField(field=chosen)


def checked(sheet: Sheet, path: Path) -> Sheet:
    """Return a sheet that can be read; raises NoRows, OldLetters or files.TooLarge."""
    if not sheet.rows:
        raise NoRows(name=path.name)
    if sheet.rows[-1][0] >= MOST_ROWS:
        raise files.TooLarge(name=path.name)
    names = next(number for number, known, _ in sheet.columns if known == "name")
    if any(column == names for _, column in sheet.unclear):
        raise OldLetters(name=path.name)
    return sheet


def wide_rows(grid: Grid, names: int) -> frozenset[int]:
    """Return the rows, as Excel counts them, that one merged cell over the names fills: titles of groups."""
    return frozenset(
        row + 1
        for (row, column), whole in grid.merged.items()
        if column == names and whole.last_column - whole.column >= 2  # noqa: PLR2004 - three columns
    )


def headers_of(path: Path) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return what may be the headers of a list that has none for names, each with examples from below it.

    A header row says something over most columns: it is the first with as many texts as any row has.
    """
    found: list[tuple[tuple[str, tuple[str, ...]], ...]] = []
    for grid in read_grids(path):
        finder = _Finder(grid, rewrite(grid.rows), None, {})
        texts = [_texts(row) for row in finder.rows[:HEADER_WITHIN]]
        most = max(map(len, texts), default=0)
        top = next((number for number, row in enumerate(texts) if len(row) == most), 0)
        if most < _LEAST_HEADERS or top + 1 >= len(finder.rows):
            continue
        below = finder.rows[top + 1 :]
        headers = {
            _shown((text,)): tuple(
                _example(row[at]) for row in below if at < len(row) and is_filled(row[at])
            )[:_EXAMPLES]
            for at, text in enumerate(finder.spread(top))
            if text
        }
        found.append(tuple(headers.items()))
    return max(found, key=len, default=())


def layout_of(header: Row) -> str:
    """Return a name for a header row that stays the same whatever its capitals, accents and spaces."""
    texts = [key(value) if isinstance(value, str) else "" for value in header]
    while texts and not texts[-1]:
        texts.pop()
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:32]


def _headers_kept(rewritten: Rewritten, grid: Grid) -> Rewritten:
    """Take back what was done to headers that were Unicode above a column in the letters of an old font."""
    words = roster_words()
    kept = {
        (row, column)
        for row, column in rewritten.fonts
        if row < HEADER_WITHIN
        and words.field_of((grid.rows[row][column],))
        and not words.field_of((rewritten.rows[row][column],))
    }
    if not kept:
        return rewritten
    rows = tuple(
        tuple(grid.rows[at][column] if (at, column) in kept else value for column, value in enumerate(row))
        for at, row in enumerate(rewritten.rows)
    )
    fonts = {cell: font for cell, font in rewritten.fonts.items() if cell not in kept}
    return Rewritten(rows, fonts, rewritten.unclear)


def _folded(mapping: Mappings | None) -> Mappings | None:
    return None if mapping is None else {key(header): known for header, known in mapping.items()}


@dataclass(slots=True)
class _Finder:
    """Finds header and people in one grid."""

    grid: Grid
    rewritten: Rewritten
    chosen: Mappings | None
    layouts: Mapping[str, Mappings]
    remembered: bool = False

    @property
    def rows(self) -> tuple[Row, ...]:
        return self.rewritten.rows

    def sheet(self) -> Sheet | None:
        """Return the sheet; None where it has no header with a column of names."""
        top = self._header_row()
        if top is None:
            return None
        headers, below = self._headers(top)
        columns, unknown = self._columns(headers)
        names = next((number for number, known, _ in columns if known == "name"), None)
        if names is None:
            return None
        lines = enumerate(self.rows[below:], below + 1)
        told = {number for number, _, _ in columns}
        return Sheet(
            name=self.grid.name,
            columns=columns,
            unknown=unknown,
            rows=tuple((number, row) for number, row in lines if any(map(is_filled, row))),
            headings=wide_rows(self.grid, names),
            layout=layout_of(self.rows[top]),
            remembered=self.remembered,
            fonts={(row + 1, column): font for (row, column), font in self.rewritten.fonts.items()},
            unclear=frozenset(
                (row + 1, column) for row, column in self.rewritten.unclear if row >= below and column in told
            ),
        )

    def _header_row(self) -> int | None:
        """Return the row whose layout is known, else that with the most known headers, names among them."""
        if self.chosen is None:
            for number, row in enumerate(self.rows[:HEADER_WITHIN]):
                if any(map(is_filled, row)) and (known := self.layouts.get(layout_of(row))):
                    self.chosen, self.remembered = _folded(known), True
                    return number
        best, most = None, 0
        for number, row in enumerate(self.rows[:HEADER_WITHIN]):
            fields = {self._field_of((value,)) for value in row if isinstance(value, str)}
            if "name" in fields and len(fields) > most:
                best, most = number, len(fields)
        return best

    def _field_of(self, parts: tuple[str, ...]) -> str | None:
        chosen = self._choice(parts)
        return roster_words().field_of(parts) if chosen is None else chosen or None

    def _choice(self, parts: tuple[str, ...]) -> str | None:
        """Return what a person chose for a column: its field, empty to leave it out, None if nothing."""
        return self.chosen.get(key(_shown(parts))) if self.chosen else None

    def _columns(
        self, headers: list[tuple[str, ...]]
    ) -> tuple[tuple[tuple[int, str, str], ...], tuple[str, ...]]:
        """Give every field one column: the one that somebody chose, else the first."""
        fields = [self._field_of(parts) for parts in headers]
        order = sorted(range(len(headers)), key=lambda number: self._choice(headers[number]) is None)
        owner: dict[str, int] = {}
        for number in order:
            if (known := fields[number]) is not None:
                owner.setdefault(known, number)
        columns, unknown = [], []
        for number, parts in enumerate(headers):
            known, shown = fields[number], _shown(parts)
            if known is not None and owner[known] == number:
                columns.append((number, known, shown))
            elif shown:
                unknown.append(shown)
        return tuple(columns), tuple(unknown)

    def _headers(self, top: int) -> tuple[list[tuple[str, ...]], int]:
        """Return each column's header from top to bottom in parts, and the index of the first row below."""
        words, row = roster_words(), self.rows[top]
        fields = [self._field_of((value,)) if isinstance(value, str) else None for value in row]
        upper = self.spread(top)
        below = top + 1
        names = fields.index("name") if "name" in fields else None
        if below >= len(self.rows) or names is None or is_filled(self.rows[below][names]):
            return [(text,) for text in upper], below
        lower = self.spread(below)
        texts = [value for value in self.rows[below] if isinstance(value, str)]
        over: Merged | None = self.grid.merged.get((top, names))
        same_cell = over is not None and self.grid.merged.get((below, names)) == over
        if not same_cell and not any(words.field_of((text,)) for text in texts):
            return [(text,) for text in upper], below
        filled, last = [], ""
        for text, under in zip(upper, lower, strict=True):
            # Unmerged: what is written over the first of several sub-headers counts for its neighbours too.
            last = text or (last if under else "")
            filled.append(last)
        return list(zip(filled, lower, strict=True)), below + 1

    def spread(self, row: int) -> list[str]:
        """Return a row's texts with merged cells filled from their first."""
        found = []
        for column, value in enumerate(self.rows[row]):
            whole = self.grid.merged.get((row, column))
            shown = self.rows[whole.row][whole.column] if whole else value
            found.append(shown if isinstance(shown, str) and key(shown) else "")
        return found


def _shown(parts: tuple[str, ...]) -> str:
    return " – ".join(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))


def _texts(row: Row) -> set[str]:
    return {key(value) for value in row if isinstance(value, str) and key(value)}


def _example(value: object) -> str:
    """Return a cell as Excel shows it: whole numbers without a point, days as people write them."""
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
