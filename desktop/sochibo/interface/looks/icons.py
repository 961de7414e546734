"""Icons: Lucide's outlines, drawn in the colour of the moment and at the sharpness of the screen."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from sochibo import paths
from sochibo.interface.looks.palette import Tone

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from sochibo.interface.looks.theme import Theme

__all__ = ["ActButton", "Glyph", "draw", "pixmap"]

TONE_ICONS = {
    Tone.PLAIN: "circle",
    Tone.ACCENT: "info",
    Tone.GOOD: "check",
    Tone.ADVICE: "triangle-alert",
    Tone.WRONG: "x",
}


@cache
def _outline(name: str) -> str:
    return (paths.shipped("resources") / "icons" / f"{name}.svg").read_text("utf-8")


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_outline(name).replace("currentColor", colour).encode()))


def draw(painter: QPainter, name: str, rect: QRectF, colour: QColor) -> None:
    """Draw an icon into a square."""
    _renderer(name, colour.name()).render(painter, rect)


@cache
def pixmap(name: str, colour: str, side: int, ratio: float, gap: int = 0) -> QPixmap:
    """Return an icon as a picture of `side` logical pixels, with a gap at its right."""
    made = QPixmap(QSize(round((side + gap) * ratio), round(side * ratio)))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    draw(painter, name, QRectF(0, 0, side, side), QColor(colour))
    painter.end()
    return made


class Glyph(QWidget):
    """An icon beside a word; the word says the same, so screen readers skip the icon."""

    def __init__(self, theme: Theme, name: str, tone: Tone = Tone.PLAIN, side: int = 20) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._tone = tone
        self._side = side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, name: str, tone: Tone) -> None:
        """Show another icon."""
        self._name, self._tone = name, tone
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a square that grows with the type."""
        side = self._theme.px(self._side)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the icon."""
        del event
        painter = QPainter(self)
        draw(painter, self._name, QRectF(self.rect()), self._theme.colour(self._tone))
        painter.end()


class ActButton(QPushButton):
    """A button that says its act, with an icon in the colour of its words.

    `kind` is `primary` (the act of the page, one only), `second`, `plain`, `link` or `tool` (an icon alone:
    then `text` is its name for screen readers and its tooltip).
    """

    def __init__(self, theme: Theme, text: str, *, icon: str = "", kind: str = "plain") -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._kind = kind
        self.setProperty("kind", kind)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.say(text)
        theme.changed.connect(self._draw_icon)
        self._draw_icon()

    def say(self, text: str) -> None:
        """Change the words."""
        self.setAccessibleName(text)
        if self._kind == "tool":
            self.setToolTip(text)
        else:
            self.setText(text)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Redraw the icon when the button is switched on or off."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.EnabledChange:
            self._draw_icon()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let Enter press the button too, not only Space."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            return
        super().keyPressEvent(event)

    def _draw_icon(self) -> None:
        if not self._icon:
            return
        colours = self._theme.palette
        colour = {"primary": colours.on_accent, "second": colours.accent, "link": colours.accent}.get(
            self._kind, colours.ink
        )
        if not self.isEnabled():
            colour = colours.border if self._kind == "tool" else colours.on_disabled
        side = self._theme.px(18)
        # Fusion under a style sheet leaves hardly any room between icon and words: the picture brings it.
        gap = 0 if self._kind == "tool" else self._theme.px(5)
        self.setIconSize(QSize(side + gap, side))
        self.setIcon(QIcon(pixmap(self._icon, colour, side, self.devicePixelRatioF(), gap)))
