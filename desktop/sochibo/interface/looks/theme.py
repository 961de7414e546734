"""Theme: palette and type size of the moment, and the one style sheet made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QPalette

from sochibo.interface.looks import typeface
from sochibo.interface.looks.palette import PALETTES, Palette, PaletteName, Tone
from sochibo.interface.looks.style import style_sheet

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

__all__ = ["PERCENTS", "Theme"]

PERCENTS: Final = (100, 125, 150, 200)
_TEXT: Final = 15
_SMALL: Final = 13
_ROW: Final = 42


class Theme(QObject):
    """What everything is drawn with; widgets that paint by hand repaint at `changed`."""

    changed = Signal()

    def __init__(self, name: PaletteName = PaletteName.LIGHT, percent: int = 100) -> None:
        super().__init__()
        self._name = name
        self._percent = percent if percent in PERCENTS else 100

    @property
    def name(self) -> PaletteName:
        """Return which palette is in use."""
        return self._name

    @property
    def percent(self) -> int:
        """Return the type size in percent."""
        return self._percent

    @property
    def palette(self) -> Palette:
        """Return the colours."""
        return PALETTES[self._name]

    def px(self, pixels: float) -> int:
        """Scale a length given at 100 %."""
        return round(pixels * self._percent / 100)

    @property
    def row_height(self) -> int:
        """Return the height of a table row with one line of text."""
        return self.px(_ROW)

    def font(self, pixels: int = _TEXT, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """Return the screen's font; `pixels` at 100 %."""
        return typeface.font(self.px(pixels), weight)

    def small(self, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """Return the font of tags, captions and hints."""
        return self.font(_SMALL, weight)

    def colour(self, tone: Tone) -> QColor:
        """Return the colour of words in a tone."""
        return QColor(self.palette.ink_of(tone))

    def change(self, *, name: PaletteName | None = None, percent: int | None = None) -> None:
        """Change palette or type size; the application restyles itself at `changed`."""
        before = self._name, self._percent
        self._name = name or self._name
        self._percent = percent if percent in PERCENTS else self._percent
        if before != (self._name, self._percent):
            self.changed.emit()

    def larger(self, steps: int) -> int:
        """Return the type size some steps up or down from the present one."""
        place = PERCENTS.index(self._percent) + steps
        return PERCENTS[max(0, min(place, len(PERCENTS) - 1))]

    def apply(self, application: QApplication) -> None:
        """Dress the application."""
        typeface.load()
        application.setStyle("Fusion")
        application.setFont(self.font())
        application.setPalette(_qt_palette(self.palette))
        application.setStyleSheet(style_sheet(self.palette, self.px))


def _qt_palette(colours: Palette) -> QPalette:
    """Give Fusion the same colours, for what the style sheet does not reach."""
    made = QPalette()
    role = QPalette.ColorRole
    for which, colour in (
        (role.Window, colours.ground),
        (role.WindowText, colours.ink),
        (role.Base, colours.card),
        (role.AlternateBase, colours.ground),
        (role.Text, colours.ink),
        (role.PlaceholderText, colours.soft),
        (role.Button, colours.card),
        (role.ButtonText, colours.ink),
        (role.BrightText, colours.wrong),
        (role.Highlight, colours.accent),
        (role.HighlightedText, colours.on_accent),
        (role.Link, colours.accent),
        (role.LinkVisited, colours.accent),
        (role.ToolTipBase, colours.card),
        (role.ToolTipText, colours.ink),
        (role.Light, colours.card),
        (role.Midlight, colours.line),
        (role.Mid, colours.line),
        (role.Dark, colours.border),
        (role.Shadow, colours.ink),
    ):
        made.setColor(which, QColor(colour))
    for which in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(colours.soft))
    return made
