"""Qt's own words speak Vietnamese."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox, QPlainTextEdit, QTextBrowser
from windows import settle

from sochibo.interface.looks.qt_words import QT_WORDS, QtWords
from sochibo.messages import Messages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

ALL_BUTTONS = (
    QMessageBox.StandardButton.Ok, QMessageBox.StandardButton.Save, QMessageBox.StandardButton.SaveAll,
    QMessageBox.StandardButton.Open, QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.YesToAll,
    QMessageBox.StandardButton.No, QMessageBox.StandardButton.NoToAll, QMessageBox.StandardButton.Abort,
    QMessageBox.StandardButton.Retry, QMessageBox.StandardButton.Ignore, QMessageBox.StandardButton.Close,
    QMessageBox.StandardButton.Cancel, QMessageBox.StandardButton.Discard, QMessageBox.StandardButton.Help,
    QMessageBox.StandardButton.Apply, QMessageBox.StandardButton.Reset,
    QMessageBox.StandardButton.RestoreDefaults,
)  # fmt: skip


@pytest.fixture
def bridge(qapp: QApplication) -> Iterator[QtWords]:
    made = QtWords(Messages("vi"))
    qapp.installTranslator(made)
    yield made
    qapp.removeTranslator(made)


def unknown(bridge: QtWords) -> set[str]:
    """Return the words asked for and not listed, but for keys and what Qt writes into logs alone."""
    return {
        text
        for context, text in bridge.unknown
        if context != "QShortcut"
        and any(letter.isalpha() for letter in text)
        and not text.isupper()
        and not text.startswith(("Alt+", "Cannot load library"))
    }


def test_every_standard_button_is_translated(bridge: QtWords, qtbot: QtBot) -> None:
    box = QMessageBox()
    qtbot.addWidget(box)
    words = Messages("vi")
    for button in ALL_BUTTONS:
        box.addButton(button)
    texts = {button.text().replace("&", "") for button in box.buttons()}
    assert {words.pgettext("Qt", "Cancel"), words.pgettext("Qt", "Save")} <= texts
    assert "Cancel" not in texts
    assert unknown(bridge) == set()


def test_context_menus_are_translated_and_no_entry_is_blank(bridge: QtWords, qtbot: QtBot) -> None:
    for widget in (QLineEdit(), QPlainTextEdit(), QTextBrowser()):
        qtbot.addWidget(widget)
        menu = widget.createStandardContextMenu()
        entries = [action.text() for action in menu.actions() if not action.isSeparator()]
        menu.deleteLater()
        assert entries
        assert all(entries)
        assert not any("Select All" in entry or "Copy" in entry for entry in entries)
    assert unknown(bridge) == set()


def test_the_file_dialog_is_translated(bridge: QtWords, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "Chi bộ.sochibo").touch()
    for mode in (QFileDialog.AcceptMode.AcceptOpen, QFileDialog.AcceptMode.AcceptSave):
        dialog = QFileDialog(None, "", str(tmp_path), "Sổ (*.sochibo)")
        qtbot.addWidget(dialog)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setAcceptMode(mode)
        dialog.show()
        settle()
        dialog.close()
    assert unknown(bridge) == set()


def test_an_unknown_word_stays_as_it_is(bridge: QtWords) -> None:
    assert bridge.translate("QPlatformTheme", "Frobnicate") is None
    assert bridge.translate("QPlatformTheme", "&Cancel") == Messages("vi").pgettext("Qt", "Cancel")


def test_every_listed_word_has_a_vietnamese_one() -> None:
    words = Messages("vi")
    same = {word for word in QT_WORDS if words.pgettext("Qt", word) == word}
    assert same == set()
