"""What the papers of the yearly review hold (forms F4 to F14 of the field), as frozen values.

Counts, texts and days only: percentages are drawn on paper, always beside their base. What the cell
proposes and what the committee decided are kept apart, and every paper with counts names which it counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sochibo.rules.attendance import Ratio
from sochibo.rules.ratings import Level, NoLevelReason, VotingMethod
from sochibo.rules.reports import Absentee, Form, Heading, ReportKind, SuperiorGuest

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "FORMS", "BallotForm", "BallotReport", "Candidate", "CellRatingLine", "CountLine",
    "ExcellenceBallotReport", "ExcellenceLine", "GroupRow", "LevelBasis", "LevelCounts", "ListLine",
    "OpinionLine", "OpinionsReport", "RatedGroup", "RatingCountReport", "RatingListReport",
    "RatingMinutesReport", "RatingSummaryReport", "RatingYearReport", "ReasonCount", "StreakCount",
    "Tally", "TargetLine", "TargetsReport", "UnratedLine", "UnratedListReport", "level_counts",
]  # fmt: skip


class LevelBasis(StrEnum):
    """Whose levels a paper counts."""

    PROPOSED = "proposed"
    DECIDED = "decided"


class BallotForm(StrEnum):
    """How the cell votes on levels: one ballot with all of them, or the excellent on a second one."""

    ONE = "one"
    TWO = "two"


class RatedGroup(StrEnum):
    """Who is counted in a row of the summary; official and probationary members are disjoint."""

    CELL = "cell"
    OFFICIAL = "official"
    PROBATIONARY = "probationary"
    COMMITTEE = "committee"


@dataclass(frozen=True, slots=True)
class LevelCounts:
    """How many have which level; no one is counted twice, and who is not subject to rating not at all."""

    excellent: int = 0
    good: int = 0
    completed: int = 0
    not_completed: int = 0
    unrated: int = 0

    @property
    def rated(self) -> int:
        """Return how many have a level: the base of every rate of levels."""
        return self.excellent + self.good + self.completed + self.not_completed

    @property
    def subject(self) -> int:
        """Return how many are to be rated, with those who are not rated yet."""
        return self.rated + self.unrated

    @property
    def good_or_better(self) -> int:
        """Return those of the two upper levels together (“hoàn thành tốt nhiệm vụ trở lên”)."""
        return self.excellent + self.good

    @property
    def of_good(self) -> Ratio:
        """Return excellent over good: the wording of the rules on the cap (HD 21-HD/BTCTW, QĐ 124-QĐ/TW)."""
        return Ratio(self.excellent, self.good)

    @property
    def of_good_or_better(self) -> Ratio:
        """Return excellent over good or better: the column of the summary forms."""
        return Ratio(self.excellent, self.good_or_better)

    def of(self, level: Level) -> int:
        """Return how many have one level."""
        return {
            Level.EXCELLENT: self.excellent,
            Level.GOOD: self.good,
            Level.COMPLETED: self.completed,
            Level.NOT_COMPLETED: self.not_completed,
        }[level]

    def __add__(self, other: LevelCounts) -> LevelCounts:
        """Add counts; rates are never averaged."""
        return LevelCounts(
            self.excellent + other.excellent,
            self.good + other.good,
            self.completed + other.completed,
            self.not_completed + other.not_completed,
            self.unrated + other.unrated,
        )


def level_counts(levels: Iterable[Level | None]) -> LevelCounts:
    """Count levels; None is somebody not rated yet."""
    found = list(levels)
    return LevelCounts(
        found.count(Level.EXCELLENT),
        found.count(Level.GOOD),
        found.count(Level.COMPLETED),
        found.count(Level.NOT_COMPLETED),
        found.count(None),
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """One name on a ballot with what the voters should know; points are in tenths."""

    name: str
    birth: str
    post: str
    common_tenths: int | None = None
    task_tenths: int | None = None
    own_level: Level | None = None
    body_level: Level | None = None


@dataclass(frozen=True, slots=True)
class BallotReport:
    """The ballot on levels: F4' (one ballot) or F4 (the first of two)."""

    heading: Heading
    period: str
    form: BallotForm
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class ExcellenceBallotReport:
    """The second ballot, on those named for excellent (F5)."""

    heading: Heading
    period: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class OpinionLine:
    """What each side proposes for one member."""

    name: str
    birth: str
    post: str
    own_level: Level | None
    employer_level: Level | None
    committee_level: Level | None
    mass_level: Level | None
    cell_level: Level | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class OpinionsReport:
    """What is proposed for the members, side by side (F6)."""

    heading: Heading
    period: str
    lines: tuple[OpinionLine, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes on one name; nobody is ever told who voted what."""

    excellent: int = 0
    good: int = 0
    completed: int = 0
    not_completed: int = 0
    unrated: int = 0


@dataclass(frozen=True, slots=True)
class CountLine:
    """The votes on one member, and what the cell proposes."""

    name: str
    post: str
    tally: Tally
    base: int
    proposed: Level | None


@dataclass(frozen=True, slots=True)
class ExcellenceLine:
    """The votes of the second ballot on one member."""

    name: str
    post: str
    in_favour: int
    against: int
    base: int


@dataclass(frozen=True, slots=True)
class CellRatingLine:
    """The rating of the cell itself; points in tenths."""

    name: str
    common_tenths: int | None
    task_tenths: int | None
    own_level: Level | None
    proposed: Level | None
    decided: Level | None
    exemplary: bool
    tally: Tally | None
    base: int


@dataclass(frozen=True, slots=True)
class RatingMinutesReport:
    """The minutes of the review meeting (F7)."""

    heading: Heading
    period: str
    on: date
    start: str
    end: str
    place: str
    grounds: tuple[str, ...]
    summoned: int
    present: int
    present_official: int
    present_probationary: int
    absent: tuple[Absentee, ...]
    guests: tuple[SuperiorGuest, ...]
    chair: str
    chair_office: str
    minute_taker: str
    reported: str
    course: str
    method: VotingMethod
    ballot: BallotForm
    counts: LevelCounts
    not_subject: int
    cell: CellRatingLine | None
    conclusion: str
    copies: int


@dataclass(frozen=True, slots=True)
class RatingCountReport:
    """The minutes of the count (F8); the first teller leads."""

    heading: Heading
    period: str
    on: date
    place: str
    tellers: tuple[str, ...]
    chair: str
    summoned: int
    present: int
    voters: int
    absent: tuple[Absentee, ...]
    issued: int
    returned: int
    invalid: int
    ballot: BallotForm
    lines: tuple[CountLine, ...]
    excellence: tuple[ExcellenceLine, ...]
    cell: CellRatingLine | None
    copies: int

    @property
    def valid(self) -> int:
        """Return how many ballots count."""
        return self.returned - self.invalid


@dataclass(frozen=True, slots=True)
class ListLine:
    """One member on the list that goes up; `tenths` are all points together."""

    name: str
    birth: str
    admitted: str
    post: str
    tenths: int | None
    own_level: Level | None
    tally: Tally | None
    proposed: Level | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class RatingListReport:
    """The list of members with the levels that the cell proposes (F9)."""

    heading: Heading
    period: str
    lines: tuple[ListLine, ...]
    counts: LevelCounts
    cap_note: str = ""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One row of the summary."""

    group: RatedGroup
    counts: LevelCounts
    note: str = ""


@dataclass(frozen=True, slots=True)
class RatingSummaryReport:
    """The summary of ratings (F10): the first fitting row wins, so that nobody is counted twice."""

    heading: Heading
    period: str
    basis: LevelBasis
    rows: tuple[GroupRow, ...]
    total: LevelCounts
    not_subject: int = 0


@dataclass(frozen=True, slots=True)
class UnratedLine:
    """One member without a level, and why."""

    name: str
    birth: str
    admitted: str
    reviewed: bool
    reason: NoLevelReason | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class UnratedListReport:
    """Who has not been reviewed or rated (F14): to be rated later, or not subject to rating."""

    heading: Heading
    period: str
    pending: tuple[UnratedLine, ...]
    not_subject: tuple[UnratedLine, ...]


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """How many are without a level for one reason."""

    reason: NoLevelReason
    count: int


@dataclass(frozen=True, slots=True)
class StreakCount:
    """How many have been excellent for so many years running, by the levels decided."""

    years: int
    count: int


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target and how far it is reached; numbers stand as they are printed (`≥ 95`, `96,4`)."""

    text: str
    unit: str
    goal: str
    actual: str
    share: Ratio
    reached: bool | None
    source: str = ""


@dataclass(frozen=True, slots=True)
class RatingYearReport:
    """The yearly report on review and rating (báo cáo kết quả kiểm điểm, xếp loại)."""

    heading: Heading
    period: str
    basis: LevelBasis
    roll: int
    official: int
    probationary: int
    not_subject: int
    held_on: date | None
    method: VotingMethod | None
    rows: tuple[GroupRow, ...]
    total: LevelCounts
    reasons: tuple[ReasonCount, ...]
    last_year: LevelCounts | None
    targets: tuple[TargetLine, ...]
    streaks: tuple[StreakCount, ...]
    failing_twice: int
    cell: CellRatingLine | None
    remarks: str = ""
    cap_note: str = ""


@dataclass(frozen=True, slots=True)
class TargetsReport:
    """The targets of a year or a term with what is reached."""

    heading: Heading
    period: str
    on: date
    lines: tuple[TargetLine, ...]


FORMS: Final = {
    ReportKind.BALLOT: Form(BallotReport, "", ()),
    ReportKind.EXCELLENCE_BALLOT: Form(ExcellenceBallotReport, "", ()),
    ReportKind.OPINIONS: Form(OpinionsReport, "", ()),
    ReportKind.RATING_MINUTES: Form(RatingMinutesReport, "BB", ("chair", "minute_taker")),
    ReportKind.RATING_COUNT: Form(RatingCountReport, "BB", ("chair", "teller")),
    ReportKind.RATING_LIST: Form(RatingListReport, "DS"),
    ReportKind.RATING_SUMMARY: Form(RatingSummaryReport, "BC"),
    ReportKind.UNRATED_LIST: Form(UnratedListReport, "DS"),
    ReportKind.RATING_REPORT: Form(RatingYearReport, "BC"),
    ReportKind.TARGETS: Form(TargetsReport, "BC"),
}
