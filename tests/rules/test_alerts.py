"""What absences, months and quarters give reason to look at."""

from __future__ import annotations

from datetime import date

import pytest

from sochibo.rules.dates import Month
from sochibo.rules.meetings.alerts import (
    Absence,
    MeetingAbsences,
    excused_running,
    month_without_meeting,
    quarter_end,
    quarter_without_theme,
    unexcused_months,
)
from sochibo.rules.meetings.meetings import Attendance


def held(month: int, attendance: Attendance | None, *, day: int = 3, year: int = 2026) -> MeetingAbsences:
    absences = (Absence("an", attendance),) if attendance else ()
    return MeetingAbsences(f"{year}-{month}-{day}", date(year, month, day), absences)


def test_months_without_reason_are_distinct_months_of_one_year() -> None:
    """QĐ 294-QĐ/TW, 26/5/2025, §8.1: three months in the year, not three running."""
    no = Attendance.UNEXCUSED
    meetings = [
        held(12, no, year=2025),
        held(2, no),
        held(2, no, day=20),
        held(3, None),
        held(5, no),
        held(9, no),
    ]
    assert unexcused_months(meetings, 2026) == {"an": (Month(2026, 2), Month(2026, 5), Month(2026, 9))}
    assert unexcused_months(meetings, 2025) == {"an": (Month(2025, 12),)}


@pytest.mark.parametrize(
    ("absences", "run"),
    [("RRR", {}), ("RRRR", {"an": 4}), ("RRRRR", {"an": 5}), ("RRRR.", {}), ("RR.RR", {}), ("RRNR", {})],
)
def test_more_than_three_excused_absences_running_are_told(absences: str, run: dict[str, int]) -> None:
    """HD 42-HD/BTCTW, 28/10/2025: nobody absent with reason more than 3 times running in the year."""
    signs = {"R": Attendance.EXCUSED, "N": Attendance.UNEXCUSED, ".": None}
    meetings = [held(month, signs[sign]) for month, sign in enumerate(absences, start=1)]
    assert excused_running(meetings, 2026) == run


def test_a_run_does_not_go_on_from_the_year_before() -> None:
    meetings = [held(month, Attendance.EXCUSED, year=2025) for month in (11, 12)]
    meetings += [held(month, Attendance.EXCUSED) for month in (1, 2)]
    assert excused_running(meetings, 2026) == {}


def test_a_month_without_a_meeting_is_told_once_the_cell_has_begun() -> None:
    """Charter art. 22.6: the cell meets once a month."""
    today = date(2026, 11, 10)
    assert month_without_meeting([date(2026, 9, 3)], today) == Month(2026, 10)
    assert month_without_meeting([date(2026, 9, 3), date(2026, 10, 4)], today) is None
    assert month_without_meeting([date(2026, 11, 3)], today) is None
    assert month_without_meeting([], today) is None


def test_a_quarter_needs_a_thematic_meeting() -> None:
    """Chỉ thị 50-CT/TW, 23/7/2025, item 2: at least one in a quarter."""
    assert quarter_without_theme([date(2026, 9, 30)], date(2026, 11, 10))
    assert not quarter_without_theme([date(2026, 10, 1)], date(2026, 11, 10))
    assert quarter_without_theme([date(2025, 10, 1)], date(2026, 11, 10))
    assert quarter_end(date(2026, 11, 10)) == date(2026, 12, 31)
