"""Parts of minutes as they are printed and travel: people, items, votes, tasks, proposals, score."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sochibo.rules.counts import BaseLine, Ratio
from sochibo.rules.meetings.meetings import VoteClass, VoteMethod
from sochibo.rules.meetings.proposals import ProposalState
from sochibo.rules.scoring.scoring import Rating

__all__ = [
    "Absentee", "CorrectionReport", "Deduction", "ItemReport", "ProposalReport", "ReviewedTask", "ScoreGroup",
    "ScoreLine", "ScoreReport", "StudyReport", "SuperiorGuest", "TaskReport", "UpperScore", "VoteReport",
    "deductions_of",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Absentee:
    """Someone who did not come; `reason` is the words that are printed, empty where there was none."""

    name: str
    reason: str = ""
    accepted_by: str = ""


@dataclass(frozen=True, slots=True)
class SuperiorGuest:
    """A guest as minutes name one."""

    name: str
    post: str
    superior: bool
    remarks: str = ""
    organisation: str = ""
    assigned: bool = False


@dataclass(frozen=True, slots=True)
class ItemReport:
    """One agenda item; `speakers` are those who spoke on it, `finished` False where it comes up again."""

    title: str
    presenter: str
    text: str
    conclusion: str
    speakers: tuple[str, ...] = ()
    finished: bool = True


@dataclass(frozen=True, slots=True)
class VoteReport:
    """One vote with its base, how the base was counted, and the result.

    `blank` and `invalid` are parts of `other`, None where they were not told apart.
    """

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
    blank: int | None = None
    invalid: int | None = None
    tellers: str = ""


@dataclass(frozen=True, slots=True)
class TaskReport:
    """One task as given."""

    text: str
    assignees: str
    due: date | None


@dataclass(frozen=True, slots=True)
class ReviewedTask:
    """A task of an earlier meeting with what came of it; `done_percent` is None where nothing was said."""

    text: str
    assignees: str
    due: date | None
    done_percent: int | None
    result: str = ""


@dataclass(frozen=True, slots=True)
class ProposalReport:
    """A proposal with its answer; `raised_on` is the day of the earlier meeting, None for this one."""

    text: str
    who: str
    state: ProposalState
    answer: str = ""
    answered_by: str = ""
    forwarded_to: str = ""
    raised_on: date | None = None


@dataclass(frozen=True, slots=True)
class StudyReport:
    """A study session, counted in turns (lượt)."""

    subject: str
    organiser: str
    turns: Ratio


@dataclass(frozen=True, slots=True)
class CorrectionReport:
    """Why closed minutes were made anew: `number` is that of the minutes which these replace."""

    on: date
    by: str
    reason: str
    number: str


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One criterion with the points given, in tenths; `max_points` is 1 where it is only met or not.

    `group` is the code of the head under which it stands, empty where the table has none. `proposed` is what
    the program computed from the record, None where it proposed nothing, `basis` says why in Vietnamese.
    What is not `counted` this time keeps its place with the points that the framework names for that.
    """

    label: str
    max_points: int
    tenths: int
    reason: str = ""
    code: str = ""
    group: str = ""
    proposed: int | None = None
    basis: str = ""
    counted: bool = True


@dataclass(frozen=True, slots=True)
class ScoreGroup:
    """A head of the table with the sum of its criteria, in tenths."""

    code: str
    label: str
    max_points: int
    tenths: int


@dataclass(frozen=True, slots=True)
class Deduction:
    """Points that a meeting lost on one criterion, in tenths, and why."""

    label: str
    tenths: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class UpperScore:
    """What the upper committee decided on a meeting, kept apart from the cell's own score."""

    tenths: int | None
    rating: Rating | None
    decided_by: str = ""
    decided_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ScoreReport:
    """The cell's own score of a meeting.

    `measure` is `points`, or `conditions` where criteria are only met or not: `rating` is None then, and
    `tenths` over `total` counts those met. `available` are the points that could be had this time, in tenths.
    `gates` are sentences in Vietnamese that say why the rating is lower than the points alone would give;
    `points_rating` is that higher one. `rating_reason` says why the cell settled on another rating.
    """

    framework: str
    title: str
    lines: tuple[ScoreLine, ...]
    total: int
    tenths: int
    rating: Rating | None
    document: str = ""
    measure: str = "points"
    groups: tuple[ScoreGroup, ...] = ()
    available: int = 0
    points_rating: Rating | None = None
    gates: tuple[str, ...] = ()
    rating_reason: str = ""
    observer: str = ""
    vote: VoteReport | None = None
    upper: UpperScore | None = None


def deductions_of(score: ScoreReport | None) -> tuple[Deduction, ...]:
    """Return where a meeting lost points, as the monthly roll-up explains it, in the order of the table."""
    if score is None or score.rating is None:
        return ()
    return tuple(
        Deduction(line.label, line.max_points * 10 - line.tenths, line.reason or line.basis)
        for line in score.lines
        if line.counted and line.tenths < line.max_points * 10
    )
