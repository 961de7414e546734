"""Whatever takes the keyboard comes into sight, whether Tab, a jump or a new row led to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication, QScrollArea

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

__all__ = ["SightKeeper"]

_ROOM: Final = 48


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
