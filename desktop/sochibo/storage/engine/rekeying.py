"""A book's file written anew with another key, or with none, and put in the place of the old one.

SQLCipher's `rekey` would change the file itself, page by page, and cannot turn a plain one into an encrypted
one. Here the old file stays whole under its name until the new one has been read through; a crash leaves one
of the two, and at most a draft, which the next opening clears away.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
from typing import TYPE_CHECKING, Final

from sochibo import faults, files
from sochibo.storage.editions.migrations import APPLICATION_ID
from sochibo.storage.engine.connection import BookLocked, Damaged, connect, sorted_faults

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import sqlite_utils

    from sochibo.storage.engine.cipher import Key

__all__ = ["clear_leftovers", "leave_log", "put_in_place", "wipe_file", "write_anew"]

_ENDS: Final = ("", "-wal", "-shm", "-journal")
_BLOCK: Final = 1 << 20


def leave_log(sql: sqlite_utils.Database, name: str) -> None:
    """Empty the log and do without it, which works only where nobody else has the file open.

    A log left behind would be read into the file that comes next under the name. Raises BookLocked.
    """
    if sql.execute("pragma journal_mode = delete").fetchone()[0] != "delete":
        raise BookLocked(name=name)


def write_anew(sql: sqlite_utils.Database, path: Path, key: Key | None) -> Path:
    """Write everything that an open file holds into a draft with another key; return it, proven whole.

    Raises Damaged where the draft does not hold the same, DiskFull and the like, and then leaves nothing.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with sorted_faults(path.name):
            draft.touch(exist_ok=False)
            _export(sql, draft, key)
            with contextlib.closing(connect(draft, key=key)) as made:
                _prove(made, sql, key, path.name)
                # One file again: the swap moves one name only.
                made.execute("pragma journal_mode = delete").fetchone()
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
    except BaseException as error:
        wipe_file(draft)
        if isinstance(error, OSError):
            raise faults.from_os(error, path.name) from error
        raise
    return draft


def put_in_place(draft: Path, path: Path, *, wipe: bool) -> None:
    """Let a finished draft take the book's name; `wipe` overwrites what the old file held.

    The old file keeps a second name until then. Sticks with FAT know no second names: there it is only
    replaced, and overwriting would be an empty gesture anyway, since flash memory writes to another place.
    """
    old = draft.with_suffix(".old")
    try:
        if wipe:
            with contextlib.suppress(OSError):
                old.hardlink_to(path)
        # Of the old file, if a crash long ago left one; it must never be read into the new one.
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
        draft.replace(path)
    except OSError as error:
        wipe_file(draft)
        old.unlink(missing_ok=True)
        raise faults.from_os(error, path.name) from error
    files.sync_folder(path.parent)
    wipe_file(old)


def clear_leftovers(path: Path) -> None:
    """Remove what a crash left of drafts and replaced files; whoever calls holds the lock."""
    shape = re.compile(re.escape(f".{path.name}.") + r"[0-9a-f]{8}\.(tmp|old)(-wal|-shm|-journal)?")
    with contextlib.suppress(OSError):
        for left in [each for each in path.parent.iterdir() if shape.fullmatch(each.name)]:
            wipe_file(left)
        # A journal that a killed program had only begun: opening has made good what one can hold, and SQLite
        # leaves it lying.
        wipe_file(path.with_name(f"{path.name}-journal"))


def _export(sql: sqlite_utils.Database, draft: Path, key: Key | None) -> None:
    number = sql.execute("pragma user_version").fetchone()[0]
    spelled = f'"{key.spelled()}"' if key else "''"
    sql.execute(f"attach database ? as draft key {spelled}", (str(draft),))
    try:
        if key:
            sql.execute("pragma draft.cipher_compatibility = 4")
        sql.execute("select sqlcipher_export('draft')").fetchone()
        sql.execute(f"pragma draft.application_id = {APPLICATION_ID}")
        sql.execute(f"pragma draft.user_version = {number}")
    finally:
        sql.execute("detach database draft")


def _prove(made: sqlite_utils.Database, sql: sqlite_utils.Database, key: Key | None, name: str) -> None:
    whole = made.execute("pragma integrity_check(1)").fetchone()[0] == "ok"
    authentic = key is None or not made.execute("pragma cipher_integrity_check").fetchall()
    joined = made.execute("pragma foreign_key_check").fetchone() is None
    if not (whole and authentic and joined) or _digest(made) != _digest(sql):
        raise Damaged(name=name)


def _digest(sql: sqlite_utils.Database) -> str:
    """Return a digest over the schema and every row, which says that two files hold the same."""
    made = hashlib.sha256()
    for row in _rows(sql):
        made.update(repr(row).encode())
    return made.hexdigest()


def _rows(sql: sqlite_utils.Database) -> Iterator[tuple[object, ...]]:
    schema = sql.execute("select type, name, tbl_name, sql from sqlite_schema order by type, name").fetchall()
    yield from schema
    for kind, name, _, made in schema:
        # What a virtual table holds stands in ordinary tables beside it, which are among these.
        if kind == "table" and not name.startswith("sqlite_stat") and not made.startswith("CREATE VIRTUAL"):
            quoted = name.replace('"', '""')
            yield from sql.execute(f'select * from "{quoted}" order by 1')  # noqa: S608 - a quoted name


def wipe_file(file: Path) -> None:
    """Overwrite a file, flush it and remove it, with what SQLite may have left beside it."""
    for end in _ENDS:
        each = file.with_name(file.name + end)
        with contextlib.suppress(OSError):
            _overwrite(each)
        with contextlib.suppress(OSError):
            each.unlink(missing_ok=True)


def _overwrite(file: Path) -> None:
    with file.open("rb+") as handle:
        state = os.fstat(handle.fileno())
        if state.st_nlink > 1:
            # Only one name of several: after a crash in the middle of a swap, the other is the book's own.
            return
        left = state.st_size
        while left > 0:
            left -= handle.write(bytes(min(left, _BLOCK)))
        handle.flush()
        os.fsync(handle.fileno())
