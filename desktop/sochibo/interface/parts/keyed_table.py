"""KeyedTable: a table of people worked by letters that find and digits that mark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal

from sochibo.interface.parts.table_view import TableView
from sochibo.rules import names

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QFocusEvent, QKeyEvent

    from sochibo.interface.looks.theme import Theme
    from sochibo.interface.parts.table import RecordTable

__all__ = ["KeyedTable"]


class KeyedTable(TableView):
    """Letters find a name, digits mark it, Backspace mends the search; the arrows stay Qt's.

    The view takes no input method (it edits nothing), so that letters come raw; UniKey's rewriting arrives as
    Backspace and letters, and the search folds diacritics away.
    """

    digit = Signal(int)
    searched = Signal(str)
    entered = Signal()
    touched = Signal()
    """Anything but a digit was pressed: whoever waits for a second digit waits no longer."""

    def __init__(
        self,
        theme: Theme,
        model: RecordTable[Any],
        name: str,
        name_of: Callable[[Any], str],
        *,
        grows: bool = False,
        header: bool = True,
    ) -> None:
        """`name` is for screen readers, `name_of` tells what a record is found by."""
        super().__init__(theme, model, name, grows=grows, header=header)
        self._name = name_of
        self.typed = ""

    def search(self, text: str) -> None:
        """Look for a name from the row in hand on; what finds nobody stays as typed, and nothing moves."""
        self.typed = text
        self.searched.emit(text)
        if not text.strip():
            return
        lines = self._table.records
        start = max(0, self.currentIndex().row())
        ahead = [*lines[start:], *lines[:start]]
        wanted = names.fold(text)
        # Who is called by the word comes before whose name merely holds it: `an` is Ân before Hoàng.
        better = [(given(self._name(line)), line) for line in ahead if names.matches(self._name(line), text)]
        better.sort(key=lambda pair: (not pair[0].startswith(wanted), pair[0] != wanted))
        if better:
            self.choose(self._table.key_of(lines.index(better[0][1])))

    def forget_search(self) -> None:
        """Begin anew with the next letter."""
        if self.typed:
            self.typed = ""
            self.searched.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Sort the key: Enter goes on, digits mark, letters search."""
        key, text = event.key(), event.text()
        command = event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
            | Qt.KeyboardModifier.AltModifier
            | Qt.KeyboardModifier.MetaModifier
        )
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not command:
            self.entered.emit()
        elif command or key in {Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            super().keyPressEvent(event)
        elif len(text) == 1 and text.isascii() and text.isdigit():
            self.digit.emit(int(text))
        elif key == Qt.Key.Key_Backspace:
            self.touched.emit()
            self.search(self.typed[:-1])
        elif text and text.isprintable():
            self.touched.emit()
            self.search(self.typed + text)
        else:
            self.touched.emit()
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 - Qt's name
        """Leave Qt's own search out: it knows only beginnings, with diacritics."""
        del search

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Have a row in hand as soon as the table has the keyboard."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._table.rowCount():
            self.setCurrentIndex(self._table.index(0, 0))


def given(name: str) -> str:
    """Return the folded given name, by which people are called."""
    return names.fold(name).rsplit(" ", 1)[-1]
