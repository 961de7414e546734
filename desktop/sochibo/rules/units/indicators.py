"""Indicators: what is counted of cells, how months make a year, and how parts make a whole.

They are dated data of ours (`resources/rules/indicators.toml`), not a form that anybody prescribed.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from sochibo import paths
from sochibo.messages import N_
from sochibo.rules.counts import Ratio
from sochibo.rules.periods import PeriodKind
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

__all__ = [
    "GROUP_LABELS", "Count", "Group", "Indicator", "IndicatorsError", "Summing", "add_up", "indicators_for",
    "load_indicators", "over_time",
]  # fmt: skip


class IndicatorsError(ValueError):
    """A list of indicators that contradicts itself; the text says which one."""


class Group(StrEnum):
    """What an indicator is about."""

    ORGANISATION = "organisation"
    MEMBERS = "members"
    MEETINGS = "meetings"
    WORK = "work"
    RATINGS = "ratings"


GROUP_LABELS: Final = {
    Group.ORGANISATION: N_("Organisation"),
    Group.MEMBERS: N_("Members"),
    Group.MEETINGS: N_("Meetings"),
    Group.WORK: N_("Work"),
    Group.RATINGS: N_("Ratings"),
}


class Summing(StrEnum):
    """How shorter periods make a longer one: what happened adds up, what stands is that of the last.

    What happened to those who stood at the beginning (`start`) adds up over the whole of the first period.
    """

    FLOW = "flow"
    STOCK = "stock"
    START = "start"


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One indicator; without `whole_vi` it is a plain count, and its denominator is 1."""

    id: str
    label_vi: str
    label_en: str
    whole_vi: str = ""
    whole_en: str = ""
    group: Group
    summing: Summing
    periods: frozenset[PeriodKind]
    papers: frozenset[ReportKind]
    by_hand: bool = False

    @property
    def is_share(self) -> bool:
        """Tell whether a percentage can be drawn of it."""
        return bool(self.whole_vi)


@dataclass(frozen=True, slots=True)
class Count:
    """One indicator as counted somewhere: `of` is the whole of a share, 1 for a plain count."""

    indicator: str
    number: int
    of: int = 1


@cache
def load_indicators(path: Path | None = None) -> tuple[Indicator, ...]:
    """Read the list, the shipped one unless another file is named; raises IndicatorsError."""
    file = path or paths.shipped("resources") / "rules" / "indicators.toml"
    rows = tomllib.loads(file.read_text("utf-8")).get("indicators", [])
    try:
        made = tuple(_indicator(row) for row in rows)
    except (KeyError, ValueError, TypeError) as error:
        raise IndicatorsError(f"{file.name}: {error}") from error
    ids = [one.id for one in made]
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise IndicatorsError(f"{file.name}: {', '.join(twice)} stands twice")
    return made


def indicators_for(kind: PeriodKind) -> tuple[Indicator, ...]:
    """Return the indicators that mean something for periods of a length, in their order."""
    return tuple(one for one in load_indicators() if kind in one.periods)


def add_up(parts: Iterable[Sequence[Count]]) -> tuple[Count, ...]:
    """Add the counts of several units for one period, indicator by indicator, in the order of the list.

    A plain count stays one; shares add numerators and denominators, so that no rate is ever averaged. The
    order of the units does not matter, and sums may be added to sums.
    """
    totals: dict[str, Ratio] = {}
    plain = {one.id for one in load_indicators() if not one.is_share}
    for part in parts:
        for count in part:
            totals[count.indicator] = totals.get(count.indicator, Ratio(0, 0)) + Ratio(count.number, count.of)
    order = {one.id: place for place, one in enumerate(load_indicators())}
    return tuple(
        Count(indicator, total.numerator, 1 if indicator in plain else total.denominator)
        for indicator, total in sorted(
            totals.items(), key=lambda pair: (order.get(pair[0], len(order)), pair[0])
        )
    )


def over_time(periods: Sequence[Sequence[Count]]) -> tuple[Count, ...]:
    """Make one longer period of shorter ones of one unit, given in their order."""
    how = {one.id: one.summing for one in load_indicators()}
    joined: dict[str, Count] = {}
    for count in chain.from_iterable(periods):
        before = joined.get(count.indicator, Count(count.indicator, 0, 0))
        number = before.number + count.number
        match how.get(count.indicator, Summing.FLOW):
            case Summing.STOCK:
                joined[count.indicator] = count
            case Summing.START:
                joined[count.indicator] = Count(count.indicator, number, before.of or count.of)
            case _:
                joined[count.indicator] = Count(count.indicator, number, before.of + count.of)
    return add_up([tuple(joined.values())])


def _indicator(row: Mapping[str, Any]) -> Indicator:
    unknown = set(row) - {
        "id", "label_vi", "label_en", "whole_vi", "whole_en", "group", "sum", "periods", "papers", "by_hand",
    }  # fmt: skip
    if unknown:
        raise ValueError(f"{row['id']}: {', '.join(sorted(unknown))} means nothing")
    if ("whole_vi" in row) is not ("whole_en" in row):
        raise ValueError(f"{row['id']}: the whole is named in one language only")
    if not row["periods"] or not row["papers"]:
        raise ValueError(f"{row['id']}: no period or no paper")
    return Indicator(
        id=row["id"],
        label_vi=row["label_vi"],
        label_en=row["label_en"],
        whole_vi=row.get("whole_vi", ""),
        whole_en=row.get("whole_en", ""),
        group=Group(row["group"]),
        summing=Summing(row["sum"]),
        periods=frozenset(map(PeriodKind, row["periods"])),
        papers=frozenset(map(ReportKind, row["papers"])),
        by_hand=row.get("by_hand", False),
    )
