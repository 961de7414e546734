"""By which framework a cell scores, and how scores were settled, as rows of one book."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from sochibo.rules.scoring.scoring import Rating
from sochibo.rules.scoring.scoring_metrics import runs_of_excuses
from sochibo.rules.scoring.settlements import Settlement
from sochibo.rules.scoring.surroundings import Surroundings
from sochibo.storage.engine.identity import new_id
from sochibo.storage.engine.mapping import stored
from sochibo.storage.records import meetings

if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any

    from sochibo.rules.meetings.meetings import Meeting, MeetingKind
    from sochibo.storage.engine.database import Database

__all__ = [
    "choice_on", "choices", "choose", "put_settlement", "scored_ids", "settlement", "settlements",
    "surroundings",
]  # fmt: skip

LONGEST_MONTH: Final = 31
COLUMNS: Final = {
    "vote_id": "score_vote_id", "rating_reason": "rating_reason", "upper_tenths": "upper_tenths",
    "upper_rating": "upper_rating", "upper_decided_by": "upper_decided_by",
    "upper_decided_on": "upper_decided_on", "upper_note": "upper_note",
}  # fmt: skip
"""Fields of a settlement and the columns of a meeting in which they lie."""


def choices(database: Database) -> dict[date, str]:
    """Return which framework was chosen from which day on, oldest first."""
    found = database.rows("select since, framework from framework_choice order by since")
    return {date.fromisoformat(row["since"]): row["framework"] for row in found}


def choice_on(database: Database, day: date) -> str:
    """Return the framework chosen for a day, empty for the central one."""
    return next((name for since, name in reversed(choices(database).items()) if since <= day), "")


def choose(database: Database, since: date, framework: str) -> None:
    """Write which framework applies from a day on."""
    for row in database.rows("select id from framework_choice where since = ?", (since.isoformat(),)):
        database.update("framework_choice", row["id"], {"framework": framework})
        return
    row = {"id": new_id(), "framework": framework, "since": since.isoformat()}
    database.insert("framework_choice", row)


def scored_ids(database: Database, since: date) -> tuple[str, ...]:
    """Return the meetings from a day on that have points and are not closed, in the order of their days."""
    found = database.rows(
        "select id from meeting where state in ('planned', 'recording') and \"on\" >= ?"
        ' and exists (select 1 from score where meeting_id = meeting.id) order by "on", id',
        (since.isoformat(),),
    )
    return tuple(row["id"] for row in found)


def settlement(database: Database, meeting_id: str) -> Settlement:
    """Return how the score of a meeting was settled; raises KeyError."""
    for row in database.rows("select * from meeting where id = ?", (meeting_id,)):
        return _settlement(row)
    raise KeyError(meeting_id)


def settlements(database: Database, year: int) -> dict[str, Settlement]:
    """Return how the scores of a year were settled, by meeting."""
    found = database.rows('select * from meeting where substr("on", 1, 4) = ?', (f"{year:04d}",))
    return {row["id"]: _settlement(row) for row in found}


def put_settlement(database: Database, meeting_id: str, made: Settlement) -> None:
    """Write how the score of a meeting was settled; raises KeyError."""
    row = {column: stored(getattr(made, name)) for name, column in COLUMNS.items()}
    database.update("meeting", meeting_id, row)


def surroundings(
    database: Database, meeting: Meeting, regular: Collection[MeetingKind], committee: MeetingKind
) -> Surroundings:
    """Return what the score of a meeting needs from others: the regular ones before it, the committee's."""
    held = [
        one
        for one in meetings.within(database, meeting.on - timedelta(days=LONGEST_MONTH), meeting.on)
        if one.id != meeting.id
    ]
    last = max((one.on for one in held if one.kind in regular and one.on < meeting.on), default=None)
    met = max((one.on for one in held if one.kind is committee), default=None)
    return Surroundings(
        excused_before=_runs(database, meeting, regular),
        committee_met_on=met if met is not None and (last is None or met > last) else None,
    )


def _runs(database: Database, meeting: Meeting, regular: Collection[MeetingKind]) -> dict[str, int]:
    """Count excused absences running up to a meeting, in one reading: a year of them is asked for at once."""
    kinds = json.dumps(sorted(kind.value for kind in regular))
    found = database.rows(
        "select meeting.id, mark.member_id from meeting left join mark"
        " on mark.meeting_id = meeting.id and mark.attendance = 'excused'"
        ' where "on" >= ? and "on" < ? and state <> \'planned\''
        ' and kind in (select value from json_each(?)) order by "on", meeting.id',
        (meeting.on.replace(month=1, day=1).isoformat(), meeting.on.isoformat(), kinds),
    )
    missed: dict[str, set[str]] = {}
    for row in found:
        absent = missed.setdefault(row["id"], set())
        if row["member_id"]:
            absent.add(row["member_id"])
    return runs_of_excuses(missed.values())


def _settlement(row: dict[str, Any]) -> Settlement:
    values = {name: row[column] for name, column in COLUMNS.items()}
    values["upper_rating"] = Rating(values["upper_rating"]) if values["upper_rating"] else None
    day = values["upper_decided_on"]
    values["upper_decided_on"] = date.fromisoformat(day) if day else None
    return Settlement(**values)
