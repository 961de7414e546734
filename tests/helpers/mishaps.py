"""Operations on files that fail when told to: the first, the second, … until none is left to fail."""

from __future__ import annotations

import errno
import io
import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["TROUBLES", "Mishap", "small_disk"]

TROUBLES: Final = {
    "full": errno.ENOSPC,
    "read-only": errno.EROFS,
    "vanished": errno.ENOENT,
    "forbidden": errno.EACCES,
}
"""What may be wrong with a disk, and the system's number for it."""

_OPERATIONS: Final = (
    (os, "mkdir"), (os, "open"), (os, "fsync"), (os, "rename"), (os, "replace"), (os, "link"), (os, "unlink"),
    (os, "scandir"), (io, "open"), (shutil, "copyfileobj"),
)  # fmt: skip


class Mishap:
    """Makes the `number`-th operation inside a folder fail, or that and all after it."""

    def __init__(self, folder: Path, number: int, trouble: int, *, lasting: bool = False) -> None:
        self._folder = str(folder)
        self._number = number
        self._trouble = trouble
        self._lasting = lasting
        self._done = 0

    @property
    def happened(self) -> bool:
        """Tell whether there were that many operations."""
        return self._done >= self._number

    @contextmanager
    def ahead(self) -> Iterator[None]:
        """Let it happen to what is done within."""
        with pytest.MonkeyPatch.context() as patch:
            for module, name in _OPERATIONS:
                patch.setattr(module, name, self._guarded(getattr(module, name)))
            yield

    def _guarded(self, operation: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - as the operation has it
            # Handles have no name; the others are counted only where they are about our folder.
            about = arguments[0]
            if not isinstance(about, str | Path) or str(about).startswith(self._folder):
                self._done += 1
                if self._done == self._number or (self._lasting and self._done > self._number):
                    raise OSError(self._trouble, os.strerror(self._trouble))
            return operation(*arguments, **named)

        return guarded


@contextmanager
def small_disk(size: str) -> Iterator[Path]:
    """Give a real file system of a few pages, where this machine lets us mount one."""
    with tempfile.TemporaryDirectory() as place:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place]
        if (
            os.name == "nt"
            or os.geteuid() != 0
            or subprocess.run(mount, check=False, capture_output=True).returncode
        ):
            pytest.skip("a file system can be mounted by root only, and not in every container")
        try:
            yield Path(place)
        finally:
            subprocess.run(["umount", place], check=True)  # noqa: S607 - as mount
