"""The papers of a review drawn up from a real book: what they say is what the book holds."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeVar

import pytest
from books import make_cell_book
from recordings import meeting_data

from sochibo.book.book import Book
from sochibo.book.papers.issuing import Draft, draw_up
from sochibo.book.ratings import rating_drafts as drafts
from sochibo.book.ratings.rating_minutes import count_draft, minutes_draft
from sochibo.faults import Refused
from sochibo.rules.ratings.rating_figures import FiguresGroup, Source
from sochibo.rules.ratings.rating_papers import (
    BallotForm,
    BallotReport,
    ExcellenceBallotReport,
    OpinionsReport,
    RatingCountReport,
    RatingListReport,
    RatingMinutesReport,
    RatingSummaryReport,
    RatingYearReport,
    TargetsReport,
    UnratedListReport,
)
from sochibo.rules.ratings.ratings import Ballot, BallotKind, Level, NoLevelReason, ReviewKind
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

T = TypeVar("T")
ON: Final = date(2026, 12, 10)
LEVELS: Final = {
    "Nguyễn Văn Mẫu": Level.EXCELLENT,
    "Trần Thị Bích": Level.GOOD,
    "Lê Hoàng Đức": Level.GOOD,
    "Phạm Thị Ân": Level.COMPLETED,
    "Đỗ Minh Ước": Level.GOOD,
    "Bùi Quang Án": Level.GOOD,
}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Make once a book whose review has a proposed level for everybody subject to rating."""
    path = tmp_path_factory.mktemp("review") / "Chi bộ Thôn 4.sochibo"
    with make_cell_book(path) as book:
        period_id = book.ratings.make_period(2026)
        for line in book.ratings.lines(period_id):
            if level := LEVELS.get(line.name):
                book.ratings.change(
                    replace(
                        line.rating,
                        own_level=level,
                        proposed_level=level,
                        nominated=level is Level.EXCELLENT,
                        votes_excellent=0,
                        votes_good=5,
                        votes_completed=1,
                        votes_not_completed=0,
                    )
                )
    return path, period_id


@pytest.fixture
def book(template: tuple[Path, str], tmp_path: Path) -> Iterator[Book]:
    """Open a copy of the book."""
    path = tmp_path / template[0].name
    shutil.copy(template[0], path)
    with Book.open(path) as made:
        yield made


@pytest.fixture
def period(template: tuple[Path, str]) -> str:
    """Return the review."""
    return template[1]


def report_of(book: Book, draft: Draft, kind: type[T]) -> T:
    """Return the report of a draft; drawing it up writes nothing."""
    report = draw_up(book._database, book, draft).report  # noqa: SLF001 - what the window sees are only pages
    assert isinstance(report, kind)
    return report


def with_meeting(book: Book, period_id: str) -> None:
    """Name a recorded meeting as the one at which the members were rated."""
    meeting_id = book.meetings.record(meeting_data(on="2026-12-06", kind="review", scores={}))
    book.ratings.change_period(replace(book.ratings.period(period_id), meeting_id=meeting_id))


def test_the_list_holds_who_is_subject_to_rating_in_the_order_of_names(book: Book, period: str) -> None:
    made = report_of(book, drafts.list_draft(book, period, ON), RatingListReport)
    assert {line.name: line.proposed for line in made.lines if line.proposed} == LEVELS
    exempt = {line.name for line in book.ratings.lines(period)} - {line.name for line in made.lines}
    assert "Hoàng Văn Ấm" in exempt
    assert made.counts == book.ratings.figures(period)[FiguresGroup.MEMBERS]
    first = next(line for line in made.lines if line.name == "Nguyễn Văn Mẫu")
    assert (first.birth, first.admitted, first.post) == ("1961", "03/02/1985", "Bí thư")


def test_ballots_leave_the_named_to_a_second_one(book: Book, period: str) -> None:
    first = report_of(book, drafts.ballot_draft(book, period, ON), BallotReport)
    second = report_of(book, drafts.excellence_ballot_draft(book, period, ON), ExcellenceBallotReport)
    assert first.form is BallotForm.TWO
    assert [one.name for one in second.candidates] == ["Nguyễn Văn Mẫu"]
    assert "Nguyễn Văn Mẫu" not in {one.name for one in first.candidates}


