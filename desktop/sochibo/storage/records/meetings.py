"""Meetings and what was noted in them, as rows of one book."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from sochibo.rules.meetings.attendance import BaseLine
from sochibo.rules.meetings.meetings import (
    AbsenceReason,
    AgendaItem,
    AssignedTask,
    Attendance,
    Guest,
    Mark,
    Meeting,
    MeetingFormat,
    MeetingKind,
    MeetingState,
    Score,
    Vote,
    VoteClass,
    VoteMethod,
)
from sochibo.rules.scoring.scoring import Rating
from sochibo.storage.engine.identity import new_id
from sochibo.storage.engine.mapping import fields_of, row_of
from sochibo.storage.records.parts import entered, keys_of, only, parts_of, replace_parts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sochibo.storage.engine.database import Database

__all__ = [
    "PARTS", "add", "add_item", "change", "change_item", "get", "guests", "item", "items", "items_before",
    "last_before",
    "last_of_kind",
    "marks", "of_year", "put_mark", "put_score", "remove", "remove_item", "replace_parts", "report_task",
    "scores", "tasks", "tasks_before", "tasks_due", "update_state", "votes", "within", "years",
]  # fmt: skip

PARTS = ("resolution", "speech", "proposal", "agenda_item", "guest", "mark", "vote", "task", "score")
"""Tables whose rows belong to one meeting and go with it."""


def years(database: Database) -> tuple[int, ...]:
    """Return the years that have meetings, newest first."""
    found = database.rows('select distinct substr("on", 1, 4) as year from meeting order by year desc')
    return tuple(int(row["year"]) for row in found)


def of_year(database: Database, year: int) -> tuple[Meeting, ...]:
    """Return the meetings of a year in the order of their days."""
    return within(database, date(year, 1, 1), date(year, 12, 31))


def within(database: Database, first: date, last: date) -> tuple[Meeting, ...]:
    """Return the meetings from one day to another, both included."""
    found = database.rows(
        'select * from meeting where "on" between ? and ? order by "on", start, id',
        (first.isoformat(), last.isoformat()),
    )
    return tuple(map(_meeting, found))


def get(database: Database, meeting_id: str) -> Meeting:
    """Return one meeting; raises KeyError."""
    return _meeting(only(database, "meeting", meeting_id))


def last_of_kind(database: Database, kind: MeetingKind, before: date) -> Meeting | None:
    """Return the newest meeting of a kind before a day, else the oldest one after it."""
    found = database.rows(
        'select * from meeting where kind = :kind order by "on" >= :day,'
        ' case when "on" < :day then "on" end desc, "on", id limit 1',
        {"kind": kind.value, "day": before.isoformat()},
    )
    return next(map(_meeting, found), None)


def last_before(database: Database, kinds: Collection[MeetingKind], day: date) -> Meeting | None:
    """Return the newest meeting of some kinds before a day that was held, not only planned."""
    found = database.rows(
        'select * from meeting where kind in (select value from json_each(:kinds)) and "on" < :day'
        " and state <> 'planned' order by \"on\" desc, start desc limit 1",
        {"kinds": json.dumps([kind.value for kind in kinds]), "day": day.isoformat()},
    )
    return next(map(_meeting, found), None)


def add(database: Database, meeting: Meeting) -> None:
    """Record a new meeting under its id."""
    database.insert("meeting", entered(row_of(meeting)))


def change(database: Database, meeting: Meeting) -> None:
    """Write a meeting's own fields; the state keeps what it is."""
    row = entered(row_of(meeting))
    del row["id"], row["state"]
    database.update("meeting", meeting.id, row)


def update_state(database: Database, meeting_id: str, state: MeetingState) -> None:
    """Write how far a meeting has come."""
    database.update("meeting", meeting_id, {"state": state.value})


def remove(database: Database, meeting_id: str) -> None:
    """Delete a meeting with everything noted in it."""
    for table in PARTS:
        for key in keys_of(database, table, meeting_id):
            database.delete(table, key)
    database.delete("meeting", meeting_id)


def items(database: Database, meeting_id: str) -> tuple[AgendaItem, ...]:
    """Return the agenda in its order."""
    return tuple(map(_item, parts_of(database, "agenda_item", meeting_id)))


def item(database: Database, item_id: str) -> AgendaItem:
    """Return one agenda item; raises KeyError."""
    return _item(only(database, "agenda_item", item_id))


def items_before(database: Database, day: date, meetings: int) -> tuple[AgendaItem, ...]:
    """Return the items of the last so many meetings before a day, the newest meeting first."""
    found = database.rows(
        'select agenda_item.* from agenda_item join (select id, "on" from meeting where "on" < ?'
        ' order by "on" desc, start desc limit ?) as past on past.id = meeting_id'
        ' order by past."on" desc, position',
        (day.isoformat(), meetings),
    )
    return tuple(map(_item, found))


def add_item(database: Database, item: AgendaItem) -> None:
    """Record a new agenda item under its id."""
    database.insert("agenda_item", entered(row_of(item)))


def change_item(database: Database, item: AgendaItem) -> None:
    """Write an agenda item."""
    database.update("agenda_item", item.id, entered(row_of(item)))


def remove_item(database: Database, item_id: str) -> None:
    """Delete an agenda item."""
    database.delete("agenda_item", item_id)


