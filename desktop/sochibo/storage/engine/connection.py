"""One engine for every book: SQLCipher's SQLite, its pragmas, and its errors sorted into faults."""

from __future__ import annotations

import math
import os
import re
import struct
import sys
import urllib.parse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import sqlcipher3
from sqlcipher3 import dbapi2 as engine

# sqlite-utils catches the exceptions of `pysqlite3` if there is one, else those of the standard library;
# SQLCipher's classes are neither, so that `alter=True` and the like would let them through. It looks only
# once, at its first import: this module is therefore the one place that imports sqlite_utils first.
sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", engine)

import sqlite_utils  # noqa: E402 - after the two lines above, see there
from sqlite_utils import Migrations  # noqa: E402 - as above

from sochibo import faults  # noqa: E402 - as above
from sochibo.messages import N_  # noqa: E402 - as above
from sochibo.storage.engine.cipher import PACKED, PAGE_BYTES, SALT_BYTES  # noqa: E402 - as above
from sochibo.storage.engine.remains import has_pages_of  # noqa: E402 - as above

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from types import TracebackType

    from sochibo.storage.engine.cipher import Key

__all__ = [
    "AlreadyThere", "BookLocked", "Damaged", "DatabaseError", "Header", "Migrations", "NewerBook", "NotABook",
    "OlderBook", "PassphraseNeeded", "ReadOnlyBook", "Unreachable", "WrongKey", "connect",
    "connect_to_nothing", "is_on_network", "read_header", "sorted_faults",
]  # fmt: skip

DatabaseError: Final[type[Exception]] = engine.Error
"""The one name by which errors of the engine are caught."""

NOTHING_CAN_BE_WRITTEN: Final = frozenset(
    {engine.SQLITE_CANTOPEN, engine.SQLITE_READONLY, engine.SQLITE_FULL, engine.SQLITE_IOERR}
)
BUSY_SECONDS: Final = 5.0
MOUNTS: Final = Path("/proc/self/mounts")
"""Where Linux tells which file system lies where."""

_ESCAPED: Final = re.compile(r"\\([0-7]{3})")
_NETWORKS: Final = frozenset(
    {"9p", "afs", "ceph", "cifs", "davfs", "fuse.davfs", "fuse.gvfsd-fuse", "fuse.rclone", "fuse.sshfs",
     "nfs", "nfs4", "smb3", "smbfs", "vboxsf"}
)  # fmt: skip
"""File systems of shares; `fuse.gvfsd-fuse` is how the desktop itself opens them."""

HEADER_BYTES: Final = 100
MAGIC: Final = b"SQLite format 3\x00"
LEAST_ENTROPY: Final = 7.5
"""Bits a byte: a page of ciphertext has 7.95 and more, text at most 6."""


class AlreadyThere(faults.Fault):
    """A new book was to be made where a file lies."""

    code = "B01"
    sentence = N_("There is already a file called “{name}” here.")
    advice = N_("Choose another name, or open that book. Nothing was changed.")


class NotABook(faults.Fault):
    """A file that is something else."""

    code = "B02"
    sentence = N_("“{name}” is not a book of this program.")
    advice = N_("Choose the book itself; its name ends in “.sochibo”. Nothing was changed.")


class NewerBook(faults.Fault):
    """A book written by a newer edition of the program."""

    code = "B03"
    sentence = N_("“{name}” was written by a newer edition of this program.")
    advice = N_("Open it on the PC with the newer edition, or install that here. Nothing was changed.")


class Damaged(faults.Fault):
    """A book of which a part is missing or unreadable."""

    code = "B04"
    sentence = N_("The file “{name}” is damaged: a part of it is missing or cannot be read.")
    advice = N_("Copy it again from where it came, or take the newest backup copy. Nothing was changed.")


class BookLocked(faults.Fault):
    """Something else is writing to the file this moment."""

    code = "B05"
    sentence = N_("Another program is using “{name}”.")
    advice = N_("Wait a moment and try again. Nothing was changed.")


class ReadOnlyBook(faults.Fault):
    """A change was tried in a book opened for reading."""

    code = "B06"
    sentence = N_("“{name}” is open for reading only.")
    advice = N_(
        "See whether it is open elsewhere or the disk is full, or copy it to a folder of your own, then open "
        "it again."
    )


class Unreachable(faults.Fault):
    """The disk under an open book gave an error: a stick pulled out, a network gone."""

    code = "B07"
    sentence = N_("“{name}” can no longer be reached.")
    advice = N_("Plug the stick in again and open the book anew. What was recorded before is not lost.")


