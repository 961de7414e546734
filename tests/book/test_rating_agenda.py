"""What the yearly rating makes due, and when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from books import make_cell_book
from ratings import member_id, rate

from sochibo.book.agenda.agenda import Due, due_lines
from sochibo.book.agenda.rating_agenda import rating_lines
from sochibo.messages import Messages
from sochibo.rules.ratings.ratings import Level, NoLevelReason, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sochibo.book.book import Book


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with make_cell_book(tmp_path / "cell.sochibo") as made:
        yield made


def due(book: Book, day: date) -> list[tuple[Due, str, str]]:
    words = Messages("en")
    return [(line.due, words.sentence(line.what, line.fields), line.goal) for line in rating_lines(book, day)]


def test_december_asks_for_a_review_of_the_year(book: Book) -> None:
    assert due(book, date(2026, 11, 30)) == []
    assert due(book, date(2026, 12, 1)) == [(Due.LATER, "Begin the rating of 2026", "ratings")]
    assert due(book, date(2027, 1, 10)) == [(Due.OVERDUE, "Begin the rating of 2026", "ratings")]
    assert due(book, date(2027, 2, 1)) == []
    assert any(line.goal == "ratings" for line in due_lines(book, date(2026, 12, 1)))


def test_an_open_review_counts_who_has_no_level_yet(book: Book) -> None:
    period = book.ratings.make_period(2026)
    goal = f"rating:{period}"
    rate(book, period, "Lê Hoàng Đức", proposed_level=Level.GOOD)
    assert due(book, date(2026, 11, 15)) == []
    assert due(book, date(2026, 12, 28)) == [(Due.SOON, "Members still without a level for 2026: 5", goal)]
    for line in book.ratings.lines(period):
        if line.rating.subject is Subject.RATED:
            rate(book, period, line.name, proposed_level=Level.GOOD)
    assert due(book, date(2026, 12, 31)) == [(Due.TODAY, "Close the rating of 2026", goal)]


def test_a_closed_review_waits_for_who_was_absent_and_for_the_decision(book: Book) -> None:
    period = book.ratings.make_period(2026)
    goal = f"rating:{period}"
    for line in book.ratings.lines(period):
        if line.rating.subject is Subject.RATED:
            rate(book, period, line.name, proposed_level=Level.GOOD)
    rate(
        book, period, "Phạm Thị Ân",
        proposed_level=None, subject_manual=True, subject_reason=NoLevelReason.ABSENT,
    )  # fmt: skip
    book.ratings.close(period)
    assert due(book, date(2026, 12, 31)) == [(Due.LATER, "Members not yet rated for 2026: 1", goal)]
    assert due(book, date(2027, 1, 5)) == [
        (Due.LATER, "Members not yet rated for 2026: 1", goal),
        (Due.LATER, "Enter the levels decided for 2026", goal),
    ]
    levels: dict[str, Level | None] = {member_id(book, "Lê Hoàng Đức"): Level.GOOD}
    book.ratings.decide(period, levels, "1-QĐ/ĐU", date(2027, 1, 8))
    assert [line[1] for line in due(book, date(2027, 1, 9))] == ["Members not yet rated for 2026: 1"]
    assert due(book, date(2027, 6, 1)) == []
