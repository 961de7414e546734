"""What is left of a protected file that does not open: any page that its key wrote tells the right key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.storage.engine.cipher import PAGE_BYTES

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.storage.engine.cipher import Key

__all__ = ["has_pages_of"]

_PAGES_ASKED: Final = 64
"""Spread over the whole file: damage has its place, and another key wrote none of them."""


def has_pages_of(path: Path, key: Key) -> bool:
    """Tell whether pages of a file were written with a key, wherever they stand; never raises."""
    try:
        with path.open("rb") as file:
            pages = path.stat().st_size // PAGE_BYTES
            numbers = {1 + place * (pages - 1) // (_PAGES_ASKED - 1) for place in range(_PAGES_ASKED)}
            for number in sorted(numbers):
                file.seek((number - 1) * PAGE_BYTES)
                if key.wrote(file.read(PAGE_BYTES), number):
                    return True
    except OSError:
        pass
    return False
