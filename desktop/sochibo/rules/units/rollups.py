"""Roll-ups: rows of units that are added up through time and over units; no rate is ever averaged."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sochibo.rules.counts import Ratio
from sochibo.rules.dates import Month
from sochibo.rules.meetings.summaries import REGULAR, THEMATIC
from sochibo.rules.periods import Period, PeriodKind, half_of, month_of, parse_period, quarter_of
from sochibo.rules.reports import (
    NOTHING,
    MeetingRatings,
    RollupPart,
    RollupReport,
    RollupRow,
)
from sochibo.rules.scoring.scoring import Rating

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sochibo.rules.reports import Heading, SummaryReport

__all__ = [
    "ROLLED_UP", "TOTAL_NAME", "add_rows", "adds_up", "ended_row", "join_parts", "make_rollup", "parts_of",
    "row_above", "row_of",
]  # fmt: skip

ROLLED_UP: Final = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR)
"""How long the periods are over which units are added up."""

TOTAL_NAME: Final = "Tổng cộng"
"""The sum's name on the paper, which is Vietnamese whatever language the screen speaks."""

_ONE: Final = Ratio(1, 1)


def row_of(unit_id: str, unit: str, report: SummaryReport, source: str) -> RollupRow:
    """Return a unit's summary as one row of a roll-up; `source` is the digest of the paper.

    Day, points, rating and deductions are those of the first regular meeting, and nobody's in a longer
    period; `superiors` counts the meetings that someone of the upper committee attended.
    """
    period = parse_period(report.period)
    regular = [meeting for meeting in report.meetings if meeting.meeting_kind in REGULAR]
    shown = min(regular, key=lambda meeting: meeting.on, default=None)
    if period.kind is not PeriodKind.MONTH:
        shown = None
    rated = Counter(meeting.rating for meeting in regular)
    months = len(period.months())
    return RollupRow(
        unit_id=unit_id,
        unit=unit,
        source=source,
        source_number=report.heading.number,
        members=report.members,
        official=report.official,
        probationary=report.probationary,
        meetings=len(report.meetings),
        regular=len(regular),
        thematic=sum(meeting.meeting_kind in THEMATIC for meeting in report.meetings),
        attendance=report.attendance,
        unexcused=sum(meeting.unexcused for meeting in report.meetings),
        superiors=sum(meeting.superiors > 0 for meeting in report.meetings),
        tasks=report.tasks,
        score_tenths=shown.score_tenths if shown else None,
        rating=shown.rating if shown else None,
        met_on=shown.on if shown else None,
        spoke=sum((meeting.spoke for meeting in report.meetings), NOTHING),
        ratings=MeetingRatings(*(rated[rating] for rating in Rating)),
        deductions=shown.deductions if shown else (),
        papers=Ratio(months, months),
        units=_ONE,
        regular_months=len({Month.of(meeting.on) for meeting in regular}),
    )


def row_above(unit_id: str, unit: str, report: RollupReport, source: str) -> RollupRow:
    """Return a committee's own roll-up as one row of that one level up: its sum, under its name."""
    return replace(
        report.total, unit_id=unit_id, unit=unit, source=source, source_number=report.heading.number
    )


def add_rows(name: str, rows: Sequence[RollupRow]) -> RollupRow:
    """Add rows up: commutative and associative; score, rating and day are nobody's in a sum."""
    return RollupRow(
        unit_id="",
        unit=name,
        members=sum(row.members for row in rows),
        official=sum(row.official for row in rows),
        probationary=sum(row.probationary for row in rows),
        meetings=sum(row.meetings for row in rows),
        regular=sum(row.regular for row in rows),
        thematic=sum(row.thematic for row in rows),
        attendance=sum((row.attendance for row in rows), NOTHING),
        unexcused=sum(row.unexcused for row in rows),
        superiors=sum(row.superiors for row in rows),
        tasks=sum((row.tasks for row in rows), NOTHING),
        spoke=sum((row.spoke for row in rows), NOTHING),
        ratings=sum((row.ratings for row in rows), MeetingRatings()),
        papers=sum((row.papers for row in rows), NOTHING),
        units=sum((row.units for row in rows), NOTHING),
        regular_months=sum(row.regular_months for row in rows),
    )


def join_parts(rows: Sequence[tuple[str, RollupRow]]) -> RollupRow:
    """Make one row of a unit's rows for periods that follow each other, each with its period.

    What happened adds up; members are those of the newest paper. All papers are named.
    """
    told = [(period, row) for period, row in rows if row.source is not None]
    first = rows[0][1]
    total = add_rows(first.unit, [row for _, row in rows])
    if not told:
        return replace(total, unit_id=first.unit_id, units=Ratio(0, 1))
    newest = told[-1][1]
    parts: list[RollupPart] = []
    for period, row in told:
        parts += row.parts or (RollupPart(period, row.source_number, row.source or ""),)
    return replace(
        total,
        unit_id=first.unit_id,
        source=newest.source,
        source_number=newest.source_number,
        members=newest.members,
        official=newest.official,
        probationary=newest.probationary,
        units=newest.units,
        parts=tuple(parts),
    )


def ended_row(row: RollupRow, period: Period, last_day: date, successor: str) -> RollupRow:
    """Return the row of a unit that ended inside the period: its members are counted where they went.

    A paper of the whole period tells no more months of it than those in which it stood.
    """
    stood, papers = sum(month.first() <= last_day for month in period.months()), row.papers
    if row.units.denominator <= 1:
        papers = Ratio(min(papers.numerator, stood), min(papers.denominator, stood))
    return replace(
        row, members=0, official=0, probationary=0, papers=papers, ended=last_day, successor=successor
    )


def parts_of(period: Period) -> tuple[Period, ...]:
    """Return the next shorter periods that make one up; none for a month."""
    shorter = {PeriodKind.YEAR: half_of, PeriodKind.HALF: quarter_of, PeriodKind.QUARTER: month_of}
    make = shorter.get(period.kind)
    if make is None:
        return ()
    return tuple(dict.fromkeys(make(month.first()) for month in period.months()))


def make_rollup(
    heading: Heading,
    period: Month | Period,
    rows: Sequence[RollupRow],
    *,
    prepared_by: str = "",
    remarks: str = "",
) -> RollupReport:
    """Make a committee's roll-up; a row without a source tells only that its papers are missing."""
    shown = tuple(row if row.source is not None else _silent(row) for row in rows)
    return RollupReport(
        heading=heading,
        period=str(period),
        rows=shown,
        total=add_rows(TOTAL_NAME, shown),
        reported=_reported(shown),
        prepared_by=prepared_by,
        remarks=remarks,
    )


def adds_up(report: RollupReport) -> bool:
    """Tell whether a roll-up's total is that of its rows, and no unit without a paper has a figure."""
    silent = all(row == _silent(row) for row in report.rows if row.source is None)
    total = add_rows(report.total.unit, report.rows)
    return silent and report.total == total and report.reported == _reported(report.rows)


def _reported(rows: Sequence[RollupRow]) -> Ratio:
    return Ratio(sum(row.source is not None for row in rows), len(rows))


def _silent(row: RollupRow) -> RollupRow:
    """Return a unit that sent nothing: only what was due of it."""
    return RollupRow(
        unit_id=row.unit_id,
        unit=row.unit,
        papers=Ratio(0, row.papers.denominator),
        units=Ratio(0, row.units.denominator),
        ended=row.ended,
        successor=row.successor,
    )
