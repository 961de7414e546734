"""How far a sheet reaches, measured before it is parsed, so that no file can eat the memory.

Two things make this necessary. A zip directory may lie about sizes: here every part is unpacked within
a limit, and what is handed on is packed anew from what was unpacked. And calamine lays a sheet out as one
dense rectangle: two cells in opposite corners of an `.xlsx` of 5 KB ask for 500 GB, and where Rust gets no
memory it ends the whole program. So rows and columns are counted first, by the parsers of the standard
library, which stop where they are told to.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MOST_CELLS", "Encrypted", "Measured", "OutOfBounds", "Unreadable", "measure_ole", "measure_zip"]

LARGEST_CONTENT: Final = 96 * 2**20
MOST_PARTS: Final = 2_000
MOST_CELLS: Final = 1_000_000
"""Cells of the dense rectangle; each takes 32 bytes while calamine has it."""

MOST_ELEMENTS: Final = 1_500_000
CHUNK: Final = 2**16
NEEDED: Final = (".xml", ".rels", "mimetype")
"""Parts in which cells can stand; pictures and macros are left behind."""

Area = tuple[int, int, int, int]


class OutOfBounds(Exception):
    """More than a sheet of people can be."""


class Unreadable(Exception):
    """No workbook, or a broken one."""


class Encrypted(Exception):
    """A workbook with a password."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A workbook packed anew from its measured parts, and merged areas by sheet where they had to be read."""

    data: bytes
    merges: Mapping[str, tuple[Area, ...]] = field(default_factory=dict)


def measure_zip(data: bytes) -> Measured:
    """Unpack, count and pack an `.xlsx` or `.ods` anew; raises OutOfBounds, Encrypted, Unreadable."""
    try:
        parts = _unpacked(data)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise Unreadable from error
    merges: Mapping[str, tuple[Area, ...]] = {}
    if "content.xml" in parts:
        if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
            raise Encrypted
        merges = _count_content(parts["content.xml"])
    elif "xl/workbook.xml" in parts:
        for name, part in parts.items():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                _count_worksheet(part)
    else:
        raise Unreadable
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return Measured(packed.getvalue(), merges)


def _unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        if len(entries) > MOST_PARTS:
            raise OutOfBounds
        wanted = {entry.filename: entry for entry in entries if entry.filename.endswith(NEEDED)}
        # zipfile reads no more of an entry than is declared, so a bomb is known before it goes off.
        if sum(entry.file_size for entry in wanted.values()) > LARGEST_CONTENT:
            raise OutOfBounds
        if any(entry.flag_bits & 0x1 for entry in wanted.values()):
            raise Encrypted
        return {name: archive.read(entry) for name, entry in wanted.items()}


@dataclass(slots=True)
class _Counter:
    """Counts elements and the rectangle of filled cells while expat goes through one part."""

    rows: int = 0
    columns: int = 0
    elements: int = 0

    def parse(self, part: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        # No workbook has a document type; one that has it wants to make entities.
        parser.StartDoctypeDeclHandler = _refuse
        parser.buffer_text = True
        try:
            for at in range(0, len(part), CHUNK):
                parser.Parse(part[at : at + CHUNK], False)
            parser.Parse(b"", True)
        except (expat.ExpatError, ValueError, OverflowError, LookupError) as error:
            raise Unreadable from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            raise OutOfBounds
        self.start(name.rpartition(":")[2], attributes)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError

    def reach(self, row: int, column: int) -> None:
        """Let the rectangle hold a cell, counted from 1."""
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)
        if self.rows * self.columns > MOST_CELLS:
            raise OutOfBounds


def _refuse(*_: Any) -> None:  # noqa: ANN401 - what expat tells of a document type
    raise Unreadable


@dataclass(slots=True)
class _Worksheet(_Counter):
    """A worksheet of `.xlsx`; formats alone, which often reach down to the last row, count for nothing."""

    row: int = 0
    column: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
        elif name == "c":
            at = attributes.get("r", "")
            letters = at.rstrip("0123456789")
            if letters:
                self.column = _column_number(letters)
                self.row = int(at[len(letters) :] or self.row)
            else:
                self.column += 1
        elif name in {"v", "is", "f"}:
            self.reach(self.row, self.column)


