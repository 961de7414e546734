"""Be Vietnam Pro, drawn for Vietnamese, loaded into the program so that every PC shows the same letters."""

from __future__ import annotations

from functools import cache
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

__all__ = ["FAMILY", "font", "load"]

FAMILY: Final = "Be Vietnam Pro"
_STYLES: Final = ("Regular", "Italic", "Medium", "SemiBold", "Bold")


@cache
def load() -> None:
    """Load the five styles in use; needs a running QGuiApplication."""
    import fontpkg_be_vietnam_pro

    for style in _STYLES:
        # addApplicationFont wants a real path, which a package inside a zip file does not have.
        path = fontpkg_be_vietnam_pro.ROOT / "files" / f"BeVietnamPro-{style}.ttf"
        if QFontDatabase.addApplicationFont(str(path)) == -1:
            raise RuntimeError(f"font {path.name} cannot be loaded")


def font(pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the family at a height in pixels."""
    made = QFont(FAMILY)
    made.setPixelSize(pixels)
    made.setWeight(weight)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made
