"""Meetings from plan to closed minutes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from books import make_cell_book
from recordings import meeting_data

from sochibo import faults
from sochibo.book.book import Book
from sochibo.book.changes import Changes
from sochibo.faults import Refused, Severity
from sochibo.rules.dates import PartialDate
from sochibo.rules.meetings.meetings import (
    AbsenceReason,
    AssignedTask,
    Attendance,
    Guest,
    MeetingKind,
    MeetingState,
    Vote,
)
from sochibo.rules.members.members import EventKind
from sochibo.rules.scoring.scoring import Rating

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


DAY = date(2026, 11, 5)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with make_cell_book(tmp_path / "cell.sochibo") as made:
        yield made


def member_id(book: Book, name: str) -> str:
    return next(entry.member.id for entry in book.members.on(DAY) if entry.member.name == name)


def titles(book: Book, meeting_id: str) -> list[str]:
    return [item.title for item in book.meetings.file(meeting_id).items]


def state(book: Book, meeting_id: str) -> MeetingState:
    return book.meetings.file(meeting_id).meeting.state


class TestRecording:
    """Everything noted on the day, by hand."""

    def test_a_plan_becomes_a_record_with_the_first_mark_and_undo_makes_it_a_plan_again(
        self, book: Book
    ) -> None:
        meeting_id = book.meetings.prepare(MeetingKind.REGULAR, DAY)
        changes = book.meetings.mark(
            meeting_id, member_id(book, "Lê Hoàng Đức"), Attendance.EXCUSED, AbsenceReason.ILLNESS, "sốt"
        )
        assert Changes.MEETINGS in changes
        assert state(book, meeting_id) is MeetingState.RECORDING
        assert book.meetings.file(meeting_id).attendance().excused == 1
        book.history.undo()
        assert state(book, meeting_id) is MeetingState.PLANNED
        assert not book.meetings.file(meeting_id).marks

    @pytest.mark.parametrize("what", ["score", "vote", "text", "task", "end"])
    def test_whatever_is_said_on_the_day_begins_the_record(self, book: Book, what: str) -> None:
        meeting_id = book.meetings.prepare(MeetingKind.REGULAR, DAY)
        file = book.meetings.file(meeting_id)
        acts: dict[str, Callable[[], object]] = {
            "score": lambda: book.meetings.set_score(meeting_id, "1", 50),
            "vote": lambda: book.meetings.set_votes(meeting_id, [a_vote()]),
            "text": lambda: book.meetings.change_item(replace(file.items[0], text="Đồng chí Bích nói.")),
            "task": lambda: book.meetings.set_tasks(meeting_id, [a_task()]),
            "end": lambda: book.meetings.change(replace(file.meeting, end="21:00")),
        }
        acts[what]()
        assert state(book, meeting_id) is MeetingState.RECORDING

    def test_a_new_title_or_a_new_place_is_still_preparation(self, book: Book) -> None:
        meeting_id = book.meetings.prepare(MeetingKind.REGULAR, DAY)
        file = book.meetings.file(meeting_id)
        book.meetings.change_item(replace(file.items[0], title="Khai mạc"))
        book.meetings.change(replace(file.meeting, place="Trường học"))
        assert state(book, meeting_id) is MeetingState.PLANNED

    def test_changing_never_changes_the_state(self, book: Book) -> None:
        meeting_id = book.meetings.prepare(MeetingKind.REGULAR, DAY)
        meeting = book.meetings.file(meeting_id).meeting
        book.meetings.change(replace(meeting, theme="Tiết kiệm", state=MeetingState.SEALED))
        assert book.meetings.file(meeting_id).meeting == replace(meeting, theme="Tiết kiệm")

    def test_a_mark_taken_back_is_gone_and_a_present_person_needs_no_reason(self, book: Book) -> None:
        meeting_id = book.meetings.prepare(MeetingKind.REGULAR, DAY)
        who = member_id(book, "Lê Hoàng Đức")
        book.meetings.mark(meeting_id, who, Attendance.PRESENT, AbsenceReason.WORK)
        assert book.meetings.file(meeting_id).marks[who].reason is None
        book.meetings.mark(meeting_id, who, None)
        assert book.meetings.file(meeting_id).marks == {}

    def test_somebody_not_on_the_roll_cannot_be_marked(self, book: Book) -> None:
        meeting_id = book.meetings.prepare(MeetingKind.REGULAR, DAY)
        everybody = book.members.on(DAY, everybody=True)
        gone = next(entry for entry in everybody if entry.member.name == "Dương Văn Xa")
        with pytest.raises(Refused) as refusal:
            book.meetings.mark(meeting_id, gone.member.id, Attendance.PRESENT)
        assert [finding.code for finding in refusal.value.findings] == ["M91"]

    def test_typing_in_one_item_is_one_act(self, book: Book) -> None:
        meeting_id = book.meetings.prepare(MeetingKind.REGULAR, DAY)
        item = book.meetings.file(meeting_id).items[0]
        before = len(book.history.acts())
        for text in ("Đ", "Đồ", "Đồng chí "):
            book.meetings.change_item(replace(item, text=text))
        assert len(book.history.acts()) == before + 1
        assert book.meetings.file(meeting_id).items[0].text == "Đồng chí "
        book.history.undo()
        assert book.meetings.file(meeting_id).items[0].text == ""

    def test_pasted_text_keeps_its_lines_and_loses_control_signs(self, book: Book) -> None:
        meeting_id = book.meetings.prepare(MeetingKind.REGULAR, DAY)
        item = book.meetings.file(meeting_id).items[0]
        book.meetings.change_item(replace(item, text="Một\r\nHai\vBa\x00\x07"))
        assert book.meetings.file(meeting_id).items[0].text == "Một\nHai\nBa"

    def test_items_are_added_moved_and_removed_in_an_unbroken_order(self, book: Book) -> None:
        meeting_id = book.meetings.record(meeting_data(items=[{"title": "A"}, {"title": "B"}]))
        book.meetings.add_item(meeting_id, "C")
        first = book.meetings.add_item(meeting_id, "D", at=0)
        assert titles(book, meeting_id) == ["D", "A", "B", "C"]
        book.meetings.move_item(first, 2)
        assert titles(book, meeting_id) == ["A", "B", "D", "C"]
        book.meetings.move_item(first, 99)
        assert titles(book, meeting_id) == ["A", "B", "C", "D"]
        book.meetings.remove_item(book.meetings.file(meeting_id).items[1].id)
        items = book.meetings.file(meeting_id).items
        assert [(item.position, item.title) for item in items] == [(0, "A"), (1, "C"), (2, "D")]

    def test_an_item_cannot_be_moved_to_another_meeting_by_changing_it(self, book: Book) -> None:
        here = book.meetings.prepare(MeetingKind.REGULAR, DAY)
        there = book.meetings.prepare(MeetingKind.THEMATIC, DAY)
        item = book.meetings.file(here).items[0]
        book.meetings.change_item(replace(item, title="Mới", meeting_id=there, position=7))
        assert book.meetings.file(here).items[0] == replace(item, title="Mới")

    def test_lists_are_replaced_and_keep_the_ids_they_had(self, book: Book) -> None:
        meeting_id = book.meetings.prepare(MeetingKind.REGULAR, DAY)
        guests = [a_guest("Lê Thị Hậu"), a_guest("Trần Văn Khách")]
        book.meetings.set_guests(meeting_id, guests)
        first, second = book.meetings.file(meeting_id).guests
        book.meetings.set_guests(meeting_id, [second, a_guest("Ngô Thị Mới")])
        after = book.meetings.file(meeting_id).guests
        assert [guest.name for guest in after] == ["Trần Văn Khách", "Ngô Thị Mới"]
        assert after[0].id == second.id
        assert first.id not in {guest.id for guest in after}
        assert [guest.position for guest in after] == [0, 1]

    @pytest.mark.parametrize("wrong", [{"in_favour": -1}, {"against": -2}, {"other": -3}])
    def test_voices_below_none_are_refused(self, book: Book, wrong: dict[str, int]) -> None:
        meeting_id = book.meetings.prepare(MeetingKind.REGULAR, DAY)
        with pytest.raises(Refused) as refusal:
            book.meetings.set_votes(meeting_id, [replace(a_vote(), **wrong)])  # type: ignore[arg-type] # counts
        assert refusal.value.findings[0].place == "votes.0"
        assert book.meetings.file(meeting_id).votes == ()

    def test_a_task_reports_its_result_after_its_minutes_are_closed(self, book: Book) -> None:
        meeting_id = book.meetings.record(meeting_data(close=True))
        (task,) = book.meetings.tasks_due(date(2026, 11, 1), date(2026, 11, 30))
        book.meetings.report_task(replace(task, done_percent=100, result="Đã xong", text="khác"))
        (after,) = book.meetings.file(meeting_id).tasks
        assert after == replace(task, done_percent=100, result="Đã xong")
        with pytest.raises(Refused) as refusal:
            book.meetings.report_task(replace(task, done_percent=101))
        assert refusal.value.findings[0].code == "M93"

    def test_points_are_given_changed_and_taken_back(self, book: Book) -> None:
        meeting_id = book.meetings.prepare(MeetingKind.REGULAR, DAY)
        book.meetings.set_score(meeting_id, "3.1", 45, "thiếu tài liệu")
        book.meetings.set_score(meeting_id, "3.1", 40, "thiếu tài liệu")
        score = book.meetings.file(meeting_id).scores["3.1"]
        assert (score.tenths, score.reason) == (40, "thiếu tài liệu")
        book.meetings.set_score(meeting_id, "3.1", None)
        assert book.meetings.file(meeting_id).scores == {}

    @pytest.mark.parametrize(
        ("kind", "criterion", "tenths", "code"),
        [
            (MeetingKind.REGULAR, "99", 10, "M94"),
            (MeetingKind.CELL_COMMITTEE, "1", 10, "M94"),
            (MeetingKind.REGULAR, "1", -1, "M95"),
        ],
    )
    def test_points_that_no_framework_knows_are_refused(
        self, book: Book, kind: MeetingKind, criterion: str, tenths: int, code: str
    ) -> None:
        meeting_id = book.meetings.prepare(kind, DAY)
        with pytest.raises(Refused) as refusal:
            book.meetings.set_score(meeting_id, criterion, tenths)
        assert [finding.code for finding in refusal.value.findings] == [code]

    def test_removing_takes_everything_along_and_undo_brings_it_back(self, book: Book) -> None:
        meeting_id = book.meetings.record(meeting_data())
        whole = book.meetings.file(meeting_id)
        book.meetings.remove(meeting_id)
        assert book.meetings.years() == ()
        with pytest.raises(KeyError):
            book.meetings.file(meeting_id)
        book.history.undo()
        assert book.meetings.file(meeting_id) == whole

    def test_a_book_open_for_reading_only_says_so_and_keeps_everything(
        self, book: Book, tmp_path: Path
    ) -> None:
        meeting_id = book.meetings.record(meeting_data())
        whole = book.meetings.file(meeting_id)
        with Book.open(tmp_path / "cell.sochibo", read_only=True) as reader:
            with pytest.raises(faults.Fault) as fault:
                reader.meetings.set_guests(meeting_id, [])
            assert fault.value.code == "B06"
            assert reader.meetings.file(meeting_id) == whole


class TestLists:
    """The year as the window lists it."""

    def test_a_year_is_listed_in_the_order_of_days_with_counts_and_score(self, book: Book) -> None:
        book.meetings.record(meeting_data(on="2026-12-03"))
        book.meetings.record(meeting_data(close=True))
        book.meetings.record(meeting_data(on="2025-11-03", absent=[]))
        assert book.meetings.years() == (2026, 2025)
        first, second = book.meetings.lines(2026)
        assert (first.meeting.on, second.meeting.on) == (DAY, date(2026, 12, 3))
        # Expected: four active and a guest in temporary activity, plus the probationary member.
        assert (first.count.present, first.count.expected) == (4, 6)
        assert (first.tenths, first.rating, first.minutes_number) == (985, Rating.GOOD, "01-BB/CB")
        assert second.minutes_number == ""

    def test_a_closed_meeting_keeps_its_figures_whatever_is_learnt_later(self, book: Book) -> None:
        meeting_id = book.meetings.record(meeting_data())
        open_line = book.meetings.lines(2026)[0]
        open_figures = book.meetings.figures(meeting_id)
        book.meetings.close(meeting_id)
        (line,) = book.meetings.lines(2026)
        assert line == replace(open_line, meeting=line.meeting, minutes_number="01-BB/CB")
        who = member_id(book, "Trần Thị Bích")
        book.members.record_event(who, EventKind.TRANSFER_OUT, PartialDate("2026-11-01"))
        assert book.meetings.lines(2026) == (line,)
        assert book.meetings.figures(meeting_id) == replace(open_figures, minutes="01-BB/CB")


class TestClosing:
    """The minutes get their number and are locked."""

    def test_closing_allots_the_number_and_keeps_the_data(self, book: Book) -> None:
        meeting_id = book.meetings.record(meeting_data())
        document = book.reports.get(book.meetings.close(meeting_id))
        assert (document.number, document.period, document.issued_on) == ("01-BB/CB", "2026-11-05", DAY)
        assert state(book, meeting_id) is MeetingState.CLOSED
        envelope = book.reports.envelope(document.id)
        assert envelope.rules == ("HD42-2025", "HD42-2025")
        assert (envelope.template, envelope.previous) == ("HD05-2026/1", None)
        assert book.reports.minutes_of(meeting_id) == document

    def test_red_findings_keep_it_open(self, book: Book) -> None:
        meeting_id = book.meetings.record(meeting_data(votes=[{"question": "Đồng ý?", "in_favour": 30}]))
        reds = [one for one in book.meetings.findings(meeting_id) if one.severity is Severity.RED]
        with pytest.raises(Refused) as refusal:
            book.meetings.close(meeting_id)
        assert list(refusal.value.findings) == reds
        assert reds
        assert state(book, meeting_id) is MeetingState.RECORDING
        assert book.reports.documents() == ()

    def test_a_closed_meeting_refuses_every_change(self, book: Book) -> None:
        meeting_id = book.meetings.record(meeting_data(close=True))
        before = book.meetings.file(meeting_id)
        meetings = book.meetings
        acts: list[Callable[[], object]] = [
            lambda: meetings.change(replace(before.meeting, place="Khác")),
            lambda: meetings.remove(meeting_id),
            lambda: meetings.mark(meeting_id, before.roll[0].member.id, Attendance.UNEXCUSED),
            lambda: meetings.mark(meeting_id, before.roll[0].member.id, None),
            lambda: meetings.add_item(meeting_id, "Khác"),
            lambda: meetings.change_item(replace(before.items[0], text="Khác")),
            lambda: meetings.remove_item(before.items[0].id),
            lambda: meetings.move_item(before.items[0].id, 1),
            lambda: meetings.set_guests(meeting_id, []),
            lambda: meetings.set_votes(meeting_id, []),
            lambda: meetings.set_tasks(meeting_id, []),
            lambda: meetings.set_score(meeting_id, "1", 10),
            lambda: meetings.set_score(meeting_id, "1", None),
            lambda: meetings.close(meeting_id),
        ]
        for act in acts:
            with pytest.raises(Refused) as refusal:
                act()
            assert [finding.code for finding in refusal.value.findings] == ["M90"]
        assert book.meetings.file(meeting_id) == before

    def test_undo_opens_the_minutes_again_and_the_number_is_free_again(self, book: Book) -> None:
        meeting_id = book.meetings.record(meeting_data())
        book.meetings.close(meeting_id)
        book.history.undo()
        assert state(book, meeting_id) is MeetingState.RECORDING
        assert book.reports.documents() == ()
        assert book.reports.get(book.meetings.close(meeting_id)).number == "01-BB/CB"
        assert book.history.undoable() is not None
        book.history.undo()
        book.history.redo()
        assert state(book, meeting_id) is MeetingState.CLOSED

    def test_numbers_run_through_a_term_and_begin_anew_with_the_next(self, book: Book) -> None:
        book.add_term("2030–2035", date(2026, 12, 1))
        ids = [
            book.meetings.record(meeting_data(on=on, close=True))
            for on in ("2026-10-05", "2026-11-05", "2026-12-05")
        ]
        papers = [book.reports.minutes_of(meeting_id) for meeting_id in ids]
        assert [paper.number for paper in papers if paper] == ["01-BB/CB", "02-BB/CB", "01-BB/CB"]
        digests = [paper.digest for paper in papers if paper]
        before = [book.reports.envelope(paper.id).previous for paper in papers if paper]
        assert before == [None, *digests[:2]]

    def test_a_day_in_no_term_is_refused(self, book: Book) -> None:
        meeting_id = book.meetings.record(
            meeting_data(on="2025-02-05", absent=[], votes=[], scores={}, not_scored="chưa có khung")
        )
        with pytest.raises(Refused) as refusal:
            book.meetings.close(meeting_id)
        assert [finding.code for finding in refusal.value.findings] == ["O90"]
        assert state(book, meeting_id) is MeetingState.RECORDING


def a_vote() -> Vote:
    return Vote(id="", meeting_id="", position=0, question="Thông qua nghị quyết", in_favour=4)


def a_task() -> AssignedTask:
    return AssignedTask(id="", meeting_id="", position=0, text="Rà soát hộ nghèo")


def a_guest(name: str) -> Guest:
    return Guest(id="", meeting_id="", position=0, name=name)
