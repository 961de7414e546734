"""What the columns of rosters are called and what people write in them: `resources/rules/roster.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from sochibo import paths
from sochibo.rules.members.members import EventKind, Membership
from sochibo.rules.names import clean, fold

__all__ = ["RosterWords", "StatusWord", "key", "roster_words"]

IN_BRACKETS: Final = re.compile(r"\([^)]*\)|\[[^]]*\]")
NOT_WORDS: Final = re.compile(r"[^\w×✓✔+]+")


def key(text: str) -> str:
    """Return a text as the synonyms are written: folded, hints in brackets and punctuation gone."""
    return " ".join(NOT_WORDS.sub(" ", IN_BRACKETS.sub(" ", fold(text))).split())


@dataclass(frozen=True, slots=True)
class StatusWord:
    """A standing as rosters put it: an event, or what the person is in the Party, or neither."""

    words: tuple[str, ...]
    event: EventKind | None
    membership: Membership | None


@dataclass(frozen=True, slots=True)
class RosterWords:
    """The whole file, folded but for `sums`; `columns` leads from a header to its field."""

    columns: Mapping[str, str]
    yes: frozenset[str]
    no: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    status: tuple[StatusWord, ...]
    sums: tuple[str, ...]
    foot: tuple[str, ...]

    def field_of(self, headers: tuple[str, ...]) -> str | None:
        """Return the field that a column's header names; the parts of a header stand from top to bottom."""
        parts = list(dict.fromkeys(filter(None, map(key, headers))))
        tried = [" ".join(parts), *reversed(parts)]
        return next((self.columns[text] for text in tried if text in self.columns), None)

    def is_sum(self, text: str) -> bool:
        """Tell whether a row that begins so adds the others up.

        Without accents it must be the whole text, but for a number: “Tong Van Mau” is somebody.
        """
        spoken, folded = clean(text).casefold(), key(text).rstrip("0123456789 ")
        return spoken.startswith(self.sums) or folded in map(key, self.sums)

    def status_of(self, text: str) -> StatusWord | None:
        """Return what a text says about a person's standing, None where it says nothing that is known."""
        folded = f" {key(text)} "
        said = [line for line in self.status if any(f" {words} " in folded for words in line.words)]
        if not said:
            return None
        return StatusWord(
            said[0].words,
            next((line.event for line in said if line.event is not None), None),
            next((line.membership for line in said if line.membership is not None), None),
        )


@cache
def roster_words() -> RosterWords:
    """Read the file that is shipped."""
    with (paths.shipped("resources") / "rules" / "roster.toml").open("rb") as file:
        told = tomllib.load(file)
    marks, rows = told["marks"], told["rows"]
    return RosterWords(
        columns={key(text): field for field, texts in told["columns"].items() for text in texts},
        yes=frozenset(map(fold, marks["yes"])),
        no=frozenset(map(fold, marks["no"])),
        male=frozenset(map(fold, marks["male"])),
        female=frozenset(map(fold, marks["female"])),
        status=tuple(
            StatusWord(
                tuple(map(key, line["words"])),
                EventKind(line["event"]) if "event" in line else None,
                Membership(line["membership"]) if "membership" in line else None,
            )
            for line in told["status"]
        ),
        sums=tuple(rows["sums"]),
        foot=tuple(map(key, rows["foot"])),
    )
