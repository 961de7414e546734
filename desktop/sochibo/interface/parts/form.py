"""FormGrid: labelled fields in two or three columns, in fewer where room is short."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from sochibo.interface.looks.theme import Theme

__all__ = ["FormGrid"]

_LEAST: Final = 270


class FormGrid(QWidget):
    """Fields in reading order: left, right, next line; a wide one takes the whole line."""

    def __init__(self, theme: Theme, columns: int = 2, least: int = _LEAST) -> None:
        """At most `columns` fields beside each other, each at least `least` pixels wide at 100 %."""
        super().__init__()
        self._theme = theme
        self._most = columns
        self._least = least
        self._columns = 0
        self._fields: list[tuple[QWidget, bool]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(20))
        self._grid.setVerticalSpacing(theme.px(14))

    def add(self, field: QWidget, *, wide: bool = False) -> None:
        """Add a field at the end."""
        self._fields.append((field, wide))
        self._columns = 0
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Change the number of columns with the width."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        columns = max(1, min(self._most, self.width() // self._theme.px(self._least)))
        if columns == self._columns:
            return
        self._columns = columns
        line, place = 0, 0
        for field, wide in self._fields:
            self._grid.removeWidget(field)
            if place and (wide or columns == 1):
                line, place = line + 1, 0
            self._grid.addWidget(field, line, place, 1, columns if wide else 1, Qt.AlignmentFlag.AlignTop)
            place += columns if wide else 1
            if place >= columns:
                line, place = line + 1, 0
        for column in range(self._most):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
