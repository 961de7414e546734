"""The cap on HTXS: the table of real cases, both bases, both roundings."""

from __future__ import annotations

import pytest
from ratings import drawn

from sochibo.rules.ratings.caps import (
    CapBase,
    CapEntry,
    CapGroup,
    CapRounding,
    CapRule,
    cap_of,
    read_cap,
    read_caps,
)
from sochibo.rules.ratings.ratings import Level

CASES = (
    # Place and year, HTXS, HTT, % of HTT, % of HTT+, caps: HTT floor, HTT half-up, HTT+ floor, HTT+ half-up.
    ("a school's cell, 2021", 2, 8, "25%", "20%", 1, 2, 2, 2),
    ("organisations of a ward, 2025", 3, 14, "21,4%", "17,6%", 2, 3, 3, 3),
    ("cells of the same ward", 5, 18, "27,8%", "21,7%", 3, 4, 4, 5),
    ("party bodies of a province, 2024", 3, 13, "23,1%", "18,8%", 2, 3, 3, 3),
    ("organisations of a province, 2020", 120, 451, "26,6%", "21%", 90, 90, 114, 114),
)


def listed(excellent: int, good: int) -> list[CapEntry]:
    return [CapEntry(Level.EXCELLENT)] * excellent + [CapEntry(Level.GOOD)] * good


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_real_cases_have_the_caps_of_both_readings(
    case: tuple[str, int, int, str, str, int, int, int, int],
) -> None:
    _, excellent, good, of_good, of_better, *caps = case
    combinations = [
        (base, rounding) for base in CapBase for rounding in (CapRounding.FLOOR, CapRounding.HALF_UP)
    ]
    readings = [
        read_cap(CapRule(base=base, rounding=rounding), listed(excellent, good))
        for base, rounding in combinations
    ]
    assert [reading.cap for reading in readings] == caps
    assert {drawn(reading.of_good) for reading in readings} == {of_good}
    assert {drawn(reading.of_better) for reading in readings} == {of_better}
    assert [reading.over for reading in readings] == [max(0, excellent - cap) for cap in caps]


@pytest.mark.parametrize(
    ("base", "half_up", "floor"), [(0, 0, 0), (2, 0, 0), (3, 1, 0), (5, 1, 1), (7, 1, 1), (8, 2, 1)]
)
def test_a_half_counts_as_one_or_is_dropped(base: int, half_up: int, floor: int) -> None:
    assert cap_of(CapRule(), base) == half_up
    assert cap_of(CapRule(rounding=CapRounding.FLOOR), base) == floor


def test_whole_numbers_make_no_error_of_fractions() -> None:
    # 0.2 * 15 is 3.0000000000000004 in floating point, and 25 % of 90 exactly 22.5.
    assert cap_of(CapRule(), 15) == 3
    assert cap_of(CapRule(percent=25), 90) == 23
    assert cap_of(CapRule(percent=25, rounding=CapRounding.FLOOR), 90) == 22


def test_moving_somebody_down_raises_a_base_of_htt() -> None:
    before, after = read_cap(CapRule(), listed(4, 12)), read_cap(CapRule(), listed(3, 13))
    assert (before.cap, before.over) == (2, 2)
    assert (after.cap, after.over) == (3, 0)


def test_heads_can_be_left_out_of_both_sides() -> None:
    entries = [*listed(2, 7), CapEntry(Level.EXCELLENT, is_head=True), CapEntry(Level.GOOD, is_head=True)]
    whole, without = read_cap(CapRule(), entries), read_cap(CapRule(exclude_heads=True), entries)
    assert (whole.excellent, whole.base, whole.heads_left_out) == (3, 8, 0)
    assert (without.excellent, without.base, without.heads_left_out) == (2, 7, 2)


def test_levels_below_and_people_without_one_are_no_base() -> None:
    others = [CapEntry(Level.COMPLETED), CapEntry(Level.NOT_COMPLETED), CapEntry(None)]
    assert read_cap(CapRule(), listed(1, 5) + others).base == 5


def test_similar_posts_are_read_apart() -> None:
    entries = [CapEntry(Level.EXCELLENT, group="giáo viên"), CapEntry(Level.GOOD, group="giáo viên"),
               CapEntry(Level.GOOD, group="hưu trí")]  # fmt: skip
    apart = read_caps(CapRule(group=CapGroup.SIMILAR), entries)
    assert [(reading.group, reading.excellent, reading.base) for reading in apart] == [
        ("giáo viên", 1, 1),
        ("hưu trí", 0, 1),
    ]
    assert len(read_caps(CapRule(), entries)) == 1
