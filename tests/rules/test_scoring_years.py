"""A year is rated by an ordered list of conditions, as data."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from sochibo.messages import Messages
from sochibo.rules.scoring.scoring import Rating
from sochibo.rules.scoring.scoring_years import (
    ConditionKind,
    RatedYear,
    YearCondition,
    YearRule,
    load_year_rules,
    rate_year,
    read_year_rule,
    year_rule_on,
)

if TYPE_CHECKING:
    from pathlib import Path

GOOD, FAIR, AVERAGE, POOR = Rating
(SAMPLE,) = load_year_rules()


@pytest.mark.parametrize(
    ("ratings", "rating"),
    [
        ([GOOD] * 12, GOOD),
        ([GOOD] * 7 + [FAIR] * 5, GOOD),
        ([GOOD] * 6 + [FAIR] * 6, FAIR),
        ([GOOD] * 11 + [AVERAGE], FAIR),
        ([AVERAGE] * 12, FAIR),
        ([GOOD] * 11 + [POOR], None),
        ([], None),
    ],
)
def test_the_rule_of_phu_tho(ratings: list[Rating], rating: Rating | None) -> None:
    """Good: all fair or better, seven good; what follows behind “fair” was not readable."""
    found = rate_year(SAMPLE, RatedYear(ratings, len(ratings), thematic=4))
    assert found.rating is rating
    assert sum(found.counts.values()) == len(ratings)


def test_the_reasons_say_what_was_found_and_what_is_needed() -> None:
    found = rate_year(SAMPLE, RatedYear([GOOD] * 6 + [FAIR] * 6, 12, thematic=4))
    (tried, outcomes), (held, _) = found.tried
    assert (tried, held) == (GOOD, FAIR)
    assert [outcome.met for outcome in outcomes] == [True, False]
    assert [outcome.say(Messages("en")) for outcome in outcomes] == [
        "12 of 12 meetings rated Fair or better; 100% needed",
        "6 meetings rated Good or better; 7 needed",
    ]


def test_thematic_meetings_and_missing_months_may_count() -> None:
    conditions = (
        YearCondition(ConditionKind.THEMATIC, 4),
        YearCondition(ConditionKind.MISSING_MONTHS, 1),
    )
    rule = YearRule("t", "", "", "", date(2020, 1, 1), ((GOOD, conditions),))

    def rating(months: int, thematic: int, due: int = 12) -> Rating | None:
        return rate_year(rule, RatedYear([FAIR] * months, months, thematic, due)).rating

    assert rating(11, 4) is GOOD
    assert rating(10, 4) is None
    assert rating(11, 3) is None
    assert rating(5, 4, due=6) is GOOD


def test_a_rule_is_known_from_its_first_day_on() -> None:
    assert year_rule_on(SAMPLE.valid_from) is SAMPLE
    assert year_rule_on(date(2018, 7, 5)) is None


def test_a_rule_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "rule.toml"
    file.write_text(
        'id = "x"\ntitle_vi = ""\ntitle_en = ""\ndocument = ""\nvalid_from = 2020-01-01\n', "utf-8"
    )
    with pytest.raises(KeyError, match="ratings"):
        read_year_rule(file)
    with file.open("a", encoding="utf-8") as more:
        more.write('[[ratings]]\nrating = "good"\nconditions = [{ kind = "mood", least = 1 }]\n')
    with pytest.raises(ValueError, match="mood"):
        read_year_rule(file)
