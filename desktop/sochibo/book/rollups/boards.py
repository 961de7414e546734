"""The board over a quarter, a half-year or a year: what was due of each unit, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sochibo.book.inbox.decisions import Decision
from sochibo.book.inbox.inbox import Level, Submission
from sochibo.rules.dates import Month
from sochibo.rules.meetings.practice import summary_due
from sochibo.rules.periods import parse_period
from sochibo.rules.reports import ReportKind
from sochibo.rules.units.units import version_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from sochibo.book.book import Book
    from sochibo.rules.periods import Period
    from sochibo.rules.units.units import Unit

__all__ = ["Fate", "MonthFate", "UnitFate", "period_board"]

_KINDS: Final = (ReportKind.SUMMARY, ReportKind.ROLLUP)
"""What a unit sends of its meetings: a cell its summary, a committee its roll-up."""


class Fate(StrEnum):
    """What became of one month that was due."""

    IN_TIME = "in_time"
    LATE = "late"
    HELD = "held"
    RETURNED = "returned"
    MISSING = "missing"
    AWAITED = "awaited"


@dataclass(frozen=True, slots=True)
class MonthFate:
    """One month of one unit, with the file that tells of it: its own, or that of a longer period."""

    month: Month
    fate: Fate
    file: Submission | None = None


@dataclass(frozen=True, slots=True)
class UnitFate:
    """One unit over a period; `signer` is whom to ask."""

    unit_id: str
    unit: str
    signer: str
    months: tuple[MonthFate, ...]

    def count(self, *fates: Fate) -> int:
        """Return how many months had one of these fates."""
        return sum(one.fate in fates for one in self.months)

    @property
    def received(self) -> int:
        """Return of how many months something counts."""
        return self.count(Fate.IN_TIME, Fate.LATE)

    @property
    def open(self) -> tuple[MonthFate, ...]:
        """Return the months that must still be asked for, oldest first."""
        return tuple(one for one in self.months if one.fate not in {Fate.IN_TIME, Fate.LATE})


def period_board(book: Book, period: Period, today: date) -> tuple[UnitFate, ...]:
    """Return every unit that stood in a period, with its months that are over."""
    signers = {unit.id: unit.signer for unit in book.inbox.units()}
    files: dict[str, list[Submission]] = {}
    for one in book.inbox.submissions():
        if one.kind in _KINDS and one.unit_id:
            files.setdefault(one.unit_id, []).append(one)
    made = []
    for unit in book.rollups.units(period):
        months = [month for month in period.months() if month.last() < today and _stood(unit, month)]
        fates = tuple(_fate(month, files.get(unit.id, ()), today) for month in months)
        name = version_on(unit, period.last).name
        made.append(UnitFate(unit.id, name, signers.get(unit.id, ""), fates))
    return tuple(made)


def _stood(unit: Unit, month: Month) -> bool:
    return unit.since <= month.last() and (unit.until is None or unit.until >= month.first())


def _fate(month: Month, files: Sequence[Submission], today: date) -> MonthFate:
    """Judge a month by its own paper, else by that of the shortest time around it which counts.

    What came first decides whether it came in time: a correction makes nothing late.
    """
    telling = _nearest([one for one in files if month in parse_period(one.period).months()])
    fine = [one for one in telling if one.verdict.level in {Level.ACCEPT, Level.NOTE} or one.counts]
    counted = [one for one in telling if one.counts and one.decision is not Decision.RETURNED]
    if counted:
        newest = max(counted, key=lambda one: (one.revision, one.received_at))
        return MonthFate(month, Fate.IN_TIME if _in_time(fine) else Fate.LATE, newest)
    if telling:
        newest = max(telling, key=lambda one: one.received_at)
        returned = newest.verdict.level is Level.REFUSE or newest.decision is Decision.RETURNED
        return MonthFate(month, Fate.RETURNED if returned else Fate.HELD, newest)
    return MonthFate(month, Fate.MISSING if today > summary_due(month) else Fate.AWAITED)


def _nearest(telling: Sequence[Submission]) -> list[Submission]:
    """Return the papers of one length: the shortest of those that count, else the shortest at all."""
    lengths = {one.id: len(parse_period(one.period).months()) for one in telling}
    counted = [lengths[one.id] for one in telling if one.counts]
    shortest = min(counted or lengths.values(), default=0)
    return [one for one in telling if lengths[one.id] == shortest]


def _in_time(files: Iterable[Submission]) -> bool:
    """Tell whether any file came by the day on which what it tells of was due."""
    return any(
        one.received_at.astimezone().date() <= summary_due(parse_period(one.period).months()[-1])
        for one in files
    )
