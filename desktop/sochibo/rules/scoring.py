"""Frameworks by which a cell scores a meeting: dated data, read from `resources/rules/meeting-quality/`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar

from sochibo import paths
from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from sochibo.rules.meetings import Score

__all__ = [
    "RATING_LABELS", "Band", "Criterion", "Framework", "FrameworkError", "Rating", "framework_on",
    "load_framework", "load_frameworks", "rate", "total_tenths",
]  # fmt: skip


T = TypeVar("T")


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
    try:
        made = _framework(tomllib.loads(path.read_text("utf-8")))
    except KeyError as error:
        raise FrameworkError(f"{path.name}: {error} is missing") from error
    except (ValueError, TypeError) as error:
        raise FrameworkError(f"{path.name}: {error}") from error
    wrong = "; ".join(_contradictions(made))
    if wrong:
        raise FrameworkError(f"{path.name}: {wrong}")
    return made


@cache
def load_frameworks() -> tuple[Framework, ...]:
    """Read every shipped framework, sorted by `valid_from`."""
    folder = paths.shipped("resources") / "rules" / "meeting-quality"
    return tuple(sorted(map(load_framework, folder.glob("*.toml")), key=lambda one: (one.valid_from, one.id)))


def framework_on(day: date, frameworks: Sequence[Framework]) -> Framework | None:
    """Return the framework in force on a day, the newest where two overlap."""
    in_force = [
        one for one in frameworks if one.valid_from <= day and (one.valid_to is None or day <= one.valid_to)
    ]
    return max(in_force, key=lambda one: one.valid_from, default=None)


def total_tenths(scores: Mapping[str, Score]) -> int:
    """Add up points in tenths; `scores` is keyed by criterion code."""
    return sum(score.tenths for score in scores.values())


def rate(tenths: int, framework: Framework) -> Rating:
    """Return the band of a total: 90.0 is good, 89.9 fair (HD 42-HD/BTCTW, 28/10/2025, part II.5)."""
    reached = (band.rating for band in framework.bands if tenths >= band.from_points * 10)
    return next(reached, framework.bands[-1].rating)


def _framework(data: Mapping[str, Any]) -> Framework:
    """Make the value from a file's tables, without judging it."""
    texts = {name: _of(str, data, name) for name in ("id", "title_vi", "title_en", "document")}
    return Framework(
        **texts,
        issued=_of(date, data, "issued"),
        valid_from=_of(date, data, "valid_from"),
        valid_to=_of(date, data, "valid_to") if "valid_to" in data else None,
        total=_of(int, data, "total"),
        criteria=tuple(
            Criterion(
                _of(str, row, "code"),
                _of(str, row, "label_vi"),
                _of(str, row, "label_en"),
                _of(int, row, "max_points"),
            )
            for row in data["criteria"]
        ),
        bands=tuple(Band(Rating(row["rating"]), _of(int, row, "from_points")) for row in data["bands"]),
    )


def _of(kind: type[T], row: Mapping[str, Any], name: str) -> T:
    """Return one value of a table if it is of its kind."""
    value = row[name]
    if type(value) is not kind:
        raise TypeError(f"{name} is no {kind.__name__}")
    return value


def _contradictions(framework: Framework) -> Iterator[str]:
    """Say what is wrong in a framework, one thing after the other."""
    codes = [criterion.code for criterion in framework.criteria]
    yield from (f"criterion {code} stands twice" for code in sorted(set(codes)) if codes.count(code) > 1)
    yield from (f"criterion {one.code} gives no points" for one in framework.criteria if one.max_points <= 0)
    points = sum(criterion.max_points for criterion in framework.criteria)
    if points != framework.total:
        yield f"the criteria add up to {points}, not to {framework.total}"
    starts = [band.from_points for band in framework.bands]
    if any(higher <= lower for higher, lower in pairwise(starts)):
        yield "the bands do not descend"
    if not starts or starts[-1] != 0:
        yield "the last band does not begin at 0"
    if starts and starts[0] > framework.total:
        yield f"the first band begins above {framework.total}"
    ratings = [band.rating for band in framework.bands]
    if len(set(ratings)) < len(ratings):
        yield "a rating stands twice"
    if framework.valid_to is not None and framework.valid_to < framework.valid_from:
        yield "valid_to lies before valid_from"
    if framework.valid_from < framework.issued:
        yield "valid_from lies before the day of issue"