class OlderBook(faults.Fault):
    """A book of an older edition lies where it may not be brought up to date."""

    code = "B08"
    sentence = N_("“{name}” was written by an older edition and may not be changed where it lies.")
    advice = N_("Copy it to a folder of your own and open it there. Nothing was changed.")


class PassphraseNeeded(faults.Fault):
    """A protected book was to be opened without anything to open it with."""

    code = "B11"
    sentence = N_("“{name}” is protected by a passphrase.")
    advice = N_("Give the passphrase, or the recovery key that stands on paper.")


class WrongKey(faults.Fault):
    """A protected book was to be opened with another passphrase than its own, or is none."""

    code = "B10"
    sentence = N_("That is not the passphrase of “{name}”, or the file is not a book.")
    advice = N_(
        "See whether Caps Lock is on and Vietnamese typing is as it was then, and try again. "
        "Nothing was changed."
    )


class Header:
    """What the beginning of a file says, read without SQLite so that nothing is touched.

    Of a book with a passphrase that is only its salt: number and id are known once it is open.
    """

    def __init__(self, first: bytes, size: int) -> None:
        self.salt: Final = b"" if first.startswith(MAGIC) else first[:SALT_BYTES]
        self.schema_number = self.application_id = 0
        if self.salt:
            self.missing_bytes = -size % PAGE_BYTES
            return
        (page,) = struct.unpack_from(">H", first, 16)
        (pages,) = struct.unpack_from(">I", first, 28)
        (self.schema_number,) = struct.unpack_from(">I", first, 60)
        (self.application_id,) = struct.unpack_from(">I", first, 68)
        self.missing_bytes = max(0, pages * (65536 if page == 1 else page) - size)

    @property
    def protected(self) -> bool:
        """Tell whether the book opens by a passphrase only."""
        return bool(self.salt)


def read_header(path: Path) -> Header:
    """Read a file's header; raises NotReadable, NotABook where it is neither SQLite's nor encrypted, Damaged.

    Damaged is here only what nothing can be read of.
    """
    try:
        with path.open("rb") as file:
            first = file.read(PAGE_BYTES)
            size = os.fstat(file.fileno()).st_size
    except OSError as error:
        raise faults.NotReadable(name=path.name) from error
    if not any(first[:SALT_BYTES]):
        # Nothing, or nothing but zeros: so a power cut leaves a file of which the disk knew the name only.
        raise Damaged(name=path.name)
    plain = len(first) >= HEADER_BYTES and first.startswith(MAGIC)
    if not plain and not _seems_encrypted(first):
        raise NotABook(name=path.name)
    return Header(first, size)


def _seems_encrypted(page: bytes) -> bool:
    """Tell whether a first page could be ciphertext: nothing more can be known without the key."""
    if len(page) < PAGE_BYTES or page.startswith((MAGIC, *PACKED)):
        return False
    shares = (count / len(page) for count in Counter(page).values())
    return -sum(share * math.log2(share) for share in shares) > LEAST_ENTROPY


def sorted_faults(name: str, foreign: type[faults.Fault] = NotABook) -> AbstractContextManager[None]:
    """Turn the engine's errors about the file called `name` into known faults; a bug stays what it is.

    `foreign` is the fault of a file that the engine does not take for a database.
    """
    return _Sorting(name, foreign)


class _Sorting:
    """A generator would say the same in fewer lines, but every key stroke comes through here six times."""

    __slots__ = ("_foreign", "_name")

    def __init__(self, name: str, foreign: type[faults.Fault]) -> None:
        self._name, self._foreign = name, foreign

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, DatabaseError):
            # The driver's `backup` forgets the number and keeps SQLite's text for it.
            code = (getattr(error, "sqlite_errorcode", 0) or _CODES.get(str(error), 0)) & 0xFF
            fault = self._foreign if code == engine.SQLITE_NOTADB else _FAULTS.get(code)
            if fault is not None:
                raise fault(name=self._name) from error


_FAULTS: Final[dict[int, type[faults.Fault]]] = {
    engine.SQLITE_FULL: faults.DiskFull,
    engine.SQLITE_CORRUPT: Damaged,
    engine.SQLITE_BUSY: BookLocked,
    engine.SQLITE_LOCKED: BookLocked,
    engine.SQLITE_READONLY: ReadOnlyBook,
    engine.SQLITE_PERM: faults.NotWritable,
    engine.SQLITE_CANTOPEN: faults.NotReadable,
    engine.SQLITE_IOERR: Unreachable,
}

