"""The whole book written out as JSON: to keep, to read with other programs, to make a book of again."""

from __future__ import annotations

import contextlib
import os
import secrets
from typing import TYPE_CHECKING, Final

from sochibo import faults, files
from sochibo.storage.engine import dump
from sochibo.storage.engine.connection import AlreadyThere

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.storage.engine.database import Database
    from sochibo.storage.engine.dump import Dumped

__all__ = ["Dumps"]

_FOR_ME_ALONE: Final = 0o600


class Dumps:
    """Writing one book out; `Book.load` makes a book of it again."""

    def __init__(self, database: Database) -> None:
        self._database: Final = database

    def write(self, path: Path) -> Dumped:
        """Write all of the book to a new file, protected by no passphrase and with identity numbers in full.

        The file is whole or not there. Raises AlreadyThere, DiskFull and the like.
        """
        if path.exists():
            raise AlreadyThere(name=path.name)
        temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
        try:
            try:
                handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FOR_ME_ALONE)
                with os.fdopen(handle, "wb") as file:
                    told = dump.dump(self._database, file)
                    file.flush()
                    os.fsync(file.fileno())
                temporary.replace(path)
            finally:
                with contextlib.suppress(OSError):  # the error before it is the one to tell
                    temporary.unlink(missing_ok=True)
        except OSError as error:
            raise faults.from_os(error, path.name) from error
        files.sync_folder(path.parent)
        return told
