"""What is looked at before a file is opened as a book, and what a finished draft needs to become one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochibo.storage.editions import upgrade
from sochibo.storage.editions.migrations import APPLICATION_ID, SCHEMA_NUMBER
from sochibo.storage.engine.cipher import Key
from sochibo.storage.engine.connection import (
    AlreadyThere,
    Damaged,
    NewerBook,
    NotABook,
    OlderBook,
    PassphraseNeeded,
    read_header,
    sorted_faults,
)
from sochibo.storage.engine.recovery import parse

if TYPE_CHECKING:
    from pathlib import Path

    import sqlite_utils

__all__ = ["bring_up_to_date", "check_header", "check_pages", "give_name", "holder_of", "key_of", "number_of"]


def key_of(path: Path, passphrase: str, recovery: str) -> Key | None:
    """Return the key that a file asks for; raises PassphraseNeeded, NotRecoveryKey, and as `read_header`."""
    salt = read_header(path).salt
    if not salt:
        return None
    if recovery:
        return Key(parse(recovery), salt)
    if not passphrase:
        raise PassphraseNeeded(name=path.name)
    return Key.derive(passphrase, salt)


def check_header(path: Path) -> None:
    """Look at the header before SQLite does, so that nothing is touched that is no book of ours."""
    header = read_header(path)
    if not header.protected:
        _check_numbers(path, header.application_id, header.schema_number)
    # After a power cut what is missing may stand in the log, from which SQLite makes it good.
    logs = (path.with_name(path.name + end) for end in ("-wal", "-journal"))
    if header.missing_bytes and not any(log.exists() and log.stat().st_size for log in logs):
        raise Damaged(name=path.name)


def _check_numbers(path: Path, application_id: int, schema_number: int) -> None:
    if application_id != APPLICATION_ID:
        raise NotABook(name=path.name)
    if schema_number > SCHEMA_NUMBER:
        raise NewerBook(name=path.name)


def number_of(sql: sqlite_utils.Database, path: Path) -> int:
    """Return the number of the schema; of a protected file it is only now known."""
    with sorted_faults(path.name):
        application_id, number = (
            int(sql.execute(f"pragma {name}").fetchone()[0]) for name in ("application_id", "user_version")
        )
    _check_numbers(path, application_id, number)
    return number


def bring_up_to_date(path: Path, key: Key | None, *, may_write: bool) -> None:
    """Bring an older file to today's schema; raises OlderBook where nothing may be written."""
    if not may_write:
        raise OlderBook(name=path.name)
    upgrade.bring_up_to_date(path, key=key)


def check_pages(sql: sqlite_utils.Database, path: Path) -> None:
    """Look through every page; raises Damaged."""
    if sql.execute("pragma quick_check(1)").fetchone()[0] != "ok":
        raise Damaged(name=path.name)


def holder_of(sql: sqlite_utils.Database) -> str:
    """Say who has the file open for writing, and on which PC."""
    found = sql.execute("select who, pc from holder").fetchone()
    return ", ".join(part for part in found or ("?",) if part)


def give_name(draft: Path, path: Path) -> None:
    """Let a finished draft have its name, unless another file got it meanwhile."""
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        raise AlreadyThere(name=path.name) from None
    except OSError:
        # Sticks with FAT know no second names; a rename on Windows refuses an existing file by itself.
        if path.exists():
            raise AlreadyThere(name=path.name) from None
        draft.rename(path)
