"""What is wrong in a framework: sums, levels with gaps or overlaps, bands, gates, dates."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

from sochibo.rules.scoring.scoring import Input, Measure, Metric

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sochibo.rules.scoring.scoring import Condition, Criterion, Framework
    from sochibo.rules.toml_lines import Place

__all__ = ["contradictions"]

Wrong: TypeAlias = "tuple[Place, str]"

MAY_BE_NEGATIVE: Final = frozenset({Metric.NOTICE_DAYS, Metric.PAPERS_DAYS, Metric.UPLOADED_DAYS})
"""Days before or after the meeting; every other metric begins at 0."""


def contradictions(framework: Framework) -> Iterator[Wrong]:
    """Say what is wrong in a framework, one thing after the other, each with its place in the file."""
    yield from _check_dates(framework)
    yield from _check_sums(framework)
    for place, criterion in enumerate(framework.criteria):
        for within, said in _check_criterion(criterion):
            yield ("criteria", place, *within), said
    yield from _check_bands(framework)
    yield from _check_gates(framework)
    for place, duration in enumerate(framework.durations):
        if duration.minutes <= 0:
            yield ("durations", place, "minutes"), "a meeting lasts longer than no time"


def _check_dates(framework: Framework) -> Iterator[Wrong]:
    if framework.valid_to is not None and framework.valid_to < framework.valid_from:
        yield ("valid_to",), "valid_to lies before valid_from"
    if framework.valid_from < framework.issued:
        yield ("valid_from",), "valid_from lies before the day of issue"


def _check_sums(framework: Framework) -> Iterator[Wrong]:
    """Check that codes are unique, and that criteria add up to their groups and to the total."""
    for name, codes in (
        ("criteria", [one.code for one in framework.criteria]),
        ("groups", [one.code for one in framework.groups]),
    ):
        for place, code in enumerate(codes):
            if code in codes[:place]:
                yield (name, place, "code"), f"{code} stands twice"
    points = sum(criterion.max_points for criterion in framework.criteria)
    if framework.measure is Measure.POINTS and points != framework.total:
        yield ("total",), f"the criteria add up to {points}, not to {framework.total}"
    sums: Counter[str] = Counter()
    for place, criterion in enumerate(framework.criteria):
        sums[criterion.group] += criterion.max_points
        if criterion.group and all(group.code != criterion.group for group in framework.groups):
            said = f"criterion {criterion.code} stands in group '{criterion.group}', which is not there"
            yield ("criteria", place, "group"), said
    for place, group in enumerate(framework.groups):
        if sums[group.code] != group.max_points:
            said = (
                f"the criteria of group {group.code} add up to {sums[group.code]}, not to {group.max_points}"
            )
            yield ("groups", place, "max_points"), said


def _check_criterion(criterion: Criterion) -> Iterator[Wrong]:
    """Check one criterion; places are within it."""
    code, most = criterion.code, criterion.max_points
    if most <= 0:
        yield ("max_points",), f"criterion {code} gives no points"
    if not 0 <= criterion.floor <= most:
        yield ("floor",), f"the floor of criterion {code} lies outside 0 to {most}"
    for place, also in enumerate(criterion.also):
        for said in _check_level(criterion, also.points, also.when):
            yield ("also", place), said
        if not _is_bounded(also.when):
            yield ("also", place), "a condition needs a bound"
    yield from _check_levels(criterion)


def _check_levels(criterion: Criterion) -> Iterator[Wrong]:
    """Check the levels of one criterion against its input and its metric."""
    code, most = criterion.code, criterion.max_points
    if criterion.input is Input.LEVELS and not criterion.levels:
        yield ("input",), f"criterion {code} has no levels to choose among"
    if criterion.metric is not None and not criterion.levels:
        yield ("metric",), f"criterion {code} computes a metric, but no level follows from it"
    if criterion.metric is None and any(_is_bounded(level.when) for level in criterion.levels):
        yield ("levels",), f"the levels of criterion {code} have bounds, but no metric"
    if criterion.levels and max(level.points or 0 for level in criterion.levels) != most:
        yield ("levels",), f"no level of criterion {code} gives its {most} points"
    for place, level in enumerate(criterion.levels):
        for said in _check_level(criterion, level.points, level.when):
            yield ("levels", place), said
    if criterion.metric is not None and criterion.levels:
        yield from _check_cover(criterion, criterion.metric)


def _check_level(criterion: Criterion, points: int | None, when: Condition) -> Iterator[str]:
    """Check the points of one level, and that its bounds leave something between them."""
    least, most = criterion.floor, criterion.max_points
    if points is not None and not least <= points <= most:
        yield f"{points} points lie outside {least} to {most}"
    elif criterion.input is Input.YES_NO and points not in {None, least, most}:
        yield f"criterion {criterion.code} is all or nothing"
    doubled = (when.from_ is not None and when.above is not None) or (
        when.to is not None and when.below is not None
    )
    if doubled or _lower(when) >= _upper(when):
        yield "these bounds leave nothing between them"


def _check_cover(criterion: Criterion, metric: Metric) -> Iterator[Wrong]:
    """Check that every value of the metric has exactly one level.

    Where the table itself has a hole, the file says so by a level without points.
    """
    ordered = sorted(enumerate(criterion.levels), key=lambda pair: _lower(pair[1].when))
    (first, lowest), (last, highest) = ordered[0], ordered[-1]
    begins = _lower(lowest.when)
    if begins > (float("-inf"), 0) and (metric in MAY_BE_NEGATIVE or begins > (0, 0)):
        yield ("levels", first), f"nothing is said of less than the levels of criterion {criterion.code}"
    if _upper(highest.when)[0] != float("inf"):
        yield ("levels", last), f"nothing is said of more than the levels of criterion {criterion.code}"
    for (_, below), (place, above) in pairwise(ordered):
        ends, starts = _upper(below.when), _lower(above.when)
        # Both are (value, 0 or 1): an inclusive lower bound is 0, an inclusive upper one is 1.
        if ends > starts:
            yield ("levels", place), f"two levels of criterion {criterion.code} overlap at {starts[0]:g}"
        elif ends < starts:
            yield (
                ("levels", place),
                f"no level of criterion {criterion.code} covers what is below {starts[0]:g}",
            )


def _lower(when: Condition) -> tuple[float, int]:
    if when.from_ is not None:
        return when.from_, 0
    return (float("-inf"), 0) if when.above is None else (when.above, 1)


def _upper(when: Condition) -> tuple[float, int]:
    if when.to is not None:
        return when.to, 1
    return (float("inf"), 0) if when.below is None else (when.below, 0)


def _is_bounded(when: Condition) -> bool:
    return any(bound is not None for bound in (when.from_, when.above, when.to, when.below))


def _check_bands(framework: Framework) -> Iterator[Wrong]:
    if framework.measure is Measure.CONDITIONS:
        if framework.bands:
            yield ("bands",), "a framework without points has no bands"
        return
    starts = [band.from_points for band in framework.bands]
    for place, (higher, lower) in enumerate(pairwise(starts), start=1):
        if higher <= lower:
            yield ("bands", place, "from_points"), "the bands do not descend"
    if not starts or starts[-1] != 0:
        yield ("bands", len(starts) - 1, "from_points"), "the last band does not begin at 0"
    if starts and starts[0] > framework.total:
        yield ("bands", 0, "from_points"), f"the first band begins above {framework.total}"
    ratings = [band.rating for band in framework.bands]
    for place, rating in enumerate(ratings):
        if rating in ratings[:place]:
            yield ("bands", place, "rating"), "a rating stands twice"


def _check_gates(framework: Framework) -> Iterator[Wrong]:
    for place, gate in enumerate(framework.gates):
        if not gate.full and gate.when is None:
            yield ("gates", place), "a gate asks for full points, or for a condition"
        for code in gate.full:
            if framework.criterion(code) is None:
                yield ("gates", place, "full"), f"criterion {code} is not there"
        if framework.bands and gate.at_most is framework.bands[0].rating:
            yield ("gates", place, "at_most"), "the best rating bars nothing"
