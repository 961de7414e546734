"""Signatures as people photograph them: strokes on paper that is not quite white."""

from __future__ import annotations

import io
from typing import Final

from PIL import Image, ImageDraw

__all__ = ["STROKES", "photograph", "scan"]

STROKES: Final = (
    (60, 210),
    (120, 90),
    (170, 230),
    (230, 110),
    (300, 220),
    (380, 150),
    (470, 190),
    (540, 120),
)


def scan(kind: str = "PNG", ink: tuple[int, int, int] = (30, 30, 40)) -> bytes:
    """Return a signature on clean white paper."""
    picture = Image.new("RGB", (600, 320), "white")
    ImageDraw.Draw(picture).line(STROKES, fill=ink, width=7, joint="curve")
    return _written(picture, kind)


def photograph() -> bytes:
    """Return a JPEG of a signature on grey paper, darker towards one corner, as a telephone takes it."""
    shade = Image.linear_gradient("L").resize((1200, 640)).point([150 + n // 3 for n in range(256)])
    picture = Image.merge("RGB", (shade, shade, shade))
    strokes = [(2 * x, 2 * y) for x, y in STROKES]
    ImageDraw.Draw(picture).line(strokes, fill=(40, 50, 120), width=12, joint="curve")
    return _written(picture, "JPEG")


def _written(picture: Image.Image, kind: str) -> bytes:
    written = io.BytesIO()
    picture.save(written, kind)
    return written.getvalue()
