"""A committee's roll-up over the summaries of its units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochibo.book.issuing import Draft
from sochibo.rules.attendance import attendance_rules_on
from sochibo.rules.dates import Month
from sochibo.rules.reports import ReportKind, RollupRow, SummaryReport
from sochibo.rules.summaries import make_rollup, row_of
from sochibo.storage import submissions

if TYPE_CHECKING:
    from datetime import date

    from sochibo.book.book import Book
    from sochibo.rules.periods import Period
    from sochibo.storage.database import Database

__all__ = ["rollup_draft", "rollup_rows", "source_of"]


def rollup_draft(database: Database, book: Book, period: Period, on: date) -> Draft:
    """Return the roll-up of a period over all units."""
    rows = rollup_rows(database, book, period)
    return Draft(
        kind=ReportKind.ROLLUP,
        period=str(period),
        issued_on=on,
        rules=(attendance_rules_on(period.last).id,),
        write=lambda heading: make_rollup(heading, Month.parse(str(period)), rows),
    )


def rollup_rows(database: Database, book: Book, period: Period) -> tuple[RollupRow, ...]:
    """Return one row for every unit that stood in the period, in the order of the units."""
    from sochibo.documents.envelopes import decode

    sources = {
        kept.unit_id: kept
        for kept in submissions.of_period(database, str(period))
        if kept.counts and kept.kind == ReportKind.SUMMARY and kept.period == str(period)
    }
    rows = []
    for unit in book.inbox.units_in(Month.parse(str(period))):
        source = sources.get(unit.id)
        report = decode(source.envelope.encode()).report if source and source.envelope else None
        if source and isinstance(report, SummaryReport):
            rows.append(row_of(unit.id, unit.name, report, source.digest))
        else:
            rows.append(RollupRow(unit_id=unit.id, unit=unit.name))
    return tuple(rows)


def source_of(database: Database, period: Period, digest: str) -> str:
    """Return the id of the received file from which a row took its figures; empty if it is gone."""
    kept = submissions.of_period(database, str(period))
    return next((one.id for one in kept if one.digest == digest), "")
