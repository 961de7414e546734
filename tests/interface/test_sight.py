"""Every page is seen from its top when it opens; what has the keyboard comes into sight with a key."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from recordings import meeting_data
from windows import frame_of, open_window, press, settle

from sochibo.book.book import Book
from sochibo.interface.parts.focus_order import reading_order
from sochibo.interface.parts.sight import PageArea

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from sochibo.interface.meetings.meeting_page import MeetingPage
    from sochibo.interface.page import Page

SMALL = (1093, 614)


def area_of(page: Page) -> PageArea:
    around: QWidget = page
    while not isinstance(around, PageArea):
        around = cast("QWidget", around.parentWidget())
    return around


def scrolled(page: Page) -> int:
    return area_of(page).verticalScrollBar().value()


def sees_keyboard() -> bool:
    held = QApplication.focusWidget()
    return held is not None and not held.visibleRegion().isEmpty()


def test_every_page_opens_at_its_top_and_its_first_key_is_seen(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with Book.open(cell_path) as book:
        meeting = book.meetings.record(meeting_data())
        book.ratings.make_period(2026)
        task = book.tasks.lines()[0].task.id
    goals = ("key", "ratings", f"task:{task}", "plan:2026", "protection", "settings", f"papers:{meeting}")
    with open_window(cell_path, percent=200, size=SMALL) as window:
        frame = frame_of(window)
        unseen = 0
        for goal in goals:
            frame.go(goal)
            settle()
            assert (goal, scrolled(frame.page)) == (goal, 0)
            unseen += not sees_keyboard()
            press(cast("QWidget", QApplication.focusWidget()), Qt.Key.Key_Shift)
            assert (goal, sees_keyboard()) == (goal, True)
        assert unseen, "nothing lies below: this test shows nothing"


def test_a_step_opens_at_its_top_and_a_finding_at_its_field(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with Book.open(cell_path) as book:
        meeting = book.meetings.record(meeting_data())
    with open_window(cell_path, percent=200, size=SMALL) as window:
        frame = frame_of(window)
        frame.go(f"meeting:{meeting}")
        page = cast("MeetingPage", frame.page)
        for place in range(len(page.steps)):
            area_of(page).verticalScrollBar().setValue(9999)
            page.open_step(place)
            settle()
            assert (place, scrolled(page)) == (place, 0)
        page.jump("fee_note")
        settle()
        assert scrolled(page) > 0
        assert sees_keyboard()
        frame.go("today")
        frame.go(f"meeting:{meeting}#conclusion")
        settle()
        assert scrolled(page) > 0
        assert sees_keyboard()


def test_what_takes_the_keyboard_later_comes_into_sight(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path, percent=200, size=SMALL) as window:
        frame = frame_of(window)
        frame.go("settings")
        settle()
        reading_order(frame.page)[-1].setFocus()
        settle()
        assert scrolled(frame.page) > 0
        assert sees_keyboard()
