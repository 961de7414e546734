"""IdleWatch: tells when nobody has touched keyboard or mouse for a while."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

__all__ = ["IdleWatch"]

_TOUCHES: Final = frozenset(
    {
        QEvent.Type.KeyPress, QEvent.Type.InputMethod, QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel, QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TabletMove,
        QEvent.Type.DragMove,
    }
)  # fmt: skip


class IdleWatch(QObject):
    """Watches the whole program, its dialogs too, since typing there is being there."""

    passed = Signal()
    """The time is over; it begins anew, so that whoever could not act now is asked again."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.passed)

    def watch(self, milliseconds: int) -> None:
        """Begin to watch, or watch no more if there is no time to wait for."""
        application = QCoreApplication.instance()
        if application is None:
            return
        application.removeEventFilter(self)
        self._timer.stop()
        if milliseconds > 0:
            application.installEventFilter(self)
            self._timer.start(milliseconds)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Start the time anew at every touch, and let everything pass."""
        del watched
        if event.type() in _TOUCHES and self._timer.isActive():
            self._timer.start()
        return False
