"""What a new meeting begins with, and on which day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from books import make_cell_book
from recordings import meeting_data

from sochibo.rules.dates import PartialDate
from sochibo.rules.meetings.meetings import (
    MeetingKind,
    MeetingState,
)
from sochibo.rules.meetings.practice import usual_agenda
from sochibo.rules.members.members import EventKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sochibo.book.book import Book


DAY = date(2026, 11, 5)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with make_cell_book(tmp_path / "cell.sochibo") as made:
        yield made


def member_id(book: Book, name: str) -> str:
    return next(entry.member.id for entry in book.members.on(DAY) if entry.member.name == name)


class TestPreparing:
    """What a new meeting begins with, and on which day."""

    def test_the_first_meeting_has_the_usual_agenda_place_and_hour_and_the_secretary_as_chair(
        self, book: Book
    ) -> None:
        book.change_organisation(replace(book.organisation(), regular_place="Nhà văn hóa"))
        meeting_id = book.meetings.prepare(MeetingKind.REGULAR, DAY)
        file = book.meetings.file(meeting_id)
        assert tuple(item.title for item in file.items) == usual_agenda(MeetingKind.REGULAR)
        assert (file.meeting.start, file.meeting.place) == ("19:30", "Nhà văn hóa")
        assert file.name_of(file.meeting.chair_id) == "Nguyễn Văn Mẫu"
        assert file.meeting.state is MeetingState.PLANNED

    def test_the_last_of_its_kind_carries_over_but_nothing_that_was_said(self, book: Book) -> None:
        book.meetings.record(meeting_data())
        book.meetings.record(meeting_data(kind="thematic", on="2026-11-20", place="Hội trường xã"))
        file = book.meetings.file(book.meetings.prepare(MeetingKind.REGULAR, date(2026, 12, 3)))
        meeting = file.meeting
        assert (meeting.place, meeting.start, meeting.end) == ("Nhà văn hóa Thôn 4", "19:30", "")
        assert file.name_of(meeting.minute_taker_id) == "Trần Thị Bích"
        assert meeting.fee_note == "Đã đóng đảng phí đầy đủ."
        assert [(item.title, item.text) for item in file.items] == [
            ("Khai mạc", ""), ("Nhiệm vụ tháng tới", ""),
        ]  # fmt: skip
        assert (file.marks, file.votes, file.tasks, file.scores, meeting.conclusion) == ({}, (), (), {}, "")

    def test_a_chair_who_left_the_cell_is_not_carried_over(self, book: Book) -> None:
        away = member_id(book, "Nguyễn Văn Mẫu")
        book.meetings.record(meeting_data())
        book.members.record_event(away, EventKind.TRANSFER_OUT, PartialDate("2026-11-10"))
        meeting_id = book.meetings.prepare(MeetingKind.REGULAR, date(2026, 12, 3))
        assert book.meetings.file(meeting_id).meeting.chair_id is None

    def test_a_theme_is_given_anew(self, book: Book) -> None:
        meeting_id = book.meetings.prepare(MeetingKind.THEMATIC, DAY, theme="Tiết kiệm")
        assert book.meetings.file(meeting_id).meeting.theme == "Tiết kiệm"

    @pytest.mark.parametrize(
        ("regular_day", "after", "expected"),
        [
            (3, date(2026, 11, 1), date(2026, 11, 3)),
            (3, date(2026, 11, 3), date(2026, 11, 3)),
            (3, date(2026, 11, 4), date(2026, 12, 3)),
            (31, date(2027, 2, 1), date(2027, 2, 28)),
            (30, date(2028, 2, 1), date(2028, 2, 29)),
        ],
    )
    def test_the_next_regular_day_is_clamped_to_its_month(
        self, book: Book, regular_day: int, after: date, expected: date
    ) -> None:
        book.change_organisation(replace(book.organisation(), regular_day=regular_day))
        assert book.meetings.suggest_day(after) == expected

    def test_a_month_with_a_regular_meeting_is_passed_over(self, book: Book) -> None:
        book.meetings.prepare(MeetingKind.COMBINED, date(2026, 11, 20))
        book.meetings.prepare(MeetingKind.THEMATIC, date(2026, 12, 20))
        assert book.meetings.suggest_day(date(2026, 11, 1)) == date(2026, 12, 3)
