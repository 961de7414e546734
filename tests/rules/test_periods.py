"""Periods: their texts, their first and last days, their months."""

from __future__ import annotations

from datetime import date

import pytest

from sochibo.rules.periods import PeriodKind, half_of, month_of, parse_period, quarter_of, year_of

DAY = date(2026, 11, 5)


@pytest.mark.parametrize(
    ("text", "kind", "first", "last", "months"),
    [
        ("2026-11-05", PeriodKind.DAY, date(2026, 11, 5), date(2026, 11, 5), 1),
        ("2026-02", PeriodKind.MONTH, date(2026, 2, 1), date(2026, 2, 28), 1),
        ("2026-Q1", PeriodKind.QUARTER, date(2026, 1, 1), date(2026, 3, 31), 3),
        ("2026-Q4", PeriodKind.QUARTER, date(2026, 10, 1), date(2026, 12, 31), 3),
        ("2026-H1", PeriodKind.HALF, date(2026, 1, 1), date(2026, 6, 30), 6),
        ("2026-H2", PeriodKind.HALF, date(2026, 7, 1), date(2026, 12, 31), 6),
        ("2026", PeriodKind.YEAR, date(2026, 1, 1), date(2026, 12, 31), 12),
        ("2025-2030", PeriodKind.TERM, date(2025, 1, 1), date(2030, 12, 31), 72),
    ],
)
def test_a_period_is_read_with_its_days(
    text: str, kind: PeriodKind, first: date, last: date, months: int
) -> None:
    period = parse_period(text)
    assert (str(period), period.kind, period.first, period.last) == (text, kind, first, last)
    assert len(period.months()) == months
    assert period.holds(first)
    assert period.holds(last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "26",
        "2026-13",
        "2026-00",
        "2026-02-30",
        "2026-Q5",
        "2026-H3",
        "2030-2025",
        "2026-11 ",
        "0000",
        "\uff12026-11",
    ],
)  # fmt: skip
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whichever part it is
        parse_period(text)


def test_a_day_lies_in_its_periods() -> None:
    texts = [str(of(DAY)) for of in (month_of, quarter_of, half_of, year_of)]
    assert texts == ["2026-11", "2026-Q4", "2026-H2", "2026"]
    assert all(of(DAY).holds(DAY) for of in (month_of, quarter_of, half_of, year_of))
    assert not parse_period("2026-10").holds(DAY)
