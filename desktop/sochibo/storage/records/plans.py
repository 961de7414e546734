"""Planned themes, as rows of one book."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sochibo.rules.dates import Month
from sochibo.rules.meetings.plans import PlanState, ThemePlan
from sochibo.rules.names import fold
from sochibo.storage.engine.identity import new_id
from sochibo.storage.engine.mapping import fields_of, row_of
from sochibo.storage.records.parts import entered, only

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sochibo.storage.engine.database import Database

__all__ = [
    "get", "item_turns", "of_meeting", "of_year", "put", "put_unheld", "remove", "turns_before", "unheld",
]  # fmt: skip


def of_year(database: Database, year: int) -> tuple[ThemePlan, ...]:
    """Return the themes of a year, by quarter and month."""
    found = database.rows(
        "select * from thematic_plan where year = ?"
        " order by quarter, planned_month is null, planned_month, id",
        (year,),
    )
    return tuple(map(_plan, found))


def get(database: Database, plan_id: str) -> ThemePlan:
    """Return one theme; raises KeyError."""
    return _plan(only(database, "thematic_plan", plan_id))


def of_meeting(database: Database, meeting_id: str) -> ThemePlan | None:
    """Return the theme that a meeting deals with, if one was planned."""
    found = database.rows("select * from thematic_plan where meeting_id = ?", (meeting_id,))
    return next(map(_plan, found), None)


def put(database: Database, plan: ThemePlan) -> str:
    """Write a theme, inside an act; an empty id makes a new one. Returns its id."""
    row = entered(row_of(plan))
    if plan.id:
        database.update("thematic_plan", plan.id, row)
        return plan.id
    made = new_id()
    database.insert("thematic_plan", row | {"id": made})
    return made


def remove(database: Database, plan_id: str) -> None:
    """Delete a theme, inside an act."""
    database.delete("thematic_plan", plan_id)


def item_turns(database: Database, before: date) -> tuple[str, ...]:
    """Return the ids of members who had an agenda item at meetings before a day, oldest first."""
    found = database.rows(
        "select i.presenter_id as who from agenda_item as i join meeting as m on m.id = i.meeting_id"
        ' where i.presenter_id is not null and m."on" < ? order by m."on", i.position',
        (before.isoformat(),),
    )
    return tuple(row["who"] for row in found)


def turns_before(database: Database, before: date) -> dict[str, list[str]]:
    """Return who presented the items of each folded title at meetings before a day, oldest first."""
    found: dict[str, list[str]] = {}
    rows = database.rows(
        "select i.title, i.presenter_id as who from agenda_item as i join meeting as m on m.id = i.meeting_id"
        ' where i.presenter_id is not null and m."on" < ? order by m."on", i.position',
        (before.isoformat(),),
    )
    for row in rows:
        found.setdefault(fold(row["title"]), []).append(row["who"])
    return found


def unheld(database: Database) -> dict[Month, str]:
    """Return why months had no regular meeting, as far as it was written down."""
    found = database.rows("select month, reason from unheld_month order by month")
    return {Month.parse(row["month"]): row["reason"] for row in found}


def put_unheld(database: Database, month: Month, reason: str) -> None:
    """Write why a month had no regular meeting, inside an act; an empty reason takes it away."""
    known = next(database.rows("select id from unheld_month where month = ?", (str(month),)), None)
    if not reason:
        if known is not None:
            database.delete("unheld_month", known["id"])
    elif known is not None:
        database.update("unheld_month", known["id"], {"reason": reason})
    else:
        database.insert("unheld_month", {"id": new_id(), "month": str(month), "reason": reason})


def _plan(row: Mapping[str, Any]) -> ThemePlan:
    return ThemePlan(**{
        **fields_of(ThemePlan, row),
        "draft_due": date.fromisoformat(row["draft_due"]) if row["draft_due"] else None,
        "planned_month": Month.parse(row["planned_month"]) if row["planned_month"] else None,
        "state": PlanState(row["state"]),
    })  # fmt: skip
