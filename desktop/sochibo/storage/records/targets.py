"""Targets as rows, and the counts of rows by which some of them are measured."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from sochibo.rules.counts import Ratio
from sochibo.rules.work.targets import Comparison, Measure, Target, TargetPeriod
from sochibo.storage.engine.identity import new_id
from sochibo.storage.engine.mapping import fields_of, row_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sochibo.storage.engine.database import Database

__all__ = [
    "cells_with_committee", "commitments", "members_with_task", "put_target", "remove_target",
    "study_turns", "target", "targets",
]  # fmt: skip


def targets(database: Database) -> tuple[Target, ...]:
    """Return all targets, the newest year first, in the order recorded."""
    return tuple(map(_target, database.rows("select * from target order by year desc, id")))


def target(database: Database, target_id: str) -> Target:
    """Return one target; raises KeyError."""
    for row in database.rows("select * from target where id = ?", (target_id,)):
        return _target(row)
    raise KeyError(target_id)


def put_target(database: Database, made: Target) -> Target:
    """Write a target, anew where it has no id yet, inside an act; returns it with its id."""
    kept = made if made.id else dataclasses.replace(made, id=new_id())
    if made.id:
        database.update("target", made.id, row_of(kept))
    else:
        database.insert("target", row_of(kept))
    return kept


def remove_target(database: Database, target_id: str) -> None:
    """Delete a target, inside an act."""
    database.delete("target", target_id)


def study_turns(database: Database, first: date, last: date) -> Ratio:
    """Return turns (lượt) of study, present over convened: people are counted each time."""
    return _ratio(
        database,
        "select coalesce(sum(present), 0) as part, coalesce(sum(convened), 0) as whole from study_session"
        ' where "on" between ? and ?',
        (first.isoformat(), last.isoformat()),
    )


def commitments(database: Database, year: int) -> frozenset[str]:
    """Return the ids of members who signed the commitment of a year."""
    found = database.rows(
        "select member_id from commitment where year = ? and signed_on is not null", (year,)
    )
    return frozenset(row["member_id"] for row in found)


def members_with_task(database: Database, first: date, last: date) -> frozenset[str]:
    """Return the ids of members named by a task of a meeting from one day to another."""
    found = database.rows(
        "select distinct p.member_id from task_person as p join task as t on t.id = p.task_id"
        ' join meeting as m on m.id = t.meeting_id where m."on" between ? and ?',
        (first.isoformat(), last.isoformat()),
    )
    return frozenset(row["member_id"] for row in found)


def cells_with_committee(database: Database, day: date) -> Ratio:
    """Return the units with a committee of their own, of those of which it is known, on a day."""
    return _ratio(
        database,
        "select coalesce(sum(has_committee), 0) as part, count(has_committee) as whole from unit"
        " where since <= :day and (until is null or until >= :day)",
        {"day": day.isoformat()},
    )


def _ratio(database: Database, sql: str, parameters: tuple[str, ...] | Mapping[str, Any]) -> Ratio:
    row = next(database.rows(sql, parameters))
    return Ratio(row["part"], row["whole"])


def _target(row: Mapping[str, Any]) -> Target:
    return Target(
        **{
            **fields_of(Target, row),
            "period_kind": TargetPeriod(row["period_kind"]),
            "comparison": Comparison(row["comparison"]),
            "measure": Measure(row["measure"]),
        }
    )
