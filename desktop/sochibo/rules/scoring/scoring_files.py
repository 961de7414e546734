"""Frameworks as files (`resources/rules/meeting-quality/`), refused with the line that is wrong."""

from __future__ import annotations

import tomllib
from datetime import date
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeVar, overload

from sochibo import paths
from sochibo.rules.scoring.scoring import (
    Also,
    AttendanceBase,
    Band,
    Condition,
    Criterion,
    Duration,
    Framework,
    Gate,
    Group,
    Input,
    Level,
    Measure,
    Metric,
    NotCounted,
    Rating,
)
from sochibo.rules.scoring.scoring_checks import contradictions
from sochibo.rules.toml_lines import Lines

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sochibo.rules.toml_lines import Place

__all__ = ["FrameworkError", "framework_of_id", "load_framework", "load_frameworks"]

T = TypeVar("T")
Choice = TypeVar("Choice", bound=StrEnum)

BOUNDS: Final = ("from", "above", "to", "below")


class FrameworkError(ValueError):
    """A framework that contradicts itself; the text names the file, the line, and what is wrong there."""


class Unusable(ValueError):
    """A value that cannot be read, and its place."""

    def __init__(self, place: Place, text: str) -> None:
        super().__init__(text)
        self.place: Final = place


def load_framework(path: Path) -> Framework:
    """Read one TOML file; raises FrameworkError where sums, levels, bands or dates contradict each other."""
    try:
        text = path.read_text("utf-8")
        data = tomllib.loads(text)
    except ValueError as error:
        raise FrameworkError(f"{path.name}: {error}") from error
    lines = Lines(text)
    try:
        made = _framework(Table(data))
    except Unusable as error:
        raise FrameworkError(f"{path.name}, line {lines.of(error.place)}: {error}") from error
    wrong = "; ".join(f"line {lines.of(place)}: {said}" for place, said in contradictions(made))
    if wrong:
        raise FrameworkError(f"{path.name}, {wrong}")
    return made


@cache
def load_frameworks() -> tuple[Framework, ...]:
    """Read every shipped framework, sorted by `valid_from`; two of one id are refused."""
    folder = paths.shipped("resources") / "rules" / "meeting-quality"
    made = sorted(map(load_framework, folder.glob("*.toml")), key=lambda one: (one.valid_from, one.id))
    if len({one.id for one in made}) < len(made):
        raise FrameworkError("two frameworks have one id")
    return tuple(made)


def framework_of_id(framework_id: str) -> Framework | None:
    """Return a shipped framework, None for one that this program does not know."""
    return next((one for one in load_frameworks() if one.id == framework_id), None)


class Table:
    """One table of the file: gives values of their kind, and knows where they stand."""

    def __init__(self, data: Mapping[str, Any], place: Place = ()) -> None:
        self.data = data
        self.place = place
        self._taken: set[str] = set()

    def at(self, name: str) -> Place:
        """Return where a value of this table stands."""
        return (*self.place, name)

    @overload
    def one(self, kind: type[T], name: str) -> T: ...
    @overload
    def one(self, kind: type[T], name: str, default: T) -> T: ...

    def one(self, kind: type[T], name: str, default: T | None = None) -> T:
        """Return one value; raises Unusable where it is missing or of another kind."""
        self._taken.add(name)
        if name not in self.data:
            if default is None:
                raise Unusable(self.place, f"'{name}' is missing")
            return default
        value = self.data[name]
        # A bool is an int to Python, a day with an hour a day.
        if type(value) is not kind:
            raise Unusable(self.at(name), f"{name} is no {kind.__name__}")
        return value

    def optional(self, kind: type[T], name: str) -> T | None:
        """Return one value, None where it is not there."""
        return self.one(kind, name) if name in self.data else None

    def choice(self, choices: type[Choice], name: str, default: Choice | None = None) -> Choice:
        """Return one of some words."""
        if name not in self.data and default is not None:
            return default
        word = self.one(str, name)
        if word not in {choice.value for choice in choices}:
            known = ", ".join(choice.value for choice in choices)
            raise Unusable(self.at(name), f"{name} is '{word}', not one of: {known}")
        return choices(word)

    def tables(self, name: str) -> list[Table]:
        """Return the tables of a list; an absent list has none."""
        found: list[Any] = self.one(list, name, [])
        if any(not isinstance(row, dict) for row in found):
            raise Unusable(self.at(name), f"{name} is no list of tables")
        return [Table(row, (*self.place, name, place)) for place, row in enumerate(found)]

    def table(self, name: str) -> Table | None:
        """Return a table within this one, None where it is not there."""
        return Table(self.one(dict, name), self.at(name)) if name in self.data else None

    def end(self) -> None:
        """Refuse what nobody asked for: a misspelt word must not be passed over."""
        for name in self.data:
            if name not in self._taken:
                raise Unusable(self.at(name), f"'{name}' is not known here")


