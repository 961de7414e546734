"""Records of the yearly review: the period, what was said and voted of each member, and of the cell itself.

What is *proposed* here and what is *decided* above stand in fields of their own and are never derived one
from the other (QĐ 366-QĐ/TW, 30/8/2025; HD 43-HD/BTCTW, 31/10/2025).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from sochibo.messages import N_

__all__ = [
    "FORM_LABELS", "GRADE_LABELS", "LEVELS", "LEVEL_LABELS", "LEVEL_SIGNS", "NOT_SUBJECT_REASONS",
    "PENDING_REASONS", "PERIOD_KIND_LABELS", "PERIOD_STATE_LABELS", "REASON_LABELS", "SUBJECT_LABELS",
    "Ballot", "BallotKind", "Grade", "Level", "MemberRating", "NoLevelReason", "OrganisationRating",
    "RatingRevision", "RatingScore", "ReviewForm", "ReviewKind", "ReviewPeriod", "ReviewState", "Subject",
    "VotingMethod", "subject_of",
]  # fmt: skip


class Level(StrEnum):
    """The four levels of a year, best first (QĐ 366-QĐ/TW, 30/8/2025, Article 11)."""

    EXCELLENT = "excellent"
    GOOD = "good"
    COMPLETED = "completed"
    NOT_COMPLETED = "not_completed"


LEVELS: Final = tuple(Level)
"""Best first."""

LEVEL_LABELS: Final = {
    Level.EXCELLENT: N_("Tasks completed excellently"),
    Level.GOOD: N_("Tasks completed well"),
    Level.COMPLETED: N_("Tasks completed"),
    Level.NOT_COMPLETED: N_("Tasks not completed"),
}

LEVEL_SIGNS: Final = {
    Level.EXCELLENT: "HTXS",
    Level.GOOD: "HTT",
    Level.COMPLETED: "HTNV",
    Level.NOT_COMPLETED: "KHT",
}
"""The abbreviations used on papers and in narrow columns, the same in every language."""


class Grade(StrEnum):
    """What a criterion was worth before points, best first (QĐ 124-QĐ/TW, 4/10/2023, Article 11)."""

    EXCELLENT = "excellent"
    GOOD = "good"
    AVERAGE = "average"
    POOR = "poor"


GRADE_LABELS: Final = {
    Grade.EXCELLENT: N_("Excellent"),
    Grade.GOOD: N_("Good"),
    Grade.AVERAGE: N_("Average"),
    Grade.POOR: N_("Poor"),
}


class ReviewKind(StrEnum):
    """What a review looks back on."""

    YEAR = "year"
    QUARTER = "quarter"
    TERM = "term"
    OCCASION = "occasion"


PERIOD_KIND_LABELS: Final = {
    ReviewKind.YEAR: N_("Review of the year"),
    ReviewKind.QUARTER: N_("Review of the quarter"),
    ReviewKind.TERM: N_("Review of the term"),
    ReviewKind.OCCASION: N_("Review on an occasion"),
}


class ReviewState(StrEnum):
    """How far a review has come."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    SENT = "sent"


PERIOD_STATE_LABELS: Final = {
    ReviewState.DRAFT: N_("In preparation"),
    ReviewState.OPEN: N_("Being entered"),
    ReviewState.CLOSED: N_("Closed"),
    ReviewState.SENT: N_("Sent"),
}


class Subject(StrEnum):
    """Whether somebody is rated: yes, not at all, or not yet."""

    RATED = "rated"
    NOT_SUBJECT = "not_subject"
    PENDING = "pending"


SUBJECT_LABELS: Final = {
    Subject.RATED: N_("Is rated"),
    Subject.NOT_SUBJECT: N_("Not subject to rating"),
    Subject.PENDING: N_("Not yet rated"),
}


class NoLevelReason(StrEnum):
    """Why somebody gets no level; the first four are not subject to rating, the others not yet rated."""

    EXEMPT_AGE = "exempt_age"
    EXEMPT_OTHER = "exempt_other"
    SUSPENDED = "suspended"
    NEW_MEMBER = "new_member"
    ABSENT = "absent"
    LONG_ILLNESS = "long_illness"
    MATERNITY = "maternity"
    UNDER_INSPECTION = "under_inspection"
    MOVING = "moving"
    OTHER = "other"


