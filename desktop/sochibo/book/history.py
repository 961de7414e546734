"""Undo and redo by act, also tomorrow; the same journal is the audit trail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sochibo.book.changes import Changes
    from sochibo.messages import Messages

__all__ = ["Act", "History"]


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

    def undoable(self) -> Act | None:
        """Return the act that undo would take back."""
        raise NotImplementedError

    def redoable(self) -> Act | None:
        """Return the act that redo would do again."""
        raise NotImplementedError

    def undo(self) -> Changes:
        """Take the newest act back; Changes.NONE if there is none."""
        raise NotImplementedError

    def redo(self) -> Changes:
        """Do the act undone last again; Changes.NONE if there is none."""
        raise NotImplementedError

    def acts(self, limit: int = 200) -> tuple[Act, ...]:
        """Return the newest acts, newest first, undone ones among them."""
        raise NotImplementedError
