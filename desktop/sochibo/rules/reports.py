"""Reports: everything that will be printed, as frozen values; the same values travel inside the PDF.

Only counts, texts and dates: no percentages, no rows of the book, no identity numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final, Protocol

from sochibo.messages import N_
from sochibo.rules.counts import BaseLine, Ratio
from sochibo.rules.meetings.meetings import MeetingFormat, MeetingKind
from sochibo.rules.meetings.minutes_parts import (
    Absentee,
    CorrectionReport,
    Deduction,
    ItemReport,
    ProposalReport,
    ReviewedTask,
    ScoreGroup,
    ScoreLine,
    ScoreReport,
    StudyReport,
    SuperiorGuest,
    TaskReport,
    UpperScore,
    VoteReport,
)
from sochibo.rules.scoring.scoring import Rating

__all__ = [
    "FORMS", "REPORT_LABELS", "Absentee", "CorrectionReport", "Deduction", "Form", "Heading", "ItemReport",
    "MeetingFigures", "MeetingRatings", "MinutesReport", "ProposalReport", "Report", "ReportKind",
    "ReviewedTask", "RollupPart", "RollupReport", "RollupRow", "ScoreGroup", "ScoreLine", "ScoreReport",
    "StudyReport", "SummaryReport", "SuperiorGuest", "TaskReport", "UpperScore", "VoteReport",
]  # fmt: skip


class ReportKind(StrEnum):
    """Kinds of report; `sochibo.rules.forms` tells what each is on paper."""

    MINUTES = "minutes"
    SUMMARY = "summary"
    ROLLUP = "rollup"
    RESOLUTION = "resolution"
    CONCLUSION = "conclusion"
    NOTICE = "notice"
    PROGRAMME = "programme"
    THEMATIC_PLAN = "thematic_plan"
    SIGN_IN_SHEET = "sign_in_sheet"
    SCORE_SHEET = "score_sheet"
    ATTENDANCE_MATRIX = "attendance_matrix"
    MINUTES_BOOK = "minutes_book"
    COEXISTENCE = "coexistence"
    TASK_LIST = "task_list"
    MEMBER_REGISTER = "member_register"
    COMPANION_REGISTER = "companion_register"
    MEMBER_PAPER = "member_paper"
    MOVEMENT = "movement"
    COMPOSITION = "composition"
    BALLOT = "ballot"
    EXCELLENCE_BALLOT = "excellence_ballot"
    OPINIONS = "opinions"
    RATING_MINUTES = "rating_minutes"
    RATING_COUNT = "rating_count"
    RATING_LIST = "rating_list"
    RATING_SUMMARY = "rating_summary"
    UNRATED_LIST = "unrated_list"
    RATING_REPORT = "rating_report"
    RATING_DECISION = "rating_decision"
    CELL_RATING_DECISION = "cell_rating_decision"
    RATING_ROLLUP = "rating_rollup"
    CAP_TABLE = "cap_table"
    TARGETS = "targets"
    INDICATORS = "indicators"
    BRIDGE = "bridge"
    RECEIPT = "receipt"
    RETURN_SLIP = "return_slip"
    ENROLMENT = "enrolment"
    TRUST = "trust"


REPORT_LABELS = {
    ReportKind.MINUTES: N_("Minutes"),
    ReportKind.SUMMARY: N_("Summary of meetings"),
    ReportKind.ROLLUP: N_("Roll-up"),
    ReportKind.RESOLUTION: N_("Resolution"),
    ReportKind.CONCLUSION: N_("Conclusion"),
    ReportKind.NOTICE: N_("Notice of meeting"),
    ReportKind.PROGRAMME: N_("Programme"),
    ReportKind.THEMATIC_PLAN: N_("Plan of thematic meetings"),
    ReportKind.SIGN_IN_SHEET: N_("Sign-in sheet"),
    ReportKind.SCORE_SHEET: N_("Score sheet"),
    ReportKind.ATTENDANCE_MATRIX: N_("Attendance of the year"),
    ReportKind.MINUTES_BOOK: N_("Minutes book of the year"),
    ReportKind.COEXISTENCE: N_("Sheet for the e-handbook"),
    ReportKind.TASK_LIST: N_("List of tasks"),
    ReportKind.MEMBER_REGISTER: N_("Register of members"),
    ReportKind.COMPANION_REGISTER: N_("Companion register"),
    ReportKind.MEMBER_PAPER: N_("What is held on a member"),
    ReportKind.MOVEMENT: N_("Movement of members"),
    ReportKind.COMPOSITION: N_("Composition of members"),
    ReportKind.BALLOT: N_("Rating ballot"),
    ReportKind.EXCELLENCE_BALLOT: N_("Ballot on excellent members"),
    ReportKind.OPINIONS: N_("Opinions on ratings"),
    ReportKind.RATING_MINUTES: N_("Minutes of the review meeting"),
    ReportKind.RATING_COUNT: N_("Minutes of the count"),
    ReportKind.RATING_LIST: N_("List of proposed ratings"),
    ReportKind.RATING_SUMMARY: N_("Summary of ratings"),
    ReportKind.UNRATED_LIST: N_("List of members not yet rated"),
    ReportKind.RATING_REPORT: N_("Yearly rating report"),
    ReportKind.RATING_DECISION: N_("Decision on members' ratings"),
    ReportKind.CELL_RATING_DECISION: N_("Decision on cells' ratings"),
    ReportKind.RATING_ROLLUP: N_("Roll-up of ratings"),
    ReportKind.CAP_TABLE: N_("Check of the cap on excellent ratings"),
    ReportKind.TARGETS: N_("Targets"),
    ReportKind.INDICATORS: N_("Indicators"),
    ReportKind.BRIDGE: N_("Bridge of organisations"),
    ReportKind.RECEIPT: N_("Receipt"),
    ReportKind.RETURN_SLIP: N_("Return slip"),
    ReportKind.ENROLMENT: N_("Enrolment request"),
    ReportKind.TRUST: N_("Trust package"),
}


TELLING: Final = frozenset(
    {ReportKind.MINUTES, ReportKind.SUMMARY, ReportKind.ROLLUP, ReportKind.INDICATORS, ReportKind.MOVEMENT}
)
"""Kinds of paper that tell what was; notices and plans speak of days to come."""


class Report(Protocol):
    """What every report has: the head of its paper, and its period as `rules.periods` reads it."""

    @property
    def heading(self) -> Heading:
        """Return the head and foot of the paper."""

    @property
    def period(self) -> str:
        """Return the day, month, quarter, half-year, year or term it is about."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a kind of report is on paper.

    `symbol` stands in its number (`NQ`; empty on what is printed but never numbered), `roles` are the fields
    for signatures in the order of signing (none on what is only printed).
    """

    report: type[Any]
    symbol: str
    roles: tuple[str, ...] = ("secretary",)


@dataclass(frozen=True, slots=True)
class Heading:
    """The head and foot that every paper shares.

    `superior` and `body` are printed in capitals at the left, `number` is whole (`05-BC/CB`; empty on a
    draft), `authority` `T/M CHI BỘ` and `office` `BÍ THƯ` stand above `signer` in the signature block.
    """

    superior: str
    body: str
    place: str
    number: str
    issued_on: date
    authority: str
    office: str
    signer: str


NOTHING: Final = Ratio(0, 0)


@dataclass(frozen=True, slots=True)
class MinutesReport:
    """The minutes of one meeting (no form is prescribed; fields after HD 12 and HD 42, see the README).

    `spoke` is who spoke over who was present, `reviewed` the earlier tasks looked back on, `late` who came
    after the opening, `corrections` why these minutes replace others, oldest first.
    """

    heading: Heading
    meeting_id: str
    meeting_kind: MeetingKind
    on: date
    start: str
    end: str
    place: str
    theme: str
    members: int
    official: int
    probationary: int
    visiting: int
    expected: int
    expected_lines: tuple[BaseLine, ...]
    present: int
    present_official: int
    present_probationary: int
    present_visiting: int
    extra_present: tuple[str, ...]
    excused: tuple[Absentee, ...]
    unexcused: tuple[Absentee, ...]
    guests: tuple[SuperiorGuest, ...]
    chair: str
    chair_office: str
    minute_taker: str
    fee_note: str
    items: tuple[ItemReport, ...]
    votes: tuple[VoteReport, ...]
    tasks: tuple[TaskReport, ...]
    score: ScoreReport | None
    rating_note: str
    conclusion: str
    adopted: bool
    format: MeetingFormat = MeetingFormat.IN_PERSON
    late: tuple[str, ...] = ()
    spoke: Ratio = NOTHING
    reviewed: tuple[ReviewedTask, ...] = ()
    proposals: tuple[ProposalReport, ...] = ()
    studies: tuple[StudyReport, ...] = ()
    observer: str = ""
    not_scored_reason: str = ""
    corrections: tuple[CorrectionReport, ...] = ()

    @property
    def period(self) -> str:
        """Return the day of the meeting."""
        return self.on.isoformat()


@dataclass(frozen=True, slots=True)
class MeetingFigures:
    """One meeting in a summary, in figures."""

    meeting_id: str
    meeting_kind: MeetingKind
    on: date
    attendance: Ratio
    present_official: int
    excused: int
    unexcused: int
    items: int
    votes: Ratio
    tasks: int
    superiors: int
    minutes: str
    theme: str = ""
    score_tenths: int | None = None
    rating: Rating | None = None
    framework: str = ""
    spoke: Ratio = NOTHING
    deductions: tuple[Deduction, ...] = ()


@dataclass(frozen=True, slots=True)
class SummaryReport:
    """The monthly summary of a cell's meetings; `period` is `2026-11`.

    `tasks` is done over given among the tasks due in the period. Member counts are of the last day.
    """

    heading: Heading
    period: str
    members: int
    official: int
    probationary: int
    exempt: int
    away: int
    visiting: int
    meetings: tuple[MeetingFigures, ...]
    attendance: Ratio
    tasks: Ratio
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class MeetingRatings:
    """How many regular meetings had each rating."""

    good: int = 0
    fair: int = 0
    average: int = 0
    poor: int = 0

    def __add__(self, other: MeetingRatings) -> MeetingRatings:
        return MeetingRatings(
            self.good + other.good, self.fair + other.fair, self.average + other.average,
            self.poor + other.poor,
        )  # fmt: skip

    def of(self, rating: Rating) -> int:
        """Return how many had a rating."""
        counted: int = getattr(self, rating.value)
        return counted


@dataclass(frozen=True, slots=True)
class RollupPart:
    """One paper behind a row, where several make it up: its period, number and digest.

    `unit` is who sent it, where the row tells of all.
    """

    period: str
    number: str
    digest: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class RollupRow:
    """One unit in a roll-up: its counts, and the digest of the paper they came from; None if it sent none.

    `papers` is the months told over those in which the unit stood, `units` the cells that told something over
    all that stand behind the row, `regular_months` how many months had a regular meeting, be it one or more.
    Where several papers make a row, `parts` names them and `source` is that of the newest. Of a unit that
    ended before the last day, `ended` is its own last day, and its members are counted where they went: with
    its `successor`.
    """

    unit_id: str
    unit: str
    source: str | None = None
    source_number: str = ""
    members: int = 0
    official: int = 0
    probationary: int = 0
    meetings: int = 0
    regular: int = 0
    thematic: int = 0
    attendance: Ratio = NOTHING
    unexcused: int = 0
    superiors: int = 0
    tasks: Ratio = NOTHING
    score_tenths: int | None = None
    rating: Rating | None = None
    met_on: date | None = None
    spoke: Ratio = NOTHING
    ratings: MeetingRatings = MeetingRatings()
    deductions: tuple[Deduction, ...] = ()
    papers: Ratio = NOTHING
    units: Ratio = NOTHING
    parts: tuple[RollupPart, ...] = ()
    ended: date | None = None
    successor: str = ""
    regular_months: int = 0


@dataclass(frozen=True, slots=True)
class RollupReport:
    """A committee's roll-up over its units for a month or longer: rows in their order, and their sum.

    `prepared_by` drew up the table (người lập biểu); `remarks` are the footnote on changes since the last.
    """

    heading: Heading
    period: str
    rows: tuple[RollupRow, ...]
    total: RollupRow
    reported: Ratio
    prepared_by: str = ""
    remarks: str = ""


FORMS: Final = {
    ReportKind.MINUTES: Form(MinutesReport, "BB", ("chair", "minute_taker")),
    ReportKind.SUMMARY: Form(SummaryReport, "BC"),
    ReportKind.ROLLUP: Form(RollupReport, "BC"),
}
