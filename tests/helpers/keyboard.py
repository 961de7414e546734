"""A person at the keyboard: keys go to whatever has the focus, and are counted apart from typed texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from windows import press, settle

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

__all__ = ["Keyboard"]


class Keyboard:
    """Presses keys; `strokes` counts those that are no typed text, a modifier together with its key."""

    def __init__(self) -> None:
        self.strokes = 0
        self.typed = 0

    @property
    def focus(self) -> QWidget:
        """Return what has the keyboard."""
        found = QApplication.focusWidget()
        assert found is not None, "nothing has the keyboard"
        return found

    def press(
        self,
        key: Qt.Key,
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        *,
        times: int = 1,
    ) -> None:
        """Press a key, also one that is a shortcut of the page or the window."""
        for _ in range(times):
            QTest.keyClick(self.focus, key, modifier)
            self.strokes += 1
        settle()

    def letters(self, text: str) -> None:
        """Press letters or digits that are commands: a search, a mark."""
        self._send(text)
        self.strokes += len(text)

    def write(self, text: str) -> None:
        """Type a text."""
        self._send(text)
        self.typed += len(text)

    def _send(self, text: str) -> None:
        for letter in text:
            press(self.focus, Qt.Key(ord(letter.upper())) if letter.isascii() else Qt.Key.Key_unknown, letter)
        settle()
