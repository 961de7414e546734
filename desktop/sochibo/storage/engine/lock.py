"""One writer: a lock beside the book says that somebody has it open."""

from __future__ import annotations

import contextlib
import os
import platform
from typing import TYPE_CHECKING

import filelock

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Self

__all__ = ["WriterLock", "this_pc"]


def this_pc() -> str:
    """Return this PC's name, as colleagues know it."""
    return platform.node()


class WriterLock:
    """The right to write one book, held until given up; the system takes it back when a program dies."""

    def __init__(self, lock: filelock.BaseFileLock) -> None:
        self._lock = lock

    @classmethod
    def take(cls, book: Path) -> Self | None:
        """Take the right to write, or return None where somebody (also in this program) has it.

        Raises OSError where no lock can be made: in a folder that may not be written.
        """
        # One hold for all threads: a book may be closed in another thread than it was opened in.
        lock = filelock.FileLock(book.with_name(f"{book.name}.lock"), thread_local=False)
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout:
            return None
        return cls(lock)

    def give_up(self) -> None:
        """Let the next one in; the sidecar goes too."""
        if os.name != "nt":
            # Removed while held: whoever waits on it notices that its file has gone and takes a new one.
            with contextlib.suppress(OSError):
                os.unlink(self._lock.lock_file)  # noqa: PTH108 - filelock gives a text
        self._lock.release()
