"""The start screen: from nothing to an open book, with troubles said in place."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QPushButton
from windows import compose, frame_of, open_window, settle, widgets

from sochibo.book.book import Book, BookDraft
from sochibo.interface import application
from sochibo.interface.frame.start import StartScreen
from sochibo.interface.settings import Settings
from sochibo.rules.units.organisations import BookKind

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

FILLED = {
    "Name of the organisation": "Chi bộ Thôn Bàu Sen",
    "Superior organisation": "Đảng bộ xã Đông Hòa",
    "Place named on papers": "Đông Hòa",
    "Secretary": "Lê Thị Thử",
    "Term": "2025–2027",
    "The term began on": "15/3/2025",
}


def press_button(inside: QWidget, text: str) -> None:
    next(one for one in widgets(inside) if isinstance(one, QPushButton) and one.text() == text).click()
    settle()


def fill(inside: QWidget, values: dict[str, str]) -> None:
    for name, text in values.items():
        field = next(one for one in widgets(inside) if one.accessibleName() == name)
        compose(field, commit=text)


def test_a_filled_form_gives_the_draft_of_a_book(qtbot: QtBot) -> None:
    with open_window(None, language="en") as window:
        screen = window.start
        assert isinstance(screen, StartScreen)
        screen.asked_new.disconnect()
        press_button(screen, "Make a new book")
        fill(screen, FILLED)
        with qtbot.waitSignal(screen.asked_new) as told:
            press_button(screen, "Make the book…")
        assert told.args == [
            BookDraft(
                kind=BookKind.CELL,
                name="Chi bộ Thôn Bàu Sen",
                superior="Đảng bộ xã Đông Hòa",
                place="Đông Hòa",
                term_name="2025–2027",
                term_start=date(2025, 3, 15),
                symbol="CB",
                secretary="Lê Thị Thử",
            ),
            "",
        ]


def test_what_is_missing_is_said_at_the_field(qtbot: QtBot) -> None:
    with open_window(None, language="en") as window:
        screen = window.start
        assert screen is not None
        press_button(screen, "Make a new book")
        fill(screen, {"Name of the organisation": "Chi bộ Thôn 4", "The term began on": "31/2/2025"})
        with qtbot.assertNotEmitted(screen.asked_new):
            press_button(screen, "Make the book…")
        named = {one.accessibleName(): one for one in widgets(screen)}
        assert named["Superior organisation"].accessibleDescription() == "Please fill this in."
        assert named["Superior organisation"].hasFocus()
        assert named["Name of the organisation"].property("trouble") is not True
        assert named["The term began on"].property("trouble") is True


def test_a_made_book_is_opened_and_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    del qtbot
    path = tmp_path / "mới.sochibo"
    kept = Settings(language="en")
    draft = BookDraft(
        kind=BookKind.COMMITTEE, name="Đảng ủy xã Đông Hòa", superior="Tỉnh ủy Bình Minh", place="Đông Hòa",
        term_name="2025–2030", term_start=date(2025, 7, 1),
    )  # fmt: skip
    with open_window(None, settings=kept, language="en") as window:
        assert window.create_book(path, draft)
        settle()
        assert frame_of(window).goals[0] == "today"
        assert "meetings" not in frame_of(window).goals
        assert window.windowTitle().startswith("Đảng ủy xã Đông Hòa")
    assert kept.recent_books() == (path,)


def test_a_file_that_is_no_book_is_said_in_place(qtbot: QtBot, tmp_path: Path) -> None:
    del qtbot
    path = tmp_path / "thư.sochibo"
    path.write_bytes(b"not a book at all" * 100)
    before = path.read_bytes()
    with open_window(None, language="en") as window:
        assert not window.open_book(path)
        settle()
        screen = window.start
        assert screen is not None
        said = [one.accessibleName() for one in widgets(screen) if "thư.sochibo" in one.accessibleName()]
        assert said
        assert str(tmp_path) not in said[0]
    assert path.read_bytes() == before


def test_an_existing_file_is_not_overwritten_and_the_form_stays_filled(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    draft = BookDraft(
        kind=BookKind.CELL, name="X", superior="Y", place="Z", term_name="1", term_start=date(2025, 1, 1)
    )
    with open_window(None, language="en") as window:
        assert window.start is not None
        press_button(window.start, "Make a new book")
        fill(window.start, FILLED)
        assert not window.create_book(cell_path, draft)
        settle()
        texts = [getattr(one, "text", str)() for one in widgets(window.start)]
        assert "Chi bộ Thôn Bàu Sen" in texts
    with Book.open(cell_path, read_only=True) as book:
        assert book.organisation().name == "Chi bộ Thôn 4"


def test_recent_books_are_doors(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    kept = Settings(language="en", recent=[str(cell_path)])
    with open_window(None, settings=kept, language="en") as window:
        assert window.start is not None
        press_button(window.start, cell_path.stem)
        assert frame_of(window).session.book.path == cell_path
        frame_of(window).session.asked_start.emit()
        settle()
        assert window.start is not None


def test_the_language_changes_at_once_where_no_book_is_open(qtbot: QtBot) -> None:
    del qtbot
    kept = Settings()
    with open_window(None, settings=kept) as window:
        assert window.start is not None
        press_button(window.start, "English")
        assert kept.language == "en"
        assert any(getattr(one, "text", str)() == "Open a book" for one in widgets(window))


def test_the_program_starts_on_a_book_and_ends_cleanly(
    qtbot: QtBot, cell_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del qtbot
    titles: list[str] = []

    def stand_in(app: QApplication) -> int:
        titles.extend(top.windowTitle() for top in app.topLevelWidgets() if top.isVisible())
        for top in app.topLevelWidgets():
            top.close()
        return 0

    monkeypatch.setattr(QApplication, "exec", stand_in)
    assert application.run(cell_path, "vi", temporary=True) == 0
    assert titles == ["Chi bộ Thôn 4 – Sổ Chi bộ"]
