"""The figures of a closed meeting, as its minutes say: what is learnt later does not change them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochibo.rules.meetings.attendance import AttendanceCount, Ratio
from sochibo.rules.meetings.minutes_parts import deductions_of
from sochibo.rules.reports import MeetingFigures

if TYPE_CHECKING:
    from sochibo.rules.reports import MinutesReport

__all__ = ["count_in", "figures_in"]


def count_in(minutes: MinutesReport) -> AttendanceCount:
    """Return who came, as counted when the minutes were closed."""
    return AttendanceCount(
        members=minutes.members,
        official=minutes.official,
        probationary=minutes.probationary,
        visiting=minutes.visiting,
        expected=minutes.expected,
        present=minutes.present,
        present_official=minutes.present_official,
        present_probationary=minutes.present_probationary,
        present_visiting=minutes.present_visiting,
        excused=len(minutes.excused),
        unexcused=len(minutes.unexcused),
        extra_present=len(minutes.extra_present),
        base=minutes.expected_lines,
    )


def figures_in(minutes: MinutesReport) -> MeetingFigures:
    """Return the meeting as one row of a summary, so that summary and minutes can never disagree."""
    return MeetingFigures(
        meeting_id=minutes.meeting_id,
        meeting_kind=minutes.meeting_kind,
        on=minutes.on,
        attendance=Ratio(minutes.present, minutes.expected),
        present_official=minutes.present_official,
        excused=len(minutes.excused),
        unexcused=len(minutes.unexcused),
        items=len(minutes.items),
        votes=Ratio(sum(vote.passed for vote in minutes.votes), len(minutes.votes)),
        tasks=len(minutes.tasks),
        superiors=sum(guest.superior for guest in minutes.guests),
        minutes=minutes.heading.number,
        theme=minutes.theme,
        score_tenths=minutes.score.tenths if minutes.score and minutes.score.rating else None,
        rating=minutes.score.rating if minutes.score else None,
        framework=minutes.score.framework if minutes.score else "",
        spoke=minutes.spoke,
        deductions=deductions_of(minutes.score),
    )
