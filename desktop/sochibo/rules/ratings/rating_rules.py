"""Rule sets of the yearly rating: dated data from `resources/rules/ratings/`, copied into every review.

The newest central texts were read only in part; each file names under `unverified` which of its numbers
come from documents that apply them or from memory. Every number can be changed for one review.
"""

from __future__ import annotations

import dataclasses
import json
import tomllib
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from sochibo import paths
from sochibo.rules.ratings.caps import CapBase, CapGroup, CapRounding, CapRule
from sochibo.rules.ratings.ratings import LEVELS, Grade, Level, ReviewForm

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

__all__ = [
    "Block", "LevelRule", "RatingCriterion", "RatingRules", "RatingRulesError", "Scale", "SubjectRules",
    "UnratedYear", "load_rating_rules", "load_rule_sets", "read_snapshot", "rules_on", "snapshot_of",
]  # fmt: skip

PERCENT: Final = 100


class RatingRulesError(ValueError):
    """A rule set that contradicts itself; the text names the file and what is wrong in it."""


class Scale(StrEnum):
    """By what a person is measured."""

    POINTS = "points"
    GRADES = "grades"


class Block(StrEnum):
    """The two halves of a rating: common criteria, and the results of tasks."""

    COMMON = "common"
    TASK = "task"


class UnratedYear(StrEnum):
    """What a year without a level does to a run of years: ends it, or is stepped over."""

    BREAKS = "breaks"
    PAUSES = "pauses"


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingCriterion:
    """One criterion; `forms` are the self-reviews in which it stands, all where empty."""

    code: str
    label_vi: str
    label_en: str
    block: Block
    max_points: int = 0
    forms: tuple[ReviewForm, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelRule:
    """What a level needs, every part of it; None where the rules ask nothing.

    `lowest_grade` is asked of all criteria, `task_grade` of those about tasks, `employer_level` of whoever
    is rated as a civil servant too.
    """

    level: Level
    from_points: int | None = None
    all_done: bool = False
    above_min: int | None = None
    late_max: int | None = None
    remedied_min: int | None = None
    lowest_grade: Grade | None = None
    task_grade: Grade | None = None
    employer_level: Level | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectRules:
    """Who is rated: months after admission, after moving here, after an organisation was founded.

    From `sick_months` of leave in a year (`sick_months_quarter` in a quarter) on, a person is to think of the
    level; 0 where the rules name no such number.
    """

    new_member_months: int = 6
    new_member_reviewed: bool = True
    moved_months: int = 6
    new_organisation_months: int = 6
    head_not_above_body: bool = True
    sick_months: int = 0
    sick_months_quarter: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingRules:
    """One rule set; `unverified` are the names of its parts that no central text was read for."""

    id: str
    title_vi: str
    title_en: str
    document: str
    issued: date
    valid_from: date
    valid_to: date | None = None
    scale: Scale = Scale.POINTS
    common_max: int = 0
    task_max: int = 0
    bonus_max: int = 0
    step_tenths: int = 1
    criteria: tuple[RatingCriterion, ...] = ()
    levels: tuple[LevelRule, ...] = ()
    subject: SubjectRules = field(default_factory=SubjectRules)
    cap: CapRule = field(default_factory=CapRule)
    unrated_year: UnratedYear = UnratedYear.BREAKS
    unverified: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """Return the most points there are; a bonus never lifts anyone above it."""
        return self.common_max + self.task_max

    def criteria_of(self, form: ReviewForm | None) -> tuple[RatingCriterion, ...]:
        """Return the criteria of one form; who has none chosen is taken for a member without a post."""
        chosen = form or ReviewForm.MEMBER
        return tuple(one for one in self.criteria if not one.forms or chosen in one.forms)


def load_rating_rules(path: Path) -> RatingRules:
    """Read one TOML file; raises RatingRulesError where its parts contradict each other."""
    try:
        made = _rules(tomllib.loads(path.read_text("utf-8")))
    except KeyError as error:
        raise RatingRulesError(f"{path.name}: {error} is missing") from error
    except (ValueError, TypeError) as error:
        raise RatingRulesError(f"{path.name}: {error}") from error
    if wrong := "; ".join(_contradictions(made)):
        raise RatingRulesError(f"{path.name}: {wrong}")
    return made


@cache
def load_rule_sets() -> tuple[RatingRules, ...]:
    """Read every shipped rule set, oldest first."""
    folder = paths.shipped("resources") / "rules" / "ratings"
    return tuple(sorted(map(load_rating_rules, folder.glob("*.toml")), key=lambda one: one.valid_from))


def rules_on(day: date, sets: Sequence[RatingRules] | None = None) -> RatingRules | None:
    """Return the rule set in force on a closing day, the newest where two overlap."""
    in_force = [
        one
        for one in (load_rule_sets() if sets is None else sets)
        if one.valid_from <= day and (one.valid_to is None or day <= one.valid_to)
    ]
    return max(in_force, key=lambda one: one.valid_from, default=None)


def snapshot_of(rules: RatingRules) -> str:
    """Return a rule set as the JSON that a review keeps: what is learnt later does not change it."""
    return json.dumps(dataclasses.asdict(rules), default=date.isoformat, ensure_ascii=False, sort_keys=True)


def read_snapshot(text: str) -> RatingRules:
    """Read what `snapshot_of` wrote; raises RatingRulesError for anything else."""
    try:
        made = _rules(json.loads(text))
    except (KeyError, ValueError, TypeError) as error:
        raise RatingRulesError(f"the rules kept with a review cannot be read: {error}") from error
    if wrong := "; ".join(_contradictions(made)):
        raise RatingRulesError(wrong)
    return made


def _rules(data: Mapping[str, Any]) -> RatingRules:
    """Make the value from a file's tables or a review's JSON, without judging it."""
    given = dict(data)
    for name in ("issued", "valid_from", "valid_to"):
        given[name] = _day(given.get(name))
    if given["issued"] is None or given["valid_from"] is None:
        raise KeyError("valid_from" if given["issued"] else "issued")
    given["scale"] = Scale(given["scale"])
    given["criteria"] = tuple(_criterion(row) for row in given.get("criteria", ()))
    given["levels"] = tuple(_level(row) for row in given["levels"])
    given["subject"] = SubjectRules(**given.get("subject", {}))
    given["cap"] = _cap(given.get("cap", {}))
    given["unrated_year"] = UnratedYear(given.get("unrated_year", UnratedYear.BREAKS))
    given["unverified"] = tuple(given.get("unverified", ()))
    for name in ("id", "title_vi", "title_en", "document"):
        if type(given[name]) is not str:
            raise TypeError(f"{name} is no text")
    for name in ("common_max", "task_max", "bonus_max", "step_tenths"):
        if name in given and type(given[name]) is not int:
            raise TypeError(f"{name} is no whole number")
    return RatingRules(**given)


def _criterion(row: Mapping[str, Any]) -> RatingCriterion:
    forms = tuple(ReviewForm(form) for form in row.get("forms", ()))
    return RatingCriterion(**{**row, "block": Block(row["block"]), "forms": forms})


def _level(row: Mapping[str, Any]) -> LevelRule:
    kinds: dict[str, type[Level | Grade]] = {
        "level": Level, "lowest_grade": Grade, "task_grade": Grade, "employer_level": Level,
    }  # fmt: skip
    read = {name: kind(row[name]) for name, kind in kinds.items() if row.get(name) is not None}
    return LevelRule(**{**row, **read})


def _cap(row: Mapping[str, Any]) -> CapRule:
    kinds: dict[str, type[StrEnum]] = {"base": CapBase, "rounding": CapRounding, "group": CapGroup}
    return CapRule(**{**row, **{name: kind(row[name]) for name, kind in kinds.items() if name in row}})


def _day(value: object) -> date | None:
    if value is None or isinstance(value, date):
        return value
    return date.fromisoformat(str(value))


def _contradictions(rules: RatingRules) -> Iterator[str]:
    """Say what is wrong in a rule set, one thing after the other."""
    yield from _wrong_levels(rules)
    codes = [one.code for one in rules.criteria]
    yield from (f"criterion {code} stands twice" for code in sorted(set(codes)) if codes.count(code) > 1)
    if rules.scale is Scale.POINTS:
        yield from _wrong_points(rules)
    elif not rules.criteria:
        yield "there are no criteria to give grades for"
    if not 0 < rules.cap.percent <= PERCENT:
        yield f"a cap of {rules.cap.percent} percent"
    if rules.valid_to is not None and rules.valid_to < rules.valid_from:
        yield "valid_to lies before valid_from"
    if rules.valid_from < rules.issued:
        yield "valid_from lies before the day of issue"


def _wrong_levels(rules: RatingRules) -> Iterator[str]:
    named = [rule.level for rule in rules.levels]
    if named != list(LEVELS):
        yield "the levels are not the four of them, best first"
    starts = [rule.from_points for rule in rules.levels if rule.from_points is not None]
    if any(higher <= lower for higher, lower in pairwise(starts)):
        yield "the points of the levels do not descend"
    if rules.scale is Scale.POINTS and starts and (starts[-1] != 0 or starts[0] > rules.total):
        yield f"the points of the levels do not run from 0 to {rules.total}"
    percents = [
        percent
        for rule in rules.levels
        for percent in (rule.above_min, rule.late_max, rule.remedied_min)
        if percent is not None
    ]
    if any(not 0 <= percent <= PERCENT for percent in percents):
        yield "a condition lies outside 0 to 100 percent"


def _wrong_points(rules: RatingRules) -> Iterator[str]:
    if rules.total != PERCENT:
        yield f"the blocks add up to {rules.total}, not to {PERCENT}"
    if rules.step_tenths <= 0:
        yield "the step of points is not above 0"
    for form in ReviewForm if rules.criteria else ():
        for block, most in ((Block.COMMON, rules.common_max), (Block.TASK, rules.task_max)):
            points = sum(one.max_points for one in rules.criteria_of(form) if one.block is block)
            if points != most:
                yield f"the {block.value} criteria of form {form.value} add up to {points}, not to {most}"