def test_one_ballot_holds_everybody_where_nobody_is_named(book: Book) -> None:
    period_id = book.ratings.make_period(2025)
    made = report_of(book, drafts.ballot_draft(book, period_id, ON), BallotReport)
    assert made.form is BallotForm.ONE
    assert "Nguyễn Văn Mẫu" in {one.name for one in made.candidates}


def test_the_summary_counts_what_was_decided_as_soon_as_there_is_any(book: Book, period: str) -> None:
    before = report_of(book, drafts.summary_draft(book, period, ON), RatingSummaryReport)
    assert before.basis is Source.PROPOSED
    assert (before.total.excellent, before.total.good, before.total.completed) == (1, 4, 1)
    ids = {line.name: line.entry.member.id for line in book.ratings.lines(period)}
    book.ratings.decide(period, {ids["Nguyễn Văn Mẫu"]: Level.GOOD}, "12-QĐ/ĐU", date(2026, 12, 28))
    after = report_of(book, drafts.summary_draft(book, period, ON), RatingSummaryReport)
    assert after.basis is Source.DECIDED
    assert (after.total.excellent, after.total.good, after.total.unrated) == (0, 1, 5)


def test_the_parts_of_the_summary_add_up(book: Book, period: str) -> None:
    made = report_of(book, drafts.summary_draft(book, period, ON), RatingSummaryReport)
    rows = {row.group: row.counts for row in made.rows}
    added = rows[FiguresGroup.OFFICIAL] + rows[FiguresGroup.PROBATIONARY]
    assert (added.subject, added.excellent, added.good) == (
        made.total.subject, made.total.excellent, made.total.good,
    )  # fmt: skip


def test_those_without_a_level_are_listed_with_their_reasons(book: Book, period: str) -> None:
    made = report_of(book, drafts.unrated_draft(book, period, ON), UnratedListReport)
    reasons = {line.name: line.reason for line in made.not_subject}
    assert reasons["Hoàng Văn Ấm"] in {NoLevelReason.EXEMPT_AGE, NoLevelReason.EXEMPT_OTHER}
    assert reasons["Đặng Văn Tuấn"] is NoLevelReason.SUSPENDED
    assert not {line.name for line in made.pending} & LEVELS.keys()


def test_the_yearly_report_compares_with_the_year_before_and_the_targets(book: Book, period: str) -> None:
    book.targets.add_defaults(2026)
    alone = report_of(book, drafts.report_draft(book, period, ON, "Đề nghị khen thưởng."), RatingYearReport)
    assert alone.last_year is None
    assert alone.targets
    assert alone.remarks == "Đề nghị khen thưởng."
    before = book.ratings.make_period(2025)
    line = next(one for one in book.ratings.lines(before) if one.name == "Trần Thị Bích")
    book.ratings.change(replace(line.rating, proposed_level=Level.GOOD))
    made = report_of(book, drafts.report_draft(book, period, ON), RatingYearReport)
    assert made.last_year is not None
    assert made.last_year.good == 1
    assert made.roll == made.official + made.probationary == made.total.total


def test_minutes_need_a_meeting_and_a_count_its_ballots(book: Book, period: str) -> None:
    with pytest.raises(Refused) as refusal:
        minutes_draft(book, period, ON)
    assert [finding.code for finding in refusal.value.findings] == ["R80"]
    with_meeting(book, period)
    with pytest.raises(Refused) as refusal:
        count_draft(book, period, ON)
    assert [finding.code for finding in refusal.value.findings] == ["R81"]


def test_minutes_tell_who_came_and_what_was_proposed(book: Book, period: str) -> None:
    with_meeting(book, period)
    made = report_of(book, minutes_draft(book, period, ON), RatingMinutesReport)
    assert made.on == date(2026, 12, 6)
    assert made.present + len(made.absent) == made.summoned
    assert made.chair == "Nguyễn Văn Mẫu"
    assert made.counts.rated == len(LEVELS)
    assert made.grounds[0] == "Quy định số 366-QĐ/TW, ngày 30/8/2025"


