"""Movement of several units as one: who went from one of them to another neither came nor left.

No paper names a person, so transfers are matched by the organisations that both sides name: what unit A says
went to B, and B says came from A, cancels as far as both say it, column by column. What only one side says
stays where it is, so that beginning + increase − decrease = end holds in every column.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final

from sochibo.rules.members.member_papers import MovementReport, MovementTransfer
from sochibo.rules.members.movement import DECREASES, INCREASES, NOBODY, Heads, MovementLine
from sochibo.rules.names import fold

__all__ = ["MovementSum", "add_movements", "movement_adds_up"]

_IN: Final = MovementLine.TRANSFERRED_IN
_OUT: Final = MovementLine.TRANSFERRED_OUT
_Moves = dict[tuple[str, str], Heads]


@dataclass(frozen=True, slots=True)
class MovementSum:
    """Lines added up with the transfers between the units taken out of both sides.

    `internal` are those taken out, `one_sided` how many more one side alone says of another unit of ours;
    `transfers` are those to and from others.
    """

    lines: Mapping[MovementLine, Heads]
    increase: Heads
    decrease: Heads
    internal: Heads
    one_sided: int
    transfers: tuple[MovementTransfer, ...]


def add_movements(told: Mapping[str, MovementReport], units: Mapping[str, str]) -> MovementSum:
    """Add the movement of units up; the order does not matter.

    `told` is by unit id, `units` gives the id of a unit by its folded name, under every name it ever had.
    """
    lines: dict[MovementLine, Heads] = {MovementLine.START: NOBODY, MovementLine.END: NOBODY}
    increase, decrease = NOBODY, NOBODY
    for report in told.values():
        for row in report.rows:
            lines[row.line] = lines.get(row.line, NOBODY) + row.heads
        increase, decrease = increase + report.increase, decrease + report.decrease
    moves = {line: _moves(told, units, line) for line in (_IN, _OUT)}
    pairs = moves[_IN].keys() | moves[_OUT].keys()
    sides = [(moves[_OUT].get(pair, NOBODY), moves[_IN].get(pair, NOBODY)) for pair in pairs]
    inside = [_least(*side) for side in sides]
    internal = sum(inside, NOBODY)
    for line in (_IN, _OUT):
        if line in lines:
            lines[line] = lines[line] - internal
    return MovementSum(
        lines=lines,
        increase=increase - internal,
        decrease=decrease - internal,
        internal=internal + sum((report.internal for report in told.values()), NOBODY),
        one_sided=sum(abs(gone.total - came.total) for gone, came in sides)
        + sum(report.one_sided for report in told.values()),
        transfers=_elsewhere(told, units),
    )


def movement_adds_up(report: MovementReport) -> bool:
    """Tell whether increase and decrease are their lines' sums, and beginning and both make the end.

    Splits are left out: two cells need not know the same of who moved from one to the other.
    """
    heads = {row.line: row.heads.total for row in report.rows}
    came = sum(heads.get(line, 0) for line in INCREASES)
    went = sum(heads.get(line, 0) for line in DECREASES)
    end = heads.get(MovementLine.START, 0) + came - went
    sums = (report.increase.total, report.decrease.total, heads.get(MovementLine.END, 0))
    return sums == (came, went, end)


def _moves(told: Mapping[str, MovementReport], units: Mapping[str, str], line: MovementLine) -> _Moves:
    """Return who moved from one unit to another, as one side says it."""
    found: _Moves = {}
    for unit_id, report in told.items():
        for one in report.transfers:
            other = units.get(fold(one.other).strip())
            if one.line is not line or other is None or other == unit_id:
                continue
            pair = (other, unit_id) if line is _IN else (unit_id, other)
            found[pair] = found.get(pair, NOBODY) + one.heads
    return found


def _elsewhere(told: Mapping[str, MovementReport], units: Mapping[str, str]) -> tuple[MovementTransfer, ...]:
    found: dict[tuple[MovementLine, str], Heads] = {}
    for report in told.values():
        for one in report.transfers:
            if units.get(fold(one.other).strip()) is None:
                found[one.line, one.other] = found.get((one.line, one.other), NOBODY) + one.heads
    return tuple(MovementTransfer(line, other, found[line, other]) for line, other in sorted(found))


def _least(one: Heads, other: Heads) -> Heads:
    return Heads(*(min(getattr(one, part.name), getattr(other, part.name)) for part in fields(Heads)))
