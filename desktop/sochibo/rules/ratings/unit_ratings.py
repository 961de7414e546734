"""Ratings of a committee's units: what each proposed, what the committee decides, and the sums of both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sochibo.rules.ratings.rating_decisions import RatingDecisionReport, RatingRollupReport, UnitRow
from sochibo.rules.ratings.rating_figures import FiguresGroup, RatingFigures, count_levels
from sochibo.rules.ratings.rating_papers import GroupRow
from sochibo.rules.ratings.ratings import Level, NoLevelReason, Subject

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "MemberDecision", "MemberLine", "UnitLine", "add_figures", "add_groups", "move_groups", "moved",
    "ratings_add_up",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberDecision:
    """What the committee decided of one member where that is not what the cell proposed.

    No level means that the committee leaves the member out: another body decides, or nobody yet.
    """

    id: str
    period_id: str
    unit_id: str
    name: str
    birth: str = ""
    level: Level | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLine:
    """One member on the list that a cell sent; `why` says why the cell proposes no level.

    `groups` are the rows of the cell's summary in which the member is counted; lists made by an earlier
    version of the program do not tell.
    """

    unit_id: str
    unit: str
    name: str
    birth: str
    post: str
    tenths: int | None
    own_level: Level | None
    proposed: Level | None
    why: NoLevelReason | None = None
    note: str = ""
    decision: MemberDecision | None = None
    groups: tuple[FiguresGroup, ...] = ()

    @property
    def level(self) -> Level | None:
        """Return the level as it stands: the committee's own, else the proposed one."""
        return self.decision.level if self.decision else self.proposed

    @property
    def changed(self) -> bool:
        """Tell whether the committee decides otherwise than the cell proposed."""
        return self.level is not self.proposed


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """One unit: what its papers tell, and its figures and level as the committee has them now.

    `cap` is what the percentage of the cap would give for this unit alone, for comparison: the cap itself
    belongs to the whole body. `papers` are the digests of what it sent, `listed` how many members it names. A
    unit that sent a roll-up of its own is a committee: it names nobody, and its level is no cell's.
    """

    told: UnitRow
    figures: RatingFigures | None
    level: Level | None
    exemplary: bool
    cap: int
    papers: tuple[str, ...] = ()
    listed: int = 0
    changed: int = 0
    is_committee: bool = False

    @property
    def over(self) -> int:
        """Return by how many HTXS it exceeds the percentage."""
        return max(0, self.figures.excellent - self.cap) if self.figures else 0


def moved(figures: RatingFigures, lines: Iterable[MemberLine]) -> RatingFigures:
    """Return figures after the committee's changes: each moves one member from one level to another.

    The order of the lines does not matter. Where the figures do not hold what a list names, they stay: a
    count below nobody would be none.
    """
    counts = {name: getattr(figures, name) for name in ("unrated", *(level.value for level in Level))}
    shifts = dict.fromkeys(counts, 0)
    for line in lines:
        if line.changed:
            shifts[_field(line.proposed)] -= 1
            shifts[_field(line.level)] += 1
    after = {name: count + shifts[name] for name, count in counts.items()}
    return figures if min(after.values()) < 0 else replace(figures, **after)


def add_figures(lines: Iterable[UnitLine]) -> RatingFigures:
    """Add the figures of all units that told some: commutative and associative, as counts are."""
    return sum((line.figures for line in lines if line.figures is not None), RatingFigures())


def add_groups(papers: Iterable[Iterable[GroupRow]]) -> tuple[GroupRow, ...]:
    """Add the groups of several papers up, group by group, in the order in which groups are printed."""
    counts: dict[FiguresGroup, RatingFigures] = {}
    for rows in papers:
        for row in rows:
            counts[row.group] = counts.get(row.group, RatingFigures()) + row.counts
    return tuple(GroupRow(group, counts[group]) for group in FiguresGroup if group in counts)


def ratings_add_up(report: RatingRollupReport | RatingDecisionReport) -> bool:
    """Tell whether a report's members are the sum of its rows, and a decision's figures those of its list."""
    if isinstance(report, RatingRollupReport):
        told = sum((row.figures for row in report.rows if row.figures), RatingFigures())
        return not report.rows or told == report.members
    return count_levels((Subject.RATED, one.level) for one in report.members) == report.figures


def move_groups(rows: Iterable[GroupRow], lines: Iterable[MemberLine]) -> tuple[GroupRow, ...]:
    """Return the rows of a cell's summary after the committee's changes, each in the member's own groups."""
    listed = tuple(lines)
    return tuple(
        replace(row, counts=moved(row.counts, [line for line in listed if row.group in line.groups]))
        for row in rows
    )


def _field(level: Level | None) -> str:
    return level.value if level else "unrated"
