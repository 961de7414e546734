"""Steps of a check: each is told when it is done, and what does not hold ends the check."""

from __future__ import annotations

import hashlib
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from system import SetupFailed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def step(text: str) -> Iterator[None]:
    """Tell a step when it is done."""
    start = time.monotonic()
    yield
    print(f"✓ {text} ({time.monotonic() - start:.0f} s)", flush=True)


def must(holds: bool, otherwise: str) -> None:  # noqa: FBT001 - it reads as a sentence
    """End the check where something does not hold."""
    if not holds:
        raise SetupFailed(f"✗ {otherwise}")


def digest(file: Path) -> str:
    """Return the sum of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()
