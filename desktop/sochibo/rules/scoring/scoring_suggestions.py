"""What a framework proposes for a meeting with its reason, and what follows from the points given."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from sochibo.messages import N_
from sochibo.rules.scoring.scoring import Criterion, Gate, NotCounted, Rating, rate
from sochibo.rules.scoring.scoring_metrics import RATES, Figure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sochibo.messages import Messages
    from sochibo.rules.meetings.meetings import Score
    from sochibo.rules.scoring.scoring import Condition, Framework, Metric
    from sochibo.rules.scoring.scoring_metrics import Facts

__all__ = ["Barrier", "Judgement", "Suggestion", "judge_scores", "suggest", "suggest_all"]

HALF: Final = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What is proposed for one criterion.

    `tenths` is None where nothing follows: there is no metric, the record does not tell (`unknown`), or the
    table has a hole. `counted` is false where the criterion does not apply this time; `tenths` are then the
    points that it keeps. `basis` are figures with the bounds within which they lie.
    """

    criterion: Criterion
    tenths: int | None = None
    counted: bool = True
    unknown: bool = False
    basis: tuple[tuple[Figure, str], ...] = ()

    def say(self, words: Messages) -> str:
        """Say why, `32/35 present = 91.4% ≥ 90%`; empty where there is nothing to say."""
        parts = [f"{figure.say(words)} {bounds}".strip() for figure, bounds in self.basis]
        if not parts:
            return ""
        if not self.counted:
            full = self.criterion.not_counted is NotCounted.FULL_POINTS
            parts.append(
                words.gettext(N_("not assessed, full points"))
                if full
                else words.gettext(N_("not counted this time"))
            )
        elif self.tenths is None and not self.unknown:
            parts.append(words.gettext(N_("the table does not say how many points")))
        return "; ".join(parts)


@dataclass(frozen=True, slots=True)
class Barrier:
    """A gate that holds a rating back: the criteria without full points, or the figure that bars it."""

    gate: Gate
    lacking: tuple[str, ...] = ()
    figure: Figure | None = None

    def say(self, words: Messages, rating_word: str) -> str:
        """Say which rating is not reached, and why."""
        if self.figure is not None:
            fields = {"rating": rating_word, "figure": self.figure.say(words)}
            return words.sentence(N_("At most {rating}: {figure}"), fields)
        fields = {"rating": rating_word, "codes": ", ".join(self.lacking)}
        return words.sentence(N_("At most {rating}: criterion {codes} without full points"), fields)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the points of a meeting amount to.

    `available` is the most that could be had this time. `rating` is the one after gates, `points_rating` that
    of the points alone; both are None without bands, or while a criterion is `missing`.
    """

    tenths: int
    available: int
    missing: tuple[str, ...]
    rating: Rating | None
    points_rating: Rating | None
    barriers: tuple[Barrier, ...] = ()

    def settled(self, own: Rating | None) -> Rating | None:
        """Return the rating that the cell settled on, else what its points and the gates give."""
        return self.rating if own is None or self.rating is None else own


def suggest_all(framework: Framework, facts: Facts) -> dict[str, Suggestion]:
    """Propose points for every criterion, keyed by code."""
    return {criterion.code: suggest(criterion, facts) for criterion in framework.criteria}


def suggest(criterion: Criterion, facts: Facts) -> Suggestion:
    """Propose points for one criterion from the meeting's own figures.

    The fewest points among the level and the further conditions that hold; a further condition without
    points withdraws the proposal. What the record does not tell is never held against the cell.
    """
    if criterion.applies is not None:
        metric, when = criterion.applies
        figure = facts[metric]
        if figure.value is not None and not when.holds(figure.value):
            return Suggestion(criterion, _kept(criterion), counted=False, basis=((figure, ""),))
    if criterion.metric is None:
        return Suggestion(criterion)
    figures = {
        metric: facts[metric] for metric in (criterion.metric, *(one.metric for one in criterion.also))
    }
    unknown = tuple((figure, "") for figure in figures.values() if figure.value is None)
    if unknown:
        return Suggestion(criterion, unknown=True, basis=unknown)
    value = figures[criterion.metric].value or Fraction(0)
    level = next(level for level in criterion.levels if level.when.holds(value))
    further = [one for one in criterion.also if one.when.holds(figures[one.metric].value or Fraction(0))]
    points = [one.points for one in further]
    known = [each for each in (level.points, *points) if each is not None]
    tenths = None if None in points or not known else min(known) * 10
    # A bound that is kept says nothing where another figure decides.
    bounds = "" if further else _bounds(level.when, criterion.metric)
    basis = [(figures[criterion.metric], bounds)]
    basis += [(figures[one.metric], "") for one in further]
    return Suggestion(criterion, tenths, basis=tuple(basis))


def judge_scores(framework: Framework, scores: Mapping[str, Score], facts: Facts) -> Judgement:
    """Add up the points given, apply what does not count this time, and find the rating behind its gates.

    Points given to a criterion that would not count do count: a person knew better than the record.
    """
    suggestions = suggest_all(framework, facts)
    skipped = {code for code, one in suggestions.items() if not one.counted and code not in scores}
    known = {one.code: scores[one.code].tenths for one in framework.criteria if one.code in scores}
    tenths, available = sum(known.values()), framework.total * 10
    dropped = 0
    for code in skipped:
        criterion = suggestions[code].criterion
        if criterion.not_counted is NotCounted.FULL_POINTS:
            tenths += criterion.max_points * 10
        elif criterion.not_counted is NotCounted.RESCALE:
            dropped += criterion.max_points * 10
        else:
            available -= criterion.max_points * 10
    if dropped:
        tenths = int(Fraction(tenths * available, available - dropped) + HALF)
    missing = tuple(one.code for one in framework.criteria if one.code not in known.keys() | skipped)
    points_rating = None if missing else rate(tenths, framework)
    if points_rating is None:
        return Judgement(tenths, available, missing, None, None)
    rating, barriers = points_rating, []
    for gate in framework.gates:
        barrier = _barrier(gate, framework, known, skipped, facts)
        if barrier is not None and rating.at_most(gate.at_most) is not rating:
            rating = rating.at_most(gate.at_most)
            barriers.append(barrier)
    return Judgement(tenths, available, missing, rating, points_rating, tuple(barriers))


def _barrier(
    gate: Gate, framework: Framework, known: Mapping[str, int], skipped: set[str], facts: Facts
) -> Barrier | None:
    """Return what bars a rating at one gate, None where it stands open."""
    full = {one.code: one.max_points * 10 for one in framework.criteria}
    lacking = tuple(code for code in gate.full if code not in skipped and known[code] < full[code])
    if lacking:
        return Barrier(gate, lacking)
    if gate.when is not None:
        figure = facts[gate.when[0]]
        if figure.value is not None and gate.when[1].holds(figure.value):
            return Barrier(gate, figure=figure)
    return None


def _kept(criterion: Criterion) -> int:
    return criterion.max_points * 10 if criterion.not_counted is NotCounted.FULL_POINTS else 0


def _bounds(when: Condition, metric: Metric) -> str:
    """Draw the bounds of a rate, `≥ 75%, < 90%`; counts and days say enough by themselves."""
    if metric not in RATES:
        return ""
    if when.from_ is not None and when.from_ == when.to:
        return ""
    drawn = (("≥", when.from_), (">", when.above), ("≤", when.to), ("<", when.below))
    return ", ".join(f"{sign} {bound}%" for sign, bound in drawn if bound is not None)
