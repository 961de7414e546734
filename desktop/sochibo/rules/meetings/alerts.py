"""What absences, months and quarters give reason to look at; the program flags, the cell decides."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from sochibo.rules.dates import Month
from sochibo.rules.meetings.meetings import Attendance
from sochibo.rules.meetings.plans import quarter_of_month

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = [
    "MOST_EXCUSED_RUNNING", "STRIKE_OFF_MONTHS", "Absence", "MeetingAbsences", "excused_running",
    "month_without_meeting", "quarter_end", "quarter_without_theme", "unexcused_months",
]  # fmt: skip

STRIKE_OFF_MONTHS: Final = 3
"""Months in a year without good reason that give ground for strike-off (QĐ 294-QĐ/TW, 26/5/2025, §8.1)."""

MOST_EXCUSED_RUNNING: Final = 3
"""More excused absences than these running in a year cost points (HD 42-HD/BTCTW, 28/10/2025)."""


@dataclass(frozen=True, slots=True)
class Absence:
    """One person's absence from one meeting."""

    member_id: str
    attendance: Attendance


@dataclass(frozen=True, slots=True)
class MeetingAbsences:
    """A regular meeting that was held, with who was absent."""

    meeting_id: str
    on: date
    absences: tuple[Absence, ...]

    def of(self, attendance: Attendance) -> frozenset[str]:
        """Return the ids of those absent in one way."""
        return frozenset(one.member_id for one in self.absences if one.attendance is attendance)


def unexcused_months(held: Iterable[MeetingAbsences], year: int) -> Mapping[str, tuple[Month, ...]]:
    """Return, by member, the distinct months of a year in which they were absent without reason.

    The rule says three months in the year, not three running (QĐ 294-QĐ/TW, 26/5/2025, §8.1).
    """
    found: dict[str, set[Month]] = defaultdict(set)
    for meeting in held:
        if meeting.on.year == year:
            for member_id in meeting.of(Attendance.UNEXCUSED):
                found[member_id].add(Month.of(meeting.on))
    return {who: tuple(sorted(months, key=str)) for who, months in found.items()}


def excused_running(held: Sequence[MeetingAbsences], year: int) -> Mapping[str, int]:
    """Return, by member, more than 3 excused absences running up to the last meeting of a year (HD 42)."""
    runs: dict[str, int] = {}
    for meeting in sorted(held, key=lambda one: one.on):
        if meeting.on.year == year:
            runs = {who: runs.get(who, 0) + 1 for who in meeting.of(Attendance.EXCUSED)}
    return {who: run for who, run in runs.items() if run > MOST_EXCUSED_RUNNING}


def month_without_meeting(regular: Iterable[date], today: date) -> Month | None:
    """Return last month if it had no regular meeting though the cell met before (Charter art. 22.6)."""
    days = tuple(regular)
    last = Month.of(today).previous()
    began = any(day < last.first() for day in days)
    return last if began and not any(Month.of(day) == last for day in days) else None


def quarter_end(day: date) -> date:
    """Return the last day of the quarter in which a day lies."""
    return Month(day.year, 3 * quarter_of_month(day.month)).last()


def quarter_without_theme(thematic: Iterable[date], day: date) -> bool:
    """Tell whether the quarter of a day has no thematic meeting (Chỉ thị 50-CT/TW, 23/7/2025, item 2)."""
    quarter = (day.year, quarter_of_month(day.month))
    return all((one.year, quarter_of_month(one.month)) != quarter for one in thematic)
