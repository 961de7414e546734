"""The committee's decision in a cell's book: believed only under its seal, matched, shown, then one act."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from decisions import DECIDED, LEVELS, UNIT, WHOLE, seal_cell_decision, seal_decision
from ratings import member_id, rate
from recordings import CELL_PASSPHRASE, COMMITTEE_PASSPHRASE, ENROLLED, VIETNAM, quick_keys

from sochibo.book.changes import Changes
from sochibo.book.papers.answers import NoTrust
from sochibo.book.ratings.decided_ratings import DecisionDoubtful, NoDecision, Unmatched
from sochibo.faults import Refused
from sochibo.messages import Messages
from sochibo.rules.ratings.rating_decisions import DecidedCell, DecidedMember
from sochibo.rules.ratings.ratings import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sochibo.book.book import Book

CAME = datetime(2026, 12, 30, 9, 0, tzinfo=VIETNAM)


@pytest.fixture(autouse=True)
def _quick_keys() -> Iterator[None]:
    with quick_keys():
        yield


@pytest.fixture
def decide(committee: Book) -> Callable[..., bytes]:
    committee.reports.make_key("Đào Thị Mơ", COMMITTEE_PASSPHRASE, ENROLLED)
    key = committee.reports.open_key(COMMITTEE_PASSPHRASE)
    return lambda *members, period="2026": seal_decision(committee, key, members or WHOLE, period)


@pytest.fixture
def review(cell: Book, committee: Book, decide: Callable[..., bytes]) -> str:
    # The trust file names the committee's key once it is made.
    assert callable(decide)
    cell.trust.take(committee.authority.trust_file(), "trust.json", ENROLLED, compared=True)
    period = cell.ratings.make_period(2026)
    for name in LEVELS:
        rate(cell, period, name, proposed_level=Level.GOOD)
    return period


def test_what_it_would_change_is_shown_before_anything_is_written(
    cell: Book, review: str, decide: Callable[..., bytes]
) -> None:
    saved = cell.saved_at
    reading = cell.decided_ratings.read(decide(), "QĐ.pdf", CAME)
    assert cell.saved_at == saved
    assert (reading.period_id, reading.sender) == (review, "Đảng ủy xã Đông Hòa")
    assert {one.name: one.level for one in reading.matched} == {n: level for n, (_, level) in LEVELS.items()}
    assert (reading.changes, reading.corrects, reading.unmatched, reading.silent) == (6, False, (), ())


def test_it_is_taken_as_one_act_and_a_second_time_changes_nothing(
    cell: Book, review: str, decide: Callable[..., bytes]
) -> None:
    content = decide()
    reading = cell.decided_ratings.read(content, "QĐ.pdf", CAME)
    assert cell.decided_ratings.take(reading, CAME) == Changes.RATINGS
    line = cell.ratings.line(review, member_id(cell, "Trần Thị Bích"))
    assert (line.rating.proposed_level, line.rating.decided_level) == (Level.GOOD, Level.EXCELLENT)
    assert (line.rating.decision, line.rating.decided_on) == (reading.number, DECIDED)
    again = cell.decided_ratings.read(content, "QĐ.pdf", CAME)
    assert again.changes == 0
    assert cell.decided_ratings.take(again, CAME) == Changes.NONE
    cell.history.undo()
    assert all(each.rating.decided_level is None for each in cell.ratings.lines(review))
    assert cell.decided_ratings.take(cell.decided_ratings.read(content, "QĐ.pdf", CAME), CAME)


def test_who_cannot_be_told_for_certain_is_listed_and_left_alone(
    cell: Book, review: str, decide: Callable[..., bytes]
) -> None:
    content = decide(
        DecidedMember("Phạm Thị An", "1955", UNIT, Level.GOOD),
        DecidedMember("Trần Thị Bích", "1971", UNIT, Level.GOOD),
        DecidedMember("Lê Hoàng Đức", "", UNIT, Level.GOOD),
        DecidedMember("Đỗ Minh Ước", "1999", UNIT, Level.GOOD),
        DecidedMember("Đỗ Minh Ước", "1999", UNIT, Level.COMPLETED),
        DecidedMember("Hoàng Văn Ấm", "1940", UNIT, Level.GOOD),
        DecidedMember("Bùi Quang Án", "1990", "Chi bộ Thôn 5", Level.GOOD),
        DecidedMember("Lý Văn Khoa", "1990", "Chi bộ Thôn 5", Level.GOOD),
        DecidedMember("NGUYỄN VĂN  MẪU", "1961", UNIT, Level.GOOD),
    )
    reading = cell.decided_ratings.read(content, "QĐ.pdf", CAME)
    assert [one.name for one in reading.matched] == ["Nguyễn Văn Mẫu"]
    assert [one.why for one in reading.unmatched] == [
        Unmatched.UNKNOWN,
        Unmatched.UNKNOWN,
        Unmatched.UNKNOWN,
        Unmatched.AMBIGUOUS,
        Unmatched.AMBIGUOUS,
        Unmatched.NOT_RATED,
        Unmatched.ELSEWHERE,
    ]
    assert len(reading.silent) == 5
    cell.decided_ratings.take(reading, CAME)
    decided = [line.name for line in cell.ratings.lines(review) if line.rating.decided_level]
    assert decided == ["Nguyễn Văn Mẫu"]


def test_a_level_decided_before_changes_only_with_a_reason(
    cell: Book, review: str, decide: Callable[..., bytes]
) -> None:
    bich = member_id(cell, "Trần Thị Bích")
    cell.ratings.decide(review, {bich: Level.GOOD}, "10-QĐ/ĐU", date(2026, 12, 20))
    reading = cell.decided_ratings.read(decide(), "QĐ.pdf", CAME)
    assert reading.corrects
    with pytest.raises(Refused):
        cell.decided_ratings.take(reading, CAME)
    assert cell.ratings.line(review, bich).rating.decided_level is Level.GOOD
    cell.decided_ratings.take(reading, CAME, reason="thay quyết định trước")
    line = cell.ratings.line(review, bich)
    assert line.rating.decided_level is Level.EXCELLENT
    assert [one.reason for one in cell.ratings.revisions(line.rating.id)] == ["thay quyết định trước"]


def test_only_the_committee_above_decides(cell: Book, review: str, decide: Callable[..., bytes]) -> None:
    content = decide()
    key = cell.reports.open_key(CELL_PASSPHRASE)
    forged = seal_decision(cell, key)
    with pytest.raises(NoDecision) as ours:
        cell.decided_ratings.read(forged, "QĐ.pdf", CAME)
    assert UNIT in ours.value.say(Messages("vi"))
    with pytest.raises(DecisionDoubtful):
        cell.decided_ratings.read(content.replace(b"/Type", b"/Tyqe", 1), "QĐ.pdf", CAME)
    assert all(line.rating.decided_level is None for line in cell.ratings.lines(review))


def test_a_book_that_trusts_nobody_or_has_no_review_takes_nothing(
    cell: Book, committee: Book, decide: Callable[..., bytes]
) -> None:
    content = decide()
    with pytest.raises(NoTrust):
        cell.decided_ratings.read(content, "QĐ.pdf", CAME)
    cell.trust.take(committee.authority.trust_file(), "trust.json", ENROLLED, compared=True)
    with pytest.raises(Refused) as refused:
        cell.decided_ratings.read(content, "QĐ.pdf", CAME)
    assert [finding.code for finding in refused.value.findings] == ["X26"]
    cell.ratings.make_period(2026)
    others = decide(DecidedMember("Lý Văn Khoa", "1990", "Chi bộ Thôn 5", Level.GOOD))
    with pytest.raises(Refused) as refused:
        cell.decided_ratings.read(others, "QĐ.pdf", CAME)
    assert [finding.code for finding in refused.value.findings] == ["X25"]


def test_a_decision_on_cells_rates_the_cell_itself(
    cell: Book, committee: Book, review: str, decide: Callable[..., bytes]
) -> None:
    decide()
    key = committee.reports.open_key(COMMITTEE_PASSPHRASE)
    content = seal_cell_decision(committee, key, DecidedCell(UNIT, Level.EXCELLENT, exemplary=True))
    reading = cell.decided_ratings.read(content, "QĐ.pdf", CAME)
    assert (reading.changes, reading.corrects, reading.matched) == (1, False, ())
    assert cell.decided_ratings.take(reading, CAME) == Changes.RATINGS
    own = cell.ratings.organisation(review)
    assert (own.decided_level, own.exemplary, own.decision) == (Level.EXCELLENT, True, reading.number)
    again = cell.decided_ratings.read(content, "QĐ.pdf", CAME)
    assert cell.decided_ratings.take(again, CAME) == Changes.NONE
    later = seal_cell_decision(committee, key, DecidedCell(UNIT, Level.GOOD))
    changed = cell.decided_ratings.read(later, "QĐ.pdf", CAME)
    assert changed.corrects
    with pytest.raises(Refused):
        cell.decided_ratings.take(changed, CAME)
    cell.decided_ratings.take(changed, CAME, reason="thay quyết định trước")
    assert cell.ratings.organisation(review).decided_level is Level.GOOD
    elsewhere = seal_cell_decision(committee, key, DecidedCell("Chi bộ Thôn 9", Level.GOOD))
    with pytest.raises(Refused) as refused:
        cell.decided_ratings.read(elsewhere, "QĐ.pdf", CAME)
    assert refused.value.findings[0].code == "X25"