def guests(database: Database, meeting_id: str) -> tuple[Guest, ...]:
    """Return the guests in their order."""
    return tuple(
        Guest(
            **{**fields_of(Guest, row), "superior": bool(row["superior"]), "assigned": bool(row["assigned"])}
        )
        for row in parts_of(database, "guest", meeting_id)
    )


def votes(database: Database, meeting_id: str) -> tuple[Vote, ...]:
    """Return the votes in their order."""
    return tuple(map(_vote, parts_of(database, "vote", meeting_id)))


def tasks(database: Database, meeting_id: str) -> tuple[AssignedTask, ...]:
    """Return the tasks given at a meeting in their order."""
    return tuple(map(_task, parts_of(database, "task", meeting_id)))


def tasks_due(database: Database, first: date, last: date) -> tuple[AssignedTask, ...]:
    """Return the tasks of all meetings that are due from one day to another, both included."""
    found = database.rows(
        "select * from task where due between ? and ? order by due, id", (first.isoformat(), last.isoformat())
    )
    return tuple(map(_task, found))


def tasks_before(database: Database, day: date, meeting_id: str) -> tuple[AssignedTask, ...]:
    """Return the tasks given at one meeting, and those of all meetings before a day that are not done yet."""
    found = database.rows(
        'select task.* from task join meeting on meeting.id = task.meeting_id where meeting."on" < :day'
        " and (meeting_id = :last or (coalesce(done_percent, 0) < 100"
        " and coalesce(task.state, '') not in ('done', 'done_early', 'stopped')))"
        ' order by meeting."on", task.position',
        {"day": day.isoformat(), "last": meeting_id},
    )
    return tuple(map(_task, found))


def report_task(database: Database, task: AssignedTask) -> None:
    """Write how far a task has come, and nothing else of it; raises KeyError."""
    row = entered({"done_percent": task.done_percent, "result": task.result})
    database.update("task", task.id, row)


def marks(database: Database, meeting_id: str) -> dict[str, Mark]:
    """Return the marks of a meeting by member id."""
    found = database.rows("select * from mark where meeting_id = ?", (meeting_id,))
    return {row["member_id"]: _mark(row) for row in found}


def put_mark(database: Database, meeting_id: str, member_id: str, mark: Mark | None) -> None:
    """Write the mark of one person, or take it away."""
    where = {"meeting_id": meeting_id, "member_id": member_id}
    _put(database, "mark", where, None if mark is None else row_of(mark))


def scores(database: Database, meeting_id: str) -> dict[str, Score]:
    """Return the points of a meeting by criterion."""
    found = database.rows("select * from score where meeting_id = ?", (meeting_id,))
    return {row["criterion"]: Score(**fields_of(Score, row)) for row in found}


def put_score(database: Database, meeting_id: str, criterion: str, score: Score | None) -> None:
    """Write the points of one criterion, or take them away."""
    where = {"meeting_id": meeting_id, "criterion": criterion}
    _put(database, "score", where, None if score is None else row_of(score))


def _put(database: Database, table: str, where: Mapping[str, str], row: Mapping[str, Any] | None) -> None:
    """Write, change or delete the one row that two columns name."""
    condition = " and ".join(f"{column} = :{column}" for column in where)
    found = list(database.rows(f"select * from {table} where {condition}", where))  # noqa: S608 - our own names
    if row is None:
        for now in found:
            database.delete(table, now["id"])
    elif found:
        database.update(table, found[0]["id"], entered(row), found[0])
    else:
        database.insert(table, {"id": new_id(), **entered(row)})


def _meeting(row: Mapping[str, Any]) -> Meeting:
    return Meeting(**{
        **fields_of(Meeting, row),
        "kind": MeetingKind(row["kind"]),
        "on": date.fromisoformat(row["on"]),
        "adopted": bool(row["adopted"]),
        "state": MeetingState(row["state"]),
        "format": MeetingFormat(row["format"]),
        "own_rating": Rating(row["own_rating"]) if row["own_rating"] else None,
        **{name: _day(row[name]) for name in ("notice_on", "papers_on", "uploaded_on")},
    })  # fmt: skip


def _item(row: Mapping[str, Any]) -> AgendaItem:
    return AgendaItem(**{**fields_of(AgendaItem, row), "finished": bool(row["finished"])})


def _vote(row: Mapping[str, Any]) -> Vote:
    return Vote(**{
        **fields_of(Vote, row),
        "vote_class": VoteClass(row["vote_class"]),
        "method": VoteMethod(row["method"]),
        "base_lines": tuple(BaseLine(code, count) for code, count in json.loads(row["base_lines"])),
        "passed": None if row["passed"] is None else bool(row["passed"]),
    })  # fmt: skip


def _task(row: Mapping[str, Any]) -> AssignedTask:
    return AssignedTask(**{
        **fields_of(AssignedTask, row), "due": _day(row["due"])
    })  # fmt: skip


def _mark(row: Mapping[str, Any]) -> Mark:
    return Mark(
        meeting_id=row["meeting_id"],
        member_id=row["member_id"],
        attendance=Attendance(row["attendance"]),
        reason=AbsenceReason(row["reason"]) if row["reason"] else None,
        note=row["note"],
        late=bool(row["late"]),
        accepted_by=row["accepted_by"],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
