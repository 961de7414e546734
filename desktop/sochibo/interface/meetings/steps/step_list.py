"""The steps of a meeting as a list at the left, or as a row above where room is short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QButtonGroup, QSizePolicy, QWidget

from sochibo.interface.looks.icons import draw
from sochibo.interface.looks.palette import Tone
from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from sochibo.interface.looks.theme import Theme
    from sochibo.messages import Messages

__all__ = ["StepButton", "StepList"]


class StepButton(QAbstractButton):
    """One step: its number, its name, and a sign: a dot for the open one, a tick, or a count to look at."""

    def __init__(self, theme: Theme, words: Messages, number: int, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._words = words
        self._number = number
        self._name = name
        self._count = 0
        self._tone = Tone.PLAIN
        self._done = False
        self.compact = False
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(name)
        self.setToolTip(name)
        self.toggled.connect(self._speak)
        theme.changed.connect(self.updateGeometry)
        self._speak()

    def show_state(self, count: int, tone: Tone, *, done: bool) -> None:
        """Show a count of findings in a tone, or a tick where all is done."""
        self._count, self._tone, self._done = count, tone, done
        self._speak()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for the longest line, or for number and sign where room is short."""
        px = self._theme.px
        if self.compact and not self.isChecked():
            return QSize(px(58), px(42))
        words = QFontMetrics(self._theme.font(15, QFont.Weight.DemiBold)).horizontalAdvance(self._name)
        return QSize(px(38) + words + px(40), px(42))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the same: a step is never cut off."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the step."""
        del event
        theme, colours = self._theme, self._theme.palette
        px = theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.isChecked() or self.hasFocus() or self.underMouse():
            edge = colours.accent if self.isChecked() or self.hasFocus() else colours.line
            painter.setPen(QPen(QColor(edge), 2 if self.hasFocus() else 1))
            painter.setBrush(QColor(colours.card))
            painter.drawRoundedRect(frame, px(8), px(8))
        strong = self.isChecked()
        painter.setFont(theme.font(15, QFont.Weight.DemiBold if strong else QFont.Weight.Normal))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(colours.accent if strong else colours.soft))
        painter.drawText(frame.adjusted(px(12), 0, 0, 0), middle, str(self._number))
        if strong or not self.compact:
            painter.setPen(QColor(colours.accent if strong else colours.ink))
            painter.drawText(frame.adjusted(px(36), 0, -px(30), 0), middle, self._name)
        self._draw_sign(painter, frame)
        painter.end()

    def _draw_sign(self, painter: QPainter, frame: QRectF) -> None:
        theme, px = self._theme, self._theme.px
        side = px(16)
        square = QRectF(frame.right() - px(12) - side, frame.center().y() - side / 2, side, side)
        if self._count:
            painter.setFont(theme.font(15, QFont.Weight.Bold))
            painter.setPen(theme.colour(self._tone))
            painter.drawText(square, Qt.AlignmentFlag.AlignCenter, str(self._count))
        elif self._done:
            draw(painter, "check", square, theme.colour(Tone.GOOD))
        elif self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(Tone.ACCENT))
            painter.drawEllipse(square.center(), px(4), px(4))

    def _speak(self) -> None:
        fields = {"number": self._number, "name": self._name, "count": self._count}
        if self._count:
            said = self._words.sentence(N_("Step {number}: {name}, {count} to look at"), fields)
        elif self._done:
            said = self._words.sentence(N_("Step {number}: {name}, complete"), fields)
        else:
            said = self._words.sentence(N_("Step {number}: {name}"), fields)
        self.setAccessibleName(said)
        self.updateGeometry()


class StepList(QWidget):
    """All steps; one is open."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, words: Messages, names: Sequence[str]) -> None:
        super().__init__()
        self._theme = theme
        self._line = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(1)
        self._group = QButtonGroup(self)
        self.buttons = tuple(
            StepButton(theme, words, number, words.gettext(name)) for number, name in enumerate(names, 1)
        )
        for place, button in enumerate(self.buttons):
            self._group.addButton(button, place)
            self._line.addWidget(button)
        self._line.addStretch(1)
        self._group.idClicked.connect(self.chosen)

    def choose(self, place: int) -> None:
        """Show a step as the open one."""
        self.buttons[place].setChecked(True)

    def fold(self, *, folded: bool) -> None:
        """Stand as a row of numbers where room is short, else as a list of names."""
        direction = QBoxLayout.Direction
        self._line.setDirection(direction.LeftToRight if folded else direction.TopToBottom)
        for button in self.buttons:
            button.compact = folded
            button.updateGeometry()
            button.update()
