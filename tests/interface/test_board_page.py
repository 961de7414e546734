"""The board of longer periods on the screen: from a unit to whom to ask, to the file, and back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from books import make_committee_book
from PySide6.QtCore import Qt
from received import lay, summary_of
from windows import frame_of, open_window, press

from sochibo.interface.inbox.inbox_page import InboxPage
from sochibo.interface.rollups.board_page import BoardPage

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


def shows_a_file(page: BoardPage) -> bool:
    return page.drill.panel is not None


def test_enter_tells_whom_to_ask_and_opens_the_file(qtbot: QtBot, tmp_path: Path) -> None:
    del qtbot
    with make_committee_book(tmp_path / "c.sochibo") as book:
        four = book.units.found("Chi bộ Thôn 4", date(2026, 1, 1))
        lay(book, four, summary_of("2026-01"), on=date(2026, 2, 3))
    with open_window(tmp_path / "c.sochibo") as window:
        frame = frame_of(window)
        frame.go("inbox")
        inbox = frame.page
        assert isinstance(inbox, InboxPage)
        inbox.board.opened.emit(inbox.board_model.records[0])
        opened = frame.page
        assert isinstance(opened, BoardPage)
        assert opened.heading.text() == "Chi bộ Thôn 4"
        assert opened.go_back()
        frame.go("inbox")
        inbox.longer.click()
        assert isinstance(frame.page, BoardPage)
        frame.go("board:2026-Q1")
        page = frame.page
        assert isinstance(page, BoardPage)
        assert page.told.text()
        page.table.setFocus()
        page.table.choose(four)
        press(page.table, Qt.Key.Key_Return)
        assert page.months_table.hasFocus()
        assert "02/2026, 03/2026" in page.ask.text()
        press(page.months_table, Qt.Key.Key_Return)
        assert shows_a_file(page)
        assert page.go_back()
        page.months_table.choose("2026-03")
        press(page.months_table, Qt.Key.Key_Return)
        assert not shows_a_file(page)
        assert page.go_back()
        assert page.table.hasFocus()
        assert not page.go_back()
