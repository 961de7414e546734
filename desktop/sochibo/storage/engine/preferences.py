"""Small named values of one book that are no record of anything: outside history and undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite_utils

    from sochibo.storage.engine.database import Database

__all__ = ["RECEIVED_KEYS", "get", "named", "put", "put_first", "received_keys_in", "take_received_keys"]

RECEIVED_KEYS: Final = "received_key:"
"""Begins the names of the keys that lock received files beside a protected book."""


def get(database: Database, name: str) -> str:
    """Return a value, empty if there is none."""
    for row in database.rows("select value from preference where name = ?", (name,)):
        return str(row["value"])
    return ""


def named(database: Database, prefix: str) -> dict[str, str]:
    """Return the values whose names begin so, by the rest of their names."""
    rows = database.rows(
        "select name, value from preference where substr(name, 1, ?) = ?", (len(prefix), prefix)
    )
    return {row["name"][len(prefix) :]: row["value"] for row in rows}


def put(database: Database, name: str, value: str) -> None:
    """Write a value that may change, also outside an act; raises ReadOnlyBook."""
    database.write_aside("insert or replace into preference (name, value) values (?, ?)", (name, value))


def put_first(database: Database, name: str, value: str) -> None:
    """Write a value that is given once and never changes."""
    database.insert("preference", {"name": name, "value": value})


def received_keys_in(sql: sqlite_utils.Database) -> list[tuple[str, str]]:
    """Return the names and values of the keys that lock received files, of a file open by itself."""
    found = sql.execute(
        "select name, value from preference where substr(name, 1, ?) = ? order by name",
        (len(RECEIVED_KEYS), RECEIVED_KEYS),
    )
    return [(str(name), str(value)) for name, value in found]


def take_received_keys(sql: sqlite_utils.Database, keys: list[tuple[str, str]]) -> None:
    """Put keys of another state of a book beside those that a file open by itself has."""
    with sql.atomic():
        for key in keys:
            sql.execute("insert or ignore into preference (name, value) values (?, ?)", key)
