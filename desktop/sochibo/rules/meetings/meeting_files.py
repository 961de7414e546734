"""A whole meeting as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from sochibo.rules.counts import Ratio
from sochibo.rules.meetings import attendance, votes
from sochibo.rules.meetings.attendance import AttendanceCount, AttendanceRules
from sochibo.rules.meetings.corrections import Correction
from sochibo.rules.meetings.meetings import AgendaItem, AssignedTask, Guest, Mark, Meeting, Score, Vote
from sochibo.rules.meetings.proposals import Proposal
from sochibo.rules.meetings.speeches import Speech
from sochibo.rules.meetings.study import StudySession
from sochibo.rules.members.members import RosterEntry
from sochibo.rules.members.rolls import told_apart
from sochibo.rules.scoring.scoring import Framework
from sochibo.rules.scoring.settlements import Settlement
from sochibo.rules.scoring.surroundings import Surroundings

if TYPE_CHECKING:
    from sochibo.rules.meetings.votes import VoteBase

__all__ = ["MeetingFile"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFile:
    """A whole meeting as one value: its record, its roll of the day, and all that was noted.

    `earlier_proposals` were raised before and are open or settled here, `earlier_tasks` are looked back on,
    `neighbours` are the other meetings of its quarter, `corrections` why it was opened again, oldest first.
    `raised_on` tells the days of the meetings at which earlier proposals were raised, `off_roll` the names of
    people whom the record names though they are not on the roll of the day.
    """

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
    speeches: tuple[Speech, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    earlier_proposals: tuple[Proposal, ...] = ()
    studies: tuple[StudySession, ...] = ()
    corrections: tuple[Correction, ...] = ()
    neighbours: tuple[Meeting, ...] = ()
    earlier_tasks: tuple[AssignedTask, ...] = ()
    raised_on: Mapping[str, date] = field(default_factory=dict)
    off_roll: Mapping[str, str] = field(default_factory=dict)
    surroundings: Surroundings = field(default_factory=Surroundings)
    settlement: Settlement = field(default_factory=Settlement)

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
        """Return the name of someone, empty for nobody; two of one name on the roll are told apart."""
        if member_id is None:
            return ""
        shown = told_apart([entry.member for entry in self.roll])
        return shown.get(member_id) or self.off_roll.get(member_id, "")

    def came(self, entry: RosterEntry) -> bool:
        """Tell whether someone on the roll was there."""
        return attendance.is_present(entry, self.marks.get(entry.member.id), self.attendance_rules)

    def silent(self) -> tuple[RosterEntry, ...]:
        """Return who was there and has not spoken yet, in the order of the roll."""
        spoke = {speech.member_id for speech in self.speeches}
        return tuple(entry for entry in self.roll if self.came(entry) and entry.member.id not in spoke)

    def speaking(self) -> Ratio:
        """Return how many of those present spoke: a criterion of scoring frameworks."""
        came = sum(self.came(entry) for entry in self.roll)
        return Ratio(came - len(self.silent()), came)
