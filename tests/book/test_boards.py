"""The board over longer periods: every month that was due has one fate, whatever paper tells of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from books import make_committee_book
from received import lay, summary_of

from sochibo.book.rollups.boards import Fate, UnitFate, period_board
from sochibo.rules.dates import Month
from sochibo.rules.meetings.practice import summary_due
from sochibo.rules.periods import parse_period

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sochibo.book.book import Book

QUARTER = parse_period("2026-Q1")
TODAY = date(2026, 4, 30)


@pytest.fixture
def committee(tmp_path: Path) -> Iterator[Book]:
    with make_committee_book(tmp_path / "c.sochibo") as made:
        yield made


def fates(line: UnitFate) -> list[Fate]:
    return [one.fate for one in line.months]


def due(month: int) -> date:
    return summary_due(Month(2026, month))


def test_each_month_is_judged_by_the_day_on_which_something_first_came(committee: Book) -> None:
    four = committee.units.found("Chi bộ Thôn 4", date(2026, 1, 1))
    five = committee.units.found("Chi bộ Thôn 5", date(2026, 2, 10))
    lay(committee, four, summary_of("2026-01"), on=due(1))
    lay(committee, four, summary_of("2026-01", 29), revision=2, on=date(2026, 4, 20))
    lay(committee, four, summary_of("2026-02"), on=date(2026, 4, 20))
    board = {line.unit_id: line for line in period_board(committee, QUARTER, TODAY)}
    assert fates(board[four]) == [Fate.IN_TIME, Fate.LATE, Fate.MISSING]
    # Who came in February owes nothing of January.
    assert fates(board[five]) == [Fate.MISSING, Fate.MISSING]
    assert (board[four].received, len(board[four].open)) == (2, 1)
    assert [str(one.month) for one in board[four].open] == ["2026-03"]


def test_a_paper_of_the_whole_quarter_tells_of_each_month(committee: Book) -> None:
    four = committee.units.found("Chi bộ Thôn 4", date(2026, 1, 1))
    lay(committee, four, replace(summary_of("2026-03"), period="2026-Q1"), on=due(3))
    (line,) = period_board(committee, QUARTER, TODAY)
    assert fates(line) == [Fate.IN_TIME] * 3
    assert {one.file.period for one in line.months if one.file} == {"2026-Q1"}


def test_a_later_paper_of_the_year_hides_no_month_that_was_late(committee: Book) -> None:
    four = committee.units.found("Chi bộ Thôn 4", date(2026, 1, 1))
    lay(committee, four, summary_of("2026-01"), on=date(2026, 4, 20))
    lay(committee, four, replace(summary_of("2026-03"), period="2026"), on=date(2027, 1, 4))
    (line,) = period_board(committee, QUARTER, TODAY)
    assert fates(line) == [Fate.LATE, Fate.IN_TIME, Fate.IN_TIME]
    assert [one.file.period for one in line.months if one.file] == ["2026-01", "2026", "2026"]


def test_nothing_is_due_of_a_month_that_is_not_over_nor_of_one_after_the_unit(committee: Book) -> None:
    four = committee.units.found("Chi bộ Thôn 4", date(2026, 1, 1))
    five = committee.units.found("Chi bộ Thôn 5", date(2026, 1, 1))
    committee.units.merge([four], date(2026, 3, 1), into=five)
    board = {line.unit_id: line for line in period_board(committee, QUARTER, date(2026, 3, 2))}
    assert fates(board[four]) == [Fate.MISSING, Fate.AWAITED]
    assert fates(board[five]) == [Fate.MISSING, Fate.AWAITED]
    later = {line.unit_id: line for line in period_board(committee, parse_period("2026"), date(2027, 1, 1))}
    assert (len(later[four].months), len(later[five].months)) == (2, 12)
