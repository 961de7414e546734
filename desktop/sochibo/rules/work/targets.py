"""Targets (chỉ tiêu) of a year or a term: what was promised, what was reached, and whether the pace holds."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final

from sochibo import paths
from sochibo.faults import Finding, red
from sochibo.messages import N_
from sochibo.rules.counts import Ratio
from sochibo.rules.units.organisations import BookKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from sochibo.rules.periods import Period

__all__ = [
    "COMPARISON_LABELS", "INDICATORS", "MEASURE_LABELS", "PROGRESS_LABELS", "Comparison", "Indicator",
    "Measure", "Progress", "ProgressState", "Target", "TargetDefault", "TargetPeriod", "check_target",
    "default_targets", "label_of", "progress_of",
]  # fmt: skip


class Comparison(StrEnum):
    """How the actual value is held against the target."""

    AT_LEAST = ">="
    AT_MOST = "<="
    EXACTLY = "="


COMPARISON_LABELS: Final = {
    Comparison.AT_LEAST: N_("at least"),
    Comparison.AT_MOST: N_("at most"),
    Comparison.EXACTLY: N_("exactly"),
}


class Measure(StrEnum):
    """In what a target is measured."""

    PERCENT = "percent"
    COUNT = "count"


MEASURE_LABELS: Final = {Measure.PERCENT: N_("percent"), Measure.COUNT: N_("number")}


class TargetPeriod(StrEnum):
    """For how long a target is set."""

    YEAR = "year"
    TERM = "term"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One target; its value is `value` divided by ten `decimals` times (985 with 1 is 98.5).

    Of `organisation_id` and `unit_id` exactly one is set; `numerator` and `denominator` are an actual value
    entered by hand, which counts before the computed one; `counted_as` says in words what is counted.
    """

    id: str
    indicator: str
    period_kind: TargetPeriod
    comparison: Comparison
    value: int
    measure: Measure
    decimals: int = 0
    year: int | None = None
    term_id: str | None = None
    organisation_id: str | None = None
    unit_id: str | None = None
    numerator: int | None = None
    denominator: int | None = None
    counted_as: str = ""
    source: str = ""
    note: str = ""

    @property
    def by_hand(self) -> Ratio | None:
        """Return the actual value entered by hand."""
        if self.numerator is None:
            return None
        return Ratio(self.numerator, 1 if self.measure is Measure.COUNT else self.denominator or 0)


@dataclass(frozen=True, slots=True)
class Indicator:
    """Something that a book can count; `accrues` where it grows through the year, at a pace."""

    id: str
    label: str
    measure: Measure
    accrues: bool = False


INDICATORS: Final = {
    one.id: one
    for one in (
        Indicator("admissions", N_("Members admitted"), Measure.COUNT, accrues=True),
        Indicator("admissions_rate", N_("Members admitted, of all members"), Measure.PERCENT, accrues=True),
        Indicator("members_good", N_("Members rated HTT or better"), Measure.PERCENT),
        Indicator("cells_good", N_("Cells rated HTT or better"), Measure.PERCENT),
        Indicator("excellent_of_better", N_("HTXS among those rated HTT or better"), Measure.PERCENT),
        Indicator("study_attendance", N_("Turns of study of resolutions attended"), Measure.PERCENT),
        Indicator("meeting_attendance", N_("Attendance at meetings"), Measure.PERCENT),
        Indicator("regular_meetings", N_("Months with a regular meeting"), Measure.PERCENT),
        Indicator("cells_with_committee", N_("Cells with a committee of their own"), Measure.PERCENT),
        Indicator("weak_cells", N_("Cells rated KHT"), Measure.COUNT),
        Indicator("members_with_task", N_("Members with a task given"), Measure.PERCENT),
        Indicator("commitments_signed", N_("Members who signed the commitment"), Measure.PERCENT),
        Indicator("probation_on_time", N_("Probationary members recognised in time"), Measure.PERCENT),
        Indicator("fees_collected", N_("Fees collected"), Measure.PERCENT),
        Indicator("screened_out", N_("Members struck off or withdrawn"), Measure.COUNT, accrues=True),
        Indicator("inspections", N_("Inspections and supervisions"), Measure.COUNT, accrues=True),
        Indicator("planning", N_("Turns of planning for offices"), Measure.COUNT, accrues=True),
    )
}
"""Indicators by id; a target may name another one, whose actual value is then entered by hand."""


def label_of(indicator: str) -> str:
    """Return what an indicator is called, as a message id; an own one is called as it was typed."""
    known = INDICATORS.get(indicator)
    return known.label if known else indicator


@dataclass(frozen=True, slots=True)
class TargetDefault:
    """A target that is usually set, to begin from."""

    indicator: str
    comparison: Comparison
    value: int
    source: str
    books: frozenset[BookKind]


