"""Work that other processes do in place of judging: they look it up here by its name."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from sochibo import faults
from sochibo.sealing.seals import Judgement
from sochibo.sealing.verdicts import verdict

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.book.inbox.jury import Bench

__all__ = ["fall_over_a_bad_one", "find_the_stick_gone"]


def fall_over_a_bad_one(bench: Bench, path: Path) -> Judgement | None:
    """Take the whole process down, as a library does that a file has brought to a fault of memory."""
    del bench
    content = path.read_bytes()
    if b"bad" in content:
        os._exit(11)
    return Judgement(verdict("V00"), hashlib.sha256(content).hexdigest())


def find_the_stick_gone(bench: Bench, path: Path) -> Judgement | None:
    """Raise what reading raises when the stick was pulled out."""
    del bench
    raise faults.NotReadable(name=path.name)
