"""Dates are written as offices write them and read as people write them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sochibo.rules.dates import (
    Month,
    PartialDate,
    Precision,
    official_date,
    parse_partial,
    short_official_date,
)

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026", "05/02/2026"),
        (date(2026, 5, 27), "ngày 27 tháng 5 năm 2026", "27/5/2026"),
        (date(2026, 3, 5), "ngày 05 tháng 3 năm 2026", "05/3/2026"),
        (date(2026, 1, 10), "ngày 10 tháng 01 năm 2026", "10/01/2026"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026", "31/12/2026"),
    ],
)
def test_zeros_stand_before_days_below_ten_and_the_first_two_months(day: date, long: str, short: str) -> None:
    assert official_date(day) == long
    assert short_official_date(day) == short


@given(DAYS)
def test_official_dates_are_read_again(day: date) -> None:
    for text in (
        official_date(day),
        short_official_date(day),
        day.isoformat(),
        f"{day.day}/{day.month}/{day.year}",
    ):
        assert parse_partial(text) == PartialDate.of(day)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("3/11/1961", "1961-11-03"),
        ("03-11-1961", "1961-11-03"),
        ("3.11.1961", "1961-11-03"),
        (" 3 / 11 / 1961 ", "1961-11-03"),
        ("1961-11-03", "1961-11-03"),
        ("1961/11/3", "1961-11-03"),
        ("1961-11-03 00:00:00", "1961-11-03"),
        ("1961-11-03T00:00:00.000", "1961-11-03"),
        ("11/1961", "1961-11"),
        ("1961-11", "1961-11"),
        ("tháng 11 năm 1961", "1961-11"),
        ("1961", "1961"),
        ("năm 1961", "1961"),
        ("1961.0", "1961"),
        ("00/00/1961", "1961"),
        ("0/11/1961", "1961-11"),
        ("1961-00-00", "1961"),
        ("29/02/1960", "1960-02-29"),
    ],
)
def test_dates_of_lists_are_read_with_their_precision(text: str, iso: str) -> None:
    assert parse_partial(text) == PartialDate(iso)


@pytest.mark.parametrize(
    "text",
    [
        "", "x", "không nhớ", "31/2/1961", "29/02/1961", "32/1/1961", "3/13/1961", "13/1961", "3/11/61", "61",
        "123", "1/00/1961", "001/11/1961", "12345", "3/11/1961/2", "1850", "2199", "22601", "-1961",
        "3//11/1961", "1961-11-03 19:30", "٣/١١/١٩٦١",
    ],
)  # fmt: skip
def test_what_is_no_date_is_not_taken_for_one(text: str) -> None:
    assert parse_partial(text) is None


@given(st.text(max_size=20))
def test_reading_never_fails(text: str) -> None:
    read = parse_partial(text)
    assert read is None or read.earliest <= read.latest


@given(DAYS, st.sampled_from(Precision))
def test_registers_are_read_again(day: date, precision: Precision) -> None:
    length = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[precision]
    partial = PartialDate(day.isoformat()[:length])
    assert partial.precision is precision
    assert partial.earliest <= day <= partial.latest
    assert parse_partial(partial.vietnamese()) == partial


def test_a_partial_date_means_a_span() -> None:
    assert (PartialDate("1960-02").earliest, PartialDate("1960-02").latest) == (
        date(1960, 2, 1),
        date(1960, 2, 29),
    )
    assert (PartialDate("1961").earliest, PartialDate("1961").latest) == (
        date(1961, 1, 1),
        date(1961, 12, 31),
    )
    assert PartialDate("1961-11-03").latest == date(1961, 11, 3)
    assert PartialDate("1961-11-03").vietnamese() == "03/11/1961"


@pytest.mark.parametrize(
    "iso", ["", "61", "1961-1", "1961-13", "1961-02-30", "1961-11-03-01", "year", "1961-+1", "0000"]
)
def test_a_partial_date_is_always_one(iso: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        PartialDate(iso)


@given(DAYS)
def test_months_follow_each_other(day: date) -> None:
    month = Month.of(day)
    assert month.first() <= day <= month.last()
    assert month.next().first() == month.last() + timedelta(days=1)
    assert month.next().previous() == month
    assert Month.parse(str(month)) == month


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-0", "x-1", "2026-1", "26-11", "2026-11-03"])
def test_a_month_is_always_one(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Month.parse(text)