REASON_LABELS: Final = {
    NoLevelReason.EXEMPT_AGE: N_("Exempt from work and meetings because of age or health"),
    NoLevelReason.EXEMPT_OTHER: N_("Exempt from work and meetings for another reason"),
    NoLevelReason.SUSPENDED: N_("Suspended from Party activity"),
    NoLevelReason.NEW_MEMBER: N_("Newly admitted"),
    NoLevelReason.ABSENT: N_("Absent, not yet reviewed"),
    NoLevelReason.LONG_ILLNESS: N_("Long illness"),
    NoLevelReason.MATERNITY: N_("Maternity leave"),
    NoLevelReason.UNDER_INSPECTION: N_("Being inspected"),
    NoLevelReason.MOVING: N_("Moving between organisations"),
    NoLevelReason.OTHER: N_("Another reason"),
}

NOT_SUBJECT_REASONS: Final = frozenset({
    NoLevelReason.EXEMPT_AGE, NoLevelReason.EXEMPT_OTHER, NoLevelReason.SUSPENDED, NoLevelReason.NEW_MEMBER,
})  # fmt: skip
PENDING_REASONS: Final = frozenset(NoLevelReason) - NOT_SUBJECT_REASONS


def subject_of(reason: NoLevelReason | None) -> Subject:
    """Return where a reason puts a person: in or out of the base of rates."""
    if reason is None:
        return Subject.RATED
    return Subject.NOT_SUBJECT if reason in NOT_SUBJECT_REASONS else Subject.PENDING


class ReviewForm(StrEnum):
    """Which self-review a person writes: form 2A, 2B or 2C of HD 43-HD/BTCTW, 31/10/2025."""

    MEMBER = "member"
    LEADER = "leader"
    OUTSIDE = "outside"


FORM_LABELS: Final = {
    ReviewForm.MEMBER: N_("2A: holds no leading post"),
    ReviewForm.LEADER: N_("2B: leader or manager"),
    ReviewForm.OUTSIDE: N_("2C: does not work in the political system"),
}


class VotingMethod(StrEnum):
    """How the cell votes on levels; no central text read so far prescribes one for the yearly vote."""

    BALLOT = "ballot"
    CARD = "card"


