"""The saved filters of the register: each a question that a secretary asks of it."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sochibo.messages import N_
from sochibo.rules.members.badges import BadgeState
from sochibo.rules.members.members import Activity, Membership

if TYPE_CHECKING:
    from datetime import date

    from sochibo.book.book import Book
    from sochibo.rules.members.members import RosterEntry

__all__ = ["FILTER_LABELS", "Filter", "select"]

_SOON: Final = timedelta(days=92)
"""A probation that ends within so many days is to be prepared for."""

_YEAR: Final = timedelta(days=366)


class Filter(StrEnum):
    """Which part of the register is shown."""

    LISTED = "listed"
    OFFICIAL = "official"
    PROBATIONARY = "probationary"
    PROBATION_ENDS = "probation_ends"
    ELSEWHERE = "elsewhere"
    EXEMPT = "exempt"
    AWAY = "away"
    VISITING = "visiting"
    BADGE = "badge"
    SLIP = "slip"
    LEFT = "left"


FILTER_LABELS: Final = {
    Filter.LISTED: N_("All listed"),
    Filter.OFFICIAL: N_("Official members"),
    Filter.PROBATIONARY: N_("Probationary members"),
    Filter.PROBATION_ENDS: N_("Probation ends within three months"),
    Filter.ELSEWHERE: N_("Exempt or away"),
    Filter.EXEMPT: N_("Exempt"),
    Filter.AWAY: N_("Away temporarily"),
    Filter.VISITING: N_("Here temporarily"),
    Filter.BADGE: N_("Badge due within a year"),
    Filter.SLIP: N_("Slip not sent yet"),
    Filter.LEFT: N_("Left"),
}
_EXEMPT: Final = frozenset({Activity.EXEMPT, Activity.TEMPORARILY_EXEMPT})
_ELSEWHERE: Final = _EXEMPT | {Activity.AWAY, Activity.SUSPENDED}
_ACTIVITIES: Final = {
    Filter.EXEMPT: _EXEMPT,
    Filter.AWAY: frozenset({Activity.AWAY}),
    Filter.VISITING: frozenset({Activity.VISITING}),
    Filter.ELSEWHERE: _ELSEWHERE,
}
_FROM_LIVES: Final = frozenset({Filter.PROBATION_ENDS, Filter.BADGE, Filter.SLIP})


def select(
    entries: tuple[RosterEntry, ...], wanted: Filter, book: Book, today: date
) -> tuple[RosterEntry, ...]:
    """Return who is meant, in the order given."""
    if wanted in _FROM_LIVES:
        return tuple(one for one in entries if _is_due(one, wanted, book, today))
    return tuple(one for one in entries if _stands(one, wanted))


def _stands(entry: RosterEntry, wanted: Filter) -> bool:
    standing = entry.standing
    # Of whom nothing is told yet is somebody just entered, who must not vanish from sight.
    untold = standing.because is None
    if wanted is Filter.LEFT:
        return not standing.listed and not untold
    if wanted is Filter.OFFICIAL:
        return standing.belongs and standing.membership is Membership.OFFICIAL
    if wanted is Filter.PROBATIONARY:
        return standing.belongs and standing.membership is Membership.PROBATIONARY
    if wanted in _ACTIVITIES:
        return standing.listed and standing.activity in _ACTIVITIES[wanted]
    return standing.listed or untold


def _is_due(entry: RosterEntry, wanted: Filter, book: Book, today: date) -> bool:
    """Ask a person's life; only of those whom the question can concern, since lives take reading."""
    probationary = entry.standing.membership is Membership.PROBATIONARY
    if wanted is Filter.PROBATION_ENDS and not (entry.standing.belongs and probationary):
        return False
    if wanted is Filter.BADGE and not entry.standing.belongs:
        return False
    due = book.lives.due(entry.member.id, today)
    if wanted is Filter.BADGE:
        badge = due.badge
        return badge is not None and badge.state is BadgeState.DUE and badge.batch_on <= today + _YEAR
    code = "slip" if wanted is Filter.SLIP else "probation"
    return any(one.code == code and one.by <= today + _SOON for one in due.open)
