"""Who was expected at a meeting, who came, and the rate as a pair of counts."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Final

from sochibo import paths
from sochibo.rules.counts import BaseLine, Ratio
from sochibo.rules.meetings import meetings
from sochibo.rules.members.members import Activity, Membership

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sochibo.rules.meetings.meetings import Mark
    from sochibo.rules.members.members import RosterEntry

__all__ = [
    "AttendanceCount", "AttendanceRules", "BaseLine", "Ratio", "attendance_rules_on", "count_attendance",
    "is_expected", "is_present", "lines_of", "load_attendance_rules",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class AttendanceRules:
    """What counts in the attendance base, as dated data (`resources/rules/attendance.toml`)."""

    id: str
    count_visiting: bool = True
    leave_out_excused: bool = False
    document: str = ""
    valid_from: date = date.min


@dataclass(frozen=True, slots=True)
class AttendanceCount:
    """The count of one meeting.

    `base` lists official, probationary, visiting, −exempt, −away, −suspended, −special duty (only lines
    that are not zero); their sum is `expected`. `present` counts only expected people who came;
    `extra_present` those who came though not expected (an exempted member, for example).
    """

    members: int
    official: int
    probationary: int
    visiting: int
    expected: int
    present: int
    present_official: int
    present_probationary: int
    present_visiting: int
    excused: int
    unexcused: int
    extra_present: int
    base: tuple[BaseLine, ...]

    @property
    def ratio(self) -> Ratio:
        """Return present over expected."""
        return Ratio(self.present, self.expected)


LEFT_OUT: Final = {
    Activity.EXEMPT: "exempt",
    Activity.TEMPORARILY_EXEMPT: "exempt",
    Activity.AWAY: "away",
    Activity.SUSPENDED: "suspended",
    Activity.SPECIAL_DUTY: "special_duty",
}
"""Members whom nobody expects, and the line of the base that says so."""

LINE_ORDER: Final = (
    "official", "probationary", "visiting", "exempt", "away", "suspended", "special_duty", "excused",
)  # fmt: skip


def is_expected(entry: RosterEntry, rules: AttendanceRules) -> bool:
    """Tell whether a person counts in the attendance base (domain rule set, HD 12 and HD 42)."""
    standing = entry.standing
    if standing.activity is Activity.VISITING:
        return rules.count_visiting
    return standing.belongs and standing.activity is Activity.ACTIVE


def is_present(entry: RosterEntry, mark: Mark | None, rules: AttendanceRules) -> bool:
    """Tell whether a person came: by the mark, else everyone expected came and nobody else."""
    if mark is None:
        return is_expected(entry, rules)
    return mark.attendance is meetings.Attendance.PRESENT


def lines_of(added: Iterable[str], left_out: Iterable[str]) -> tuple[BaseLine, ...]:
    """Count codes of people added to and left out of a base into its lines, in the order they are read."""
    counts = Counter(added)
    counts.subtract(Counter(left_out))
    return tuple(BaseLine(code, counts[code]) for code in LINE_ORDER if counts[code])


def count_attendance(
    roll: Sequence[RosterEntry], marks: Mapping[str, Mark], rules: AttendanceRules
) -> AttendanceCount:
    """Count one meeting; `marks` is keyed by member id, `roll` holds those listed on its day."""
    members = [entry for entry in roll if entry.standing.belongs]
    guests = [entry for entry in roll if entry.standing.activity is Activity.VISITING]
    expected = [entry for entry in roll if is_expected(entry, rules)]
    came = [entry for entry in roll if is_present(entry, marks.get(entry.member.id), rules)]
    present = [entry for entry in came if is_expected(entry, rules)]
    absent = Counter(
        marks[entry.member.id].attendance
        for entry in expected
        if not is_present(entry, marks.get(entry.member.id), rules)
    )
    excused = absent[meetings.Attendance.EXCUSED]
    left_out = [LEFT_OUT[entry.standing.activity] for entry in members if not is_expected(entry, rules)]
    if rules.leave_out_excused:
        left_out += ["excused"] * excused
    added = [entry.standing.membership.value for entry in members]
    added += ["visiting" for entry in guests if is_expected(entry, rules)]
    base = lines_of(added, left_out)
    here = Counter(_class_of(entry) for entry in present)
    return AttendanceCount(
        members=len(members),
        official=sum(entry.standing.membership is Membership.OFFICIAL for entry in members),
        probationary=sum(entry.standing.membership is Membership.PROBATIONARY for entry in members),
        visiting=len(guests),
        expected=sum(line.count for line in base),
        present=len(present),
        present_official=here["official"],
        present_probationary=here["probationary"],
        present_visiting=here["visiting"],
        excused=excused,
        unexcused=absent[meetings.Attendance.UNEXCUSED],
        extra_present=len(came) - len(present),
        base=base,
    )


@cache
def load_attendance_rules() -> tuple[AttendanceRules, ...]:
    """Read the shipped rule sets, oldest first."""
    file = paths.shipped("resources") / "rules" / "attendance.toml"
    rows = tomllib.loads(file.read_text("utf-8"))["rules"]
    known = {field.name for field in fields(AttendanceRules)}
    made = (AttendanceRules(**{name: row[name] for name in row if name in known}) for row in rows)
    return tuple(sorted(made, key=lambda rules: rules.valid_from))


def attendance_rules_on(day: date) -> AttendanceRules:
    """Return the rules in force on a day; a day before all of them is counted by the oldest."""
    known = load_attendance_rules()
    return next((rules for rules in reversed(known) if rules.valid_from <= day), known[0])


def _class_of(entry: RosterEntry) -> str:
    """Return under which head a present person is counted."""
    visiting = entry.standing.activity is Activity.VISITING
    return "visiting" if visiting else entry.standing.membership.value
