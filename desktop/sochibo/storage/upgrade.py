"""New and older files brought to today's schema; an older one on a copy that takes its place when sound."""

from __future__ import annotations

import os
import secrets
import shutil
from typing import TYPE_CHECKING, Final

from sochibo import faults
from sochibo.storage.connection import Damaged, connect, read_header, sorted_faults
from sochibo.storage.journal import install_triggers, remove_triggers
from sochibo.storage.migrations import APPLICATION_ID, JOURNALLED, SCHEMA_NUMBER, migrations

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import sqlite_utils

__all__ = ["bring_up_to_date", "make"]

_ENDS: Final = ("", "-wal", "-shm", "-journal")


def make(
    sql: sqlite_utils.Database,
    steps: sqlite_utils.Migrations = migrations,
    number: int = SCHEMA_NUMBER,
    journalled: Sequence[str] = JOURNALLED,
) -> None:
    """Take the steps that a file lacks, make the journal's triggers anew, and number the file."""
    with sql.atomic():
        remove_triggers(sql)
        steps.apply(sql)
        install_triggers(sql, journalled)
        sql.execute(f"pragma application_id = {APPLICATION_ID}")
        sql.execute(f"pragma user_version = {number}")


def bring_up_to_date(
    path: Path,
    steps: sqlite_utils.Migrations = migrations,
    number: int = SCHEMA_NUMBER,
    journalled: Sequence[str] = JOURNALLED,
) -> Path:
    """Copy, migrate, verify, swap; return where the file as it was is kept, beside the new one.

    Whoever calls holds the lock. Raises Damaged where the result is not sound, DiskFull and the like; the
    book is then as it was.
    """
    old_number = read_header(path).schema_number
    copy = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        try:
            with sorted_faults(path.name):
                _copy(path, copy)
                _migrate(copy, path.name, steps, number, journalled)
            with copy.open("rb+") as file:
                os.fsync(file.fileno())
            kept = _free_name(path, old_number)
            _keep(path, kept)
            copy.replace(path)
        finally:
            for end in _ENDS:
                copy.with_name(copy.name + end).unlink(missing_ok=True)
    except OSError as error:
        raise faults.from_os(error, path.name) from error
    return kept


def _copy(path: Path, copy: Path) -> None:
    """Copy by SQLite's own backup, which sees what still stands in the log, and leave the log empty."""
    copy.touch(exist_ok=False)
    source, target = connect(path), connect(copy)
    try:
        source.conn.backup(target.conn)
        source.execute("pragma wal_checkpoint(truncate)").fetchone()
    finally:
        target.close()
        source.close()


def _keep(path: Path, kept: Path) -> None:
    """Give the old file a second name, so that at no moment the book is missing under its own."""
    try:
        kept.hardlink_to(path)
    except OSError:
        # Sticks with FAT know no second names.
        shutil.copy2(path, kept)


def _migrate(
    copy: Path, name: str, steps: sqlite_utils.Migrations, number: int, journalled: Sequence[str]
) -> None:
    sql = connect(copy)
    try:
        make(sql, steps, number, journalled)
        sound = sql.execute("pragma integrity_check(1)").fetchone()[0] == "ok"
        if not sound or sql.execute("pragma foreign_key_check").fetchone() is not None:
            raise Damaged(name=name)
        # One file again: the swap moves one name only.
        sql.execute("pragma journal_mode = delete").fetchone()
    finally:
        sql.close()


def _free_name(path: Path, number: int) -> Path:
    """Return an unused name for the file as it was: `Sổ (v1).sochibo`."""
    kept, count = path.with_name(f"{path.stem} (v{number}){path.suffix}"), 1
    while kept.exists():
        count += 1
        kept = path.with_name(f"{path.stem} (v{number}-{count}){path.suffix}")
    return kept
