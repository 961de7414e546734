"""Runs of years in the decided levels, and what they suggest (HD 06-HD/TW, 9/6/2025, §19)."""

from __future__ import annotations

import pytest

from sochibo.messages import Messages
from sochibo.rules.members.commendations import (
    HINT_SENTENCES,
    Hint,
    HintKind,
    hints_for_cell,
    hints_for_member,
    run_of,
)
from sochibo.rules.ratings.rating_rules import UnratedYear
from sochibo.rules.ratings.ratings import Level

XS, TOT, KHT = Level.EXCELLENT, Level.GOOD, Level.NOT_COMPLETED


@pytest.mark.parametrize(
    ("levels", "breaks", "pauses"),
    [
        ({2026: XS}, 1, 1),
        ({2025: XS, 2026: XS}, 2, 2),
        ({2024: XS, 2025: TOT, 2026: XS}, 1, 1),
        ({2024: XS, 2025: None, 2026: XS}, 1, 2),
        ({2024: XS, 2026: XS}, 1, 1),
        ({2025: XS, 2026: TOT}, 0, 0),
        ({2025: XS}, 0, 0),
        (dict.fromkeys(range(2020, 2027), XS), 7, 7),
    ],
)
def test_runs_end_where_another_level_or_the_book_ends(
    levels: dict[int, Level | None], breaks: int, pauses: int
) -> None:
    assert run_of(levels, 2026, XS) == breaks
    assert run_of(levels, 2026, XS, UnratedYear.PAUSES) == pauses


def kinds(levels: dict[int, Level | None]) -> list[tuple[HintKind, int]]:
    return [(hint.kind, hint.years) for hint in hints_for_member("An", levels, 2026)]


def test_two_to_five_years_of_excellence() -> None:
    assert kinds({2026: XS}) == [(HintKind.YEAR, 1)]
    assert kinds({2025: XS, 2026: XS}) == [(HintKind.YEAR, 1), (HintKind.RUN, 2)]
    five: dict[int, Level | None] = dict.fromkeys(range(2022, 2027), XS)
    assert kinds(five) == [(HintKind.YEAR, 1), (HintKind.FIVE_YEARS, 5)]


def test_two_years_of_kht_are_looked_into_and_no_more() -> None:
    assert kinds({2025: TOT, 2026: KHT}) == []
    assert kinds({2025: KHT, 2026: KHT}) == [(HintKind.LOOK_INTO, 2)]
    words = Messages("vi").sentence(HINT_SENTENCES[HintKind.LOOK_INTO], {"name": "An", "years": 2})
    assert "xóa tên" not in words


def test_a_cell_must_be_recognised_as_exemplary() -> None:
    assert list(hints_for_cell("Chi bộ Thôn 4", {2026: False}, 2026)) == []
    assert list(hints_for_cell("Chi bộ Thôn 4", {2026: True}, 2026)) == [
        Hint(HintKind.CELL_YEAR, "Chi bộ Thôn 4")
    ]
    five = dict.fromkeys(range(2022, 2027), True)
    assert [hint.kind for hint in hints_for_cell("Chi bộ Thôn 4", five, 2026)] == [
        HintKind.CELL_YEAR,
        HintKind.CELL_FIVE_YEARS,
    ]
