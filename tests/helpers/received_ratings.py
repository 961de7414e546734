"""Papers on ratings as cells send them, laid into a committee's book without keys and files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import reports
from received import lay

from sochibo.rules.ratings.rating_figures import FiguresGroup, RatingFigures, Source
from sochibo.rules.ratings.rating_papers import (
    CellRatingLine,
    GroupRow,
    ListLine,
    RatingListReport,
    RatingSummaryReport,
    RatingYearReport,
)
from sochibo.rules.ratings.ratings import Level

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sochibo.book.book import Book

__all__ = ["PEOPLE", "lay_ratings", "year_report"]

PEOPLE: Final[Mapping[str, Level | None]] = {
    "Nguyễn Văn Mẫu": Level.EXCELLENT,
    "Trần Thị Bích": Level.EXCELLENT,
    "Lê Hoàng Đức": Level.GOOD,
    "Phạm Thị Ân": Level.GOOD,
    "Đỗ Minh Ước": Level.COMPLETED,
    "Bùi Quang Án": None,
}


def lay_ratings(
    book: Book,
    unit_id: str,
    people: Mapping[str, Level | None] = PEOPLE,
    year: str = "2026",
    *,
    revision: int = 1,
) -> RatingFigures:
    """Lay list, summary and yearly report of a cell down; returns the figures they tell."""
    levels = list(people.values())
    figures = RatingFigures(
        unrated=levels.count(None), **{level.value: levels.count(level) for level in Level}
    )
    lines = tuple(
        ListLine(name, f"{1960 + place}", "", "", None, level, None, level)
        for place, (name, level) in enumerate(people.items())
    )
    listed = RatingListReport(reports.heading("08-DS/CB"), year, lines, figures)
    lay(book, unit_id, listed, revision=revision)
    rows = (GroupRow(FiguresGroup.OFFICIAL, figures), GroupRow(FiguresGroup.COMMITTEE, RatingFigures(good=1)))
    lay(
        book, unit_id,
        RatingSummaryReport(reports.heading("09-BC/CB"), year, Source.PROPOSED, rows, figures),
        revision=revision,
    )  # fmt: skip
    lay(book, unit_id, year_report(figures, year), revision=revision)
    return figures


def year_report(
    figures: RatingFigures, year: str = "2026", level: Level = Level.EXCELLENT
) -> RatingYearReport:
    """Return the report of a cell that proposes a level for itself."""
    cell = CellRatingLine("Chi bộ", None, None, level, level, None, exemplary=False, tally=None, base=0)
    return RatingYearReport(
        reports.heading("10-BC/CB"), year, Source.PROPOSED, figures.total, figures.total, 0, None, None, (),
        figures, (), None, (), (), 0, cell,
    )  # fmt: skip
