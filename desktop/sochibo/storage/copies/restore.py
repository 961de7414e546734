"""A copy put in the place of a book; the book that was there is kept under another name."""

from __future__ import annotations

import contextlib
import functools
from typing import TYPE_CHECKING, Final

from sochibo import faults, files
from sochibo.storage.copies.backup import (
    ENDS,
    copy_whole,
    draft_in,
    give_second_name,
    known_troubles,
    remove_draft,
)
from sochibo.storage.engine.connection import BookLocked, DatabaseError, connect
from sochibo.storage.engine.lock import WriterLock
from sochibo.storage.engine.opening import key_of
from sochibo.storage.engine.preferences import received_keys_in, take_received_keys

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from sochibo.storage.copies.backup_contents import Opening

__all__ = ["opening_of", "put_in_place"]

_LOGS: Final = ("-wal", "-journal")
"""What may hold records beside a file; the third of SQLite's files is an index that is made anew."""


def opening_of(path: Path, passphrase: str = "", recovery: str = "") -> Opening:
    """Return the way to open a closed file; raises NotABook, PassphraseNeeded where it is protected."""
    return functools.partial(connect, key=key_of(path, passphrase, recovery))


def put_in_place(
    backup: Path, book: Path, now: datetime, opening: Opening = connect, old_opening: Opening | None = None
) -> Path | None:
    """Restore a copy: copy it beside the book, verify, swap; return where the replaced book is kept.

    `old_opening` opens the book that is replaced, if its key is another. Raises BookLocked where somebody
    has the book open, CopyNotWhole, or a fault of the disk; the book is then as it was.
    """
    draft = draft_in(book.parent)
    with _sole_writer(book):
        try:
            copy_whole(backup, draft, book.name, opening)
            _take_received_keys(book, draft, old_opening or opening, opening)
            with known_troubles(book.name):
                replaced = _set_aside(book, now, old_opening or opening) if book.exists() else None
                try:
                    _forget_logs(book)
                    draft.replace(book)
                except BaseException:
                    _take_back(replaced, book)
                    raise
        finally:
            remove_draft(draft)
    files.sync_folder(book.parent)
    return replaced


@contextlib.contextmanager
def _sole_writer(book: Path) -> Iterator[None]:
    with known_troubles(book.name):
        # The lock would make a folder that is not there.
        book.parent.stat()
        lock = WriterLock.take(book)
    if lock is None:
        raise BookLocked(name=book.name)
    try:
        yield
    finally:
        lock.give_up()


def _take_received_keys(book: Path, draft: Path, old_opening: Opening, opening: Opening) -> None:
    """Let the restored state open what the replaced one locked beside it, where that one can be read."""
    keys: list[tuple[str, str]] = []
    with (
        contextlib.suppress(faults.Fault, DatabaseError),
        contextlib.closing(old_opening(book, read_only=True)) as sql,
    ):
        keys = received_keys_in(sql)
    if not keys:
        return
    with known_troubles(book.name), contextlib.closing(opening(draft)) as sql:
        take_received_keys(sql, keys)
        # One file again: the swap moves one name only.
        sql.execute("pragma journal_mode = delete").fetchone()


def _set_aside(book: Path, now: datetime, opening: Opening) -> Path:
    """Give the book its second name, with what still stands in its log; it keeps its first one too.

    Only the last step of a restore takes the first name away, so that at no moment there is no book.
    """
    _empty_log(book, opening)
    kept = _free_name(book, now)
    logs = [end for end in _LOGS if book.with_name(book.name + end).exists()]
    try:
        for end in logs:
            give_second_name(book.with_name(book.name + end), kept.with_name(kept.name + end))
        give_second_name(book, kept)
    except BaseException:
        remove_draft(kept)
        raise
    return kept


def _empty_log(book: Path, opening: Opening) -> None:
    """Bring what stands in the log into the file; a damaged book keeps its log, for whoever repairs it."""
    with (
        contextlib.suppress(faults.Fault),
        contextlib.closing(opening(book)) as sql,
        known_troubles(book.name),
    ):
        sql.execute("pragma wal_checkpoint(truncate)").fetchone()


def _forget_logs(book: Path) -> None:
    """Remove the old book's log, which SQLite would otherwise play into the restored file."""
    for end in ENDS[1:]:
        book.with_name(book.name + end).unlink(missing_ok=True)


def _take_back(replaced: Path | None, book: Path) -> None:
    """Undo `_set_aside`, after the swap failed: the book has its first name still, and its log again."""
    if replaced is None:
        return
    for end in _LOGS:
        kept, log = replaced.with_name(replaced.name + end), book.with_name(book.name + end)
        if kept.exists() and not log.exists():
            with contextlib.suppress(OSError):
                kept.rename(log)
    remove_draft(replaced)


def _free_name(book: Path, now: datetime) -> Path:
    """Return an unused name for the replaced book: `Sổ (replaced 2026-11-05 0800).sochibo`."""
    stem, count = f"{book.stem} (replaced {now.astimezone():%Y-%m-%d %H%M}", 1
    kept = book.with_name(f"{stem}){book.suffix}")
    while kept.exists():
        count += 1
        kept = book.with_name(f"{stem} {count}){book.suffix}")
    return kept