@cache
def default_targets(kind: BookKind) -> tuple[TargetDefault, ...]:
    """Return the suggestions of `resources/rules/targets.toml` for a kind of book."""
    file = paths.shipped("resources") / "rules" / "targets.toml"
    data = tomllib.loads(file.read_text("utf-8"))
    made = (
        TargetDefault(
            INDICATORS[row["indicator"]].id,
            Comparison(row["comparison"]),
            int(row["value"]),
            row["source"],
            frozenset(map(BookKind, row["books"])),
        )
        for row in data["targets"]
    )
    return tuple(one for one in made if kind in one.books)


class ProgressState(StrEnum):
    """How a target stands."""

    UNKNOWN = "unknown"
    REACHED = "reached"
    ON_PACE = "on_pace"
    BEHIND = "behind"
    MISSED = "missed"


PROGRESS_LABELS: Final = {
    ProgressState.UNKNOWN: N_("Nothing to count yet"),
    ProgressState.REACHED: N_("Reached"),
    ProgressState.ON_PACE: N_("On pace"),
    ProgressState.BEHIND: N_("Behind"),
    ProgressState.MISSED: N_("Missed"),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """A target held against what was counted: `done` is the actual over the target, `elapsed` the time gone.

    `actual` is a rate, or a count over 1. `done` is None for a ceiling, where less is better.
    """

    actual: Ratio | None
    done: Ratio | None
    elapsed: Ratio
    state: ProgressState


def progress_of(target: Target, actual: Ratio | None, period: Period, today: date) -> Progress:
    """Hold a target against its actual value, on whole numbers.

    It is missed only after the last day; but what only grows and has passed its ceiling stays above it.
    """
    days = (period.last - period.first).days + 1
    gone = min(days, max(0, (today - period.first).days + 1))
    elapsed = Ratio(gone, days)
    if actual is None or actual.denominator <= 0:
        return Progress(None, None, elapsed, ProgressState.UNKNOWN)
    scale = 10**target.decimals * (100 if target.measure is Measure.PERCENT else 1)
    reached, asked = actual.numerator * scale, target.value * actual.denominator
    met = {
        Comparison.AT_LEAST: reached >= asked,
        Comparison.AT_MOST: reached <= asked,
        Comparison.EXACTLY: reached == asked,
    }[target.comparison]
    done = None if target.comparison is Comparison.AT_MOST or not asked else Ratio(reached, asked)
    if met:
        state = ProgressState.REACHED
        # A ceiling is only kept for good once the time is over.
        if target.comparison is Comparison.AT_MOST and gone < days:
            state = ProgressState.ON_PACE
    elif today > period.last:
        state = ProgressState.MISSED
    elif target.comparison is not Comparison.AT_LEAST and reached > asked:
        known = INDICATORS.get(target.indicator)
        state = ProgressState.MISSED if known and known.accrues else ProgressState.BEHIND
    else:
        state = _pace(target, actual, elapsed)
    return Progress(actual, done, elapsed, state)


def _pace(target: Target, actual: Ratio, elapsed: Ratio) -> ProgressState:
    """Tell whether what grows through the time has grown as much as time has gone.

    Half of one person cannot be admitted by July: what a count still lacks of a whole one is not asked yet.
    """
    known = INDICATORS.get(target.indicator)
    if not (known.accrues if known else target.measure is Measure.COUNT):
        return ProgressState.BEHIND
    whole = 10**target.decimals * elapsed.denominator
    if target.measure is Measure.COUNT:
        holds = actual.numerator >= target.value * elapsed.numerator // whole
    else:
        asked = target.value * elapsed.numerator * actual.denominator
        holds = actual.numerator * 100 * whole >= asked
    return ProgressState.ON_PACE if holds else ProgressState.BEHIND


def check_target(target: Target, others: Iterable[Target] = ()) -> tuple[Finding, ...]:
    """Return what must be mended before a target can be kept."""
    return tuple(_wrong(target, others))


def _wrong(target: Target, others: Iterable[Target]) -> Iterator[Finding]:
    if not target.indicator.strip():
        yield red("R70", N_("Say what the target is about."), "indicator")
    if target.value < 0:
        yield red("R71", N_("A target cannot be less than nothing."), "value")
    over = target.value > 100 * 10**target.decimals
    if target.measure is Measure.PERCENT and over:
        yield red("R72", N_("A share of more than 100% cannot be reached."), "value")
    if (target.period_kind is TargetPeriod.YEAR) is not (target.year is not None) or (
        target.period_kind is TargetPeriod.TERM
    ) is not (target.term_id is not None):
        yield red("R73", N_("A target is set for one year or for one term."), "period")
    if target.numerator is not None and (
        target.numerator < 0
        or (target.measure is Measure.PERCENT and target.numerator > (target.denominator or 0))
    ):
        yield red("R74", N_("The value entered by hand is more than the whole it is part of."), "numerator")
    same = (target.indicator, target.year, target.term_id, target.organisation_id, target.unit_id)
    for other in others:
        if other.id != target.id and same == (
            other.indicator, other.year, other.term_id, other.organisation_id, other.unit_id
        ):  # fmt: skip
            yield red("R75", N_("There is a target for this already."), "indicator")
            return
