"""Protected books in the window: asked for, locked when nobody is there, set, changed and recovered."""

from __future__ import annotations

import threading
import time
from datetime import date
from typing import TYPE_CHECKING, Any, cast

import pytest
from passphrases import FIRST, SECOND, quick_passphrases
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from recordings import noon
from windows import frame_of, open_window, outside, press, settle, unnamed, widgets

from sochibo.book.book import Book
from sochibo.book.upkeep.backups import Reason
from sochibo.book.upkeep.protection import is_protected
from sochibo.interface.frame.idle import IdleWatch
from sochibo.interface.frame.rescue_screen import RescueScreen
from sochibo.interface.frame.unlock_page import UnlockPage
from sochibo.interface.parts import choosers
from sochibo.interface.settings import Settings
from sochibo.interface.upkeep.protection_page import ProtectionPage

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sochibo.interface.window import Window


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_passphrases(monkeypatch)


@pytest.fixture
def locked(cell_path: Path) -> tuple[Path, str]:
    """Return a protected book and what stands on its paper."""
    with Book.open(cell_path) as book:
        return cell_path, "\n".join(book.protection.choose(FIRST).lines)


def unlock_page(window: Window) -> UnlockPage:
    return next(one for one in widgets(window) if isinstance(one, UnlockPage))


def protection_page(window: Window) -> ProtectionPage:
    page = frame_of(window).page
    assert isinstance(page, ProtectionPage)
    return page


def click(window: Window, text: str) -> None:
    next(one for one in widgets(window) if isinstance(one, QPushButton) and one.text() == text).click()
    settle()


def said(window: Window) -> str:
    return " ".join(one.accessibleName() or getattr(one, "text", str)() for one in widgets(window))


def unlock(qtbot: QtBot, window: Window, passphrase: str) -> None:
    page = unlock_page(window)
    page.passphrase.line.setText(passphrase)
    press(page.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.frame is not None or page.trouble.isVisible())
    settle()


def test_a_protected_book_asks_for_its_passphrase_by_keyboard_alone(
    qtbot: QtBot, locked: tuple[Path, str]
) -> None:
    with open_window(locked[0], language="en") as window:
        page = unlock_page(window)
        assert page.passphrase.line.hasFocus()
        assert unnamed(page) == []
        unlock(qtbot, window, SECOND)
        assert "(B10)" in page.trouble.accessibleName()
        assert "Caps Lock" in page.trouble.accessibleName()
        assert (page.passphrase.text(), page.passphrase.line.hasFocus()) == ("", True)
        unlock(qtbot, window, FIRST)
        assert frame_of(window).session.book.protection.is_set


def test_a_file_that_was_cut_asks_for_no_passphrase_and_offers_its_copies(locked: tuple[Path, str]) -> None:
    path, _ = locked
    with Book.open(path, passphrase=FIRST) as book:
        book.backups.make(Reason.ASKED)
    path.write_bytes(path.read_bytes()[:-100])
    with open_window(None, language="en") as window:
        assert not window.open_book(path)
        settle()
        assert window.start is not None
        assert "(B04)" in said(window)
        click(window, "Bring “Chi bộ Thôn 4” back from a backup copy …")
        assert any(isinstance(one, RescueScreen) for one in widgets(window))


def test_a_right_passphrase_of_a_damaged_book_leads_to_its_copies(
    qtbot: QtBot, locked: tuple[Path, str]
) -> None:
    path, _ = locked
    data = bytearray(path.read_bytes())
    data[2000] ^= 1
    path.write_bytes(data)
    with open_window(path, language="en") as window:
        unlock(qtbot, window, SECOND)
        page = unlock_page(window)
        assert "(B10)" in page.trouble.accessibleName()
        assert not page.rescue.isVisible()
        unlock(qtbot, window, FIRST)
        assert "(B04)" in page.trouble.accessibleName()
        assert page.rescue.isVisible()
        assert "surely right" not in said(window)
        assert unnamed(page) == []
        assert not outside(window)
        click(window, "Bring “Chi bộ Thôn 4” back from a backup copy …")
        assert any(isinstance(one, RescueScreen) for one in widgets(window))


