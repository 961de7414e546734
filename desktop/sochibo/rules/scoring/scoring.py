"""Frameworks by which a cell scores a meeting: dated data, and the total and rating that follow from points.

Files are read by `rules.scoring.scoring_files`; what is computed from a meeting's own record is in
`rules.scoring.scoring_metrics`, what is proposed from it in `rules.scoring.scoring_suggestions`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

__all__ = [
    "RATING_LABELS", "Also", "AttendanceBase", "Band", "Condition", "Criterion", "Duration", "Framework",
    "Gate", "Group", "Input", "Level", "Measure", "Metric", "NotCounted", "Rating", "framework_on", "rate",
]  # fmt: skip


class Rating(StrEnum):
    """The rating of a meeting, best first."""

    GOOD = "good"
    FAIR = "fair"
    AVERAGE = "average"
    POOR = "poor"

    def at_most(self, other: Rating) -> Rating:
        """Return the worse of two ratings."""
        order = list(Rating)
        return max(self, other, key=order.index)


RATING_LABELS = {
    Rating.GOOD: N_("Good"),
    Rating.FAIR: N_("Fair"),
    Rating.AVERAGE: N_("Average"),
    Rating.POOR: N_("Poor"),
}


class Metric(StrEnum):
    """What can be computed of a meeting from the book; rates are per cent, the others counts."""

    ATTENDANCE_RATE = "attendance_rate"
    UNEXCUSED = "unexcused"
    EXCUSED_STREAK = "excused_streak"
    MINUTES_SHORT = "minutes_short"
    DURATION_RATE = "duration_rate"
    SPEAKER_RATE = "speaker_rate"
    TASK_RATE = "task_rate"
    NOTICE_DAYS = "notice_days"
    PAPERS_DAYS = "papers_days"
    UPLOADED_DAYS = "uploaded_days"
    COMMITTEE_MEETINGS = "committee_meetings"
    LEADERS = "leaders"
    THEMATIC_MEETINGS = "thematic_meetings"


class Input(StrEnum):
    """How the points of a criterion are chosen: one of its levels, all or nothing, or any number."""

    LEVELS = "levels"
    YES_NO = "yesno"
    NUMBER = "number"


class NotCounted(StrEnum):
    """What becomes of a criterion's points where it does not apply."""

    FULL_POINTS = "full_points"
    NO_POINTS = "no_points"
    RESCALE = "rescale"


class Measure(StrEnum):
    """Whether a framework gives points, or only asks of each criterion whether it was met."""

    POINTS = "points"
    CONDITIONS = "conditions"


class AttendanceBase(StrEnum):
    """Who is left out of the rate of attendance besides those never expected."""

    EXPECTED = "expected"
    WITHOUT_EXCUSED = "without_excused"
    WITHOUT_ON_DUTY = "without_on_duty"


@dataclass(frozen=True, slots=True)
class Condition:
    """Bounds within which a metric must lie, each with or without the bound itself."""

    from_: int | None = None
    above: int | None = None
    to: int | None = None
    below: int | None = None

    def holds(self, value: Fraction) -> bool:
        """Tell whether a value lies within the bounds."""
        return (
            (self.from_ is None or value >= self.from_)
            and (self.above is None or value > self.above)
            and (self.to is None or value <= self.to)
            and (self.below is None or value < self.below)
        )


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a criterion; `points` is None where the table is silent and a person must choose."""

    points: int | None
    when: Condition


@dataclass(frozen=True, slots=True)
class Also:
    """A further condition, on another metric, under which a criterion gives fewer points (None: unsaid)."""

    points: int | None
    metric: Metric
    when: Condition


@dataclass(frozen=True, slots=True)
class Group:
    """A head of the table with the sum of what stands under it."""

    code: str
    label_vi: str
    label_en: str
    max_points: int


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion; `max_points` are whole points, `floor` the least that can be given.

    `applies` says, by a metric, when the criterion counts at all; `not_counted` what becomes of its points
    when it does not.
    """

    code: str
    label_vi: str
    label_en: str
    max_points: int
    group: str = ""
    input: Input = Input.NUMBER
    metric: Metric | None = None
    levels: tuple[Level, ...] = ()
    also: tuple[Also, ...] = ()
    floor: int = 0
    applies: tuple[Metric, Condition] | None = None
    not_counted: NotCounted = NotCounted.NO_POINTS

    def choices(self) -> tuple[int, ...]:
        """Return the points that the table knows, best first; empty where any number may be given."""
        if self.input is Input.YES_NO:
            return (self.max_points, self.floor)
        if self.input is Input.LEVELS:
            told = {level.points for level in self.levels} | {also.points for also in self.also}
            return tuple(sorted((points for points in told if points is not None), reverse=True))
        return ()


@dataclass(frozen=True, slots=True)
class Band:
    """A rating from `from_points` up (inclusive) to the next band."""

    rating: Rating
    from_points: int


@dataclass(frozen=True, slots=True)
class Gate:
    """A rating is `at_most` this unless every criterion of `full` has full points (or while `when` holds)."""

    at_most: Rating
    full: tuple[str, ...] = ()
    when: tuple[Metric, Condition] | None = None


@dataclass(frozen=True, slots=True)
class Duration:
    """How long a meeting of a cell with at least so many members must last, by this framework."""

    minutes: int
    members_from: int = 0


@dataclass(frozen=True, slots=True)
class Framework:
    """A scoring framework with the document it comes from and the days on which it applies.

    `central` ones apply where a cell chose no other. Under `conditions` every criterion is one point, and
    there are no bands: the result is which were met.
    """

    id: str
    title_vi: str
    title_en: str
    document: str
    issued: date
    valid_from: date
    valid_to: date | None
    total: int
    criteria: tuple[Criterion, ...]
    bands: tuple[Band, ...]
    central: bool = True
    measure: Measure = Measure.POINTS
    attendance_base: AttendanceBase = AttendanceBase.EXPECTED
    groups: tuple[Group, ...] = ()
    gates: tuple[Gate, ...] = ()
    durations: tuple[Duration, ...] = ()

    def is_valid_on(self, day: date) -> bool:
        """Tell whether the framework is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def criterion(self, code: str) -> Criterion | None:
        """Return one criterion, None where there is no such code."""
        return next((one for one in self.criteria if one.code == code), None)


def framework_on(day: date, frameworks: Sequence[Framework]) -> Framework | None:
    """Return the central framework in force on a day, the newest where two overlap."""
    in_force = [one for one in frameworks if one.central and one.is_valid_on(day)]
    return max(in_force, key=lambda one: one.valid_from, default=None)


def rate(tenths: int, framework: Framework) -> Rating | None:
    """Return the band of a total: 90.0 is good, 89.9 fair (HD 42-HD/BTCTW, 28/10/2025, part II.5).

    None under a framework that gives no points.
    """
    reached = (band.rating for band in framework.bands if tenths >= band.from_points * 10)
    return next(reached, framework.bands[-1].rating if framework.bands else None)
