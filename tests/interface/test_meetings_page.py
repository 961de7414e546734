"""The year of meetings, and the way to the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from recordings import meeting_data
from windows import frame_of, open_window, outside, press, settle, unnamed

from sochibo.book.book import Book
from sochibo.interface.meetings.meeting_page import MeetingPage
from sochibo.interface.meetings.meetings_page import MeetingsPage
from sochibo.rules.dates import Month

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("percent", [100, 200])
def test_a_year_has_twelve_rows_and_fits(qtbot: QtBot, cell_path: Path, language: str, percent: int) -> None:
    del qtbot
    with open_window(cell_path, language=language, percent=percent) as window:
        frame_of(window).go("meetings")
        page = frame_of(window).page
        settle()
        assert isinstance(page, MeetingsPage)
        assert page.table_model.rowCount() == 12
        assert unnamed(page) == []
        assert outside(window) == []


def test_a_meeting_stands_in_its_month_with_its_figures_and_enter_opens_it(
    qtbot: QtBot, cell_path: Path
) -> None:
    del qtbot
    with Book.open(cell_path) as book:
        book.meetings.record(meeting_data())
    with open_window(cell_path) as window:
        frame = frame_of(window)
        frame.go("meetings")
        page = frame.page
        assert isinstance(page, MeetingsPage)
        model = page.table_model
        cells = [str(model.index(10, column).data()) for column in range(model.columnCount())]
        assert cells[0] == "Tháng 11/2026"
        assert cells[4:6] == ["4/6", "66,7%"]
        assert page.table.currentIndex().row() == 10
        press(page.table, Qt.Key.Key_Return)
        assert isinstance(frame.page, MeetingPage)


def test_the_next_meeting_is_prepared_for_the_month_without_one(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path) as window:
        frame = frame_of(window)
        frame.go("new-meeting")
        page = frame.page
        assert isinstance(page, MeetingsPage)
        assert page.prepare_button.hasFocus()
        page.prepare_button.click()
        made = frame.page
        assert isinstance(made, MeetingPage)
        assert (made.desk.file.meeting.on.year, made.desk.file.meeting.on.month) == (2026, 11)
        assert made.place == 0


def test_another_year_is_one_key_away(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path) as window:
        frame_of(window).go("meetings")
        page = frame_of(window).page
        assert isinstance(page, MeetingsPage)
        page.turn(-1)
        assert page.head.text() == "2025"


def test_why_a_month_had_no_meeting_is_written_where_it_is_missing(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path, language="en") as window:
        frame_of(window).go("meetings")
        page = frame_of(window).page
        assert isinstance(page, MeetingsPage)
        page.table.selectRow(11)
        assert not page.reason.isVisibleTo(page), "December is not over"
        page.table.selectRow(2)
        assert page.reason.isVisibleTo(page)
        page.reason.setText("Nhà văn hóa bị ngập")
        page.table.selectRow(3)
        assert page.reason.text() == ""
        assert page.session.book.plans.unheld() == {Month(2026, 3): "Nhà văn hóa bị ngập"}
        cells = [str(page.table_model.index(2, column).data()) for column in (2, 3)]
        assert cells == ["Nhà văn hóa bị ngập", "Not held"]
        page.table.selectRow(2)
        assert page.reason.text() == "Nhà văn hóa bị ngập"
        assert (unnamed(window), outside(window)) == ([], [])
