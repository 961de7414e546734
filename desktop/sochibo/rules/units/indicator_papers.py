"""What the paper of indicators holds: one shape for a cell, its committee and the province above it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from sochibo.rules.members.movement import MovementLine
from sochibo.rules.ratings.rating_figures import FiguresGroup
from sochibo.rules.ratings.rating_papers import GroupRow, RatingSummaryReport, TargetRow
from sochibo.rules.reports import Form, Heading, ReportKind, RollupPart, RollupRow
from sochibo.rules.units.indicators import Count, Summing, add_up, load_indicators

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sochibo.rules.members.member_papers import MovementReport
    from sochibo.rules.ratings.rating_decisions import RatingRollupReport
    from sochibo.rules.ratings.rating_figures import RatingFigures

__all__ = [
    "FORMS", "LEVEL_INDICATORS", "IndicatorUnit", "IndicatorYear", "IndicatorsReport", "add_units",
    "of_figures", "of_groups", "of_levels", "of_movement", "of_rating_rollup", "of_ratings", "of_rollup",
    "sums_up", "without_stocks",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class IndicatorUnit:
    """What one unit counted, and the papers it stands in; `ended` is its last day if it stood no longer."""

    unit_id: str
    unit: str
    counts: tuple[Count, ...] = ()
    parts: tuple[RollupPart, ...] = ()
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class IndicatorYear:
    """The same period of an earlier year, to stand beside."""

    period: str
    counts: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class IndicatorsReport:
    """The indicators of a period: of a cell without rows, of a committee with those whose sum they are."""

    heading: Heading
    period: str
    counts: tuple[Count, ...]
    rows: tuple[IndicatorUnit, ...] = ()
    earlier: tuple[IndicatorYear, ...] = ()
    targets: tuple[TargetRow, ...] = ()


def add_units(rows: Sequence[IndicatorUnit]) -> tuple[Count, ...]:
    """Return the sum over units."""
    return add_up(row.counts for row in rows)


def sums_up(report: IndicatorsReport) -> bool:
    """Tell whether a committee's counts are the sum of its rows; a cell's stand for themselves."""
    return not report.rows or add_units(report.rows) == report.counts


def without_stocks(counts: Sequence[Count]) -> tuple[Count, ...]:
    """Return what happened in a unit that has ended: what stood there now stands with its successor."""
    stocks = {one.id for one in load_indicators() if one.summing is Summing.STOCK}
    return tuple(count for count in counts if count.indicator not in stocks)


def of_rollup(row: RollupRow) -> tuple[Count, ...]:
    """Return the indicators that summaries of meetings tell of a unit."""
    if row.source is None:
        return ()
    ratings = row.ratings
    scored = ratings.good + ratings.fair + ratings.average + ratings.poor
    months = row.papers.denominator
    told_months = (Count("regular_meetings", row.regular_months, months),) if months else ()
    return (
        Count("cells", row.units.numerator),
        Count("members", row.members),
        Count("members_official", row.official, row.members),
        Count("members_probationary", row.probationary, row.members),
        Count("meeting_attendance", row.attendance.numerator, row.attendance.denominator),
        Count("superiors", row.superiors),
        Count("meetings_good", ratings.good, scored),
        Count("meetings_fair", ratings.fair, scored),
        Count("meetings_average", ratings.average, scored),
        Count("meetings_poor", ratings.poor, scored),
        Count("tasks_done", row.tasks.numerator, row.tasks.denominator),
        Count("tasks_late", row.tasks.denominator - row.tasks.numerator, row.tasks.denominator),
        *told_months,
    )


def of_movement(report: MovementReport) -> tuple[Count, ...]:
    """Return the indicators that a movement table tells."""
    lines = {row.line: row.heads for row in report.rows}

    def total(*names: MovementLine) -> int:
        return sum(lines[name].total for name in names if name in lines)

    end, probationary = total(MovementLine.END), 0
    if MovementLine.END in lines:
        probationary = lines[MovementLine.END].probationary
    admitted = total(MovementLine.ADMITTED, MovementLine.READMITTED)
    return (
        Count("members", end),
        Count("members_official", end - probationary, end),
        Count("members_probationary", probationary, end),
        Count("admissions", admitted),
        Count("admissions_rate", admitted, total(MovementLine.START)),
        Count("recognitions", total(MovementLine.RECOGNISED)),
        Count("screened_out", total(MovementLine.STRUCK_OFF, MovementLine.WITHDREW)),
    )


def of_ratings(report: RatingSummaryReport) -> tuple[Count, ...]:
    """Return the indicators that a cell's summary of ratings (F10) tells."""
    return (*of_figures(report.total), *of_groups(report.rows))


def of_rating_rollup(report: RatingRollupReport) -> tuple[Count, ...]:
    """Return the indicators that a committee's report on ratings (F11) tells."""
    groups = [row for row in report.groups if row.group is FiguresGroup.COMMITTEE]
    return (*of_figures(report.members), *of_groups(groups), *of_levels(FiguresGroup.CELLS, report.cells))


def of_figures(figures: RatingFigures) -> tuple[Count, ...]:
    """Return the indicators of members' ratings."""
    return (
        Count("members_rated", figures.rated, figures.subject),
        *of_levels(FiguresGroup.MEMBERS, figures),
        Count("excellent_of_better", figures.excellent, figures.better),
    )


def of_groups(rows: Iterable[GroupRow]) -> tuple[Count, ...]:
    """Return the indicators of the groups that have some of their own."""
    return tuple(
        count for row in rows if row.group is not FiguresGroup.MEMBERS
        for count in of_levels(row.group, row.counts)
    )  # fmt: skip


def of_levels(group: FiguresGroup, figures: RatingFigures) -> tuple[Count, ...]:
    """Return each level of a group over those rated, then HTT and better, then HTNV and better."""
    if group not in LEVEL_INDICATORS or not figures.rated:
        return ()
    counts = (
        figures.excellent, figures.good, figures.completed, figures.not_completed, figures.better,
        figures.better + figures.completed,
    )  # fmt: skip
    named = zip(LEVEL_INDICATORS[group], counts, strict=True)
    return tuple(Count(name, count, figures.rated) for name, count in named)


LEVEL_INDICATORS: Final = {
    FiguresGroup.MEMBERS: (
        "members_excellent", "members_level_good", "members_level_completed", "members_failed",
        "members_good", "members_completed",
    ),
    FiguresGroup.COMMITTEE: (
        "officers_excellent", "officers_level_good", "officers_level_completed", "officers_failed",
        "officers_good", "officers_completed",
    ),
    FiguresGroup.CELLS: (
        "cells_excellent", "cells_level_good", "cells_level_completed", "weak_cells", "cells_good",
        "cells_completed",
    ),
}  # fmt: skip
"""The indicators of each group: the four levels, then HTT and better, then HTNV and better."""

FORMS: Final = {ReportKind.INDICATORS: Form(IndicatorsReport, "BC")}
