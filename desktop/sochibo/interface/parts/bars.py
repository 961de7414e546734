"""Twelve months small: one bar a month, read aloud as one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from sochibo.interface.parts.blocks import tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from sochibo.interface.looks.theme import Theme

__all__ = ["Bar", "Bars"]


@dataclass(frozen=True, slots=True)
class Bar:
    """One month: how high from 0 to 1, None where there was no meeting, and what it says in words."""

    share: float | None
    words: str


class Bars(QWidget):
    """A row of bars; the newest is at the right, a month without a meeting leaves a short pale foot."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these months."""
        self._bars = tuple(bars)
        self.setToolTip(tip("\n".join(bar.words for bar in bars)))
        self.setAccessibleName("; ".join(bar.words for bar in bars))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Be small."""
        return QSize(self._theme.px(220), self._theme.px(40))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the bars."""
        del event
        if not self._bars:
            return
        px, colours = self._theme.px, self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        step = min(self.width() / len(self._bars), px(20))
        for place, bar in enumerate(self._bars):
            height = px(3) if bar.share is None else max(px(3), self.height() * min(bar.share, 1))
            painter.setBrush(QColor(colours.bar_pale if bar.share is None else colours.accent))
            box = QRectF(place * step, self.height() - height, step - px(4), height)
            painter.drawRoundedRect(box, px(2), px(2))
        painter.end()
