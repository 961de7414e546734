"""What is in a book's file, in figures small enough to compare two files by."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from sochibo.faults import Fault
from sochibo.storage.editions.migrations import APPLICATION_ID, SCHEMA_NUMBER
from sochibo.storage.editions.schema import check_schema
from sochibo.storage.engine.connection import Damaged, DatabaseError, NewerBook, NotABook, sorted_faults

if TYPE_CHECKING:
    from pathlib import Path

    import sqlite_utils

__all__ = ["Contents", "Opening", "is_sound", "read_contents", "read_contents_of", "read_id"]

_UNJOURNALLED = frozenset({"holder", "preference", "signature_picture"})
"""Tables that say how the file is used, not what is recorded in it."""


class Opening(Protocol):
    """A way to open files with one book's key: `connection.connect` where there is none."""

    def __call__(self, path: Path, *, read_only: bool = False) -> sqlite_utils.Database:
        """Open a connection with the pragmas of a book; raises faults."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """A file's figures. Two files of one book with the same figures hold the same records."""

    book_id: str
    organisation: str
    schema_number: int
    counts: Mapping[str, int]
    newest_act: Mapping[str, Any] | None
    mark: str
    """A digest over the newest line of the journal and the state of undo; it changes with every act."""


def read_contents(sql: sqlite_utils.Database, name: str) -> Contents:
    """Read the figures of an open file called `name`; raises NotABook, NewerBook, ForeignParts, Damaged."""
    with sorted_faults(name):
        if sql.execute("pragma application_id").fetchone()[0] != APPLICATION_ID:
            raise NotABook(name=name)
        schema_number = int(sql.execute("pragma user_version").fetchone()[0])
        if schema_number > SCHEMA_NUMBER:
            raise NewerBook(name=name)
        if schema_number == SCHEMA_NUMBER:
            # An older one is compared once its steps are taken, at its next opening.
            check_schema(sql, name)
        try:
            return _read(sql, schema_number, name)
        except DatabaseError as error:
            # A table that every edition has is not there, or not as it was.
            if "no such" in str(error):
                raise Damaged(name=name) from error
            raise


def read_contents_of(path: Path, opening: Opening, *, thorough: bool = False) -> Contents:
    """Read the figures of a closed file, and all its pages if `thorough`; raises Damaged and others."""
    sql = opening(path, read_only=True)
    try:
        contents = read_contents(sql, path.name)
        if thorough and not is_sound(sql, path.name):
            raise Damaged(name=path.name)
    finally:
        sql.close()
    return contents


def is_sound(sql: sqlite_utils.Database, name: str) -> bool:
    """Tell whether every page and index of an open file is whole and every reference leads somewhere."""
    with sorted_faults(name):
        whole = sql.execute("pragma integrity_check(1)").fetchone()[0] == "ok"
        return whole and sql.execute("pragma foreign_key_check").fetchone() is None


def read_id(path: Path, opening: Opening) -> str:
    """Return the id of the book that a file is a copy of; empty where that cannot be read."""
    try:
        sql = opening(path, read_only=True)
        try:
            found = sql.execute("select id from book").fetchone()
        finally:
            sql.close()
    except (Fault, DatabaseError):
        return ""
    return str(found[0]) if found else ""


def _read(sql: sqlite_utils.Database, schema_number: int, name: str) -> Contents:
    book = _row(sql, "select book.id, name from book join organisation on organisation.id = organisation_id")
    if book is None:
        raise NotABook(name=name)
    # What a virtual table holds stands in ordinary tables beside it, which are among these.
    tables = [
        table
        for table, made in sql.execute("select name, sql from sqlite_schema where type = 'table' order by 1")
        if not table.startswith(("sqlite_", "_sqlite_"))
        and table not in _UNJOURNALLED
        and not made.lower().startswith("create virtual")
    ]
    newest = _row(sql, "select * from action where state <> 'dropped' order by seq desc limit 1")
    line = _row(sql, "select * from journal order by seq desc limit 1")
    states = sql.execute("select state, count(*), max(seq) from action group by state order by state")
    mark = json.dumps([newest, line, states.fetchall()], sort_keys=True, default=str)
    return Contents(
        book_id=book["id"],
        organisation=book["name"],
        schema_number=schema_number,
        counts={table: _count(sql, table) for table in tables},
        newest_act=newest,
        mark=hashlib.sha256(mark.encode()).hexdigest(),
    )


def _count(sql: sqlite_utils.Database, table: str) -> int:
    quoted = table.replace('"', '""')
    return int(sql.execute(f'select count(*) from "{quoted}"').fetchone()[0])  # noqa: S608 - a quoted name


def _row(sql: sqlite_utils.Database, query: str) -> dict[str, Any] | None:
    cursor = sql.execute(query)
    names = [column[0] for column in cursor.description]
    row = cursor.fetchone()
    return None if row is None else dict(zip(names, row, strict=True))
