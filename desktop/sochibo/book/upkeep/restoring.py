"""A backup copy put in the place of a book, after a look at what that would change.

The book itself need not be open, whole, or there at all.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sochibo.book.history import Act, act_of
from sochibo.book.inbox.received_files import carry, folder_of
from sochibo.faults import Fault, NotReadable
from sochibo.messages import N_
from sochibo.storage.copies import restore as storage
from sochibo.storage.copies.backup import Backup, backups_folder, backups_in
from sochibo.storage.copies.backup_contents import Opening, read_contents_of
from sochibo.storage.editions.migrations import JOURNALLED
from sochibo.storage.editions.schema import ForeignParts
from sochibo.storage.engine.connection import Damaged, NotABook, WrongKey, read_header
from sochibo.storage.engine.opening import key_of
from sochibo.storage.engine.remains import has_pages_of

if TYPE_CHECKING:
    from datetime import datetime

    from sochibo.storage.copies.backup_contents import Contents

__all__ = [
    "AnotherBook", "BookState", "CountChange", "OpensCopyOnly", "RestorePreview", "book_of", "copies_of",
    "is_spoilt", "judge_wrong_key", "preview_restore", "restore",
]  # fmt: skip

KINDS: Final[Mapping[str, str]] = {
    "member": N_("Members"),
    "member_event": N_("Changes of members"),
    "meeting": N_("Meetings"),
    "mark": N_("Absences and marks"),
    "vote": N_("Votes"),
    "task": N_("Tasks"),
    "score": N_("Points"),
    "proposal": N_("Proposals of members"),
    "resolution": N_("Resolutions"),
    "rating": N_("Ratings"),
    "document": N_("Documents"),
    "sealed_file": N_("Sealed files"),
    "unit": N_("Cells"),
    "submission": N_("Files received"),
    "action": N_("Entries of the history"),
}
"""Kinds of record that a person knows, by table; all others are counted together."""

OTHERS: Final = N_("Other records")
_ENDING: Final = ".backups"
_MOST_KEYS: Final = 3
"""Each earlier passphrase that copies ask for costs the derivation of one more key."""


class AnotherBook(Fault):
    """A copy is of another book than the one it was to replace."""

    code = "B22"
    sentence = N_("“{name}” is a copy of another book, that of {organisation}.")
    advice = N_("Choose a copy of this book. Nothing was changed.")


class OpensCopyOnly(WrongKey):
    """A passphrase that does not open a book opens a copy of it."""

    code = "B15"
    sentence = N_("That does not open “{name}”, but it opens its backup copy of {moment}.")
    advice = N_(
        "Either the book got another passphrase after that: try the new one. Or the file is damaged: then "
        "bring back a backup copy. Nothing was changed."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BookState:
    """What one file holds."""

    book_id: str
    organisation: str
    newest: Act | None
    counts: Mapping[str, int]
    mark: str


@dataclass(frozen=True, slots=True)
class CountChange:
    """How many records of a kind (an English message id) there are now, and would be."""

    kind: str
    now: int
    then: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RestorePreview:
    """What a restore would change. `now` is None where the book is not there or cannot be read."""

    backup: Path
    book: Path
    then: BookState
    now: BookState | None
    trouble: Fault | None = None
    """Why the book as it is cannot be read; None also where there is none."""
    ways: tuple[Opening, Opening] = field(repr=False, compare=False)
    """How the copy and the book are opened; they hold the keys."""

    @property
    def changes(self) -> tuple[CountChange, ...]:
        """Return the kinds of which either file has any records."""
        before: Mapping[str, int] = self.now.counts if self.now else {}
        pairs = (
            (kind, before.get(kind, 0), self.then.counts.get(kind, 0)) for kind in (*KINDS.values(), OTHERS)
        )
        return tuple(CountChange(kind, now, then) for kind, now, then in pairs if now or then)

    @property
    def is_another_book(self) -> bool:
        """Tell whether the two are not copies of one book."""
        return self.now is not None and self.now.book_id != self.then.book_id

    @property
    def is_same(self) -> bool:
        """Tell whether nothing would change."""
        return self.now == self.then

    @property
    def days_back(self) -> int | None:
        """Return how many days lie between the newest entries of both; None where one has none."""
        if self.now is None or self.now.newest is None or self.then.newest is None:
            return None
        return (self.now.newest.at.astimezone().date() - self.then.newest.at.astimezone().date()).days


def copies_of(book: Path) -> tuple[Backup, ...]:
    """Return the copies beside a book that need not be there any more, newest first."""
    return backups_in(backups_folder(book))


def book_of(backup: Path) -> Path | None:
    """Return the book beside whose folder of copies a copy lies, None for a copy that lies elsewhere."""
    folder = backup.resolve().parent
    known = folder.name.endswith(_ENDING)
    return folder.with_name(f"{folder.name.removesuffix(_ENDING)}.sochibo") if known else None


def is_spoilt(fault: Fault) -> bool:
    """Tell whether a book that does not open is gone or damaged, or may be, so that a copy brings it back."""
    return isinstance(fault, Damaged | ForeignParts | NotABook | NotReadable | OpensCopyOnly)


def judge_wrong_key(book: Path, *, passphrase: str = "", recovery: str = "") -> Fault | None:
    """Tell more of a book that a passphrase or recovery key did not open; None where that is simply wrong.

    The copies keep the salt, without which a right passphrase makes another key: Damaged where one of them
    shows that it is right, OpensCopyOnly where it was right once.
    """
    for salt, copy in _newest_by_salt(book):
        key = key_of(copy.path, passphrase, recovery)
        if key is not None and has_pages_of(copy.path, key):
            if salt == read_header(book).salt or has_pages_of(book, key):
                return Damaged(name=book.name)
            return OpensCopyOnly(name=book.name, moment=copy.at)
    return None


def _newest_by_salt(book: Path) -> list[tuple[bytes, Backup]]:
    """Return the newest copy made under each of the last passphrases."""
    found: dict[bytes, Backup] = {}
    for copy in copies_of(book):
        with contextlib.suppress(Fault):
            found.setdefault(read_header(copy.path).salt, copy)
    return [(salt, copy) for salt, copy in found.items() if salt][:_MOST_KEYS]


def preview_restore(backup: Path, book: Path, *, passphrase: str = "", recovery: str = "") -> RestorePreview:
    """Read both files wholly and compare; neither is changed.

    `passphrase` or `recovery` opens a protected copy: those of the day it was made. Raises storage's
    faults about the copy: PassphraseNeeded, WrongKey, NotABook, NewerBook, ForeignParts, Damaged, or
    NotReadable.
    """
    opening = storage.opening_of(backup, passphrase, recovery)
    then = _state(read_contents_of(backup, opening, thorough=True))
    now, trouble, old_opening = None, None, opening
    if book.exists():
        try:
            old_opening = storage.opening_of(book, passphrase, recovery)
            now = _state(read_contents_of(book, old_opening, thorough=True))
        except Fault as fault:
            trouble = fault
    return RestorePreview(
        backup=backup, book=book, then=then, now=now, trouble=trouble, ways=(opening, old_opening)
    )


def restore(preview: RestorePreview, now: datetime, *, any_book: bool = False) -> Path | None:
    """Do what was looked at; return where the replaced book is kept, None if there was none.

    Received files that lie beside the copies, as on a stick, come along.

    Raises AnotherBook unless `any_book`, storage's BookLocked while somebody has the book open, CopyNotWhole
    and the faults of disks; the book is then as it was.
    """
    if preview.is_another_book and not any_book:
        raise AnotherBook(name=preview.backup.name, organisation=preview.then.organisation)
    replaced = storage.put_in_place(preview.backup, preview.book, now, *preview.ways)
    beside = book_of(preview.backup)
    if beside is not None and folder_of(beside).resolve() != folder_of(preview.book).resolve():
        with contextlib.suppress(Fault):  # the book is restored; its self-check names what did not come along
            carry(folder_of(beside), folder_of(preview.book))
    return replaced


def _state(contents: Contents) -> BookState:
    counts: dict[str, int] = {}
    for table, count in contents.counts.items():
        # What is neither is the file's own: its journal, its state, what it searches by.
        kind = KINDS.get(table) or (OTHERS if table in JOURNALLED else None)
        if kind is not None:
            counts[kind] = counts.get(kind, 0) + count
    return BookState(
        book_id=contents.book_id,
        organisation=contents.organisation,
        newest=act_of(contents.newest_act),
        counts=counts,
        mark=contents.mark,
    )
