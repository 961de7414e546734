"""The register and the events that can and cannot have happened."""

from __future__ import annotations

import dataclasses
import unicodedata
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from books import make_cell_book
from recordings import meeting_data

from sochibo.book.changes import Changes
from sochibo.faults import Refused
from sochibo.rules.dates import PartialDate
from sochibo.rules.meetings.meetings import Attendance, MeetingKind
from sochibo.rules.members.members import Activity, EventKind, Member, MemberEvent, Membership, Standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sochibo.book.book import Book

DAY = date(2026, 11, 5)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with make_cell_book(tmp_path / "s.sochibo") as made:
        yield made


def person(book: Book, name: str) -> Member:
    (found,) = (entry.member for entry in book.members.on(DAY, everybody=True) if entry.member.name == name)
    return found


def standing(book: Book, name: str, day: date = DAY) -> Standing:
    (found,) = (e.standing for e in book.members.on(day, everybody=True) if e.member.name == name)
    return found


def codes(act: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as caught:
        act()
    return [finding.code for finding in caught.value.findings]


def record(book: Book, name: str, kind: EventKind, on: str | None, until: str | None = None) -> Changes:
    return book.members.record_event(
        person(book, name).id,
        kind,
        PartialDate(on) if on else None,
        until=PartialDate(until) if until else None,
    )


def test_names_come_in_vietnamese_order(book: Book) -> None:
    assert [entry.member.name for entry in book.members.on(DAY)] == [
        "Bùi Quang Án", "Hoàng Văn Ấm", "Phạm Thị Ân", "Trần Thị Bích", "Lê Hoàng Đức", "Ngô Thị Hòa",
        "Nguyễn Văn Mẫu", "Đặng Văn Tuấn", "Đỗ Minh Ước", "Vũ Thị Yến",
    ]  # fmt: skip


def test_any_past_day_can_be_asked(book: Book) -> None:
    assert standing(book, "Dương Văn Xa", date(2024, 12, 30)).activity is Activity.ACTIVE
    assert standing(book, "Dương Văn Xa", date(2024, 12, 31)).activity is Activity.LEFT
    assert standing(book, "Đỗ Minh Ước").membership is Membership.PROBATIONARY


def test_a_member_is_added_with_the_events_in_one_act(book: Book) -> None:
    events = [MemberEvent(id="", member_id="", kind=EventKind.TRANSFER_IN, on=PartialDate("2026-10-01"))]
    name = unicodedata.normalize("NFD", "  Trịnh  Văn Đến ")
    assert book.members.add(Member(id="", name=name), events) is Changes.MEMBERS
    made = person(book, "Trịnh Văn Đến")
    (event,) = book.members.events(made.id)
    assert (event.member_id, event.kind) == (made.id, EventKind.TRANSFER_IN)
    book.history.undo()
    with pytest.raises(KeyError):
        book.members.get(made.id)
    assert book.members.events(made.id) == ()


def test_a_member_needs_a_name_and_a_possible_birth(book: Book) -> None:
    assert codes(lambda: book.members.add(Member(id="", name="  "))) == ["P01"]
    unborn = Member(id="", name="Trịnh Văn Đến", birth=PartialDate("2999"))
    assert codes(lambda: book.members.add(unborn)) == ["P11"]


def test_odd_numbers_and_ages_are_told_but_recorded(book: Book) -> None:
    bich = person(book, "Trần Thị Bích")
    odd = dataclasses.replace(bich, identity_no=person(book, "Lê Hoàng Đức").identity_no, card_no="123")
    assert [finding.code for finding in book.members.check(odd)] == ["P03", "P04"]
    assert [finding.code for finding in book.members.check(dataclasses.replace(bich, identity_no="12"))] == [
        "P02"
    ]
    young = dataclasses.replace(bich, birth=PartialDate("1985"))
    assert [finding.code for finding in book.members.check(young)] == ["P17"]
    assert book.members.change(odd) is Changes.MEMBERS
    assert book.members.get(bich.id) == odd


def test_changing_twice_in_a_row_is_one_act(book: Book) -> None:
    bich = person(book, "Trần Thị Bích")
    known = len(book.history.acts())
    book.members.change(dataclasses.replace(bich, phone="09"))
    book.members.change(dataclasses.replace(bich, phone="0912"))
    assert len(book.history.acts()) == known + 1
    book.history.undo()
    assert book.members.get(bich.id) == bich


def test_a_note_keeps_its_lines(book: Book) -> None:
    bich = person(book, "Trần Thị Bích")
    book.members.change(dataclasses.replace(bich, note=" dòng một\ndòng hai "))
    assert book.members.get(bich.id).note == "dòng một\ndòng hai"


def test_someone_recorded_by_mistake_can_be_removed(book: Book) -> None:
    yen = person(book, "Vũ Thị Yến")
    events = book.members.events(yen.id)
    assert book.members.remove(yen.id) is Changes.MEMBERS
    with pytest.raises(KeyError):
        book.members.get(yen.id)
    book.history.undo()
    assert (book.members.get(yen.id), book.members.events(yen.id)) == (yen, events)


def test_an_event_changes_the_standing_and_can_be_taken_back(book: Book) -> None:
    assert record(book, "Trần Thị Bích", EventKind.EXEMPTION, "2026-11-01") is Changes.MEMBERS
    assert standing(book, "Trần Thị Bích").activity is Activity.EXEMPT
    newest = book.members.events(person(book, "Trần Thị Bích").id)[-1]
    assert newest.kind is EventKind.EXEMPTION
    assert book.members.remove_event(newest.id) is Changes.MEMBERS
    assert standing(book, "Trần Thị Bích").activity is Activity.ACTIVE


def test_events_stand_in_the_order_of_time(book: Book) -> None:
    record(book, "Trần Thị Bích", EventKind.SUSPENSION, "2026-02-01")
    record(book, "Trần Thị Bích", EventKind.RESUMPTION, "2026-05-01")
    record(book, "Trần Thị Bích", EventKind.TEMPORARY_OUT, "2025-05-01", "2025-08-01")
    events = book.members.events(person(book, "Trần Thị Bích").id)
    assert [event.on.iso for event in events if event.on] == [
        "1998",
        "1999",
        "2025-05-01",
        "2026-02-01",
        "2026-05-01",
    ]


TOMORROW = (datetime.now(UTC).astimezone().date() + timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    ("name", "kind", "on", "until", "code"),
    [
        ("Trần Thị Bích", EventKind.EXEMPTION, TOMORROW, None, "P12"),
        ("Trần Thị Bích", EventKind.EXEMPTION, "2026-10-01", "2026-09-01", "P13"),
        ("Đỗ Minh Ước", EventKind.RECOGNITION, "1998", None, "P14"),
        ("Lý Thị Quá", EventKind.EXEMPTION, "2025-07-01", None, "P15"),
        ("Đỗ Minh Ước", EventKind.RECOGNITION, "2026-05-18", None, "P16"),
        ("Trần Thị Bích", EventKind.ADMISSION, "2026-01-01", None, "P21"),
        ("Trần Thị Bích", EventKind.RECOGNITION, "2026-01-01", None, "P23"),
        ("Phạm Thị Ân", EventKind.RECOGNITION, None, None, "P23"),
        ("Trần Thị Bích", EventKind.RESUMPTION, "2026-01-01", None, "P24"),
        ("Trần Thị Bích", EventKind.READMISSION, "2026-01-01", None, "P21"),
        ("Hoàng Văn Ấm", EventKind.TEMPORARY_IN, "2026-11-05", None, "P25"),
        ("Lý Thị Quá", EventKind.DEATH, "2025-08-01", None, "P26"),
        ("Dương Văn Xa", EventKind.TRANSFER_OUT, "2026-01-01", None, "P27"),
        ("Dương Văn Xa", EventKind.SUSPENSION, "2026-01-01", None, "P27"),
    ],
)
def test_what_cannot_have_happened_is_refused(
    book: Book, name: str, kind: EventKind, on: str | None, until: str | None, code: str
) -> None:
    before = book.members.events(person(book, name).id)
    assert code in codes(lambda: record(book, name, kind, on, until))
    assert book.members.events(person(book, name).id) == before


def test_nobody_is_recognised_who_was_never_admitted(book: Book) -> None:
    book.members.add(Member(id="", name="Trịnh Văn Đến"))
    assert codes(lambda: record(book, "Trịnh Văn Đến", EventKind.RECOGNITION, "2026-01-01")) == ["P22"]
    record(book, "Trịnh Văn Đến", EventKind.ADMISSION, None)
    record(book, "Trịnh Văn Đến", EventKind.RECOGNITION, "2026-01-01")
    assert standing(book, "Trịnh Văn Đến").membership is Membership.OFFICIAL


@pytest.mark.parametrize(
    ("name", "kind", "on"),
    [
        ("Đỗ Minh Ước", EventKind.RECOGNITION, "2026-11-05"),
        ("Hoàng Văn Ấm", EventKind.RESUMPTION, "2026-11-05"),
        ("Bùi Quang Án", EventKind.RESUMPTION, "2026-11"),
        ("Dương Văn Xa", EventKind.TRANSFER_IN, "2026-11-05"),
        ("Dương Văn Xa", EventKind.DEATH, "2026-01-05"),
        ("Ngô Thị Hòa", EventKind.TRANSFER_IN, "2026-11-05"),
        ("Hoàng Văn Ấm", EventKind.DEATH, "2026"),
        ("Đặng Văn Tuấn", EventKind.EXPULSION, "2026-11-05"),
        ("Phạm Thị Ân", EventKind.ADMISSION, "1976"),
    ],
)
def test_what_can_have_happened_is_believed(book: Book, name: str, kind: EventKind, on: str) -> None:
    known = len(book.members.events(person(book, name).id))
    assert record(book, name, kind, on) is Changes.MEMBERS
    assert len(book.members.events(person(book, name).id)) == known + 1


def test_who_moves_in_is_entered_in_the_order_of_life(book: Book) -> None:
    book.members.add(Member(id="", name="Trịnh Văn Đến"))
    record(book, "Trịnh Văn Đến", EventKind.ADMISSION, "1990-03-03")
    record(book, "Trịnh Văn Đến", EventKind.RECOGNITION, "1991-03-03")
    record(book, "Trịnh Văn Đến", EventKind.TRANSFER_IN, "2026-03-03")
    assert not standing(book, "Trịnh Văn Đến", date(2026, 3, 2)).listed
    assert standing(book, "Trịnh Văn Đến", date(2026, 3, 3)).belongs
    assert codes(lambda: record(book, "Trịnh Văn Đến", EventKind.TRANSFER_IN, "2026-05-03")) == ["P25"]
    arrival = book.members.events(person(book, "Trịnh Văn Đến").id)[-1]
    book.members.change_event(dataclasses.replace(arrival, other_organisation="Chi bộ thôn 7"))
    assert standing(book, "Trịnh Văn Đến", date(2026, 3, 2)).activity is Activity.LEFT


def test_nobody_arrives_whom_finished_minutes_count_already(book: Book) -> None:
    book.meetings.close(book.meetings.record(meeting_data()))
    for kind in (EventKind.TRANSFER_IN, EventKind.TEMPORARY_IN):
        assert codes(partial(record, book, "Trần Thị Bích", kind, "2026-11-12")) == ["P25"]
    assert record(book, "Ngô Thị Hòa", EventKind.TRANSFER_IN, "2026-11-12") is Changes.MEMBERS


@pytest.mark.parametrize(
    ("birth", "admitted", "odd"),
    [
        # QĐ 294-QĐ/TW, 26/5/2025, §1: from 18 to 60, counted by month.
        ("2007-12-30", "2025-11-05", True),
        ("2007-11-30", "2025-11-05", False),
        ("1965-11-05", "2025-11-30", False),
        ("1965-10-31", "2025-11-05", True),
        ("2007", "2025-11-05", False),
        ("1965", "2025-11-05", False),
        ("1960", "1980", False),
    ],
)
def test_the_age_at_admission_is_counted_by_month(
    book: Book, birth: str, admitted: str, *, odd: bool
) -> None:
    book.members.add(Member(id="", name="Trịnh Văn Trẻ", birth=PartialDate(birth)))
    record(book, "Trịnh Văn Trẻ", EventKind.ADMISSION, admitted)
    said = [finding.code for finding in book.members.check(person(book, "Trịnh Văn Trẻ"))]
    assert ("P17" in said) is odd


def test_one_card_number_under_two_names_is_told(book: Book) -> None:
    book.members.change(dataclasses.replace(person(book, "Trần Thị Bích"), card_no="001170009999"))
    twin = dataclasses.replace(person(book, "Vũ Thị Yến"), card_no="001170009999")
    assert [(one.code, one.place) for one in book.members.check(twin)] == [("P04", "card_no")]


def test_an_old_mistake_does_not_keep_the_book_from_going_on(book: Book) -> None:
    an = person(book, "Phạm Thị Ân")
    record(book, "Phạm Thị Ân", EventKind.TEMPORARY_OUT, "1990", "1991")
    record(book, "Phạm Thị Ân", EventKind.RESUMPTION, "1991")
    assert codes(lambda: book.members.change(dataclasses.replace(an, birth=PartialDate("1995")))) == [
        "P14",
        "P14",
    ]
    assert book.members.get(an.id) == an


def test_someone_whom_a_meeting_knows_cannot_be_removed(book: Book) -> None:
    meeting = book.meetings.prepare(MeetingKind.REGULAR, DAY)
    yen = person(book, "Vũ Thị Yến")
    book.meetings.mark(meeting, yen.id, Attendance.PRESENT)
    assert codes(lambda: book.members.remove(yen.id)) == ["P31"]
    assert book.members.get(yen.id) == yen


def test_someone_whom_finished_minutes_count_without_naming_cannot_be_removed(book: Book) -> None:
    book.meetings.close(book.meetings.record(meeting_data()))
    counted, gone = person(book, "Phạm Thị Ân"), person(book, "Dương Văn Xa")
    assert codes(lambda: book.members.remove(counted.id)) == ["P31"]
    assert book.members.remove(gone.id) is Changes.MEMBERS
