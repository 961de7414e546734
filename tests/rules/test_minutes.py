"""Minutes hold everything that will be printed, and the figures of the same meeting agree with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import rolls

from sochibo.rules.meetings.attendance import BaseLine, Ratio
from sochibo.rules.meetings.meetings import (
    ATTENDANCE_LABELS,
    KIND_LABELS,
    REASON_LABELS,
    STATE_LABELS,
    AbsenceReason,
    AgendaItem,
    Attendance,
    MeetingKind,
    MeetingState,
    Score,
    VoteClass,
)
from sochibo.rules.meetings.minutes import REASON_WORDS, figures_of, make_minutes
from sochibo.rules.members.members import Activity, Member, RosterEntry
from sochibo.rules.reports import Absentee, Heading, ItemReport, SuperiorGuest, TaskReport
from sochibo.rules.scoring.scoring import Rating

HEADING = Heading(
    "Đảng bộ xã Đông Hòa", "Chi bộ Thôn 4", "Đông Hòa", "03-BB/CB", rolls.DAY, "T/M CHI BỘ", "BÍ THƯ", "A"
)
EXCUSED, UNEXCUSED, PRESENT = Attendance.EXCUSED, Attendance.UNEXCUSED, Attendance.PRESENT


def named(number: int, name: str, activity: Activity = Activity.ACTIVE) -> RosterEntry:
    return rolls.entry(number, activity=activity, name=name)


def test_minutes_carry_the_meeting() -> None:
    file = rolls.meeting_file(marks=rolls.marks(EXCUSED, 2, 3, 4, 20))
    file = replace(file, votes=(replace(file.votes[0], in_favour=17),))
    minutes = make_minutes(file, HEADING)
    assert minutes.heading == HEADING
    assert (minutes.meeting_id, minutes.meeting_kind, minutes.on) == (
        "meeting",
        MeetingKind.REGULAR,
        rolls.DAY,
    )
    assert (minutes.start, minutes.end, minutes.place) == ("19:30", "21:05", "Nhà văn hóa Thôn 4")
    assert (minutes.members, minutes.official, minutes.probationary) == (22, 20, 2)
    assert (minutes.present, minutes.expected) == (18, 22)
    assert (minutes.present_official, minutes.present_probationary, minutes.present_visiting) == (17, 1, 0)
    assert minutes.expected_lines == (BaseLine("official", 20), BaseLine("probationary", 2))
    assert (minutes.chair, minutes.minute_taker) == (rolls.NAMES[0], rolls.NAMES[1])
    assert minutes.guests == (SuperiorGuest("Lê Thị Hậu", "Ủy viên", superior=True),)
    assert minutes.items == (ItemReport("Nhiệm vụ tháng", "", "Thảo luận.", ""),)
    assert minutes.tasks == (TaskReport("Rà soát hộ nghèo", "Trần Văn An", date(2026, 11, 25)),)
    assert minutes.adopted
    (vote,) = minutes.votes
    assert (vote.base, vote.needed, vote.in_favour, vote.passed) == (20, 11, 17, True)
    assert vote.base_lines == (BaseLine("official", 20),)


def test_names_stand_in_vietnamese_order() -> None:
    told = ("Bùi Văn Đào", "Trần Thị An", "Lê Ánh", "Nguyễn Văn An", "Đỗ Dũng")
    roll = tuple(named(n, name) for n, name in enumerate(told))
    file = rolls.meeting_file(roll=roll, marks=rolls.marks(EXCUSED, 0, 1, 2, 3, 4))
    excused = make_minutes(file, HEADING).excused
    assert [one.name for one in excused] == [
        "Nguyễn Văn An",
        "Trần Thị An",
        "Lê Ánh",
        "Đỗ Dũng",
        "Bùi Văn Đào",
    ]


def test_only_who_was_expected_is_absent_and_who_came_all_the_same_is_named() -> None:
    exempt = Activity.EXEMPT
    roll = rolls.roll(
        5, 0, [named(30, "Lê Ý", exempt), named(31, "Lê An", exempt), named(32, "Lê Đạt", exempt)]
    )
    marks = {**rolls.marks(PRESENT, 30, 31), **rolls.marks(UNEXCUSED, 32, 4)}
    minutes = make_minutes(rolls.meeting_file(roll=roll, marks=marks), HEADING)
    assert minutes.extra_present == ("Lê An", "Lê Ý")
    assert minutes.unexcused == (Absentee(rolls.NAMES[4], ""),)


@pytest.mark.parametrize(
    ("reason", "note", "words"),
    [
        (AbsenceReason.WORK, "", "công tác"),
        (AbsenceReason.ILLNESS, "nằm viện", "ốm, nằm viện"),
        (AbsenceReason.ILLNESS, "ốm nặng", "ốm nặng"),
        (AbsenceReason.ILLNESS, "Ốm", "Ốm"),
        (AbsenceReason.OTHER, "", "lý do khác"),
        (AbsenceReason.OTHER, " đi  dự đám cưới ", "đi dự đám cưới"),
        (None, "đi dự họp cấp trên", "đi dự họp cấp trên"),
        (None, "", ""),
    ],
)
def test_reasons_are_vietnamese_words(reason: AbsenceReason | None, note: str, words: str) -> None:
    file = rolls.meeting_file(marks=rolls.mark(5, EXCUSED, reason, note))
    assert make_minutes(file, HEADING).excused == (Absentee(rolls.NAMES[5], words),)


def test_every_reason_has_words() -> None:
    assert set(REASON_WORDS) == set(AbsenceReason)


def test_items_guests_votes_and_tasks_stand_in_their_positions() -> None:
    items = tuple(AgendaItem(id=f"i{n}", meeting_id="meeting", position=n, title=f"{n}") for n in (2, 0, 1))
    made = make_minutes(rolls.meeting_file(items=items), HEADING)
    assert [item.title for item in made.items] == ["0", "1", "2"]


def test_the_score_is_that_of_the_framework() -> None:
    file = rolls.meeting_file()
    scores = {
        **file.scores,
        "4.2": Score(meeting_id="meeting", criterion="4.2", tenths=125, reason="ít ý kiến"),
    }
    score = make_minutes(replace(file, scores=scores), HEADING).score
    assert score is not None
    assert (score.framework, score.total, score.tenths, score.rating) == ("HD42-2025", 100, 875, Rating.FAIR)
    assert len(score.lines) == 10
    assert (score.lines[5].max_points, score.lines[5].tenths, score.lines[5].reason) == (25, 125, "ít ý kiến")
    assert sum(line.tenths for line in score.lines) == score.tenths


def test_points_of_another_framework_are_not_added() -> None:
    file = rolls.meeting_file()
    scores = {"9": Score(meeting_id="meeting", criterion="9", tenths=500), "1": file.scores["1"]}
    score = make_minutes(replace(file, scores=scores), HEADING).score
    assert score is not None
    assert (score.tenths, score.lines[1].tenths) == (50, 0)


def test_without_framework_or_points_there_is_no_score() -> None:
    assert make_minutes(rolls.meeting_file(scores={}), HEADING).score is None
    assert make_minutes(rolls.meeting_file(framework=None), HEADING).score is None


def test_a_meeting_without_chair_can_be_previewed() -> None:
    file = rolls.meeting_file()
    file = replace(file, meeting=replace(file.meeting, chair_id=None, minute_taker_id="gone"))
    minutes = make_minutes(file, HEADING)
    assert (minutes.chair, minutes.chair_office, minutes.minute_taker) == ("", "", "")


def test_the_office_of_the_chair_is_that_of_the_register() -> None:
    chair = RosterEntry(Member(id="m0", name="Lê An", office="Bí thư"), rolls.entry(0).standing)
    file = rolls.meeting_file(roll=(chair, *rolls.roll(20, 2)[1:]))
    minutes = make_minutes(file, HEADING)
    assert (minutes.chair, minutes.chair_office) == ("Lê An", "Bí thư")


def test_figures_agree_with_the_minutes() -> None:
    marks = {**rolls.marks(EXCUSED, 2, 3), **rolls.marks(UNEXCUSED, 4)}
    file = rolls.meeting_file(marks=marks)
    passed, failed = (
        replace(file.votes[0], in_favour=17),
        replace(file.votes[0], in_favour=13, vote_class=VoteClass.TWO_THIRDS),
    )
    figures = figures_of(replace(file, votes=(passed, failed)), "03-BB/CB")
    assert figures.attendance == Ratio(19, 22)
    assert (figures.present_official, figures.excused, figures.unexcused) == (17, 2, 1)
    assert figures.votes == Ratio(1, 2)
    assert (figures.items, figures.tasks, figures.superiors) == (1, 1, 1)
    assert (figures.minutes, figures.theme) == ("03-BB/CB", "")
    assert (figures.score_tenths, figures.rating) == (1000, Rating.GOOD)
    unscored = figures_of(replace(file, scores={}), "")
    assert (unscored.score_tenths, unscored.rating, unscored.minutes) == (None, None, "")


def test_every_kind_state_and_mark_has_its_words() -> None:
    assert set(KIND_LABELS) == set(MeetingKind)
    assert set(STATE_LABELS) == set(MeetingState)
    assert set(ATTENDANCE_LABELS) == set(Attendance)
    assert set(REASON_LABELS) == set(AbsenceReason)
    assert rolls.meeting_file().meeting.month.first() == date(2026, 11, 1)
