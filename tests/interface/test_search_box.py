"""The search box: typed words lead to people and meetings, by keyboard alone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from windows import frame_of, open_window, outside, settle

from sochibo.book.book import Book
from sochibo.interface.frame.search_box import SearchBox
from sochibo.rules.meetings.meetings import MeetingKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sochibo.interface.window import Window


@pytest.fixture
def window(qtbot: QtBot, cell_path: Path) -> Iterator[Window]:
    del qtbot
    with Book.open(cell_path) as book:
        meeting = book.meetings.prepare(MeetingKind.REGULAR, date(2026, 11, 5))
        book.meetings.add_item(meeting, "Thủy lợi <b>nội đồng</b>")
    with open_window(cell_path, language="en") as opened:
        yield opened


def box_of(window: Window) -> SearchBox:
    return cast("SearchBox", window.findChild(SearchBox))


def type_words(window: Window, text: str) -> SearchBox:
    """Press Ctrl K and type, then let the typing pause."""
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    box = box_of(window)
    assert box.hasFocus()
    QTest.keyClicks(box, text)
    QTest.qWait(260)
    settle()
    return box


def drawn(box: SearchBox) -> list[str]:
    found = []
    for row in range(box.hits.count()):
        line = box.hits.itemWidget(box.hits.item(row))
        assert isinstance(line, QLabel)
        assert not box.hits.isVisible() or line.height() >= line.sizeHint().height()
        found.append(line.text())
    return found


def test_a_person_is_found_without_marks_and_opened_by_enter(window: Window) -> None:
    box = type_words(window, "do minh uoc")
    assert box.hits.isVisible()
    assert drawn(box)[0].startswith("<b>Đỗ</b> <b>Minh</b> <b>Ước</b> ")
    assert outside(window) == []
    QTest.keyClick(box, Qt.Key.Key_Return)
    settle()
    assert frame_of(window).goal.startswith("member:")
    assert frame_of(window).page.title()[-1] == "Đỗ Minh Ước"
    assert (box.text(), box.hits.isVisible()) == ("", False)


def test_what_was_written_in_minutes_leads_to_the_meeting_and_is_never_markup(window: Window) -> None:
    box = type_words(window, "thuy loi")
    (line,) = drawn(box)
    assert line.startswith("<b>Thủy</b> <b>lợi</b> &lt;b&gt;nội đồng&lt;/b&gt; ")
    assert "Agenda item · 5 Nov 2026" in line
    QTest.mouseClick(
        box.hits.viewport(),
        Qt.MouseButton.LeftButton,
        pos=box.hits.visualItemRect(box.hits.item(0)).center(),
    )
    settle()
    assert frame_of(window).goal.startswith("meeting:")


def test_enter_does_not_wait_for_the_pause(window: Window) -> None:
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    box = box_of(window)
    QTest.keyClicks(box, "dmu")
    assert not box.hits.isVisible()
    QTest.keyClick(box, Qt.Key.Key_Return)
    settle()
    assert frame_of(window).goal.startswith("member:")


def test_the_arrows_choose_round_and_round(window: Window) -> None:
    box = type_words(window, "hoa")
    assert box.hits.count() > 1
    assert box.hits.currentRow() == 0
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert box.hits.currentRow() == 1
    QTest.keyClick(box, Qt.Key.Key_Up)
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert box.hits.currentRow() == box.hits.count() - 1


def test_nothing_found_is_said_and_leads_nowhere(window: Window) -> None:
    before = frame_of(window).goal
    box = type_words(window, "khongcoai")
    assert drawn(box) == ["Nothing found. Try fewer words."]
    QTest.keyClick(box, Qt.Key.Key_Return)
    settle()
    assert frame_of(window).goal == before


def test_esc_takes_the_list_away_and_stays_on_the_page(window: Window) -> None:
    before = frame_of(window).goal
    box = type_words(window, "hoa")
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert (box.text(), box.hits.isVisible(), frame_of(window).goal) == ("", False, before)


def test_the_list_goes_with_the_keyboard(window: Window) -> None:
    box = type_words(window, "hoa")
    frame_of(window).focus_page()
    settle()
    assert not box.hits.isVisible()
