"""A book scores its meetings: framework by dates, points taken over, settled, decided above, the year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from books import make_cell_book
from recordings import full_scores, meeting_data

from sochibo.faults import Refused
from sochibo.rules.meetings.meetings import MeetingKind, MeetingState
from sochibo.rules.scoring.scoring import Rating
from sochibo.rules.scoring.settlements import Settlement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sochibo.book.book import Book

DAY = date(2026, 11, 5)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with make_cell_book(tmp_path / "b.sochibo") as made:
        yield made


def record(book: Book, **changes: object) -> str:
    return book.meetings.record(meeting_data(**changes))


def codes(book: Book, meeting_id: str) -> list[str]:
    return [finding.code for finding in book.meetings.findings(meeting_id)]


def test_a_cell_chooses_its_framework_from_a_day_on(book: Book) -> None:
    before, after = record(book, on="2026-10-05", scores={}), record(book, scores={})
    book.scoring.choose("AN-PHU-2025", DAY)
    assert [known.framework.id for known in map(book.meetings.file, (before, after)) if known.framework] == [
        "HD42-2025", "AN-PHU-2025",
    ]  # fmt: skip
    book.history.undo()
    framework = book.meetings.file(after).framework
    assert framework is not None
    assert framework.id == "HD42-2025"
    with pytest.raises(Refused, match="R00") as caught:
        book.scoring.choose("NOBODY", DAY)
    assert caught.value.findings[0].code == "M65"


def test_points_by_another_framework_are_taken_back_with_the_choice(book: Book) -> None:
    meeting_id = record(book)
    book.scoring.choose("HD42-2025", DAY)
    assert len(book.meetings.file(meeting_id).scores) == len(full_scores())
    book.scoring.choose("AN-PHU-2025", DAY)
    assert book.meetings.file(meeting_id).scores == {}
    book.history.undo()
    assert len(book.meetings.file(meeting_id).scores) == len(full_scores())


def test_a_framework_whose_validity_ended_is_told(book: Book) -> None:
    book.scoring.choose("HD12-2018", date(2025, 1, 1))
    meeting_id = record(book, scores={"4": 1})
    assert "M33" in codes(book, meeting_id)
    in_force = [choice.valid for choice in book.scoring.choices(DAY)]
    assert in_force == sorted(in_force, reverse=True)
    assert not in_force[-1]


def test_the_proposals_are_taken_over_and_what_the_record_does_not_tell_is_left(book: Book) -> None:
    meeting_id = record(book, scores={}, absent=[])
    book.scoring.accept(meeting_id)
    scores = book.meetings.file(meeting_id).scores
    assert {code for code in full_scores() if code not in scores} == {"3.2", "6"}
    assert (scores["1"].tenths, scores["1"].proposed_tenths) == (50, 50)
    assert (scores["4.2"].tenths, scores["4.2"].proposed_tenths) == (250, None)


def test_points_lost_by_a_figure_have_it_as_their_reason_until_the_figure_changes(book: Book) -> None:
    book.scoring.choose("AN-PHU-2025", DAY)
    absent: list[dict[str, Any]] = [{"name": "Lê Hoàng Đức", "reason": "work"}]
    meeting_id = record(book, scores={}, absent=absent, also_present=[])
    book.scoring.accept(meeting_id)
    score = book.meetings.file(meeting_id).scores["2.1"]
    assert score.tenths < 40
    assert score.reason.endswith("%")
    member = next(key for key in book.meetings.file(meeting_id).marks)
    book.meetings.mark(meeting_id, member, None)
    assert "M67" in codes(book, meeting_id)
    book.scoring.accept(meeting_id)
    score = book.meetings.file(meeting_id).scores["2.1"]
    assert (score.tenths, score.reason) == (40, "")
    assert "M67" not in codes(book, meeting_id)


def test_other_points_than_proposed_want_a_reason(book: Book) -> None:
    meeting_id = record(book, absent=[], scores=full_scores() | {"2": 5})
    book.scoring.give(meeting_id, "1", 40)
    assert "M37" in codes(book, meeting_id)
    book.scoring.give(meeting_id, "1", 40, "bắt đầu muộn 5 phút")
    assert not {"M37", "M60"} & set(codes(book, meeting_id))
    meeting = book.meetings.file(meeting_id).meeting
    book.scoring.give(meeting_id, "1", 50)
    book.scoring.choose("AN-PHU-2025", DAY)
    book.meetings.change(replace(meeting, end="20:50"))
    book.scoring.give(meeting_id, "1", 50)
    assert "M60" in codes(book, meeting_id)


def test_a_level_that_the_table_lacks_is_told(book: Book) -> None:
    book.scoring.choose("AN-PHU-2025", DAY)
    meeting_id = record(book, scores={"2.1": {"points": 2.5, "reason": "theo ý kiến chi bộ"}, "1": 0})
    found = codes(book, meeting_id)
    assert "M61" in found
    assert "M36" in found


def test_the_cell_settles_its_rating_with_a_reason_and_a_vote(book: Book) -> None:
    meeting_id = record(book)
    vote = book.meetings.file(meeting_id).votes[0]
    book.scoring.settle(meeting_id, rating=Rating.FAIR, vote_id=vote.id)
    assert "M62" in codes(book, meeting_id)
    book.scoring.settle(meeting_id, rating=Rating.FAIR, reason="còn vắng không lý do", vote_id=vote.id)
    report = book.scoring.report(meeting_id)
    assert report is not None
    assert report.vote is not None
    assert (report.rating, report.points_rating, report.rating_reason) == (
        Rating.FAIR, Rating.GOOD, "còn vắng không lý do",
    )  # fmt: skip
    assert (report.vote.question, report.vote.passed) == (vote.question, True)
    assert "M63" not in codes(book, meeting_id)
    book.meetings.set_votes(meeting_id, [replace(vote, in_favour=1, against=2)])
    assert "M63" in codes(book, meeting_id)
    book.meetings.set_votes(meeting_id, [])
    assert book.scoring.settlement(meeting_id).vote_id is None


def test_the_upper_committee_decides_after_closing_and_its_part_stays_apart(book: Book) -> None:
    meeting_id = record(book, close=True)
    decided = Settlement(
        upper_tenths=880, upper_rating=Rating.FAIR, upper_decided_by="Đảng ủy xã", upper_decided_on=DAY
    )
    book.scoring.decide(meeting_id, decided)
    report = book.scoring.report(meeting_id)
    assert report is not None
    assert report.upper is not None
    assert (report.tenths, report.rating, report.upper.tenths, report.upper.rating) == (
        985, Rating.GOOD, 880, Rating.FAIR,
    )  # fmt: skip
    assert book.meetings.file(meeting_id).meeting.state is MeetingState.CLOSED
    with pytest.raises(Refused):
        book.scoring.settle(meeting_id, rating=Rating.POOR)
    with pytest.raises(Refused):
        book.scoring.decide(meeting_id, replace(decided, upper_tenths=1001))
    book.history.undo()
    report = book.scoring.report(meeting_id)
    assert report is not None
    assert report.upper is None


def test_a_meeting_that_is_not_scored_says_why(book: Book) -> None:
    meeting_id = record(book, scores={})
    assert "M31" in codes(book, meeting_id)
    meeting = book.meetings.file(meeting_id).meeting
    book.meetings.change(replace(meeting, not_scored_reason="Đảng ủy cho phép lùi"))
    assert "M31" not in codes(book, meeting_id)
    assert book.scoring.report(meeting_id) is None


def test_conditions_without_points_have_neither_score_nor_rating_in_figures(book: Book) -> None:
    meeting_id = record(book, on="2025-03-05", absent=[], also_present=[], scores={})
    book.scoring.accept(meeting_id)
    for code in ("2.2", "5"):
        book.scoring.give(meeting_id, code, 10)
    report = book.scoring.report(meeting_id)
    assert report is not None
    assert (report.measure, report.total, report.rating, report.document[:5]) == (
        "conditions", 15, None, "HD 12",
    )  # fmt: skip
    figures = book.meetings.figures(meeting_id)
    assert (figures.score_tenths, figures.rating, figures.framework) == (None, None, "HD12-2018")


def test_excuses_of_the_year_and_the_meeting_of_the_committee_are_read_from_the_book(book: Book) -> None:
    absent: list[dict[str, Any]] = [{"name": "Lê Hoàng Đức", "reason": "work"}]
    for month in (8, 9, 10):
        record(book, on=f"2026-{month:02d}-05", absent=absent)
    record(book, kind="cell_committee", on="2026-11-03", scores={}, votes=[], absent=[])
    meeting_id = record(book, absent=absent, scores={})
    around = book.meetings.file(meeting_id).surroundings
    assert list(around.excused_before.values()) == [3]
    assert around.committee_met_on == date(2026, 11, 3)
    assert book.scoring.suggestions(meeting_id)["3.2"].unknown
    january = record(book, on="2027-01-05", absent=absent, scores={})
    around = book.meetings.file(january).surroundings
    assert (dict(around.excused_before), around.committee_met_on) == ({}, None)


def test_a_year_counts_the_rating_of_the_upper_committee_before_the_cells_own(book: Book) -> None:
    meetings = [record(book, on=f"2026-{month:02d}-05", absent=[], close=True) for month in range(4, 11)]
    found = book.scoring.year(2026, until=10)
    assert found is not None
    assert (found.rating, dict(found.counts)) == (Rating.GOOD, {Rating.GOOD: 7})
    book.scoring.decide(meetings[0], Settlement(upper_rating=Rating.POOR))
    found = book.scoring.year(2026, until=10)
    assert found is not None
    assert (found.rating, found.counts[Rating.POOR]) == (None, 1)
    assert book.scoring.year(2015) is None
    empty = book.scoring.year(2027)
    assert empty is not None
    assert (empty.rating, dict(empty.counts)) == (None, {})


def test_meetings_of_the_committee_are_not_scored(book: Book) -> None:
    meeting_id = book.meetings.prepare(MeetingKind.CELL_COMMITTEE, DAY)
    assert book.scoring.suggestions(meeting_id) == {}
    with pytest.raises(Refused):
        book.scoring.give(meeting_id, "1", 10)
