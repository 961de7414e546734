"""What speaks against closing a meeting; sources as in the domain rules of HD 42 and QĐ 294."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sochibo.faults import Finding, Severity, red, yellow
from sochibo.messages import N_
from sochibo.rules.meetings import attendance, practice, votes
from sochibo.rules.meetings.closing_course import course_findings, surrounding_findings
from sochibo.rules.meetings.meetings import Attendance, MeetingKind, VoteClass
from sochibo.rules.scoring.score_sheets import check_scores

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sochibo.rules.meetings.meeting_files import MeetingFile
    from sochibo.rules.meetings.meetings import Vote

__all__ = ["findings_of"]

CLOCK: Final = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)
CONGRESSES: Final = frozenset({MeetingKind.CONGRESS, MeetingKind.EXTRAORDINARY_CONGRESS})
PART_OF_CELL: Final = frozenset({MeetingKind.CELL_COMMITTEE, MeetingKind.GROUP})
WITH_THEME: Final = frozenset({MeetingKind.THEMATIC, MeetingKind.COMBINED})
LEAST_OFFICIAL: Final = 3
"""A cell has at least three official members (Charter art. 24.1)."""


def findings_of(file: MeetingFile) -> tuple[Finding, ...]:
    """Return what is wrong (red) or doubtful (yellow), red first, each in the order of the paper."""
    checks = (
        _check_time, _check_roles, _check_marks, _check_numbers, _check_guests, _check_items, _check_votes,
        _check_tasks, check_scores, _check_end, course_findings, surrounding_findings,
    )  # fmt: skip
    found = [finding for check in checks for finding in check(file)]
    return tuple(sorted(found, key=lambda finding: finding.severity is not Severity.RED))


def _check_time(file: MeetingFile) -> Iterator[Finding]:
    """Check the hours; least length by kind (HD 42-HD/BTCTW, 28/10/2025)."""
    meeting = file.meeting
    clocks = {}
    for place, text, missing in (
        ("start", meeting.start, N_("The hour at which the meeting began is missing.")),
        ("end", meeting.end, N_("The hour at which the meeting ended is missing.")),
    ):
        clock = CLOCK.fullmatch(text)
        if clock:
            clocks[place] = int(clock[1]) * 60 + int(clock[2])
        elif text:
            yield red("M01", N_("“{text}” is no time of day, such as 19:30."), place, text=text)
        else:
            yield yellow("M02", missing, place)
    if len(clocks) == len(("start", "end")):
        lasted, least = clocks["end"] - clocks["start"], practice.required_minutes(meeting.kind)
        if lasted <= 0:
            yield red("M03", N_("The meeting ended before it began."), "end")
        elif lasted < least:
            text = N_("The meeting lasted {lasted} minutes; {least} are required.")
            yield yellow("M04", text, "end", lasted=lasted, least=least)
    if not meeting.place:
        yield yellow("M05", N_("The place of the meeting is missing."), "place")
    if meeting.kind in WITH_THEME and not meeting.theme:
        yield yellow("M06", N_("The theme is not named."), "theme")


def _check_roles(file: MeetingFile) -> Iterator[Finding]:
    """Check that chair and minute-taker are two people who were there."""
    meeting = file.meeting
    for place, member_id, missing in (
        ("chair", meeting.chair_id, N_("Nobody is named as chair.")),
        ("minute_taker", meeting.minute_taker_id, N_("Nobody is named as minute-taker.")),
    ):
        if member_id is None:
            yield red("M07", missing, place)
            continue
        entry = file.entry_of(member_id)
        if entry is None:
            yield red("M08", N_("Who is named here is not on the roll of the day."), place)
        elif not file.came(entry):
            yield red("M09", N_("{name} is named here but was absent."), place, name=entry.member.name)
    if meeting.chair_id is not None and meeting.chair_id == meeting.minute_taker_id:
        text = N_("{name} cannot chair the meeting and take its minutes.")
        yield red("M10", text, "minute_taker", name=file.name_of(meeting.chair_id))


def _check_marks(file: MeetingFile) -> Iterator[Finding]:
    """Check that everyone missed has a class of absence, and that every mark is someone's on the roll."""
    expected = [entry for entry in file.roll if attendance.is_expected(entry, file.attendance_rules)]
    for entry in expected:
        mark = file.marks.get(entry.member.id)
        if mark and mark.attendance is Attendance.EXCUSED and mark.reason is None and not mark.note.strip():
            text = N_("The reason for which {name} was absent is missing.")
            yield red("M11", text, f"attendance.{entry.member.id}", name=entry.member.name)
    for member_id in file.marks:
        if file.entry_of(member_id) is None:
            text = N_("{name} is marked but not on the roll of the day; the minutes leave that mark out.")
            yield yellow("M12", text, f"attendance.{member_id}", name=file.name_of(member_id))


