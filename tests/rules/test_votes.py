"""The vote base differs from the attendance base (Charter art. 9.5; QĐ 294-QĐ/TW, 26/5/2025, §9.3)."""

from __future__ import annotations

from dataclasses import replace

import pytest
import rolls
from hypothesis import given
from hypothesis import strategies as st

from sochibo.rules.meetings.attendance import BaseLine, count_attendance
from sochibo.rules.meetings.meetings import Attendance, Mark, Vote, VoteClass
from sochibo.rules.meetings.votes import VoteBase, VoteOutcome, count_vote_base, judge_vote, voices_needed
from sochibo.rules.members.members import Activity, Membership, RosterEntry

EXCUSED, PRESENT = Attendance.EXCUSED, Attendance.PRESENT


def test_22_members_give_a_base_of_20_not_of_17() -> None:
    # 20 official, 2 probationary; 3 official and 1 probationary are away on business (domain rules §8).
    roll, marks = rolls.roll(20, 2), rolls.marks(EXCUSED, 0, 1, 2, 20)
    base = count_vote_base(roll, marks, rolls.RULES)
    assert base == VoteBase(20, 17, (BaseLine("official", 20),))
    assert count_attendance(roll, marks, rolls.RULES).expected == 22
    assert voices_needed(base.size, VoteClass.MAJORITY) == 11
    assert voices_needed(base.size, VoteClass.TWO_THIRDS) == 14


@pytest.mark.parametrize(
    ("activity", "absent", "present", "code"),
    [
        (Activity.EXEMPT, 20, 21, "exempt"),
        (Activity.TEMPORARILY_EXEMPT, 20, 21, "exempt"),
        (Activity.AWAY, 20, 21, "away"),
        (Activity.SUSPENDED, 20, 20, "suspended"),
        (Activity.SPECIAL_DUTY, 21, 21, ""),
    ],
)
def test_who_counts_only_when_there(activity: Activity, absent: int, present: int, code: str) -> None:
    roll = rolls.roll(20, 0, [rolls.entry(30, activity=activity)])
    without = count_vote_base(roll, {}, rolls.RULES)
    assert (without.size, without.voters_present) == (absent, 20)
    assert without.lines == (BaseLine("official", 21), *([BaseLine(code, -1)] if code else []))
    with_them = count_vote_base(roll, rolls.marks(PRESENT, 30), rolls.RULES)
    assert (with_them.size, with_them.voters_present) == (present, present)


@pytest.mark.parametrize(
    "entry",
    [
        rolls.entry(30, Membership.PROBATIONARY),
        rolls.entry(30, activity=Activity.VISITING),
        rolls.entry(30, activity=Activity.LEFT),
        rolls.entry(30, Membership.NONE),
    ],
)
def test_probationary_members_and_guests_never_vote(entry: RosterEntry) -> None:
    base = count_vote_base(rolls.roll(5, 0, [entry]), rolls.marks(PRESENT, 30), rolls.RULES)
    assert (base.size, base.voters_present) == (5, 5)


@pytest.mark.parametrize(
    ("base", "majority", "two_thirds"),
    [
        (0, 1, 1),
        (1, 1, 1),
        (2, 2, 2),
        (3, 2, 2),
        (4, 3, 3),
        (9, 5, 6),
        (10, 6, 7),
        (20, 11, 14),
        (21, 11, 14),
    ],
)
def test_voices_needed(base: int, majority: int, two_thirds: int) -> None:
    assert voices_needed(base, VoteClass.MAJORITY) == majority
    assert voices_needed(base, VoteClass.TWO_THIRDS) == two_thirds


@given(st.integers(1, 500))
def test_the_needed_number_is_the_least_that_reaches_the_share(base: int) -> None:
    most = voices_needed(base, VoteClass.MAJORITY)
    assert most * 2 > base >= (most - 1) * 2
    thirds = voices_needed(base, VoteClass.TWO_THIRDS)
    assert thirds * 3 >= base * 2 > (thirds - 1) * 3


def test_a_vote_is_judged_against_the_base_not_against_who_came() -> None:
    base = VoteBase(20, 17, (BaseLine("official", 20),))
    vote = Vote(id="v", meeting_id="m", position=0, question="Kết nạp", vote_class=VoteClass.TWO_THIRDS)
    assert judge_vote(replace(vote, in_favour=13), base) == VoteOutcome(20, 14, 13, passed=False)
    assert judge_vote(replace(vote, in_favour=14, against=3), base) == VoteOutcome(20, 14, 14, passed=True)


ROLLS = st.lists(
    st.tuples(st.sampled_from(Membership), st.sampled_from(Activity), st.sampled_from([None, *Attendance])),
    max_size=25,
)


@given(ROLLS)
def test_no_one_votes_who_is_not_in_the_base(
    told: list[tuple[Membership, Activity, Attendance | None]],
) -> None:
    roll = [rolls.entry(n, membership, activity) for n, (membership, activity, _) in enumerate(told)]
    marks: dict[str, Mark] = {}
    for n, (_, _, attendance) in enumerate(told):
        marks |= rolls.marks(attendance, n) if attendance else {}
    base = count_vote_base(roll, marks, rolls.RULES)
    assert 0 <= base.voters_present <= base.size <= sum(one[0] is Membership.OFFICIAL for one in told)
    assert base.size == sum(line.count for line in base.lines)
