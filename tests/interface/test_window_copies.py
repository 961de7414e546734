"""The window leaves backup copies without being asked: once a day, and when it closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from windows import frame_of, open_window

from sochibo.book.book import Book
from sochibo.book.upkeep.backups import Reason
from sochibo.rules.members.members import Member
from sochibo.storage.copies.backup import backups_folder, backups_in

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from sochibo.book.changes import Changes


def reasons(path: Path) -> list[Reason]:
    return [copy.reason for copy in backups_in(backups_folder(path))]


def add_member(book: Book) -> Changes:
    return book.members.add(Member(id="", name="Mai Thị Lan"), [])


def test_a_closed_window_leaves_a_copy_if_something_changed(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path):
        pass
    assert reasons(cell_path) == [Reason.CLOSE]
    with open_window(cell_path):
        pass
    assert reasons(cell_path) == [Reason.CLOSE]
    with open_window(cell_path) as window:
        assert frame_of(window).session.run(add_member)
    with Book.open(cell_path, read_only=True) as book:
        assert book.backups.is_up_to_date()


def test_a_book_that_stays_open_gets_its_copy_once_a_day(
    qtbot: QtBot, cell_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sochibo.interface.session._IDLE_MS", 1)
    with open_window(cell_path) as window:
        session = frame_of(window).session
        assert session.run(add_member)
        qtbot.waitUntil(lambda: reasons(cell_path) == [Reason.DAILY])
        qtbot.waitUntil(lambda: not session.busy)
        assert session.run(add_member)
        qtbot.wait(100)
        assert reasons(cell_path) == [Reason.DAILY]
        assert not session.book.backups.is_up_to_date()
