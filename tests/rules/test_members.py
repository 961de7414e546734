"""What a person is on a day follows from the events up to it (QĐ 294-QĐ/TW, 26/5/2025)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sochibo.rules.dates import PartialDate
from sochibo.rules.members.members import (
    EVENT_LABELS,
    Activity,
    EventKind,
    MemberEvent,
    Membership,
    Standing,
    standing_on,
)

K, A, M = EventKind, Activity, Membership
DAY = date(2026, 11, 3)
EXITS = (K.TRANSFER_OUT, K.DEATH, K.EXPULSION, K.STRIKE_OFF, K.WITHDRAWAL, K.CANCELLATION)
OUT_OF_PARTY = EXITS[2:]


def life(*told: tuple[EventKind, str | None]) -> list[MemberEvent]:
    """Return events of one person from kinds and ISO dates."""
    return [
        MemberEvent(id=f"e{n}", member_id="m", kind=kind, on=PartialDate(on) if on else None)
        for n, (kind, on) in enumerate(told)
    ]


def on(day: date, *told: tuple[EventKind, str | None]) -> tuple[Membership, Activity]:
    standing = standing_on(life(*told), day)
    return standing.membership, standing.activity


def test_before_the_first_event_there_is_nobody() -> None:
    standing = standing_on(life((K.ADMISSION, "2026-11-04")), DAY)
    assert standing == Standing(M.NONE, A.ACTIVE, None)
    assert not standing.belongs
    assert not standing.listed
    assert standing_on([], DAY) == standing


def test_admission_and_recognition() -> None:
    told = ((K.ADMISSION, "2025-05-19"), (K.RECOGNITION, "2026-05-19"))
    assert on(date(2025, 5, 18), *told) == (M.NONE, A.ACTIVE)
    assert on(date(2025, 5, 19), *told) == (M.PROBATIONARY, A.ACTIVE)
    assert on(date(2026, 5, 18), *told) == (M.PROBATIONARY, A.ACTIVE)
    assert on(date(2026, 5, 19), *told) == (M.OFFICIAL, A.ACTIVE)


@pytest.mark.parametrize(
    ("kind", "activity"),
    [
        (K.TEMPORARY_OUT, A.AWAY),
        (K.EXEMPTION, A.EXEMPT),
        (K.TEMPORARY_EXEMPTION, A.TEMPORARILY_EXEMPT),
        (K.SUSPENSION, A.SUSPENDED),
        (K.SPECIAL_DUTY, A.SPECIAL_DUTY),
    ],
)
def test_pauses_last_until_someone_says_they_ended(kind: EventKind, activity: Activity) -> None:
    told = ((K.ADMISSION, "2010"), (K.RECOGNITION, "2011"), (kind, "2026-02-01"))
    assert on(date(2026, 1, 31), *told) == (M.OFFICIAL, A.ACTIVE)
    assert on(DAY, *told) == (M.OFFICIAL, activity)
    assert on(DAY, *told, (K.RESUMPTION, "2026-10-01")) == (M.OFFICIAL, A.ACTIVE)
    ended = [replace(event, until=PartialDate("2026-03-01")) for event in life(*told)]
    assert standing_on(ended, DAY).activity is activity  # the program reminds, the cell decides


@pytest.mark.parametrize("kind", EXITS)
def test_who_left_stays_away_from_the_roll(kind: EventKind) -> None:
    told = ((K.RECOGNITION, "2011-02-03"), (kind, "2026-02-01"))
    for later in (
        (),
        ((K.RESUMPTION, "2026-05-01"),),
        ((K.EXEMPTION, "2026-05-01"),),
        ((K.RECOGNITION, "2026-05"),),
    ):
        standing = standing_on(life(*told, *later), DAY)
        assert standing.activity is A.LEFT
        assert not standing.belongs
        assert not standing.listed
        assert standing.because is not None
        assert standing.because.kind is kind
        assert standing.membership is (M.NONE if kind in OUT_OF_PARTY else M.OFFICIAL)


def test_who_left_may_come_back() -> None:
    moved = ((K.RECOGNITION, "2011-02-03"), (K.TRANSFER_OUT, "2020-02-01"))
    assert on(DAY, *moved, (K.TRANSFER_IN, "2025-01-01")) == (M.OFFICIAL, A.ACTIVE)
    struck_off = ((K.RECOGNITION, "2011-02-03"), (K.STRIKE_OFF, "2020-02-01"))
    assert on(DAY, *struck_off, (K.RESTORATION, "2020-09-01")) == (M.OFFICIAL, A.ACTIVE)
    assert on(DAY, *struck_off, (K.READMISSION, "2026-01-01")) == (M.PROBATIONARY, A.ACTIVE)
    again = (*struck_off, (K.READMISSION, "2024-01-01"), (K.RECOGNITION, "2025-01-01"))
    assert on(DAY, *again) == (M.OFFICIAL, A.ACTIVE)
    cancelled = ((K.ADMISSION, "2020-02-01"), (K.CANCELLATION, "2020-05-01"))
    assert on(DAY, *cancelled, (K.ADMISSION, "2026-01-01")) == (M.PROBATIONARY, A.ACTIVE)
    suspended = ((K.RECOGNITION, "2011-02-03"), (K.SUSPENSION, "2026-02-01"))
    assert on(DAY, *suspended, (K.RESTORATION, "2026-09-01")) == (M.OFFICIAL, A.ACTIVE)


def test_a_guest_counts_at_home_and_goes_home_when_the_stay_ends() -> None:
    # QĐ 294-QĐ/TW, 26/5/2025, §6.3.2: temporary activity changes no number of members.
    stay = (K.TEMPORARY_IN, "2026-02-01")
    standing = standing_on(life(stay), DAY)
    assert (standing.membership, standing.activity) == (M.OFFICIAL, A.VISITING)
    assert standing.listed
    assert not standing.belongs
    assert on(DAY, stay, (K.RESUMPTION, "2026-10-01")) == (M.OFFICIAL, A.LEFT)
    assert on(DAY, stay, (K.TRANSFER_IN, "2026-10-01")) == (M.OFFICIAL, A.ACTIVE)
    assert on(DAY, (K.ADMISSION, "2025-12-01"), stay) == (M.PROBATIONARY, A.VISITING)
    assert on(DAY, stay, (K.EXEMPTION, "2026-10-01")) == (M.OFFICIAL, A.VISITING)
    probationary = ((K.ADMISSION, "2025-12-01"), stay, (K.RECOGNITION, "2026-10-15"))
    assert on(DAY, *probationary) == (M.OFFICIAL, A.VISITING)


def test_who_arrives_later_was_elsewhere_before() -> None:
    came = ((K.ADMISSION, "1990-05-19"), (K.RECOGNITION, "1991-05-19"), (K.TRANSFER_IN, "2026-11-04"))
    assert on(DAY, *came) == (M.OFFICIAL, A.LEFT)
    assert on(DAY + timedelta(days=1), *came) == (M.OFFICIAL, A.ACTIVE)

    guest = ((K.ADMISSION, "1990-05-19"), (K.TEMPORARY_IN, "2026-12"))
    assert on(DAY, *guest) == (M.PROBATIONARY, A.LEFT)
    assert on(date(2026, 12, 1), *guest) == (M.PROBATIONARY, A.VISITING)


def test_who_was_here_before_a_later_arrival_stays_on_the_roll() -> None:
    away_and_back = ((K.ADMISSION, "1990"), (K.TRANSFER_OUT, "2026-11-10"), (K.TRANSFER_IN, "2027-01-05"))
    assert on(DAY, *away_and_back) == (M.PROBATIONARY, A.ACTIVE)
    guest_who_stays = ((K.TEMPORARY_IN, "2026-01"), (K.TRANSFER_IN, "2026-12-01"))
    assert on(DAY, *guest_who_stays) == (M.OFFICIAL, A.VISITING)


def test_who_is_known_by_later_events_alone_is_an_official_member() -> None:
    assert on(DAY, (K.TRANSFER_IN, "2020")) == (M.OFFICIAL, A.ACTIVE)
    assert on(DAY, (K.EXEMPTION, None)) == (M.OFFICIAL, A.EXEMPT)


def test_what_a_roster_tells_without_a_day_is_not_undone_by_older_dates() -> None:
    assert on(DAY, (K.ADMISSION, "1985"), (K.RECOGNITION, None)) == (M.OFFICIAL, A.ACTIVE)
    assert on(DAY, (K.EXEMPTION, None), (K.ADMISSION, "1985"), (K.TRANSFER_IN, "2015")) == (
        M.PROBATIONARY,
        A.EXEMPT,
    )
    assert on(DAY, (K.TEMPORARY_IN, None), (K.ADMISSION, "2026-01-01")) == (M.PROBATIONARY, A.VISITING)
    assert on(DAY, (K.DEATH, None), (K.ADMISSION, "1985")) == (M.PROBATIONARY, A.LEFT)


def test_a_date_known_by_year_or_month_lies_on_its_first_day() -> None:
    assert on(date(2026, 1, 1), (K.ADMISSION, "2026")) == (M.PROBATIONARY, A.ACTIVE)
    assert on(date(2026, 10, 31), (K.ADMISSION, "2026-11")) == (M.NONE, A.ACTIVE)
    assert on(date(2026, 11, 1), (K.ADMISSION, "2026-11")) == (M.PROBATIONARY, A.ACTIVE)


def test_events_of_one_day_apply_as_the_book_lists_them() -> None:
    out, back = (K.TEMPORARY_OUT, "2026-02-01"), (K.RESUMPTION, "2026-02-01")
    assert on(DAY, (K.RECOGNITION, "2011"), out, back) == (M.OFFICIAL, A.ACTIVE)
    assert on(DAY, (K.RECOGNITION, "2011"), back, out) == (M.OFFICIAL, A.AWAY)


def test_because_names_the_last_change_and_a_renewal_is_one() -> None:
    events = life((K.RECOGNITION, "2011"), (K.EXEMPTION, "2025-01-01"), (K.EXEMPTION, "2026-01-01"))
    assert standing_on(events, DAY).because == events[2]
    events = life((K.ADMISSION, "2010"), (K.RECOGNITION, "2011"), (K.TRANSFER_IN, "2012"))
    assert standing_on(events, DAY).because == events[1]


def test_a_recognition_changes_nothing_in_how_somebody_takes_part() -> None:
    told = life((K.ADMISSION, "2025-05-05"), (K.TEMPORARY_OUT, "2026-01-05"), (K.RECOGNITION, "2026-05-05"))
    standing = standing_on(told, DAY)
    assert (standing.because, standing.through) == (told[2], told[1])
    # A roster tells that somebody is exempt, and not since when.
    old = life((K.EXEMPTION, None), (K.ADMISSION, "1964"), (K.RECOGNITION, "1965"))
    assert standing_on(old, DAY).through is old[0]
    assert standing_on(told[:1], DAY).through is None


def test_every_kind_has_its_words() -> None:
    assert set(EVENT_LABELS) == set(K)


DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
EVENTS = st.lists(
    st.builds(
        lambda kind, on: MemberEvent(id="e", member_id="m", kind=kind, on=PartialDate.of(on)),
        st.sampled_from(K),
        DAYS,
    ),
    max_size=8,
)


@given(EVENTS, DAYS)
def test_of_later_events_only_arrivals_matter(events: list[MemberEvent], day: date) -> None:
    arrivals = {K.TRANSFER_IN, K.TEMPORARY_IN}
    lasting = [
        event for event in events if event.kind not in arrivals or event.on is None or event.on.latest <= day
    ]
    known = [event for event in lasting if event.on is not None and event.on.latest <= day]
    assert standing_on(lasting, day) == standing_on(known, day)
    assert standing_on(events, day).membership == standing_on(known, day).membership


@given(EVENTS, DAYS, st.data())
def test_the_order_of_the_list_matters_only_within_a_day(
    events: list[MemberEvent], day: date, data: st.DataObject
) -> None:
    one_a_day = list({event.on: event for event in events}.values())
    assert standing_on(data.draw(st.permutations(one_a_day)), day) == standing_on(one_a_day, day)


@given(EVENTS, DAYS)
def test_a_standing_is_always_whole(events: list[MemberEvent], day: date) -> None:
    standing = standing_on(events, day)
    assert (standing.because is None) == all(
        event.on is not None and event.on.latest > day for event in events
    )
    assert standing.listed or not standing.belongs
    assert not (standing.belongs and standing.membership is M.NONE)


@given(EVENTS, DAYS, st.sampled_from(EXITS))
def test_an_exit_always_ends_the_roll(events: list[MemberEvent], day: date, kind: EventKind) -> None:
    left = MemberEvent(id="x", member_id="m", kind=kind, on=PartialDate.of(day))
    assert not standing_on([*events, left], day).listed


@given(EVENTS, DAYS)
def test_days_without_events_change_nothing(events: list[MemberEvent], day: date) -> None:
    if all(event.on != PartialDate.of(day) for event in events):
        assert standing_on(events, day) == standing_on(events, day - timedelta(days=1))