@lru_cache(maxsize=1_000)
def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _count_worksheet(part: bytes) -> None:
    # Whoever writes the same words in UTF-16 means to be read by one parser and not by the other.
    if part[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in part[:64]:
        raise Unreadable
    _Worksheet().parse(part)


@dataclass(slots=True)
class _Content(_Counter):
    """The content of `.ods`: cells and rows come with how often they are repeated."""

    row: int = 0
    column: int = 0
    repeated_rows: int = 0
    sheet: str = ""
    merges: dict[str, list[Area]] = field(default_factory=dict)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in {"table-cell", "covered-table-cell"}:
            self._cell(_local(attributes))
        elif name == "p":
            if self.column:
                self._fill()
        elif name == "table-row":
            self.row += self.repeated_rows
            self.column, self.repeated_rows = 0, _times(_local(attributes), "number-rows-repeated")
        elif name == "table":
            self.sheet = _local(attributes).get("name", "")
            self.row = self.rows = self.columns = self.repeated_rows = self.column = 0

    def _cell(self, attributes: dict[str, str]) -> None:
        wide = _times(attributes, "number-columns-spanned")
        high = _times(attributes, "number-rows-spanned")
        if wide * high > 1:
            areas = self.merges.setdefault(self.sheet, [])
            areas.append((self.row, self.column, self.row + high - 1, self.column + wide - 1))
        self.column += _times(attributes, "number-columns-repeated")
        if "value-type" in attributes:
            self._fill()

    def _fill(self) -> None:
        self.reach(self.row + self.repeated_rows, self.column)


def _local(attributes: dict[str, str]) -> dict[str, str]:
    return {name.rpartition(":")[2]: value for name, value in attributes.items()}


def _times(attributes: dict[str, str], name: str) -> int:
    return max(int(attributes.get(name, "1")), 1)


def _count_content(part: bytes) -> dict[str, tuple[Area, ...]]:
    if part[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in part[:64]:
        raise Unreadable
    counter = _Content()
    counter.parse(part)
    return {sheet: tuple(areas) for sheet, areas in counter.merges.items()}


END, FILEPASS, BOUNDSHEET, DIMENSIONS, MULRK = 0x0A, 0x2F, 0x85, 0x200, 0xBD
CELLS: Final = frozenset({0x06, MULRK, 0xD6, 0xFD, 0x203, 0x204, 0x205, 0x27E})
"""Records of `.xls` that begin with a row and a column; those of formats alone do not count."""

LAST_ROW, LAST_COLUMN = 65_536, 256
"""What `.xls` can hold at all."""


def measure_ole(data: bytes) -> None:
    """Count rows and columns of an `.xls`; raises OutOfBounds, Encrypted, Unreadable."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as whole:
            if whole.exists("EncryptedPackage"):
                raise Encrypted
            name = next((name for name in ("Workbook", "Book") if whole.exists(name)), None)
            stream = whole.openstream(name).read() if name else b""
    except OSError as error:
        raise Unreadable from error
    except (ValueError, IndexError, struct.error, RecursionError, TypeError, AttributeError) as error:
        # What olefile lets out on damaged chains of sectors is not one kind.
        raise Unreadable from error
    if not stream:
        raise Unreadable
    _count_records(stream)


def _count_records(stream: bytes) -> None:
    """Follow the records as calamine does: from the beginning, and from where each sheet is said to begin."""
    starts, most = [0], [MOST_ELEMENTS]
    for kind, record in _records(stream, 0, most):
        if kind == FILEPASS:
            raise Encrypted
        if kind == BOUNDSHEET and len(record) >= struct.calcsize("<I"):
            starts.append(struct.unpack_from("<I", record)[0])
    for start in dict.fromkeys(starts):
        rows = columns = 0
        for kind, record in _records(stream, start, most):
            if kind == DIMENSIONS:
                _check_dimensions(record)
            elif kind in CELLS and len(record) >= struct.calcsize("<HHH"):
                row, column = struct.unpack_from("<HH", record)
                # One record of several cells: the last column stands at its end.
                last = struct.unpack_from("<H", record, len(record) - 2)[0] if kind == MULRK else column
                rows, columns = max(rows, row + 1), max(columns, last + 1)
                if rows * columns > MOST_CELLS:
                    raise OutOfBounds


def _records(stream: bytes, at: int, most: list[int]) -> Iterator[tuple[int, bytes]]:
    """Yield records up to the end of a sheet; all sheets together may have so many that `most` holds."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        if kind == END:
            return
        at += 4 + length
        most[0] -= 1
        if most[0] < 0:
            raise OutOfBounds


def _check_dimensions(record: bytes) -> None:
    """Keep out a range that cannot be: calamine asks for its memory before it has seen a cell."""
    shape = {10: "<HHHH", 14: "<IIHH"}.get(len(record))
    if shape is None:
        raise Unreadable
    first_row, row, first_column, column = struct.unpack_from(shape, record)
    if not (first_row <= row <= LAST_ROW and first_column <= column <= LAST_COLUMN):
        raise OutOfBounds