_CODES: Final[dict[str, int]] = {
    "database or disk is full": engine.SQLITE_FULL,
    "file is not a database": engine.SQLITE_NOTADB,
    "database disk image is malformed": engine.SQLITE_CORRUPT,
    "database is locked": engine.SQLITE_BUSY,
    "database table is locked": engine.SQLITE_LOCKED,
    "attempt to write a readonly database": engine.SQLITE_READONLY,
    "access permission denied": engine.SQLITE_PERM,
    "unable to open database file": engine.SQLITE_CANTOPEN,
    "disk I/O error": engine.SQLITE_IOERR,
}


def connect(
    path: Path, *, read_only: bool = False, key: Key | None = None, name: str = ""
) -> sqlite_utils.Database:
    """Open a connection with the pragmas of a book; raises faults, WrongKey where `key` wrote nothing of it.

    A new file is made with `key` and its salt. The driver begins no transactions of its own
    (`isolation_level=None`): acts do. It may be used from any thread, since `Database` lets one at a time in.
    Faults tell of `name` where the path is a draft that nobody knows.
    """
    told = name or path.name
    try:
        with sorted_faults(told, NotABook if key is None else WrongKey):
            return _read_only(path, key) if read_only else _prepared(path, "?mode=rw", key, read_only=False)
    except WrongKey as fault:
        # A key that does not fit and a first page that is spoilt look the same to SQLCipher: noise.
        if key is not None and has_pages_of(path, key):
            raise Damaged(name=told) from fault
        raise


def _read_only(path: Path, key: Key | None) -> sqlite_utils.Database:
    # A reader that may write clears the log's files away after itself, so that is tried first.
    # Where nothing may be written, a WAL file cannot be read the ordinary way (the shared index has no
    # place); with an empty log beside it nothing is missed by reading the file alone.
    ways = ["?mode=rw", "?mode=ro"]
    if not _size(path.with_name(f"{path.name}-wal")):
        ways.append("?mode=ro&immutable=1")
    for way in ways[:-1]:
        try:
            return _prepared(path, way, key, read_only=True)
        except DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code not in NOTHING_CAN_BE_WRITTEN:
                raise
    return _prepared(path, ways[-1], key, read_only=True)


def connect_to_nothing() -> sqlite_utils.Database:
    """Open an empty database in memory."""
    return sqlite_utils.Database(engine.connect(":memory:", isolation_level=None), execute_plugins=False)


def _raw(path: Path, way: str) -> engine.Connection:
    # Three slashes before `home` and `C:`, four before `server/share`: SQLite takes no host after two.
    place = path.resolve().as_posix()
    address = "file://" + urllib.parse.quote(place if place.startswith("/") else f"/{place}", safe="/:")
    return engine.connect(
        f"{address}{way}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )


def _prepared(path: Path, way: str, key: Key | None, *, read_only: bool) -> sqlite_utils.Database:
    connection = _raw(path, way)
    try:
        for pragma in (
            # SQLCipher speaks of every wrong key on standard error; the fault says it better.
            "cipher_log_level = none",
            *([f'key = "{key.spelled()}"', "cipher_compatibility = 4"] if key else []),
            # Nothing of a protected book may spill into a file of its own.
            "temp_store = memory",
            "foreign_keys = on",
            "trusted_schema = off",
            "cell_size_check = on",
            "synchronous = full",
            *(["query_only = on"] if read_only else []),
        ):
            connection.execute(f"pragma {pragma}")
        connection.execute("select count(*) from sqlite_schema").fetchone()
        if not read_only:
            # SQLite itself keeps a rollback journal where the file system cannot share memory.
            wanted = "delete" if is_on_network(path) else "wal"
            connection.execute(f"pragma journal_mode = {wanted}").fetchone()
        # No plug-ins: whatever else is installed on the PC has no business in a book.
        return sqlite_utils.Database(connection, execute_plugins=False)
    except BaseException:
        connection.close()
        raise


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def is_on_network(path: Path) -> bool:
    """Tell whether a file lies on a share: there WAL seems to work and loses data between two PCs."""
    place = str(path.resolve())
    if os.name == "nt":
        import ctypes

        drive_remote = 4
        kind: int = ctypes.windll.kernel32.GetDriveTypeW(place[:3])  # type: ignore[attr-defined,unused-ignore] # Windows only
        return place.startswith("\\\\") or kind == drive_remote
    try:
        lines = MOUNTS.read_text("utf-8", errors="replace").split("\n")
    except OSError:
        return False
    mounts = [line.split(" ")[1:3] for line in lines if line]
    # A blank in a name stands there as `\040`.
    named = [(_ESCAPED.sub(lambda sign: chr(int(sign[1], 8)), at), kind) for at, kind in mounts]
    inside = [(len(at), kind) for at, kind in named if place.startswith(at.rstrip("/") + "/")]
    return bool(inside) and max(inside)[1] in _NETWORKS
