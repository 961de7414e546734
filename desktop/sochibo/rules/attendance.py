"""Who was expected at a meeting, who came, and the rate as a pair of counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sochibo.rules.meetings import Mark
    from sochibo.rules.members import RosterEntry

__all__ = [
    "AttendanceCount",
    "AttendanceRules",
    "BaseLine",
    "Ratio",
    "count_attendance",
    "is_expected",
    "is_present",
]


@dataclass(frozen=True, slots=True)
class Ratio:
    """A numerator and a denominator that travel together; the percentage is drawn last."""

    numerator: int
    denominator: int

    def __add__(self, other: Ratio) -> Ratio:
        return Ratio(self.numerator + other.numerator, self.denominator + other.denominator)


@dataclass(frozen=True, slots=True)
class BaseLine:
    """One line of how a base was counted: a stable `code`, a signed `count` (−1 for one left out)."""

    code: str
    count: int


@dataclass(frozen=True, slots=True)
class AttendanceRules:
    """What counts in the attendance base, as dated data (`resources/rules/attendance.toml`)."""

    id: str
    count_visiting: bool = True
    leave_out_excused: bool = False


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


def is_expected(entry: RosterEntry, rules: AttendanceRules) -> bool:
    """Tell whether a person counts in the attendance base (domain rule set, HD 12 and HD 42)."""
    raise NotImplementedError


def is_present(entry: RosterEntry, mark: Mark | None, rules: AttendanceRules) -> bool:
    """Tell whether a person came: by the mark, else everyone expected came and nobody else."""
    raise NotImplementedError


def count_attendance(
    roll: Sequence[RosterEntry], marks: Mapping[str, Mark], rules: AttendanceRules
) -> AttendanceCount:
    """Count one meeting; `marks` is keyed by member id, `roll` holds those listed on its day."""
    raise NotImplementedError
