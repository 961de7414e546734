"""The level that follows from points or grades *and* conditions, with every condition that failed named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sochibo.faults import Finding, yellow
from sochibo.messages import N_
from sochibo.rules.ratings.rating_rules import Block, Scale
from sochibo.rules.ratings.ratings import LEVEL_SIGNS, LEVELS, Grade, Level, MemberRating

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sochibo.rules.ratings.rating_rules import LevelRule, RatingRules
    from sochibo.rules.ratings.ratings import OrganisationRating, RatingScore

__all__ = ["LevelProposal", "propose_level"]

_GRADES: Final = tuple(Grade)


@dataclass(frozen=True, slots=True)
class LevelProposal:
    """What the rules make of an entry: `level` is None where too little was entered to say.

    `reached` is what points or grades alone would give, `failed` names the conditions that keep the level
    below it, `unsaid` those that nobody has entered yet.
    """

    level: Level | None
    reached: Level | None
    failed: tuple[Finding, ...] = ()
    unsaid: tuple[Finding, ...] = ()


def propose_level(
    rules: RatingRules,
    rating: MemberRating | OrganisationRating,
    scores: Mapping[str, RatingScore] | None = None,
) -> LevelProposal:
    """Propose the highest level whose conditions all hold (QĐ 366-QĐ/TW, 30/8/2025, Article 11).

    No text says which level follows where the points suffice and a condition does not; the next one whose
    conditions hold is proposed, and people decide. A case listed for KHT is set by hand, with its reason.
    """
    reached = _reached(rules, rating, scores or {})
    if rating.failing_case.strip():
        why = yellow(
            "R31", N_("A case of KHT was noted: {case}"), "failing_case", case=rating.failing_case.strip()
        )
        return LevelProposal(Level.NOT_COMPLETED, reached, (why,))
    if reached is None:
        return LevelProposal(None, None)
    failed: list[Finding] = []
    for rule in rules.levels:
        if LEVELS.index(rule.level) < LEVELS.index(reached):
            continue
        against = tuple(_failed(rule, rating))
        if not against:
            return LevelProposal(rule.level, reached, tuple(failed), tuple(_unsaid(rule, rating)))
        failed += against
    return LevelProposal(Level.NOT_COMPLETED, reached, tuple(failed))


def _reached(
    rules: RatingRules, rating: MemberRating | OrganisationRating, scores: Mapping[str, RatingScore]
) -> Level | None:
    if rules.scale is Scale.POINTS:
        total = rating.total_tenths
        if total is None:
            return None
        counted = max(0, min(total, rules.total * 10))
        return next(
            rule.level
            for rule in rules.levels
            if rule.from_points is None or counted >= rule.from_points * 10
        )
    if not isinstance(rating, MemberRating):
        return None
    return _by_grades(rules, rating, scores)


def _by_grades(rules: RatingRules, rating: MemberRating, scores: Mapping[str, RatingScore]) -> Level | None:
    """Return the level of grades: HTXS all at least Tốt and tasks Xuất sắc (QĐ 124-QĐ/TW, Article 12)."""
    criteria = rules.criteria_of(rating.form)
    grades = [
        (criterion.block, score.grade)
        for criterion in criteria
        if (score := scores.get(criterion.code)) is not None and score.grade is not None
    ]
    if len(grades) < len(criteria):
        return None

    def suffices(rule: LevelRule) -> bool:
        return all(
            (rule.lowest_grade is None or _at_least(grade, rule.lowest_grade))
            and (rule.task_grade is None or block is not Block.TASK or _at_least(grade, rule.task_grade))
            for block, grade in grades
        )

    return next((rule.level for rule in rules.levels if suffices(rule)), Level.NOT_COMPLETED)


def _at_least(grade: Grade, needed: Grade) -> bool:
    return _GRADES.index(grade) <= _GRADES.index(needed)


def _failed(rule: LevelRule, rating: MemberRating | OrganisationRating) -> Iterator[Finding]:
    sign = LEVEL_SIGNS[rule.level]
    if rule.all_done and rating.all_done is False:
        yield yellow("R32", N_("{level} needs all tasks done, and not all are."), "all_done", level=sign)
    if rule.above_min is not None and _below(rating.above_percent, rule.above_min):
        template = N_("{level} needs {needed}% of the tasks above what was asked; here it is {actual}%.")
        yield yellow(
            "R33", template, "above_percent", level=sign, needed=rule.above_min, actual=rating.above_percent
        )
    if rule.late_max is not None and (rating.late_percent or 0) > rule.late_max:
        template = N_("{level} allows {needed}% of the tasks to be late; here it is {actual}%.")
        yield yellow(
            "R34", template, "late_percent", level=sign, needed=rule.late_max, actual=rating.late_percent
        )
    if rule.remedied_min is not None and _below(rating.remedied_percent, rule.remedied_min):
        template = N_("{level} needs {needed}% of earlier shortcomings remedied; here it is {actual}%.")
        yield yellow(
            "R35",
            template,
            "remedied_percent",
            level=sign,
            needed=rule.remedied_min,
            actual=rating.remedied_percent,
        )
    employer = rating.employer_level if isinstance(rating, MemberRating) else None
    if rule.employer_level is not None and employer is not None and _worse(employer, rule.employer_level):
        template = N_("{level} needs {needed} as a civil servant too; that rating is {actual}.")
        yield yellow(
            "R36",
            template,
            "employer_level",
            level=sign,
            needed=LEVEL_SIGNS[rule.employer_level],
            actual=LEVEL_SIGNS[employer],
        )


def _unsaid(rule: LevelRule, rating: MemberRating | OrganisationRating) -> Iterator[Finding]:
    """Name what the level needs and nobody has entered."""
    sign = LEVEL_SIGNS[rule.level]
    asked = (
        (rule.all_done, "all_done", N_("Whether all tasks are done is not entered; {level} needs it.")),
        (
            rule.above_min is not None,
            "above_percent",
            N_("The share of tasks above what was asked is not entered; {level} needs it."),
        ),
        (
            rule.late_max is not None,
            "late_percent",
            N_("The share of late tasks is not entered; {level} needs it."),
        ),
        (
            rule.remedied_min is not None,
            "remedied_percent",
            N_("The share of shortcomings remedied is not entered; {level} needs it."),
        ),
    )
    for needed, place, template in asked:
        if needed and getattr(rating, place) is None:
            yield yellow("R37", template, place, level=sign)


def _below(value: int | None, least: int) -> bool:
    return value is not None and value < least


def _worse(level: Level, than: Level) -> bool:
    return LEVELS.index(level) > LEVELS.index(than)
