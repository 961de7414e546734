"""What the papers of the yearly review hold (forms F4 to F14 of the field), as frozen values.

Counts, texts and days only: percentages are drawn on paper, always beside their base. What the cell
proposes and what the committee decided are kept apart, and every paper with counts names which it counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from sochibo.rules.meetings.attendance import Ratio
from sochibo.rules.meetings.minutes_parts import Absentee, SuperiorGuest
from sochibo.rules.ratings.rating_figures import FiguresGroup, RatingFigures, Source
from sochibo.rules.ratings.ratings import BallotKind, Level, NoLevelReason, VotingMethod
from sochibo.rules.reports import Form, Heading, ReportKind
from sochibo.rules.work.targets import Comparison, Measure, ProgressState

__all__ = [
    "FORMS", "BallotCount", "BallotForm", "BallotReport", "Candidate", "CellRatingLine", "CountLine",
    "ExcellenceBallotReport", "ExcellenceLine", "GroupRow", "ListLine",
    "OpinionLine", "OpinionsReport", "RatingCountReport", "RatingListReport",
    "RatingMinutesReport", "RatingSummaryReport", "RatingYearReport", "ReasonCount", "StreakCount",
    "Tally", "TargetRow", "TargetsReport", "UnratedLine", "UnratedListReport",
]  # fmt: skip


class BallotForm(StrEnum):
    """How the cell votes on levels: one ballot with all of them, or the excellent on a second one."""

    ONE = "one"
    TWO = "two"


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
class BallotCount:
    """How many papers of one ballot were given out, came back and count."""

    kind: BallotKind
    issued: int
    collected: int
    valid: int
    invalid: int


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
    counts: RatingFigures
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
    ballots: tuple[BallotCount, ...]
    lines: tuple[CountLine, ...]
    excellence: tuple[ExcellenceLine, ...]
    cell: CellRatingLine | None
    copies: int


@dataclass(frozen=True, slots=True)
class ListLine:
    """One member on the list that goes up; `tenths` are all points together.

    `groups` are the rows of the summary (F10) in which the member is counted, so that whoever decides another
    level can move the member there too.
    """

    name: str
    birth: str
    admitted: str
    post: str
    tenths: int | None
    own_level: Level | None
    tally: Tally | None
    proposed: Level | None
    reason: NoLevelReason | None = None
    note: str = ""
    groups: tuple[FiguresGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class RatingListReport:
    """The list of members with the levels that the cell proposes (F9)."""

    heading: Heading
    period: str
    lines: tuple[ListLine, ...]
    counts: RatingFigures
    cap_note: str = ""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One row of the summary."""

    group: FiguresGroup
    counts: RatingFigures
    note: str = ""


@dataclass(frozen=True, slots=True)
class RatingSummaryReport:
    """The summary of ratings (F10): the first fitting row wins, so that nobody is counted twice."""

    heading: Heading
    period: str
    basis: Source
    rows: tuple[GroupRow, ...]
    total: RatingFigures


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
class TargetRow:
    """One target and how far it is reached; `indicator` is an id or, of one's own, its words.

    The value asked for is `value` divided by ten `decimals` times; `actual` is a rate, or a count over 1.
    """

    indicator: str
    comparison: Comparison
    measure: Measure
    value: int
    decimals: int
    actual: Ratio | None
    done: Ratio | None
    state: ProgressState
    source: str = ""


@dataclass(frozen=True, slots=True)
class RatingYearReport:
    """The yearly report on review and rating (báo cáo kết quả kiểm điểm, xếp loại)."""

    heading: Heading
    period: str
    basis: Source
    roll: int
    official: int
    probationary: int
    held_on: date | None
    method: VotingMethod | None
    rows: tuple[GroupRow, ...]
    total: RatingFigures
    reasons: tuple[ReasonCount, ...]
    last_year: RatingFigures | None
    targets: tuple[TargetRow, ...]
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
    rows: tuple[TargetRow, ...]


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
