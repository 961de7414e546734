"""Rolls, marks and meetings for the tests of rules; every name is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from sochibo.rules.meetings.attendance import AttendanceRules
from sochibo.rules.meetings.meeting_files import MeetingFile
from sochibo.rules.meetings.meetings import (
    AgendaItem,
    AssignedTask,
    Attendance,
    Guest,
    Mark,
    Meeting,
    MeetingKind,
    Score,
    Vote,
)
from sochibo.rules.members.members import Activity, Member, Membership, RosterEntry, Standing
from sochibo.rules.scoring.scoring import framework_on
from sochibo.rules.scoring.scoring_files import load_frameworks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sochibo.rules.meetings.meetings import AbsenceReason

__all__ = ["NAMES", "RULES", "entry", "mark", "marks", "meeting_file", "roll"]

RULES = AttendanceRules(id="test")
DAY = date(2026, 11, 3)
NAMES = tuple(
    f"{family} {middle} {given}"
    for given in ("An", "Ánh", "Bình", "Đào", "Dũng", "Hòa", "Ý")
    for middle in ("Văn", "Thị")
    for family in ("Nguyễn", "Trần", "Lê")
)


def entry(
    number: int,
    membership: Membership = Membership.OFFICIAL,
    activity: Activity = Activity.ACTIVE,
    **fields: object,
) -> RosterEntry:
    """Return one person on the roll, with the id `m<number>`."""
    member = Member(id=f"m{number}", name=NAMES[number % len(NAMES)])
    return RosterEntry(replace(member, **cast("dict[str, Any]", fields)), Standing(membership, activity))


def roll(official: int, probationary: int = 0, others: Sequence[RosterEntry] = ()) -> tuple[RosterEntry, ...]:
    """Return active members, official ones first, with others behind them."""
    first = [entry(number) for number in range(official)]
    second = [entry(official + number, Membership.PROBATIONARY) for number in range(probationary)]
    return (*first, *second, *others)


def mark(
    number: int, attendance: Attendance, reason: AbsenceReason | None = None, note: str = ""
) -> dict[str, Mark]:
    """Return one mark under its member's id."""
    made = Mark(meeting_id="meeting", member_id=f"m{number}", attendance=attendance, reason=reason, note=note)
    return {made.member_id: made}


def marks(attendance: Attendance, *numbers: int) -> dict[str, Mark]:
    """Return the same mark for several people."""
    note = "công tác" if attendance is Attendance.EXCUSED else ""
    return {key: one for number in numbers for key, one in mark(number, attendance, note=note).items()}


def meeting_file(**changes: object) -> MeetingFile:
    """Return a regular meeting of 22 members at which there is nothing to find fault with."""
    framework = framework_on(DAY, load_frameworks())
    assert framework is not None
    made = MeetingFile(
        meeting=Meeting(
            id="meeting",
            kind=MeetingKind.REGULAR,
            on=DAY,
            start="19:30",
            end="21:05",
            place="Nhà văn hóa Thôn 4",
            chair_id="m0",
            minute_taker_id="m1",
            fee_note="Đã đóng đủ đến hết tháng 10.",
            conclusion="Thống nhất các nội dung.",
            adopted=True,
        ),
        roll=roll(20, 2),
        marks={},
        attendance_rules=RULES,
        framework=framework,
        guests=(
            Guest(
                id="g", meeting_id="meeting", position=0, name="Lê Thị Hậu", post="Ủy viên", superior=True
            ),
        ),
        items=(
            AgendaItem(id="i", meeting_id="meeting", position=0, title="Nhiệm vụ tháng", text="Thảo luận."),
        ),
        votes=(
            Vote(id="v", meeting_id="meeting", position=0, question="Thông qua nghị quyết", in_favour=20),
        ),
        tasks=(
            AssignedTask(
                id="t", meeting_id="meeting", position=0, text="Rà soát hộ nghèo", assignees="Trần Văn An",
                due=date(2026, 11, 25),
            ),
        ),
        scores={
            criterion.code: Score(
                meeting_id="meeting", criterion=criterion.code, tenths=criterion.max_points * 10
            )
            for criterion in framework.criteria
        },
    )  # fmt: skip
    return replace(made, **cast("dict[str, Any]", changes))
