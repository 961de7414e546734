"""What the second edition adds about members, offices, ratings and targets."""

from __future__ import annotations

from typing import Final

__all__ = ["JOURNALLED", "STATEMENTS"]

JOURNALLED: Final[tuple[str, ...]] = ()

STATEMENTS: Final[tuple[str, ...]] = ()
