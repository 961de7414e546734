"""Deadlines that follow from events (QĐ 294-QĐ/TW, 26/5/2025; HD 06-HD/TW, 9/6/2025)."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from sochibo.rules.dates import PartialDate, months_after
from sochibo.rules.members.member_rules import (
    DEADLINE_LABELS,
    deadlines_of,
    form_of,
    load_member_rules,
    member_rules_on,
    probation_due,
    probation_ends,
)
from sochibo.rules.members.members import EventKind, MemberEvent


def event(kind: EventKind, on: str | None, **more: Any) -> MemberEvent:  # noqa: ANN401 - any field
    return MemberEvent(
        id=f"{kind}-{on}", member_id="m", kind=kind, on=PartialDate(on) if on else None, **more
    )


def test_the_cell_acts_within_thirty_working_days_after_twelve_months() -> None:
    events = [event(EventKind.ADMISSION, "2025-08-04")]
    assert probation_ends(events) == date(2026, 8, 4)
    # § 4.2.1; three days are off and one Saturday is worked in between.
    assert probation_due(events) == date(2026, 9, 17)


def test_a_recognition_meets_it() -> None:
    events = [event(EventKind.ADMISSION, "2025-08-04"), event(EventKind.RECOGNITION, "2026-08-20")]
    assert probation_ends(events) is None
    assert probation_due(events) is None


def test_a_recognition_of_which_nobody_knows_the_day_meets_it_too() -> None:
    first = [event(EventKind.RECOGNITION, None), event(EventKind.ADMISSION, "1980-03-03")]
    assert probation_ends(first) is None
    assert not [one for one in deadlines_of(first) if not one.met]
    # A readmission begins a new probation (QĐ 294-QĐ/TW, 26/5/2025, §3.5).
    again = [*first, event(EventKind.STRIKE_OFF, "1985"), event(EventKind.READMISSION, "2026-02-03")]
    assert probation_ends(again) == date(2027, 2, 3)


def test_who_left_has_no_probation_to_wait_for() -> None:
    events = [event(EventKind.ADMISSION, "2025-08-04"), event(EventKind.TRANSFER_OUT, "2025-10-01")]
    assert probation_due(events) is None


def test_a_probation_begun_in_a_month_is_counted_from_its_first_day() -> None:
    assert probation_ends([event(EventKind.ADMISSION, "2025-09")]) == date(2026, 9, 1)


def test_a_stay_ends_with_its_last_possible_day_until_a_return() -> None:
    away = event(EventKind.TEMPORARY_OUT, "2026-01-05", until=PartialDate("2026-10"))
    stay = next(one for one in deadlines_of([away]) if one.code == "stay_end")
    assert (stay.by, stay.met) == (date(2026, 10, 31), False)
    back = event(EventKind.RESUMPTION, "2026-09-30")
    assert all(one.met for one in deadlines_of([away, back]) if one.code == "stay_end")


def test_what_takes_the_place_of_an_absence_ends_waiting_for_its_end() -> None:
    away = event(EventKind.TEMPORARY_OUT, "2026-01-05", until=PartialDate("2026-10-01"))
    exempt = event(EventKind.EXEMPTION, "2026-06-01")
    assert not [one for one in deadlines_of([away, exempt]) if one.code == "stay_end" and not one.met]
    # A guest stays one until the stay ends: an exemption is the home cell's to decide.
    guest = event(EventKind.TEMPORARY_IN, "2026-01-05", until=PartialDate("2026-10-01"))
    assert [one for one in deadlines_of([guest, exempt]) if one.code == "stay_end" and not one.met]


def test_a_slip_is_due_until_it_is_noted_and_never_for_old_events() -> None:
    died = event(EventKind.DEATH, "2026-06-01")
    (slip,) = deadlines_of([died])
    assert (slip.code, slip.by, slip.met) == ("slip", date(2026, 7, 13), False)
    assert deadlines_of([replace(died, notified_on=date(2026, 6, 10))])[0].met
    assert not deadlines_of([event(EventKind.DEATH, "2019-06-01")])


def test_every_kind_of_event_has_its_form() -> None:
    known = {field.name for field in fields(MemberEvent)} | {"votes"}
    for kind in EventKind:
        form = form_of(kind)
        assert set(form.fields) <= known
        assert form.papers


def test_every_edition_names_deadlines_that_have_words() -> None:
    for rules in load_member_rules():
        assert {rule.code for rule in rules.deadlines} <= set(DEADLINE_LABELS)
        assert {rule.after for rule in rules.deadlines} <= {"on", "until", "resolved_on", "decided_on"}
    assert member_rules_on(date(1990, 1, 1)).id == load_member_rules()[0].id


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 8, 31), 1, date(2025, 9, 30)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
    ],
)
def test_months_keep_the_day_where_they_can(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then
