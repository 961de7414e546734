"""Looking at drawn pages: every line of text with the place where it stands."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2  # type: ignore[import-untyped] # the library ships no types

__all__ = ["MILLIMETRE", "Line", "lines_of", "sizes_of"]

MILLIMETRE = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of text on one line, with its edges in points from the lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


def lines_of(pdf: bytes) -> list[list[Line]]:
    """Return the lines of every page in the order in which they were drawn."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_lines(document[n]) for n in range(len(document))]
    finally:
        document.close()


def sizes_of(pdf: bytes) -> list[tuple[float, float]]:
    """Return width and height of every page in points."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [document.get_page_size(n) for n in range(len(document))]
    finally:
        document.close()


def _lines(page: pypdfium2.PdfPage) -> list[Line]:
    layer = page.get_textpage()
    lines = []
    for n in range(layer.count_rects()):
        left, bottom, right, top = layer.get_rect(n)
        text = layer.get_text_bounded(left, bottom, right, top).strip()
        lines.append(Line(text, left, bottom, right, top))
    layer.close()
    page.close()
    return lines
