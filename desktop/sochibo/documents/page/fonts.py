"""The typeface of papers: Tinos, whose widths are those of Times New Roman, shipped with the program.

The system's fonts are never asked: Debian's “Liberation Serif” 1.07 lacks 92 Vietnamese letters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from sochibo import paths
from sochibo.rules.lettering import drawn

__all__ = ["BOLD", "BOLD_ITALIC", "ITALIC", "REGULAR", "printable", "register", "width", "wrap_words"]

REGULAR: Final = "Tinos"
BOLD: Final = "Tinos-Bold"
ITALIC: Final = "Tinos-Italic"
BOLD_ITALIC: Final = "Tinos-BoldItalic"
_FILES: Final = {
    REGULAR: "Tinos-Regular.ttf",
    BOLD: "Tinos-Bold.ttf",
    ITALIC: "Tinos-Italic.ttf",
    BOLD_ITALIC: "Tinos-BoldItalic.ttf",
}
_WHITE_SPACE: Final = re.compile(r"[^\S\u00a0]+")
_PLAIN: Final = re.compile("[ -~\u00a0-\u00ac\u00ae-\u0377\u1e00-\u1eff\u2010-\u2027]*")
"""Nothing but usual letters and signs, all of which are drawn as they are."""


@cache
def register() -> None:
    """Make the four styles known to ReportLab, once in a process."""
    folder = paths.shipped("resources") / "fonts"
    for name, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(folder / file)))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD_ITALIC)


def printable(text: str, keep: str = "") -> str:
    """Return text as one line that can be drawn: NFC, white space levelled, nothing invisible.

    ReportLab shapes nothing: decomposed letters would be drawn with their tone marks beside them. A
    sign that Tinos lacks becomes a square, since PDF/A forbids a missing glyph; those in `keep` stay, for
    whoever draws them otherwise.
    """
    line = _WHITE_SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip(" ")
    if _PLAIN.fullmatch(line):
        return line
    return "".join(letter if letter in keep else drawn(letter) for letter in line)


def width(text: str, font: str, size: float) -> float:
    """Return the length of a line in points."""
    register()
    return float(pdfmetrics.stringWidth(text, font, size))


def wrap_words(text: str, font: str, size: float, limit: float) -> list[str]:
    """Break a line at its words so that none is longer than `limit` points; a longer word is cut."""
    lines: list[str] = []
    current = ""
    for word in text.split(" "):
        longer = f"{current} {word}".strip()
        if width(longer, font, size) <= limit:
            current = longer
            continue
        if current:
            lines.append(current)
        *whole, current = _pieces(word, font, size, limit)
        lines.extend(whole)
    return [*lines, current] if current else lines


def _pieces(word: str, font: str, size: float, limit: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width(pieces[-1] + letter, font, size) > limit:
            pieces.append("")
        pieces[-1] += letter
    return pieces
