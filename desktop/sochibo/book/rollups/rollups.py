"""A committee's roll-up over what its units sent: for a month, a quarter, a half-year or a year."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from sochibo.book.papers.issuing import Draft, draw_up
from sochibo.faults import Refused, red, yellow
from sochibo.messages import N_
from sochibo.rules import names
from sochibo.rules.counts import Ratio
from sochibo.rules.meetings.attendance import attendance_rules_on
from sochibo.rules.periods import PeriodKind, parse_period
from sochibo.rules.reports import ReportKind, RollupReport, RollupRow, SummaryReport
from sochibo.rules.units.organisation_types import sends
from sochibo.rules.units.organisations import BookKind
from sochibo.rules.units.rollups import (
    ROLLED_UP,
    ended_row,
    join_parts,
    make_rollup,
    parts_of,
    row_above,
    row_of,
)
from sochibo.rules.units.units import name_on, stands, successors, version_on
from sochibo.storage.records import submissions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sochibo.book.book import Book
    from sochibo.faults import Finding
    from sochibo.rules.periods import Period
    from sochibo.rules.reports import Report
    from sochibo.rules.units.units import Unit
    from sochibo.storage.engine.database import Database
    from sochibo.storage.records.submissions import KeptSubmission

__all__ = ["ROLLUP_ACTS", "Rollups", "check_received"]

_KINDS: Final = (ReportKind.SUMMARY, ReportKind.ROLLUP)
"""What a unit can send for a roll-up: a cell its summary, a committee its own roll-up."""

ROLLUP_ACTS: Final = {
    PeriodKind.MONTH: N_("Issued the roll-up of {month}"),
    PeriodKind.QUARTER: N_("Issued the roll-up of quarter {month}"),
    PeriodKind.HALF: N_("Issued the roll-up of half-year {month}"),
    PeriodKind.YEAR: N_("Issued the roll-up of the year {month}"),
}
"""How the history names the issue: `3/2026` is a month or a quarter."""


class Rollups:
    """Figures of all units, each with the papers behind them; only what counts is ever added."""

    def __init__(self, database: Database, book: Book) -> None:
        self._database = database
        self._book = book
        self._read: dict[str, Report] = {}

    def units(self, period: Period, also: Collection[str] = ()) -> tuple[Unit, ...]:
        """Return the units that stood in a period and send papers, in Vietnamese order of their names.

        Whoever sent for a period stood in it, even if the committee enrolled it only afterwards; `also` names
        those that sent papers of other kinds.
        """
        sent = {one.unit_id for one in self._counting(period, _KINDS)} | set(also)
        found = []
        for unit in self._book.units.all().values():
            ended = unit.until is not None and unit.until < period.first
            stood = unit.since <= period.last or unit.id in sent
            if stood and not ended and sends(version_on(unit, period.last).type):
                found.append(unit)
        return tuple(sorted(found, key=lambda unit: names.natural_key(version_on(unit, period.last).name)))

    def rows(self, period: Period, on: date | None = None) -> tuple[RollupRow, ...]:
        """Return one row for every unit; a month that has not begun on `on` (today) is not asked for."""
        papers = self.papers(period, _KINDS)
        day = on or _today()
        return tuple(self._whole_row(unit, period, papers, day) for unit in self.units(period))

    def report(self, period: Period) -> RollupReport:
        """Return the figures of a period as they would be issued now, with their sum; a cell has none."""
        if self._book.organisation().kind is not BookKind.COMMITTEE:
            raise Refused([red("Q91", N_("Only a committee's book has roll-ups."), "")])
        report = draw_up(self._database, self._book, self.draft(period, _today())).report
        if not isinstance(report, RollupReport):
            raise TypeError(report)
        return report

    def check(self, period: Period) -> tuple[Finding, ...]:
        """Return what speaks against issuing the roll-up of a period: red, else which papers are missing."""
        if self._book.organisation().kind is not BookKind.COMMITTEE:
            return (red("Q91", N_("Only a committee's book has roll-ups."), ""),)
        if period.kind not in ROLLED_UP:
            return (red("Q20", N_("Meetings are summed up by month, quarter, half-year or year."), ""),)
        units = self.units(period)
        if not units:
            return (red("Q92", N_("No unit stood below this committee in this period."), ""),)
        sent = {unit_id for unit_id, _ in self.papers(period, _KINDS)}
        return check_received(sum(unit.id in sent for unit in units), len(units))

    def draft(self, period: Period, on: date, prepared_by: str | None = None, remarks: str = "") -> Draft:
        """Return the roll-up of a period; whoever works with the book drew it up, unless someone is named."""
        rows = self.rows(period, on)
        preparer = self.preparer() if prepared_by is None else names.clean(prepared_by)
        return Draft(
            kind=ReportKind.ROLLUP,
            period=str(period),
            issued_on=on,
            rules=(attendance_rules_on(period.last).id,),
            write=lambda heading: make_rollup(
                heading, period, rows, prepared_by=preparer, remarks=remarks.strip()
            ),
        )

    def preparer(self) -> str:
        """Return who drew up the last roll-up, else who works with the book."""
        last = next(iter(self._book.reports.documents(ReportKind.ROLLUP)), None)
        report = self._book.reports.envelope(last.id).report if last else None
        if isinstance(report, RollupReport) and report.prepared_by:
            return report.prepared_by
        return self._database.by.partition(",")[0].strip()

    def sources(self, row: RollupRow) -> tuple[str, ...]:
        """Return the ids of the received files behind a row, oldest period first; those gone are left out."""
        digests = _digests(row)
        ids = {one.digest: one.id for one in submissions.of_period(self._database) if one.digest in digests}
        return tuple(ids[digest] for digest in digests if digest in ids)

    def came_since(self, report: RollupReport) -> int:
        """Return how many papers came, or were replaced by a correction, since a roll-up was issued."""
        told = {digest for row in report.rows for digest in _digests(row)}
        now = {digest for row in self.rows(parse_period(report.period)) for digest in _digests(row)}
        return len(now - told)

    def papers(self, period: Period, kinds: Iterable[ReportKind]) -> dict[tuple[str, str], KeptSubmission]:
        """Return what counts for a period and its parts, by unit and period.

        What a unit sent for a time after it was merged counts for whoever came after it, unless that sent a
        paper of its own; after it was closed it counts for nobody.
        """
        found: dict[tuple[str, str], KeptSubmission] = {}
        units, events = self._book.units.all(), self._book.units.events()
        late = []
        for one in self._counting(period, kinds):
            unit, told = units.get(one.unit_id), parse_period(one.period)
            if unit and unit.until is not None and unit.until < told.first:
                late.append((one, told.last))
            else:
                found[one.unit_id, one.period] = one
        for one, day in late:
            after = successors(events, one.unit_id, day)
            if len(after) == 1 and stands(units[after[0]], day):
                found.setdefault((after[0], one.period), one)
        return found

    def read(self, kept: KeptSubmission) -> Report | None:
        """Return the report inside a received paper; each is read once, since its digest names its text."""
        from sochibo.documents.envelopes import decode

        if kept.digest not in self._read and kept.envelope:
            self._read[kept.digest] = decode(kept.envelope.encode()).report
        return self._read.get(kept.digest)

    def _counting(self, period: Period, kinds: Iterable[ReportKind]) -> list[KeptSubmission]:
        wanted = {kind.value for kind in kinds}
        kept = submissions.of_period(self._database, f"{period.first.year:04d}")
        return [
            one
            for one in kept
            if one.counts
            and one.kind in wanted
            and period.first <= parse_period(one.period).first
            and parse_period(one.period).last <= period.last
        ]

    def _whole_row(
        self, unit: Unit, period: Period, papers: dict[tuple[str, str], KeptSubmission], on: date
    ) -> RollupRow:
        called = version_on(unit, period.last).name
        row = self._row(unit, called, period, papers, on)
        row = row or RollupRow(unit_id=unit.id, unit=called, units=Ratio(0, 1))
        if unit.until is None or unit.until >= period.last:
            return row
        after = successors(self._book.units.events(), unit.id, period.last)
        units = self._book.units.all()
        said = [name_on(units, one, period.last) for one in after if one != unit.id]
        return ended_row(row, period, unit.until, ", ".join(said))

    def _row(
        self,
        unit: Unit,
        called: str,
        period: Period,
        papers: dict[tuple[str, str], KeptSubmission],
        on: date,
    ) -> RollupRow | None:
        """Return a unit's row from its paper of this very period, else from those of its parts."""
        kept = papers.get((unit.id, str(period)))
        if kept is not None:
            report = self.read(kept)
            if isinstance(report, SummaryReport):
                return row_of(unit.id, called, report, kept.digest)
            if isinstance(report, RollupReport):
                return row_above(unit.id, called, report, kept.digest)
        if period.kind is PeriodKind.MONTH:
            stood = unit.since <= period.last and (unit.until is None or unit.until >= period.first)
            due = stood and period.first <= on
            empty = RollupRow(unit_id=unit.id, unit=called, papers=Ratio(0, 1), units=Ratio(0, 1))
            return empty if due else None
        rows = [
            (str(part), row)
            for part in parts_of(period)
            if (row := self._row(unit, called, part, papers, on)) is not None
        ]
        return join_parts(rows) if rows else None


def _digests(row: RollupRow) -> list[str]:
    return [part.digest for part in row.parts] or ([row.source] if row.source else [])


def check_received(sent: int, units: int) -> tuple[Finding, ...]:
    """Refuse a paper added up from nothing, which would go up as noughts; else tell how many are missing."""
    if not sent:
        text = N_("No unit has sent its report yet: there is nothing to add up.")
        return (red("Q83", text, ""),)
    if sent < units:
        text = N_("{missing} of {all} units have not sent their report; the paper names them.")
        return (yellow("Q80", text, "", missing=units - sent, all=units),)
    return ()


def _today() -> date:
    return datetime.now(UTC).astimezone().date()
