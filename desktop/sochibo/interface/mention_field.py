"""MentionField: text in which `@` offers names, and a key offers phrases of earlier meetings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QCompleter

from sochibo.interface.fields import TextField
from sochibo.rules import names

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent

    from sochibo.interface.theme import Theme

__all__ = ["MentionField"]

_MENTION: Final = re.compile(r"@(?P<typed>[^@\n:;,.]{0,40})$")
_PASSED_ON: Final = frozenset(
    {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape}
)
_MOST: Final = 8


class MentionField(TextField):
    """Offers, never forces: whatever is typed stays as typed until somebody presses Enter on an offer."""

    offered = Signal()

    def __init__(self, theme: Theme, name: str, save: Callable[[str], object], *, lines: int = 3) -> None:
        super().__init__(theme, name, save, lines=lines)
        self.people: Sequence[str] = ()
        self.phrases: Callable[[], Sequence[str]] = tuple
        self._model = QStringListModel(self)
        self.offers = QCompleter(self._model, self)
        self.offers.setWidget(self)
        self.offers.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.offers.setMaxVisibleItems(_MOST)
        self.offers.activated.connect(self._take)
        self.offers.popup().setAccessibleName(name)
        self._in_phrase = False
        self.textChanged.connect(self._look)

    @property
    def offering(self) -> bool:
        """Tell whether a list of offers is open."""
        return self.offers.popup().isVisible()

    def offered_texts(self) -> tuple[str, ...]:
        """Return what is offered now."""
        return tuple(self._model.stringList())

    def offer_phrases(self) -> None:
        """Offer what was written under this title at earlier meetings, if anything was."""
        self._in_phrase = True
        self._offer(self.phrases())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Leave Enter, Tab and Esc to an open list; F4 opens the list of phrases."""
        if event.key() == Qt.Key.Key_F4 and not self.isReadOnly():
            self.offer_phrases()
            return
        if self.offering and event.key() in _PASSED_ON:
            # The list takes these keys: it filters our events and acts on what we let through.
            if event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._take(self.offers.popup().currentIndex().data() or next(iter(self.offered_texts()), ""))
            self.offers.popup().hide()
            event.accept()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Close the list with the field, but not because the list itself took the keyboard."""
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.offers.popup().hide()
        super().focusOutEvent(event)

    def _look(self) -> None:
        """Offer names while a word behind `@` is typed."""
        if self.isReadOnly() or not self.hasFocus():
            return
        match = _MENTION.search(self._before_cursor())
        if match is None:
            if not self._in_phrase:
                self.offers.popup().hide()
            return
        self._in_phrase = False
        typed = match["typed"]
        self._offer([name for name in self.people if names.matches(name, typed)] if typed else self.people)

    def _offer(self, texts: Sequence[str]) -> None:
        self._model.setStringList(list(texts))
        if not texts:
            self.offers.popup().hide()
            return
        place = self.cursorRect()
        place.setWidth(min(self.width(), self._theme.px(420)))
        self.offers.complete(place)
        self.offers.popup().setCurrentIndex(self.offers.completionModel().index(0, 0))
        self.offered.emit()

    def _take(self, text: str) -> None:
        """Write the offer: a name at the beginning of a paragraph is followed by what that person said."""
        if not text:
            return
        cursor = self.textCursor()
        before = self._before_cursor()
        match = None if self._in_phrase else _MENTION.search(before)
        if match is not None:
            cursor.movePosition(
                QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(match.group())
            )
            if not before[: match.start()].strip(" -–—+•*"):
                text = f"{text}: "
        self._in_phrase = False
        cursor.insertText(text)
        self.setTextCursor(cursor)
        self.offers.popup().hide()

    def _before_cursor(self) -> str:
        cursor = self.textCursor()
        return cursor.block().text()[: cursor.positionInBlock()]
