"""Whatever takes the keyboard comes into sight, whether Tab, a jump or a new row led to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication, QScrollArea

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

__all__ = ["SightKeeper", "begin_at_top"]

_ROOM: Final = 48


def begin_at_top(page: QWidget) -> None:
    """Show a page, or what opens in its place, from its top, unless its first field would be out of sight."""
    area = page.parentWidget()
    while area is not None and not (isinstance(area, QScrollArea) and area.widget() is not None):
        area = area.parentWidget()
    if not isinstance(area, QScrollArea):
        return
    focus, inside = QApplication.focusWidget(), area.widget()
    if focus is None or isinstance(focus, QAbstractItemView) or not inside.isAncestorOf(focus):
        top = 0
    else:
        top = focus.mapTo(inside, focus.rect().topLeft()).y()
    if top <= area.viewport().height():
        area.verticalScrollBar().setValue(0)


class SightKeeper(QObject):
    """Scrolls the area around a page after the focus; Qt itself does so only for Tab."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        # Once the layout has settled: a row just added has no place yet.
        self._rest = QTimer(self, singleShot=True, interval=0)
        self._rest.timeout.connect(self.bring)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._notice)

    def bring(self) -> None:
        """Bring the field with the keyboard into sight; tables scroll by themselves."""
        focus = QApplication.focusWidget()
        if focus is None or not self._page.isAncestorOf(focus) or isinstance(focus, QAbstractItemView):
            return
        area = focus.parentWidget()
        while area is not None:
            if isinstance(area, QScrollArea) and area.widget() is not None:
                area.ensureWidgetVisible(focus, _ROOM, _ROOM)
            area = area.parentWidget()

    def _notice(self) -> None:
        self._rest.start()
