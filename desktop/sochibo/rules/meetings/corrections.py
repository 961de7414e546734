"""Corrections of closed minutes: who changed them, when and why; what was closed before stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

__all__ = ["Correction"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One correction entry: it opens the minutes again, and its reason is printed on the new revision.

    `document_id` is the revision that was corrected, `number` its number. Source: domain rule 11, a closed
    record changes only through a correction entry.
    """

    id: str
    meeting_id: str
    position: int
    on: date
    by: str
    reason: str
    document_id: str
    number: str = ""
