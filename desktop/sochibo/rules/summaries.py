"""Summaries of a month, and roll-ups that add counts and never average rates."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sochibo.faults import Finding
    from sochibo.rules.dates import Month
    from sochibo.rules.meetings import AssignedTask
    from sochibo.rules.members import RosterEntry
    from sochibo.rules.reports import Heading, MeetingFigures, RollupReport, RollupRow, SummaryReport

__all__ = ["add_rows", "check_summary", "make_rollup", "make_summary", "row_of"]


def make_summary(
    heading: Heading,
    period: Month,
    roll: Sequence[RosterEntry],
    meetings: Sequence[MeetingFigures],
    tasks: Sequence[AssignedTask],
    remarks: str = "",
) -> SummaryReport:
    """Sum a month up: `roll` is of its last day, `meetings` and `tasks` (those due in it) are the month's."""
    raise NotImplementedError


def check_summary(report: SummaryReport) -> tuple[Finding, ...]:
    """Check the arithmetic and plausibility of a summary, on either side of the stick.

    Red: sums that do not add up, more present than expected, a meeting outside the period, counts below
    zero. Yellow: no regular meeting, two of them, a meeting without closed minutes.
    """
    raise NotImplementedError


def row_of(unit_id: str, unit: str, report: SummaryReport, source: str) -> RollupRow:
    """Return a unit's summary as one row of a roll-up; `source` is the digest of the paper."""
    raise NotImplementedError


def add_rows(name: str, rows: Sequence[RollupRow]) -> RollupRow:
    """Add rows up: commutative and associative; score, rating and day are nobody's in a sum."""
    raise NotImplementedError


def make_rollup(heading: Heading, period: Month, rows: Sequence[RollupRow]) -> RollupReport:
    """Make a committee's roll-up; rows without a source count as not reported."""
    raise NotImplementedError
