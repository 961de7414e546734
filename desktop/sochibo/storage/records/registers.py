"""Companion registers as rows, and the records among them that rules reckon with."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sochibo.rules.dates import PartialDate
from sochibo.rules.members.badges import Badge, BadgeState
from sochibo.rules.members.offices import GroupMember, Office, OfficeKind, PartyGroup, Way
from sochibo.rules.members.registers import RegisterLine
from sochibo.storage.engine.mapping import fields_of

if TYPE_CHECKING:
    from sochibo.rules.members.registers import Register
    from sochibo.storage.engine.database import Database

__all__ = [
    "add_line", "change_line", "read_badges", "read_group_members", "read_groups", "read_line", "read_lines",
    "read_offices", "remove_line",
]  # fmt: skip


def read_lines(database: Database, register: Register) -> list[RegisterLine]:
    """Return the lines of a register in the order in which they were recorded."""
    where = " and ".join(f'"{name}" = :{name}' for name in register.fixed) or "1"
    rows = database.rows(
        f'select * from "{register.table}" where {where} order by id',  # noqa: S608 - names of our own schema
        dict(register.fixed),
    )
    return [_line(register, row) for row in rows]


def read_line(database: Database, register: Register, line_id: str) -> RegisterLine:
    """Return one line; raises KeyError."""
    for row in database.rows(f'select * from "{register.table}" where id = ?', (line_id,)):  # noqa: S608 - as above
        return _line(register, row)
    raise KeyError(line_id)


def add_line(database: Database, register: Register, line: RegisterLine) -> None:
    """Write a new line, inside an act."""
    database.insert(
        register.table, {"id": line.id, **register.fixed, **_row(database, register, line, new=True)}
    )


def change_line(database: Database, register: Register, line: RegisterLine) -> None:
    """Write a line anew, inside an act; raises KeyError."""
    database.update(register.table, line.id, _row(database, register, line, new=False))


def remove_line(database: Database, register: Register, line_id: str) -> None:
    """Delete a line, inside an act."""
    database.delete(register.table, line_id)


def read_badges(database: Database) -> dict[str, list[Badge]]:
    """Return the badges of everybody, by member."""
    found: dict[str, list[Badge]] = {}
    for row in database.rows("select * from badge order by years"):
        values = fields_of(Badge, row)
        values["state"] = BadgeState(row["state"])
        values["batch_on"] = _day(row["batch_on"])
        values["awarded_on"] = PartialDate(row["awarded_on"]) if row["awarded_on"] else None
        found.setdefault(row["member_id"], []).append(Badge(**values))
    return found


def read_offices(database: Database, member_id: str | None = None) -> list[Office]:
    """Return all offices ever held, by everybody or by one member."""
    where = "" if member_id is None else " where member_id = ?"
    found = database.rows(
        f"select * from office{where} order by since, id",  # noqa: S608 - a constant
        () if member_id is None else (member_id,),
    )
    return [
        Office(
            **{
                **fields_of(Office, row),
                "kind": OfficeKind(row["kind"]),
                "way": Way(row["way"]),
                "since": date.fromisoformat(row["since"]),
                "until": _day(row["until"]),
            }
        )
        for row in found
    ]


def read_groups(database: Database) -> list[PartyGroup]:
    """Return the Party groups by name."""
    return [
        PartyGroup(
            id=row["id"],
            name=row["name"],
            since=date.fromisoformat(row["since"]),
            until=_day(row["until"]),
        )
        for row in database.rows("select * from party_group order by name, id")
    ]


def read_group_members(database: Database) -> list[GroupMember]:
    """Return who belonged to which Party group when."""
    return [
        GroupMember(
            id=row["id"],
            group_id=row["group_id"],
            member_id=row["member_id"],
            since=date.fromisoformat(row["since"]),
            until=_day(row["until"]),
        )
        for row in database.rows("select * from group_member order by since, id")
    ]


def _line(register: Register, row: dict[str, Any]) -> RegisterLine:
    names = [field.name for field in register.fields]
    return RegisterLine(row["id"], {name: "" if row[name] is None else str(row[name]) for name in names})


def _row(database: Database, register: Register, line: RegisterLine, *, new: bool) -> dict[str, Any]:
    """Return the values of a line as the table takes them: numbers, and null where that is allowed."""
    columns = {row["name"]: row for row in database.rows(f'pragma table_info("{register.table}")')}
    made: dict[str, Any] = {}
    for field in register.fields:
        if not new and field.name not in line.values:
            continue
        value = line.values.get(field.name, "")
        column = columns[field.name]
        if not value and not column["notnull"]:
            made[field.name] = None
        else:
            made[field.name] = int(value) if column["type"].lower() == "integer" else value
    return made


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
