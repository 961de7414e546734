"""What a roll-up adds: no order and no grouping changes it, and its parts make the whole."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import reports
from hypothesis import given, settings
from hypothesis import strategies as st

from sochibo.rules.meetings.attendance import Ratio
from sochibo.rules.periods import parse_period
from sochibo.rules.reports import MeetingRatings, RollupRow
from sochibo.rules.units.rollups import add_rows, adds_up, join_parts, make_rollup, parts_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from sochibo.rules.periods import Period

YEAR = parse_period("2026")
FEW = st.integers(0, 400)
RATIOS = st.builds(lambda part, more: Ratio(part, part + more), FEW, FEW)


@st.composite
def rows(draw: st.DrawFn, unit: str = "") -> RollupRow:
    """Return what a unit sent, or that it sent nothing."""
    number = draw(st.integers(1, 9999))
    name = unit or f"u{number}"
    if draw(st.integers(0, 4)) == 0:
        return RollupRow(unit_id=name, unit=name, papers=Ratio(0, 1), units=Ratio(0, 1))
    counts: dict[str, Any] = {field: draw(FEW) for field in (
        "members", "official", "probationary", "meetings", "regular", "thematic", "unexcused", "superiors",
    )}  # fmt: skip
    ratios: dict[str, Any] = {field: draw(RATIOS) for field in ("attendance", "tasks", "spoke")}
    return RollupRow(
        unit_id=name, unit=name, source=f"{number:064x}", source_number=f"{number}-BC/CB",
        ratings=MeetingRatings(*draw(st.tuples(FEW, FEW, FEW, FEW))), papers=Ratio(1, 1), units=Ratio(1, 1),
        **counts, **ratios,
    )  # fmt: skip


MANY_ROWS = st.lists(rows(), max_size=8)


@given(MANY_ROWS, st.randoms())
def test_the_order_of_units_does_not_matter(made: list[RollupRow], chance: Random) -> None:
    assert add_rows("sum", chance.sample(made, len(made))) == add_rows("sum", made)


@settings(max_examples=25)
@given(MANY_ROWS, MANY_ROWS, MANY_ROWS)
def test_sums_of_sums_are_the_sum_however_they_are_grouped(
    one: list[RollupRow], two: list[RollupRow], three: list[RollupRow]
) -> None:
    whole = add_rows("sum", [*one, *two, *three])
    first, second, third = (add_rows("part", part) for part in (one, two, three))
    assert add_rows("sum", [add_rows("part", [first, second]), third]) == whole
    assert add_rows("sum", [first, add_rows("part", [second, third])]) == whole
    assert add_rows("sum", [third, first, second]) == whole
    assert add_rows("sum", [add_rows("nothing", []), whole]) == whole


def joined(period: Period, months: Sequence[tuple[str, RollupRow]]) -> RollupRow:
    """Join months to quarters, quarters to halves and those to the year."""
    parts = parts_of(period)
    if not parts:
        return dict(months)[str(period)]
    return join_parts([(str(part), joined(part, months)) for part in parts])


@settings(max_examples=25)
@given(st.lists(rows("u1"), min_size=12, max_size=12))
def test_months_make_the_year_at_once_or_by_quarters(made: list[RollupRow]) -> None:
    months = [(f"2026-{number:02d}", row) for number, row in enumerate(made, 1)]
    assert joined(YEAR, months) == join_parts(months)
    sent = [row for row in made if row.source]
    year = join_parts(months)
    assert year.papers == Ratio(len(sent), 12)
    assert [part.digest for part in year.parts] == [row.source for row in sent]
    assert year.members == (sent[-1].members if sent else 0)
    assert year.attendance == sum((row.attendance for row in made), Ratio(0, 0))


@given(MANY_ROWS, st.randoms())
def test_a_roll_up_adds_up_and_no_other_total_does(made: list[RollupRow], chance: Random) -> None:
    report = make_rollup(reports.heading(), YEAR, made)
    assert adds_up(report)
    assert adds_up(replace(report, rows=tuple(chance.sample(report.rows, len(report.rows)))))
    field = chance.choice([one.name for one in fields(RollupRow) if one.name not in {"unit_id", "unit"}])
    assert not adds_up(replace(report, total=replace(report.total, **{field: more(report.total, field)})))


def more(row: RollupRow, field: str) -> Any:  # noqa: ANN401 - of the field's type
    """Return another value for a field of a total."""
    value = getattr(row, field)
    match value:
        case int():
            return value + 1
        case Ratio():
            return Ratio(value.numerator, value.denominator + 1)
        case MeetingRatings():
            return replace(value, fair=value.fair + 1)
        case _:
            return "another" if isinstance(value, str) or value is None else (*value, "another")
