"""The whole book as JSON that any program can read, one record a line, and back without a byte lost.

The lines are canonical (RFC 8785: keys in order, no blanks), the records of a table stand in the order in
which they were recorded, and the last line holds a digest over all before it. A file that is short of
anything, or was written otherwise, is therefore known before a book is made of it.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import json
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from sochibo import faults
from sochibo.messages import N_
from sochibo.storage.editions.migrations import SCHEMA_NUMBER
from sochibo.storage.engine.connection import DatabaseError, sorted_faults
from sochibo.storage.engine.database import Database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import BinaryIO

    import sqlite_utils

__all__ = [
    "FORMAT", "BrokenDump", "Dumped", "NewerDump", "NotADump", "Sink", "columns_of", "dump", "load",
    "tables_of",
]  # fmt: skip

FORMAT: Final = "sochibo-book-1"
MOST_BYTES_OF_A_LINE: Final = 128 * 1024 * 1024
_ELSEWHERE: Final = frozenset({"holder", "journal_state", "signature_picture"})
"""Tables that tell how a file is used this moment, and pictures of signatures, which go to nobody."""


class NotADump(faults.Fault):
    """A file that is something else."""

    code = "B31"
    sentence = N_("“{name}” is not a book written out by this program.")
    advice = N_("Choose a file that “sochibo dump” wrote. Nothing was changed.")


class NewerDump(faults.Fault):
    """A book written out by a newer edition."""

    code = "B32"
    sentence = N_("“{name}” was written out by a newer edition of this program.")
    advice = N_("Load it on the PC with the newer edition, or install that here. Nothing was changed.")


class BrokenDump(faults.Fault):
    """A file that is short of something, or was changed since it was written."""

    code = "B33"
    sentence = N_("“{name}” is not whole or was changed: the trouble is in line {line}.")
    advice = N_("Write the book out again, or copy the file again from where it came. Nothing was changed.")


class Sink(Protocol):
    """Whatever takes bytes."""

    def write(self, data: bytes, /) -> object:
        """Take these bytes."""
        ...


@dataclass(frozen=True, slots=True)
class Dumped:
    """How many records a file holds, and the digest of their lines."""

    records: int
    sha256: str


def tables_of(sql: sqlite_utils.Database) -> tuple[str, ...]:
    """Return the tables that hold the book, by name; not the index, which follows from them."""
    found = sql.execute("select name from sqlite_schema where type = 'table' order by name")
    hidden = ("sqlite_", "_sqlite_", "search")
    return tuple(name for (name,) in found if not name.startswith(hidden) and name not in _ELSEWHERE)


def columns_of(sql: sqlite_utils.Database, table: str) -> dict[str, str]:
    """Return the columns of a table by name, with their types."""
    return {row[1]: row[2].lower() for row in sql.execute(f'pragma table_info("{table}")')}


def dump(database: Database, out: Sink) -> Dumped:
    """Write everything the file holds at this moment; others may go on writing to it."""
    with (
        sorted_faults(database.path.name),
        contextlib.closing(database.opening(database.path, read_only=True)) as sql,
    ):
        # One transaction sees one state, however long it takes to write it out.
        sql.execute("begin")
        return _write(sql, out)


def load(source: Path, target: Path, *, by: str = "", passphrase: str = "") -> tuple[Database, Dumped]:
    """Make a new book of what was written out, and open it.

    Raises NotADump, NewerDump, BrokenDump, AlreadyThere or a fault of the operating system; then there is
    no new file.
    """
    told: list[Dumped] = []

    def fill(database: Database) -> None:
        with contextlib.closing(database.opening(database.path)) as sql, source.open("rb") as file:
            read = _Reader(file, source.name)
            try:
                told.append(_fill(sql, read))
            except (DatabaseError, ValueError, OverflowError) as error:
                with sorted_faults(target.name):
                    _raise_if_of_the_disk(error)
                raise BrokenDump(name=source.name, line=read.number) from error

    try:
        with source.open("rb") as file:
            schema = _schema_in(_Reader(file, source.name))
    except OSError as error:
        raise faults.NotReadable(name=source.name) from error
    return Database.create(target, by=by, fill=fill, passphrase=passphrase, schema=schema), told[0]


def _write(sql: sqlite_utils.Database, out: Sink) -> Dumped:
    records, digest = 0, hashlib.sha256()

    def put(line: str) -> None:
        data = f"{line}\n".encode()
        digest.update(data)
        out.write(data)

    schema = sql.execute("pragma user_version").fetchone()[0]
    put(f'{{"format":"{FORMAT}","schema":{schema},"tables":{{')
    for place, table in enumerate(tables_of(sql)):
        put(f'{"" if place == 0 else ","}"{table}":[')
        for number, record in enumerate(_records(sql, table)):
            put(("," if number else "") + record)
            records += 1
        put("]")
    sha256 = digest.hexdigest()
    out.write(f'}},"records":{records},"sha256":"{sha256}"}}\n'.encode())
    return Dumped(records, sha256)


def _records(sql: sqlite_utils.Database, table: str) -> Iterator[str]:
    columns = columns_of(sql, table)
    for row in sql.conn.execute(f'select * from "{table}" order by rowid'):  # noqa: S608 - a name of our schema
        yield _canonical(
            {
                name: base64.b64encode(value).decode() if isinstance(value, bytes) else value
                for name, value in zip(columns, row, strict=True)
            }
        )


def _canonical(record: dict[str, Any]) -> str:
    # Our column names are plain letters, and there are no fractions: this is RFC 8785.
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class _Reader:
    """Lines of a file, each within a limit and counted; a digest over those before the last."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file, self.name = file, name
        self._digest = hashlib.sha256()
        self.number = 0
        self.before = self._digest.hexdigest()

    def line(self) -> str:
        data = self._file.readline(MOST_BYTES_OF_A_LINE)
        self.number += 1
        if not data.endswith(b"\n"):
            raise BrokenDump(name=self.name, line=self.number)
        self.before = self._digest.hexdigest()
        self._digest.update(data)
        text = data[:-1].decode()
        if not unicodedata.is_normalized("NFC", text):
            raise BrokenDump(name=self.name, line=self.number)
        return text

    def at_end(self) -> bool:
        return not self._file.read(1)


