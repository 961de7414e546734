"""MentionField: text in which `@` offers names, and a key offers phrases of earlier meetings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QListWidget

from sochibo.interface.parts.fields import TextField
from sochibo.rules import names

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent

    from sochibo.interface.looks.theme import Theme

__all__ = ["MentionField"]

_MENTION: Final = re.compile(r"@(?P<typed>[^@\n:;,.]{0,40})$")
_MOST: Final = 7
_WIDE: Final = 440


class MentionField(TextField):
    """Offers, never forces: whatever is typed stays as typed until somebody presses Enter on an offer.

    The list is a child of the window and never takes the keyboard: a pop-up of its own would end what an
    input method composes, and lose a key with it.
    """

    def __init__(self, theme: Theme, name: str, save: Callable[[str], object], *, lines: int = 3) -> None:
        super().__init__(theme, name, save, lines=lines)
        self.people: Sequence[str] = ()
        self.phrases: Callable[[], Sequence[str]] = tuple
        self._offers: QListWidget | None = None
        self._in_phrase = False
        self.textChanged.connect(self._look)

    @property
    def offering(self) -> bool:
        """Tell whether a list of offers is open."""
        return self._offers is not None and self._offers.isVisible()

    def offered_texts(self) -> tuple[str, ...]:
        """Return what is offered now, the best first."""
        if self._offers is None or not self.offering:
            return ()
        return tuple(self._offers.item(place).text() for place in range(self._offers.count()))

    def offer_phrases(self) -> None:
        """Offer what was written under this title at earlier meetings, if anything was."""
        self._in_phrase = True
        self._offer(self.phrases())

    def forget_offers(self) -> None:
        """Close the list."""
        self._in_phrase = False
        if self._offers is not None:
            self._offers.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Move and take in an open list by arrows, Enter, Tab and Esc; F4 opens the list of phrases."""
        key = event.key()
        if key == Qt.Key.Key_F4 and not self.isReadOnly():
            self.offer_phrases()
        elif self._offers is None or not self.offering:
            super().keyPressEvent(event)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._take(self._offers.currentItem().text())
        elif key == Qt.Key.Key_Escape:
            self.forget_offers()
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            step = 1 if key == Qt.Key.Key_Down else -1
            self._offers.setCurrentRow((self._offers.currentRow() + step) % self._offers.count())
        else:
            if self._in_phrase:
                self.forget_offers()
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001, N802 - Qt's name and argument
        """Let Tab take an offer: Qt asks here before the key comes to `keyPressEvent`."""
        if self._offers is not None and self.offering and forward:
            self._take(self._offers.currentItem().text())
            return True
        return super().focusNextPrevChild(forward)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Close the list with the field."""
        self.forget_offers()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Close the list with the page."""
        self.forget_offers()
        super().hideEvent(event)

    def _look(self) -> None:
        """Offer names while a word behind `@` is typed."""
        if self.isReadOnly() or not self.hasFocus():
            return
        match = _MENTION.search(self._before_cursor())
        if match is None:
            self.forget_offers()
            return
        self._in_phrase = False
        self._offer(_best_first(self.people, match["typed"]))

    def _offer(self, texts: Sequence[str]) -> None:
        if not texts:
            self.forget_offers()
            return
        if self._offers is None or self._offers.parentWidget() is not self.window():
            self._offers = QListWidget(self.window())
            self._offers.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._offers.setAccessibleName(self.accessibleName())
            self._offers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self._offers.setTextElideMode(Qt.TextElideMode.ElideRight)
            self._offers.itemClicked.connect(lambda item: self._take(item.text()))
        self._offers.clear()
        self._offers.addItems(list(texts))
        self._offers.setCurrentRow(0)
        self._place()
        # The line in hand moves only after the text has changed: look again where it stands.
        QTimer.singleShot(0, self, self._place)
        self._offers.show()
        self._offers.raise_()
        # What a screen reader says of the field: the offer that Enter would take.
        self.setAccessibleDescription(texts[0])

    def _place(self) -> None:
        """Put the list below the line in hand, or above it where the window ends."""
        offers, window, px = self._offers, self.window(), self._theme.px
        if offers is None:
            return
        lines = min(_MOST, offers.count())
        high = lines * max(offers.sizeHintForRow(0), px(24)) + 2 * offers.frameWidth() + px(4)
        wide = min(self.width(), px(_WIDE))
        line = self.cursorRect()
        below = self.viewport().mapTo(window, line.bottomLeft() + QPoint(0, px(4)))
        if below.y() + high > window.height():
            below.setY(self.viewport().mapTo(window, line.topLeft()).y() - high - px(4))
        left = max(0, min(below.x(), window.width() - wide))
        offers.setGeometry(left, max(0, below.y()), wide, high)

    def _take(self, text: str) -> None:
        """Write the offer: a name at the beginning of a paragraph is followed by what that person said."""
        cursor, before = self.textCursor(), self._before_cursor()
        match = None if self._in_phrase else _MENTION.search(before)
        if match is not None:
            back, kept = QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor
            cursor.movePosition(back, kept, len(match.group()))
            if not before[: match.start()].strip(" -–—+•*"):
                text = f"{text}: "
        cursor.insertText(text)
        self.setTextCursor(cursor)
        self.forget_offers()

    def _before_cursor(self) -> str:
        cursor = self.textCursor()
        return cursor.block().text()[: cursor.positionInBlock()]


def _best_first(people: Sequence[str], typed: str) -> list[str]:
    """Return who is meant: those called by the word before those whose name merely holds it."""
    wanted = names.fold(typed)
    if not wanted:
        return list(people)

    def rank(name: str) -> tuple[bool, bool]:
        given = names.fold(name.partition(" (")[0]).rsplit(" ", 1)[-1]
        return given != wanted, not given.startswith(wanted)

    return sorted((name for name in people if names.matches(name, typed)), key=rank)
