"""Book: one open file with its acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Self

from sochibo.rules.organisations import BookKind, Organisation, Term

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path
    from types import TracebackType

    from sochibo.book.changes import Changes
    from sochibo.book.history import History
    from sochibo.book.inbox import Inbox
    from sochibo.book.meetings import Meetings
    from sochibo.book.members import Members
    from sochibo.book.reports import Reports

__all__ = ["Book", "BookDraft"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BookDraft:
    """What is asked when a book is made: the organisation as its papers name it, and its term."""

    kind: BookKind
    name: str
    superior: str
    place: str
    term_name: str
    term_start: date
    symbol: str = ""
    secretary: str = ""


class Book:
    """An open book (`*.sochibo`), a cell's or a committee's.

    Every write is one act: one transaction, one entry of the history, and it returns what changed. The
    book keeps no dirty state: what an act wrote is in the file when the act returns.
    """

    members: Members
    meetings: Meetings
    reports: Reports
    inbox: Inbox
    history: History

    @classmethod
    def create(cls, path: Path, draft: BookDraft, *, by: str = "") -> Self:
        """Make a new book; an existing file is never overwritten.

        `by` is who works with it, for the history.

        Raises Refused (a name missing), faults.NotWritable, faults.DiskFull or storage's AlreadyThere.
        """
        raise NotImplementedError

    @classmethod
    def open(cls, path: Path, *, by: str = "", read_only: bool = False) -> Self:
        """Open a book, migrating an older one after a copy; a book that somebody has open opens read-only.

        Raises storage's NotABook, NewerBook, Damaged, or a fault of the operating system.
        """
        raise NotImplementedError

    @property
    def path(self) -> Path:
        """Return where the file lies."""
        raise NotImplementedError

    @property
    def id(self) -> str:
        """Return the book's own id, the same in every copy."""
        raise NotImplementedError

    @property
    def read_only(self) -> bool:
        """Tell whether nothing can be written here."""
        raise NotImplementedError

    @property
    def held_by(self) -> str:
        """Say who has the book open elsewhere (`Nguyễn Văn Mẫu, PC-03`), empty if nobody."""
        raise NotImplementedError

    @property
    def saved_at(self) -> datetime | None:
        """Return when the newest entry of the history was written."""
        raise NotImplementedError

    def organisation(self) -> Organisation:
        """Return whose book it is."""
        raise NotImplementedError

    def change_organisation(self, organisation: Organisation) -> Changes:
        """Change names, place, regular day and signer; raises Refused."""
        raise NotImplementedError

    def terms(self) -> tuple[Term, ...]:
        """Return the terms, newest first."""
        raise NotImplementedError

    def change_term(self, term: Term) -> Changes:
        """Change a term's name or days; raises Refused."""
        raise NotImplementedError

    def add_term(self, name: str, start: date) -> Changes:
        """Begin a new term; the one before ends the day before. Document numbers start again from 01."""
        raise NotImplementedError

    def close(self) -> None:
        """Empty the write-ahead log into the one file and give up the lock; a second call does nothing."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
