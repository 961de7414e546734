"""Draw the program's icon as Windows and Debian want it; run with the Python of the environment."""

from __future__ import annotations

import struct
import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES: Final = (16, 24, 32, 48, 64, 256)
SOURCE: Final = Path(__file__).parents[1] / "resources" / "icons" / "sochibo.svg"


def png(size: int) -> bytes:
    """Draw the icon in one size."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(SOURCE)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # By way of the buffer: a file is saved with the same bytes, but would need a name.
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes for the format
    return bytes(buffer.data().data())


def ico() -> bytes:
    """Return all sizes as one .ico file, each a PNG inside, as Windows reads since Vista."""
    pictures = [png(size) for size in SIZES]
    place = 6 + 16 * len(SIZES)
    head = struct.pack("<HHH", 0, 1, len(SIZES))
    for size, picture in zip(SIZES, pictures, strict=True):
        side = size % 256
        head += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(picture), place)
        place += len(picture)
    return head + b"".join(pictures)


if __name__ == "__main__":
    application = QGuiApplication(sys.argv[:1])
    target = Path(sys.argv[1])
    target.write_bytes(ico() if target.suffix == ".ico" else png(int(sys.argv[2])))
