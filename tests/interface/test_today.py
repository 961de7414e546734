"""The page Hôm nay on a real book."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from windows import TODAY, frame_of, open_window, press, settle, widgets

from sochibo.book.agenda.agenda import DueLine, due_lines
from sochibo.book.book import Book
from sochibo.interface.parts.bars import Bars
from sochibo.interface.parts.table_view import TableView
from sochibo.rules.meetings.meetings import MeetingKind

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot


def shown(inside: QWidget) -> list[str]:
    return [child.text() for child in widgets(inside) if isinstance(child, QLabel)]


def due(inside: QWidget) -> TableView:
    return next(child for child in widgets(inside) if isinstance(child, TableView))


def test_the_list_is_what_the_book_says_is_due(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path, language="en") as window:
        frame = frame_of(window)
        lines = due_lines(frame.session.book, TODAY)
        assert lines
        table = due(frame.page).model()
        assert table.rowCount() == len(lines)
        first = table.index(0, 1).data()
        assert first == frame.session.words.sentence(lines[0].what, lines[0].fields)


def test_enter_goes_where_the_line_leads(qtbot: QtBot, cell_path: Path) -> None:
    with open_window(cell_path) as window:
        frame = frame_of(window)
        view = due(frame.page)
        assert view.hasFocus()
        line = view.record()
        assert isinstance(line, DueLine)
        with qtbot.waitSignal(frame.session.went) as told:
            press(view, Qt.Key.Key_Return)
        assert told.args == [line.goal]


def test_an_empty_list_says_so_kindly_and_names_the_next_day(
    qtbot: QtBot, cell_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del qtbot
    monkeypatch.setattr("sochibo.interface.today.due_lines", lambda _book, _today: ())
    with open_window(cell_path, language="en") as window:
        texts = shown(frame_of(window).page)
        assert "Nothing is due. Everything is in order." in texts
        assert any(text.startswith("The next meeting is on ") for text in texts)


def test_the_next_meeting_is_the_prepared_one(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with Book.open(cell_path) as book:
        book.meetings.prepare(MeetingKind.REGULAR, date(2026, 11, 17))
    with open_window(cell_path, language="en") as window:
        assert "Tuesday, 17 Nov 2026" in shown(frame_of(window).page)


def test_a_meeting_prepared_elsewhere_appears_at_once(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path, language="en") as window:
        frame = frame_of(window)
        assert "Tuesday, 17 Nov 2026" not in shown(frame.page)
        book = frame.session.book
        book.meetings.prepare(MeetingKind.REGULAR, date(2026, 11, 17))
        frame.session.tell(frame.page.concerns)
        settle()
        assert "Tuesday, 17 Nov 2026" in shown(frame.page)


def test_twelve_months_are_drawn_and_read_aloud(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with Book.open(cell_path) as book:
        book.meetings.prepare(MeetingKind.REGULAR, date(2026, 10, 3))
    with open_window(cell_path, language="en") as window:
        bars = [child for child in widgets(frame_of(window).page) if isinstance(child, Bars)]
        assert len(bars) == 2
        said = bars[0].accessibleName().split("; ")
        assert len(said) == 12
        assert said[0].startswith("December 2025")
        assert said[-2].startswith("October 2026: 100%")


def test_a_committee_sees_who_has_sent(qtbot: QtBot, committee_path: Path) -> None:
    del qtbot
    with open_window(committee_path, language="en") as window:
        texts = shown(frame_of(window).page)
        assert "October 2026" in texts
        assert "No units yet" in texts
