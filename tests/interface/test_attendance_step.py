"""Attendance worked by the keyboard alone, on a real meeting of a real book."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from windows import compose, frame_of, open_window, press, settle

from sochibo.book.book import Book
from sochibo.interface.meetings.meeting_page import MeetingPage
from sochibo.interface.meetings.steps.attendance import AttendanceStep
from sochibo.rules.meetings.meetings import AbsenceReason, Attendance, MeetingKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sochibo.rules.meetings.meetings import Mark

KEYS = {"\r": Qt.Key.Key_Return, "\b": Qt.Key.Key_Backspace, "\x1b": Qt.Key.Key_Escape}


@contextmanager
def roll_call(path: Path, language: str = "vi") -> Iterator[tuple[MeetingPage, AttendanceStep]]:
    with Book.open(path) as book:
        meeting_id = book.meetings.prepare(MeetingKind.REGULAR, date(2026, 11, 3))
    with open_window(path, language=language) as window:
        frame = frame_of(window)
        frame.go(f"meeting:{meeting_id}")
        page = frame.page
        assert isinstance(page, MeetingPage)
        page.open_step(1)
        step = page.step
        assert isinstance(step, AttendanceStep)
        settle()
        yield page, step


def strike(step: AttendanceStep, signs: str) -> None:
    for sign in signs:
        press(step.table, KEYS.get(sign, Qt.Key(ord(sign.upper()))), "" if sign == "\x1b" else sign)


def in_hand(step: AttendanceStep) -> str:
    name: str = step.table.record().entry.member.name
    return name


def mark_of(step: AttendanceStep) -> Mark | None:
    return step.desk.file.marks.get(step.table.record().entry.member.id)


def test_everybody_expected_is_present_until_someone_is_marked(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with roll_call(cell_path) as (_page, step):
        assert step.table.hasFocus()
        assert step.sentence.text() == "6/6 có mặt (100%)."
        assert {line.attendance for line in step.table.model_of_marks.records} == {Attendance.PRESENT, None}


def test_letters_find_a_name_without_diacritics(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with roll_call(cell_path) as (_page, step):
        strike(step, "duc")
        assert in_hand(step) == "Lê Hoàng Đức"
        assert step.searching.text() == "đang tìm: duc"


def test_initials_find_a_name(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with roll_call(cell_path) as (_page, step):
        strike(step, "ttb")
        assert in_hand(step) == "Trần Thị Bích"


def test_backspace_mends_the_search_and_escape_ends_it(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with roll_call(cell_path) as (page, step):
        strike(step, "ducx\b")
        assert step.table.typed == "duc"
        assert page.go_back()
        assert step.table.typed == ""
        assert step.searching.text() == ""
        assert not page.go_back()


def test_a_digit_and_a_second_one_mark_an_absence_with_its_reason(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with roll_call(cell_path) as (_page, step):
        strike(step, "duc2")
        mark = mark_of(step)
        assert mark is not None
        assert mark.attendance is Attendance.EXCUSED
        strike(step, "2")
        mark = mark_of(step)
        assert mark is not None
        assert mark.reason is AbsenceReason.ILLNESS
        assert step.sentence.text() == "5/6 có mặt (83,3%). Vắng có lý do: Đức (ốm)."
        assert step.table.typed == ""


def test_a_letter_ends_the_wait_for_a_reason(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with roll_call(cell_path) as (_page, step):
        strike(step, "duc2bich3")
        assert in_hand(step) == "Trần Thị Bích"
        said = step.sentence.text()
        assert said == "4/6 có mặt (66,7%). Vắng có lý do: Đức. Vắng không lý do: Bích."


def test_one_takes_an_absence_back(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with roll_call(cell_path) as (_page, step):
        strike(step, "duc3")
        assert step.desk.file.attendance().unexcused == 1
        strike(step, "1")
        assert mark_of(step) is None
        assert step.desk.file.attendance().present == 6


def test_undo_takes_the_mark_back_on_screen_too(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with roll_call(cell_path) as (page, step):
        strike(step, "duc3")
        page.session.run(lambda book: book.history.undo())
        assert step.sentence.text() == "6/6 có mặt (100%)."
        assert in_hand(step) == "Lê Hoàng Đức"


def test_who_is_not_expected_cannot_be_absent_but_can_come(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with roll_call(cell_path) as (_page, step):
        strike(step, "hva")
        assert in_hand(step) == "Hoàng Văn Ấm"
        before = step.desk.file.vote_base().size
        strike(step, "3")
        assert mark_of(step) is None
        strike(step, "1")
        count = step.desk.file.attendance()
        assert (count.present, count.extra_present) == (6, 1)
        assert step.desk.file.vote_base().size == before + 1


def test_the_explanation_names_both_bases(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with roll_call(cell_path) as (_page, step):
        assert "Căn cứ dự họp 6 = " in step.bases.text()
        assert "Căn cứ biểu quyết " in step.bases.text()
        assert not step.explanation.isVisible()
        step.explain.click()
        assert step.explanation.isVisible()
        assert "đình chỉ" in step.explanation.text()


def test_enter_goes_on_to_the_next_step(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with roll_call(cell_path) as (page, step):
        strike(step, "\r")
        assert page.place == 2


def test_a_guest_is_written_with_the_first_word(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with roll_call(cell_path) as (page, step):
        step.guests.add.click()
        row = step.guests.rows[0]
        assert len(step.guests.records()) == 0
        compose(row.first or row, commit="Phạm Thị Khách")
        page.flush()
        assert step.guests.records()[0].name == "Phạm Thị Khách"
        step.guests.remove_row(row)
        assert len(step.guests.records()) == 0
