"""Who is rated on the closing day, who is not, and why: derived from the events of a Party life.

Illness, maternity, an inspection and absence are entered by hand: a book that keeps little knows nothing of
them (QĐ 294-QĐ/TW, 26/5/2025, §7.2.3; HD 21-HD/BTCTW, 18/10/2019, for the special cases).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from sochibo.faults import Finding, yellow
from sochibo.messages import N_
from sochibo.rules.dates import months_after
from sochibo.rules.members.members import EXITS, Activity, EventKind, standing_on
from sochibo.rules.ratings.ratings import NoLevelReason, ReviewKind, Subject, subject_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sochibo.rules.members.members import MemberEvent
    from sochibo.rules.ratings.rating_rules import SubjectRules
    from sochibo.rules.ratings.ratings import ReviewPeriod

__all__ = ["SubjectStatus", "first_day_of", "left_during", "subject_on"]

_EXEMPT: Final = {
    Activity.EXEMPT: NoLevelReason.EXEMPT_AGE,
    Activity.TEMPORARILY_EXEMPT: NoLevelReason.EXEMPT_OTHER,
    Activity.SUSPENDED: NoLevelReason.SUSPENDED,
}
_ADMISSIONS: Final = frozenset({EventKind.ADMISSION, EventKind.READMISSION})
_QUARTER_MONTHS: Final = 3


@dataclass(frozen=True, slots=True)
class SubjectStatus:
    """Whether somebody is rated, the reason if not, and what to mind in either case."""

    subject: Subject
    reason: NoLevelReason | None = None
    notes: tuple[Finding, ...] = ()


def first_day_of(period: ReviewPeriod) -> date:
    """Return the day from which a review looks; one of a term or an occasion looks over its year."""
    if period.kind is ReviewKind.QUARTER and period.quarter:
        return date(period.year, (period.quarter - 1) * _QUARTER_MONTHS + 1, 1)
    return date(period.year, 1, 1)


def subject_on(
    name: str, events: Sequence[MemberEvent], period: ReviewPeriod, rules: SubjectRules
) -> SubjectStatus:
    """Tell whether a member on the roll of the closing day is rated.

    Exempt and suspended members are not while it lasts; who was admitted less than half a year before is
    not either; who was exempt for a part of the year, came during it or is away for a time is rated, with a
    note (QĐ 294-QĐ/TW, 26/5/2025, §6.3.2: temporary activity elsewhere leaves a member in this count).
    """
    closing, first = period.closing_on, first_day_of(period)
    standing = standing_on(events, closing)
    reason = _EXEMPT.get(standing.activity)
    if reason is not None:
        return SubjectStatus(
            subject_of(reason), reason, tuple(_began(name, events, first, closing, standing.activity))
        )
    admitted = _last(events, _ADMISSIONS, closing)
    if admitted is not None and closing < months_after(admitted, rules.new_member_months):
        template = (
            N_("{name} was admitted on {day}, less than {months} months before: reviewed, not rated.")
            if rules.new_member_reviewed
            else N_("{name} was admitted on {day}, less than {months} months before: not reviewed or rated.")
        )
        note = yellow("R51", template, "subject", name=name, day=admitted, months=rules.new_member_months)
        return SubjectStatus(Subject.NOT_SUBJECT, NoLevelReason.NEW_MEMBER, (note,))
    notes = (
        *_exempt_before(name, events, first, closing),
        *_moved_in(name, events, period, rules),
        *_away(name, events, closing),
    )
    return SubjectStatus(Subject.RATED, None, notes)


def left_during(name: str, events: Sequence[MemberEvent], period: ReviewPeriod) -> Finding | None:
    """Say why somebody who was here during the review is not on its list; None for everybody else."""
    first, closing = first_day_of(period), period.closing_on
    now = standing_on(events, closing)
    before = max(first, closing - timedelta(days=366))
    was_here = standing_on(events, before).belongs or any(
        standing_on(events, event.on.earliest).belongs
        for event in events
        if event.on is not None and first <= event.on.earliest <= closing
    )
    gone = now.through
    if now.belongs or not was_here or gone is None or gone.kind not in EXITS:
        return None
    day = gone.on.earliest if gone.on else closing
    if gone.kind is EventKind.TRANSFER_OUT:
        template = N_(
            "{name} moved to another cell on {day} and is rated there: hand over what you know of the year."
        )
        return yellow("R52", template, "subject", name=name, day=day)
    return yellow("R53", N_("{name} left on {day} and is not on the list."), "subject", name=name, day=day)


def _last(events: Sequence[MemberEvent], kinds: frozenset[EventKind], until: date) -> date | None:
    """Return the newest day of an event of these kinds; a month or year counts from its first day."""
    days = [
        event.on.earliest
        for event in events
        if event.kind in kinds and event.on is not None and event.on.earliest <= until
    ]
    return max(days, default=None)


def _began(
    name: str, events: Sequence[MemberEvent], first: date, closing: date, activity: Activity
) -> Iterator[Finding]:
    """Note that an exemption or suspension began only during the review."""
    through = standing_on(events, closing).through
    since = through.on.earliest if through is not None and through.on is not None else None
    if since is None or since <= first:
        return
    template = (
        N_("{name} has been suspended since {day}: no rating while it lasts.")
        if activity is Activity.SUSPENDED
        else N_(
            "{name} has been exempt since {day}: not rated while it lasts; a short written review of the "
            "months before is enough."
        )
    )
    yield yellow("R54", template, "subject", name=name, day=since)


def _exempt_before(name: str, events: Sequence[MemberEvent], first: date, closing: date) -> Iterator[Finding]:
    """Note an exemption that ended before the closing day: only the rest of the time is rated."""
    turns = sorted(
        {first} | {event.on.earliest for event in events if event.on and first < event.on.earliest <= closing}
    )
    since: date | None = None
    for turn in turns:
        exempt = standing_on(events, turn).activity in {Activity.EXEMPT, Activity.TEMPORARILY_EXEMPT}
        if exempt and since is None:
            since = turn
        elif not exempt and since is not None:
            template = N_("{name} was exempt from {since} to {until}: rate only the rest of the time.")
            yield yellow("R55", template, "subject", name=name, since=since, until=turn - timedelta(days=1))
            since = None


def _moved_in(
    name: str, events: Sequence[MemberEvent], period: ReviewPeriod, rules: SubjectRules
) -> Iterator[Finding]:
    """Note somebody who came from another cell late in the year: both must not rate the same person."""
    came = _last(events, frozenset({EventKind.TRANSFER_IN}), period.closing_on)
    if came is not None and came > first_day_of(period):
        template = N_("{name} came from another cell on {day}: ask there for its view of the time before.")
        if period.closing_on < months_after(came, rules.moved_months):
            template = N_(
                "{name} came from another cell only on {day}: ask there for its view, and agree which of "
                "the two cells rates."
            )
        yield yellow("R56", template, "subject", name=name, day=came)


def _away(name: str, events: Sequence[MemberEvent], closing: date) -> Iterator[Finding]:
    standing = standing_on(events, closing)
    if standing.activity is Activity.AWAY:
        template = N_("{name} is in temporary activity elsewhere: rated here, ask that cell for its comment.")
        yield yellow("R57", template, "subject", name=name)