def _check_numbers(file: MeetingFile) -> Iterator[Finding]:
    """Check that enough came to decide (Charter art. 9.5, 11.6 and 24.1)."""
    count, base = file.attendance(), file.vote_base()
    if count.present + count.extra_present == 0:
        yield red("M13", N_("Nobody was present."), "attendance")
        return
    if file.meeting.kind in CONGRESSES:
        needed = votes.voices_needed(count.expected, VoteClass.TWO_THIRDS)
        if count.present < needed:
            text = N_("{present} came; a congress is valid with two thirds of those summoned, {needed}.")
            yield yellow("M14", text, "attendance", present=count.present, needed=needed)
        return
    if file.meeting.kind in PART_OF_CELL:
        return
    needed = votes.voices_needed(base.size, VoteClass.MAJORITY)
    if base.voters_present < needed:
        text = N_("{present} members with a vote came; a resolution needs {needed} voices.")
        yield yellow("M15", text, "attendance", present=base.voters_present, needed=needed)
    if count.official < LEAST_OFFICIAL:
        text = N_("The cell has fewer than {least} official members.")
        yield yellow("M16", text, "attendance", least=LEAST_OFFICIAL)


def _check_guests(file: MeetingFile) -> Iterator[Finding]:
    for index, guest in enumerate(file.guests):
        if not guest.name.strip():
            yield red("M17", N_("Guest {n} has no name."), f"guests.{index}.name", n=index + 1)


def _check_items(file: MeetingFile) -> Iterator[Finding]:
    if not file.items:
        yield red("M18", N_("Nothing stands on the agenda."), "items")
    for index, item in enumerate(file.items):
        if not item.title.strip():
            yield red("M19", N_("Item {n} has no title."), f"items.{index}.title", n=index + 1)
        elif not item.text.strip() and not item.conclusion.strip():
            text = N_("Nothing was written under “{title}”.")
            yield yellow("M20", text, f"items.{index}.text", title=item.title)


def _check_votes(file: MeetingFile) -> Iterator[Finding]:
    """Check that no vote has more voices than voters (QĐ 294-QĐ/TW, 26/5/2025, §9.3)."""
    for index, vote in enumerate(file.votes):
        yield from _check_vote(file, vote, f"votes.{index}", index + 1)


def _check_vote(file: MeetingFile, vote: Vote, place: str, n: int) -> Iterator[Finding]:
    voters = file.vote_base().voters_present
    voices = vote.in_favour + vote.against + vote.other
    if not vote.question.strip():
        yield red("M21", N_("Vote {n} has no question."), f"{place}.question", n=n)
    for name, count in (("in_favour", vote.in_favour), ("against", vote.against), ("other", vote.other)):
        if count < 0:
            yield red("M22", N_("Vote {n} counts fewer voices than none."), f"{place}.{name}", n=n)
    if voices > voters:
        text = N_("Vote {n} counts {voices} voices; {voters} members with a vote were present.")
        yield red("M23", text, f"{place}.in_favour", n=n, voices=voices, voters=voters)
    elif voices == 0:
        yield red("M24", N_("The voices of vote {n} are not counted yet."), f"{place}.in_favour", n=n)
    elif voices < voters:
        text = N_("Vote {n} counts {voices} voices of {voters} members with a vote who were present.")
        yield yellow("M25", text, f"{place}.other", n=n, voices=voices, voters=voters)


def _check_tasks(file: MeetingFile) -> Iterator[Finding]:
    """Check that every task has someone to do it and a day (HD 42-HD/BTCTW, 28/10/2025)."""
    for index, task in enumerate(file.tasks):
        place, n = f"tasks.{index}", index + 1
        if not task.text.strip():
            yield red("M26", N_("Task {n} does not say what is to be done."), f"{place}.text", n=n)
        if not task.assignees.strip():
            yield yellow("M27", N_("Nobody is named for task {n}."), f"{place}.assignees", n=n)
        if task.due is None:
            yield yellow("M28", N_("Task {n} has no day by which it is due."), f"{place}.due", n=n)
        elif task.due < file.meeting.on:
            yield yellow("M29", N_("Task {n} is due before the day of the meeting."), f"{place}.due", n=n)
    if not file.tasks and _scores_itself(file):
        yield yellow("M30", N_("No task was given to anyone."), "tasks")


def _check_end(file: MeetingFile) -> Iterator[Finding]:
    """Check what belongs to the end of a regular or thematic meeting (HD 42-HD/BTCTW, 28/10/2025).

    Such minutes count only when they were read out and agreed to: without that they stay open.
    """
    if _scores_itself(file):
        if not file.meeting.fee_note.strip():
            yield yellow("M38", N_("The state of fee payment is missing."), "fee_note")
        if not file.meeting.conclusion.strip():
            yield yellow("M39", N_("The conclusion of the chair is missing."), "conclusion")
    if not file.meeting.adopted:
        text = N_("The minutes were not read out and agreed to.")
        yield (red if _scores_itself(file) else yellow)("M40", text, "adopted")


def _scores_itself(file: MeetingFile) -> bool:
    """Tell whether it is a kind of meeting that ends with tasks, a conclusion and a score."""
    return file.meeting.kind in practice.load_practice().scored
