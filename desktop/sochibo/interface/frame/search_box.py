"""The box in the bar above: type some words, and a list below says where they stand in the book."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QLabel, QLineEdit, QListWidget, QListWidgetItem, QSizePolicy

from sochibo.book.search import HIT_LABELS
from sochibo.faults import Fault
from sochibo.interface.rooms import kind_of, stands

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QResizeEvent

    from sochibo.book.search import Hit, Marked
    from sochibo.interface.session import Session

__all__ = ["SearchBox"]

_PAUSE_MS: Final = 200
_MOST: Final = 12
_SHOWN: Final = 6
_GOAL: Final = Qt.ItemDataRole.UserRole
_USUAL: Final = 165
_WIDEST: Final = 280
_ROOMY: Final = 1200
_SIDES: Final = 30


class SearchBox(QLineEdit):
    """Searches when the typing pauses; the arrows choose, Enter goes there, Esc gives the page back."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        words = session.words
        self._short, self._long = (
            words.gettext("Find… (Ctrl K)"),
            words.gettext("Find a member, a task… (Ctrl K)"),
        )
        self.setAccessibleName(words.gettext("Find in the book"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hits = QListWidget()
        self.hits.setAccessibleName(words.gettext("What was found"))
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hits.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.hits.itemClicked.connect(self._go)
        # Without a parent it would be a window of its own; it gets the whole window when it is first shown.
        self.hits.setParent(self)
        self.hits.hide()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.textEdited.connect(lambda _: self._pause.start())
        self._shortcut = QShortcut(QKeySequence("Ctrl+K"), self)
        self._shortcut.activated.connect(self._begin)
        session.theme.changed.connect(self._dress)
        self._dress()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Say as much as there is room for."""
        super().resizeEvent(event)
        room = self.width() - self._session.theme.px(_SIDES)
        fits = self.fontMetrics().horizontalAdvance(self._long) <= room
        self.setPlaceholderText(self._long if fits else self._short)

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the window, which would leave the page, while there is something to take away."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self._is_busy()
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Walk through what was found, go there, or give up."""
        key = event.key()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self._pause.isActive():
                self._search()
            self._go(self.hits.currentItem())
        elif key == Qt.Key.Key_Escape and self._is_busy():
            self._give_up()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Take the list away with the keyboard."""
        self.hits.hide()
        super().focusOutEvent(event)

    def _is_busy(self) -> bool:
        return bool(self.text()) or self.hits.isVisible()

    def _begin(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def _give_up(self) -> None:
        self._pause.stop()
        self.clear()
        self.hits.hide()

    def _search(self) -> None:
        self._pause.stop()
        typed = self.text().strip()
        try:
            found = self._session.book.search.find(typed, _MOST) if typed else ()
        except Fault as fault:
            self._session.fault.emit(fault.say(self._session.words))
            return
        self.hits.clear()
        for hit in found:
            if stands(kind_of(hit.goal)):
                self._add(self._drawn(hit), self._said(hit), hit.goal)
        if typed and not self.hits.count():
            nothing = self._session.words.gettext("Nothing found. Try fewer words.")
            self._add(escape(nothing), nothing, "")
        self.hits.setCurrentRow(0)
        self._show_list(visible=bool(typed))

    def _add(self, drawn: str, said: str, goal: str) -> None:
        item = QListWidgetItem()
        item.setData(_GOAL, goal)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
        line = QLabel(drawn)
        line.setTextFormat(Qt.TextFormat.RichText)
        line.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        px = self._session.theme.px
        self.hits.addItem(item)
        self.hits.setItemWidget(item, line)
        # The style sheet gives every item a padding, which is taken from the label's height.
        item.setSizeHint(QSize(0, line.sizeHint().height() + px(20)))

    def _said(self, hit: Hit) -> str:
        words = self._session.words
        day = words.date(hit.on) if hit.on else ""
        parts = (hit.name(words), words.gettext(HIT_LABELS[hit.kind]), day, hit.snippet.text)
        return ", ".join(part for part in parts if part)

    def _drawn(self, hit: Hit) -> str:
        words, colours = self._session.words, self._session.theme.palette
        name = _marked(hit.title) if hit.title.text else escape(hit.name(words))
        day = words.date(hit.on) if hit.on else ""
        what = " · ".join(escape(part) for part in (words.gettext(HIT_LABELS[hit.kind]), day) if part)
        below = f"<br>{_marked(hit.snippet)}" if hit.snippet.spans else ""
        return f'{name} <span style="color:{colours.soft}">· {what}{below}</span>'

    def _show_list(self, *, visible: bool) -> None:
        window = self.window()
        if visible and self.hits.parent() is not window:
            self.hits.setParent(window)
        if visible:
            px = self._session.theme.px
            width = min(px(620), window.width() - px(24))
            right = self.mapTo(window, QPoint(self.width(), self.height()))
            height = sum(self.hits.sizeHintForRow(row) for row in range(min(self.hits.count(), _SHOWN)))
            left = max(px(12), right.x() - width)
            self.hits.setGeometry(left, right.y() + px(4), width, min(height + px(6), window.height() // 2))
            self.hits.raise_()
        self.hits.setVisible(visible)

    def _step(self, by: int) -> None:
        if self._pause.isActive() or not self.hits.isVisible():
            self._search()
        elif self.hits.count():
            self.hits.setCurrentRow((self.hits.currentRow() + by) % self.hits.count())

    def _go(self, item: QListWidgetItem | None) -> None:
        goal = str(item.data(_GOAL)) if item is not None and self.hits.isVisible() else ""
        if goal:
            self._give_up()
            self._session.went.emit(goal)

    def _dress(self) -> None:
        px = self._session.theme.px
        self.setMinimumWidth(px(120))
        self.setMaximumWidth(px(_WIDEST))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Take a fair part of the bar; in large type the title needs the room."""
        roomy = self.window().width() >= self._session.theme.px(_ROOMY)
        return QSize(self._session.theme.px(_WIDEST if roomy else _USUAL), super().sizeHint().height())


def _marked(marked: Marked) -> str:
    """Return a text as markup, what was found in bold, and nothing in it taken for markup."""
    drawn, last = "", 0
    for start, end in marked.spans:
        drawn += f"{escape(marked.text[last:start])}<b>{escape(marked.text[start:end])}</b>"
        last = end
    return drawn + escape(marked.text[last:])
