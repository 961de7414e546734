"""Settings of this PC, on disk and on their page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from windows import compose, frame_of, open_window, settle, widgets

from sochibo.interface.looks.palette import PaletteName
from sochibo.interface.parts.fields import ChoiceField, LineField
from sochibo.interface.settings import Settings, SettingsFile

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot


def named(inside: QWidget, name: str) -> QWidget:
    return next(child for child in widgets(inside) if child.accessibleName() == name)


def test_settings_come_back_as_they_were(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "mới" / "SoChiBo")
    book = tmp_path / "Chi bộ.sochibo"
    book.touch()
    kept = Settings(language="en", percent=150, palette=PaletteName.DARK, person="Mẫu", size=(1000, 600))
    kept.remember_book(book)
    kept.places["b1"] = "members"
    file.save(kept)
    assert file.load() == kept
    assert file.load().recent_books() == (book,)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"percent": 137, "language": "fr", "palette": 3, "recent": [1], "size": ["a", 2]}'],
)
def test_a_damaged_file_means_the_usual_settings(tmp_path: Path, text: str) -> None:
    (tmp_path / "settings.json").write_text(text, "utf-8")
    assert SettingsFile(tmp_path).load() == Settings()


def test_one_wrong_value_spoils_no_other(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text(json.dumps({"percent": "viel", "language": "en"}), "utf-8")
    assert SettingsFile(tmp_path).load() == Settings(language="en")


def test_settings_that_cannot_be_written_stop_nobody(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    SettingsFile(blocked / "below").save(Settings())
    assert blocked.read_bytes() == b""


def test_without_a_folder_nothing_is_written(tmp_path: Path) -> None:
    file = SettingsFile(None)
    file.save(Settings(language="en"))
    assert file.load() == Settings()
    assert list(tmp_path.iterdir()) == []


def test_recent_books_are_few_and_newest_first(tmp_path: Path) -> None:
    kept = Settings()
    for number in range(12):
        kept.remember_book(tmp_path / f"{number}.sochibo")
    kept.remember_book(tmp_path / "8.sochibo")
    assert len(kept.recent) == 8
    assert kept.recent[0].endswith("8.sochibo")
    assert kept.recent_books() == (), "what is gone is not offered"
    kept.forget_book(tmp_path / "8.sochibo")
    assert not kept.recent[0].endswith("8.sochibo")


def test_fields_of_the_organisation_save_themselves(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path, language="en") as window:
        frame = frame_of(window)
        frame.go("settings")
        settle()
        name = named(frame, "Name of the organisation")
        assert isinstance(name, LineField)
        name.selectAll()
        compose(name, commit="Chi bộ Thôn Bàu Sen")
        day = named(frame, "Usual day of meetings")
        assert isinstance(day, LineField)
        day.selectAll()
        compose(day, commit="5")
        frame.flush()
        organisation = frame.session.book.organisation()
        assert (organisation.name, organisation.regular_day) == ("Chi bộ Thôn Bàu Sen", 5)
        assert window.windowTitle().startswith("Chi bộ Thôn Bàu Sen")
        frame.undo()
        frame.undo()
        settle()
        assert frame.session.book.organisation().name == "Chi bộ Thôn 4"
        assert name.text() == "Chi bộ Thôn 4"


def test_a_day_that_does_not_exist_is_told_and_not_saved(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path, language="en") as window:
        frame = frame_of(window)
        frame.go("settings")
        day = named(frame, "Usual day of meetings")
        assert isinstance(day, LineField)
        day.selectAll()
        compose(day, commit="45")
        frame.flush()
        assert frame.session.book.organisation().regular_day == 3
        assert day.accessibleDescription() == "Please give a day from 1 to 31."


def test_the_palette_changes_at_once_and_the_keyboard_stays(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path, language="en") as window:
        frame = frame_of(window)
        frame.go("settings")
        settle()
        choice = named(frame, "Colours")
        assert isinstance(choice, ChoiceField)
        choice.setFocus()
        choice.setCurrentIndex(1)
        choice.activated.emit(1)
        settle()
        assert frame.session.theme.name is PaletteName.DARK
        assert frame.session.settings.palette is PaletteName.DARK
        again = frame.focusWidget()
        assert again is not None
        assert again is not choice
        assert again.accessibleName() == "Colours"


def test_a_new_term_ends_the_one_before(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path, language="en") as window:
        frame = frame_of(window)
        frame.go("settings")
        before = len(frame.session.book.terms())
        button = named(frame, "Begin a new term today")
        button.click()  # type: ignore[attr-defined]  # found by its name
        terms = frame.session.book.terms()
        assert len(terms) == before + 1
        assert terms[0].start == frame.session.today()
        assert named(frame, "Term").hasFocus()
