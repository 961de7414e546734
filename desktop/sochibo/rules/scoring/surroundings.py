"""What the score of a meeting needs from the meetings around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

__all__ = ["Surroundings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a score needs from other meetings.

    `excused_before` counts, by member, how many of the meetings just before this one in the year they missed
    with a reason; `committee_met_on` is the last day before it on which the cell committee met.
    """

    excused_before: Mapping[str, int] = field(default_factory=dict)
    committee_met_on: date | None = None
