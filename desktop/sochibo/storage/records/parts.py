"""Rows that belong to one meeting: read in their order, replaced as a whole, entered with clean text."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from sochibo.storage.engine.identity import new_id
from sochibo.storage.engine.mapping import row_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Protocol

    from _typeshed import DataclassInstance

    from sochibo.storage.engine.database import Database

    class Part(DataclassInstance, Protocol):
        """A record with an id."""

        @property
        def id(self) -> str:
            """Return its id, empty for a new one."""


__all__ = ["entered", "keys_of", "only", "parts_of", "replace_parts"]


def only(database: Database, table: str, key: str) -> dict[str, Any]:
    """Return the one row of an id; raises KeyError."""
    for row in database.rows(f"select * from {table} where id = ?", (key,)):  # noqa: S608 - our own names
        return row
    raise KeyError(key)


def parts_of(database: Database, table: str, meeting_id: str) -> list[dict[str, Any]]:
    """Return the rows of a meeting in their order."""
    return list(
        database.rows(
            f"select * from {table} where meeting_id = ? order by position, id",  # noqa: S608 - our own names
            (meeting_id,),
        )
    )


def keys_of(database: Database, table: str, meeting_id: str) -> list[str]:
    """Return the ids of the rows of a meeting."""
    found = database.rows(f"select id from {table} where meeting_id = ?", (meeting_id,))  # noqa: S608 - our own names
    return [row["id"] for row in found]


def replace_parts(
    database: Database, table: str, meeting_id: str, records: Sequence[Part], *, ordered: bool = True
) -> None:
    """Make the rows of a meeting in one table these records, in this order; only what differs is written.

    `ordered` False is for tables whose rows have an order of their own.
    """
    known = set(keys_of(database, table, meeting_id))
    kept: set[str] = set()
    for position, record in enumerate(records):
        row = entered(row_of(record)) | {"meeting_id": meeting_id}
        if ordered:
            row["position"] = position
        if record.id in known - kept:
            kept.add(record.id)
            database.update(table, record.id, row)
        else:
            database.insert(table, row | {"id": new_id()})
    for key in known - kept:
        database.delete(table, key)


def entered(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row with its texts as they are kept: one sign for line breaks, no control signs.

    Spaces stay: a person may be in the middle of typing. Word gives a vertical tab for a break in a line.
    """
    return {name: _text(value) if isinstance(value, str) else value for name, value in row.items()}


def _text(value: str) -> str:
    if value.isprintable():
        return value
    lines = value.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    return "".join(sign for sign in lines if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"})
