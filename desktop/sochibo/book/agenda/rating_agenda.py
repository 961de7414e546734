"""What is due about the yearly rating: begun in December, finished by its closing day, decided in spring."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from sochibo.book.due import Due, DueLine, urgency
from sochibo.messages import N_
from sochibo.rules.ratings.rating_figures import FiguresGroup, Source
from sochibo.rules.ratings.ratings import ReviewKind, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sochibo.book.book import Book
    from sochibo.rules.ratings.ratings import ReviewPeriod

__all__ = ["rating_lines"]

DECEMBER: Final = 12
JANUARY: Final = 1
MARCH: Final = 3
BEFORE_CLOSING: Final = timedelta(days=31)
AFTER_CLOSING: Final = timedelta(days=120)
"""A review still open later than this is history that was entered late."""


def rating_lines(book: Book, today: date) -> Iterator[DueLine]:
    """Yield what is due: a review not begun, members without a level, decided levels not entered.

    Cells rate in December, committees decide in December and January (calendars of 2020 to 2026; no central
    text with a day was read).
    """
    year = today.year if today.month == DECEMBER else today.year - 1
    if today.month in {DECEMBER, JANUARY} and book.ratings.of_year(year) is None:
        by = date(year, 12, 31)
        if any(entry.standing.belongs for entry in book.members.on(by)):
            what, why = N_("Begin the rating of {year}"), N_("Members are rated at the end of the year.")
            yield DueLine(urgency(by, today), what, why, by, "ratings", {"year": str(year)})
    for period in book.ratings.periods():
        if period.closing_on - BEFORE_CLOSING <= today <= period.closing_on + AFTER_CLOSING:
            yield from _of_review(book, period, today)


def _of_review(book: Book, period: ReviewPeriod, today: date) -> Iterator[DueLine]:
    goal, fields = f"rating:{period.id}", {"period": period.text}
    if not period.locked:
        missing = sum(
            line.rating.subject is Subject.RATED and line.rating.proposed_level is None
            for line in book.ratings.lines(period.id)
        )
        by = period.closing_on
        if missing:
            what, why = N_("Members still without a level for {period}: {n}"), N_("The cell rates them.")
            yield DueLine(urgency(by, today), what, why, by, goal, fields | {"n": missing})
        else:
            what, why = N_("Close the rating of {period}"), N_("Every member has a level or a reason.")
            yield DueLine(urgency(by, today), what, why, by, goal, fields)
        return
    pending = sum(line.rating.subject is Subject.PENDING for line in book.ratings.lines(period.id))
    if pending:
        what = N_("Members not yet rated for {period}: {n}")
        why = N_("Rate them at the next meeting at which they are present, and report it.")
        yield DueLine(Due.LATER, what, why, None, goal, fields | {"n": pending})
    decided = book.ratings.figures(period.id, Source.DECIDED)[FiguresGroup.MEMBERS]
    by = date(period.year + 1, MARCH, 31)
    if period.kind is ReviewKind.YEAR and not decided.rated and today > period.closing_on:
        what = N_("Enter the levels decided for {period}")
        why = N_("The committee decides; runs of years are counted from its levels.")
        yield DueLine(urgency(by, today), what, why, by, goal, fields)
