"""What a committee decided of members whom its cells name, as rows of its book."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sochibo.rules.ratings.ratings import Level
from sochibo.rules.ratings.unit_ratings import MemberDecision
from sochibo.storage.engine.identity import new_id
from sochibo.storage.engine.mapping import fields_of, row_of

if TYPE_CHECKING:
    from sochibo.storage.engine.database import Database

__all__ = ["all_of", "put", "remove"]


def all_of(database: Database, period_id: str) -> dict[tuple[str, str, str], MemberDecision]:
    """Return the decisions of a review by unit, name and birth."""
    found = database.rows("select * from decided_member where period_id = ?", (period_id,))
    made = (
        MemberDecision(
            **fields_of(MemberDecision, row) | {"level": Level(row["level"]) if row["level"] else None}
        )
        for row in found
    )
    return {(one.unit_id, one.name, one.birth): one for one in made}


def put(database: Database, decision: MemberDecision) -> None:
    """Write a decision, anew where it has no id yet, inside an act."""
    if decision.id:
        database.update("decided_member", decision.id, row_of(decision))
    else:
        database.insert("decided_member", row_of(replace(decision, id=new_id())))


def remove(database: Database, decision_id: str) -> None:
    """Let the proposed level stand again, inside an act."""
    database.delete("decided_member", decision_id)
