"""Indicators of a book: a cell counts its own, a committee adds up what its units sent, year beside year."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from sochibo.book.papers.issuing import Draft, draw_up
from sochibo.book.rollups.indicator_figures import count_own
from sochibo.faults import Refused, red
from sochibo.messages import N_
from sochibo.rules.members.member_papers import MovementReport
from sochibo.rules.periods import parse_period
from sochibo.rules.ratings.rating_decisions import RatingRollupReport
from sochibo.rules.ratings.rating_figures import FiguresGroup, RatingFigures, count_levels
from sochibo.rules.ratings.rating_papers import RatingSummaryReport, TargetRow
from sochibo.rules.ratings.ratings import Subject
from sochibo.rules.reports import ReportKind, RollupPart
from sochibo.rules.units.indicator_papers import (
    LEVEL_INDICATORS,
    IndicatorsReport,
    IndicatorUnit,
    IndicatorYear,
    add_units,
    of_figures,
    of_levels,
    of_movement,
    of_rating_rollup,
    of_ratings,
    of_rollup,
    without_stocks,
)
from sochibo.rules.units.indicators import GROUP_LABELS, Count, Group, Indicator, indicators_for, over_time
from sochibo.rules.units.organisations import BookKind
from sochibo.rules.units.rollups import ROLLED_UP, parts_of
from sochibo.rules.units.units import version_on
from sochibo.storage.records import submissions

if TYPE_CHECKING:
    from sochibo.book.book import Book
    from sochibo.rules.periods import Period
    from sochibo.rules.reports import RollupRow
    from sochibo.rules.units.units import Unit
    from sochibo.storage.engine.database import Database
    from sochibo.storage.records.submissions import KeptSubmission

__all__ = [
    "GROUP_LABELS", "TOLD_IN", "Count", "Group", "Indicator", "Indicators", "IndicatorsReport",
    "indicators_for",
]  # fmt: skip

YEARS: Final = 15
"""How many years stand side by side at most."""

_DERIVED: Final = (
    ReportKind.MOVEMENT, ReportKind.RATING_SUMMARY, ReportKind.RATING_ROLLUP, ReportKind.INDICATORS,
)  # fmt: skip
"""What tells of indicators beside summaries of meetings; of two that tell of one, the later counts."""

TOLD_IN: Final = (ReportKind.SUMMARY, ReportKind.ROLLUP, *_DERIVED)
"""Every kind of paper that tells a committee of indicators."""

_CELLS: Final = frozenset(LEVEL_INDICATORS[FiguresGroup.CELLS])
_TARGET: Final = "admissions_of_target"

_Papers = dict[tuple[str, str], "KeptSubmission"]


class Indicators:
    """Counts with the papers behind them; numerators and denominators are kept, rates only drawn."""

    def __init__(self, database: Database, book: Book) -> None:
        self._database: Final = database
        self._book: Final = book

    def of(self, period: Period, today: date | None = None) -> tuple[Count, ...]:
        """Return the indicators of a period: a cell's own, or the sum of a committee's units."""
        if self._is_cell():
            return count_own(self._book, self._database, period, today or _today())
        return add_units(self.rows(period, today))

    def rows(self, period: Period, today: date | None = None) -> tuple[IndicatorUnit, ...]:
        """Return what each unit told, and last what the committee knows of itself; none for a cell."""
        if self._is_cell():
            return ()
        day = today or _today()
        papers = {kind: self._book.rollups.papers(period, (kind,)) for kind in _DERIVED}
        rollup = {row.unit_id: row for row in self._book.rollups.rows(period, day)}
        senders = {unit_id for found in papers.values() for unit_id, _ in found}
        made = [
            self._unit(unit, period, rollup.get(unit.id), papers)
            for unit in self._book.rollups.units(period, also=senders)
        ]
        made = self._with_decided(made, period)
        told = {count.indicator for row in made for count in row.counts}
        own = tuple(
            count
            for count in count_own(self._book, self._database, period, day)
            # Cells that told their own rating are not counted a second time by the committee's decision.
            if count.indicator not in _CELLS & told
        )
        if any(count.indicator == _TARGET for count in own):
            # The committee's target is its own, not the sum of those of its cells.
            made = [replace(row, counts=_without_target(row.counts)) for row in made]
        if own:
            made.append(IndicatorUnit(self._book.organisation().id, self._book.organisation().name, own))
        return tuple(made)

    def years(self, period: Period, today: date | None = None) -> tuple[IndicatorYear, ...]:
        """Return the same period of earlier years, oldest first, as far back as anything is known."""
        found = []
        for year in range(max(period.first.year - YEARS + 1, self._first_year()), period.first.year):
            earlier = parse_period(f"{year:04d}{period.text[4:]}")
            counts = self.of(earlier, today)
            if any(count.number for count in counts):
                found.append(IndicatorYear(str(earlier), counts))
        return tuple(found)

    def sources(self, row: IndicatorUnit) -> tuple[str, ...]:
        """Return the ids of the received files behind a unit's counts."""
        digests = {part.digest for part in row.parts}
        return tuple(
            one.id for one in reversed(submissions.of_period(self._database)) if one.digest in digests
        )

    def report(self, period: Period, on: date) -> IndicatorsReport:
        """Return the figures of a period as they would be issued on a day."""
        report = draw_up(self._database, self._book, self.draft(period, on)).report
        if not isinstance(report, IndicatorsReport):
            raise TypeError(report)
        return report

    def draft(self, period: Period, on: date) -> Draft:
        """Return the paper of indicators of a period."""
        rows = self.rows(period, on)
        counts = add_units(rows) if rows else self.of(period, on)
        earlier = self.years(period, on)
        targets = self._targets(period, on)
        return Draft(
            kind=ReportKind.INDICATORS,
            period=str(period),
            issued_on=on,
            rules=(),
            write=lambda heading: IndicatorsReport(heading, str(period), counts, rows, earlier, targets),
        )

    def issue(self, period: Period, on: date) -> str:
        """Issue the paper of indicators; returns the document's id. Raises Refused (Q81) for a day."""
        if period.kind not in ROLLED_UP:
            text = N_("Indicators are counted by month, quarter, half-year or year.")
            raise Refused([red("Q81", text, "period")])
        return self._book.reports.issue_draft(
            N_("Issued the indicators of {period}"), self.draft(period, on), period=str(period)
        )

    def _unit(
        self, unit: Unit, period: Period, row: RollupRow | None, papers: dict[ReportKind, _Papers]
    ) -> IndicatorUnit:
        """Return what a unit told: each kind of paper over what the kinds before it say."""
        counts = {one.indicator: one for one in of_rollup(row)} if row else {}
        parts: list[RollupPart] = []
        if row and row.source:
            parts += row.parts or (RollupPart(str(period), row.source_number, row.source),)
        for found in papers.values():
            told, behind = self._told(unit.id, period, found)
            counts |= {one.indicator: one for one in told}
            parts += behind
        ended = unit.until if unit.until is not None and unit.until < period.last else None
        kept = tuple(counts.values())
        known = {one.id for one in indicators_for(period.kind)}
        shown = tuple(one for one in (without_stocks(kept) if ended else kept) if one.indicator in known)
        name = version_on(unit, period.last).name
        return IndicatorUnit(unit.id, name, shown, tuple(parts), ended)

    def _with_decided(self, rows: list[IndicatorUnit], period: Period) -> list[IndicatorUnit]:
        """Let the committee's own decision on ratings, once issued, stand over what the units propose."""
        ratings = self._book.unit_ratings
        if not ratings.is_decided(period):
            return rows
        decided: dict[str, tuple[Count, ...]] = {}
        for line in ratings.lines(period):
            rated = line.level is not None and not line.is_committee
            cell = count_levels([(Subject.RATED, line.level)]) if rated else RatingFigures()
            members = of_figures(line.figures) if line.figures else ()
            decided[line.told.unit_id] = (*members, *of_levels(FiguresGroup.CELLS, cell))
        return [
            replace(
                row,
                counts=tuple(
                    {one.indicator: one for one in (*row.counts, *decided.get(row.unit_id, ()))}.values()
                ),
            )
            for row in rows
        ]

    def _told(
        self, unit_id: str, period: Period, papers: _Papers
    ) -> tuple[tuple[Count, ...], list[RollupPart]]:
        """Return what papers of one kind tell for a period: its own, else those of its parts in order."""
        kept = papers.get((unit_id, str(period)))
        if kept is not None:
            report = self._book.rollups.read(kept)
            part = RollupPart(kept.period, kept.number, kept.digest)
            if isinstance(report, IndicatorsReport):
                return report.counts, [part]
            if isinstance(report, MovementReport):
                return of_movement(report), [part]
            if isinstance(report, RatingSummaryReport):
                return of_ratings(report), [part]
            if isinstance(report, RatingRollupReport):
                return of_rating_rollup(report), [part]
        told, behind = [], []
        for shorter in parts_of(period):
            counts, parts = self._told(unit_id, shorter, papers)
            if counts:
                told.append(counts)
                behind += parts
        return (over_time(told) if told else ()), behind

    def _targets(self, period: Period, on: date) -> tuple[TargetRow, ...]:
        """Return the targets of the year, held against what is counted here."""
        counted = {one.indicator: one for one in self.of(period, on)}
        rows = []
        for line in self._book.targets.lines(period.last.year, on):
            if line.target.unit_id is None and line.target.indicator in counted:
                target, progress = line.target, line.progress
                rows.append(
                    TargetRow(
                        target.indicator, target.comparison, target.measure, target.value, target.decimals,
                        progress.actual, progress.done, progress.state, target.source,
                    )
                )  # fmt: skip
        return tuple(rows)

    def _first_year(self) -> int:
        """Return the first year of which the book can know anything."""
        if self._is_cell():
            days = [row["first"] for row in self._database.rows('select min("on") as first from meeting')]
        else:
            days = [
                row["first"]
                for row in self._database.rows(
                    "select min(period) as first from submission where period <> '' and counts = 1"
                )
            ]
        starts = [term.start.year for term in self._book.terms()]
        return min([*starts, *(int(day[:4]) for day in days if day)])

    def _is_cell(self) -> bool:
        return self._book.organisation().kind is BookKind.CELL


def _without_target(counts: tuple[Count, ...]) -> tuple[Count, ...]:
    return tuple(count for count in counts if count.indicator != _TARGET)


def _today() -> date:
    return datetime.now(UTC).astimezone().date()
