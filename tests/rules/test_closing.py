"""Each thing that speaks against closing a meeting is said once, at its field, red only where it must be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, cast

import pytest
import rolls
from hypothesis import given
from hypothesis import strategies as st

from sochibo.faults import Severity
from sochibo.messages import LANGUAGES, Messages
from sochibo.rules.meetings.meetings import (
    AbsenceReason,
    Attendance,
    Meeting,
    MeetingFormat,
    MeetingKind,
    Score,
    VoteMethod,
)
from sochibo.rules.meetings.minutes import check_meeting
from sochibo.rules.meetings.proposals import Proposal, ProposalState
from sochibo.rules.meetings.speeches import Speech
from sochibo.rules.meetings.study import StudySession
from sochibo.rules.members.members import Activity

if TYPE_CHECKING:
    from sochibo.rules.meetings.meeting_files import MeetingFile

EXCUSED, UNEXCUSED, PRESENT = Attendance.EXCUSED, Attendance.UNEXCUSED, Attendance.PRESENT
FINE = rolls.meeting_file()
FRAMEWORK = FINE.framework
assert FRAMEWORK is not None


def held(**changes: object) -> MeetingFile:
    """Return the fine meeting with its record changed."""
    return replace(FINE, meeting=replace(FINE.meeting, **cast("dict[str, Any]", changes)))


def one(record: str, **changes: object) -> MeetingFile:
    """Return the fine meeting with the only one of its items, votes, tasks or guests changed."""
    (was,) = getattr(FINE, record)
    return rolls.meeting_file(**{record: (replace(was, **changes),)})


def scored(code: str, tenths: int, reason: str = "") -> MeetingFile:
    score = Score(meeting_id="meeting", criterion=code, tenths=tenths, reason=reason)
    return rolls.meeting_file(scores={**FINE.scores, code: score})


def told(file: MeetingFile) -> list[tuple[str, str, str]]:
    return [(finding.code, finding.severity.value, finding.place) for finding in check_meeting(file)]


def test_nothing_speaks_against_a_fine_meeting() -> None:
    assert check_meeting(FINE) == ()


PROPOSAL = Proposal(id="p", meeting_id="meeting", position=0, text="Sửa mương")
SPEECH = Speech(id="s", meeting_id="meeting", position=0, agenda_item_id="i", member_id="m19")


def near(day: date, kind: MeetingKind = MeetingKind.REGULAR) -> Meeting:
    return Meeting(id=f"meeting of {day}", kind=kind, on=day)


def proposing(**changes: object) -> MeetingFile:
    return replace(FINE, proposals=(replace(PROPOSAL, **cast("dict[str, Any]", changes)),))


def winter() -> MeetingFile:
    """Return the fine meeting in the last month of its quarter."""
    (task,) = FINE.tasks
    return replace(held(on=date(2026, 12, 3)), tasks=(replace(task, due=date(2026, 12, 20)),))


WITHOUT_POINTS = {code: score for code, score in FINE.scores.items() if code != "6"}
AWAY = rolls.entry(30, activity=Activity.AWAY)
EXEMPT_CHAIR = (rolls.entry(0, activity=Activity.EXEMPT), *FINE.roll[1:])

CASES = [
    ("a beginning that is no time", held(start="7h30"), ("M01", "red", "start")),
    ("an end that is no time", held(end="24:00"), ("M01", "red", "end")),
    ("no beginning", held(start=""), ("M02", "yellow", "start")),
    ("no end", held(end=""), ("M02", "yellow", "end")),
    ("an end before the beginning", held(end="19:29"), ("M03", "red", "end")),
    ("an end at the beginning", held(end="19:30"), ("M03", "red", "end")),
    ("89 minutes of 90", held(end="20:59"), ("M04", "yellow", "end")),
    ("119 minutes of 120", held(kind=MeetingKind.COMBINED, theme="x", end="21:29"), ("M04", "yellow", "end")),
    ("no place", held(place=""), ("M05", "yellow", "place")),
    ("no theme", held(kind=MeetingKind.THEMATIC), ("M06", "yellow", "theme")),
    ("no chair", held(chair_id=None), ("M07", "red", "chair")),
    ("no minute-taker", held(minute_taker_id=None), ("M07", "red", "minute_taker")),
    ("a chair from elsewhere", held(chair_id="m99"), ("M08", "red", "chair")),
    ("an absent chair", replace(FINE, marks=rolls.marks(UNEXCUSED, 0)), ("M09", "red", "chair")),
    ("an exempt chair", replace(FINE, roll=EXEMPT_CHAIR), ("M09", "red", "chair")),
    ("an absent minute-taker", replace(FINE, marks=rolls.marks(EXCUSED, 1)), ("M09", "red", "minute_taker")),
    ("one person in both roles", held(minute_taker_id="m0"), ("M10", "red", "minute_taker")),
    ("no reason", replace(FINE, marks=rolls.mark(20, EXCUSED, None, " ")), ("M11", "red", "attendance.m20")),
    ("a stray mark", replace(FINE, marks=rolls.marks(UNEXCUSED, 99)), ("M12", "yellow", "attendance.m99")),
    ("a nameless guest", one("guests", name=" "), ("M17", "red", "guests.0.name")),
    ("no agenda", replace(FINE, items=()), ("M18", "red", "items")),
    ("an item without title", one("items", title=" "), ("M19", "red", "items.0.title")),
    ("an item without text", one("items", text=""), ("M20", "yellow", "items.0.text")),
    ("a vote without question", one("votes", question=""), ("M21", "red", "votes.0.question")),
    ("a vote below zero", one("votes", in_favour=21, against=-1), ("M22", "red", "votes.0.against")),
    ("21 voices of 20", one("votes", in_favour=20, other=1), ("M23", "red", "votes.0.in_favour")),
    ("a vote not counted", one("votes", in_favour=0), ("M24", "red", "votes.0.in_favour")),
    ("19 voices of 20", one("votes", in_favour=18, against=1), ("M25", "yellow", "votes.0.other")),
    ("a task without text", one("tasks", text=""), ("M26", "red", "tasks.0.text")),
    ("a task for nobody", one("tasks", assignees=""), ("M27", "yellow", "tasks.0.assignees")),
    ("a task without day", one("tasks", due=None), ("M28", "yellow", "tasks.0.due")),
    ("a task due yesterday", one("tasks", due=date(2026, 11, 2)), ("M29", "yellow", "tasks.0.due")),
    ("no tasks", replace(FINE, tasks=()), ("M30", "yellow", "tasks")),
    ("no score", replace(FINE, scores={}), ("M31", "red", "scores")),
    (
        "no score and nothing to score by",
        replace(FINE, scores={}, framework=None),
        ("M31", "yellow", "scores"),
    ),
    ("no framework", replace(FINE, framework=None), ("M32", "red", "scores")),
    ("a framework before its time", held(on=date(2025, 10, 27)), ("M33", "red", "scores")),
    (
        "a framework after its time",
        replace(FINE, framework=replace(FRAMEWORK, valid_to=date(2026, 11, 2))),
        ("M33", "red", "scores"),
    ),
    ("points for nothing", scored("9", 10), ("M34", "red", "scores.9")),
    ("a criterion forgotten", replace(FINE, scores=WITHOUT_POINTS), ("M35", "red", "scores.6")),
    ("5.1 points of 5", scored("1", 51), ("M36", "red", "scores.1")),
    ("points below zero", scored("1", -1), ("M36", "red", "scores.1")),
    ("a loss without reason", scored("1", 49), ("M37", "yellow", "scores.1")),
    ("no word on fees", held(fee_note=""), ("M38", "yellow", "fee_note")),
    ("no conclusion", held(conclusion=" "), ("M39", "yellow", "conclusion")),
    ("minutes not adopted", held(adopted=False), ("M40", "red", "adopted")),
    (
        "an admission not adopted",
        held(kind=MeetingKind.ADMISSION, adopted=False),
        ("M40", "yellow", "adopted"),
    ),
    (
        "a second regular meeting",
        replace(FINE, neighbours=(near(date(2026, 11, 20)),)),
        ("M41", "yellow", "on"),
    ),
    ("a quarter without a theme", winter(), ("M42", "yellow", "kind")),
    ("a meeting online", held(format=MeetingFormat.ONLINE), ("M43", "yellow", "format")),
    ("a late notice", held(notice_on=date(2026, 11, 4)), ("M44", "yellow", "notice_on")),
    ("an earlier task", replace(FINE, earlier_tasks=FINE.tasks), ("M45", "yellow", "earlier_tasks.0")),
    (
        "an absent observer",
        replace(held(observer_id="m19"), marks=rolls.marks(UNEXCUSED, 19), votes=()),
        ("M46", "yellow", "observer"),
    ),
    (
        "an absent speaker",
        replace(FINE, speeches=(SPEECH,), marks=rolls.marks(UNEXCUSED, 19), votes=()),
        ("M47", "yellow", "items.0.text"),
    ),
    ("a proposal without text", proposing(text=" "), ("M48", "yellow", "proposals.0.text")),
    ("no answer", proposing(state=ProposalState.ANSWERED), ("M49", "yellow", "proposals.0.answer")),
    (
        "an old proposal",
        replace(FINE, earlier_proposals=(PROPOSAL,)),
        ("M50", "yellow", "earlier_proposals.0"),
    ),
    (
        "ballots that nobody counted",
        one("votes", method=VoteMethod.BALLOT),
        ("M51", "yellow", "votes.0.tellers"),
    ),
    (
        "a study of nobody",
        replace(FINE, studies=(StudySession(id="s", on=FINE.meeting.on, subject="Nghị quyết"),)),
        ("M52", "yellow", "studies.0.convened"),
    ),
    (
        "an emoji, which no page can show",
        one("items", conclusion="Nhất trí 👍"),
        ("M54", "yellow", "items.0.conclusion"),
    ),
    (
        "passed on to nobody",
        proposing(state=ProposalState.FORWARDED),
        ("M53", "yellow", "proposals.0.forwarded_to"),
    ),
]


@pytest.mark.parametrize(("file", "finding"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_is_wrong_is_said_at_its_field(file: MeetingFile, finding: tuple[str, str, str]) -> None:
    assert finding in told(file)
    # A change of the roll also leaves fewer voters than voices; apart from that it is the only thing said.
    assert [code for code, _, _ in told(file) if code not in {finding[0], "M23"}] == []


@pytest.mark.parametrize(
    "file",
    [
        held(end="21:00"),
        held(start="9:30", end="11:00"),
        held(kind=MeetingKind.COMBINED, theme="Tiết kiệm", end="21:30"),
        held(kind=MeetingKind.EXTRAORDINARY, end="19:45"),
        scored("1", 50),
        scored("1", 45, "bắt đầu muộn"),
        one("items", text="", conclusion="Nhất trí."),
        one("tasks", due=date(2026, 11, 3)),
        replace(FINE, marks=rolls.mark(20, EXCUSED, AbsenceReason.ILLNESS)),
        replace(FINE, marks=rolls.mark(20, EXCUSED, None, "đi xa")),
        replace(FINE, marks=rolls.mark(20, UNEXCUSED)),
        replace(FINE, roll=(*FINE.roll, AWAY), marks=rolls.mark(30, EXCUSED)),
        replace(FINE, framework=replace(FRAMEWORK, valid_to=date(2026, 11, 3))),
        held(kind=MeetingKind.EXTRAORDINARY, adopted=True),
        replace(FINE, scores={}, meeting=replace(FINE.meeting, not_scored_reason="sinh hoạt ngắn")),
        replace(FINE, neighbours=(near(date(2026, 10, 3)), near(date(2026, 11, 9), MeetingKind.THEMATIC))),
        replace(winter(), neighbours=(near(date(2026, 10, 9), MeetingKind.COMBINED),)),
        replace(FINE, earlier_tasks=(replace(FINE.tasks[0], done_percent=0),)),
        replace(FINE, earlier_tasks=(replace(FINE.tasks[0], result="đang làm"),)),
        held(observer_id="m5", notice_on=date(2026, 11, 3)),
        one("votes", method=VoteMethod.BALLOT, tellers="Đào, Khoa"),
        proposing(),
        proposing(state=ProposalState.ANSWERED, answer="đã xong"),
        proposing(state=ProposalState.FORWARDED, forwarded_to="Ủy ban nhân dân xã"),
    ],
)
def test_what_is_just_right_is_left_alone(file: MeetingFile) -> None:
    assert told(file) == []


def without(kind: MeetingKind) -> MeetingFile:
    bare = held(kind=kind, fee_note="", conclusion="", end="20:00")
    return replace(bare, tasks=(), scores={})


@pytest.mark.parametrize(
    "kind", [MeetingKind.CELL_COMMITTEE, MeetingKind.EXTRAORDINARY, MeetingKind.CONGRESS]
)
def test_only_regular_and_thematic_meetings_need_score_tasks_fees_and_length(kind: MeetingKind) -> None:
    assert told(without(kind)) == []
    assert [code for code, _, _ in told(without(MeetingKind.REGULAR))] == ["M31", "M04", "M30", "M38", "M39"]


def with_absent(absent: int, **changes: object) -> MeetingFile:
    marks = rolls.marks(UNEXCUSED, *range(20 - absent, 20))
    base = replace(held(**changes), marks=marks)
    return replace(base, votes=(), items=FINE.items)


def test_too_few_voters_for_a_resolution() -> None:
    assert told(with_absent(9)) == []
    assert told(with_absent(10)) == [("M15", "yellow", "attendance")]
    assert told(with_absent(10, kind=MeetingKind.GROUP)) == []


def test_a_congress_needs_two_thirds_of_those_summoned() -> None:
    # Charter art. 11.6: 22 summoned, 15 must come.
    assert told(with_absent(7, kind=MeetingKind.CONGRESS)) == []
    assert told(with_absent(8, kind=MeetingKind.CONGRESS)) == [("M14", "yellow", "attendance")]


def test_a_meeting_of_nobody() -> None:
    file = replace(FINE, marks=rolls.marks(UNEXCUSED, *range(22)), votes=())
    assert ("M13", "red", "attendance") in told(file)


def test_a_cell_has_three_official_members() -> None:
    # Charter art. 24.1.
    assert told(rolls.meeting_file(roll=rolls.roll(3, 1), votes=())) == []
    assert told(rolls.meeting_file(roll=rolls.roll(2, 1), votes=())) == [("M16", "yellow", "attendance")]


def test_an_exempt_member_who_came_may_vote() -> None:
    # QĐ 294-QĐ/TW, 26/5/2025, §9.3.2: counted only if present.
    roll = (*FINE.roll, rolls.entry(30, activity=Activity.EXEMPT))
    voted = replace(one("votes", in_favour=21), roll=roll)
    assert [code for code, _, _ in told(voted)] == ["M23"]
    assert told(replace(voted, marks=rolls.marks(PRESENT, 30))) == []


@given(st.lists(st.sampled_from([case[1] for case in CASES]), min_size=1, max_size=3))
def test_red_comes_first(files: list[MeetingFile]) -> None:
    made = replace(files[0], meeting=files[-1].meeting, marks=files[len(files) // 2].marks)
    severities = [finding.severity for finding in check_meeting(made)]
    assert severities == sorted(severities, key=lambda severity: severity is Severity.YELLOW)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_is_one_whole_sentence(language: str) -> None:
    words = Messages(language)
    for _, file, _ in CASES:
        for finding in check_meeting(file):
            said = finding.say(words)
            assert said.endswith(".")
            assert "{" not in said
            assert "None" not in said
