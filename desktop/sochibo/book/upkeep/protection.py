"""Protection of a book: its passphrase, and the recovery key on paper for when that is forgotten."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sochibo.book.inbox.received_files import folder_of
from sochibo.book.inbox.received_keys import retire_key
from sochibo.faults import Refused, red
from sochibo.messages import N_
from sochibo.storage.engine import recovery
from sochibo.storage.engine.cipher import Key, fresh_key
from sochibo.storage.engine.connection import WrongKey, read_header
from sochibo.storage.engine.opening import check_header
from sochibo.storage.records import organisations

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from sochibo.storage.engine.database import Database

__all__ = ["Protection", "RecoveryKey", "check_book_passphrase", "is_protected"]

LEAST_SIGNS: Final = 8
LEAST_DIFFERENT: Final = 4


@dataclass(frozen=True, slots=True)
class RecoveryKey:
    """What belongs on paper and nowhere else; it opens the book until the passphrase is changed."""

    lines: tuple[str, ...] = field(repr=False)


def is_protected(path: Path) -> bool:
    """Tell whether a file opens by a passphrase only; raises NotReadable, NotABook.

    Damaged where no passphrase can open it any more: nobody is to be asked for one in vain.
    """
    header = read_header(path)
    if header.protected:
        check_header(path)
    return header.protected


def check_book_passphrase(passphrase: str) -> None:
    """Refuse a passphrase that whoever found the file would soon guess; there is no limit on tries there."""
    if len(passphrase.strip()) < LEAST_SIGNS or len(set(passphrase)) < LEAST_DIFFERENT:
        template = N_(
            "The passphrase of a book needs at least {least} signs, not all the same; three or four words "
            "are good."
        )
        raise Refused([red("O21", template, "passphrase", least=LEAST_SIGNS)])


class Protection:
    """The passphrase of one open book. Nothing of it stands in the history: it is no record of the cell."""

    def __init__(self, database: Database) -> None:
        self._database: Final = database

    @property
    def is_set(self) -> bool:
        """Tell whether the book opens by a passphrase only."""
        return self._database.key is not None

    @property
    def recovered(self) -> bool:
        """Tell whether the recovery key opened the book: a new passphrase is due, and needs no old one."""
        return self._database.recovered

    @property
    def has_followers(self) -> bool:
        """Tell whether received files lie beside the book, which follow it with the next backup copy."""
        return folder_of(self._database.path).is_dir()

    def choose(self, passphrase: str, current: str = "") -> RecoveryKey:
        """Protect the book by a passphrase, or by another one; return the key for the new paper.

        The file is written anew beside the old one, proven, and put in its place. The paper before it is
        void; backup copies made until now keep what opened them. Received files follow with the next backup
        copy, which is best made now. Raises Refused (too short), WrongKey where
        `current` is not the passphrase till now, storage's BookLocked, ReadOnlyBook, or a fault of the disk.
        """
        check_book_passphrase(passphrase)
        self._check(current)
        key = fresh_key(passphrase)
        retire_key(self._database)
        self._database.change_key(key)
        return RecoveryKey(recovery.spell(key.raw))

    def remove(self, current: str) -> None:
        """Let everybody who has the file open it; raises as `choose`."""
        self._check(current)
        if self.is_set:
            retire_key(self._database)
            self._database.change_key(None)

    def recovery_key(self, current: str) -> RecoveryKey:
        """Return the key for the paper once more; raises WrongKey."""
        self._check(current)
        key = self._database.key
        if key is None:
            raise ValueError("a book without a passphrase has no recovery key")
        return RecoveryKey(recovery.spell(key.raw))

    def recovery_sheet(self, key: RecoveryKey, on: date) -> bytes:
        """Draw the paper: one page of PDF with the key in groups and as a code to be scanned."""
        from sochibo.documents.words.recovery_sheet import RecoverySheet, draw_recovery_sheet

        organisation = organisations.read_organisation(self._database)
        sheet = RecoverySheet(
            organisation=organisation.name, file=self._database.path.name, made_on=on, lines=key.lines
        )
        return draw_recovery_sheet(sheet)

    def _check(self, current: str) -> None:
        key = self._database.key
        if key is None or self.recovered:
            return
        if not hmac.compare_digest(Key.derive(current, key.salt).raw, key.raw):
            raise WrongKey(name=self._database.path.name)
