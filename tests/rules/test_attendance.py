"""The attendance base and the rate as a pair of counts (HD 42-HD/BTCTW, 28/10/2025; domain rules §6)."""

from __future__ import annotations

from datetime import date

import pytest
import rolls
from hypothesis import given
from hypothesis import strategies as st

from sochibo.rules.meetings.attendance import (
    AttendanceRules,
    BaseLine,
    Ratio,
    attendance_rules_on,
    count_attendance,
    is_expected,
    is_present,
    load_attendance_rules,
)
from sochibo.rules.meetings.meetings import Attendance, Mark
from sochibo.rules.members.members import Activity, Membership, RosterEntry

EXCUSED, UNEXCUSED, PRESENT = Attendance.EXCUSED, Attendance.UNEXCUSED, Attendance.PRESENT
OTHERS = (
    rolls.entry(30, activity=Activity.EXEMPT),
    rolls.entry(31, activity=Activity.TEMPORARILY_EXEMPT),
    rolls.entry(32, activity=Activity.AWAY),
    rolls.entry(33, activity=Activity.SUSPENDED),
    rolls.entry(34, activity=Activity.SPECIAL_DUTY),
    rolls.entry(35, Membership.PROBATIONARY, Activity.AWAY),
    rolls.entry(36, activity=Activity.VISITING),
)


def test_22_members_of_whom_4_are_away_on_business() -> None:
    marks = rolls.marks(EXCUSED, 0, 1, 2, 20)
    count = count_attendance(rolls.roll(20, 2), marks, rolls.RULES)
    assert (count.members, count.official, count.probationary) == (22, 20, 2)
    assert (count.present, count.present_official, count.present_probationary) == (18, 17, 1)
    assert (count.excused, count.unexcused, count.extra_present) == (4, 0, 0)
    assert count.ratio == Ratio(18, 22)
    assert count.base == (BaseLine("official", 20), BaseLine("probationary", 2))


def test_the_base_says_who_was_left_out() -> None:
    count = count_attendance(rolls.roll(20, 2, OTHERS), {}, rolls.RULES)
    assert count.base == (
        BaseLine("official", 25),
        BaseLine("probationary", 3),
        BaseLine("visiting", 1),
        BaseLine("exempt", -2),
        BaseLine("away", -2),
        BaseLine("suspended", -1),
        BaseLine("special_duty", -1),
    )
    assert count.expected == 23
    assert (count.members, count.visiting, count.present_visiting) == (28, 1, 1)
    assert count.present == 23


def test_guests_in_temporary_activity_count_only_where_the_rules_say_so() -> None:
    rules = AttendanceRules(id="home-only", count_visiting=False)
    count = count_attendance(rolls.roll(20, 2, OTHERS), {}, rules)
    assert (count.expected, count.visiting, count.present_visiting) == (22, 1, 0)
    assert all(line.code != "visiting" for line in count.base)


def test_an_exempt_member_who_came_is_extra_and_changes_no_rate() -> None:
    marks = {**rolls.marks(PRESENT, 30, 32), **rolls.marks(UNEXCUSED, 31, 33)}
    count = count_attendance(rolls.roll(20, 2, OTHERS), marks, rolls.RULES)
    assert count.ratio == Ratio(23, 23)
    assert (count.extra_present, count.excused, count.unexcused) == (2, 0, 0)


def test_a_rule_set_may_leave_out_who_was_absent_with_reason() -> None:
    rules = AttendanceRules(id="without-excused", leave_out_excused=True)
    marks = {**rolls.marks(EXCUSED, 0, 1, 2), **rolls.marks(UNEXCUSED, 3)}
    count = count_attendance(rolls.roll(20, 2), marks, rules)
    assert count.ratio == Ratio(18, 19)
    assert (count.excused, count.unexcused) == (3, 1)
    assert count.base[-1] == BaseLine("excused", -3)


def test_who_has_no_mark_came_if_expected() -> None:
    here, exempt = rolls.entry(0), rolls.entry(30, activity=Activity.EXEMPT)
    assert is_expected(here, rolls.RULES)
    assert is_present(here, None, rolls.RULES)
    assert not is_expected(exempt, rolls.RULES)
    assert not is_present(exempt, None, rolls.RULES)
    assert is_present(exempt, rolls.marks(PRESENT, 30)["m30"], rolls.RULES)
    assert not is_expected(rolls.entry(1, Membership.NONE), rolls.RULES)


def test_ratios_add_counts() -> None:
    assert Ratio(32, 35) + Ratio(1, 2) == Ratio(33, 37)


@pytest.mark.parametrize(
    ("day", "rules"),
    [
        (date(2010, 1, 1), "HD12-2018"),
        (date(2025, 10, 27), "HD12-2018"),
        (date(2025, 10, 28), "HD42-2025"),
        (date(2026, 11, 3), "HD42-2025"),
    ],
)
def test_rules_are_dated(day: date, rules: str) -> None:
    found = attendance_rules_on(day)
    assert found.id == rules
    assert found.document
    assert found in load_attendance_rules()


STANDINGS = st.tuples(
    st.sampled_from([Membership.OFFICIAL, Membership.PROBATIONARY]),
    st.sampled_from([one for one in Activity if one is not Activity.LEFT]),
    st.sampled_from([None, *Attendance]),
)
RULE_SETS = st.builds(AttendanceRules, st.just("any"), st.booleans(), st.booleans())


def of_standings(
    told: list[tuple[Membership, Activity, Attendance | None]],
) -> tuple[list[RosterEntry], dict[str, Mark]]:
    roll = [rolls.entry(n, membership, activity) for n, (membership, activity, _) in enumerate(told)]
    marks: dict[str, Mark] = {}
    for n, (_, _, attendance) in enumerate(told):
        marks |= rolls.marks(attendance, n) if attendance else {}
    return roll, marks


@given(st.lists(STANDINGS, max_size=30), RULE_SETS)
def test_counts_always_agree_with_each_other(
    told: list[tuple[Membership, Activity, Attendance | None]], rules: AttendanceRules
) -> None:
    roll, marks = of_standings(told)
    count = count_attendance(roll, marks, rules)
    assert count.expected == sum(line.count for line in count.base)
    assert count.official + count.probationary == count.members
    assert count.members + count.visiting == len(roll)
    assert count.present == count.present_official + count.present_probationary + count.present_visiting
    left_out = count.excused if rules.leave_out_excused else 0
    assert count.present + count.excused + count.unexcused == count.expected + left_out
    assert 0 <= count.present <= count.expected
    assert all(line.count for line in count.base)
