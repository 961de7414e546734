"""From the ratings of a year's meetings to one for the year, by an ordered list of ratings as data."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sochibo import paths
from sochibo.messages import N_
from sochibo.rules.scoring.scoring import RATING_LABELS, Rating

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.messages import Messages

__all__ = [
    "ConditionKind", "Outcome", "RatedYear", "YearCondition", "YearRating", "YearRule", "load_year_rules",
    "rate_year", "read_year_rule", "year_rule_on",
]  # fmt: skip

MONTHS: Final = 12
WHOLE: Final = 100


class ConditionKind(StrEnum):
    """What a condition of a year asks for."""

    SHARE = "share"
    COUNT = "count"
    THEMATIC = "thematic"
    MISSING_MONTHS = "missing_months"


CONDITION_WORDS: Final = {
    ConditionKind.SHARE: N_("{found} of {rated} meetings rated {rating} or better; {bound}% needed"),
    ConditionKind.COUNT: N_("{found} meetings rated {rating} or better; {bound} needed"),
    ConditionKind.THEMATIC: N_("{found} thematic meetings held; {bound} needed"),
    ConditionKind.MISSING_MONTHS: N_("{found} months without a rated meeting; at most {bound} allowed"),
}


@dataclass(frozen=True, slots=True)
class YearCondition:
    """One condition: `bound` is the least that is needed, of missing months the most that is allowed."""

    kind: ConditionKind
    bound: int
    rating: Rating | None = None


@dataclass(frozen=True, slots=True)
class YearRule:
    """An ordered list of ratings with their conditions, and the document it comes from."""

    id: str
    title_vi: str
    title_en: str
    document: str
    valid_from: date
    ratings: tuple[tuple[Rating, tuple[YearCondition, ...]], ...]


@dataclass(frozen=True, slots=True)
class RatedYear:
    """What a year came to: ratings of its regular meetings by month, and thematic meetings held.

    `due` are the months that ought to have a rated meeting by now, twelve of a year that has ended.
    """

    ratings: Sequence[Rating]
    months: int
    thematic: int
    due: int = MONTHS

    @property
    def missing_months(self) -> int:
        """Return how many months have no rated regular meeting."""
        return max(0, self.due - self.months)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One condition as it was found."""

    condition: YearCondition
    found: int
    rated: int
    met: bool

    def say(self, words: Messages) -> str:
        """Say what was found and what is needed."""
        rating = self.condition.rating
        fields = {
            "found": self.found,
            "rated": self.rated,
            "bound": self.condition.bound,
            "rating": words.gettext(RATING_LABELS[rating]) if rating else "",
        }
        return words.sentence(CONDITION_WORDS[self.condition.kind], fields)


@dataclass(frozen=True, slots=True)
class YearRating:
    """The rating that a rule gives a year with its reasons; None where the rule says nothing of such a year.

    `tried` are the outcomes of every rating that was tried, in order; the last is the one that held.
    """

    rule: YearRule
    rating: Rating | None
    tried: tuple[tuple[Rating, tuple[Outcome, ...]], ...]
    counts: Mapping[Rating, int] = field(default_factory=dict)


def rate_year(rule: YearRule, year: RatedYear) -> YearRating:
    """Return the first rating whose conditions all hold; a year without rated meetings has none."""
    counts = Counter(year.ratings)
    tried: list[tuple[Rating, tuple[Outcome, ...]]] = []
    for rating, conditions in rule.ratings if year.ratings else ():
        outcomes = tuple(_judge(condition, year) for condition in conditions)
        tried.append((rating, outcomes))
        if all(outcome.met for outcome in outcomes):
            return YearRating(rule, rating, tuple(tried), counts)
    return YearRating(rule, None, tuple(tried), counts)


def _judge(condition: YearCondition, year: RatedYear) -> Outcome:
    rated, bound = len(year.ratings), condition.bound
    wanted = condition.rating
    reached = sum(wanted is not None and one.at_most(wanted) is wanted for one in year.ratings)
    match condition.kind:
        case ConditionKind.SHARE:
            return Outcome(condition, reached, rated, reached * WHOLE >= bound * rated)
        case ConditionKind.COUNT:
            return Outcome(condition, reached, rated, reached >= bound)
        case ConditionKind.THEMATIC:
            return Outcome(condition, year.thematic, rated, year.thematic >= bound)
        case ConditionKind.MISSING_MONTHS:
            return Outcome(condition, year.missing_months, rated, year.missing_months <= bound)


@cache
def load_year_rules() -> tuple[YearRule, ...]:
    """Read every shipped rule, oldest first."""
    folder = paths.shipped("resources") / "rules" / "meeting-years"
    return tuple(sorted(map(read_year_rule, folder.glob("*.toml")), key=lambda rule: rule.valid_from))


def year_rule_on(day: date) -> YearRule | None:
    """Return the newest rule in force on a day; only a sample of one province is shipped."""
    return next((rule for rule in reversed(load_year_rules()) if rule.valid_from <= day), None)


def read_year_rule(path: Path) -> YearRule:
    """Read one rule; raises ValueError or KeyError for a file that is none."""
    data = tomllib.loads(path.read_text("utf-8"))
    return YearRule(
        id=data["id"],
        title_vi=data["title_vi"],
        title_en=data["title_en"],
        document=data["document"],
        valid_from=data["valid_from"],
        ratings=tuple(
            (Rating(row["rating"]), tuple(map(_condition, row["conditions"]))) for row in data["ratings"]
        ),
    )


def _condition(row: Mapping[str, Any]) -> YearCondition:
    kind = ConditionKind(row["kind"])
    bound = int(row["most"] if kind is ConditionKind.MISSING_MONTHS else row["least"])
    rated = kind in {ConditionKind.SHARE, ConditionKind.COUNT}
    return YearCondition(kind, bound, Rating(row["rating"]) if rated else None)
