"""What is due in a book: the list of the page Hôm nay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from sochibo.messages import N_

if TYPE_CHECKING:
    from sochibo.book.book import Book

__all__ = ["DUE_LABELS", "Due", "DueLine", "due_lines"]


class Due(StrEnum):
    """How urgent a line is."""

    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"


DUE_LABELS = {
    Due.OVERDUE: N_("Overdue"),
    Due.TODAY: N_("Today"),
    Due.SOON: N_("Soon"),
    Due.LATER: N_("This month"),
}


@dataclass(frozen=True, slots=True)
class DueLine:
    """One thing to do: what (a template), why, by when, and where to go.

    `goal` is `meeting:<id>`, `new-meeting`, `report:<period>`, `member:<id>`, `inbox`, `key` or `members`.
    """

    due: Due
    what: str
    why: str
    by: date | None
    goal: str
    fields: Mapping[str, object] = field(default_factory=dict)


def due_lines(book: Book, today: date) -> tuple[DueLine, ...]:
    """Return what is due, most urgent first.

    Cell: the month's regular meeting (none prepared, prepared, being recorded), minutes not closed or not
    sealed within 2 days of the meeting (HD 42-HD/BTCTW, 28/10/2025), last month's summary not issued or not
    sealed, probation ending, exemption or temporary stay past its end, no members yet, no key yet.
    Committee: units that have not sent last month's summary, files to be looked at, no authority, no units.
    """
    raise NotImplementedError
