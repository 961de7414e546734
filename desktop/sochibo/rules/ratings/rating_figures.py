"""Counts of ratings and the rates drawn from them; counts are disjoint, and roll up by being added.

"Hoàn thành tốt nhiệm vụ" is said of HTT alone and of HTT and better, so both have a rate of their own here
and papers print both labels in full.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sochibo.messages import N_
from sochibo.rules.counts import Ratio
from sochibo.rules.ratings.ratings import Level, Subject

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "GROUP_LABELS", "FiguresGroup", "RatingFigures", "Source", "count_levels",
]  # fmt: skip


class Source(StrEnum):
    """Which level is counted: what the cell proposes, or what the committee decided."""

    PROPOSED = "proposed"
    DECIDED = "decided"


class FiguresGroup(StrEnum):
    """Whom a line of figures is about."""

    MEMBERS = "members"
    OFFICIAL = "official"
    PROBATIONARY = "probationary"
    COMMITTEE = "committee"
    CELLS = "cells"


GROUP_LABELS: Final = {
    FiguresGroup.MEMBERS: N_("All members"),
    FiguresGroup.OFFICIAL: N_("Official members"),
    FiguresGroup.PROBATIONARY: N_("Probationary members"),
    FiguresGroup.COMMITTEE: N_("Committee members"),
    FiguresGroup.CELLS: N_("Cells"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingFigures:
    """Disjoint counts of one group: who is exempt, not yet rated, and rated at each level."""

    exempt: int = 0
    unrated: int = 0
    excellent: int = 0
    good: int = 0
    completed: int = 0
    not_completed: int = 0

    def __add__(self, other: RatingFigures) -> RatingFigures:
        return RatingFigures(
            **{part.name: getattr(self, part.name) + getattr(other, part.name) for part in fields(self)}
        )

    @property
    def total(self) -> int:
        """Return everybody on the roll on the closing day."""
        return self.subject + self.exempt

    @property
    def subject(self) -> int:
        """Return who is subject to rating, rated or not yet."""
        return self.rated + self.unrated

    @property
    def rated(self) -> int:
        """Return who has a level: the base of the rates."""
        return self.excellent + self.good + self.completed + self.not_completed

    @property
    def better(self) -> int:
        """Return HTT and better."""
        return self.excellent + self.good

    def count(self, level: Level) -> int:
        """Return how many have a level."""
        counted: int = getattr(self, level.value)
        return counted

    def rate(self, level: Level) -> Ratio:
        """Return a level among those rated."""
        return Ratio(self.count(level), self.rated)

    @property
    def good_or_better(self) -> Ratio:
        """Return HTT and better among those rated."""
        return Ratio(self.better, self.rated)

    @property
    def completed_or_better(self) -> Ratio:
        """Return HTNV and better among those rated."""
        return Ratio(self.better + self.completed, self.rated)

    @property
    def excellent_of_good(self) -> Ratio:
        """Return HTXS over HTT, the first reading of the cap; over 100 % it is no share."""
        return Ratio(self.excellent, self.good)

    @property
    def excellent_of_better(self) -> Ratio:
        """Return HTXS among HTT and better, the second reading and the column of form 15."""
        return Ratio(self.excellent, self.better)

    @property
    def coverage(self) -> Ratio:
        """Return who has been rated among those subject to it."""
        return Ratio(self.rated, self.subject)


def count_levels(entries: Iterable[tuple[Subject, Level | None]]) -> RatingFigures:
    """Count a group; a person subject to rating without a level is not yet rated, whatever the reason."""
    counts: dict[str, int] = {}
    for subject, level in entries:
        if subject is Subject.NOT_SUBJECT:
            name = "exempt"
        elif level is None or subject is Subject.PENDING:
            name = "unrated"
        else:
            name = level.value
        counts[name] = counts.get(name, 0) + 1
    return RatingFigures(**counts)
