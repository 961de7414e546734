"""What papers about organisations hold, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sochibo.rules.reports import Form, Heading, ReportKind
from sochibo.rules.units.units import Bridge, UnitEventKind

__all__ = ["FORMS", "BridgeEvent", "BridgeReport", "make_bridge"]


@dataclass(frozen=True, slots=True)
class BridgeEvent:
    """One change, by the names of its day; `change` is by how much it changed the number of units."""

    kind: UnitEventKind
    on: date
    decision: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    change: int


@dataclass(frozen=True, slots=True)
class BridgeReport:
    """From the number of units before a period to that at its end, event by event.

    `at_start` is that of the evening before its first day; `unexplained` is what no event accounts for.
    """

    heading: Heading
    period: str
    at_start: int
    at_end: int
    unexplained: int
    events: tuple[BridgeEvent, ...]


def make_bridge(heading: Heading, period: str, told: Bridge) -> BridgeReport:
    """Put a bridge under a heading."""
    events = tuple(
        BridgeEvent(line.kind, line.on, line.decision, line.before, line.after, line.change)
        for line in told.lines
    )
    return BridgeReport(heading, period, told.at_start, told.at_end, told.unexplained, events)


FORMS: Final = {ReportKind.BRIDGE: Form(BridgeReport, "BC")}
