"""Frameworks are data that contradict themselves nowhere (HD 42-HD/BTCTW, 28/10/2025, part II.5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sochibo import paths
from sochibo.rules.scoring.scoring import (
    RATING_LABELS,
    Rating,
    framework_on,
    rate,
)
from sochibo.rules.scoring.scoring_files import (
    FrameworkError,
    framework_of_id,
    load_framework,
    load_frameworks,
)

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
    ("old", "new", "line", "wrong"),
    [
        ("max_points = 30", "max_points = 29", "total = 100", "the criteria add up to 99, not to 100"),
        ("max_points = 30", "max_points = 0", "max_points = 0", "criterion 6 gives no points"),
        ("max_points = 30", 'max_points = "30"', 'max_points = "30"', "max_points is no int"),
        ("max_points = 30", "max_points = true", "max_points = true", "max_points is no int"),
        ("max_points = 30", "max_points = 30\nmost = 5", "most = 5", "'most' is not known here"),
        (
            "max_points = 10\n\n[[groups]]",
            "max_points = 9\n\n[[groups]]",
            "max_points = 9",
            "the criteria of group 3 add up to 10, not to 9",
        ),
        (
            'group = "4"',
            'group = "9"',
            'group = "9"',
            "criterion 4.1 stands in group '9', which is not there",
        ),
        ('code = "2"', 'code = "5"', 'code = "5"|2', "5 stands twice"),
        ("from_points = 70", "from_points = 90", "from_points = 90|2", "the bands do not descend"),
        ("from_points = 70", "from_points = 95", "from_points = 95", "the bands do not descend"),
        ("from_points = 0", "from_points = 10", "from_points = 10", "the last band does not begin at 0"),
        ("from_points = 90", "from_points = 101", "from_points = 101", "the first band begins above 100"),
        ('rating = "fair"', 'rating = "good"', 'rating = "good"|2', "a rating stands twice"),
        ('rating = "fair"', 'rating = "splendid"', 'rating = "splendid"', "rating is 'splendid', not one of"),
        (
            "total = 100",
            "total = 100\nvalid_to = 2025-01-01",
            "valid_to = ",
            "valid_to lies before valid_from",
        ),
        (
            "valid_from = 2025",
            "valid_from = 2024",
            "valid_from = ",
            "valid_from lies before the day of issue",
        ),
        ("valid_from = 2025-10-28", 'valid_from = "2025"', "valid_from = ", "valid_from is no date"),
        (
            'metric = "task_rate"',
            'metric = "applause"',
            'metric = "applause"',
            "metric is 'applause', not one",
        ),
        (
            "points = 5, from = 90",
            "points = 5, from = 91",
            "points = 5, from = 91",
            "no level of criterion 2 covers what is below 91",
        ),
        (
            "points = 5, from = 90",
            "points = 5, from = 89",
            "points = 5, from = 89",
            "two levels of criterion 2 overlap at 89",
        ),
        (
            "points = 5, from = 90",
            "points = 5, above = 90",
            "points = 5, above = 90",
            "no level of criterion 2 covers what is below 90",
        ),
        (
            "{ below = 90 }",
            "{ below = 90, from = 50 }",
            "below = 90, from = 50",
            "nothing is said of less than the levels of criterion 2",
        ),
        (
            "points = 5, from = 90",
            "points = 5, from = 90, to = 100",
            "from = 90, to = 100",
            "nothing is said of more than the levels of criterion 2",
        ),
        ("points = 5, from = 90", "points = 6, from = 90", "points = 6", "6 points lie outside 0 to 5"),
        (
            "points = 5, from = 90",
            "points = 4, from = 90",
            "levels = [|2",
            "no level of criterion 2 gives its 5",
        ),
        (
            "{ below = 90 }",
            "{ from = 5, above = 4, below = 90 }",
            "from = 5, above = 4",
            "these bounds leave nothing between",
        ),
        (
            '{ metric = "unexcused", above = 0 }',
            '{ metric = "unexcused" }',
            '{ metric = "unexcused" }',
            "a condition needs a bound",
        ),
    ],
)
def test_a_framework_that_contradicts_itself_is_refused_with_the_line(
    tmp_path: Path, old: str, new: str, line: str, wrong: str
) -> None:
    file = tmp_path / "wrong.toml"
    text = SHIPPED.read_text("utf-8")
    assert old in text
    text = text.replace(old, new, 1)
    file.write_text(text, "utf-8")
    with pytest.raises(FrameworkError) as caught:
        load_framework(file)
    said = str(caught.value)
    assert said.startswith("wrong.toml, line ")
    assert f"line {number_of(text, line)}: {wrong}" in said


def number_of(text: str, wanted: str) -> int:
    """Return the line on which something stands for the first time, or, `something|2`, for the second."""
    wanted, _, place = wanted.partition("|")
    found = [number for number, line in enumerate(text.splitlines(), start=1) if wanted in line]
    return found[int(place or 1) - 1]


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "wrong"),
    [
        (
            "An-Phu-2025",
            'input = "levels"\nmetric = "speaker_rate"\n',
            'input = "yesno"\nmetric = "speaker_rate"\n',
            "points = 4, from = 40",
            "criterion 4.5 is all or nothing",
        ),
        (
            "An-Phu-2025",
            "  { points = 1, below = 65 },\n",
            "",
            "points = 2, from = 65",
            "nothing is said of less than the levels of criterion 2.1",
        ),
        (
            "An-Phu-2025",
            "floor = 10",
            "floor = 31",
            "floor = 31",
            "the floor of criterion 7 lies outside 0 to 30",
        ),
        ("An-Phu-2025", "minutes = 120", "minutes = 0", "minutes = 0", "a meeting lasts longer than no time"),
        ("HD42-2025-full-marks", '"4.2", "7"]', '"4.9", "7"]', "full = ", "criterion 4.9 is not there"),
        ("HD42-2025-full-marks", 'at_most = "fair"', 'at_most = "good"', 'at_most = "good"', "bars nothing"),
        (
            "HD42-2025-full-marks",
            'full = ["1", "2", "4.2", "7"]',
            "",
            "[[gates]]",
            "a gate asks for full points",
        ),
        (
            "HD12-2018",
            'measure = "conditions"',
            'measure = "conditions"\nbands = [{ rating = "good", from_points = 0 }]',
            "bands = [",
            "a framework without points has no bands",
        ),
    ],
)
def test_other_frameworks_are_read_as_strictly(
    tmp_path: Path, file: str, old: str, new: str, line: str, wrong: str
) -> None:
    text = (SHIPPED.parent / f"{file}.toml").read_text("utf-8")
    assert old in text
    text = text.replace(old, new, 1)
    path = tmp_path / "wrong.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(FrameworkError) as caught:
        load_framework(path)
    assert f"line {number_of(text, line)}: " in str(caught.value)
    assert wrong in str(caught.value)


def test_a_missing_word_and_broken_toml_are_told_too(tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    text = SHIPPED.read_text("utf-8")
    file.write_text(text.replace("issued = 2025-10-28\n", ""), "utf-8")
    with pytest.raises(FrameworkError, match=r"^wrong\.toml, line 1: 'issued' is missing$"):
        load_framework(file)
    file.write_text(text.replace('id = "HD42-2025"', "id = "), "utf-8")
    with pytest.raises(FrameworkError, match=r"^wrong\.toml: .*line 4"):
        load_framework(file)


def test_every_shipped_framework_says_whose_it_is_and_when_it_holds() -> None:
    known = {one.id: one for one in load_frameworks()}
    assert set(known) == {"HD12-2018", "HD42-2025", "HD42-2025-full-marks", "AN-PHU-2025"}
    assert [one.id for one in known.values() if one.central] == ["HD12-2018", "HD42-2025"]
    old = known["HD12-2018"]
    assert (old.is_valid_on(date(2025, 10, 27)), old.is_valid_on(date(2025, 10, 28))) == (True, False)
    assert framework_of_id("AN-PHU-2025") is known["AN-PHU-2025"]
    assert framework_of_id("HD99") is None


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
