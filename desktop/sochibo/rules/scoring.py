"""Frameworks by which a cell scores a meeting: dated data, read from `resources/rules/meeting-quality/`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sochibo.rules.meetings import Score

__all__ = [
    "RATING_LABELS", "Band", "Criterion", "Framework", "FrameworkError", "Rating", "framework_on",
    "load_framework", "load_frameworks", "rate", "total_tenths",
]  # fmt: skip


class Rating(StrEnum):
    """The rating of a meeting."""

    GOOD = "good"
    FAIR = "fair"
    AVERAGE = "average"
    POOR = "poor"


RATING_LABELS = {
    Rating.GOOD: N_("Good"),
    Rating.FAIR: N_("Fair"),
    Rating.AVERAGE: N_("Average"),
    Rating.POOR: N_("Poor"),
}


class FrameworkError(ValueError):
    """A framework that contradicts itself; the text names the file and what is wrong in it."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion; `max_points` are whole points."""

    code: str
    label_vi: str
    label_en: str
    max_points: int


@dataclass(frozen=True, slots=True)
class Band:
    """A rating from `from_points` up (inclusive) to the next band."""

    rating: Rating
    from_points: int


@dataclass(frozen=True, slots=True)
class Framework:
    """A scoring framework with the document it comes from and the days on which it applies."""

    id: str
    title_vi: str
    title_en: str
    document: str
    issued: date
    valid_from: date
    valid_to: date | None
    total: int
    criteria: tuple[Criterion, ...]
    bands: tuple[Band, ...]


def load_framework(path: Path) -> Framework:
    """Read one TOML file; raises FrameworkError where sums, bands or dates contradict each other."""
    raise NotImplementedError


def load_frameworks() -> tuple[Framework, ...]:
    """Read every shipped framework, sorted by `valid_from`."""
    raise NotImplementedError


def framework_on(day: date, frameworks: Sequence[Framework]) -> Framework | None:
    """Return the framework in force on a day, the newest where two overlap."""
    raise NotImplementedError


def total_tenths(scores: Mapping[str, Score]) -> int:
    """Add up points in tenths; `scores` is keyed by criterion code."""
    raise NotImplementedError


def rate(tenths: int, framework: Framework) -> Rating:
    """Return the band of a total: 90.0 is good, 89.9 fair (HD 42-HD/BTCTW, 28/10/2025, part II.5)."""
    raise NotImplementedError
