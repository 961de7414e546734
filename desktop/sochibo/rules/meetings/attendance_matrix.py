"""Who attended which meeting of a year: members down, meetings across."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from sochibo.rules import names
from sochibo.rules.meetings.attendance import Ratio, is_expected
from sochibo.rules.meetings.meetings import Attendance, MeetingKind
from sochibo.rules.members.members import Membership
from sochibo.rules.reports import Heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sochibo.rules.meetings.meeting_files import MeetingFile
    from sochibo.rules.members.members import RosterEntry

__all__ = ["SIGNS", "AttendanceMatrix", "MatrixMeeting", "MatrixRow", "Sign", "make_matrix"]


class Sign:
    """How one member attended one meeting, in one or two letters."""

    PRESENT: Final = "x"
    LATE: Final = "m"
    EXCUSED: Final = "P"
    UNEXCUSED: Final = "K"
    NOT_EXPECTED: Final = "–"
    CAME_ANYWAY: Final = "(x)"
    NOT_LISTED: Final = ""


SIGNS: Final = (
    Sign.PRESENT, Sign.LATE, Sign.EXCUSED, Sign.UNEXCUSED, Sign.NOT_EXPECTED, Sign.CAME_ANYWAY,
)  # fmt: skip
"""Signs in the order of their legend."""


@dataclass(frozen=True, slots=True)
class MatrixMeeting:
    """One column of the attendance of a year."""

    meeting_id: str
    meeting_kind: MeetingKind
    on: date
    attendance: Ratio


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One member's year: a sign for every meeting, came over was expected, and the absences."""

    name: str
    membership: Membership
    signs: tuple[str, ...]
    attendance: Ratio
    excused: int
    unexcused: int


@dataclass(frozen=True, slots=True)
class AttendanceMatrix:
    """Who attended which meeting of a year."""

    heading: Heading
    year: int
    meetings: tuple[MatrixMeeting, ...]
    rows: tuple[MatrixRow, ...]
    attendance: Ratio

    @property
    def period(self) -> str:
        """Return the year."""
        return f"{self.year:04d}"


def make_matrix(heading: Heading, year: int, files: Sequence[MeetingFile]) -> AttendanceMatrix:
    """Make the attendance of a year from its meetings in the order of their days.

    Someone's name and membership are those of the last meeting for which they stood on the roll.
    """
    known: dict[str, RosterEntry] = {}
    shown: dict[str, str] = {}
    for file in files:
        for entry in file.roll:
            known[entry.member.id] = entry
            shown[entry.member.id] = file.name_of(entry.member.id)
    rows = []
    for member_id, entry in known.items():
        signs = tuple(_sign(file, file.entry_of(member_id)) for file in files)
        came = sum(sign in {Sign.PRESENT, Sign.LATE} for sign in signs)
        excused, unexcused = signs.count(Sign.EXCUSED), signs.count(Sign.UNEXCUSED)
        rows.append(
            MatrixRow(
                name=shown[member_id],
                membership=entry.standing.membership,
                signs=signs,
                attendance=Ratio(came, came + excused + unexcused),
                excused=excused,
                unexcused=unexcused,
            )
        )
    meetings = tuple(
        MatrixMeeting(
            file.meeting.id,
            file.meeting.kind,
            file.meeting.on,
            Ratio(count.present, count.expected),
        )
        for file in files
        for count in (file.attendance(),)
    )
    return AttendanceMatrix(
        heading=heading,
        year=year,
        meetings=meetings,
        rows=tuple(sorted(rows, key=lambda row: names.sort_key(row.name))),
        attendance=sum((one.attendance for one in meetings), Ratio(0, 0)),
    )


def _sign(file: MeetingFile, entry: RosterEntry | None) -> str:
    if entry is None:
        return Sign.NOT_LISTED
    mark = file.marks.get(entry.member.id)
    if not is_expected(entry, file.attendance_rules):
        return Sign.CAME_ANYWAY if file.came(entry) else Sign.NOT_EXPECTED
    if mark is None or mark.attendance is Attendance.PRESENT:
        return Sign.LATE if mark is not None and mark.late else Sign.PRESENT
    return Sign.EXCUSED if mark.attendance is Attendance.EXCUSED else Sign.UNEXCUSED
