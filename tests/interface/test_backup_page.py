"""Backup copies in the window: listed, made, carried to a second place, looked at, and gone back to."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtWidgets import QLabel
from windows import frame_of, open_window, outside, press, settle, unnamed, widgets

from sochibo.book.book import Book
from sochibo.book.upkeep.backups import CopyState, Reason
from sochibo.interface.parts import choosers
from sochibo.interface.today import TodayPage
from sochibo.interface.upkeep.backup_page import BackupPage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from sochibo.interface.frame.frame import Frame
    from sochibo.interface.window import Window


def work_ends() -> None:
    """Let workers end and their results come back, also work that such a result begins."""
    for _ in range(3):
        QThreadPool.globalInstance().waitForDone()
        settle()


@contextmanager
def copies(
    path: Path, language: str = "en", percent: int = 100
) -> Iterator[tuple[Window, Frame, BackupPage]]:
    with open_window(path, language=language, percent=percent) as window:
        frame = frame_of(window)
        frame.go("backup")
        page = frame.page
        assert isinstance(page, BackupPage)
        work_ends()
        yield window, frame, page


def said(inside: QWidget) -> str:
    return "\n".join(child.text() for child in widgets(inside) if isinstance(child, QLabel))


def rename(book: Book, name: str) -> None:
    from dataclasses import replace

    book.change_organisation(replace(book.organisation(), name=name))


def test_a_copy_is_made_listed_and_told_whole(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with copies(cell_path) as (_window, frame, page):
        assert page.table_model.rowCount() == 0
        page.make_button.click()
        work_ends()
        (copy,) = page.table_model.records
        assert (copy.backup.reason, copy.state, copy.second) == (Reason.ASKED, CopyState.WHOLE, False)
        assert page.make_button.isEnabled()
        assert "The copy is made. It was read again." in said(frame)


def test_a_spoilt_copy_is_told_from_a_whole_one(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with Book.open(cell_path) as book:
        first = book.backups.make(Reason.DAILY).first
    assert first is not None
    data = first.path.read_bytes()
    spoilt = first.path.with_name("2026-01-01 0800 daily.sochibo")
    spoilt.write_bytes(data[: len(data) // 2])
    with copies(cell_path) as (_window, _frame, page):
        states = {copy.backup.path: copy.state for copy in page.table_model.records}
        assert states == {first.path: CopyState.WHOLE, spoilt: CopyState.SPOILT}


def test_a_second_place_is_remembered_and_gets_its_copy(
    qtbot: QtBot, cell_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del qtbot
    stick = tmp_path / "USB"
    stick.mkdir()
    monkeypatch.setattr(choosers, "choose_folder", lambda *_asked: stick)
    with copies(cell_path) as (_window, _frame, page):
        page.choose_button.click()
        work_ends()
        assert page.second.text() == "Second place: USB"
        assert sorted(copy.second for copy in page.table_model.records) == [False, True]
        page.forget_button.click()
        assert page.session.book.backups.second_place is None
        assert len(list(stick.rglob("*.sochibo"))) == 1, "what lies there stays"


def test_going_back_is_looked_at_first_and_keeps_the_book(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with Book.open(cell_path) as book:
        # Asked for: on a slow PC the window's own copy of the day takes the place of an earlier one.
        made = book.backups.make(Reason.ASKED).first
        rename(book, "Chi bộ Thôn 9")
    assert made is not None
    with copies(cell_path) as (window, frame, page):
        page.table.selectRow([copy.backup.path for copy in page.table_model.records].index(made.path))
        press(page.table, Qt.Key.Key_Return)
        work_ends()
        panel = page.panel
        assert panel is not None
        assert panel.preview is not None
        changed = {change.kind: (change.now, change.then) for change in panel.table_model.records}
        before, after = changed["Entries of the history"]
        assert before == after + 1
        assert frame.session.book.organisation().name == "Chi bộ Thôn 9", "a look changes nothing"
        panel.restore_button.click()
        settle()
        again = frame_of(window)
        assert again.session.book.organisation().name == "Chi bộ Thôn 4"
        assert again.goal == "backup", "the book is reopened where one was"
        kept = next(cell_path.parent.glob("*(replaced*.sochibo"))
        assert kept.name in said(again)
    with Book.open(kept, read_only=True) as book:
        assert book.organisation().name == "Chi bộ Thôn 9"


def test_leaving_the_look_changes_nothing(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with Book.open(cell_path) as book:
        book.backups.make(Reason.DAILY)
    with copies(cell_path) as (_window, frame, page):
        page.look_at(page.table_model.record(0).backup.path, "copy")
        work_ends()
        panel = page.panel
        assert panel is not None
        assert not panel.restore_button.isEnabled(), "both hold the same"
        frame.go_back()
        assert page.table.isVisible()
        assert not panel.isVisible()
        assert not list(cell_path.parent.glob("*(replaced*"))


def test_a_copy_of_another_book_is_refused(qtbot: QtBot, cell_path: Path, committee_path: Path) -> None:
    del qtbot
    with copies(cell_path) as (_window, _frame, page):
        page.look_at(committee_path, "copy")
        work_ends()
        assert page.panel is not None
        assert not page.panel.restore_button.isEnabled()
        assert "is a copy of another book" in said(page.panel)


def test_a_protected_copy_asks_for_its_passphrase(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with Book.open(cell_path) as book:
        book.protection.choose("ba bốn năm sáu")
        copy = book.backups.make(Reason.ASKED).first
        book.protection.remove("ba bốn năm sáu")
    assert copy is not None
    with copies(cell_path) as (_window, _frame, page):
        page.look_at(copy.path, "copy")
        panel = page.panel
        assert panel is not None
        assert panel.asking.isVisible()
        panel.passphrase.line.setText("sai mất rồi")
        panel.look()
        work_ends()
        assert panel.trouble.isVisible()
        panel.passphrase.line.setText("ba bốn năm sáu")
        panel.look()
        work_ends()
        assert panel.preview is not None
        assert panel.asking.isHidden()


def test_a_restore_that_fails_leaves_the_book_and_says_so(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with Book.open(cell_path) as book:
        made = book.backups.make(Reason.ASKED).first
        rename(book, "Chi bộ Thôn 9")
    assert made is not None
    with copies(cell_path) as (window, _frame, page):
        page.look_at(made.path, "copy")
        work_ends()
        assert page.panel is not None
        made.path.unlink()
        page.panel.restore_button.click()
        settle()
        again = frame_of(window)
        assert again.session.book.organisation().name == "Chi bộ Thôn 9"
        assert "(K03)" in said(again)


def test_the_self_check_stands_on_today_and_leads_to_the_copies(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path, language="en") as window:
        frame = frame_of(window)
        frame.go("today")
        page = frame.page
        assert isinstance(page, TodayPage)
        frame.session.check()
        work_ends()
        assert "There is no backup copy of this book yet. Make one now." in said(page)
        page._findings.buttons[0].click()  # noqa: SLF001 - the jump in the line of the finding
        assert frame.goal == "backup"
        frame.session.check(copy=True)
        work_ends()
        frame.go("today")
        assert "There is no backup copy" not in said(frame.page)
        assert "Backup copy" in said(frame)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("percent", [100, 200])
def test_the_page_names_its_controls_and_fits(
    qtbot: QtBot, cell_path: Path, language: str, percent: int
) -> None:
    del qtbot
    with Book.open(cell_path) as book:
        copy = book.backups.make(Reason.MIGRATION).first
        rename(book, "Chi bộ Thôn 9")
    assert copy is not None
    with copies(cell_path, language, percent) as (window, _frame, page):
        assert unnamed(page) == []
        assert outside(window) == []
        page.look_at(copy.path, "copy")
        work_ends()
        assert unnamed(page) == []
        assert outside(window) == []
