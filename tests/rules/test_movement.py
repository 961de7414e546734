"""The movement table adds up: beginning + increase − decrease = end, in all and in every split."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sochibo.faults import Severity
from sochibo.rules.dates import PartialDate
from sochibo.rules.members.members import EventKind, Member, MemberEvent, Sex
from sochibo.rules.members.movement import (
    Heads,
    Movement,
    MovementLine,
    check_movement,
    is_minority,
    is_religious,
    is_youth,
    make_movement,
)

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def person(number: int, **more: Any) -> Member:  # noqa: ANN401 - any field
    return Member(id=f"m{number}", name=f"Nguyễn Văn {number}", **more)


def event(number: int, kind: EventKind, on: str) -> MemberEvent:
    return MemberEvent(id=f"{number}-{kind}-{on}", member_id=f"m{number}", kind=kind, on=PartialDate(on))


def test_who_brings_a_long_life_along_is_transferred_in_all_the_same() -> None:
    came = replace(event(1, EventKind.TRANSFER_IN, "2026-07-01"), other_organisation="Chi bộ  Thôn 6")
    events = [
        event(1, EventKind.ADMISSION, "1996-05-19"),
        event(1, EventKind.RECOGNITION, "1997-05-19"),
        came,
    ]
    table = make_movement([(person(1), events)], FIRST, LAST)
    assert table.lines == {MovementLine.TRANSFERRED_IN: Heads(1), MovementLine.END: Heads(1)}
    assert table.partners == {(MovementLine.TRANSFERRED_IN, "Chi bộ Thôn 6"): Heads(1)}


def test_a_year_with_everything_in_it() -> None:
    people = [
        (
            person(1, sex=Sex.FEMALE, ethnicity="Tày"),
            [event(1, EventKind.ADMISSION, "2001-05-05"), event(1, EventKind.RECOGNITION, "2002-05-05")],
        ),
        (
            person(2, youth_union=True, birth=PartialDate("2001")),
            [event(2, EventKind.ADMISSION, "2025-08-05"), event(2, EventKind.RECOGNITION, "2026-08-20")],
        ),
        # Admitted in August, moved away in October.
        (
            person(3, religion="Công giáo", sex=Sex.FEMALE),
            [event(3, EventKind.ADMISSION, "2026-08-03"), event(3, EventKind.TRANSFER_OUT, "2026-10-09")],
        ),
        (person(4), [event(4, EventKind.TRANSFER_IN, "2026-03-01"), event(4, EventKind.DEATH, "2026-11-30")]),
        (person(5), [event(5, EventKind.TEMPORARY_IN, "2026-03-01")]),
    ]
    table = make_movement(people, FIRST, LAST)
    assert table.line(MovementLine.START) == Heads(2, 1, 1, 0, 1, 1)
    assert table.line(MovementLine.ADMITTED) == Heads(1, 1, 0, 1, 0, 1)
    assert table.line(MovementLine.TRANSFERRED_IN).total == 1
    assert table.line(MovementLine.TRANSFERRED_OUT) == Heads(1, 1, 0, 1, 0, 1)
    assert table.line(MovementLine.DIED).total == 1
    assert table.line(MovementLine.RECOGNISED) == Heads(1, 0, 0, 0, 1, 1)
    assert table.line(MovementLine.END) == Heads(2, 1, 1, 0, 1, 0)
    assert table.people[MovementLine.TRANSFERRED_OUT] == ("m3",)
    assert check_movement(table) == ()


def test_a_change_without_its_event_is_told() -> None:
    # A roster told of an exemption only: the person was there before anybody said how.
    events = [event(1, EventKind.EXEMPTION, "2026-05-01")]
    table = make_movement([(person(1), events)], FIRST, LAST)
    assert table.line(MovementLine.UNTOLD_IN).total == 1
    (finding,) = check_movement(table)
    assert (finding.code, finding.severity) == ("P62", Severity.YELLOW)


def test_a_table_that_does_not_add_up_is_refused() -> None:
    table = make_movement([(person(1), [event(1, EventKind.ADMISSION, "2001-05-05")])], FIRST, LAST)
    wrong = replace(table, lines={**table.lines, MovementLine.END: Heads(total=2, women=1, probationary=1)})
    assert [(one.code, one.place) for one in check_movement(wrong)] == [("P61", "total"), ("P61", "women")]


def test_splits_read_what_people_write() -> None:
    assert is_minority(person(1, ethnicity="Tày"))
    assert not is_minority(person(1, ethnicity=" KINH "))
    assert not is_minority(person(1))
    assert is_religious(person(1, religion="Phật giáo"))
    assert not is_religious(person(1, religion="Không"))
    assert is_youth(person(1, youth_union=True, birth=PartialDate("1996")), LAST)
    assert not is_youth(person(1, youth_union=True, birth=PartialDate("1995")), LAST)
    assert is_youth(person(1, youth_union=True), LAST)


DAYS = st.dates(date(2025, 1, 1), date(2027, 3, 1))


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from(EventKind), DAYS), max_size=5),
        max_size=4,
    ),
    DAYS,
    st.integers(0, 500),
)
def test_whatever_happened_the_totals_add_up(
    told: list[list[tuple[EventKind, date]]], first: date, length: int
) -> None:
    people = [
        (
            person(number, sex=Sex.FEMALE if number % 2 else Sex.MALE),
            [event(number, kind, day.isoformat()) for kind, day in sorted(some, key=lambda one: one[1])],
        )
        for number, some in enumerate(told)
    ]
    table = make_movement(people, first, first + timedelta(days=length))
    assert not {"total", "women", "minority"} & {one.place for one in check_movement(table)}


def test_two_halves_of_a_year_meet() -> None:
    people = [
        (
            person(1),
            [event(1, EventKind.ADMISSION, "2026-03-03"), event(1, EventKind.TRANSFER_OUT, "2026-09-09")],
        ),
        (person(2), [event(2, EventKind.TRANSFER_IN, "2026-07-01")]),
    ]
    halves: list[Movement] = [
        make_movement(people, date(2026, 1, 1), date(2026, 6, 30)),
        make_movement(people, date(2026, 7, 1), LAST),
    ]
    year = make_movement(people, FIRST, LAST)
    assert halves[0].line(MovementLine.END) == halves[1].line(MovementLine.START)
    assert halves[0].increase + halves[1].increase == year.increase
    assert halves[1].line(MovementLine.END) == year.line(MovementLine.END)
