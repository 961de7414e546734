"""The boxes of the national app, filled from a book: what they say, and what was copied of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from books import make_cell_book
from recordings import meeting_data

from sochibo import paths
from sochibo.book.book import Book
from sochibo.book.meetings.coexistence import CopyState, UnusableOrder
from sochibo.documents import papers
from sochibo.rules.dates import PartialDate
from sochibo.rules.meetings.coexistence import AppValue, FilledField
from sochibo.rules.meetings.coexistence_files import FILE
from sochibo.rules.meetings.meetings import MeetingKind
from sochibo.rules.members.members import EventKind
from sochibo.rules.reports import ReportKind
from sochibo.storage.engine.connection import ReadOnlyBook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = date(2026, 11, 3)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with make_cell_book(tmp_path / "cell.sochibo") as made:
        yield made


@pytest.fixture
def held(book: Book) -> str:
    return book.meetings.record(meeting_data(on=DAY.isoformat(), close=True))


def field_of(book: Book, meeting_id: str, value: AppValue) -> FilledField:
    return next(one.field for one in book.coexistence.fields(meeting_id) if one.field.value is value)


def text_of(book: Book, meeting_id: str, value: AppValue) -> str:
    return field_of(book, meeting_id, value).text


def state_of(book: Book, meeting_id: str, value: AppValue) -> CopyState:
    return next(one.state for one in book.coexistence.fields(meeting_id) if one.field.value is value)


class TestTexts:
    """What goes into the boxes."""

    def test_closed_minutes_fill_them_as_they_were_closed(self, book: Book, held: str) -> None:
        assert text_of(book, held, AppValue.MINUTES) == "Biên bản số 01-BB/CB"
        before = text_of(book, held, AppValue.PRESENT)
        entry = book.members.on(DAY)[0]
        book.members.record_event(entry.member.id, EventKind.EXEMPTION, PartialDate("2026-10-01"))
        assert text_of(book, held, AppValue.PRESENT) == before

    def test_a_meeting_being_prepared_tells_no_attendance(self, book: Book) -> None:
        planned = book.meetings.prepare(MeetingKind.REGULAR, date(2026, 12, 3))
        assert text_of(book, planned, AppValue.DAY) == "03/12/2026"
        assert state_of(book, planned, AppValue.PRESENT) is CopyState.EMPTY
        assert state_of(book, planned, AppValue.EXCUSED) is CopyState.EMPTY

    def test_issued_papers_are_named_with_their_numbers(self, book: Book, held: str) -> None:
        assert state_of(book, held, AppValue.PAPERS_BEFORE) is CopyState.EMPTY
        book.papers.issue(ReportKind.NOTICE, held, DAY)
        assert text_of(book, held, AppValue.PAPERS_BEFORE) == "Thông báo số 01-TB/CB"

    def test_who_came_and_went_in_the_month_is_listed_and_nobody_of_another_month(self, book: Book) -> None:
        meeting = book.meetings.prepare(MeetingKind.REGULAR, date(2025, 10, 3))
        first, second, *_ = book.members.on(date(2025, 10, 3))
        assert text_of(book, meeting, AppValue.MEMBER_CHANGES) == ""
        book.members.record_event(first.member.id, EventKind.TRANSFER_OUT, PartialDate("2025-10-20"))
        book.members.record_event(second.member.id, EventKind.TRANSFER_OUT, PartialDate("2025-11-01"))
        said = text_of(book, meeting, AppValue.MEMBER_CHANGES)
        assert said == f"{first.member.name} – chuyển đi, 20/10/2025"

    def test_no_identity_number_stands_anywhere(self, book: Book, held: str) -> None:
        numbers = [
            number
            for entry in book.members.on(DAY, everybody=True)
            for number in (entry.member.identity_no, entry.member.card_no)
            if number
        ]
        assert numbers
        text = "".join(papers.page_texts(book.papers.preview(ReportKind.COEXISTENCE, held, DAY)))
        assert not [number for number in numbers if number in text]


class TestTicks:
    """What was copied of a meeting."""

    def test_a_tick_stays_until_the_text_changes(self, book: Book) -> None:
        planned = book.meetings.prepare(MeetingKind.REGULAR, date(2026, 12, 3))
        meeting = replace(book.meetings.file(planned).meeting, place="Nhà văn hóa")
        book.meetings.change(meeting)
        book.coexistence.mark(planned, field_of(book, planned, AppValue.PLACE))
        assert state_of(book, planned, AppValue.PLACE) is CopyState.COPIED
        assert state_of(book, planned, AppValue.DAY) is CopyState.OPEN
        book.meetings.change(replace(meeting, place="Hội trường xã"))
        assert state_of(book, planned, AppValue.PLACE) is CopyState.CHANGED
        book.coexistence.mark(planned, field_of(book, planned, AppValue.PLACE), copied=False)
        assert state_of(book, planned, AppValue.PLACE) is CopyState.OPEN

    def test_ticks_outlive_the_program_and_are_of_one_meeting(self, tmp_path: Path) -> None:
        path = tmp_path / "a.sochibo"
        with make_cell_book(path) as book:
            one = book.meetings.record(meeting_data(on="2026-10-03"))
            other = book.meetings.record(meeting_data(on="2026-11-03"))
            book.coexistence.mark(one, field_of(book, one, AppValue.DAY))
        with Book.open(path, read_only=True) as book:
            assert state_of(book, one, AppValue.DAY) is CopyState.COPIED
            assert state_of(book, other, AppValue.DAY) is CopyState.OPEN
            with pytest.raises(ReadOnlyBook):
                book.coexistence.mark(one, field_of(book, one, AppValue.PLACE))

    def test_undo_leaves_ticks_alone(self, book: Book, held: str) -> None:
        book.coexistence.mark(held, field_of(book, held, AppValue.DAY))
        book.history.undo()
        book.history.redo()
        assert state_of(book, held, AppValue.DAY) is CopyState.COPIED


def test_an_unusable_list_of_boxes_is_a_known_trouble_with_its_line(
    book: Book, held: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "settings_folder", lambda: tmp_path)
    (tmp_path / FILE).write_text('[[orders]]\nid = "x"\n', "utf-8")
    with pytest.raises(UnusableOrder) as told:
        book.coexistence.fields(held)
    assert "line 1" in str(told.value.fields["trouble"])


def test_it_is_only_printed(book: Book, held: str) -> None:
    assert not book.papers.is_issued(ReportKind.COEXISTENCE)
    assert book.papers.document(ReportKind.COEXISTENCE, held) is None
