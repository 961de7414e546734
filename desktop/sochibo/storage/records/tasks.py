"""Tasks, the people and figures that belong to them, as rows of one book."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from sochibo.rules.meetings.meetings import MeetingKind
from sochibo.rules.work.work import Task, TaskFigure, TaskLine, TaskPerson, TaskRole, TaskSource, TaskState
from sochibo.storage.engine.identity import new_id
from sochibo.storage.engine.mapping import fields_of, row_of
from sochibo.storage.records.parts import entered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sochibo.storage.engine.database import Database

__all__ = ["change", "get", "lines", "of_meeting", "put_figures", "put_people"]

_ALL: Final = (
    'select t.*, m."on" as given_on, m.kind as meeting_kind from task as t'
    " join meeting as m on m.id = t.meeting_id"
)
_ORDER: Final = ' order by m."on" desc, t.position, t.id'


def lines(database: Database) -> tuple[TaskLine, ...]:
    """Return all tasks with their people and figures, those of the newest meeting first."""
    people: dict[str, list[TaskPerson]] = {}
    for row in database.rows("select * from task_person order by role, id"):
        people.setdefault(row["task_id"], []).append(_person(row))
    figures: dict[str, list[TaskFigure]] = {}
    for row in database.rows("select * from task_figure order by position, id"):
        figures.setdefault(row["task_id"], []).append(_figure(row))
    return tuple(
        _line(row, people.get(row["id"], ()), figures.get(row["id"], ()))
        for row in database.rows(_ALL + _ORDER)
    )


def get(database: Database, task_id: str) -> TaskLine:
    """Return one task; raises KeyError."""
    for row in database.rows(_ALL + " where t.id = ?", (task_id,)):
        return _whole(database, row)
    raise KeyError(task_id)


def of_meeting(database: Database, meeting_id: str) -> tuple[TaskLine, ...]:
    """Return the tasks given at a meeting in their order."""
    found = database.rows(_ALL + " where t.meeting_id = ? order by t.position, t.id", (meeting_id,))
    return tuple(_whole(database, row) for row in found)


def change(database: Database, task: Task) -> None:
    """Write a task's own fields, inside an act; where it stands in its meeting stays."""
    row = entered(row_of(task))
    for column in ("id", "meeting_id", "position"):
        del row[column]
    database.update("task", task.id, row)


def put_people(database: Database, task_id: str, people: Sequence[TaskPerson]) -> None:
    """Make these the people of a task, inside an act; only what differs is written."""
    wanted = {person.member_id: person for person in people}
    for row in list(database.rows("select * from task_person where task_id = ?", (task_id,))):
        person = wanted.pop(row["member_id"], None)
        if person is None:
            database.delete("task_person", row["id"])
        elif person.role.value != row["role"]:
            database.update("task_person", row["id"], {"role": person.role.value})
    for person in wanted.values():
        database.insert("task_person", {"id": new_id(), "task_id": task_id, **row_of(person)})


def put_figures(database: Database, task_id: str, figures: Sequence[TaskFigure]) -> None:
    """Make these the figures of a task in this order, inside an act."""
    known = [
        row["id"]
        for row in database.rows(
            "select id from task_figure where task_id = ? order by position, id", (task_id,)
        )
    ]
    for position, figure in enumerate(figures):
        row = entered(row_of(figure)) | {"task_id": task_id, "position": position}
        if position < len(known):
            database.update("task_figure", known[position], row)
        else:
            database.insert("task_figure", row | {"id": new_id()})
    for key in known[len(figures) :]:
        database.delete("task_figure", key)


def _whole(database: Database, row: Mapping[str, Any]) -> TaskLine:
    people = database.rows("select * from task_person where task_id = ? order by role, id", (row["id"],))
    figures = database.rows("select * from task_figure where task_id = ? order by position, id", (row["id"],))
    return _line(row, [_person(one) for one in people], [_figure(one) for one in figures])


def _line(row: Mapping[str, Any], people: Sequence[TaskPerson], figures: Sequence[TaskFigure]) -> TaskLine:
    task = Task(**{
        **fields_of(Task, row),
        "due": _day(row["due"]),
        "done_on": _day(row["done_on"]),
        "source": TaskSource(row["source"]),
        "state": TaskState(row["state"]) if row["state"] else None,
    })  # fmt: skip
    return TaskLine(
        task=task,
        given_on=date.fromisoformat(row["given_on"]),
        kind=MeetingKind(row["meeting_kind"]),
        people=tuple(people),
        figures=tuple(figures),
    )


def _person(row: Mapping[str, Any]) -> TaskPerson:
    return TaskPerson(member_id=row["member_id"], role=TaskRole(row["role"]))


def _figure(row: Mapping[str, Any]) -> TaskFigure:
    return TaskFigure(**fields_of(TaskFigure, row))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