def _framework(table: Table) -> Framework:
    """Make the value from a file's tables, without judging it."""
    measure = table.choice(Measure, "measure", Measure.POINTS)
    rows = table.tables("criteria")
    if not rows:
        raise Unusable((), "there are no criteria")
    criteria = tuple(_criterion(row, measure) for row in rows)
    points = measure is Measure.POINTS
    made = Framework(
        id=table.one(str, "id"),
        title_vi=table.one(str, "title_vi"),
        title_en=table.one(str, "title_en"),
        document=table.one(str, "document"),
        issued=table.one(date, "issued"),
        valid_from=table.one(date, "valid_from"),
        valid_to=table.optional(date, "valid_to"),
        total=table.one(int, "total") if points else len(criteria),
        criteria=criteria,
        bands=tuple(map(_band, table.tables("bands"))),
        central=table.one(bool, "central", default=True),
        measure=measure,
        attendance_base=table.choice(AttendanceBase, "attendance_base", AttendanceBase.EXPECTED),
        groups=tuple(map(_group, table.tables("groups"))),
        gates=tuple(map(_gate, table.tables("gates"))),
        durations=tuple(map(_duration, table.tables("durations"))),
    )
    table.end()
    return made


def _group(row: Table) -> Group:
    made = Group(
        code=row.one(str, "code"),
        label_vi=row.one(str, "label_vi"),
        label_en=row.one(str, "label_en"),
        max_points=row.one(int, "max_points"),
    )
    row.end()
    return made


def _band(row: Table) -> Band:
    made = Band(row.choice(Rating, "rating"), row.one(int, "from_points"))
    row.end()
    return made


def _duration(row: Table) -> Duration:
    made = Duration(row.one(int, "minutes"), row.one(int, "members_from", 0))
    row.end()
    return made


def _gate(row: Table) -> Gate:
    full: list[Any] = row.one(list, "full", [])
    made = Gate(row.choice(Rating, "at_most"), tuple(map(str, full)), _bounded(row.table("when")))
    row.end()
    return made


def _criterion(row: Table, measure: Measure) -> Criterion:
    points = measure is Measure.POINTS
    made = Criterion(
        code=row.one(str, "code"),
        label_vi=row.one(str, "label_vi"),
        label_en=row.one(str, "label_en"),
        max_points=row.one(int, "max_points") if points else 1,
        group=row.one(str, "group", ""),
        input=row.choice(Input, "input", Input.NUMBER if points else Input.YES_NO),
        metric=row.choice(Metric, "metric") if "metric" in row.data else None,
        levels=tuple(map(_level, row.tables("levels"))),
        also=tuple(map(_also, row.tables("also"))),
        floor=row.one(int, "floor", 0),
        applies=_bounded(row.table("applies")),
        not_counted=row.choice(NotCounted, "not_counted", NotCounted.NO_POINTS),
    )
    row.end()
    return made


def _level(row: Table) -> Level:
    made = Level(row.optional(int, "points"), _condition(row))
    row.end()
    return made


def _also(row: Table) -> Also:
    made = Also(row.optional(int, "points"), row.choice(Metric, "metric"), _condition(row))
    row.end()
    return made


def _bounded(row: Table | None) -> tuple[Metric, Condition] | None:
    if row is None:
        return None
    made = row.choice(Metric, "metric"), _condition(row)
    row.end()
    return made


def _condition(row: Table) -> Condition:
    return Condition(*(row.optional(int, bound) for bound in BOUNDS))
