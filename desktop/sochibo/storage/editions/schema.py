"""The schema in a file: made, numbered, and compared with the one that this program makes itself."""

from __future__ import annotations

import contextlib
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from sochibo import faults
from sochibo.messages import N_
from sochibo.storage.editions.migrations import APPLICATION_ID, JOURNALLED, SCHEMA_NUMBER, edition, migrations
from sochibo.storage.engine import search
from sochibo.storage.engine.connection import connect_to_nothing
from sochibo.storage.engine.journal import install_triggers, remove_triggers

if TYPE_CHECKING:
    import sqlite_utils

__all__ = ["ForeignParts", "check_schema", "make", "make_at_once", "schema_of"]


class ForeignParts(faults.Fault):
    """A book with something in it that this program never makes: a trigger, a view, another table."""

    code = "B12"
    sentence = N_("“{name}” was changed by another program, so it is not safe to open.")
    advice = N_("Take the newest backup copy, and ask whoever gave you this file. Nothing was changed.")


def make(
    sql: sqlite_utils.Database,
    steps: sqlite_utils.Migrations = migrations,
    number: int = SCHEMA_NUMBER,
    journalled: tuple[str, ...] = JOURNALLED,
) -> None:
    """Take the steps that a file lacks, make all triggers anew, and number the file."""
    with sql.atomic():
        remove_triggers(sql)
        steps.apply(sql)
        install_triggers(sql, journalled)
        search.install_triggers(sql)
        sql.execute(f"pragma application_id = {APPLICATION_ID}")
        sql.execute(f"pragma user_version = {number}")


def make_at_once(sql: sqlite_utils.Database, number: int = SCHEMA_NUMBER) -> None:
    """Make in an empty file what the steps of an edition end in, without taking them.

    SQLite reads the whole schema again for each column that a step adds, so the way through all editions
    takes three times as long. Opening the file compares it with what the steps make (`check_schema`); the
    hour at which it says that they were taken is the one at which this program took them.
    """
    statements, rows = _finished(number)
    with sql.atomic():
        for statement in statements:
            sql.execute(statement)
        for table, written in rows.items():
            sql.table(table).insert_all(written)
        sql.execute(f"pragma application_id = {APPLICATION_ID}")
        sql.execute(f"pragma user_version = {number}")


@cache
def _finished(number: int) -> tuple[tuple[str, ...], dict[str, tuple[dict[str, Any], ...]]]:
    """Return the statements of a finished edition in their order, and the rows of its tables, by name."""
    with contextlib.closing(connect_to_nothing()) as empty:
        make(empty, *edition(number))
        kinds = {name: kind for _, name, kind, *_ in empty.execute("pragma main.table_list")}
        made = [
            (name, text)
            for name, text in empty.execute("select name, sql from sqlite_schema order by rowid")
            # The tables inside the full-text index come with it, and so do SQLite's own indexes.
            if text and kinds.get(name) != "shadow" and not name.startswith("sqlite_")
        ]
        rows = {name: tuple(empty.table(name).rows) for name, _ in made if kinds.get(name) == "table"}
        return tuple(text for _, text in made), {name: written for name, written in rows.items() if written}


@cache
def schema_of(
    steps: sqlite_utils.Migrations = migrations,
    number: int = SCHEMA_NUMBER,
    journalled: tuple[str, ...] = JOURNALLED,
) -> frozenset[tuple[str, ...]]:
    """Return what these steps make in an empty file."""
    with contextlib.closing(connect_to_nothing()) as empty:
        make(empty, steps, number, journalled)
        return _schema(empty)


def check_schema(
    sql: sqlite_utils.Database, name: str, known: frozenset[tuple[str, ...]] | None = None
) -> None:
    """Compare all that a file holds with what this program makes; raises ForeignParts at any difference.

    A trigger or view of somebody else would run with our next write. SQLite's own `defensive` switch cannot
    be reached from sqlcipher3; after this nothing is left in a file that it would keep in check.
    """
    if _schema(sql) != (schema_of() if known is None else known):
        raise ForeignParts(name=name)


def _schema(sql: sqlite_utils.Database) -> frozenset[tuple[str, ...]]:
    """Return type, name, table and text of everything but SQLite's own statistics."""
    return frozenset(
        (kind, name, table, _levelled(text or ""))
        for kind, name, table, text in sql.execute("select type, name, tbl_name, sql from sqlite_schema")
        if not name.startswith("sqlite_stat")
    )


@lru_cache(maxsize=2048)
def _levelled(text: str) -> str:
    """Return a statement as all editions of SQLite write it: they differ in blanks and quotes.

    Every opening asks this of the same few hundred statements.
    """
    return " ".join(text.replace('"', "").split())
