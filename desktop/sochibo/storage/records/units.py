"""Units below a committee with their versions and events, as rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sochibo.rules.units.units import Unit, UnitEvent, UnitEventKind, Version
from sochibo.storage.engine.identity import new_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sochibo.storage.engine.database import Database

__all__ = [
    "add", "add_event", "adopt", "end", "read_events", "read_units", "remove", "remove_event", "rename",
    "reopen",
]  # fmt: skip


def read_units(database: Database) -> dict[str, Unit]:
    """Return all units by id, also those that have ended, each with its versions."""
    versions: dict[str, list[Version]] = {}
    for row in database.rows(
        "select * from organisation_version where unit_id is not null order by valid_from, rowid"
    ):
        versions.setdefault(row["unit_id"], []).append(_version(row))
    units = {}
    for row in database.rows("select * from unit order by id"):
        since = date.fromisoformat(row["since"])
        known = versions.get(row["id"]) or [
            Version(
                unit_id=row["id"], name=row["name"], type=row["type"], code=row["code"],
                parent_id=row["parent_id"], valid_from=since,
            )
        ]  # fmt: skip
        until = date.fromisoformat(row["until"]) if row["until"] else None
        units[row["id"]] = Unit(
            id=row["id"], since=since, until=until, versions=tuple(known), note=row["note"]
        )
    return units


def read_events(database: Database) -> tuple[UnitEvent, ...]:
    """Return all events, oldest first."""
    sides: dict[str, list[Mapping[str, Any]]] = {}
    for row in database.rows("select * from organisation_party where unit_id is not null order by rowid"):
        sides.setdefault(row["event_id"], []).append(row)
    return tuple(
        UnitEvent(
            id=row["id"],
            kind=UnitEventKind(row["kind"]),
            on=date.fromisoformat(row["on"]),
            decision=row["decision"],
            note=row["note"],
            before=tuple(one["unit_id"] for one in sides.get(row["id"], ()) if one["side"] != "after"),
            after=tuple(one["unit_id"] for one in sides.get(row["id"], ()) if one["side"] != "before"),
        )
        for row in database.rows('select * from organisation_event order by "on", rowid')
    )


def add(database: Database, version: Version) -> None:
    """Record a new unit with its first version."""
    database.insert(
        "unit",
        {
            "id": version.unit_id, "name": version.name, "since": version.valid_from.isoformat(),
            "type": version.type, "code": version.code, "parent_id": version.parent_id,
        },
    )  # fmt: skip
    database.insert("organisation_version", _row(version))


def rename(database: Database, unit: Unit, version: Version) -> None:
    """Give a unit a new version from a day on: to the day before the next one, if there is a later one.

    The version before it ends the day before; a second version of one day takes the place of the first.
    """
    _write_out(database, unit)
    kept, first = False, version.valid_from.isoformat()
    rows = tuple(
        database.rows("select * from organisation_version where unit_id = ? order by valid_from", (unit.id,))
    )
    later = [row["valid_from"] for row in rows if row["valid_from"] > first]
    valid_to = date.fromisoformat(later[0]) - timedelta(days=1) if later else None
    version, day_before = replace(version, valid_to=valid_to), version.valid_from - timedelta(days=1)
    for row in rows:
        if row["valid_from"] == first:
            changed = {name: value for name, value in _row(version).items() if name != "id"}
            database.update("organisation_version", row["id"], changed)
            kept = True
        elif row["valid_from"] < first and (row["valid_to"] is None or row["valid_to"] >= first):
            database.update("organisation_version", row["id"], {"valid_to": day_before.isoformat()})
    if not kept:
        database.insert("organisation_version", _row(version))
    if later:
        return
    database.update(
        "unit",
        unit.id,
        {
            "name": version.name, "type": version.type, "code": version.code, "parent_id": version.parent_id,
        },
    )  # fmt: skip


def end(database: Database, unit_id: str, last_day: date) -> None:
    """Let a unit stand until a day."""
    database.update("unit", unit_id, {"until": last_day.isoformat()})


def add_event(database: Database, event: UnitEvent) -> None:
    """Record an event with the units before and after it."""
    database.insert(
        "organisation_event",
        {
            "id": event.id, "kind": event.kind.value, "on": event.on.isoformat(), "decision": event.decision,
            "note": event.note,
        },
    )  # fmt: skip
    before, after = set(event.before), set(event.after)
    for unit_id in dict.fromkeys((*event.before, *event.after)):
        side = "both" if unit_id in before & after else "before" if unit_id in before else "after"
        database.insert(
            "organisation_party", {"id": new_id(), "event_id": event.id, "unit_id": unit_id, "side": side}
        )


def adopt(database: Database, placeholder_id: str, organisation_id: str) -> None:
    """Give a unit that was only planned the id of the organisation in the cell's own book."""
    row = next(iter(database.rows("select * from unit where id = ?", (placeholder_id,))))
    database.insert("unit", {**row, "id": organisation_id})
    for table, column in (
        ("unit", "parent_id"),
        ("organisation_party", "unit_id"),
        ("organisation_version", "unit_id"),
        ("organisation_version", "parent_id"),
        ("target", "unit_id"),
        ("organisation_rating", "unit_id"),
        ("decided_member", "unit_id"),
    ):
        found = list(database.rows(f"select id from {table} where {column} = ?", (placeholder_id,)))  # noqa: S608 - our own names
        for each in found:
            database.update(table, each["id"], {column: organisation_id})
    database.delete("unit", placeholder_id)


def reopen(database: Database, unit_id: str) -> None:
    """Let a unit stand on that was ended by mistake."""
    database.update("unit", unit_id, {"until": None})


def remove(database: Database, unit_id: str) -> None:
    """Take out a unit that was made by mistake, with its versions; nothing else may point to it."""
    for row in list(database.rows("select id from organisation_version where unit_id = ?", (unit_id,))):
        database.delete("organisation_version", row["id"])
    database.delete("unit", unit_id)


def remove_event(database: Database, event_id: str) -> None:
    """Take out an event with its parties."""
    for row in list(database.rows("select id from organisation_party where event_id = ?", (event_id,))):
        database.delete("organisation_party", row["id"])
    database.delete("organisation_event", event_id)


def _write_out(database: Database, unit: Unit) -> None:
    """Write the one version that a unit of an older book has only in its own row."""
    known = database.rows("select 1 from organisation_version where unit_id = ? limit 1", (unit.id,))
    if next(iter(known), None) is None:
        database.insert("organisation_version", _row(unit.versions[0]))


def _version(row: Mapping[str, Any]) -> Version:
    return Version(
        unit_id=row["unit_id"],
        name=row["name"],
        type=row["type"],
        code=row["code"],
        parent_id=row["parent_id"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
    )


def _row(version: Version) -> dict[str, Any]:
    return {
        "id": new_id(), "unit_id": version.unit_id, "name": version.name, "type": version.type,
        "code": version.code, "parent_id": version.parent_id, "valid_from": version.valid_from.isoformat(),
        "valid_to": version.valid_to.isoformat() if version.valid_to else None,
    }  # fmt: skip
