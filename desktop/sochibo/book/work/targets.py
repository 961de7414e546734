"""The targets of a book: set for a year or a term, held against what the book itself counts."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from sochibo.book.changes import Changes
from sochibo.book.work.target_figures import Stretch, actual_of
from sochibo.faults import Refused
from sochibo.messages import N_
from sochibo.rules.dates import months_after
from sochibo.rules.names import clean
from sochibo.rules.periods import Period, PeriodKind, parse_period
from sochibo.rules.work.targets import (
    INDICATORS,
    Progress,
    Target,
    TargetPeriod,
    check_target,
    default_targets,
    label_of,
    progress_of,
)
from sochibo.storage.records import targets as store

if TYPE_CHECKING:
    from sochibo.book.book import Book
    from sochibo.rules.counts import Ratio
    from sochibo.rules.units.organisations import Term
    from sochibo.rules.work.targets import Indicator
    from sochibo.storage.engine.database import Database

__all__ = ["TargetLine", "Targets"]

_TERM_MONTHS: Final = 5 * 12
"""How long a term lasts of which no end is entered yet."""


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target with what was reached; `computed` where the book itself counted it."""

    target: Target
    label: str
    period: Period
    progress: Progress
    computed: bool


class Targets:
    """Targets; each is one act to set and one to change."""

    def __init__(self, database: Database, book: Book) -> None:
        self._database: Final = database
        self._book: Final = book

    def years(self) -> tuple[int, ...]:
        """Return the years that have targets of their own, newest first."""
        found = {one.year for one in store.targets(self._database) if one.year is not None}
        return tuple(sorted(found, reverse=True))

    def get(self, target_id: str) -> Target:
        """Return one target; raises KeyError."""
        return store.target(self._database, target_id)

    def lines(self, year: int, today: date | None = None) -> tuple[TargetLine, ...]:
        """Return the targets of a year and of the terms it lies in, with what was reached up to a day."""
        day = today or _today()
        whole = parse_period(f"{year:04d}")
        lines = []
        for target in store.targets(self._database):
            period = self._period(target)
            if period is None or not (period.first <= whole.last and whole.first <= period.last):
                continue
            if target.period_kind is TargetPeriod.YEAR and target.year != year:
                continue
            lines.append(self._line(target, period, day))
        return tuple(lines)

    def indicators(self) -> tuple[Indicator, ...]:
        """Return what a target can be about so that the book counts it."""
        return tuple(INDICATORS.values())

    def actual(self, indicator: str, first: date, last: date) -> Ratio | None:
        """Count an indicator from one day to another; None where the book cannot."""
        return actual_of(indicator, Stretch(self._book, self._database, first, last))

    def add(self, target: Target) -> str:
        """Set a target (its id may be empty) for the book's own organisation or a unit; raises Refused."""
        made = self._checked(dataclasses.replace(target, id=""))
        with self._database.act(
            N_("Set the target {name}"), {"name": made.indicator}, changes=Changes.TARGETS.value
        ):
            return store.put_target(self._database, made).id

    def change(self, target: Target) -> Changes:
        """Change a target; raises Refused."""
        made = self._checked(target)
        with self._database.act(
            N_("Changed the target {name}"),
            {"name": made.indicator},
            changes=Changes.TARGETS.value,
            merge_key=f"target:{made.id}",
        ):
            store.put_target(self._database, made)
        return Changes.TARGETS

    def remove(self, target_id: str) -> Changes:
        """Take a target away; undo brings it back."""
        known = self.get(target_id)
        with self._database.act(
            N_("Removed the target {name}"), {"name": known.indicator}, changes=Changes.TARGETS.value
        ):
            store.remove_target(self._database, target_id)
        return Changes.TARGETS

    def add_defaults(self, year: int) -> int:
        """Set the usual targets of a year that are not set yet, as one act; returns how many."""
        organisation = self._book.organisation()
        known = {one.indicator for one in store.targets(self._database) if one.year == year}
        made = [
            Target(
                id="",
                indicator=one.indicator,
                period_kind=TargetPeriod.YEAR,
                comparison=one.comparison,
                value=one.value,
                measure=INDICATORS[one.indicator].measure,
                year=year,
                organisation_id=organisation.id,
                source=one.source,
            )
            for one in default_targets(organisation.kind)
            if one.indicator not in known
        ]
        with self._database.act(
            N_("Set the usual targets of {year}"), {"year": str(year)}, changes=Changes.TARGETS.value
        ):
            for target in made:
                store.put_target(self._database, target)
        return len(made)

    def _line(self, target: Target, period: Period, today: date) -> TargetLine:
        last = min(period.last, today)
        counted = None
        if target.unit_id is None:
            counted = self.actual(target.indicator, period.first, last)
        actual = target.by_hand or counted
        return TargetLine(
            target,
            label_of(target.indicator),
            period,
            progress_of(target, actual, period, today),
            computed=target.by_hand is None and counted is not None,
        )

    def _period(self, target: Target) -> Period | None:
        if target.year is not None:
            return parse_period(f"{target.year:04d}")
        term = next((one for one in self._book.terms() if one.id == target.term_id), None)
        return None if term is None else _span(term)

    def _checked(self, target: Target) -> Target:
        made = dataclasses.replace(
            target,
            indicator=clean(target.indicator),
            counted_as=clean(target.counted_as),
            source=clean(target.source),
            note=target.note.strip(),
        )
        if made.organisation_id is None and made.unit_id is None:
            made = dataclasses.replace(made, organisation_id=self._book.organisation().id)
        if wrong := check_target(made, store.targets(self._database)):
            raise Refused(wrong)
        return made


def _span(term: Term) -> Period:
    """Return the days of a term; one without an end is taken to last as long as terms do."""
    last = term.end or months_after(term.start, _TERM_MONTHS)
    return Period(term.start, last, PeriodKind.TERM, f"{term.start.year:04d}-{last.year:04d}")


def _today() -> date:
    return datetime.now(UTC).astimezone().date()
