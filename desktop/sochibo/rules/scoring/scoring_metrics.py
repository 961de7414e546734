"""What the book can compute about a meeting for its score, each figure with the words that say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeAlias

from sochibo.messages import N_
from sochibo.rules.meetings import attendance, practice
from sochibo.rules.meetings.attendance import Ratio
from sochibo.rules.meetings.meetings import AbsenceReason, Attendance, MeetingKind, MeetingState
from sochibo.rules.members.offices import serves_in_cell_committee
from sochibo.rules.scoring.scoring import AttendanceBase, Metric

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date

    from sochibo.messages import Messages
    from sochibo.rules.meetings.meeting_files import MeetingFile
    from sochibo.rules.meetings.meetings import AssignedTask
    from sochibo.rules.scoring.scoring import Framework

__all__ = ["RATES", "Facts", "Figure", "facts_of", "runs_of_excuses"]

RATES: Final = frozenset({
    Metric.ATTENDANCE_RATE, Metric.DURATION_RATE, Metric.SPEAKER_RATE, Metric.TASK_RATE
})  # fmt: skip
"""Metrics that are per cent."""

WHOLE: Final = 100
THEMATIC: Final = frozenset({MeetingKind.THEMATIC, MeetingKind.COMBINED})


@dataclass(frozen=True, slots=True)
class Figure:
    """One metric of one meeting; `value` is None where the record does not tell."""

    value: Fraction | None
    template: str
    fields: Mapping[str, object] = field(default_factory=dict)

    def say(self, words: Messages) -> str:
        """Say the figure; a ratio among its fields is drawn as a rate."""
        drawn = {
            name: words.percent(value.numerator, value.denominator) if isinstance(value, Ratio) else value
            for name, value in self.fields.items()
        }
        return words.sentence(self.template, drawn)


Facts: TypeAlias = Mapping[Metric, Figure]


def facts_of(file: MeetingFile, framework: Framework) -> Facts:
    """Compute every metric of a meeting as a framework wants it counted."""
    found = dict(_attendance(file, framework.attendance_base))
    found[Metric.EXCUSED_STREAK] = _streak(file)
    found |= dict(_length(file, framework))
    found[Metric.SPEAKER_RATE] = _speakers(file)
    found[Metric.TASK_RATE] = _tasks(file.earlier_tasks)
    found |= dict(_days(file))
    found[Metric.COMMITTEE_MEETINGS] = _committee(file.surroundings.committee_met_on)
    found[Metric.LEADERS] = _leaders(file)
    found[Metric.THEMATIC_MEETINGS] = _thematic(file)
    return found


def runs_of_excuses(missed: Iterable[Collection[str]]) -> dict[str, int]:
    """Count, by member, the excused absences that run up to the last of some meetings, oldest first."""
    runs: dict[str, int] = {}
    for each in missed:
        runs = {key: runs.get(key, 0) + 1 for key in each}
    return runs


def _attendance(file: MeetingFile, base: AttendanceBase) -> Iterator[tuple[Metric, Figure]]:
    """Count who came among those expected, less those whom the framework leaves out too.

    Frameworks differ: some leave out all who were absent with reason, some only members sent on duty.
    """
    expected = [entry for entry in file.roll if attendance.is_expected(entry, file.attendance_rules)]
    present = [entry for entry in expected if file.came(entry)]
    absent = [file.marks[entry.member.id] for entry in expected if not file.came(entry)]
    excused = [mark for mark in absent if mark.attendance is Attendance.EXCUSED]
    left_out = {
        AttendanceBase.EXPECTED: 0,
        AttendanceBase.WITHOUT_EXCUSED: len(excused),
        AttendanceBase.WITHOUT_ON_DUTY: sum(mark.reason is AbsenceReason.WORK for mark in excused),
    }[base]
    came = Ratio(len(present), len(expected) - left_out)
    fields = {"present": came.numerator, "expected": came.denominator, "rate": came}
    yield Metric.ATTENDANCE_RATE, Figure(_rate(came), N_("{present}/{expected} present = {rate}"), fields)
    unexcused = len(absent) - len(excused)
    template = N_("{count} absent without reason") if unexcused else N_("nobody absent without reason")
    yield Metric.UNEXCUSED, Figure(Fraction(unexcused), template, {"count": unexcused})


def _streak(file: MeetingFile) -> Figure:
    """Return the longest run of excused absences that this meeting goes on with (HD 12, HD 42)."""
    runs = {
        key: file.surroundings.excused_before.get(key, 0) + 1
        for key, mark in file.marks.items()
        if mark.attendance is Attendance.EXCUSED and file.entry_of(key) is not None
    }
    if not runs:
        return Figure(Fraction(0), N_("nobody absent with reason"))
    longest = max(runs, key=lambda key: runs[key])
    fields = {"name": file.name_of(longest), "count": runs[longest]}
    return Figure(
        Fraction(runs[longest]), N_("{name}: absent with reason {count} times running in the year"), fields
    )


def _length(file: MeetingFile, framework: Framework) -> Iterator[tuple[Metric, Figure]]:
    """Compare how long the meeting lasted with what its kind and the framework require."""
    members = file.attendance().members
    wanted = [one.minutes for one in framework.durations if members >= one.members_from]
    required = max([practice.required_minutes(file.meeting.kind), *wanted])
    start, end = file.meeting.start, file.meeting.end
    lasted = _minutes(end) - _minutes(start) if start and end else 0
    if lasted <= 0:
        unknown = Figure(None, N_("the hours of the meeting are not recorded"))
        yield from ((metric, unknown) for metric in (Metric.MINUTES_SHORT, Metric.DURATION_RATE))
        return
    template = N_("lasted {lasted} minutes; {required} are required")
    fields = {"lasted": lasted, "required": required}
    yield Metric.MINUTES_SHORT, Figure(Fraction(max(0, required - lasted)), template, fields)
    share = Ratio(lasted, required)
    template = N_("lasted {lasted} of {required} minutes = {rate}")
    yield Metric.DURATION_RATE, Figure(_rate(share), template, fields | {"rate": share})


def _minutes(clock: str) -> int:
    """Return a time of day in minutes, 0 for one that cannot be read: closing the meeting refuses that."""
    hour, _, minute = clock.partition(":")
    return int(hour) * 60 + int(minute) if hour.isdecimal() and minute.isdecimal() else 0


def _speakers(file: MeetingFile) -> Figure:
    """Count who spoke among those who came; without any speech the minutes were written in another way."""
    spoke = {speech.member_id for speech in file.speeches if speech.member_id is not None}
    if not spoke:
        return Figure(None, N_("who spoke is not recorded"))
    came = [entry.member.id for entry in file.roll if file.came(entry)]
    share = Ratio(sum(key in spoke for key in came), len(came))
    fields = {"spoke": share.numerator, "present": share.denominator, "rate": share}
    return Figure(_rate(share), N_("{spoke}/{present} of those present spoke = {rate}"), fields)


def _tasks(tasks: Sequence[AssignedTask]) -> Figure:
    """Count the tasks done among those looked back on at the meeting."""
    if not tasks:
        return Figure(None, N_("no task of the last meeting is recorded"))
    share = Ratio(sum((task.done_percent or 0) >= WHOLE for task in tasks), len(tasks))
    fields = {"done": share.numerator, "due": share.denominator, "rate": share}
    return Figure(_rate(share), N_("{done}/{due} tasks done = {rate}"), fields)


def _days(file: MeetingFile) -> Iterator[tuple[Metric, Figure]]:
    """Compare days with that of the meeting (HD 42: papers a day before, finished ones two days after)."""
    meeting = file.meeting
    for metric, day, template, unknown in (
        (
            Metric.NOTICE_DAYS,
            meeting.notice_on,
            N_("notice given on {day}"),
            N_("the day of the notice is not recorded"),
        ),
        (
            Metric.PAPERS_DAYS,
            meeting.papers_on,
            N_("papers uploaded on {day}"),
            N_("the day on which papers were uploaded is not recorded"),
        ),
        (
            Metric.UPLOADED_DAYS,
            meeting.uploaded_on,
            N_("finished papers uploaded on {day}"),
            N_("the day on which finished papers were uploaded is not recorded"),
        ),
    ):
        if day is None:
            yield metric, Figure(None, unknown)
        else:
            before = (meeting.on - day).days
            value = Fraction(-before if metric is Metric.UPLOADED_DAYS else before)
            yield metric, Figure(value, template, {"day": day})


def _committee(met_on: date | None) -> Figure:
    """Tell whether the cell committee met first; that nobody wrote it down is no proof that it did not."""
    if met_on is None:
        return Figure(None, N_("no meeting of the cell committee is recorded before it"))
    return Figure(Fraction(1), N_("the cell committee met on {day}"), {"day": met_on})


def _leaders(file: MeetingFile) -> Figure:
    """Count secretary, deputies and committee members by the offices on the roll."""
    leaders = sum(
        serves_in_cell_committee(entry.member.office) for entry in file.roll if entry.standing.belongs
    )
    if not leaders:
        return Figure(None, N_("no Party offices are recorded"))
    only = N_("the cell has a secretary only")
    several = N_("the cell has secretary and deputy or a committee")
    return Figure(Fraction(leaders), only if leaders == 1 else several)


def _thematic(file: MeetingFile) -> Figure:
    """Count the thematic meetings of the month, this one included, and none that is only planned."""
    meeting = file.meeting
    others = (
        one
        for one in file.neighbours
        if one.month == meeting.month and one.id != meeting.id and one.state is not MeetingState.PLANNED
    )
    count = sum(one.kind in THEMATIC for one in (meeting, *others))
    none = N_("no thematic meeting this month")
    return Figure(Fraction(count), N_("a thematic meeting is held this month") if count else none)


def _rate(share: Ratio) -> Fraction | None:
    """Return a ratio in per cent, exactly; None of nothing."""
    return Fraction(share.numerator * WHOLE, share.denominator) if share.denominator > 0 else None
