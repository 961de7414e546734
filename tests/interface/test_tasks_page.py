"""The room of tasks, and one task as a form, in the real window."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from pages import lines_of
from PySide6.QtCore import Qt
from recordings import meeting_data
from windows import frame_of, open_window, outside, press, settle, unnamed

from sochibo.book.book import Book
from sochibo.interface.parts import choosers
from sochibo.interface.work.task_figures import draw_figure, read_figure
from sochibo.interface.work.task_page import TaskPage
from sochibo.interface.work.tasks_page import TasksPage
from sochibo.rules.meetings.meetings import MeetingKind
from sochibo.rules.work.work import TaskRole, TaskState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sochibo.interface.frame.frame import Frame

TASKS = [
    {"text": "Rà soát hộ nghèo", "assignees": "Đức", "due": "2026-11-20"},
    {"text": "Thu đảng phí", "assignees": "Bích và An", "due": "2026-11-04"},
    {"text": "Dọn nghĩa trang", "assignees": "tổ đảng 1", "done_percent": 100},
]


@pytest.fixture
def path(cell_path: Path) -> Path:
    with Book.open(cell_path) as book:
        book.meetings.record(meeting_data(tasks=TASKS))
    return cell_path


@contextmanager
def room(path: Path, goal: str = "tasks", language: str = "vi", percent: int = 100) -> Iterator[Frame]:
    with open_window(path, language=language, percent=percent) as window:
        frame = frame_of(window)
        frame.go(goal)
        settle()
        yield frame
        assert unnamed(frame.page) == []
        assert outside(window) == []


def texts(frame: Frame) -> list[str]:
    assert isinstance(frame.page, TasksPage)
    return [line.task.text for line in frame.page.shown()]


@pytest.mark.parametrize(("language", "percent"), [("vi", 100), ("en", 200)])
def test_open_tasks_come_first_with_their_state_and_progress(
    qtbot: QtBot, path: Path, language: str, percent: int
) -> None:
    del qtbot
    with room(path, "tasks", language, percent) as frame:
        assert texts(frame) == ["Rà soát hộ nghèo", "Thu đảng phí"]
        page = frame.page
        assert isinstance(page, TasksPage)
        assert "0" in page.progress.text()


@pytest.mark.parametrize(
    ("goal", "listed"),
    [
        ("tasks:overdue", ["Thu đảng phí"]),
        ("tasks:done", ["Dọn nghĩa trang"]),
        ("tasks:all", ["Rà soát hộ nghèo", "Thu đảng phí", "Dọn nghĩa trang"]),
    ],
)
def test_a_goal_says_which_are_listed(qtbot: QtBot, path: Path, goal: str, listed: list[str]) -> None:
    del qtbot
    with room(path, goal) as frame:
        assert texts(frame) == listed


def test_tasks_are_filtered_by_member_meeting_and_words(qtbot: QtBot, path: Path) -> None:
    del qtbot
    with room(path, "tasks:all") as frame:
        page = frame.page
        assert isinstance(page, TasksPage)
        bich = next(
            one.member.id
            for one in page.session.book.members.on(date(2026, 11, 5))
            if one.member.name == "Trần Thị Bích"
        )
        page.person.show_value(bich)
        page.reload()
        assert texts(frame) == ["Thu đảng phí"]
        page.person.show_value("")
        page.search.setText("ngheo")
        page._enter_table()  # noqa: SLF001 - what Enter in the search does
        assert texts(frame) == ["Rà soát hộ nghèo"]
        assert page.go_back()
        assert len(texts(frame)) == 3


def test_the_progress_of_a_resolution_is_that_of_its_meeting(qtbot: QtBot, path: Path) -> None:
    del qtbot
    with Book.open(path) as book:
        meeting_id = book.tasks.lines()[0].task.meeting_id
    with room(path, f"tasks:meeting:{meeting_id}") as frame:
        page = frame.page
        assert isinstance(page, TasksPage)
        assert len(texts(frame)) == 3
        assert "05/11/2026" in page.progress.text()
        assert "33" in page.progress.text()


def test_enter_opens_a_task_and_its_result_is_written(qtbot: QtBot, path: Path) -> None:
    del qtbot
    with room(path) as frame:
        page = frame.page
        assert isinstance(page, TasksPage)
        page.table.selectRow(0)
        press(page.table, Qt.Key.Key_Return)
        shown = frame.page
        assert isinstance(shown, TaskPage)
        shown.percent.setText("60")
        shown.percent.flush()
        shown.review.setPlainText("Làm tốt")
        shown.evidence.setText("Biên bản rà soát")
        shown.flush()
        task = shown.session.book.tasks.get(shown.task_id).task
        assert (task.done_percent, task.review, task.evidence) == (60, "Làm tốt", "Biên bản rà soát")
        shown.percent.setText("160")
        shown.percent.flush()
        assert shown.session.book.tasks.get(shown.task_id).task.done_percent == 60


def test_people_and_figures_of_a_task_are_kept(qtbot: QtBot, path: Path) -> None:
    del qtbot
    with Book.open(path) as book:
        task_id = next(one.task.id for one in book.tasks.lines() if one.task.text.startswith("Rà soát"))
    with room(path, f"task:{task_id}") as frame:
        page = frame.page
        assert isinstance(page, TaskPage)
        page.people.role.show_value(TaskRole.FOLLOWER)
        page.people.take()
        page.figures.begin()
        row = page.figures.rows[0]
        row.planned.setText("12,5")
        row.planned.flush()
        row.done.setText("10")
        row.done.flush()
        line = page.session.book.tasks.get(task_id)
        assert [one.role for one in line.people] == [TaskRole.ASSIGNEE, TaskRole.FOLLOWER]
        (figure,) = line.figures
        assert (figure.planned, figure.done, figure.decimals) == (125, 100, 1)
        assert row.done.text() == "10,0"


def test_closed_minutes_keep_what_was_given_and_the_rest_goes_on(qtbot: QtBot, path: Path) -> None:
    del qtbot
    with Book.open(path) as book:
        line = book.tasks.lines()[0]
        book.meetings.close(line.task.meeting_id)
    with room(path, f"task:{line.task.id}") as frame:
        page = frame.page
        assert isinstance(page, TaskPage)
        assert page.text.isReadOnly()
        assert page.locked.isVisibleTo(page)
        page.state.show_value(TaskState.STOPPED)
        page._change(state=TaskState.STOPPED)  # noqa: SLF001 - what the choice calls
        assert page.session.book.tasks.get(line.task.id).task.state is TaskState.STOPPED


def test_a_task_names_the_meeting_that_hears_its_result_and_its_resolution(qtbot: QtBot, path: Path) -> None:
    del qtbot
    with Book.open(path) as book:
        (given,) = book.meetings.within(date(2026, 11, 1), date(2026, 11, 30))
        december = book.meetings.prepare(MeetingKind.REGULAR, date(2026, 12, 3))
        book.resolutions.change(book.resolutions.of_meeting(given.id))
        written = book.resolutions.of_meeting(given.id).id
        task = book.tasks.lines()[0].task
    with room(path, f"task:{task.id}") as frame:
        page = frame.page
        assert isinstance(page, TaskPage)
        assert [page.report_at.count(), page.resolution.count()] == [2, 2]
        for choice in (page.report_at, page.resolution):
            choice.setCurrentIndex(1)
            choice.activated.emit(1)
        kept = page.session.book.tasks.get(task.id).task
        assert (kept.report_meeting_id, kept.resolution_id) == (december, written)
        assert page.report_at.currentText().endswith("03/12/2026")


def test_what_is_seen_is_written_to_excel(
    qtbot: QtBot, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del qtbot
    out = tmp_path / "tasks.xlsx"
    monkeypatch.setattr(choosers, "choose_new_file", lambda *_given: out)
    with room(path) as frame:
        page = frame.page
        assert isinstance(page, TasksPage)
        page.write_list()
    cells = [str(cell.value) for row in load_workbook(out).active.rows for cell in row]
    assert "Rà soát hộ nghèo" in cells
    assert "Dọn nghĩa trang" not in cells


@pytest.mark.parametrize(
    ("typed", "read"),
    [("12", (12, 0)), ("12,5", (125, 1)), ("1.200", (1200, 0)), ("1.5", (15, 1)), ("x", None), ("-1", None)],
)
def test_figures_are_read_as_people_write_them(typed: str, read: tuple[int, int] | None) -> None:
    assert read_figure(typed) == read


def test_a_figure_is_drawn_with_a_comma() -> None:
    assert draw_figure(125, 1) == "12,5"
    assert draw_figure(None, 0) == ""


def test_what_is_seen_is_shown_as_the_paper_to_print(qtbot: QtBot, path: Path) -> None:
    with room(path, "tasks:all") as frame:
        page = frame.page
        assert isinstance(page, TasksPage)
        pdf = page.session.book.tasks.preview(page.shown(), date(2026, 11, 5))
        text = " ".join(line.text for line in lines_of(pdf)[0])
        assert "Rà soát hộ nghèo" in text
        assert "01/03" in text
        page.paper.setChecked(True)
        qtbot.waitUntil(lambda: not page.session.busy)
        assert page.preview.isVisibleTo(page)
        assert not page.table.isVisibleTo(page)
