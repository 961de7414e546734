"""A book that is gone or damaged is brought back in the window, and a new one begins with its paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from books import CELL
from passphrases import FIRST, SECOND, quick_passphrases
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QLineEdit
from windows import compose, frame_of, open_window, outside, settle, unnamed, widgets

from sochibo.book.book import Book
from sochibo.book.upkeep.backups import Reason
from sochibo.interface.frame.rescue_screen import RescueScreen
from sochibo.interface.frame.start import StartScreen
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.parts import choosers
from sochibo.interface.upkeep.protection_page import ProtectionPage

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from sochibo.interface.window import Window


FILLED = {
    "Name of the organisation": "Chi bộ Thôn Bàu Sen",
    "Superior organisation": "Đảng bộ xã Đông Hòa",
    "Place named on papers": "Đông Hòa",
    "Term": "2025–2027",
    "The term began on": "15/3/2025",
}


def work_ends() -> None:
    for _ in range(3):
        QThreadPool.globalInstance().waitForDone()
        settle()


def copied(path: Path) -> None:
    """Make one copy of a book."""
    with Book.open(path) as book:
        book.backups.make(Reason.ASKED)


def button(inside: QWidget, text: str) -> ActButton:
    return next(one for one in widgets(inside) if isinstance(one, ActButton) and one.accessibleName() == text)


def rescue(window: Window) -> RescueScreen:
    return next(one for one in widgets(window) if isinstance(one, RescueScreen))


@pytest.mark.parametrize("gone", [False, True])
def test_a_spoilt_book_offers_its_copies_and_comes_back(qtbot: QtBot, cell_path: Path, gone: bool) -> None:  # noqa: FBT001 - a parameter
    copied(cell_path)
    spoilt = b"not a book any more" * 400
    if gone:
        cell_path.unlink()
    else:
        cell_path.write_bytes(spoilt)
    with open_window(None, language="en") as window:
        assert not window.open_book(cell_path)
        settle()
        assert isinstance(window.start, StartScreen)
        button(window.start, "Bring “Chi bộ Thôn 4” back from a backup copy …").click()
        settle()
        screen = rescue(window)
        assert screen.table_model.rowCount() == 1
        assert not unnamed(screen)
        assert not outside(window)
        screen.look_button.click()
        work_ends()
        assert screen.panel is not None
        assert screen.panel.preview is not None
        assert screen.panel.preview.now is None
        screen.panel.restore_button.click()
        work_ends()
        qtbot.waitUntil(lambda: window.frame is not None)
        assert frame_of(window).session.book.organisation().name == "Chi bộ Thôn 4"
        kept = [one for one in cell_path.parent.iterdir() if one.is_file() and one.read_bytes() == spoilt]
        assert bool(kept) is not gone


def test_the_start_screen_finds_a_copy_elsewhere_and_asks_where_the_book_shall_lie(
    cell_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied(cell_path)
    copy = next((cell_path.parent / "Chi bộ Thôn 4.backups").iterdir())
    stick = tmp_path / "stick"
    stick.mkdir()
    carried = copy.rename(stick / copy.name)
    place = tmp_path / "mới" / "Chi bộ.sochibo"
    place.parent.mkdir()
    monkeypatch.setattr(choosers, "choose_file", lambda *_: carried)
    monkeypatch.setattr(choosers, "choose_new_file", lambda *_: place)
    with open_window(None, language="en") as window:
        assert window.start is not None
        button(window.start, "Bring a book back from a backup copy …").click()
        settle()
        screen = rescue(window)
        assert not screen.table.isVisible()
        screen.choose()
        work_ends()
        assert screen.panel is not None
        screen.go_back()
        assert screen.first_focus().isVisible()
        screen.choose()
        work_ends()
        assert screen.panel is not None
        screen.panel.restore()
        work_ends()
        assert frame_of(window).session.book.path == place


def test_esc_leads_back_to_the_start_and_a_locked_book_offers_no_copy(cell_path: Path) -> None:
    copied(cell_path)
    with open_window(None, language="en") as window:
        window.show_rescue(cell_path)
        settle()
        rescue(window).go_back()
        settle()
        assert isinstance(window.start, StartScreen)
        foreign = cell_path.with_name("thư.sochibo")
        foreign.write_bytes(b"letter")
        assert not window.open_book(foreign)
        settle()
        assert not [one for one in widgets(window) if one.accessibleName().startswith("Bring “")]


def test_a_new_book_with_a_passphrase_shows_its_recovery_paper_at_once(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick_passphrases(monkeypatch)
    path = tmp_path / "a.sochibo"
    with open_window(None, language="en") as window:
        assert window.create_book(path, CELL, FIRST)
        page = frame_of(window).page
        assert isinstance(page, ProtectionPage)
        qtbot.waitUntil(lambda: page.lines.text().count("\n") == 4)
        assert page.paper.isVisible()
    with Book.open(path, passphrase=FIRST) as book:
        assert book.protection.is_set
        assert book.organisation().name == CELL.name


def test_the_form_of_a_new_book_judges_the_passphrase_where_it_is_typed(qtbot: QtBot) -> None:
    with open_window(None, language="en") as window:
        screen = window.start
        assert screen is not None
        screen.asked_new.disconnect()
        screen.show_form()
        settle()
        named = {one.accessibleName(): one for one in widgets(screen) if isinstance(one, QLineEdit)}
        for name, text in FILLED.items():
            compose(named[name], commit=text)
        first, again = named["Passphrase of the book"], named["The passphrase once more"]
        assert first.echoMode() is QLineEdit.EchoMode.Password
        make = button(screen, "Make the book…")
        for typed, repeated, wrong in (("ngắn", "ngắn", first), (FIRST, SECOND, again)):
            first.setText(typed)
            again.setText(repeated)
            with qtbot.assertNotEmitted(screen.asked_new):
                make.click()
            assert wrong.hasFocus()
        again.setText(FIRST)
        with qtbot.waitSignal(screen.asked_new) as told:
            make.click()
        assert told.args is not None
        assert told.args[1] == FIRST
