"""Undo and redo by act, also tomorrow; the same journal is the audit trail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from sochibo.book.changes import Changes
from sochibo.book.field_words import HIDDEN, draw_value, label_of
from sochibo.book.ratings.rating_words import POINTERS
from sochibo.storage.engine.journal import decoded, lines_of

if TYPE_CHECKING:
    from sochibo.messages import Messages
    from sochibo.storage.engine.database import Database

__all__ = ["Act", "FieldChange", "History", "RecordChange", "act_of"]


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


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a record, as it was and as it became; None where the record was not there."""

    kind: str
    field: str
    before: object
    after: object

    @property
    def label(self) -> str:
        """Return what the field is called, as a message id."""
        return label_of(self.kind, self.field)

    def say(self, words: Messages) -> tuple[str, str, str]:
        """Return the field, what it was and what it became, in words; identity numbers masked."""
        before = draw_value(self.kind, self.field, self.before, words)
        after = draw_value(self.kind, self.field, self.after, words)
        return words.gettext(self.label), before, after


@dataclass(frozen=True, slots=True)
class RecordChange:
    """What one act did to a record: `insert`, `update` or `delete`, field by field."""

    act: Act
    operation: str
    fields: tuple[FieldChange, ...]


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

    def of(self, kind: str, record_id: str) -> tuple[RecordChange, ...]:
        """Return everything that happened to one record (`member`, its id), newest first.

        People, meetings and terms that a field points to stand there by their names of today.
        """
        changes = []
        for line in lines_of(self._database, kind, record_id):
            act = act_of(line)
            before, after = line["before"], line["after"]
            fields = tuple(
                FieldChange(
                    kind, name, self._named(name, before.get(name)), self._named(name, after.get(name))
                )
                for name in {**before, **after}
                if name not in HIDDEN and (before.get(name) or None) != (after.get(name) or None)
            )
            if act is not None:
                changes.append(RecordChange(act, line["operation"], fields))
        return tuple(changes)

    def _named(self, field: str, value: object) -> object:
        """Return the name of what a field points to, or the value itself."""
        if field not in _POINTERS or value is None:
            return value
        table, column = _POINTERS[field]
        for row in self._database.rows(f'select "{column}" as name from "{table}" where id = ?', (value,)):  # noqa: S608 - our own names
            return row["name"]
        return None


_POINTERS: Final = {
    **dict.fromkeys(
        ("member_id", "chair_id", "minute_taker_id", "observer_id", "presenter_id", "drafter_id"),
        ("member", "name"),
    ),
    "meeting_id": ("meeting", "on"),
    "report_meeting_id": ("meeting", "on"),
    "task_id": ("task", "text"),
    "unit_id": ("unit", "name"),
    "parent_id": ("unit", "name"),
    "vote_id": ("vote", "question"),
    "review_period_id": ("review_period", "year"),
    "term_id": ("term", "name"),
    **POINTERS,
}


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
