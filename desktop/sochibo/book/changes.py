"""Which kinds of record an act has changed; screens reload if concerned."""

from __future__ import annotations

from enum import Flag, auto

__all__ = ["Changes"]


class Changes(Flag):
    """Kinds of record."""

    NONE = 0
    ORGANISATION = auto()
    MEMBERS = auto()
    MEETINGS = auto()
    REPORTS = auto()
    INBOX = auto()
    HISTORY = auto()
    TASKS = auto()
    RATINGS = auto()
    TARGETS = auto()
    ALL = ORGANISATION | MEMBERS | MEETINGS | REPORTS | INBOX | HISTORY | TASKS | RATINGS | TARGETS
