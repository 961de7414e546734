"""The cap on HTXS: a share of those rated well, computed on whole numbers, and only ever a warning.

Two readings of the base and several roundings stand in real documents, so each is a parameter: HD
21-HD/BTCTW, 18/10/2019, §2.3 and QĐ 124-QĐ/TW, 4/10/2023, Article 12 speak of the number rated HTT,
other papers of HTT and better.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sochibo.messages import N_
from sochibo.rules.counts import Ratio
from sochibo.rules.ratings.ratings import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "CAP_BASE_LABELS", "CAP_GROUP_LABELS", "CAP_ROUNDING_LABELS", "RAISED_PERCENT", "CapBase", "CapEntry",
    "CapGroup", "CapReading", "CapRounding", "CapRule", "cap_of", "read_cap", "read_caps",
]  # fmt: skip


class CapBase(StrEnum):
    """Over whom the percentage is taken."""

    GOOD = "good"
    GOOD_OR_BETTER = "good_or_better"


CAP_BASE_LABELS: Final = {
    CapBase.GOOD: N_("those rated HTT"),
    CapBase.GOOD_OR_BETTER: N_("those rated HTT or better"),
}


class CapRounding(StrEnum):
    """What becomes of a fraction of a person."""

    HALF_UP = "half_up"
    FLOOR = "floor"


CAP_ROUNDING_LABELS: Final = {
    CapRounding.HALF_UP: N_("a half and more counts as one"),
    CapRounding.FLOOR: N_("fractions are dropped"),
}


class CapGroup(StrEnum):
    """Who is counted together: the whole grassroots organisation, one cell, or posts of one kind."""

    BODY = "body"
    CELL = "cell"
    SIMILAR = "similar"


CAP_GROUP_LABELS: Final = {
    CapGroup.BODY: N_("the whole grassroots organisation"),
    CapGroup.CELL: N_("each cell"),
    CapGroup.SIMILAR: N_("each group of similar posts"),
}

RAISED_PERCENT: Final = 25
"""The share above the usual one, which needs the document that grants it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CapRule:
    """The parameters of a cap; `note` names the document that grants a raised share."""

    percent: int = 20
    base: CapBase = CapBase.GOOD
    rounding: CapRounding = CapRounding.HALF_UP
    group: CapGroup = CapGroup.BODY
    exclude_heads: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class CapEntry:
    """One person or organisation on the list with the level it has there."""

    level: Level | None
    is_head: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class CapReading:
    """A cap as it is for the list as it stands: moving somebody from HTXS to HTT raises a base of HTT."""

    rule: CapRule
    group: str
    excellent: int
    good: int
    heads_left_out: int
    base: int
    cap: int

    @property
    def over(self) -> int:
        """Return by how many HTXS the list exceeds the cap."""
        return max(0, self.excellent - self.cap)

    @property
    def of_good(self) -> Ratio:
        """Return HTXS over HTT, the first reading."""
        return Ratio(self.excellent, self.good)

    @property
    def of_better(self) -> Ratio:
        """Return HTXS over HTT and better, the second reading."""
        return Ratio(self.excellent, self.excellent + self.good)


def cap_of(rule: CapRule, base: int) -> int:
    """Return the share of a base in whole people: 20 % of 3 is 0,6, which half-up makes 1."""
    if rule.rounding is CapRounding.FLOOR:
        return rule.percent * base // 100
    return (rule.percent * base * 2 + 100) // 200


def read_cap(rule: CapRule, entries: Iterable[CapEntry], group: str = "") -> CapReading:
    """Read the cap of one group."""
    listed = tuple(entries)
    counted = [entry for entry in listed if not (rule.exclude_heads and entry.is_head)]
    excellent = sum(entry.level is Level.EXCELLENT for entry in counted)
    good = sum(entry.level is Level.GOOD for entry in counted)
    base = good if rule.base is CapBase.GOOD else excellent + good
    return CapReading(
        rule, group, excellent, good, len(listed) - len(counted), base, cap_of(rule, base)
    )  # fmt: skip


def read_caps(rule: CapRule, entries: Iterable[CapEntry]) -> tuple[CapReading, ...]:
    """Read the cap of a list: one for all, or with groups of similar posts one for each, by name."""
    listed = tuple(entries)
    if rule.group is not CapGroup.SIMILAR:
        return (read_cap(rule, listed),)
    groups = sorted({entry.group for entry in listed})
    return tuple(
        read_cap(rule, [entry for entry in listed if entry.group == group], group) for group in groups
    )
