"""A line of what is due, and how urgent it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from sochibo.messages import N_

__all__ = ["AHEAD", "DUE_LABELS", "Due", "DueLine", "urgency"]

SOON_DAYS: Final = 7
AHEAD: Final = timedelta(days=31)
"""What falls later than this is not shown yet."""


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


def urgency(by: date, today: date) -> Due:
    """Return how urgent something is that is due by a day."""
    if by < today:
        return Due.OVERDUE
    if by == today:
        return Due.TODAY
    return Due.SOON if by <= today + timedelta(days=SOON_DAYS) else Due.LATER
