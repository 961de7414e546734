"""A whole meeting from plain data, as `sochibo meeting add` takes it."""

from __future__ import annotations

import json
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Any

import jsonschema  # type: ignore[import-untyped] # ships no types
import pytest
from books import make_cell_book
from recordings import meeting_data

from sochibo import paths
from sochibo.book.meetings.recording import KEYS
from sochibo.faults import Refused
from sochibo.rules.counts import Ratio
from sochibo.rules.dates import PartialDate
from sochibo.rules.meetings.meetings import AbsenceReason, Attendance, MeetingFormat, MeetingState
from sochibo.rules.meetings.proposals import ProposalState
from sochibo.rules.members.members import EventKind, Member, MemberEvent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sochibo.book.book import Book


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with make_cell_book(tmp_path / "cell.sochibo") as made:
        yield made


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    text = (paths.shipped("resources") / "schemas" / "meeting.json").read_text("utf-8")
    made: dict[str, Any] = json.loads(text)
    return made


def refused(book: Book, data: dict[str, Any]) -> list[tuple[str, str]]:
    """Record what must be refused, see that nothing was written, and return codes with places."""
    acts = len(book.history.acts())
    with pytest.raises(Refused) as refusal:
        book.meetings.record(data)
    assert book.meetings.years() == ()
    assert book.reports.documents() == ()
    assert len(book.history.acts()) == acts
    return [(finding.code, finding.place) for finding in refusal.value.findings]


def test_everything_that_the_data_say_is_recorded(book: Book) -> None:
    file = book.meetings.file(book.meetings.record(meeting_data()))
    marks = {file.name_of(key): mark for key, mark in file.marks.items()}
    assert file.meeting.state is MeetingState.RECORDING
    assert file.name_of(file.meeting.chair_id) == "Nguyễn Văn Mẫu"
    assert marks["Lê Hoàng Đức"].reason is AbsenceReason.WORK
    assert marks["Lê Hoàng Đức"].note == "tập huấn ở tỉnh"
    assert marks["Đỗ Minh Ước"].attendance is Attendance.UNEXCUSED
    assert marks["Hoàng Văn Ấm"].attendance is Attendance.PRESENT
    assert [item.title for item in file.items] == ["Khai mạc", "Nhiệm vụ tháng tới"]
    assert [(guest.name, guest.superior) for guest in file.guests] == [("Lê Thị Hậu", True)]
    assert file.votes[0].in_favour == 3
    assert file.tasks[0].due == date(2026, 11, 25)
    assert (file.scores["2"].tenths, file.scores["4.2"].reason) == (45, "ít ý kiến")
    assert file.meeting.adopted


def test_what_was_said_proposed_and_learnt_is_recorded(book: Book) -> None:
    data = meeting_data(
        format="hybrid",
        notice_on="2026-11-01",
        observer="Phạm Thị Ân",
        late=["Trần Thị Bích"],
        absent=[{"name": "Lê Hoàng Đức", "reason": "work", "accepted_by": "Bí thư"}],
        items=[
            {
                "title": "Nhiệm vụ", "text": "Bí thư trình bày.", "finished": False,
                "speeches": [
                    {"speaker": "Trần Thị Bích", "text": "đề nghị làm sớm"},
                    {"speaker": "Lê Thị Hậu", "text": "nhất trí"},
                ],
            }
        ],
        proposals=[
            {"text": "Sửa mương", "member": "Phạm Thị Ân", "state": "forwarded", "forwarded_to": "xã"}
        ],
        studies=[{"subject": "Nghị quyết Đại hội", "convened": 6, "present": 5}],
        votes=[{"question": "Nhất trí?", "in_favour": 3, "other": 2, "blank": 1, "tellers": "Bích"}],
    )  # fmt: skip
    file = book.meetings.file(book.meetings.record(data))
    assert file.meeting.format is MeetingFormat.HYBRID
    assert (file.meeting.notice_on, file.name_of(file.meeting.observer_id)) == (
        date(2026, 11, 1), "Phạm Thị Ân",
    )  # fmt: skip
    marks = {file.name_of(key): mark for key, mark in file.marks.items()}
    assert (marks["Trần Thị Bích"].late, marks["Lê Hoàng Đức"].accepted_by) == (True, "Bí thư")
    assert file.items[0].text == "Bí thư trình bày.\nTrần Thị Bích: đề nghị làm sớm\nLê Thị Hậu: nhất trí"
    assert not file.items[0].finished
    assert [(speech.speaker, speech.text) for speech in file.speeches] == [
        ("Trần Thị Bích", "đề nghị làm sớm"), ("Lê Thị Hậu", "nhất trí"),
    ]  # fmt: skip
    assert (file.proposals[0].state, file.proposals[0].forwarded_to) == (ProposalState.FORWARDED, "xã")
    assert file.proposals[0].answer_meeting_id == file.meeting.id
    assert (file.studies[0].on, file.studies[0].ratio) == (file.meeting.on, Ratio(5, 6))
    assert (file.votes[0].blank, file.votes[0].invalid, file.votes[0].tellers) == (1, None, "Bích")


