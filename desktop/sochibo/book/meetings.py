"""The meetings of a book, from plan to closed minutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sochibo.rules.attendance import AttendanceCount
from sochibo.rules.meetings import (
    Meeting,
)
from sochibo.rules.scoring import Rating

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sochibo.book.changes import Changes
    from sochibo.faults import Finding
    from sochibo.rules.meetings import (
        AbsenceReason,
        AgendaItem,
        AssignedTask,
        Attendance,
        Guest,
        MeetingKind,
        Vote,
    )  # fmt: skip
    from sochibo.rules.minutes import MeetingFile

__all__ = ["MeetingLine", "Meetings"]


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting in the list of a year: with its count, its score, and the number of its minutes."""

    meeting: Meeting
    count: AttendanceCount
    tenths: int | None
    rating: Rating | None
    minutes_number: str


class Meetings:
    """Meetings; a closed one refuses every change with Refused (code M90)."""

    def years(self) -> tuple[int, ...]:
        """Return the years that have meetings, newest first."""
        raise NotImplementedError

    def lines(self, year: int) -> tuple[MeetingLine, ...]:
        """Return the meetings of a year, in the order of their days."""
        raise NotImplementedError

    def file(self, meeting_id: str) -> MeetingFile:
        """Return a whole meeting; raises KeyError."""
        raise NotImplementedError

    def prepare(self, kind: MeetingKind, on: date, *, theme: str = "") -> str:
        """Make a meeting from the last of its kind (place, time, chair, minute-taker, agenda titles).

        Returns the new meeting's id. A cell without an earlier meeting gets the usual agenda of its kind.
        """
        raise NotImplementedError

    def suggest_day(self, after: date) -> date:
        """Return the next regular day after a day that has no regular meeting in its month yet."""
        raise NotImplementedError

    def change(self, meeting: Meeting) -> Changes:
        """Change kind, day, times, place, chair, minute-taker, notes; never the state."""
        raise NotImplementedError

    def remove(self, meeting_id: str) -> Changes:
        """Remove a meeting that is not closed, with everything noted in it; undo brings all of it back."""
        raise NotImplementedError

    def mark(
        self,
        meeting_id: str,
        member_id: str,
        attendance: Attendance | None,
        reason: AbsenceReason | None = None,
        note: str = "",
    ) -> Changes:
        """Mark how one person attended; None takes the mark back, which means present if expected."""
        raise NotImplementedError

    def add_item(self, meeting_id: str, title: str = "", *, at: int | None = None) -> str:
        """Add an agenda item, at the end or at a position; returns its id."""
        raise NotImplementedError

    def change_item(self, item: AgendaItem) -> Changes:
        """Change an agenda item; quick changes of one item are one act of the history."""
        raise NotImplementedError

    def remove_item(self, item_id: str) -> Changes:
        """Remove an agenda item; the ones after it move up."""
        raise NotImplementedError

    def move_item(self, item_id: str, to: int) -> Changes:
        """Move an agenda item to a position counted from 0."""
        raise NotImplementedError

    def set_guests(self, meeting_id: str, guests: Sequence[Guest]) -> Changes:
        """Replace the guests (ids may be empty)."""
        raise NotImplementedError

    def set_votes(self, meeting_id: str, votes: Sequence[Vote]) -> Changes:
        """Replace the votes (ids may be empty)."""
        raise NotImplementedError

    def set_tasks(self, meeting_id: str, tasks: Sequence[AssignedTask]) -> Changes:
        """Replace the tasks given at the meeting (ids may be empty)."""
        raise NotImplementedError

    def set_score(self, meeting_id: str, criterion: str, tenths: int | None, reason: str = "") -> Changes:
        """Give points for one criterion of the framework of the day, or take them back with None."""
        raise NotImplementedError

    def findings(self, meeting_id: str) -> tuple[Finding, ...]:
        """Return what speaks against closing, red first."""
        raise NotImplementedError

    def close(self, meeting_id: str) -> str:
        """Close the minutes: allot their number and keep them as a document; returns the document's id.

        Raises Refused while there is a red finding. Undo opens them again until they are sealed.
        """
        raise NotImplementedError

    def record(self, data: Mapping[str, Any]) -> str:
        """Record a whole meeting from plain data (the file of `sochibo meeting add`), as one act.

        The keys are described in the JSON Schema `resources/schemas/meeting.json`. Names must be on the
        roll of the day. Raises Refused with the place of each thing that is wrong; returns the meeting's id.
        """
        raise NotImplementedError
