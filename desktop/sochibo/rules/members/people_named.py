"""Whom a paper names, where its form asks for names: a person may stand in the papers of one cell only."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from sochibo.rules.names import fold
from sochibo.rules.ratings.rating_papers import RatingListReport

if TYPE_CHECKING:
    from sochibo.rules.reports import Report

__all__ = ["Person", "people_named"]

Person: TypeAlias = tuple[str, str]
"""A name without marks and a date of birth as printed: a name alone may be that of two people."""


def people_named(report: Report) -> dict[Person, str]:
    """Return the people whom a list of ratings (F9) proposes, by what tells them apart, with their names.

    Other papers that name whole lists of people are only printed, and no roll-up has names.
    """
    if not isinstance(report, RatingListReport):
        return {}
    return {(fold(line.name), line.birth): line.name for line in report.lines if line.birth}
