"""Small named values of one book that are no record of anything: outside history and undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sochibo.storage.engine.database import Database

__all__ = ["get", "named", "put", "put_first"]


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
