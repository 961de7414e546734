"""What every act on a meeting shares: whether it may be changed, and how the act is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochibo.book.changes import Changes
from sochibo.faults import Finding, Refused, Severity
from sochibo.messages import N_
from sochibo.rules.meetings.meetings import MeetingState
from sochibo.storage.records import meetings as store

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from datetime import date

    from sochibo.book.book import Book
    from sochibo.rules.meetings.meetings import Meeting
    from sochibo.storage.engine.database import Database

__all__ = ["FINISHED", "MeetingActs", "refusal"]

FINISHED = frozenset({MeetingState.CLOSED, MeetingState.SEALED})
"""States in which the minutes refuse every change; a correction opens them again."""


class MeetingActs:
    """A service whose acts are about one meeting."""

    def __init__(self, database: Database, book: Book) -> None:
        self._database = database
        self._book = book

    def _unlocked(self, meeting_id: str) -> Meeting:
        """Return a meeting that may be changed; raises KeyError, or Refused where it is closed."""
        meeting = store.get(self._database, meeting_id)
        if meeting.state in FINISHED:
            template = N_("The minutes of {day} are closed and can no longer be changed.")
            raise refusal("M90", template, meeting.on)
        return meeting

    def _begin_recording(self, meeting: Meeting) -> None:
        if meeting.state is MeetingState.PLANNED:
            store.update_state(self._database, meeting.id, MeetingState.RECORDING)

    def _act(
        self, template: str, day: date, *, merge_key: str | None = None, changes: Changes = Changes.MEETINGS
    ) -> AbstractContextManager[None]:
        fields = {"day": day}
        return self._database.act(template, fields, changes=int(changes.value), merge_key=merge_key)


def refusal(code: str, template: str, day: date, place: str = "") -> Refused:
    """Return the refusal of an act on the meeting of a day."""
    return Refused([Finding(code, Severity.RED, template, {"day": day}, place)])
