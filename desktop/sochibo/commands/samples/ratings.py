"""The sample cell's ratings of a year as a CSV, as an office would keep them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochibo.commands.samples.people import attending

if TYPE_CHECKING:
    from datetime import date

__all__ = ["ratings_csv"]

_COLUMNS = (
    "name", "points_common", "points_task", "all_done", "above_percent", "late_percent", "remedied_percent",
    "own_level", "proposed_level",
)  # fmt: skip
_EXCELLENT = ("29,5", "65", "x", "40", "0", "100", "HTXS", "HTXS")
_GOOD = ("28", "58,5", "x", "15", "0", "100", "HTT", "HTT")
_COMPLETED = ("25", "40", "x", "0", "20", "80", "HTT", "HTNV")


def ratings_csv(day: date) -> str:
    """Return a line with points and a level for everyone who came to meetings on a day."""
    lines = [";".join(_COLUMNS)]
    for place, person in enumerate(attending(day)):
        fields = {0: _EXCELLENT, 5: _COMPLETED}.get(place % 8, _GOOD)
        lines.append(";".join((person.name, *fields)))
    return "\n".join(lines) + "\n"
