"""Whole files: read within a limit, written so that a half file can never be seen."""

from __future__ import annotations

import contextlib
import os
import secrets
from typing import TYPE_CHECKING

from sochibo import faults
from sochibo.messages import N_

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["TooLarge", "read_whole", "sync_folder", "write_whole"]


class TooLarge(faults.Fault):
    """A file is larger than anything of its kind can be."""

    code = "K04"
    sentence = N_("“{name}” is too large to be a file of this kind.")
    advice = N_("See whether it is the right file.")


def read_whole(path: Path, limit: int) -> bytes:
    """Read a file of at most `limit` bytes; raises NotReadable or TooLarge."""
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise faults.NotReadable(name=path.name) from error
    if len(data) > limit:
        raise TooLarge(name=path.name)
    return data


def write_whole(path: Path, data: bytes) -> None:
    """Write a file by temp, fsync and rename: afterwards it is whole, or what was there before still is.

    Raises DiskFull, NotWritable or NotReadable (the folder vanished).
    """
    # Its name holds nothing of the file's own, which may already be as long as a name can be.
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        try:
            with temporary.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        finally:
            with contextlib.suppress(OSError):  # the error before it is the one to tell
                temporary.unlink(missing_ok=True)
    except OSError as error:
        raise faults.from_os(error, path.name) from error
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the rename itself last through a power cut, where that can be asked for.

    Windows has no handle on a folder, and some sticks and shares refuse: the file is whole all the same.
    """
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
