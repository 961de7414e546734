"""Study sessions on resolutions, counted in turns (lượt), and members' commitments of a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sochibo.rules.meetings.attendance import Ratio

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Commitment", "StudySession", "sum_turns"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StudySession:
    """One session (buổi học nghị quyết), at a meeting or on its own; one person called twice is two turns."""

    id: str
    on: date
    subject: str
    organiser: str = ""
    meeting_id: str | None = None
    convened: int = 0
    present: int = 0
    note: str = ""

    @property
    def ratio(self) -> Ratio:
        """Return present over convened turns."""
        return Ratio(self.present, self.convened)


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """What a member committed to in a year (cam kết); without a day it is asked for and not yet signed."""

    id: str
    member_id: str
    year: int
    signed_on: date | None = None
    content: str = ""
    result: str = ""
    note: str = ""


def sum_turns(sessions: Iterable[StudySession]) -> Ratio:
    """Return the turns of several sessions together; numerators and denominators are added."""
    return sum((session.ratio for session in sessions), Ratio(0, 0))
