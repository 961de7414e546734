"""Numbers, revisions and heads of papers, whatever their kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from books import make_cell_book
from recordings import NOVEMBER, meeting_data

from sochibo.book.meetings.summaries import summary_draft
from sochibo.book.papers.period_words import say_period
from sochibo.faults import Refused
from sochibo.messages import Messages
from sochibo.rules.periods import parse_period
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sochibo.book.book import Book
    from sochibo.book.papers.issuing import Draft

DAY = date(2026, 12, 1)
ACT = "Issued a paper"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with make_cell_book(tmp_path / "cell.sochibo") as made:
        yield made


def draft_of(book: Book, period: str = "2026-11") -> Draft:
    return summary_draft(book, parse_period(period), DAY)


def test_numbers_follow_each_other_from_01_whatever_the_period(book: Book) -> None:
    numbers = [
        book.reports.get(book.reports.issue_draft(ACT, draft_of(book, period))).number
        for period in ("2026-11", "2026-Q4", "2026")
    ]
    assert numbers == ["01-BC/CB", "02-BC/CB", "03-BC/CB"]
    assert book.reports.next_number(ReportKind.SUMMARY, DAY) == 4


def test_a_person_may_choose_a_number_and_the_next_follows_it(book: Book) -> None:
    chosen = book.reports.issue_draft(ACT, replace(draft_of(book), number=17))
    assert book.reports.get(chosen).number == "17-BC/CB"
    following = book.reports.issue_draft(ACT, draft_of(book, "2026-Q4"))
    assert book.reports.get(following).number == "18-BC/CB"


@pytest.mark.parametrize("number", [1, -3])
def test_a_number_given_before_is_refused(book: Book, number: int) -> None:
    book.reports.issue_draft(ACT, draft_of(book))
    with pytest.raises(Refused) as refused:
        book.reports.issue_draft(ACT, replace(draft_of(book, "2026-Q4"), number=number))
    assert [(one.code, one.place) for one in refused.value.findings] == [("Q90", "number")]
    assert len(book.reports.documents()) == 1


def test_a_day_outside_every_term_is_refused(book: Book) -> None:
    with pytest.raises(Refused, match="R00"):
        book.reports.next_number(ReportKind.SUMMARY, date(2019, 1, 1))


def test_periods_of_different_length_are_papers_of_their_own_in_one_series(book: Book) -> None:
    month = book.reports.get(book.reports.issue_summary(NOVEMBER, on=DAY))
    quarter_id = book.reports.issue_summary(parse_period("2026-Q4"), on=DAY)
    quarter, envelope = book.reports.get(quarter_id), book.reports.envelope(quarter_id)
    assert (quarter.revision, envelope.replaces) == (1, None)
    assert envelope.previous == month.digest
    assert book.reports.of_period(ReportKind.SUMMARY, parse_period("2026-Q4")) == quarter
    assert book.reports.of_period(ReportKind.SUMMARY, NOVEMBER) == month


def test_a_term_is_not_summed_up(book: Book) -> None:
    with pytest.raises(Refused) as refused:
        book.reports.issue_summary(parse_period("2025-2030"), on=DAY)
    assert [one.code for one in refused.value.findings] == ["Q20"]


def test_the_file_of_a_quarter_is_named_by_it(book: Book) -> None:
    document_id = book.reports.issue_summary(parse_period("2026-Q4"), on=DAY)
    assert book.reports.file_name(document_id) == "2026-Q4 BC Chi bo Thon 4 01-BC-CB.pdf"


def test_another_paper_of_a_meeting_is_not_taken_for_its_minutes(book: Book) -> None:
    meeting_id = book.meetings.record(meeting_data(close=True))
    minutes = book.reports.minutes_of(meeting_id)
    book.reports.issue_draft(ACT, replace(draft_of(book), meeting_id=meeting_id))
    assert book.reports.minutes_of(meeting_id) == minutes
    found = book.reports.of_meeting(ReportKind.SUMMARY, meeting_id)
    assert found is not None
    assert found.number == "01-BC/CB"


def test_a_second_paper_of_a_kind_for_one_meeting_replaces_the_first(book: Book) -> None:
    meeting_id = book.meetings.record(meeting_data(close=True))
    draft = replace(draft_of(book), meeting_id=meeting_id)
    first = book.reports.get(book.reports.issue_draft(ACT, draft))
    second = book.reports.issue_draft(ACT, draft)
    assert book.reports.get(second).revision == 2
    assert book.reports.envelope(second).replaces == first.digest


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2026-11-05", "5 Nov 2026"),
        ("2026-11", "November 2026"),
        ("2026-Q3", "Quarter 3, 2026"),
        ("2026-H1", "First half of 2026"),
        ("2026-H2", "Second half of 2026"),
        ("2026", "Year 2026"),
        ("2025-2030", "Term 2025–2030"),
    ],
)
def test_periods_have_names(period: str, said: str) -> None:
    assert say_period(Messages("en"), parse_period(period)) == said
