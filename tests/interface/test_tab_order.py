"""Tab goes through every page as it is read, and out of it again; no page opens a window of its own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget
from recordings import OCTOBER, meeting_data
from tabs import StrayWindows, tab_troubles
from windows import frame_of, open_window, press, settle

from sochibo.book.book import Book
from sochibo.interface.meetings.meeting_page import MeetingPage
from sochibo.interface.parts.fields import LineField

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sochibo.interface.window import Window

COMMITTEE_GOALS = (
    "today", "inbox", "rollup", "rollup:2026", "indicators:2026", "unit-ratings:2026", "board:2026",
    "organisations", "committee-paper:rating_rollup:2026", "settings", "key", "trust",
)  # fmt: skip


def fill(path: Path) -> list[str]:
    """Record something of every kind in a cell's book, and return the goals of all its pages."""
    with Book.open(path) as book:
        october = {"on": "2026-10-05", "proposals": [{"text": "Sửa mương", "member": "Phạm Thị Ân"}]}
        book.meetings.record(meeting_data(**october))
        book.ratings.make_period(2026)
        period = book.ratings.periods()[0].id
        book.reports.issue_summary(OCTOBER, on=date(2026, 11, 1))
        meeting = book.meetings.lines(2026)[0].meeting.id
        task = book.tasks.lines()[0].task.id
        member = book.members.on(date(2026, 11, 5))[0].member.id
    return [
        "today", "meetings", f"meeting:{meeting}", f"papers:{meeting}", f"papers:{meeting}:resolution",
        f"coexistence:{meeting}", "plan:2026", "members", f"member:{member}", "member-papers:register",
        "registers:offices", "movement:2026", "duplicates", "tasks", f"task:{task}", "ratings",
        f"rating:{period}.{member}", "targets:2026", "reports", "report:2026-10", "countersign",
        "settings", "key", "protection", "backup", "history", "trust", "help:index",
    ]  # fmt: skip


def troubles_of(window: Window, goals: Sequence[str]) -> list[str]:
    """Go by Tab through each page, a meeting at each of its steps."""
    frame, found = frame_of(window), []
    stray = StrayWindows(window)
    for goal in goals:
        frame.go(goal)
        page = frame.page
        places = range(len(page.steps)) if isinstance(page, MeetingPage) else (0,)
        for place in places:
            if isinstance(page, MeetingPage):
                page.open_step(place)
            settle()
            found += [f"{goal.partition(':')[0]} {place}: {one}" for one in tab_troubles(page)]
    return found + [f"a window of its own: {one}" for one in stray.seen]


def test_tab_goes_through_every_page_of_a_cell_as_it_is_read(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    goals = fill(cell_path)
    with open_window(cell_path) as window:
        assert not troubles_of(window, goals)


def test_tab_goes_through_every_page_of_a_committee_as_it_is_read(qtbot: QtBot, committee_path: Path) -> None:
    del qtbot
    with open_window(committee_path) as window:
        assert not troubles_of(window, COMMITTEE_GOALS)


@pytest.mark.parametrize("percent", [100, 200])
def test_tab_goes_through_the_start_screen(qtbot: QtBot, percent: int) -> None:
    del qtbot
    with open_window(None, percent=percent) as window:
        assert window.start is not None
        window.start.show_form()
        settle()
        assert not tab_troubles(window.start)


def test_enter_goes_on_inside_the_page_alone(qtbot: QtBot) -> None:
    screen, area, page = QWidget(), QScrollArea(), QWidget()
    first, last = LineField("Họ và tên", list), LineField("Quê quán", list)
    for line, parts in (
        (QVBoxLayout(page), (first, last)),
        (QVBoxLayout(screen), (area, QPushButton("Xóa"))),
    ):
        for part in parts:
            line.addWidget(part)
    area.setWidget(page)
    qtbot.addWidget(screen)
    with qtbot.waitExposed(screen):
        screen.show()
    screen.activateWindow()
    first.setFocus()
    press(first, Qt.Key.Key_Return)
    assert last.hasFocus()
    press(last, Qt.Key.Key_Return)
    assert last.hasFocus()
