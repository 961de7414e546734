"""Rule sets: the shipped ones, what contradicts itself, and the copy that a review keeps."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from sochibo import paths
from sochibo.rules.ratings.rating_rules import (
    Block,
    RatingRulesError,
    Scale,
    load_rating_rules,
    load_rule_sets,
    read_snapshot,
    rules_on,
    snapshot_of,
)
from sochibo.rules.ratings.ratings import LEVELS, ReviewForm

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("day", "rule_set"),
    [
        (date(2019, 10, 18), "BTCTW21-2019"),
        (date(2022, 12, 31), "BTCTW21-2019"),
        (date(2023, 12, 31), "QD124-2023"),
        (date(2024, 12, 31), "QD124-2023"),
        (date(2025, 8, 29), "QD124-2023"),
        (date(2025, 8, 30), "QD366-2025"),
        (date(2026, 12, 31), "QD366-2025"),
    ],
)
def test_the_closing_day_chooses_the_rule_set(day: date, rule_set: str) -> None:
    found = rules_on(day)
    assert found is not None
    assert found.id == rule_set


def test_before_the_oldest_rule_set_there_is_none() -> None:
    assert rules_on(date(2018, 12, 31)) is None


def test_points_are_thirty_and_seventy_in_every_form() -> None:
    rules = rules_on(date(2026, 12, 31))
    assert rules is not None
    assert [rule.from_points for rule in rules.levels] == [90, 70, 50, 0]
    for form in ReviewForm:
        points = dict.fromkeys(Block, 0)
        for criterion in rules.criteria_of(form):
            points[criterion.block] += criterion.max_points
        assert points == {Block.COMMON: 30, Block.TASK: 70}


def test_what_no_central_text_says_is_marked() -> None:
    assert {"cap", "criteria", "subject"} <= set(load_rule_sets()[-1].unverified)


def test_a_review_keeps_its_rules_word_for_word() -> None:
    for rules in load_rule_sets():
        assert read_snapshot(snapshot_of(rules)) == rules
        assert [rule.level for rule in rules.levels] == list(LEVELS)


def shipped(name: str) -> str:
    return (paths.shipped("resources") / "rules" / "ratings" / f"{name}.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("from_points = 70", "from_points = 95", "do not descend"),
        ("from_points = 0", "from_points = 10", "do not run from 0 to 100"),
        ("task_max = 70", "task_max = 60", "add up to 90, not to 100"),
        ("max_points = 18", "max_points = 17", "the common criteria of form leader add up to 29"),
        ('level = "good"', 'level = "excellent"', "not the four of them"),
        ("late_max = 20", "late_max = 120", "outside 0 to 100"),
        ("percent = 20", "percent = 0", "a cap of 0 percent"),
        ("valid_from = 2025-08-30", "valid_from = 2025-08-29", "before the day of issue"),
        ('code = "A2"', 'code = "A1"', "criterion A1 stands twice"),
        ('scale = "points"', 'scale = "stars"', "stars"),
        ("step_tenths = 1", "step_tenths = 0.5", "step_tenths is no whole number"),
        ("issued = 2025-08-30\n", "", "issued"),
        ("scale = ", "size = ", "scale"),
        ("exclude_heads = false", "exclude_hats = false", "exclude_hats"),
    ],
)
def test_a_rule_set_that_contradicts_itself_is_refused(
    tmp_path: Path, before: str, after: str, complaint: str
) -> None:
    text = shipped("QD366-2025")
    assert before in text
    path = tmp_path / "own.toml"
    path.write_text(text.replace(before, after, 1), "utf-8")
    with pytest.raises(RatingRulesError, match=complaint):
        load_rating_rules(path)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"id": 1}', "null"])
def test_a_copy_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(RatingRulesError):
        read_snapshot(text)


def test_the_older_rules_give_grades() -> None:
    for name in ("QD124-2023", "BTCTW21-2019"):
        rules = next(one for one in load_rule_sets() if one.id == name)
        assert rules.scale is Scale.GRADES
        assert any(one.block is Block.TASK for one in rules.criteria)
