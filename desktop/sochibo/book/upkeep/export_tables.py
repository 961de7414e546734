"""Meetings, attendance, papers and history as tables for a sheet."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from sochibo.book.papers.period_words import say_period
from sochibo.messages import N_
from sochibo.rules.meetings.attendance import is_expected
from sochibo.rules.meetings.meetings import KIND_LABELS, STATE_LABELS, Attendance
from sochibo.rules.names import sort_key
from sochibo.rules.periods import parse_period
from sochibo.rules.reports import REPORT_LABELS
from sochibo.rules.scoring.scoring import RATING_LABELS
from sochibo.rules.work.work import SOURCE_LABELS, TASK_STATE_LABELS, TaskRole, state_on
from sochibo.storage.records.documents import DOCUMENT_STATE_LABELS
from sochibo.storage.sheets.sheet_export import Column, Percent, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from sochibo.book.history import Act
    from sochibo.book.meetings.meetings import MeetingLine
    from sochibo.messages import Messages
    from sochibo.rules.meetings.meeting_files import MeetingFile
    from sochibo.rules.members.members import RosterEntry
    from sochibo.rules.work.work import TaskLine
    from sochibo.storage.records.documents import Document

__all__ = [
    "Table",
    "attendance_table",
    "documents_table",
    "history_table",
    "meetings_table",
    "tasks_table",
    "titled",
]

SIGNS = {
    # Translators: one letter in a table of attendance: present, absent with a reason, absent without one.
    Attendance.PRESENT: N_("x"),
    Attendance.EXCUSED: N_("R"),
    Attendance.UNEXCUSED: N_("N"),
}


def titled(table: Table, title: str, organisation: str) -> Table:
    """Name a table, and let its first rows say what it is and whose."""
    return dataclasses.replace(table, name=title, above=(organisation, title, *table.above))


def meetings_table(lines: Sequence[MeetingLine], words: Messages) -> Table:
    """Return one row a meeting: what it was, who came, how it was rated."""
    say = words.gettext
    columns = (
        Column(say(N_("Day")), 12), Column(say(N_("Kind")), 24), Column(say(N_("Theme")), 36),
        Column(say(N_("Place")), 24), Column(say(N_("Expected")), 11), Column(say(N_("Present")), 11),
        Column(say(N_("Rate")), 9), Column(say(N_("Absent with reason")), 12),
        Column(say(N_("Absent without reason")), 12), Column(say(N_("Score")), 9),
        Column(say(N_("Rating")), 16), Column(say(N_("State")), 16),
        Column(say(N_("Number of the minutes")), 16),
    )  # fmt: skip
    rows = [
        (
            line.meeting.on,
            say(KIND_LABELS[line.meeting.kind]),
            line.meeting.theme,
            line.meeting.place,
            line.count.expected,
            line.count.present,
            Percent(line.count.present, line.count.expected),
            line.count.excused,
            line.count.unexcused,
            None if line.tenths is None else line.tenths / 10,
            say(RATING_LABELS[line.rating]) if line.rating else "",
            say(STATE_LABELS[line.meeting.state]),
            line.minutes_number,
        )
        for line in lines
    ]
    return Table(name="", columns=columns, rows=rows)


def attendance_table(files: Sequence[MeetingFile], words: Messages) -> Table:
    """Return one row a person and one column a meeting, with sums at the right.

    A cell is empty where a person was not on the roll of the day, or was neither expected nor there.
    """
    say = words.gettext
    people = {entry.member.id: entry.member for file in files for entry in file.roll}
    columns = [
        Column(say(N_("Full name")), 26),
        *(Column(f"{words.date(f.meeting.on)}\n{say(KIND_LABELS[f.meeting.kind])}", 14) for f in files),
        Column(say(N_("Present")), 10),
        Column(say(N_("Expected")), 10),
        Column(say(N_("Rate")), 9),
    ]
    rows: list[tuple[str | int | Percent, ...]] = []
    for member in sorted(people.values(), key=lambda member: (sort_key(member.name), member.id)):
        entries = [file.entry_of(member.id) for file in files]
        cells = [_sign(file, entry) for file, entry in zip(files, entries, strict=True)]
        expected = present = 0
        for file, entry in zip(files, entries, strict=True):
            if entry is not None and is_expected(entry, file.attendance_rules):
                expected += 1
                present += file.came(entry)
        drawn = [say(SIGNS[cell]) if cell else "" for cell in cells]
        rows.append((member.name, *drawn, present, expected, Percent(present, expected)))
    key = words.sentence(
        N_("{present}: present; {excused}: absent with a reason; {unexcused}: absent without a reason"),
        {kind.value: say(sign) for kind, sign in SIGNS.items()},
    )
    return Table(name="", columns=columns, rows=rows, above=(key,))


def _sign(file: MeetingFile, entry: RosterEntry | None) -> Attendance | None:
    if entry is None:
        return None
    if file.came(entry):
        return Attendance.PRESENT
    mark = file.marks.get(entry.member.id)
    return mark.attendance if mark else None


def tasks_table(
    lines: Sequence[TaskLine], names: Callable[[TaskLine, TaskRole], Sequence[str]], on: date, words: Messages
) -> Table:
    """Return one row a task, as it stands on a day."""
    say = words.gettext
    columns = (
        Column(say(N_("Given on")), 12), Column(say(N_("Source")), 20), Column(say(N_("Task")), 50),
        Column(say(N_("Who does it")), 26), Column(say(N_("Helps")), 26),
        Column(say(N_("Follows it up")), 22),
        Column(say(N_("By")), 12), Column(say(N_("State")), 16), Column(say(N_("Percent")), 10),
        Column(say(N_("Product")), 24), Column(say(N_("Result")), 40), Column(say(N_("Evidence")), 24),
        Column(say(N_("Review by the cell committee")), 30),
    )  # fmt: skip
    rows = [
        (
            line.given_on,
            say(SOURCE_LABELS[line.task.source]),
            line.task.text,
            ", ".join(names(line, TaskRole.ASSIGNEE)) or line.task.assignees,
            ", ".join(names(line, TaskRole.SUPPORT)),
            ", ".join(names(line, TaskRole.FOLLOWER)),
            line.task.due,
            say(TASK_STATE_LABELS[state_on(line.task, on)]),
            line.task.done_percent,
            line.task.product,
            line.task.result,
            line.task.evidence,
            line.task.review,
        )
        for line in lines
    ]
    return Table(name="", columns=columns, rows=rows)


def documents_table(documents: Sequence[Document], words: Messages) -> Table:
    """Return one row a paper."""
    say = words.gettext
    columns = (
        Column(say(N_("Number")), 16), Column(say(N_("Paper")), 28), Column(say(N_("Period")), 22),
        Column(say(N_("Issued on")), 14), Column(say(N_("State")), 16), Column(say(N_("Sealed at")), 18),
        Column(say(N_("Sealed by")), 26), Column(say(N_("Version")), 10),
    )  # fmt: skip
    rows = [
        (
            paper.number,
            say(REPORT_LABELS[paper.kind]),
            say_period(words, parse_period(paper.period)),
            paper.issued_on,
            say(DOCUMENT_STATE_LABELS[paper.state]),
            paper.sealed_at,
            paper.sealed_by,
            paper.revision,
        )
        for paper in documents
    ]
    return Table(name="", columns=columns, rows=rows)


def history_table(acts: Sequence[Act], words: Messages) -> Table:
    """Return one row an act, undone ones marked."""
    say = words.gettext
    columns = (
        Column(say(N_("When")), 18), Column(say(N_("Recorded by")), 26), Column(say(N_("What")), 70),
        Column(say(N_("Undone")), 12),
    )  # fmt: skip
    rows = [(act.at, act.by, act.say(words), say(N_("x")) if act.undone else "") for act in acts]
    return Table(name="", columns=columns, rows=rows)
