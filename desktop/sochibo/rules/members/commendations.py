"""Runs of years in the decided levels, and what they suggest; the cell and the committee decide.

HD 06-HD/TW, 9/6/2025, §19 (forms of commendation). Two years of KHT in a row are no ground for removal by
themselves: QĐ 294-QĐ/TW, 26/5/2025, §8.1 does not name them, so the program asks to look into it, no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sochibo.messages import N_
from sochibo.rules.ratings.rating_rules import UnratedYear
from sochibo.rules.ratings.ratings import Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["HINT_SENTENCES", "LONGEST_RUN", "SHORTEST_RUN", "Hint", "HintKind", "hints_for_cell",
           "hints_for_member", "run_of"]  # fmt: skip

SHORTEST_RUN: Final = 2
LONGEST_RUN: Final = 5
"""A run of five years is commended by the level above; longer ones count as five and begin anew with six."""

FAILED_RUN: Final = 2


class HintKind(StrEnum):
    """What a run of years suggests."""

    YEAR = "year"
    RUN = "run"
    FIVE_YEARS = "five_years"
    LOOK_INTO = "look_into"
    CELL_YEAR = "cell_year"
    CELL_FIVE_YEARS = "cell_five_years"


HINT_SENTENCES: Final = {
    HintKind.YEAR: N_(
        "{name}: HTXS this year; a certificate of merit of the grassroots committee is possible."
    ),
    HintKind.RUN: N_("{name}: HTXS {years} years running."),
    HintKind.FIVE_YEARS: N_(
        "{name}: HTXS {years} years running; a certificate of the level above or of the province is possible."
    ),
    HintKind.LOOK_INTO: N_("{name}: KHT {years} years running; the cell should look into it."),
    HintKind.CELL_YEAR: N_("{name}: HTXS and recognised as exemplary; a certificate of merit is possible."),
    HintKind.CELL_FIVE_YEARS: N_(
        "{name}: exemplary {years} years running; a certificate of the level above or of the province is "
        "possible."
    ),
}


@dataclass(frozen=True, slots=True)
class Hint:
    """One suggestion about one member or cell; `HINT_SENTENCES` says it."""

    kind: HintKind
    name: str
    years: int = 1


def run_of(
    levels: Mapping[int, Level | None], year: int, level: Level, unrated: UnratedYear = UnratedYear.BREAKS
) -> int:
    """Count the years in a row with a decided level that end with a year.

    No rule read says whether a year without a level ends a run or is stepped over: a parameter. A year of
    which the book knows nothing always ends it.
    """
    count, current = 0, year
    while current in levels:
        if levels[current] is level:
            count += 1
        elif levels[current] is not None or unrated is UnratedYear.BREAKS:
            break
        current -= 1
    return count if levels.get(year) is level else 0


def hints_for_member(
    name: str, levels: Mapping[int, Level | None], year: int, unrated: UnratedYear = UnratedYear.BREAKS
) -> Iterator[Hint]:
    """Suggest what the decided levels of a member give reason for."""
    excellent = run_of(levels, year, Level.EXCELLENT, unrated)
    if excellent:
        yield Hint(HintKind.YEAR, name)
    if excellent >= LONGEST_RUN:
        yield Hint(HintKind.FIVE_YEARS, name, excellent)
    elif excellent >= SHORTEST_RUN:
        yield Hint(HintKind.RUN, name, excellent)
    failed = run_of(levels, year, Level.NOT_COMPLETED, unrated)
    if failed >= FAILED_RUN:
        yield Hint(HintKind.LOOK_INTO, name, failed)


def hints_for_cell(name: str, exemplary: Mapping[int, bool], year: int) -> Iterator[Hint]:
    """Suggest what the recognition as exemplary gives reason for, by year."""
    count = 0
    while exemplary.get(year - count):
        count += 1
    if count:
        yield Hint(HintKind.CELL_YEAR, name)
    if count >= LONGEST_RUN:
        yield Hint(HintKind.CELL_FIVE_YEARS, name, count)
