"""Who may vote, how many must agree, and whether they did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sochibo.rules.meetings import attendance
from sochibo.rules.meetings.attendance import AttendanceRules, BaseLine
from sochibo.rules.meetings.meetings import VoteClass
from sochibo.rules.members.members import Activity, Membership

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sochibo.rules.meetings.meetings import Mark, Vote
    from sochibo.rules.members.members import RosterEntry

__all__ = ["VoteBase", "VoteOutcome", "count_vote_base", "judge_vote", "voices_needed"]


@dataclass(frozen=True, slots=True)
class VoteBase:
    """The vote base and how it was counted: official members convened, less those left out.

    `voters_present` are the people of the base who were there: no vote can have more voices.
    """

    size: int
    voters_present: int
    lines: tuple[BaseLine, ...]


@dataclass(frozen=True, slots=True)
class VoteOutcome:
    """A vote judged: `needed` voices of `base`, and whether they were reached."""

    base: int
    needed: int
    in_favour: int
    passed: bool


COUNTED_IF_PRESENT: Final = {
    Activity.EXEMPT: "exempt",
    Activity.TEMPORARILY_EXEMPT: "exempt",
    Activity.AWAY: "away",
}


def count_vote_base(
    roll: Sequence[RosterEntry], marks: Mapping[str, Mark], rules: AttendanceRules
) -> VoteBase:
    """Count the vote base of one meeting.

    All official members convened, present or not, less: exempt and temporarily away members who did not
    come, and suspended ones. Probationary members, visitors and guests never vote. Special duty does not
    take a member out. Source: Charter art. 9.5; QĐ 294-QĐ/TW, 26/5/2025, §9.3.2.
    """
    convened = [
        entry for entry in roll if entry.standing.belongs and entry.standing.membership is Membership.OFFICIAL
    ]
    left_out = []
    voters_present = 0
    for entry in convened:
        activity = entry.standing.activity
        came = attendance.is_present(entry, marks.get(entry.member.id), rules)
        if activity is Activity.SUSPENDED:
            left_out.append("suspended")
        elif came:
            voters_present += 1
        elif activity in COUNTED_IF_PRESENT:
            left_out.append(COUNTED_IF_PRESENT[activity])
    return VoteBase(
        size=len(convened) - len(left_out),
        voters_present=voters_present,
        lines=attendance.lines_of(["official"] * len(convened), left_out),
    )


def voices_needed(base: int, vote_class: VoteClass) -> int:
    """Return the least number of voices: more than 1/2, or at least 2/3 (QĐ 294-QĐ/TW, §9.3)."""
    if vote_class is VoteClass.MAJORITY:
        return base // 2 + 1
    return max(1, -(-2 * base // 3))


def judge_vote(vote: Vote, base: VoteBase) -> VoteOutcome:
    """Judge one vote against the base of its meeting, or against its own where that was kept at closing."""
    if vote.base is not None and vote.passed is not None:
        needed = voices_needed(vote.base, vote.vote_class)
        return VoteOutcome(vote.base, needed, vote.in_favour, vote.passed)
    needed = voices_needed(base.size, vote.vote_class)
    return VoteOutcome(base.size, needed, vote.in_favour, vote.in_favour >= needed)
