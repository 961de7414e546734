"""A signature as somebody may scan it: a few swings of a pen on white paper, nobody's own."""

from __future__ import annotations

import io
import math
from typing import Final

__all__ = ["scanned_signature"]

_SIZE: Final = (900, 360)
_PEN: Final = 9
_SWINGS: Final = 400


def scanned_signature() -> bytes:
    """Return the scan as PNG, the same whenever it is made."""
    from PIL import Image, ImageDraw

    paper = Image.new("L", _SIZE, 250)
    points = [
        (
            90 + 1.7 * n + 60 * math.sin(n / 17),
            180 - 110 * math.exp(-n / 260) * math.sin(n / 11) - 20 * math.cos(n / 45),
        )
        for n in range(_SWINGS)
    ]
    pen = ImageDraw.Draw(paper)
    pen.line(points, fill=35, width=_PEN, joint="curve")
    pen.line([(70, 300), (420, 285), (820, 250)], fill=35, width=_PEN - 3, joint="curve")
    written = io.BytesIO()
    paper.save(written, "PNG")
    return written.getvalue()
