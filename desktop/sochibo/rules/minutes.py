"""From a meeting to its minutes and figures, and what speaks against closing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sochibo.rules.attendance import AttendanceCount, AttendanceRules
from sochibo.rules.meetings import AgendaItem, AssignedTask, Guest, Mark, Meeting, Score, Vote
from sochibo.rules.members import RosterEntry
from sochibo.rules.scoring import Framework

if TYPE_CHECKING:
    from sochibo.faults import Finding
    from sochibo.rules.reports import Heading, MeetingFigures, MinutesReport
    from sochibo.rules.votes import VoteBase

__all__ = ["MeetingFile", "check_meeting", "figures_of", "make_minutes"]


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
        raise NotImplementedError

    def vote_base(self) -> VoteBase:
        """Count who may vote."""
        raise NotImplementedError

    def name_of(self, member_id: str | None) -> str:
        """Return the name of someone on the roll, empty for nobody."""
        raise NotImplementedError


def check_meeting(file: MeetingFile) -> tuple[Finding, ...]:
    """Return what is wrong (red) or doubtful (yellow), red first; places are field paths.

    Red only where the paper would be false or unreadable (more voices than voters present, chair and
    minute-taker the same or absent, an absence without its class, nothing on the agenda, points above the
    maximum, framework not valid on the day). Source of the list: domain rules of HD 42-HD/BTCTW,
    28/10/2025, and QĐ 294-QĐ/TW, 26/5/2025.
    """
    raise NotImplementedError


def make_minutes(file: MeetingFile, heading: Heading) -> MinutesReport:
    """Make the minutes; names stand in Vietnamese order, reasons in Vietnamese words."""
    raise NotImplementedError


def figures_of(file: MeetingFile, minutes_number: str) -> MeetingFigures:
    """Return the meeting as one row of a summary; `minutes_number` is empty while it is not closed."""
    raise NotImplementedError
