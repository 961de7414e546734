"""Backup copies of an open book: when one is made, where they lie, how old the last one is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sochibo.book.inbox.received_files import carry, folder_of, follow
from sochibo.book.inbox.received_keys import add_key, is_key_due, use_key
from sochibo.faults import Fault, NotReadable
from sochibo.storage.copies.backup import (
    Backup,
    Reason,
    backups_folder,
    backups_in,
    copy_to_second_place,
    make_backup,
    thin_out,
)
from sochibo.storage.copies.backup_contents import read_contents_of
from sochibo.storage.engine import preferences
from sochibo.storage.engine.connection import WrongKey, connect, read_header

if TYPE_CHECKING:
    from collections.abc import Callable

    from sochibo.storage.copies.backup_contents import Contents
    from sochibo.storage.engine.database import Database

__all__ = ["Backup", "Backups", "CopyState", "Outcome", "Reason"]

_SECOND_PLACE: Final = "backup.second_place"
_SECOND_AT: Final = "backup.second_at"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a copy: where it lies, and what was in the way of either place."""

    first: Backup | None = None
    second: Backup | None = None
    faults: tuple[Fault, ...] = ()


class CopyState(StrEnum):
    """What was found when a copy was read again."""

    WHOLE = "whole"
    SPOILT = "spoilt"
    ANOTHER_KEY = "another key"
    ANOTHER_BOOK = "another book"


class Backups:
    """The backup copies of one book, beside it and at a second place.

    Every method may be called in a worker thread: files are read and written by connections of their own.
    """

    def __init__(self, database: Database, book_id: str) -> None:
        self._database: Final = database
        self._book_id: Final = book_id

    @property
    def folder(self) -> Path:
        """Return the folder beside the book; it may not exist yet."""
        return backups_folder(self._database.path)

    @property
    def second_place(self) -> Path | None:
        """Return the folder or stick that copies are carried to as well; it may not be plugged in."""
        place = preferences.get(self._database, _SECOND_PLACE)
        return Path(place) if place else None

    @property
    def second_at(self) -> datetime | None:
        """Return when a copy reached the second place last."""
        moment = preferences.get(self._database, _SECOND_AT)
        return datetime.fromisoformat(moment) if moment else None

    def choose_second_place(self, place: Path | None) -> None:
        """Remember a second place, or forget it; raises NotReadable if it is no folder, or ReadOnlyBook."""
        if place is not None and not place.is_dir():
            raise NotReadable(name=place.name)
        kept = str(place.resolve()) if place else ""
        if kept != preferences.get(self._database, _SECOND_PLACE):
            preferences.put(self._database, _SECOND_PLACE, kept)
            preferences.put(self._database, _SECOND_AT, "")

    def all(self) -> tuple[Backup, ...]:
        """Return the copies beside the book and at the second place, newest first, each place's own."""
        folders = [self.folder]
        if self.second_place is not None:
            folders.append(backups_folder(self._database.path, self.second_place))
        found = [backup for folder in folders for backup in backups_in(folder)]
        return tuple(sorted(found, key=lambda backup: (backup.at, backup.count), reverse=True))

    @property
    def newest_at(self) -> datetime | None:
        """Return when the newest copy beside the book was made, as its name tells; it is not opened."""
        return next((backup.at for backup in backups_in(self.folder)), None)

    def read_again(self, backup: Backup) -> CopyState:
        """Read every page of a copy and tell what it is; one with an older passphrase cannot be judged."""
        try:
            protected = bool(read_header(backup.path).salt)
            if protected and self._database.key is None:
                return CopyState.ANOTHER_KEY
            opening = self._database.opening if protected else connect
            contents = read_contents_of(backup.path, opening, thorough=True)
        except WrongKey:
            return CopyState.ANOTHER_KEY
        except Fault:
            return CopyState.SPOILT
        return CopyState.WHOLE if contents.book_id == self._book_id else CopyState.ANOTHER_BOOK

    def newest(self) -> tuple[Backup, Contents] | None:
        """Return the newest copy beside the book that can be opened and is this book's, with its figures."""
        for backup in backups_in(self.folder):
            try:
                contents = read_contents_of(backup.path, self._database.opening)
            except Fault:
                continue
            if contents.book_id == self._book_id:
                return backup, contents
        return None

    def is_up_to_date(self) -> bool:
        """Tell whether the newest copy holds everything that the book holds now."""
        newest = self.newest()
        if newest is None:
            return False
        now = read_contents_of(self._database.path, self._database.opening)
        return newest[1] == now

    def make(
        self,
        reason: Reason,
        now: datetime | None = None,
        progress: Callable[[int, int], bool] = lambda _done, _all: True,
    ) -> Outcome:
        """Copy the book now, beside itself and to the second place if that is there.

        Afterwards received files are locked as the book is, or open as it is: `progress` is told how many of
        how many, and returns False to stop. Raises a fault where the copy beside the book cannot be made;
        what stands in the way of all else is in the outcome.
        """
        moment = (now or datetime.now(UTC)).astimezone()
        opening = self._database.opening
        place = self.second_place
        new_key = add_key(self._database) if is_key_due(self._database) else ""
        first, _ = make_backup(self._database.path, self.folder, reason, moment, opening)
        if new_key:
            use_key(self._database, new_key)
        thin_out(self.folder, first, self._book_id, moment, opening)
        second, troubles = None, []
        try:
            follow(self._database, progress)
        except Fault as fault:
            troubles.append(fault)
        if place is not None and place.is_dir():
            try:
                second = self._carry(first, place, moment)
            except Fault as fault:
                troubles.append(fault)
        return Outcome(first, second, tuple(troubles))

    def make_if_changed(self, reason: Reason, now: datetime | None = None) -> Outcome:
        """Copy the book if the newest copy lacks something; never raises a fault: nobody asked for it now.

        A book open for reading only is left to whoever writes in it.
        """
        try:
            done = self._database.read_only or self.is_up_to_date()
            return Outcome() if done else self.make(reason, now)
        except Fault as fault:
            return Outcome(faults=(fault,))

    def daily(self, now: datetime | None = None) -> Outcome:
        """Make the day's copy at opening, if something changed since the last one."""
        return self.make_if_changed(Reason.DAILY, now)

    def at_close(self, now: datetime | None = None) -> Outcome:
        """Make a copy before the book is closed, if something changed since the last one."""
        return self.make_if_changed(Reason.CLOSE, now)

    def _carry(self, first: Backup, place: Path, moment: datetime) -> Backup:
        folder = backups_folder(self._database.path, place)
        second = copy_to_second_place(first, folder)
        # Received files never change and lie beside the book: only the other place needs them once more.
        there = folder_of(place / self._database.path.name)
        carry(folder_of(self._database.path), there, to_second_place=True)
        thin_out(folder, second, self._book_id, moment, self._database.opening)
        if not self._database.read_only:
            preferences.put(self._database, _SECOND_AT, moment.isoformat(timespec="seconds"))
        return second