def _schema_in(read: _Reader) -> int:
    """Return the number of the schema under which a file was written out."""
    try:
        head = json.loads(read.line() + "}}")
        schema = head["schema"]
        if head["format"] != FORMAT or type(schema) is not int or schema < 1:
            raise NotADump(name=read.name)
    except (BrokenDump, ValueError, KeyError, TypeError, RecursionError) as error:
        raise NotADump(name=read.name) from error
    if schema > SCHEMA_NUMBER:
        raise NewerDump(name=read.name)
    return schema


def _fill(sql: sqlite_utils.Database, read: _Reader) -> Dumped:
    """Write all records in one transaction and prove that they are those of the file."""
    with sql.atomic():
        sql.execute("pragma defer_foreign_keys = on")
        sql.execute("update journal_state set replaying = 1")
        records = _take(sql, read)
        sql.execute("update journal_state set replaying = 0")
        made = _write(sql, _Nowhere())
        # Written out again it must be the same file, to the byte.
        if read.line() != f'}},"records":{records},"sha256":"{made.sha256}"}}' or read.before != made.sha256:
            raise ValueError(made.sha256)
        if not read.at_end() or sql.execute("pragma foreign_key_check").fetchone() is not None:
            raise ValueError(records)
        if sql.execute("select count(*) from book").fetchone()[0] != 1:
            raise ValueError("book")
    return made


def _take(sql: sqlite_utils.Database, read: _Reader) -> int:
    read.line()
    records = 0
    for place, table in enumerate(tables_of(sql)):
        if read.line() != f'{"" if place == 0 else ","}"{table}":[':
            raise ValueError(table)
        put = _putter(sql, table)
        while (line := read.line()) != "]":
            put(line.removeprefix(","))
            records += 1
    return records


def _putter(sql: sqlite_utils.Database, table: str) -> Callable[[str], None]:
    columns = columns_of(sql, table)
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" * len(columns))
    insert = f'insert into "{table}" ({names}) values ({marks})'  # noqa: S608 - names of our schema

    def put(line: str) -> None:
        try:
            record = json.loads(line)
            if not isinstance(record, dict) or record.keys() != columns.keys():
                raise ValueError(table)
            values = [
                base64.b64decode(record[name], validate=True)
                if kind == "blob" and isinstance(record[name], str)
                else record[name]
                for name, kind in columns.items()
            ]
            if any(isinstance(value, list | dict | float | bool) for value in values):
                raise ValueError(table)
        except (RecursionError, binascii.Error) as error:
            raise ValueError(table) from error
        sql.conn.execute(insert, values)

    return put


class _Nowhere(Sink):
    """A file that keeps nothing: what is written to it is only counted."""

    def write(self, data: bytes, /) -> int:
        return len(data)


def _raise_if_of_the_disk(error: Exception) -> None:
    if isinstance(error, DatabaseError) and type(error).__name__ not in {"IntegrityError", "DataError"}:
        raise error
