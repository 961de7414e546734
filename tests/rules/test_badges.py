"""Party age and badges (QĐ 294-QĐ/TW, 26/5/2025, §4.5, §28; HD 38-HD/BTCTW, 29/9/2025, §III)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sochibo.rules.dates import PartialDate
from sochibo.rules.members.badges import (
    Badge,
    BadgeState,
    badge_due,
    batch_of,
    early_from,
    party_age,
    years_of_number,
)
from sochibo.rules.members.members import EventKind, Member, MemberEvent


def member(**more: Any) -> Member:  # noqa: ANN401 - any field
    return Member(id="m", name="Trần Thị Mẫu", **more)


def event(kind: EventKind, on: str, **more: Any) -> MemberEvent:  # noqa: ANN401 - any field
    return MemberEvent(id=on, member_id="m", kind=kind, on=PartialDate(on), **more)


def test_party_age_begins_with_the_decision_not_with_the_ceremony() -> None:
    admitted = event(EventKind.ADMISSION, "1986-11-20", decided_on=date(1986, 10, 30))
    age = party_age(member(), [admitted])
    assert age is not None
    assert age.start == date(1986, 10, 30)
    assert age.years_on(date(2026, 10, 29)) == 39
    assert age.years_on(date(2026, 10, 30)) == 40


def test_a_lost_decision_leaves_the_ceremony_and_a_year_its_last_day() -> None:
    about = party_age(member(), [event(EventKind.ADMISSION, "1986")])
    assert about is not None
    assert (about.start, about.about) == (date(1986, 12, 31), True)
    assert party_age(member(), [event(EventKind.TRANSFER_IN, "2020-01-01")]) is None


def test_time_outside_the_party_is_taken_off() -> None:
    events = [
        event(EventKind.ADMISSION, "1980-01-10"),
        event(EventKind.STRIKE_OFF, "1990-05-10"),
        event(EventKind.READMISSION, "1995-05-10"),
    ]
    age = party_age(member(gap_months=2), events)
    assert age is not None
    assert age.gap_months == 62
    assert age.anniversary(40) == date(2025, 3, 10)


def test_whoever_was_entered_as_admitted_twice_has_the_time_between_taken_off_too() -> None:
    events = [
        event(EventKind.ADMISSION, "1980-01-10"),
        event(EventKind.STRIKE_OFF, "1990-05-10"),
        event(EventKind.ADMISSION, "1995-05-10"),
    ]
    age = party_age(member(), events)
    assert age is not None
    assert (age.start, age.gap_months) == (date(1980, 1, 10), 60)


def test_an_admission_that_was_cancelled_never_counted() -> None:
    events = [
        event(EventKind.ADMISSION, "2010-01-10"),
        event(EventKind.CANCELLATION, "2011-05-10"),
        event(EventKind.ADMISSION, "2015-05-10"),
    ]
    age = party_age(member(), events)
    assert age is not None
    assert (age.start, age.gap_months) == (date(2015, 5, 10), 0)
    assert party_age(member(), events[:2]) is None


def test_whoever_was_admitted_on_a_leap_day_has_the_years_on_the_last_of_february() -> None:
    age = party_age(member(), [event(EventKind.ADMISSION, "1996-02-29")])
    assert age is not None
    assert age.anniversary(30) == date(2026, 2, 28)
    assert (age.years_on(date(2026, 2, 27)), age.years_on(date(2026, 2, 28))) == (29, 30)


def test_a_restoration_leaves_no_gap() -> None:
    events = [
        event(EventKind.ADMISSION, "1980-01-10"),
        event(EventKind.EXPULSION, "1990-05-10"),
        event(EventKind.RESTORATION, "1991-05-10"),
    ]
    age = party_age(member(), events)
    assert age is not None
    assert age.gap_months == 0


@pytest.mark.parametrize(
    ("anniversary", "batch"),
    [
        (date(2025, 12, 1), date(2026, 2, 3)),
        (date(2026, 2, 28), date(2026, 2, 3)),
        (date(2024, 2, 29), date(2024, 2, 3)),
        (date(2026, 3, 1), date(2026, 5, 19)),
        (date(2026, 5, 31), date(2026, 5, 19)),
        (date(2026, 6, 1), date(2026, 9, 2)),
        (date(2026, 9, 30), date(2026, 9, 2)),
        (date(2026, 10, 1), date(2026, 11, 7)),
        (date(2026, 11, 30), date(2026, 11, 7)),
    ],
)
def test_every_anniversary_has_its_day_of_award(anniversary: date, batch: date) -> None:
    assert batch_of(anniversary) == batch


def test_the_file_goes_up_thirty_working_days_before() -> None:
    due = badge_due(member(), [event(EventKind.ADMISSION, "1996-10-15")], [], date(2026, 9, 1))
    assert due is not None
    assert (due.years, due.batch_on, due.file_by) == (30, date(2026, 11, 7), date(2026, 9, 28))
    assert not due.about


def test_a_badge_that_was_awarded_makes_way_for_the_next() -> None:
    admitted = [event(EventKind.ADMISSION, "1986-10-15")]
    before = badge_due(member(), admitted, [], date(2026, 9, 1))
    assert before is not None
    assert before.years == 40
    awarded = Badge(id="b", member_id="m", years=40, state=BadgeState.AWARDED)
    after = badge_due(member(), admitted, [awarded], date(2026, 9, 1))
    assert after is not None
    assert after.years == 45
    by_number = badge_due(member(badge_no="HN 0001234"), admitted, [], date(2026, 9, 1))
    assert by_number is not None
    assert by_number.years == 45


def test_a_badge_put_off_keeps_its_own_day() -> None:
    admitted = [event(EventKind.ADMISSION, "1986-10-15")]
    later = Badge(id="b", member_id="m", years=40, batch_on=date(2027, 5, 19), state=BadgeState.PROPOSED)
    due = badge_due(member(), admitted, [later], date(2026, 12, 1))
    assert due is not None
    assert (due.years, due.batch_on, due.state) == (40, date(2027, 5, 19), BadgeState.PROPOSED)


def test_badges_of_long_ago_are_not_asked_for() -> None:
    due = badge_due(member(), [event(EventKind.ADMISSION, "1970-01-01")], [], date(2026, 9, 1))
    assert due is not None
    assert due.years == 60


@pytest.mark.parametrize(
    ("years", "day"), [(30, date(2025, 10, 15)), (65, date(2025, 10, 15)), (70, date(2024, 10, 15))]
)
def test_the_gravely_ill_may_have_it_earlier(years: int, day: date) -> None:
    assert early_from(years, date(2026, 10, 15)) == day


@pytest.mark.parametrize(
    ("number", "years"),
    [
        ("HN 00001234", 30),
        ("E 0001234", 45),
        ("B1234", 75),
        ("HCM 123456", 50),
        ("12", 90),
        ("x", None),
        ("", None),
    ],
)
def test_the_shape_of_a_number_tells_the_badge(number: str, years: int | None) -> None:
    assert years_of_number(number) == years