class BallotKind(StrEnum):
    """What one ballot paper asks: every level, agreement to the nominees for HTXS, or the cell itself."""

    LEVELS = "levels"
    EXCELLENT = "excellent"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPeriod:
    """One review; `rules` is its own copy of the rule set, as JSON, and `closing_on` the day that counts.

    In a committee's book `held_on` is the day on which it decided, `grounds` what its decision rests on,
    one a line.
    """

    id: str
    kind: ReviewKind
    year: int
    closing_on: date
    quarter: int | None = None
    rule_set: str = ""
    rules: str = "{}"
    meeting_id: str | None = None
    state: ReviewState = ReviewState.DRAFT
    note: str = ""
    held_on: date | None = None
    grounds: str = ""

    @property
    def text(self) -> str:
        """Return the period as reports name it: `2026`, `2026-Q3`."""
        return f"{self.year:04d}-Q{self.quarter}" if self.quarter else f"{self.year:04d}"

    @property
    def paper_period(self) -> str:
        """Return the period as papers name it; none may replace those of the year.

        That of an occasion is its day, that of a term `2020-2025` where its note names both years.
        """
        if self.kind in {ReviewKind.YEAR, ReviewKind.QUARTER}:
            return self.text
        years = re.findall(r"(?:19|20)\d{2}", self.note)
        told = self.kind is ReviewKind.TERM and len(years) == 2 and years[0] <= years[1]  # noqa: PLR2004 - from, to
        return "-".join(years) if told else self.closing_on.isoformat()

    @property
    def locked(self) -> bool:
        """Tell whether changes are corrections that need a reason."""
        return self.state in {ReviewState.CLOSED, ReviewState.SENT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """The count of one ballot; `present` are those entitled to vote who were there. Nobody's vote is kept."""

    id: str
    period_id: str
    kind: BallotKind
    method: VotingMethod = VotingMethod.BALLOT
    held_on: date | None = None
    summoned: int | None = None
    present: int | None = None
    issued: int | None = None
    collected: int | None = None
    valid: int | None = None
    invalid: int | None = None
    tellers: str = ""
    note: str = ""

    @property
    def valid_papers(self) -> int | None:
        """Return the papers that count; where nobody entered them, those collected less the invalid ones."""
        rest = None if self.collected is None else max(0, self.collected - (self.invalid or 0))
        return rest if self.valid is None else self.valid


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRating:
    """What was said, voted, proposed and decided of one member; `id` is empty while nothing is written.

    Points are tenths. `subject_manual` tells that a person chose the status; otherwise it follows from the
    member's events on the closing day. `computed_level` is the program's, `proposed_level` the cell's,
    `decided_level` the committee's. `vote_base` is the number over which the votes are counted.
    """

    id: str
    period_id: str
    member_id: str
    subject: Subject = Subject.RATED
    subject_reason: NoLevelReason | None = None
    common_tenths: int | None = None
    task_tenths: int | None = None
    bonus_tenths: int | None = None
    own_level: Level | None = None
    employer_level: Level | None = None
    body_level: Level | None = None
    committee_level: Level | None = None
    computed_level: Level | None = None
    proposed_level: Level | None = None
    decided_level: Level | None = None
    override_reason: str = ""
    decision: str = ""
    decided_on: date | None = None
    votes_excellent: int | None = None
    votes_good: int | None = None
    votes_completed: int | None = None
    votes_not_completed: int | None = None
    votes_unrated: int | None = None
    votes_invalid: int | None = None
    excellent_for: int | None = None
    excellent_against: int | None = None
    vote_base: int | None = None
    all_done: bool | None = None
    above_percent: int | None = None
    late_percent: int | None = None
    remedied_percent: int | None = None
    failing_case: str = ""
    disciplined: bool = False
    remarks: str = ""
    revision: int = 1
    form: ReviewForm | None = None
    subject_manual: bool = False
    subject_note: str = ""
    reviewed_on: date | None = None
    nominated: bool = False
    cap_group: str = ""
    rated_elsewhere: str = ""
    residence_on: date | None = None
    residence_by: str = ""
    residence_comment: str = ""

    @property
    def total_tenths(self) -> int | None:
        """Return all points together; None while a part is missing."""
        if self.common_tenths is None or self.task_tenths is None:
            return None
        return self.common_tenths + self.task_tenths + (self.bonus_tenths or 0)

    def votes(self, level: Level) -> int | None:
        """Return the votes for a level on the ballot of levels."""
        counted: int | None = getattr(self, f"votes_{level.value}")
        return counted


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingScore:
    """Points of one criterion in tenths, or its grade under older rules; `reason` where points were cut."""

    criterion: str
    tenths: int = 0
    reason: str = ""
    grade: Grade | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationRating:
    """The rating of the cell itself, or in a committee's book of a unit; exactly one of the ids is set.

    `exemplary` is the extra recognition `tiêu biểu` of an excellent organisation, never a fifth level
    (HD 06-HD/TW, 9/6/2025, §19). `unrated_reason` says why there is no level (founded less than half a year
    ago, say).
    """

    id: str
    period_id: str
    organisation_id: str | None = None
    unit_id: str | None = None
    common_tenths: int | None = None
    task_tenths: int | None = None
    own_level: Level | None = None
    proposed_level: Level | None = None
    decided_level: Level | None = None
    exemplary: bool = False
    override_reason: str = ""
    decision: str = ""
    decided_on: date | None = None
    votes_excellent: int | None = None
    votes_good: int | None = None
    votes_completed: int | None = None
    votes_not_completed: int | None = None
    vote_base: int | None = None
    remarks: str = ""
    revision: int = 1
    computed_level: Level | None = None
    votes_unrated: int | None = None
    votes_invalid: int | None = None
    all_done: bool | None = None
    above_percent: int | None = None
    late_percent: int | None = None
    remedied_percent: int | None = None
    failing_case: str = ""
    unrated_reason: str = ""

    @property
    def total_tenths(self) -> int | None:
        """Return all points together; None while a part is missing."""
        if self.common_tenths is None or self.task_tenths is None:
            return None
        return self.common_tenths + self.task_tenths

    def votes(self, level: Level) -> int | None:
        """Return the votes for a level."""
        counted: int | None = getattr(self, f"votes_{level.value}")
        return counted


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingRevision:
    """What a rating was before a correction, and why it was corrected; `record` is the old row as JSON."""

    id: str
    revision: int
    reason: str
    made_on: date
    record: str
    rating_id: str | None = None
    organisation_rating_id: str | None = None
