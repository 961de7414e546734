"""Boxes to tick: drawn as lines, since Tinos has no ☐ and ☑, and PDF/A forbids a missing glyph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from sochibo.documents.page.fonts import BOLD, printable

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

__all__ = ["SIGNS", "enable_boxes", "markup"]

SIGNS: Final = "☐☑☒"
_EMPTY: Final = "☐"
_SIGN: Final = re.compile(f"[{SIGNS}]")
_CALLBACK: Final = "box"
# Three spaces that never break are as wide as the box; text after it is told apart by a usual space.
_ROOM: Final = "\u00a0" * 3
_SIDE: Final = 0.66
_DROP: Final = 0.05
_CROSS_SIZE: Final = 0.86


def markup(text: str) -> str:
    """Return text as ReportLab's markup, with a call to draw for every box in it."""
    return _SIGN.sub(_call, escape(printable(text, keep=SIGNS)))


def enable_boxes(canvas: Canvas) -> None:
    """Let a canvas draw boxes in running text."""
    canvas.setNamedCB(_CALLBACK, _draw)


def _call(found: re.Match[str]) -> str:
    ticked = "" if found[0] == _EMPTY else "x"
    return f'<onDraw name="{_CALLBACK}" label="{ticked}"/>{_ROOM}'


def _draw(canvas: Canvas, _kind: str, ticked: str) -> None:
    """Draw a box where the text stands; the x is a letter, so that comparing pages sees it."""
    # ReportLab tells the place nowhere else. It leaves out how far justified words were moved apart:
    # paragraphs with boxes are set flush left.
    place = canvas._curr_tx_info  # noqa: SLF001 - the place stands nowhere else
    size = place["tx"]._fontsize or place["xs"].style.fontSize  # noqa: SLF001 - as above
    side, x, y = _SIDE * size, place["cur_x"], place["cur_y"] - _DROP * size
    canvas.saveState()
    canvas.setLineWidth(0.05 * size)
    canvas.rect(x, y, side, side)
    if ticked:
        cross = _CROSS_SIZE * size
        canvas.setFont(BOLD, cross)
        canvas.drawCentredString(x + side / 2, y + side / 2 - 0.23 * cross, ticked)
    canvas.restoreState()
