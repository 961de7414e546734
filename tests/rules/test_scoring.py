"""Frameworks are data that contradict themselves nowhere (HD 42-HD/BTCTW, 28/10/2025, part II.5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sochibo import paths
from sochibo.rules.meetings import Score
from sochibo.rules.scoring import (
    RATING_LABELS,
    Rating,
    framework_on,
    rate,
    total_tenths,
)
from sochibo.rules.scoring_files import FrameworkError, load_framework, load_frameworks

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = paths.shipped("resources") / "rules" / "meeting-quality" / "HD42-2025.toml"


def test_the_central_framework_has_seven_criteria_and_100_points() -> None:
    framework = load_framework(SHIPPED)
    assert framework in load_frameworks()
    assert framework.document == "HD 42-HD/BTCTW, 28/10/2025"
    assert {one.code: one.max_points for one in framework.criteria} == {
        "1": 5, "2": 5, "3.1": 5, "3.2": 5, "4.1": 5, "4.2": 25, "4.3": 10, "5": 5, "6": 30, "7": 5,
    }  # fmt: skip
    assert framework.total == 100
    assert all(one.label_vi and one.label_en for one in framework.criteria)


@pytest.mark.parametrize(
    ("tenths", "rating"),
    [
        (1000, Rating.GOOD),
        (900, Rating.GOOD),
        (899, Rating.FAIR),
        (700, Rating.FAIR),
        (699, Rating.AVERAGE),
        (500, Rating.AVERAGE),
        (499, Rating.POOR),
        (0, Rating.POOR),
        (-1, Rating.POOR),
    ],
)
def test_bands(tenths: int, rating: Rating) -> None:
    assert rate(tenths, load_framework(SHIPPED)) is rating


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_more_points_never_give_a_worse_rating(one: int, other: int) -> None:
    framework = load_framework(SHIPPED)
    worse, better = (rate(tenths, framework) for tenths in sorted((one, other)))
    assert worse is not None
    assert better is not None
    assert worse.at_most(better) is worse


def test_points_add_up_in_tenths() -> None:
    scores = {
        code: Score(meeting_id="m", criterion=code, tenths=tenths) for code, tenths in (("1", 45), ("2", 50))
    }
    assert total_tenths(scores) == 95
    assert total_tenths({}) == 0


def test_the_framework_of_a_day_is_the_newest_in_force() -> None:
    framework = load_framework(SHIPPED)
    newer = replace(framework, id="newer", valid_from=date(2026, 6, 1), valid_to=date(2026, 12, 31))
    both = (newer, framework)
    assert framework_on(date(2025, 10, 27), both) is None
    assert framework_on(date(2025, 10, 28), both) is framework
    assert framework_on(date(2026, 5, 31), both) is framework
    assert framework_on(date(2026, 6, 1), both) is newer
    assert framework_on(date(2026, 12, 31), both) is newer
    assert framework_on(date(2027, 1, 1), both) is framework


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("max_points = 30", "max_points = 29", "add up to 99, not to 100"),
        ("max_points = 30", "max_points = 0", "criterion 6 gives no points"),
        ("max_points = 30", 'max_points = "30"', "max_points is no int"),
        ("max_points = 30", "max_points = true", "max_points is no int"),
        ('code = "2"', 'code = "1"', "1 stands twice"),
        ("from_points = 70", "from_points = 90", "the bands do not descend"),
        ("from_points = 70", "from_points = 95", "the bands do not descend"),
        ("from_points = 0", "from_points = 10", "the last band does not begin at 0"),
        ("from_points = 90", "from_points = 101", "the first band begins above 100"),
        ('rating = "fair"', 'rating = "good"', "a rating stands twice"),
        ('rating = "fair"', 'rating = "splendid"', "splendid"),
        ("total = 100", "total = 100\nvalid_to = 2025-01-01", "valid_to lies before valid_from"),
        ("valid_from = 2025-10-28", "valid_from = 2024-10-28", "valid_from lies before the day of issue"),
        ("valid_from = 2025-10-28", 'valid_from = "2025-10-28"', "valid_from is no date"),
        ("issued = 2025-10-28\n", "", "'issued' is missing"),
        ('id = "HD42-2025"', "id = ", "Invalid value"),
    ],
)
def test_a_framework_that_contradicts_itself_is_refused(
    tmp_path: Path, old: str, new: str, wrong: str
) -> None:
    file = tmp_path / "wrong.toml"
    text = SHIPPED.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(FrameworkError, match=rf"^wrong\.toml\b.*{wrong}"):
        load_framework(file)


def test_a_framework_without_bands_or_in_another_encoding_is_refused(tmp_path: Path) -> None:
    text = SHIPPED.read_text("utf-8")
    file = tmp_path / "wrong.toml"
    file.write_text("bands = []\n" + text[: text.index("[[bands]]")], "utf-8")
    with pytest.raises(FrameworkError, match="the last band does not begin at 0"):
        load_framework(file)
    file.write_bytes(text.encode("utf-16"))
    with pytest.raises(FrameworkError, match=r"^wrong\.toml: "):
        load_framework(file)


def test_an_end_of_validity_is_read(tmp_path: Path) -> None:
    file = tmp_path / "ended.toml"
    file.write_text("valid_to = 2026-12-31\n" + SHIPPED.read_text("utf-8"), "utf-8")
    assert load_framework(file).valid_to == date(2026, 12, 31)


def test_every_rating_has_its_word() -> None:
    assert set(RATING_LABELS) == set(Rating)
