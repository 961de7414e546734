"""How the score of a meeting was settled: by the cell's vote, and later by the upper committee."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sochibo.rules.scoring.scoring import Rating

__all__ = ["Settlement"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What was decided about a score (HD 42-HD/BTCTW, 28/10/2025: the upper committee decides the rating).

    `vote_id` is the cell's vote on its score, `rating_reason` why it settled on another rating than its
    points give. The upper committee's part may come long after the minutes are closed.
    """

    vote_id: str | None = None
    rating_reason: str = ""
    upper_tenths: int | None = None
    upper_rating: Rating | None = None
    upper_decided_by: str = ""
    upper_decided_on: date | None = None
    upper_note: str = ""

    @property
    def is_decided(self) -> bool:
        """Tell whether the upper committee said anything."""
        return self.upper_tenths is not None or self.upper_rating is not None
