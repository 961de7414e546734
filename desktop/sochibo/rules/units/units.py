"""The units below a committee through time: as they stood on any day, and what changed between two.

Organisations keep their history: a paper of last year names the unit as it was called then. Every change
is an event with the units before and after it, so that a bridge from one count to the next can be told
(“98 cells became 59”).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = [
    "EVENT_LABELS",
    "Branch",
    "Bridge",
    "BridgeLine",
    "Unit",
    "UnitEvent",
    "UnitEventKind",
    "Version",
    "bridge",
    "children",
    "name_on",
    "stands",
    "successors",
    "tree",
    "version_on",
]  # fmt: skip


class UnitEventKind(StrEnum):
    """What can happen to organisations."""

    FOUNDING = "founding"
    RENAME = "rename"
    MERGE = "merge"
    SPLIT = "split"
    MOVE = "move"
    CHANGE_OF_TYPE = "change_of_type"
    CLOSE = "close"


EVENT_LABELS: Final = {
    UnitEventKind.FOUNDING: N_("Founded"),
    UnitEventKind.RENAME: N_("Renamed"),
    UnitEventKind.MERGE: N_("Merged"),
    UnitEventKind.SPLIT: N_("Split"),
    UnitEventKind.MOVE: N_("Moved below another body"),
    UnitEventKind.CHANGE_OF_TYPE: N_("Changed its type"),
    UnitEventKind.CLOSE: N_("Closed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """How a unit was called, from a day on, until one; `parent_id` is the unit above it inside this book."""

    unit_id: str
    name: str
    type: str = ""
    code: str = ""
    parent_id: str | None = None
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit with all its versions, oldest first; `until` is the last day on which it stood."""

    id: str
    since: date
    until: date | None = None
    versions: tuple[Version, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitEvent:
    """One change with the decision behind it: which units took part before it, and which stood after it."""

    id: str
    kind: UnitEventKind
    on: date
    decision: str = ""
    note: str = ""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit in the tree of a day, with how deep it stands; 0 is directly below the committee."""

    unit: Unit
    version: Version
    depth: int


@dataclass(frozen=True, slots=True)
class BridgeLine:
    """One event in a bridge, by the names of its day, and by how much it changed the number of units."""

    kind: UnitEventKind
    on: date
    decision: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    change: int


@dataclass(frozen=True, slots=True)
class Bridge:
    """From the number of units at the end of one day to that at the end of another, event by event.

    `unexplained` is what the events do not account for: units recorded without one.
    """

    first: date
    last: date
    at_start: int
    at_end: int
    lines: tuple[BridgeLine, ...]

    @property
    def unexplained(self) -> int:
        """Return how far the identity `start + changes = end` is off; 0 where it holds."""
        return self.at_end - self.at_start - sum(line.change for line in self.lines)


def stands(unit: Unit, day: date) -> bool:
    """Tell whether a unit stood on a day."""
    return unit.since <= day and (unit.until is None or day <= unit.until)


def version_on(unit: Unit, day: date) -> Version:
    """Return how a unit was called on a day; before its first day as on that, afterwards as on its last."""
    earlier = [version for version in unit.versions if version.valid_from <= day]
    return earlier[-1] if earlier else unit.versions[0]


def name_on(units: Mapping[str, Unit], unit_id: str, day: date) -> str:
    """Return the name of a unit on a day, empty if it is not known."""
    unit = units.get(unit_id)
    return version_on(unit, day).name if unit else ""


def children(units: Iterable[Unit], parent_id: str | None, day: date) -> list[Unit]:
    """Return the units that stood directly below another on a day, or below the committee itself.

    A unit whose body above no longer stood counts as directly below the committee: it is never lost.
    """
    standing = {unit.id: unit for unit in units if stands(unit, day)}
    found = []
    for unit in standing.values():
        above = version_on(unit, day).parent_id
        if (above if above in standing else None) == parent_id:
            found.append(unit)
    return found


def tree(units: Sequence[Unit], day: date, order: Mapping[str, object] | None = None) -> tuple[Branch, ...]:
    """Return all units that stood on a day, each followed by those below it, to any depth.

    `order` maps unit ids to what sorts them; without it they stand as given.
    """
    placed: set[str] = set()

    def below(parent_id: str | None, depth: int) -> Iterator[Branch]:
        found = children(units, parent_id, day)
        if order is not None:
            found.sort(key=lambda unit: order[unit.id])  # type: ignore[arg-type,return-value] # keys of one kind
        for unit in found:
            if unit.id not in placed:
                placed.add(unit.id)
                yield Branch(unit, version_on(unit, day), depth)
                yield from below(unit.id, depth + 1)

    return tuple(below(None, 0))


def successors(events: Iterable[UnitEvent], unit_id: str, day: date) -> tuple[str, ...]:
    """Return who stands for a unit on a day after mergers and splits; the unit itself if nothing happened."""
    current = {unit_id}
    for event in sorted(events, key=lambda one: (one.on, one.id)):
        if event.on <= day and event.kind in {UnitEventKind.MERGE, UnitEventKind.SPLIT}:
            gone = (set(event.before) - set(event.after)) & current
            if gone:
                current = (current - gone) | set(event.after)
    return tuple(sorted(current))


def bridge(units: Mapping[str, Unit], events: Iterable[UnitEvent], first: date, last: date) -> Bridge:
    """Return how the number of units came from that of one day to that of another, both at their end."""
    lines = tuple(
        BridgeLine(
            event.kind,
            event.on,
            event.decision,
            tuple(name_on(units, unit_id, _day_before(event.on)) for unit_id in event.before),
            tuple(name_on(units, unit_id, event.on) for unit_id in event.after),
            len(set(event.after)) - len(set(event.before)),
        )
        for event in sorted(events, key=lambda one: (one.on, one.id))
        if first < event.on <= last
    )
    return Bridge(
        first,
        last,
        sum(stands(unit, first) for unit in units.values()),
        sum(stands(unit, last) for unit in units.values()),
        lines,
    )


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)
