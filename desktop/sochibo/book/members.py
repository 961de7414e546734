"""The members of a book: the register, its events, and rosters read into it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sochibo.faults import Finding
from sochibo.rules.members import Member, MemberEvent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from sochibo.book.book import Book
    from sochibo.book.changes import Changes
    from sochibo.rules.dates import PartialDate
    from sochibo.rules.members import EventKind, RosterEntry
    from sochibo.storage.database import Database

__all__ = ["Members", "RosterPreview", "RosterRow"]


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One row of a roster as it would be recorded.

    `number` is the row in the sheet, counted from 1 as Excel shows it; `matches` is the id of the member
    already in the book. A row with a red finding is left out of the import.
    """

    number: int
    member: Member
    events: tuple[MemberEvent, ...]
    findings: tuple[Finding, ...] = ()
    matches: str | None = None

    @property
    def usable(self) -> bool:
        """Tell whether the row can be recorded."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class RosterPreview:
    """A roster as read: which header means what, and every row; nothing is written yet."""

    file: str
    sheet: str
    columns: tuple[tuple[str, str], ...]
    unknown_columns: tuple[str, ...]
    rows: tuple[RosterRow, ...]


class Members:
    """The register; names come sorted in Vietnamese order."""

    def __init__(self, database: Database, book: Book) -> None:
        self._database: Final = database
        self._book: Final = book

    def on(self, day: date, *, everybody: bool = False) -> tuple[RosterEntry, ...]:
        """Return who is listed on a day with the standing of that day; `everybody` adds those who left."""
        raise NotImplementedError

    def get(self, member_id: str) -> Member:
        """Return one member; raises KeyError."""
        raise NotImplementedError

    def events(self, member_id: str) -> tuple[MemberEvent, ...]:
        """Return the events of one member in the order of time."""
        raise NotImplementedError

    def add(self, member: Member, events: Sequence[MemberEvent] = ()) -> Changes:
        """Record a new member (ids may be empty: they are made here); raises Refused without a name."""
        raise NotImplementedError

    def change(self, member: Member) -> Changes:
        """Change the register line of a member; raises Refused."""
        raise NotImplementedError

    def remove(self, member_id: str) -> Changes:
        """Take a member out who was recorded by mistake; raises Refused if a meeting knows the person."""
        raise NotImplementedError

    def record_event(
        self,
        member_id: str,
        kind: EventKind,
        on: PartialDate | None,
        *,
        until: PartialDate | None = None,
        decision: str = "",
        note: str = "",
    ) -> Changes:
        """Record an event; raises Refused where it contradicts the events before it."""
        raise NotImplementedError

    def remove_event(self, event_id: str) -> Changes:
        """Take back an event recorded by mistake."""
        raise NotImplementedError

    def preview_roster(self, path: Path) -> RosterPreview:
        """Read an `.xlsx` roster without writing anything.

        Raises storage's roster faults: not an Excel file, no column with names, no rows.
        """
        raise NotImplementedError

    def import_roster(self, preview: RosterPreview) -> Changes:
        """Record the usable rows as one act.

        New members are added, known ones only completed, nobody is removed.
        """
        raise NotImplementedError
