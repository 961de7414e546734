"""Reports: everything that will be printed, as frozen values; the same values travel inside the PDF.

Only counts, texts and dates: no percentages, no rows of the book, no identity numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from sochibo.messages import N_
from sochibo.rules.attendance import BaseLine, Ratio
from sochibo.rules.meetings import MeetingKind, VoteClass, VoteMethod
from sochibo.rules.scoring import Rating

__all__ = [
    "REPORT_LABELS", "Absentee", "Heading", "ItemReport", "MeetingFigures", "MinutesReport", "Report",
    "ReportKind", "RollupReport", "RollupRow", "ScoreLine", "ScoreReport", "SummaryReport", "SuperiorGuest",
    "TaskReport", "VoteReport",
]  # fmt: skip


class ReportKind(StrEnum):
    """Kinds of report; the symbol of each stands in its number (`BB`, `BC`)."""

    MINUTES = "minutes"
    SUMMARY = "summary"
    ROLLUP = "rollup"


REPORT_LABELS = {
    ReportKind.MINUTES: N_("Minutes"),
    ReportKind.SUMMARY: N_("Monthly summary"),
    ReportKind.ROLLUP: N_("Roll-up"),
}
REPORT_SYMBOLS = {ReportKind.MINUTES: "BB", ReportKind.SUMMARY: "BC", ReportKind.ROLLUP: "BC"}


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


@dataclass(frozen=True, slots=True)
class Absentee:
    """Someone who did not come; `reason` is the words that are printed, empty where there was none."""

    name: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SuperiorGuest:
    """A guest as minutes name one."""

    name: str
    post: str
    superior: bool
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class ItemReport:
    """One agenda item."""

    title: str
    presenter: str
    text: str
    conclusion: str


@dataclass(frozen=True, slots=True)
class VoteReport:
    """One vote with its base, how the base was counted, and the result."""

    question: str
    vote_class: VoteClass
    method: VoteMethod
    base: int
    base_lines: tuple[BaseLine, ...]
    needed: int
    in_favour: int
    against: int
    other: int
    passed: bool
    minority: str = ""


@dataclass(frozen=True, slots=True)
class TaskReport:
    """One task as given."""

    text: str
    assignees: str
    due: date | None


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One criterion with the points given, in tenths."""

    label: str
    max_points: int
    tenths: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ScoreReport:
    """The cell's own score of a meeting."""

    framework: str
    title: str
    lines: tuple[ScoreLine, ...]
    total: int
    tenths: int
    rating: Rating


@dataclass(frozen=True, slots=True)
class MinutesReport:
    """The minutes of one meeting (no form is prescribed; fields after HD 12 and HD 42, see the README)."""

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


NOTHING: Final = Ratio(0, 0)


@dataclass(frozen=True, slots=True)
class RollupRow:
    """One unit in a roll-up: its counts, and the digest of the paper they came from; None if it sent none."""

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


@dataclass(frozen=True, slots=True)
class RollupReport:
    """A committee's monthly roll-up over its cells: rows in the order of its units, and their sum."""

    heading: Heading
    period: str
    rows: tuple[RollupRow, ...]
    total: RollupRow
    reported: Ratio


Report = MinutesReport | SummaryReport | RollupReport
