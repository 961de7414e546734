"""Older files brought to today's schema, on a copy that takes their place when it is sound."""

from __future__ import annotations

import contextlib
import os
import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sochibo import faults
from sochibo.storage.copies.backup import Reason, backups_folder, give_second_name, next_backup, remove_draft
from sochibo.storage.editions.migrations import JOURNALLED, SCHEMA_NUMBER, migrations
from sochibo.storage.editions.schema import check_schema, make, schema_of
from sochibo.storage.engine.connection import Damaged, connect, sorted_faults

if TYPE_CHECKING:
    from pathlib import Path

    import sqlite_utils

    from sochibo.storage.engine.cipher import Key

__all__ = ["bring_up_to_date"]


def bring_up_to_date(
    path: Path,
    steps: sqlite_utils.Migrations = migrations,
    number: int = SCHEMA_NUMBER,
    journalled: tuple[str, ...] = JOURNALLED,
    key: Key | None = None,
) -> Path:
    """Copy, migrate, verify, swap; return where the file as it was is kept, among the book's backup copies.

    Whoever calls holds the lock. Raises Damaged where the result is not sound, ForeignParts where it has
    more in it than these steps make, DiskFull and the like; the book is then as it was.
    """
    copy = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        try:
            with sorted_faults(path.name):
                _copy(path, copy, key)
                with contextlib.closing(connect(copy, key=key)) as sql:
                    # Dropping a table that others refer to would else count as a violation for ever;
                    # `_prove` looks at all of them: https://sqlite.org/lang_altertable.html#otheralter
                    sql.execute("pragma foreign_keys = off")
                    make(sql, steps, number, journalled)
                    check_schema(sql, path.name, schema_of(steps, number, journalled))
                    _prove(sql, path.name)
            with copy.open("rb+") as file:
                os.fsync(file.fileno())
            kept = _keep(path)
            try:
                copy.replace(path)
            except OSError:
                kept.unlink(missing_ok=True)
                raise
        finally:
            remove_draft(copy)
    except OSError as error:
        raise faults.from_os(error, path.name) from error
    return kept


def _copy(path: Path, copy: Path, key: Key | None) -> None:
    """Copy by SQLite's own backup, which sees what still stands in the log, and leave the log empty."""
    copy.touch(exist_ok=False)
    with contextlib.closing(connect(path, key=key)) as source:
        with contextlib.closing(connect(copy, key=key)) as target:
            source.conn.backup(target.conn)
        source.execute("pragma wal_checkpoint(truncate)").fetchone()


def _keep(path: Path) -> Path:
    """Give the old file a second name, so that at no moment the book is missing under its own."""
    folder = backups_folder(path)
    folder.mkdir(exist_ok=True)
    kept = next_backup(folder, Reason.MIGRATION, datetime.now(UTC)).path
    give_second_name(path, kept)
    return kept


def _prove(sql: sqlite_utils.Database, name: str) -> None:
    sound = sql.execute("pragma integrity_check(1)").fetchone()[0] == "ok"
    if not sound or sql.execute("pragma foreign_key_check").fetchone() is not None:
        raise Damaged(name=name)
    # One file again: the swap moves one name only.
    sql.execute("pragma journal_mode = delete").fetchone()