def test_after_wrong_tries_the_copies_are_offered_with_what_they_are_for(
    qtbot: QtBot, locked: tuple[Path, str]
) -> None:
    with open_window(locked[0], language="en") as window:
        page = unlock_page(window)
        for offered in (False, False, True):
            unlock(qtbot, window, SECOND)
            assert page.rescue.isVisible() is offered
        assert "surely right" in said(window)
        assert not outside(window)
        unlock(qtbot, window, FIRST)
        assert frame_of(window).session.book.protection.is_set


def test_one_step_back_leads_to_the_other_books(qtbot: QtBot, locked: tuple[Path, str]) -> None:
    del qtbot
    with open_window(locked[0], language="en") as window:
        press(window, Qt.Key.Key_Escape)
        settle()
        assert window.start is not None


def test_forget_and_recover(qtbot: QtBot, locked: tuple[Path, str]) -> None:
    path, paper = locked
    with open_window(path, language="en") as window:
        page = unlock_page(window)
        click(window, "I have forgotten the passphrase")
        assert page.recovery.hasFocus()
        page.recovery.setPlainText(paper[:-1] + "U")
        click(window, "Open with the recovery key")
        qtbot.waitUntil(page.trouble.isVisible)
        assert "Line 5" in page.trouble.accessibleName()
        page.recovery.setPlainText(paper.lower().replace("\n", " "))
        click(window, "Open with the recovery key")
        qtbot.waitUntil(lambda: window.frame is not None)
        settle()
        asked = protection_page(window)
        assert asked.due.isVisible()
        assert not asked.current.isVisible()
        asked.new.line.setText(SECOND)
        asked.repeat.line.setText(SECOND)
        asked.choose()
        qtbot.waitUntil(asked.paper.isVisible)
        assert not asked.due.isVisible()
    with Book.open(path, passphrase=SECOND) as book:
        assert book.protection.is_set


