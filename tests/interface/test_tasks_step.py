"""The step of tasks: earlier ones first, new ones in one line, and names that several bear."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from recordings import meeting_data
from windows import frame_of, open_window, outside, settle, unnamed

from sochibo.book.book import Book
from sochibo.interface.meetings.meeting_page import MeetingPage
from sochibo.interface.meetings.steps.tasks import TasksStep
from sochibo.rules.dates import PartialDate
from sochibo.rules.meetings.meetings import MeetingKind
from sochibo.rules.members.members import EventKind, Member, MemberEvent
from sochibo.rules.work.work import TaskRole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@contextmanager
def step(path: Path, meeting_id: str) -> Iterator[TasksStep]:
    with open_window(path) as window:
        frame = frame_of(window)
        frame.go(f"meeting:{meeting_id}")
        page = frame.page
        assert isinstance(page, MeetingPage)
        place = next(n for n, one in enumerate(page.steps) if isinstance(one, TasksStep))
        page.open_step(place)
        settle()
        shown = page.steps[place]
        assert isinstance(shown, TasksStep)
        yield shown
        assert unnamed(page) == []
        assert outside(window) == []


def test_tasks_of_last_month_come_first_and_their_results_are_heard(qtbot: QtBot, cell_path: Path) -> None:
    """HD 42-HD/BTCTW, 28/10/2025: a meeting begins with the tasks of the last one."""
    del qtbot
    with Book.open(cell_path) as book:
        given = [{"text": "Rà soát hộ nghèo", "assignees": "Đức", "due": "2026-11-20"}]
        book.meetings.close(book.meetings.record(meeting_data(tasks=given)))
        december = book.meetings.prepare(MeetingKind.REGULAR, date(2026, 12, 3))
    with step(cell_path, december) as shown:
        (row,) = shown.earlier.rows
        assert row.text.text() == "Rà soát hộ nghèo"
        shown.focus_first()
        assert row.percent.hasFocus()
        row.percent.setText("100")
        row.percent.flush()
        row.result.setText("xong cả 12 hộ")
        row.result.flush()
        (line,) = shown.session.book.tasks.lines()
        assert (line.task.done_percent, line.task.result) == (100, "xong cả 12 hộ")


def test_a_name_that_two_bear_is_asked_for_with_one_button_each(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with Book.open(cell_path) as book:
        event = MemberEvent(id="", member_id="", kind=EventKind.RECOGNITION, on=PartialDate("2000"))
        book.members.add(Member(id="", name="Lê Thị Bích"), [event])
        november = book.meetings.prepare(MeetingKind.REGULAR, date(2026, 11, 5))
    with step(cell_path, november) as shown:
        shown.line.setText("bich và duc – thăm hộ nghèo – 20/11")
        shown.take_line()
        settle()
        assert [button.text() for button in shown.questions.buttons] == ["Lê Thị Bích", "Trần Thị Bích"]
        (line,) = shown.session.book.tasks.lines()
        assert shown.session.book.tasks.names(line) == ("Lê Hoàng Đức",)
        shown.questions.buttons[0].click()
        settle()
        (line,) = shown.session.book.tasks.lines()
        assert set(shown.session.book.tasks.names(line, TaskRole.ASSIGNEE)) == {
            "Lê Hoàng Đức",
            "Lê Thị Bích",
        }
        assert shown.questions.isHidden()
