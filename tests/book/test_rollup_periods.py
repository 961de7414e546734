"""Roll-ups over longer periods: of merged units, with corrected and late papers, in any order."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from books import make_committee_book
from received import lay, summary_of

from sochibo.faults import Refused
from sochibo.rules.meetings.attendance import Ratio
from sochibo.rules.periods import parse_period
from sochibo.rules.reports import RollupReport
from sochibo.rules.units.rollups import add_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sochibo.book.book import Book
    from sochibo.rules.reports import RollupRow

JANUARY = date(2026, 1, 1)
JULY = date(2026, 7, 1)
LATER = date(2027, 1, 10)
YEAR = parse_period("2026")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with make_committee_book(tmp_path / "c.sochibo") as made:
        yield made


def rows(book: Book, period: str) -> dict[str, RollupRow]:
    return {row.unit: row for row in book.rollups.rows(parse_period(period), LATER)}


def months(first: int, last: int) -> list[str]:
    return [f"2026-{month:02d}" for month in range(first, last + 1)]


def test_a_quarter_adds_its_months_and_takes_the_members_of_the_last(book: Book) -> None:
    unit = book.units.found("Chi bộ Thôn 4", JANUARY)
    digests = [lay(book, unit, summary_of("2026-10", 30)), lay(book, unit, summary_of("2026-11", 32, 20, 32))]
    row = rows(book, "2026-Q4")["Chi bộ Thôn 4"]
    assert (row.members, row.regular, row.attendance) == (32, 2, Ratio(48, 62))
    assert (row.papers, row.ratings.good, row.tasks) == (Ratio(2, 3), 2, Ratio(2, 4))
    assert [part.digest for part in row.parts] == digests
    assert row.source == digests[-1]
    assert (row.score_tenths, row.met_on) == (None, None)
    assert len(book.rollups.sources(row)) == 2


def test_a_paper_of_the_very_period_goes_before_those_of_its_months(book: Book) -> None:
    unit = book.units.found("Chi bộ Thôn 4", JANUARY)
    lay(book, unit, summary_of("2026-11"))
    whole = replace(summary_of("2026-11"), period="2026-Q4", members=40, official=39)
    digest = lay(book, unit, whole)
    row = rows(book, "2026-Q4")["Chi bộ Thôn 4"]
    assert (row.members, row.source, row.parts, row.papers) == (40, digest, (), Ratio(3, 3))
    assert rows(book, "2026")["Chi bộ Thôn 4"].papers == Ratio(3, 12)


def test_members_of_a_merged_unit_are_counted_where_they_went(book: Book) -> None:
    four, five = (book.units.found(f"Chi bộ Thôn {n}", JANUARY) for n in (4, 5))
    for month in months(1, 6):
        lay(book, five, summary_of(month, 20))
    for month in months(1, 12):
        lay(book, four, summary_of(month, 50 if month >= "2026-07" else 30))
    book.units.merge([four, five], JULY, into=four, decision="QĐ 5-QĐ/ĐU")
    told = rows(book, "2026")
    gone = told["Chi bộ Thôn 5"]
    assert (gone.members, gone.ended, gone.successor) == (0, JULY - timedelta(days=1), "Chi bộ Thôn 4")
    assert (gone.regular, gone.papers) == (6, Ratio(6, 6))
    report = book.reports.rollup(YEAR)
    assert (report.total.members, report.total.regular, report.total.papers) == (50, 18, Ratio(18, 18))
    assert rows(book, "2026-H1")["Chi bộ Thôn 5"].members == 20
    assert list(rows(book, "2026-07")) == ["Chi bộ Thôn 4"]


def test_what_a_merged_unit_still_sends_counts_for_whoever_came_after_it(book: Book) -> None:
    four, five = (book.units.found(f"Chi bộ Thôn {n}", JANUARY) for n in (4, 5))
    new = book.units.merge([four, five], JULY, name="Chi bộ Thôn Đông")
    lay(book, five, summary_of("2026-07", 20))
    assert [(name, row.members) for name, row in rows(book, "2026-07").items()] == [("Chi bộ Thôn Đông", 20)]
    lay(book, new, summary_of("2026-07", 55))
    assert [row.members for row in rows(book, "2026-07").values()] == [55]


def test_what_is_told_of_the_time_after_a_unit_was_closed_counts_for_nobody(book: Book) -> None:
    four, five, six = (book.units.found(f"Chi bộ Thôn {n}", JANUARY) for n in (4, 5, 6))
    for month in months(1, 12):
        lay(book, four, summary_of(month, 20))
    book.units.close(four, JULY, decision="QĐ 6-QĐ/ĐU")
    book.units.merge([five, six], date(2026, 3, 1), into=six)
    book.units.close(six, JULY)
    lay(book, five, summary_of("2026-08", 20))
    assert rows(book, "2026")["Chi bộ Thôn 4"].papers == Ratio(6, 6)
    assert rows(book, "2026")["Chi bộ Thôn 4"].regular == 6
    assert rows(book, "2026")["Chi bộ Thôn 6"].source is None
    assert rows(book, "2026-08") == {}


def test_a_paper_of_the_whole_year_tells_of_no_more_months_than_those_in_which_the_unit_stood(
    book: Book,
) -> None:
    four, five = (book.units.found(f"Chi bộ Thôn {n}", JANUARY) for n in (4, 5))
    lay(book, five, replace(summary_of("2026-05"), period="2026"))
    book.units.merge([four, five], JULY, into=four)
    row = rows(book, "2026")["Chi bộ Thôn 5"]
    assert (row.papers, row.regular_months) == (Ratio(6, 6), 1)


def test_two_regular_meetings_in_one_month_are_one_month_with_a_meeting(book: Book) -> None:
    unit = book.units.found("Chi bộ Thôn 4", JANUARY)
    twice = summary_of("2026-05")
    (meeting,) = twice.meetings
    lay(book, unit, replace(twice, meetings=(meeting, replace(meeting, on=date(2026, 5, 20)))))
    lay(book, unit, summary_of("2026-06"))
    row = rows(book, "2026-Q2")["Chi bộ Thôn 4"]
    assert (row.regular, row.regular_months, row.papers) == (3, 2, Ratio(2, 3))
    counts = {one.indicator: one for one in book.indicators.of(parse_period("2026-Q2"), LATER)}
    assert (counts["regular_meetings"].number, counts["regular_meetings"].of) == (2, 3)
    # What is due is either done or late.
    assert (counts["tasks_done"].number, counts["tasks_late"].number, counts["tasks_late"].of) == (2, 2, 4)


def test_a_corrected_paper_takes_the_place_of_the_one_before_however_often_it_comes(book: Book) -> None:
    unit = book.units.found("Chi bộ Thôn 4", JANUARY)
    lay(book, unit, summary_of("2026-11", 30))
    for _ in range(2):
        lay(book, unit, summary_of("2026-11", 31), revision=2)
        assert rows(book, "2026-Q4")["Chi bộ Thôn 4"].members == 31
        assert rows(book, "2026-Q4")["Chi bộ Thôn 4"].papers == Ratio(1, 3)


def test_a_late_paper_changes_the_next_roll_up_and_not_the_one_issued(book: Book) -> None:
    unit = book.units.found("Chi bộ Thôn 4", JANUARY)
    lay(book, unit, summary_of("2026-10"))
    first = book.reports.issue_rollup(parse_period("2026-Q4"), on=LATER)
    issued = book.reports.envelope(first).report
    assert isinstance(issued, RollupReport)
    assert book.rollups.came_since(issued) == 0
    lay(book, unit, summary_of("2026-11"))
    lay(book, unit, summary_of("2026-10", 31), revision=2)
    assert book.rollups.came_since(issued) == 2
    second = book.reports.issue_rollup(parse_period("2026-Q4"), on=LATER)
    papers = [book.reports.envelope(one) for one in (first, second)]
    totals = [one.report.total.papers for one in papers if isinstance(one.report, RollupReport)]
    assert totals == [Ratio(1, 3), Ratio(2, 3)]
    assert (papers[1].revision, papers[1].replaces) == (2, book.reports.get(first).digest)


def test_a_body_whose_cells_send_is_not_asked_for_papers_itself(book: Book) -> None:
    base = book.units.found("Đảng bộ bộ phận Chợ", JANUARY, type="sub_committee")
    book.units.found("Chi bộ Chợ 1", JANUARY, parent_id=base)
    assert list(rows(book, "2026-11")) == ["Chi bộ Chợ 1"]


def test_a_month_that_has_not_come_is_not_missing(book: Book) -> None:
    book.units.found("Chi bộ Thôn 4", JANUARY)
    (row,) = book.rollups.rows(YEAR, date(2026, 3, 10))
    assert row.papers == Ratio(0, 3)


def test_whatever_is_sent_the_total_is_that_of_its_parts(book: Book) -> None:
    chance = random.Random(2026)  # noqa: S311 - figures to be added, no secrets
    units = [book.units.found(f"Chi bộ Thôn {n}", JANUARY) for n in range(1, 6)]
    for unit in units:
        for month in months(1, 12):
            if chance.random() < 0.8:
                expected = chance.randrange(5, 60)
                lay(book, unit, summary_of(month, expected, chance.randrange(expected + 1), expected))
    year = book.reports.rollup(YEAR)
    halves = [book.reports.rollup(parse_period(f"2026-H{half}")).total for half in (1, 2)]
    joined = add_rows(year.total.unit, halves)
    for name in ("meetings", "regular", "attendance", "tasks", "spoke", "ratings", "papers", "superiors"):
        assert getattr(joined, name) == getattr(year.total, name), name
    assert add_rows(year.total.unit, chance.sample(year.rows, len(year.rows))) == year.total


def test_a_day_is_nothing_to_roll_up(book: Book) -> None:
    with pytest.raises(Refused) as refusal:
        book.reports.issue_rollup(parse_period("2026-11-05"), on=LATER)
    assert refusal.value.findings[0].code == "Q20"