def test_a_book_is_protected_its_paper_saved_and_the_passphrase_taken_away(
    qtbot: QtBot, cell_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = tmp_path / "giấy.pdf"
    monkeypatch.setattr(choosers, "choose_new_file", lambda *_: sheet)
    with open_window(cell_path, language="en") as window:
        frame_of(window).go("protection")
        page = protection_page(window)
        assert not page.lock.isVisible()
        page.new.line.setText(FIRST)
        page.repeat.line.setText(SECOND)
        page.choose()
        assert page.trouble.isVisible()
        page.repeat.line.setText(FIRST)
        page.choose()
        qtbot.waitUntil(page.paper.isVisible)
        assert is_protected(cell_path)
        assert page.lock.isVisible()
        assert len(page.lines.text().splitlines()) == 5
        assert unnamed(page) == []
        assert (page.new.text(), page.repeat.text()) == ("", "")
        page.save_paper()
        assert sheet.read_bytes().startswith(b"%PDF")
        press(window, Qt.Key.Key_Escape)
        assert (page.paper.isVisible(), page.lines.text()) == (False, "")
        page.current.line.setText(FIRST)
        page.make_paper_again()
        qtbot.waitUntil(page.paper.isVisible)
        assert not page.making.isVisible()
        page.put_away()
        page.current.line.setText(SECOND)
        page.remove()
        qtbot.waitUntil(page.trouble.isVisible)
        assert is_protected(cell_path)
        page.current.line.setText(FIRST)
        page.remove()
        qtbot.waitUntil(lambda: not is_protected(cell_path))
        settle()
        assert not page.lock.isVisible()


def test_a_passphrase_waits_for_the_copy_that_the_window_itself_makes(qtbot: QtBot, cell_path: Path) -> None:
    """Else it is told that another program holds the book, which is this very one."""
    reading = threading.Event()

    def read_slowly() -> None:
        with Book.open(cell_path, read_only=True):
            reading.set()
            time.sleep(0.5)

    with open_window(cell_path, language="en") as window:
        frame_of(window).go("protection")
        page = protection_page(window)
        frame_of(window).session.work(read_slowly, lambda _nothing: None, "")
        assert reading.wait(60)
        page.new.line.setText(FIRST)
        page.repeat.line.setText(FIRST)
        page.choose()
        qtbot.waitUntil(lambda: page.paper.isVisible() or page.trouble.isVisible())
        assert page.trouble.accessibleName() == ""
        assert is_protected(cell_path)


def test_a_short_passphrase_is_told_and_changes_nothing(qtbot: QtBot, cell_path: Path) -> None:
    with open_window(cell_path, language="en") as window:
        frame_of(window).go("protection")
        page = protection_page(window)
        page.new.line.setText("1234")
        page.repeat.line.setText("1234")
        page.choose()
        qtbot.waitUntil(page.trouble.isVisible)
        assert "(O21)" in page.trouble.accessibleName()
        assert not is_protected(cell_path)


def test_the_window_locks_itself_saves_and_comes_back_to_where_one_was(
    qtbot: QtBot, locked: tuple[Path, str]
) -> None:
    with open_window(locked[0], language="en", settings=Settings(language="en", lock_minutes=1)) as window:
        unlock(qtbot, window, FIRST)
        frame = frame_of(window)
        frame.go("settings")
        field = next(one for one in widgets(frame) if one.accessibleName() == "Place named on papers")
        field.setText("Bình Minh")  # type: ignore[attr-defined]  # the field of that name is a line
        watch: Any = window.findChild(IdleWatch)
        watch.watch(20)
        qtbot.waitUntil(lambda: window.frame is None)
        settle()
        assert "The book is locked." in said(window)
        assert "Bình Minh" not in said(window)
        with Book.open(locked[0], passphrase=FIRST, read_only=True) as book:
            assert book.organisation().place == "Bình Minh"
        unlock(qtbot, window, FIRST)
        assert frame_of(window).goal == "settings"


def test_a_dialog_in_the_way_is_left_before_the_book_is_locked(
    qtbot: QtBot, locked: tuple[Path, str]
) -> None:
    with open_window(locked[0], language="en") as window:
        unlock(qtbot, window, FIRST)
        dialog = QDialog(window)
        dialog.setModal(True)
        dialog.show()
        settle()
        assert QApplication.activeModalWidget() is dialog
        window.lock()
        settle()
        assert not dialog.isVisible()
        assert window.frame is None


def test_received_files_are_locked_while_the_paper_is_shown(
    qtbot: QtBot, committee_path: Path, tmp_path: Path
) -> None:
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(b"no paper")
    with Book.open(committee_path) as book:
        book.inbox.receive([paper], noon(date(2026, 12, 3)))
    with open_window(committee_path, language="en") as window:
        frame_of(window).go("protection")
        page = protection_page(window)
        page.new.line.setText(FIRST)
        page.repeat.line.setText(FIRST)
        page.choose()
        qtbot.waitUntil(page.paper.isVisible)
        qtbot.waitUntil(lambda: not frame_of(window).session.busy)
        (beside,) = committee_path.with_name(f"{committee_path.stem}.received").glob("*/*")
        assert beside.suffix == ".locked"


def test_neither_a_plain_book_nor_a_busy_one_is_locked(
    qtbot: QtBot, cell_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_window(cell_path, language="en") as window:
        window.lock()
        assert window.frame is not None
        frame_of(window).session.book.protection.choose(FIRST)
        with monkeypatch.context() as busy:
            busy.setattr(type(frame_of(window).session), "busy", True)
            window.lock()
            assert window.frame is not None
        frame_of(window).session.asked_lock.emit()
        qtbot.waitUntil(lambda: window.frame is None)


def test_a_touch_begins_the_time_anew(qtbot: QtBot, cell_path: Path) -> None:
    with open_window(cell_path) as window:
        watch = IdleWatch(window)
        passed: list[bool] = []
        watch.passed.connect(lambda: passed.append(True))
        # Short enough for Qt to count it in milliseconds, long enough for a PC that stumbles.
        watch.watch(10_000)
        timer = cast("QTimer", watch.findChild(QTimer))
        whole = timer.remainingTime()
        qtbot.waitUntil(lambda: timer.remainingTime() < whole - 1000)
        left = timer.remainingTime()
        press(window, Qt.Key.Key_Shift)
        assert timer.remainingTime() > left
        assert passed == []
        watch.watch(1)
        qtbot.waitUntil(lambda: passed[:1] == [True])
        watch.watch(0)
        seen = len(passed)
        qtbot.wait(50)
        assert len(passed) == seen
