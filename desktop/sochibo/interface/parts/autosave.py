"""Autosave: what is typed is in the book within a second, also in the middle of a word."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeySequence
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

__all__ = ["Autosave", "leaves_undo_to_book"]

_PAUSE_MS: Final = 700
_LONGEST_MS: Final = 900


class Autosave(QObject):
    """Saves one field's text: in a pause of typing, and in the midst of it where no pause comes.

    What an input method composes is no text of Qt's field yet. It is saved with the text all the same: should
    the program be killed, the word in hand is there as far as it was typed; its next letter saves anew.
    """

    def __init__(self, field: QWidget, read: Callable[[], str], save: Callable[[str], object]) -> None:
        """`read` returns the text as it would be kept, with `composed` where the cursor is."""
        super().__init__(field)
        self._field = field
        self._read = read
        self._write = save
        self._shows = False
        self._begun = QElapsedTimer()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.save)
        self.patient = False
        """Waits for a real pause, where half a text (a day) means nothing."""
        self.composed = ""
        """What an input method composes now."""
        self.saved = ""
        """What the book holds, as far as the field knows."""

    @property
    def unsaved(self) -> bool:
        """Tell whether something typed is not yet saved."""
        return self._read() != self.saved

    def touch(self) -> None:
        """Hear that a key changed the text or the word that is composed."""
        if self._shows:
            return
        if not self._timer.isActive():
            self._begun.start()
        left = _LONGEST_MS - self._begun.elapsed()
        self._timer.start(_PAUSE_MS if self.patient else max(0, min(_PAUSE_MS, left)))

    def may_show(self, text: str) -> bool:
        """Take what the book holds; True where the field must be changed to show it.

        Never over something typed that is not saved, nor into a word that is being composed. What was saved
        has no space at its end: writing it back would take the space just typed.
        """
        if (self._timer.isActive() and self.unsaved) or self.composed:
            return False
        self.saved = text
        return text != self._read()

    @contextmanager
    def showing(self) -> Iterator[None]:
        """Change the field without saving."""
        self._shows = True
        try:
            yield
        finally:
            self._shows = False

    def flush(self) -> None:
        """Ask the input method for the word in hand, and save at once."""
        if self._field.hasFocus():
            QGuiApplication.inputMethod().commit()
        self.save()

    def commit(self) -> None:
        """End what is being composed, for the field is left: its letters become text."""
        QGuiApplication.inputMethod().commit()
        if self.composed:
            # An input method that forgot the field, or that is gone, commits nothing.
            event = QInputMethodEvent()
            event.setCommitString(self.composed)
            QApplication.sendEvent(self._field, event)

    def save(self) -> None:
        """Save now, if the text differs."""
        self._timer.stop()
        text = self._read()
        if text != self.saved:
            self.saved = text
            self._write(text)


def leaves_undo_to_book(event: QEvent, *, can_undo: bool, can_redo: bool) -> bool:
    """Tell whether Ctrl Z or Ctrl Y has nothing to do in the field, so that it reaches the book.

    Qt's edits claim these keys even with an empty history of their own.
    """
    if event.type() is not QEvent.Type.ShortcutOverride:
        return False
    key: QKeyEvent = event  # type: ignore[assignment]  # a ShortcutOverride is a QKeyEvent
    return (key.matches(QKeySequence.StandardKey.Undo) and not can_undo) or (
        key.matches(QKeySequence.StandardKey.Redo) and not can_redo
    )
