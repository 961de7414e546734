"""On which line of a TOML file a value stands, to tell a person where to mend it."""

from __future__ import annotations

import re
from typing import Final, TypeAlias

__all__ = ["Lines", "Place"]

Place: TypeAlias = tuple[str | int, ...]
"""A way through the tables: `("criteria", 3, "levels", 1, "points")`."""

HEADER: Final = re.compile(r"\[\[\s*(\w+)\s*\]\]")
KEY: Final = re.compile(r"(\w+)\s*=")


class Lines:
    """The lines of one file; tomllib gives none, and the libraries that keep a file's form give none either.

    What is searched is what our rule files are written in: `[[tables]]` in a row, one key a line, and a list
    of `{tables}` with one element a line. Anything else is told by the nearest line before it.
    """

    def __init__(self, text: str) -> None:
        self._lines: dict[Place, int] = {(): 1}
        counts: dict[str, int] = {}
        table: Place = ()
        key: Place = ()
        element = 0
        for number, line in enumerate(map(str.strip, text.splitlines()), start=1):
            if header := HEADER.match(line):
                name = header[1]
                table = key = (name, counts.get(name, 0))
                counts[name] = counts.get(name, 0) + 1
                self._lines[table] = number
                self._lines.setdefault((name,), number)
            elif found := KEY.match(line):
                key, element = (*table, found[1]), 0
                self._lines[key] = number
            elif line.startswith("{"):
                self._lines[*key, element] = number
                element += 1

    def of(self, place: Place) -> int:
        """Return the line of a place, or of the nearest thing around it that has one."""
        while place not in self._lines:
            place = place[:-1]
        return self._lines[place]
