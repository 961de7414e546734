"""Building blocks of pages: labels, rows, cards and banners."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from sochibo.interface.looks.icons import TONE_ICONS, Glyph
from sochibo.interface.looks.palette import Tone

if TYPE_CHECKING:
    from sochibo.interface.looks.theme import Theme

__all__ = ["Banner", "Card", "label", "row", "stand_in_the_middle", "tip"]


def label(text: str, kind: str = "plain", *, wrap: bool = False) -> QLabel:
    """Return a label of plain text in one of the style sheet's kinds (`title`, `soft`, `hint`, `big` …)."""
    made = QLabel(text)
    # A name with `<` in it must never be taken for markup.
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("kind", kind)
    made.setWordWrap(wrap)
    if wrap:
        # Else a wrapped label claims one long line as its width and pushes the page out of the window.
        # No setMinimumWidth: QLabel would take it for the width at which its height is measured.
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return made


def tip(text: str) -> str:
    """Return plain text for a tool tip, which Qt would take for markup where it holds `<`."""
    drawn = escape(text).replace("\n", "<br>")
    return f"<p>{drawn}</p>" if "<" in text else text


def row(*parts: QWidget | QLayout | None, spacing: int = 8) -> QHBoxLayout:
    """Return things side by side; None is the gap that takes what is left."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    for part in parts:
        if part is None:
            made.addStretch(1)
        elif isinstance(part, QWidget):
            made.addWidget(part)
        else:
            made.addLayout(part)
    return made


def stand_in_the_middle(screen: QWidget, column: QVBoxLayout, theme: Theme, width: int) -> None:
    """Place a column of a width (pixels at 100 %) in the middle of a screen without rooms, below the band."""
    middle = QWidget()
    middle.setLayout(column)
    middle.setMaximumWidth(theme.px(width))
    inside = QWidget()
    inside.setObjectName("PageHost")
    line = QHBoxLayout(inside)
    line.setContentsMargins(theme.px(24), theme.px(36), theme.px(24), theme.px(24))
    line.addStretch(1)
    line.addWidget(middle, 100)
    line.addStretch(1)
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(inside)
    band = QFrame()
    band.setObjectName("Band")
    band.setFixedHeight(theme.px(6))
    whole = QVBoxLayout(screen)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    whole.addWidget(band)
    whole.addWidget(scroll)


class Card(QFrame):
    """A white field with a fine line around it; things stand in `body`, one below the other."""

    def __init__(self, theme: Theme, kind: str = "card") -> None:
        super().__init__()
        self.setProperty("kind", kind)
        self.body = QVBoxLayout(self)
        side = theme.px(16)
        self.body.setContentsMargins(side, side, side, side)
        self.body.setSpacing(theme.px(8))


class Banner(QFrame):
    """One calm sentence over the page, with icon and word, about something that lasts (read-only, wrong)."""

    def __init__(self, theme: Theme, text: str = "", tone: Tone = Tone.ADVICE, icon: str = "") -> None:
        super().__init__()
        self.setProperty("kind", "banner-wrong" if tone is Tone.WRONG else "banner-advice")
        self._words = label(text, wrap=True)
        self.setAccessibleName(text)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        inside.setSpacing(theme.px(10))
        inside.addWidget(Glyph(theme, icon or TONE_ICONS[tone], tone), 0, Qt.AlignmentFlag.AlignTop)
        inside.addWidget(self._words, 1)

    def say(self, text: str) -> None:
        """Change the sentence; an empty one hides the banner."""
        self._words.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
