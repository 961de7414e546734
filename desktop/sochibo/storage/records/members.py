"""Members and the events of their Party life, as rows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sochibo.rules.dates import Month, PartialDate
from sochibo.rules.members.members import EventKind, Member, MemberEvent, Sex
from sochibo.storage.engine.mapping import fields_of, row_of

if TYPE_CHECKING:
    from typing import Any

    from sochibo.storage.engine.database import Database

__all__ = [
    "add_event", "add_member", "change_event", "change_member", "days_of_closed_meetings",
    "is_known_to_meetings", "read_event", "read_events", "read_member", "read_members", "remove_event",
    "remove_member",
]  # fmt: skip


def read_members(database: Database, member_id: str | None = None) -> list[Member]:
    """Return everybody in the register, in no particular order, or only the one who is asked for."""
    where = "" if member_id is None else " where id = ?"
    found = database.rows(
        f"select * from member{where}",  # noqa: S608 - a constant
        () if member_id is None else (member_id,),
    )
    return [_member(row) for row in found]


def read_member(database: Database, member_id: str) -> Member:
    """Return one member; raises KeyError."""
    for row in database.rows("select * from member where id = ?", (member_id,)):
        return _member(row)
    raise KeyError(member_id)


def read_events(database: Database, member_id: str | None = None) -> dict[str, list[MemberEvent]]:
    """Return the events of one member, or of all, by member and in the order of time.

    Undated events come first; those of one day stay in the order in which they were recorded, since ids
    sort by time.
    """
    where = "" if member_id is None else " where member_id = ?"
    found: dict[str, list[MemberEvent]] = {}
    for row in database.rows(
        f"select * from member_event{where} order by id",  # noqa: S608 - a constant
        () if member_id is None else (member_id,),
    ):
        event = _event(row)
        found.setdefault(event.member_id, []).append(event)
    for events in found.values():
        events.sort(
            key=lambda event: (event.on is not None, event.on.earliest.isoformat() if event.on else "")
        )
    return found


def read_event(database: Database, event_id: str) -> MemberEvent:
    """Return one event; raises KeyError."""
    for row in database.rows("select * from member_event where id = ?", (event_id,)):
        return _event(row)
    raise KeyError(event_id)


def add_member(database: Database, member: Member) -> None:
    """Write a new member, inside an act."""
    database.insert("member", row_of(member))


def change_member(database: Database, member: Member) -> None:
    """Write the register line of a member, inside an act; raises KeyError."""
    database.update("member", member.id, row_of(member))


def remove_member(database: Database, member_id: str) -> None:
    """Delete a member and the events, inside an act."""
    for row in database.rows("select id from member_event where member_id = ?", (member_id,)):
        database.delete("member_event", row["id"])
    database.delete("member", member_id)


def is_known_to_meetings(database: Database, member_id: str) -> bool:
    """Tell whether something recorded of the cell's work names the person, who cannot be deleted then."""
    return any(
        database.rows(
            "select 1 from mark where member_id = :id union all "
            "select 1 from speech where member_id = :id union all "
            "select 1 from proposal where member_id = :id union all "
            "select 1 from task_person where member_id = :id union all "
            "select 1 from rating where member_id = :id union all "
            "select 1 from thematic_plan where drafter_id = :id union all "
            "select 1 from agenda_item where presenter_id = :id union all "
            "select 1 from meeting where :id in (chair_id, minute_taker_id, observer_id) limit 1",
            {"id": member_id},
        )
    )


def days_of_closed_meetings(database: Database) -> list[date]:
    """Return the days whose minutes are finished, and count whoever was on the roll."""
    found = database.rows("select distinct \"on\" as day from meeting where state in ('closed', 'sealed')")
    return [date.fromisoformat(row["day"]) for row in found]


def add_event(database: Database, event: MemberEvent) -> None:
    """Write an event, inside an act."""
    database.insert("member_event", row_of(event))


def change_event(database: Database, event: MemberEvent) -> None:
    """Write an event anew, inside an act; raises KeyError."""
    database.update("member_event", event.id, row_of(event))


def remove_event(database: Database, event_id: str) -> None:
    """Delete an event, inside an act."""
    database.delete("member_event", event_id)


def _member(row: dict[str, Any]) -> Member:
    values = fields_of(Member, row)
    values["birth"] = PartialDate(row["birth"]) if row["birth"] else None
    values["sex"] = Sex(row["sex"]) if row["sex"] else None
    values["card_on"] = _day(row["card_on"])
    for flag in ("soldier", "police", "retired", "youth_union"):
        values[flag] = bool(row[flag])
    return Member(**values)


def _event(row: dict[str, Any]) -> MemberEvent:
    values = fields_of(MemberEvent, row)
    values["kind"] = EventKind(row["kind"])
    for name in ("on", "until"):
        values[name] = PartialDate(row[name]) if row[name] else None
    for name in ("decided_on", "resolved_on", "notified_on"):
        values[name] = _day(row[name])
    values["fees_paid_until"] = Month.parse(row["fees_paid_until"]) if row["fees_paid_until"] else None
    return MemberEvent(**values)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
