"""Two register lines that mean one person, made one: whatever points to the one points to the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sochibo.storage.engine.database import Database

__all__ = ["Collision", "collisions", "move_everything"]


@dataclass(frozen=True, slots=True)
class Pointer:
    """A column that points to a member; `unique` are the sets of columns with it that stand only once."""

    table: str
    column: str
    nullable: bool
    unique: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Collision:
    """Two rows of a table of which only one can belong to the person: `row` would have to go for `kept`."""

    pointer: Pointer
    row: dict[str, Any]
    kept: dict[str, Any]


def collisions(database: Database, keep: str, other: str) -> list[Collision]:
    """Return what both have and one person can have only once: a mark at one meeting, a year's rating."""
    return [
        found
        for pointer in _pointers(database)
        for row in _rows(database, pointer, other)
        if (found := _collision(database, pointer, row, keep)) is not None
    ]


def move_everything(database: Database, keep: str, other: str) -> None:
    """Move all that points to `other`, inside an act; a row that collides gives way to the one kept."""
    for pointer in _pointers(database):
        for row in _rows(database, pointer, other):
            if _collision(database, pointer, row, keep) is None:
                database.update(pointer.table, row["id"], {pointer.column: keep})
            elif pointer.nullable:
                database.update(pointer.table, row["id"], {pointer.column: None})
            else:
                database.delete(pointer.table, row["id"])


def _pointers(database: Database) -> Iterator[Pointer]:
    """Find them in the schema itself, so that no table added later is forgotten."""
    tables = [
        row["name"]
        for row in database.rows("select name from sqlite_schema where type = 'table' order by name")
    ]
    for table in tables:
        columns = {row["name"]: row for row in database.rows(f'pragma table_info("{table}")')}
        for key in database.rows(f'pragma foreign_key_list("{table}")'):
            if key["table"] == "member":
                name = key["from"]
                yield Pointer(table, name, not columns[name]["notnull"], _unique(database, table, name))


def _unique(database: Database, table: str, column: str) -> tuple[tuple[str, ...], ...]:
    found = []
    for index in database.rows(f'pragma index_list("{table}")'):
        if index["unique"] and not index["partial"]:
            names = tuple(row["name"] for row in database.rows(f'pragma index_info("{index["name"]}")'))
            if column in names:
                found.append(names)
    return tuple(found)


def _rows(database: Database, pointer: Pointer, member_id: str) -> list[dict[str, Any]]:
    sql = f'select * from "{pointer.table}" where "{pointer.column}" = ?'  # noqa: S608 - names of our own schema
    return list(database.rows(sql, (member_id,)))


def _collision(database: Database, pointer: Pointer, row: dict[str, Any], keep: str) -> Collision | None:
    for names in pointer.unique:
        wanted = {name: keep if name == pointer.column else row[name] for name in names}
        where = " and ".join(f'"{name}" is :{name}' for name in names)
        sql = f'select * from "{pointer.table}" where {where}'  # noqa: S608 - as above
        for kept in database.rows(sql, wanted):
            return Collision(pointer, row, kept)
    return None