def test_the_count_stands_over_the_valid_papers_of_its_ballot(book: Book, period: str) -> None:
    with_meeting(book, period)
    counted = Ballot(
        id="",
        period_id=period,
        kind=BallotKind.LEVELS,
        present=7,
        issued=7,
        collected=7,
        valid=6,
        invalid=1,
        tellers="Phạm Thị Ân; Lê Hoàng Đức",
    )
    book.ratings.set_ballot(counted)
    made = report_of(book, count_draft(book, period, ON), RatingCountReport)
    assert made.tellers == ("Phạm Thị Ân", "Lê Hoàng Đức")
    assert made.voters == 7
    assert [(one.kind, one.valid) for one in made.ballots] == [(BallotKind.LEVELS, 6)]
    assert {line.base for line in made.lines} == {6}
    assert {line.tally.good for line in made.lines} == {5}


MAKERS: Final[tuple[Callable[..., Any], ...]] = (
    drafts.ballot_draft, drafts.excellence_ballot_draft, drafts.opinions_draft, drafts.list_draft,
    drafts.summary_draft, drafts.unrated_draft, drafts.report_draft,
)  # fmt: skip


def test_every_paper_can_be_previewed(book: Book, period: str) -> None:
    for make in MAKERS:
        assert book.reports.preview(make(book, period, ON)).startswith(b"%PDF"), make.__name__


def test_opinions_stand_side_by_side(book: Book, period: str) -> None:
    made = report_of(book, drafts.opinions_draft(book, period, ON), OpinionsReport)
    assert {line.name: (line.own_level, line.cell_level) for line in made.lines} == {
        name: (level, level) for name, level in LEVELS.items()
    }


def test_a_list_is_issued_and_replaced_with_numbers_of_its_own(book: Book, period: str) -> None:
    act = drafts.ISSUE_ACTS[ReportKind.RATING_LIST]
    for revision in (1, 2):
        issued = book.reports.issue_draft(act, drafts.list_draft(book, period, ON), period="2026")
        document = book.reports.get(issued)
        assert (document.number, document.revision) == (f"{revision:02d}-DS/CB", revision)


def test_targets_are_reported_for_their_year(book: Book) -> None:
    book.targets.add_defaults(2026)
    made = report_of(book, drafts.targets_draft(book, 2026, ON), TargetsReport)
    assert {row.indicator for row in made.rows} == {
        line.target.indicator for line in book.targets.lines(2026, ON)
    }


def test_the_papers_of_a_quarter_are_about_its_leaders(book: Book) -> None:
    """KL 198-KL/TW, 8/10/2025: quarters are about leaders; F9, F10 and F14 name the quarter."""
    quarter = book.ratings.make_period(2026, kind=ReviewKind.QUARTER, quarter=3)
    on = date(2026, 10, 2)
    line = next(one for one in book.ratings.lines(quarter) if one.name == "Nguyễn Văn Mẫu")
    book.ratings.change(replace(line.rating, proposed_level=Level.GOOD))
    listed = report_of(book, drafts.list_draft(book, quarter, on), RatingListReport)
    assert (listed.period, {one.name for one in listed.lines}) == (
        "2026-Q3",
        {"Nguyễn Văn Mẫu", "Trần Thị Bích"},
    )
    summary = report_of(book, drafts.summary_draft(book, quarter, on), RatingSummaryReport)
    assert (summary.period, summary.total.good) == ("2026-Q3", 1)
    unrated = report_of(book, drafts.unrated_draft(book, quarter, on), UnratedListReport)
    assert {one.name for one in (*unrated.pending, *unrated.not_subject)} <= {"Trần Thị Bích"}
    for make in (drafts.list_draft, drafts.summary_draft, drafts.unrated_draft):
        assert book.reports.preview(make(book, quarter, on)).startswith(b"%PDF")
