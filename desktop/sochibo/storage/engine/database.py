"""One open SQLite file: who may write, acts, and SQLite's rows in and out."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import threading
import unicodedata
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sochibo import faults
from sochibo.storage.editions.migrations import SCHEMA_NUMBER
from sochibo.storage.editions.schema import check_schema, make_at_once
from sochibo.storage.engine.cipher import Key, fresh_key
from sochibo.storage.engine.connection import (
    AlreadyThere,
    DatabaseError,
    ReadOnlyBook,
    Unreachable,
    WrongKey,
    connect,
    sorted_faults,
)
from sochibo.storage.engine.journal import Journal
from sochibo.storage.engine.lock import WriterLock, this_pc
from sochibo.storage.engine.opening import (
    bring_up_to_date,
    check_header,
    check_pages,
    give_name,
    holder_of,
    key_of,
    number_of,
)
from sochibo.storage.engine.recovery import WrongRecoveryKey
from sochibo.storage.engine.rekeying import clear_leftovers, leave_log, put_in_place, write_anew

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    import sqlite_utils

    from sochibo.storage.copies.backup_contents import Opening

__all__ = ["Database"]

ROOM_OF_A_BOOK: Final = 1024 * 1024
"""What an empty book takes while it is made, with its log."""


class Database:
    """A book's file; SQLite's rows in and out, no records of ours (the modules beside this one map them).

    One thread at a time is let in, an act keeps the others out until it ends.
    """

    def __init__(
        self,
        path: Path,
        sql: sqlite_utils.Database,
        by: str,
        lock: WriterLock | None,
        held_by: str = "",
        key: Key | None = None,
    ) -> None:
        self.path: Final = path
        self._name: Final = path.name
        self.held_by: Final = held_by
        self.key = key
        """What opens the file and its copies, None where everybody may."""
        self.recovered = False
        """Whether the recovery key opened the file, so that nobody knows its passphrase."""
        self.by: Final = by
        self.read_only: Final = bool(sql.execute("pragma query_only").fetchone()[0])
        self._sql = sql
        self._lock = lock
        self._journal = Journal(sql)
        self._turn = threading.RLock()
        self._act: int | None = None
        self._changes = 0
        self._lasting = False
        self._wrote = False
        self._closed = False

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        by: str = "",
        fill: Callable[[Self], None] | None = None,
        passphrase: str = "",
        schema: int = SCHEMA_NUMBER,
    ) -> Self:
        """Make the file with its schema and open it; raises AlreadyThere or a fault of the operating system.

        What `fill` writes is in the file before it gets its name: a half-made book is never seen. It may
        write as an older `schema` had it; opening then brings the file up to date.
        """
        if path.exists():
            raise AlreadyThere(name=path.name)
        key = fresh_key(passphrase) if passphrase else None
        draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
        try:
            try:
                draft.touch(exist_ok=False)
                with sorted_faults(path.name):
                    sql = connect(draft, key=key, name=path.name)
                    # The draft is its own only holder: nobody else knows its name.
                    made = cls(draft, sql, by, None)
                    try:
                        make_at_once(sql, schema)
                        if fill is not None:
                            fill(made)
                    finally:
                        made.close()
                give_name(draft, path)
            except Unreachable as error:
                # Where the index of the log finds no room, SQLite speaks of a failing device.
                if shutil.disk_usage(path.parent).free < ROOM_OF_A_BOOK:
                    raise faults.DiskFull(name=path.name) from error
                raise
            finally:
                for left in (
                    draft,
                    *(draft.with_name(draft.name + end) for end in ("-wal", "-shm", "-journal")),
                ):
                    left.unlink(missing_ok=True)
        except OSError as error:
            raise faults.from_os(error, path.name) from error
        return cls._open(path, by, key, read_only=False)

    @classmethod
    def open(
        cls, path: Path, *, by: str = "", read_only: bool = False, passphrase: str = "", recovery: str = ""
    ) -> Self:
        """Open a file: header, key, version, lock, migration; raises NotABook, NewerBook, Damaged.

        It opens for reading only where it or its folder may not be written, or somebody has it open. A
        protected one opens by its passphrase or its recovery key; raises PassphraseNeeded, WrongKey,
        NotRecoveryKey, WrongRecoveryKey.
        """
        key = key_of(path, passphrase, recovery)
        try:
            opened = cls._open(path, by, key, read_only=read_only)
        except WrongKey:
            if recovery:
                raise WrongRecoveryKey(name=path.name) from None
            raise
        opened.recovered = key is not None and bool(recovery)
        return opened

    @classmethod
    def _open(cls, path: Path, by: str, key: Key | None, *, read_only: bool) -> Self:
        check_header(path)
        lock, held = None, False
        if not read_only and os.access(path, os.W_OK):
            # A folder that may not be written after all gives no lock: read-only then.
            with contextlib.suppress(OSError):
                lock = WriterLock.take(path)
                held = lock is None
        sql = None
        try:
            sql = connect(path, read_only=lock is None, key=key)
            if number_of(sql, path) < SCHEMA_NUMBER:
                sql.close()
                bring_up_to_date(path, key, may_write=lock is not None)
                sql = connect(path, key=key)
            with sorted_faults(path.name):
                check_schema(sql, path.name)
                check_pages(sql, path)
                opened = cls(path, sql, by, lock, holder_of(sql) if held else "", key)
                opened._hold()
        except BaseException as error:
            if sql is not None:
                sql.close()
            if lock is not None:
                lock.give_up()
            if lock is not None and isinstance(error, ReadOnlyBook | faults.DiskFull | Unreachable):
                # Not even the holder's name can be written: it can still be read.
                return cls._open(path, by, key, read_only=True)
            raise
        if lock is not None:
            clear_leftovers(path)
        return opened

    def change_key(self, key: Key | None) -> None:
        """Write the file anew with another key, or with none; the old file stays until the new one is proven.

        Raises ReadOnlyBook, BookLocked where somebody else has it open, Damaged, or a fault of the disk; the
        book is then open as it was.
        """
        with self._turn, sorted_faults(self._name):
            if self.read_only:
                raise ReadOnlyBook(name=self.path.name)
            if self._act is not None:
                raise RuntimeError("a new key inside an act")
            try:
                leave_log(self._sql, self.path.name)
                draft = write_anew(self._sql, self.path, key)
                self._sql.close()
                put_in_place(draft, self.path, wipe=self.key is None)
                self.key, self.recovered = key, False
            finally:
                # Windows swaps closed files only, so here it is opened anew, the new file or the old one.
                self._sql.close()
                self._sql = connect(self.path, key=self.key)
                self._journal = Journal(self._sql)

    @contextlib.contextmanager
    def act(
        self,
        template: str,
        fields: Mapping[str, object] | None = None,
        *,
        changes: int = 0,
        merge_key: str | None = None,
        lasting: bool = False,
    ) -> Iterator[None]:
        """Open one act: a transaction whose changes are journalled under one entry of the history.

        Nested acts join the outer one, but are rolled back alone if they fail. Acts with the same `merge_key`
        within a minute, with nothing between, are one. `lasting` acts (a seal, a receipt) are outside undo,
        and undo does not reach behind them into the records they stand on. An act that writes nothing leaves
        no trace.
        """
        with self._turn, sorted_faults(self._name):
            if self.read_only:
                raise ReadOnlyBook(name=self.path.name)
            outermost = self._act is None
            if outermost:
                self._changes, self._lasting, self._wrote = 0, False, False
            try:
                with self._sql.atomic():
                    if outermost:
                        self._act = self._journal.begin(
                            template, fields, self.by, merge_key, changes, lasting=lasting
                        )
                    yield
                    self._changes |= changes
                    self._lasting |= lasting
                    if outermost and self._act is not None:
                        if not self._wrote:
                            raise _NothingWritten  # noqa: TRY301 - rolls the entry back
                        more = self._changes & ~changes
                        self._journal.end(self._act, more, lasting=self._lasting and not lasting)
            except _NothingWritten:
                return
            finally:
                if outermost:
                    self._act = None

    def rows(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> Iterator[dict[str, Any]]:
        """Read rows, all before the first is given out."""
        with self._turn, sorted_faults(self._name):
            cursor = self._sql.conn.execute(sql, parameters)
            names = [column[0] for column in cursor.description]
            return iter([dict(zip(names, values, strict=True)) for values in cursor.fetchall()])

    def insert(self, table: str, row: Mapping[str, Any]) -> None:
        """Insert one row, inside an act."""
        names = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" * len(row))
        self._write(f'insert into "{table}" ({names}) values ({marks})', row.values())  # noqa: S608 - names of our own schema

    def update(
        self, table: str, key: str, values: Mapping[str, Any], now: Mapping[str, Any] | None = None
    ) -> None:
        """Change a row by its `id`, inside an act, where something differs; raises KeyError.

        `now` is the row where the same act has read it already.
        """
        now = now or next(self.rows(f'select * from "{table}" where id = ?', (key,)), None)  # noqa: S608 - our table
        if now is None:
            raise KeyError(key)
        differing = {name: value for name, value in values.items() if now[name] != _composed(value)}
        if differing:
            sets = ", ".join(f'"{name}" = ?' for name in differing)
            self._write(f'update "{table}" set {sets} where id = ?', [*differing.values(), key])  # noqa: S608 - our columns

    def delete(self, table: str, key: str) -> None:
        """Delete a row by its `id`, inside an act."""
        self._write(f'delete from "{table}" where id = ?', [key])  # noqa: S608 - our table

    @property
    def opening(self) -> Opening:
        """Return the way to open further connections with this book's key, to its file or to a copy."""
        return partial(connect, key=self.key)

    def write_aside(self, sql: str, parameters: Sequence[Any]) -> None:
        """Write what history and undo do not know, as a small value of this file; raises ReadOnlyBook."""
        with self._turn, sorted_faults(self._name):
            if self.read_only:
                raise ReadOnlyBook(name=self.path.name)
            self._sql.execute(sql, [_composed(value) for value in parameters])

    def undoable(self) -> dict[str, Any] | None:
        """Return the row of the act that undo takes back."""
        with self._turn:
            return self._journal.undoable()

    def redoable(self) -> dict[str, Any] | None:
        """Return the row of the act that redo does again."""
        with self._turn:
            return self._journal.redoable()

    def undo(self) -> int:
        """Take the newest act back; return the kinds of record it changed, 0 if there is none."""
        return self._replay(self._journal.undo)

    def redo(self) -> int:
        """Do the act undone last again; return the kinds of record it changed, 0 if there is none."""
        return self._replay(self._journal.redo)

    def acts(self, limit: int) -> list[dict[str, Any]]:
        """Return the rows of the newest acts, newest first."""
        with self._turn:
            return self._journal.acts(limit)

    def saved_at(self) -> datetime | None:
        """Return the moment of the newest write."""
        with self._turn:
            return self._journal.saved_at()

    def rest(self) -> None:
        """Empty the log into the file, after two idle seconds: a copy of the one file is then complete."""
        with self._turn:
            if not (self._closed or self.read_only or self._act is not None):
                # A reader elsewhere may keep the log from being emptied; the next rest tries again.
                with contextlib.suppress(DatabaseError):
                    self._sql.execute("pragma wal_checkpoint(truncate)").fetchone()

    def close(self) -> None:
        """Empty the log into the file and give up the lock; a second call does nothing."""
        with self._turn:
            if self._closed:
                return
            try:
                if self._lock is not None:
                    # A stick pulled out is no reason not to close: what was recorded is on it.
                    with contextlib.suppress(DatabaseError):
                        self._sql.execute("delete from holder")
                self.rest()
                self._sql.close()
            finally:
                self._closed = True
                if self._lock is not None:
                    self._lock.give_up()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _replay(self, step: Callable[[], int]) -> int:
        with self._turn, sorted_faults(self._name):
            if self.read_only:
                raise ReadOnlyBook(name=self.path.name)
            with self._sql.atomic():
                return step()

    def _write(self, sql: str, values: Iterable[Any]) -> None:
        with self._turn, sorted_faults(self._name):
            if self._act is None:
                raise RuntimeError("a change outside an act")
            self._sql.conn.execute(sql, [_composed(value) for value in values])
            self._wrote = True

    def _hold(self) -> None:
        """Write down who has the book open, for the second opener to read."""
        if self._lock is not None:
            self._sql.execute(
                "insert or replace into holder values (1, ?, ?, ?)",
                (_composed(self.by), this_pc(), datetime.now(UTC).isoformat(timespec="seconds")),
            )


class _NothingWritten(Exception):
    """No error: it ends an act without a trace."""


def _composed(value: object) -> Any:  # noqa: ANN401 - SQLite's own values
    """Return text in NFC: composed and decomposed letters look alike and would not be equal."""
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value
