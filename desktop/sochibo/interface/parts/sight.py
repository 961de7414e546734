"""A page is seen from its top when it opens; later whatever takes the keyboard comes into sight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QScrollArea
from shiboken6 import isValid

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

__all__ = ["PageArea", "begin_at_top"]

_ROOM: Final = 48
_TYPED: Final = frozenset({QEvent.Type.KeyPress, QEvent.Type.InputMethod})


def begin_at_top(page: QWidget) -> None:
    """Show a page, or what opens in its place, from its top once the layout has settled."""
    area = page.parentWidget()
    while area is not None and not isinstance(area, PageArea):
        area = area.parentWidget()
    if isinstance(area, PageArea):
        QTimer.singleShot(0, area, area.begin)


class PageArea(QScrollArea):
    """Scrolls what finds no room, and follows the keyboard wherever it goes; Qt does so for Tab alone.

    What has the keyboard as the page opens may lie below, where large type leaves little room: it comes into
    sight with the first key, for whoever has not seen where the page begins would not know what to type.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._unseen: QWidget | None = None
        # Once the layout has settled: a row just added has no place yet.
        self._rest = QTimer(self, singleShot=True, interval=0)
        self._rest.timeout.connect(self._follow)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._rest.start)

    def begin(self) -> None:
        """Show the top, whatever has the keyboard."""
        self._forget()
        self._unseen = self._held()
        if self._unseen is not None:
            self._unseen.installEventFilter(self)
        self.verticalScrollBar().setValue(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Bring what has the keyboard into sight with the first key."""
        if watched is self._unseen and event.type() in _TYPED:
            self._forget()
            self._follow()
        return super().eventFilter(watched, event)

    def _held(self) -> QWidget | None:
        """Return what has the keyboard, if it is inside."""
        held = QApplication.focusWidget()
        return held if held is not None and self.widget().isAncestorOf(held) else None

    def _forget(self) -> None:
        if self._unseen is not None and isValid(self._unseen):
            self._unseen.removeEventFilter(self)
        self._unseen = None

    def _follow(self) -> None:
        """Scroll to what has the keyboard: a field, or the row in hand of a table."""
        held = self._held()
        if held is None or held is self._unseen:
            return
        self._forget()
        row = held.visualRect(held.currentIndex()) if isinstance(held, QAbstractItemView) else QRect()
        if isinstance(held, QAbstractItemView) and row.isValid():
            for y in (row.bottom(), row.top()):
                self.ensureVisible(0, held.viewport().mapTo(self.widget(), QPoint(0, y)).y(), 0, _ROOM)
            return
        around = held.parentWidget()
        while around is not None:
            if isinstance(around, QScrollArea):
                around.ensureWidgetVisible(held, _ROOM, _ROOM)
            around = around.parentWidget()