def test_a_meeting_closes_with_the_number_that_was_chosen(book: Book) -> None:
    book.meetings.record(meeting_data(close=True, number=7))
    assert [paper.number for paper in book.reports.documents()] == ["07-BB/CB"]


def test_a_whole_meeting_is_one_act_of_the_history(book: Book) -> None:
    before = len(book.history.acts())
    book.meetings.record(meeting_data(close=True))
    assert len(book.history.acts()) == before + 1
    book.history.undo()
    assert (book.meetings.years(), book.reports.documents()) == ((), ())


def test_decomposed_letters_and_capitals_find_the_same_person(book: Book) -> None:
    name = unicodedata.normalize("NFD", "  trần  thị BÍCH ")
    file = book.meetings.file(book.meetings.record(meeting_data(minute_taker=name)))
    assert file.name_of(file.meeting.minute_taker_id) == "Trần Thị Bích"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"kind": "party"}, [("M80", "kind")]),
        ({"kind": None}, [("M86", "kind")]),
        ({"on": "5/11/2026"}, [("M81", "on")]),
        ({"on": "2026-02-30"}, [("M81", "on")]),
        ({"on": 20261105}, [("M81", "on")]),
        ({"start": "19h30"}, [("M87", "start")]),
        ({"end": "24:00"}, [("M87", "end")]),
        ({"place": 4}, [("M84", "place")]),
        ({"chair": "Ai Đó"}, [("M82", "chair")]),
        ({"absents": []}, [("M85", "absents")]),
        ({"absent": "Lê Hoàng Đức"}, [("M84", "absent")]),
        ({"absent": ["Lê Hoàng Đức"]}, [("M84", "absent.0")]),
        ({"absent": [{"name": "Dương Văn Xa"}]}, [("M82", "absent.0.name")]),
        ({"absent": [{"name": "Lê Hoàng Đức", "reason": "tired"}]}, [("M80", "absent.0.reason")]),
        ({"absent": [{"name": "Lê Hoàng Đức", "excused": "yes"}]}, [("M84", "absent.0.excused")]),
        ({"also_present": ["Hoàng Văn Ấm", "Hoàng Văn Ấm"]}, [("M89", "also_present.1")]),
        ({"also_present": ["Lê Hoàng Đức"]}, [("M89", "also_present.0")]),
        ({"guests": [{"nam": "Lê Thị Hậu"}]}, [("M85", "guests.0.nam")]),
        ({"votes": [{"question": "?", "in_favour": -1}]}, [("M84", "votes.0.in_favour")]),
        ({"votes": [{"question": "?", "in_favour": True}]}, [("M84", "votes.0.in_favour")]),
        ({"votes": [{"question": "?", "class": "all"}]}, [("M80", "votes.0.class")]),
        ({"tasks": [{"text": "Việc", "due": "mai"}]}, [("M81", "tasks.0.due")]),
        ({"tasks": [{"text": "Việc", "done_percent": 101}]}, [("M93", "tasks.0.done_percent")]),
        ({"scores": {"1": 4.55}}, [("M88", "scores.1")]),
        ({"scores": {"1": -1}}, [("M88", "scores.1")]),
        ({"scores": {"1": "5"}}, [("M88", "scores.1")]),
        ({"scores": {"1": float("nan")}}, [("M88", "scores.1")]),
        ({"scores": {"1": {"point": 5}}}, [("M85", "scores.1.point"), ("M88", "scores.1")]),
        ({"scores": [5]}, [("M88", "scores")]),
        ({"scores": {"99": 5}}, [("M94", "scores.99")]),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_nothing_is_recorded(
    book: Book, changes: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert refused(book, meeting_data(**changes)) == expected


def test_everything_wrong_is_told_at_once(book: Book) -> None:
    data = meeting_data(chair="Ai Đó", end="9", tasks=[{"text": "Việc", "due": "?"}], extra=1)
    assert [code for code, _ in refused(book, data)] == ["M85", "M82", "M87", "M81"]


def test_a_meeting_without_kind_and_day_is_refused_for_both(book: Book) -> None:
    assert refused(book, {}) == [("M86", "kind"), ("M86", "on")]


def test_two_people_of_one_name_are_told_apart_by_their_year_of_birth(book: Book) -> None:
    joined = MemberEvent(id="", member_id="", kind=EventKind.RECOGNITION, on=None)
    namesake = Member(id="", name="Lê Hoàng Đức", birth=PartialDate("1961"))
    book.members.add(namesake, [joined])
    absent = [{"name": "Lê Hoàng Đức", "reason": "work"}]
    assert refused(book, meeting_data(absent=absent)) == [("M83", "absent.0.name")]
    absent = [{"name": "Lê Hoàng Đức (1961)", "reason": "work"}]
    file = book.meetings.file(book.meetings.record(meeting_data(absent=absent)))
    (away,) = [
        entry.member
        for entry in file.roll
        if entry.member.id in file.marks and file.marks[entry.member.id].attendance is Attendance.EXCUSED
    ]
    assert away.birth == PartialDate("1961")


def test_closing_at_once_with_more_voices_than_voters_records_nothing(book: Book) -> None:
    data = meeting_data(close=True, votes=[{"question": "Thông qua?", "in_favour": 30}])
    assert any(place.startswith("votes.0") for _, place in refused(book, data))


@pytest.mark.parametrize(
    ("points", "tenths"), [(5, 50), (4.5, 45), (2.3, 23), (1.1, 11), (0, 0), (19.9, 199)]
)
def test_points_become_exact_tenths(book: Book, points: float, tenths: int) -> None:
    meeting_id = book.meetings.record(meeting_data(scores={"4.2": points}))
    assert book.meetings.file(meeting_id).scores["4.2"].tenths == tenths


def test_the_schema_knows_exactly_the_keys_that_are_read(schema: dict[str, Any]) -> None:
    properties = schema["properties"]
    lists = [part for part in KEYS if part not in {"", "scores", "items.speeches"}]
    told = {part: properties[part]["items"]["properties"] for part in lists}
    told["items.speeches"] = told["items"]["speeches"]["items"]["properties"]
    told[""] = properties
    told["scores"] = properties["scores"]["additionalProperties"]["anyOf"][1]["properties"]
    assert {part: set(keys) for part, keys in told.items()} == {part: set(KEYS[part]) for part in KEYS}
    undocumented = [key for keys in told.values() for key, value in keys.items() if not value["description"]]
    assert undocumented == []


def test_the_schema_takes_what_is_recorded_and_refuses_what_is_refused(
    book: Book, schema: dict[str, Any]
) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    validator.validate(meeting_data(close=True))
    mistakes: list[dict[str, Any]] = [
        {"kind": "party"}, {"end": "24:00"}, {"absents": []}, {"scores": {"1": -1}},
    ]  # fmt: skip
    for wrong in mistakes:
        assert not validator.is_valid(meeting_data(**wrong))
        refused(book, meeting_data(**wrong))
