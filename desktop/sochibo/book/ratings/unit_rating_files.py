"""What a committee decides of ratings, read from plain rows: units and members by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sochibo.book.ratings.rating_files import COLUMNS, says_something
from sochibo.faults import Finding, Refused, red
from sochibo.messages import N_
from sochibo.rules.dates import parse_partial
from sochibo.rules.names import clean, fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sochibo.book.ratings.unit_ratings import MemberLine, UnitRatings
    from sochibo.rules.periods import Period
    from sochibo.rules.ratings.ratings import Level

__all__ = ["record"]

_LEVEL: Final = COLUMNS["decided_level"][1]
_FLAG: Final = COLUMNS["exemplary"][1]


def record(ratings: UnitRatings, period: Period, rows: Sequence[Mapping[str, Any]]) -> int:
    """Write rows inside one act; returns how many. Raises Refused with every line that cannot be read.

    Columns are `unit`, `name`, `birth`, `level`, `reason`, `exemplary`; without a name it is the unit itself.
    """
    units = {fold(line.told.unit): line.told.unit_id for line in ratings.lines(period)}
    people = ratings.members(period)
    found: list[Finding] = []
    of_units: list[tuple[str, Level | None, bool]] = []
    of_members: list[tuple[MemberLine, Level | None, str]] = []
    for number, row in enumerate(rows, 1):
        if not says_something(row):
            continue
        told = {key: clean(str(value)) for key, value in row.items() if value is not None}
        unit_id = units.get(fold(told.get("unit", "")))
        level, exemplary, readable = _levels(told)
        if unit_id is None:
            template = N_("Line {line}: no unit is called “{name}”.")
            found.append(red("R108", template, f"{number}", line=number, name=told.get("unit", "")))
        elif not readable:
            template = N_("Line {line}: “{value}” is no level.")
            found.append(red("R109", template, f"{number}", line=number, value=told.get("level", "")))
        elif not told.get("name"):
            of_units.append((unit_id, level, exemplary))
        else:
            member = _member(people, unit_id, told, number, found)
            if member is not None:
                of_members.append((member, level, told.get("reason", "")))
    if found:
        raise Refused(found)
    for unit_id, level, exemplary in of_units:
        ratings.decide_unit(period, unit_id, level, exemplary=exemplary)
    for member, level, reason in of_members:
        ratings.decide_member(period, member, level, reason=reason)
    return len(of_units) + len(of_members)


def _levels(told: Mapping[str, str]) -> tuple[Level | None, bool, bool]:
    """Return level, whether it is exemplary, and whether both could be read; empty is no level."""
    try:
        level = _LEVEL(told["level"]) if told.get("level") else None
        return level, bool(told.get("exemplary")) and _FLAG(told["exemplary"]), True
    except (KeyError, ValueError):
        return None, False, False


def _year_of(birth: str) -> str:
    """Return the year of a date of birth, which is all that the units' lists tell."""
    when = parse_partial(birth)
    return when.iso[:4] if when else birth


def _member(
    people: Sequence[MemberLine],
    unit_id: str,
    told: Mapping[str, str],
    number: int,
    found: list[Finding],
) -> MemberLine | None:
    name, birth = told["name"], _year_of(told.get("birth", ""))
    matches = [
        one
        for one in people
        if one.unit_id == unit_id and fold(one.name) == fold(name) and birth in {"", one.birth}
    ]
    # Ân and An are two people: marks decide where both are there.
    exact = [one for one in matches if one.name == name]
    matches = exact or matches
    if len(matches) == 1:
        return matches[0]
    template = (
        N_("Line {line}: more than one member is called {name}; add the year of birth.")
        if matches
        else N_("Line {line}: {name} is not on the list that the unit sent.")
    )
    found.append(red("R110", template, f"{number}", line=number, name=name))
    return None
