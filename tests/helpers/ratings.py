"""Ratings for tests: entries filled in with a few words."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import TYPE_CHECKING, Any

from sochibo.messages import Messages
from sochibo.rules.dates import PartialDate
from sochibo.rules.members.members import EventKind, MemberEvent
from sochibo.rules.ratings.ratings import MemberRating, ReviewKind, ReviewPeriod

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sochibo.book.book import Book
    from sochibo.faults import Finding
    from sochibo.rules.counts import Ratio

__all__ = ["drawn", "events", "member_id", "rate", "rating", "review", "sentences"]


def drawn(ratio: Ratio, digits: int = 1) -> str:
    """Return a rate as it is drawn in Vietnamese."""
    return Messages("vi").percent(ratio.numerator, ratio.denominator, digits)


def review(year: int = 2026, closing_on: date | None = None) -> ReviewPeriod:
    """Return the yearly review of a year."""
    return ReviewPeriod(
        id="review", kind=ReviewKind.YEAR, year=year, closing_on=closing_on or date(year, 12, 31)
    )


def rating(**fields: Any) -> MemberRating:  # noqa: ANN401 - fields of a rating
    """Return a member's rating with these fields."""
    return MemberRating(id="rating", period_id="review", member_id="member", **fields)


def events(*told: tuple[EventKind, str | None]) -> list[MemberEvent]:
    """Return events of one member."""
    return [
        MemberEvent(id=str(number), member_id="member", kind=kind, on=PartialDate(day) if day else None)
        for number, (kind, day) in enumerate(told)
    ]


def sentences(findings: Iterable[Finding], language: str = "en") -> list[str]:
    """Return what findings say."""
    words = Messages(language)
    return [finding.say(words) for finding in findings]


def member_id(book: Book, name: str) -> str:
    """Return the id of a member by name."""
    return next(
        entry.member.id
        for entry in book.members.on(date(2026, 12, 31), everybody=True)
        if entry.member.name == name
    )


def rate(book: Book, period_id: str, name: str, *, reason: str = "", **fields: Any) -> MemberRating:  # noqa: ANN401 - as above
    """Enter these fields of a member's rating and return it as it is then written."""
    line = book.ratings.line(period_id, member_id(book, name))
    book.ratings.change(dataclasses.replace(line.rating, **fields), reason=reason)
    return book.ratings.line(period_id, line.entry.member.id).rating
