"""Party age, and the badges (Huy hiệu Đảng) that follow from it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final

from sochibo import paths
from sochibo.messages import N_
from sochibo.rules.dates import PartialDate, Precision, months_after
from sochibo.rules.members.holidays import working_days_before
from sochibo.rules.members.members import OUT_OF_PARTY, EventKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sochibo.rules.members.members import Member, MemberEvent

__all__ = [
    "BADGE_STATE_LABELS", "Badge", "BadgeDue", "BadgeRules", "BadgeState", "PartyAge", "badge_due",
    "batch_of", "early_from", "load_badge_rules", "party_age", "years_of_number",
]  # fmt: skip

_MONTHS: Final = 12
_ADMISSIONS: Final = frozenset({EventKind.ADMISSION, EventKind.READMISSION})
_PAST_MONTHS: Final = 12
"""A badge that fell due longer ago was awarded before this book began, or is looked for by hand."""


class BadgeState(StrEnum):
    """How far a badge has come."""

    DUE = "due"
    PROPOSED = "proposed"
    AWARDED = "awarded"
    DECLINED = "declined"
    POSTHUMOUS = "posthumous"


BADGE_STATE_LABELS: Final = {
    BadgeState.DUE: N_("Due"),
    BadgeState.PROPOSED: N_("Proposed"),
    BadgeState.AWARDED: N_("Awarded"),
    BadgeState.DECLINED: N_("Not awarded"),
    BadgeState.POSTHUMOUS: N_("Awarded posthumously"),
}
_SETTLED: Final = frozenset({BadgeState.AWARDED, BadgeState.DECLINED, BadgeState.POSTHUMOUS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """A badge as the book keeps it; `batch_on` is the day of award it is proposed for."""

    id: str
    member_id: str
    years: int
    state: BadgeState = BadgeState.DUE
    batch_on: date | None = None
    awarded_on: PartialDate | None = None
    badge_no: str = ""
    decision: str = ""
    early_reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """A day of award and the anniversaries it takes in, as month and day."""

    day: tuple[int, int]
    first: tuple[int, int]
    last: tuple[int, int]


@dataclass(frozen=True, slots=True)
class BadgeRules:
    """The figures of `resources/rules/badges.toml`."""

    document: str
    valid_from: date
    years: tuple[int, ...]
    file_working_days: int
    fee_free_years: int
    early: tuple[tuple[int, int], ...]
    batches: tuple[Batch, ...]
    numbers: Mapping[tuple[str, int], int]


@dataclass(frozen=True, slots=True)
class PartyAge:
    """When a Party age began, how many months are taken off it, and whether the day is only about known."""

    start: date
    gap_months: int
    about: bool

    def years_on(self, day: date) -> int:
        """Return the whole years reached on a day."""
        years = day.year - self.start.year - self.gap_months // _MONTHS + 1
        while years > 0 and self.anniversary(years) > day:
            years -= 1
        return max(years, 0)

    def anniversary(self, years: int) -> date:
        """Return the day on which so many years are reached."""
        return months_after(self.start, years * _MONTHS + self.gap_months)


@dataclass(frozen=True, slots=True)
class BadgeDue:
    """The next badge of a person: its anniversary, the day of award, and when the file goes up."""

    years: int
    anniversary: date
    batch_on: date
    file_by: date
    state: BadgeState
    about: bool


@cache
def load_badge_rules() -> BadgeRules:
    """Read the shipped figures."""
    file = paths.shipped("resources") / "rules" / "badges.toml"
    data = tomllib.loads(file.read_text("utf-8"))
    return BadgeRules(
        document=data["source"]["document"],
        valid_from=data["source"]["valid_from"],
        years=tuple(data["badges"]["years"]),
        file_working_days=data["badges"]["file_working_days"],
        fee_free_years=data["badges"]["fee_free_years"],
        early=tuple((row["up_to_years"], row["months"]) for row in data["early"]),
        batches=tuple(
            Batch(tuple(row["day"]), tuple(row["first"]), tuple(row["last"])) for row in data["batch"]
        ),
        numbers={(row["letter"], row["digits"]): row["years"] for row in data["number"]},
    )


def party_age(member: Member, events: Sequence[MemberEvent]) -> PartyAge | None:
    """Return from when the Party age counts; None where no admission is known with at least its year.

    It begins with the day on which the committee signed the decision, where that is lost with the day of
    the ceremony (QĐ 294-QĐ/TW, 26/5/2025, §4.5.1; HD 06-HD/TW, 9/6/2025, §5.3). Whoever was readmitted
    counts from the first decision, less the time outside (§4.5.2); an admission that was cancelled (§4.4)
    never counted. Of a month or year the last day is taken: nobody is proposed too early.
    """
    cancelled = [number for number, event in enumerate(events) if event.kind is EventKind.CANCELLATION]
    counted = events[cancelled[-1] + 1 :] if cancelled else events
    admitted = next((one for one in counted if one.kind in _ADMISSIONS and (one.decided_on or one.on)), None)
    if admitted is None:
        return None
    gap = member.gap_months + _months_outside(counted)
    if admitted.decided_on is not None:
        return PartyAge(admitted.decided_on, gap, about=False)
    on = admitted.on
    if on is None:
        return None
    return PartyAge(on.latest, gap, about=on.precision is not Precision.DAY)


def badge_due(
    member: Member, events: Sequence[MemberEvent], badges: Sequence[Badge], today: date
) -> BadgeDue | None:
    """Return the badge that comes next: one whose day of award is not long past, and that is not settled."""
    age = party_age(member, events)
    if age is None:
        return None
    rules = load_badge_rules()
    settled = {badge.years for badge in badges if badge.state in _SETTLED}
    settled.add(years_of_number(member.badge_no) or 0)
    kept = {badge.years: badge for badge in badges}
    for years in rules.years:
        anniversary = age.anniversary(years)
        known = kept.get(years)
        batch = known.batch_on if known and known.batch_on else batch_of(anniversary)
        if years <= max(settled) or months_after(batch, _PAST_MONTHS) < today:
            continue
        file_by = working_days_before(batch, rules.file_working_days)
        state = known.state if known else BadgeState.DUE
        return BadgeDue(years, anniversary, batch, file_by, state, age.about)
    return None


def batch_of(anniversary: date) -> date:
    """Return the day of award for an anniversary."""
    place = (anniversary.month, anniversary.day)
    for batch in load_badge_rules().batches:
        if batch.first <= batch.last:
            if batch.first <= place <= batch.last:
                return date(anniversary.year, *batch.day)
        elif place >= batch.first:
            return date(anniversary.year + 1, *batch.day)
        elif place <= batch.last:
            return date(anniversary.year, *batch.day)
    return anniversary


def early_from(years: int, anniversary: date) -> date:
    """Return from when a gravely ill member may have the badge (QĐ 294 §28: 12 or 24 months before)."""
    months = next((months for most, months in load_badge_rules().early if years <= most), 0)
    return months_after(anniversary, -months)


def years_of_number(badge_no: str) -> int | None:
    """Tell which badge a number belongs to, by its shape (HD 38-HD/BTCTW, 29/9/2025, §III.1.4)."""
    found = re.fullmatch(r"(?:[A-ZĐ]{2,3}[\s.-]+)?([A-E]?)\s?(\d+)", badge_no.strip())
    return load_badge_rules().numbers.get((found[1], len(found[2]))) if found else None


def _months_outside(events: Sequence[MemberEvent]) -> int:
    """Add up the months between leaving the Party and being admitted again, begun months counted whole.

    A restoration leaves no gap: the decision that ended the membership was wrong.
    """
    months, left = 0, None
    for event in events:
        if event.kind in OUT_OF_PARTY:
            left = event.on.earliest if event.on else None
        elif event.kind in _ADMISSIONS and left is not None and event.on is not None:
            back = event.on.earliest
            months += (back.year - left.year) * _MONTHS + back.month - left.month + (back.day > left.day)
            left = None
        elif event.kind is EventKind.RESTORATION:
            left = None
    return months
