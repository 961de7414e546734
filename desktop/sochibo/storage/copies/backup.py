"""Backup copies of one book: made whole or not at all, known to restore, and thinned out with time."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
import shutil
import time
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sochibo import faults, files
from sochibo.messages import N_
from sochibo.storage.copies.backup_contents import Contents, Opening, is_sound, read_contents, read_id
from sochibo.storage.copies.backup_rules import kept, load_backup_rules
from sochibo.storage.editions.schema import ForeignParts
from sochibo.storage.engine.connection import Damaged, NotABook, WrongKey, connect, sorted_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "Backup", "CopyNotWhole", "Reason", "backups_folder", "backups_in", "copy_to_second_place", "copy_whole",
    "draft_in", "give_second_name", "known_troubles", "make_backup", "next_backup", "remove_draft",
    "thin_out",
]  # fmt: skip

ENDS: Final = ("", "-wal", "-shm", "-journal")
"""A file and what SQLite may leave beside it."""

_NAME: Final = re.compile(r"(\d{4}-\d\d-\d\d \d{4}) ([a-z]+)(?: (\d+))?\.sochibo")
_MOMENT: Final = "%Y-%m-%d %H%M"
_DRAFT: Final = re.compile(r"\.[0-9a-f]{16}\.copy\.tmp(-wal|-shm|-journal)?")
_DAY: Final = 24 * 60 * 60
_BLOCK: Final = 1 << 20


class CopyNotWhole(faults.Fault):
    """A copy was written, read again, and was not what had been copied."""

    code = "B21"
    sentence = N_("The copy of “{name}” did not turn out whole, so it was not kept.")
    advice = N_("Try again. If it happens again, choose another disk or stick; nothing was changed.")


class Reason(StrEnum):
    """Why a copy was made; it stands in its file's name, the same in every language."""

    DAILY = "daily"
    CLOSE = "close"
    IMPORT = "import"
    MIGRATION = "migration"
    ASKED = "asked"

    @property
    def is_asked(self) -> bool:
        """Tell whether the copy stands before a step that somebody may regret weeks later."""
        return self in {Reason.IMPORT, Reason.MIGRATION, Reason.ASKED}


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy as its name tells it: `2026-11-05 0800 daily.sochibo`."""

    path: Path
    at: datetime
    reason: Reason
    count: int = 1
    """Which one it is of those made in the same minute for the same reason."""


def backups_folder(book: Path, place: Path | None = None) -> Path:
    """Return where the copies of a book lie: beside it, or in a folder of its own at another place."""
    return (place or book.parent) / f"{book.stem}.backups"


def backups_in(folder: Path) -> tuple[Backup, ...]:
    """Return the copies in a folder, newest first; files with other names are none of ours."""
    try:
        names = [entry.name for entry in os.scandir(folder) if entry.is_file()]
    except OSError:
        return ()
    found = (_backup(folder / name) for name in names)
    ours = [backup for backup in found if backup is not None]
    return tuple(sorted(ours, key=lambda backup: (backup.at, backup.count), reverse=True))


def make_backup(
    book: Path, folder: Path, reason: Reason, now: datetime, opening: Opening = connect
) -> tuple[Backup, Contents]:
    """Copy a book, open or closed, into the folder of its copies; raises a fault, and then leaves nothing.

    It uses a connection of its own, so it may run in any thread while the book is worked in.
    """
    with known_troubles(folder.name):
        # Not the folders above: a stick pulled out would come back as a folder of the same name.
        folder.mkdir(exist_ok=True)
        _clear_old_drafts(folder)
        made = next_backup(folder, reason, now)
    draft = draft_in(folder)
    try:
        contents = copy_whole(book, draft, made.path.name, opening)
        with known_troubles(made.path.name):
            draft.rename(made.path)
    finally:
        remove_draft(draft)
    files.sync_folder(folder)
    return made, contents


def copy_whole(source: Path, draft: Path, name: str, opening: Opening = connect) -> Contents:
    """Copy a book's file by SQLite's online backup into a new one, flush it, open it anew and compare.

    An encrypted book stays encrypted with its key: `opening` gives it to both sides, and between two such
    connections SQLCipher copies page by page. `name` is what messages call the copy. Raises CopyNotWhole
    and the faults of disks; whoever calls removes the draft.
    """
    with known_troubles(name):
        draft.touch(exist_ok=False)
        with contextlib.closing(opening(source, read_only=True)) as old:
            # One transaction: the figures are those of the very moment that is copied.
            old.execute("begin")
            contents = read_contents(old, source.name)
            with contextlib.closing(opening(draft)) as new:
                new.execute("pragma journal_mode = delete").fetchone()
                old.conn.backup(new.conn)
                # The copy took over that the book keeps a log beside itself; a copy is one file.
                new.execute("pragma journal_mode = delete").fetchone()
            old.execute("rollback")
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        try:
            with contextlib.closing(opening(draft, read_only=True)) as new:
                same = read_contents(new, name) == contents and is_sound(new, name)
        except (NotABook, Damaged, ForeignParts, WrongKey) as fault:
            raise CopyNotWhole(name=source.name) from fault
        if not same:
            raise CopyNotWhole(name=source.name)
    return contents


def copy_to_second_place(backup: Backup, folder: Path) -> Backup:
    """Carry a copy to another folder byte by byte, read it back and compare; raises a fault."""
    draft = draft_in(folder)
    try:
        with known_troubles(backup.path.name):
            folder.mkdir(exist_ok=True)
            _clear_old_drafts(folder)
            made = next_backup(folder, backup.reason, backup.at)
            written = hashlib.sha256()
            with backup.path.open("rb") as source, draft.open("xb") as target:
                while block := source.read(_BLOCK):
                    written.update(block)
                    target.write(block)
                target.flush()
                os.fsync(target.fileno())
            with draft.open("rb") as file:
                read_back = hashlib.file_digest(file, "sha256")
            if written.digest() != read_back.digest():
                raise CopyNotWhole(name=backup.path.name)
            draft.rename(made.path)
    finally:
        remove_draft(draft)
    files.sync_folder(folder)
    return made


def thin_out(folder: Path, newest: Backup, book_id: str, now: datetime, opening: Opening = connect) -> None:
    """Remove the copies whose time is over, after `newest` was made and found whole.

    Another book's copies, files with other names and copies that cannot be read are never touched: what
    cannot be read cannot be known to be ours.
    """
    ours = [backup for backup in backups_in(folder) if read_id(backup.path, opening) == book_id]
    for backup in set(ours) - kept(ours, load_backup_rules(), now) - {newest}:
        # One that another program holds goes next time.
        with contextlib.suppress(OSError):
            backup.path.unlink()


def remove_draft(draft: Path) -> None:
    """Remove a half-made file and all that SQLite left beside it; the error before it is the one to tell."""
    for end in ENDS:
        with contextlib.suppress(OSError):
            draft.with_name(draft.name + end).unlink(missing_ok=True)


def give_second_name(file: Path, name: Path) -> None:
    """Let a closed file have one more name; sticks with FAT know no second names and get a whole copy."""
    try:
        name.hardlink_to(file)
    except FileExistsError:
        raise
    except OSError:
        draft = draft_in(name.parent)
        try:
            with file.open("rb") as source, draft.open("xb") as target:
                shutil.copyfileobj(source, target)
                target.flush()
                os.fsync(target.fileno())
            draft.rename(name)
        finally:
            remove_draft(draft)


@contextlib.contextmanager
def known_troubles(name: str) -> Iterator[None]:
    """Turn errors of the system and of the engine about the file called `name` into faults."""
    try:
        with sorted_faults(name):
            yield
    except OSError as error:
        raise faults.from_os(error, name) from error


def draft_in(folder: Path) -> Path:
    """Return a name for a file in the making, of a shape that can be told from everything else."""
    return folder / f".{secrets.token_hex(8)}.copy.tmp"


def _clear_old_drafts(folder: Path) -> None:
    """Remove what a program that was killed left behind; what is younger than a day may be in the making."""
    yesterday = time.time() - _DAY
    with os.scandir(folder) as entries:
        drafts = [entry for entry in entries if _DRAFT.fullmatch(entry.name)]
    for entry in drafts:
        with contextlib.suppress(OSError):
            if entry.stat().st_mtime < yesterday:
                Path(entry.path).unlink()


def next_backup(folder: Path, reason: Reason, at: datetime) -> Backup:
    """Return what a copy made now is to be called."""
    minute = at.astimezone().replace(second=0, microsecond=0)
    stem, count = f"{minute:{_MOMENT}} {reason.value}", 1
    path = folder / f"{stem}.sochibo"
    while path.exists():
        count += 1
        path = folder / f"{stem} {count}.sochibo"
    return Backup(path, minute, reason, count)


def _backup(path: Path) -> Backup | None:
    """Read a copy's name."""
    parts = _NAME.fullmatch(path.name)
    if parts is None or parts[2] not in set(Reason):
        return None
    try:
        # Names carry the clock on the wall, as a person reads it.
        at = datetime.strptime(parts[1], _MOMENT).astimezone()
    except ValueError:
        return None
    return Backup(path, at, Reason(parts[2]), int(parts[3] or 1))
