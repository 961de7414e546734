"""Undo and redo by act, also tomorrow; the same journal is the audit trail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from sochibo.book.changes import Changes
from sochibo.storage.journal import decoded

if TYPE_CHECKING:
    from sochibo.messages import Messages
    from sochibo.storage.database import Database

__all__ = ["Act", "History", "act_of"]


@dataclass(frozen=True, slots=True)
class Act:
    """One act as the history shows it: a template (English message id) with its fields, who and when."""

    id: str
    template: str
    fields: Mapping[str, object]
    by: str
    at: datetime
    undone: bool

    def say(self, words: Messages) -> str:
        """Return the act in words: `Recorded attendance of 05/11/2026`."""
        return words.sentence(self.template, self.fields)


class History:
    """The acts of a book; what was sealed stays outside undo."""

    def __init__(self, database: Database) -> None:
        self._database: Final = database

    def undoable(self) -> Act | None:
        """Return the act that undo would take back."""
        return act_of(self._database.undoable())

    def redoable(self) -> Act | None:
        """Return the act that redo would do again."""
        return act_of(self._database.redoable())

    def undo(self) -> Changes:
        """Take the newest act back; Changes.NONE if there is none."""
        return Changes(self._database.undo())

    def redo(self) -> Changes:
        """Do the act undone last again; Changes.NONE if there is none."""
        return Changes(self._database.redo())

    def acts(self, limit: int = 200) -> tuple[Act, ...]:
        """Return the newest acts, newest first, undone ones among them."""
        return tuple(act for act in map(act_of, self._database.acts(limit)) if act is not None)


def act_of(row: Mapping[str, Any] | None) -> Act | None:
    """Make an act of its row, also of one from another file; None of none."""
    if row is None:
        return None
    return Act(
        id=row["id"],
        template=row["template"],
        fields=decoded(row["fields"]),
        by=row["by"],
        at=datetime.fromisoformat(row["at"]),
        undone=row["state"] == "undone",
    )
