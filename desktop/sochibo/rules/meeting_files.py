"""A whole meeting as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sochibo.rules import attendance, votes
from sochibo.rules.attendance import AttendanceCount, AttendanceRules
from sochibo.rules.meetings import AgendaItem, AssignedTask, Guest, Mark, Meeting, Score, Vote
from sochibo.rules.members import RosterEntry
from sochibo.rules.scoring import Framework

if TYPE_CHECKING:
    from sochibo.rules.votes import VoteBase

__all__ = ["MeetingFile"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFile:
    """A whole meeting as one value: its record, its roll of the day, and all that was noted."""

    meeting: Meeting
    roll: tuple[RosterEntry, ...]
    marks: Mapping[str, Mark]
    attendance_rules: AttendanceRules
    framework: Framework | None = None
    guests: tuple[Guest, ...] = ()
    items: tuple[AgendaItem, ...] = ()
    votes: tuple[Vote, ...] = ()
    tasks: tuple[AssignedTask, ...] = ()
    scores: Mapping[str, Score] = field(default_factory=dict)

    def attendance(self) -> AttendanceCount:
        """Count who came."""
        return attendance.count_attendance(self.roll, self.marks, self.attendance_rules)

    def vote_base(self) -> VoteBase:
        """Count who may vote."""
        return votes.count_vote_base(self.roll, self.marks, self.attendance_rules)

    def entry_of(self, member_id: str | None) -> RosterEntry | None:
        """Return someone's place on the roll, None for who is not on it."""
        return next((entry for entry in self.roll if entry.member.id == member_id), None)

    def name_of(self, member_id: str | None) -> str:
        """Return the name of someone on the roll, empty for nobody."""
        entry = self.entry_of(member_id)
        return entry.member.name if entry else ""

    def came(self, entry: RosterEntry) -> bool:
        """Tell whether someone on the roll was there."""
        return attendance.is_present(entry, self.marks.get(entry.member.id), self.attendance_rules)
