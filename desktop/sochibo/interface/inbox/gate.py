"""What keeps people's hands off the window while the book is asked in its own thread."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QPushButton, QWidget

__all__ = ["Gate"]


class Gate(QObject):
    """Lets only one button through while files are judged: nothing may close or change the book meanwhile."""

    _INPUT: ClassVar[frozenset[QEvent.Type]] = frozenset(
        {
            QEvent.Type.MouseButtonPress,
            QEvent.Type.MouseButtonDblClick,
            QEvent.Type.KeyPress,
            QEvent.Type.Shortcut,
            QEvent.Type.ShortcutOverride,
            QEvent.Type.Close,
            QEvent.Type.Drop,
        }
    )

    def __init__(self, let_through: QPushButton) -> None:
        super().__init__()
        self._let_through = let_through

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Swallow what people press, except on the one button; the window itself only hands events down."""
        if event.type() not in self._INPUT or watched is self._let_through:
            return False
        return isinstance(watched, QWidget)
