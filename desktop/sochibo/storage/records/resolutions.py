"""Texts of resolutions and conclusions, as rows of one book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sochibo.rules.meetings.resolutions import Resolution, ResolutionKind
from sochibo.storage.engine.identity import new_id
from sochibo.storage.engine.mapping import fields_of, row_of
from sochibo.storage.records.parts import entered, parts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sochibo.storage.engine.database import Database

__all__ = ["of_meeting", "put", "remove"]


def of_meeting(database: Database, meeting_id: str) -> Resolution | None:
    """Return the text written for a meeting, if one was."""
    return next(map(_resolution, parts_of(database, "resolution", meeting_id)), None)


def put(database: Database, resolution: Resolution) -> None:
    """Write a text, inside an act; an empty id makes a new row."""
    row = entered(row_of(resolution))
    if resolution.id:
        database.update("resolution", resolution.id, row)
    else:
        database.insert("resolution", row | {"id": new_id()})


def remove(database: Database, resolution_id: str) -> None:
    """Delete a text, inside an act."""
    database.delete("resolution", resolution_id)


def _resolution(row: Mapping[str, Any]) -> Resolution:
    return Resolution(**{**fields_of(Resolution, row), "kind": ResolutionKind(row["kind"])})
