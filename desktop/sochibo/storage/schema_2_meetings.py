"""What the second edition adds about meetings: their plan, their record, the work that follows."""

from __future__ import annotations

from typing import Final

__all__ = ["JOURNALLED", "STATEMENTS"]

JOURNALLED: Final[tuple[str, ...]] = ()

STATEMENTS: Final[tuple[str, ...]] = ()
