"""Sums over ratings of units: commutative, associative, whole as their parts; a change moves one member."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from sochibo.rules.ratings.rating_decisions import UnitRow
from sochibo.rules.ratings.rating_figures import FiguresGroup, RatingFigures
from sochibo.rules.ratings.rating_papers import GroupRow
from sochibo.rules.ratings.ratings import Level
from sochibo.rules.ratings.unit_ratings import (
    MemberDecision,
    MemberLine,
    UnitLine,
    add_figures,
    add_groups,
    moved,
)

if TYPE_CHECKING:
    import random

counts = st.integers(0, 400)
figures = st.builds(RatingFigures, **{part.name: counts for part in fields(RatingFigures)})
levels = st.none() | st.sampled_from(Level)
groups = st.lists(st.builds(GroupRow, st.sampled_from(FiguresGroup), figures), max_size=5)


def line_of(counted: RatingFigures | None) -> UnitLine:
    row = UnitRow("u", "Chi bộ", counted)
    return UnitLine(told=row, figures=counted, level=None, exemplary=False, cap=0)


def change(proposed: Level | None, level: Level | None) -> MemberLine:
    decision = MemberDecision(id="d", period_id="p", unit_id="u", name="An", level=level)
    return MemberLine(
        unit_id="u", unit="Chi bộ", name="An", birth="1960", post="", tenths=None, own_level=None,
        proposed=proposed, decision=decision,
    )  # fmt: skip


@given(st.lists(st.none() | figures, max_size=6), st.integers(0, 6), st.randoms())
def test_units_add_up_in_any_order_and_by_parts(
    told: list[RatingFigures | None], cut: int, dice: random.Random
) -> None:
    lines = [line_of(one) for one in told]
    shuffled = list(lines)
    dice.shuffle(shuffled)
    assert add_figures(shuffled) == add_figures(lines)
    assert add_figures(lines[:cut]) + add_figures(lines[cut:]) == add_figures(lines)


@given(st.lists(groups, max_size=5), st.integers(0, 5))
def test_groups_add_up_in_any_order_and_by_parts(papers: list[list[GroupRow]], cut: int) -> None:
    whole = add_groups(papers)
    assert add_groups(reversed(papers)) == whole
    assert add_groups((add_groups(papers[:cut]), add_groups(papers[cut:]))) == whole
    assert len({row.group for row in whole}) == len(whole)


@given(figures, st.lists(st.tuples(levels, levels), max_size=8))
def test_a_change_moves_members_and_loses_nobody(
    told: RatingFigures, changes: list[tuple[Level | None, Level | None]]
) -> None:
    lines = [change(*pair) for pair in changes]
    after = moved(told, lines)
    assert after.total == told.total
    assert moved(told, reversed(lines)) == after
    back = [change(new, old) for old, new in changes]
    assert after == told or moved(after, back) == told
    assert moved(told, []) == told
