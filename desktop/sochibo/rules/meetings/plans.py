"""The plan of a year: the regular day of each month, and the thematic meetings by quarter."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sochibo.messages import N_
from sochibo.rules.dates import Month
from sochibo.rules.meetings.meetings import MeetingKind, MeetingState
from sochibo.rules.members.holidays import is_working_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = [
    "PLAN_STATE_LABELS", "THEMATIC_KINDS", "MonthDay", "PlanState", "ThemePlan", "is_day_off",
    "month_days", "next_in_turn", "quarter_of_month", "regular_day_of", "state_of_theme",
]  # fmt: skip

THEMATIC_KINDS: Final = frozenset({MeetingKind.THEMATIC, MeetingKind.COMBINED})
"""Kinds of meeting that deal with a theme."""

_SATURDAY: Final = 5
_SUNDAY: Final = 6
_MONTHS: Final = 3


class PlanState(StrEnum):
    """How far a planned theme has come."""

    PLANNED = "planned"
    DRAFTED = "drafted"
    APPROVED = "approved"
    HELD = "held"
    DROPPED = "dropped"


PLAN_STATE_LABELS = {
    PlanState.PLANNED: N_("Planned"),
    PlanState.DRAFTED: N_("Draft written"),
    PlanState.APPROVED: N_("Draft approved"),
    PlanState.HELD: N_("Held"),
    PlanState.DROPPED: N_("Dropped"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemePlan:
    """One theme of the yearly plan: who drafts it by when, when it is due, and the meeting that held it."""

    id: str
    year: int
    quarter: int
    theme: str
    theme_group: str = ""
    drafter_id: str | None = None
    draft_due: date | None = None
    planned_month: Month | None = None
    meeting_id: str | None = None
    state: PlanState = PlanState.PLANNED
    note: str = ""


@dataclass(frozen=True, slots=True)
class MonthDay:
    """The regular day of a month, and the day proposed instead where it is a Sunday or a holiday."""

    month: Month
    regular: date
    proposed: date


def quarter_of_month(month: int) -> int:
    """Return the quarter, 1 to 4, in which a month lies."""
    return (month - 1) // _MONTHS + 1


def regular_day_of(month: Month, regular_day: int) -> date:
    """Return the regular day of a month; the 31st of a shorter month is its last day."""
    return month.first().replace(day=min(regular_day, month.last().day))


def is_day_off(day: date) -> bool:
    """Tell whether a cell would rather not meet: Sundays and holidays; many do meet on Saturdays."""
    if day.weekday() == _SUNDAY:
        return True
    return day.weekday() < _SATURDAY and not is_working_day(day)


def month_days(year: int, regular_day: int) -> tuple[MonthDay, ...]:
    """Return the regular days of a year; one that is off is proposed for the next day that is not.

    Where the rest of the month is off, it is the last free day before. HD 37-HD/BTGDVTW, 19/11/2025, names
    the 3rd; what is proposed binds nobody.
    """
    found = []
    for number in range(1, 13):
        month = Month(year, number)
        regular = proposed = regular_day_of(month, regular_day)
        while is_day_off(proposed) and proposed < month.last():
            proposed += timedelta(days=1)
        while is_day_off(proposed) and proposed > month.first():
            proposed -= timedelta(days=1)
        found.append(MonthDay(month, regular, proposed))
    return tuple(found)


def state_of_theme(plan: ThemePlan, meeting_state: MeetingState | None) -> PlanState:
    """Return how far a theme has come: one whose meeting has closed minutes is held, whoever said what."""
    if meeting_state in {MeetingState.CLOSED, MeetingState.SEALED}:
        return PlanState.HELD
    return plan.state


def next_in_turn(present: Sequence[str], taken: Iterable[str], skip: Mapping[str, int] | None = None) -> str:
    """Return whose turn it is: who had an item least often, and longest ago; empty where nobody is there.

    `present` are ids in the order of the roll, `taken` the ids of who had a turn before, oldest first;
    `skip` are turns already given in the meeting being prepared.
    """
    past = list(taken)
    counted = Counter(past)
    last = {who: place for place, who in enumerate(past)}
    given = skip or {}
    order = {who: place for place, who in enumerate(present)}
    return min(
        present,
        key=lambda who: (given.get(who, 0), counted[who], last.get(who, -1), order[who]),
        default="",
    )
