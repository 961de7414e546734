"""A December from end to end: a cell of thirty, reviewed, voted on, closed, decided, written out."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import TYPE_CHECKING

import pytest
from books import CELL
from ratings import drawn, sentences

from sochibo.book.book import Book
from sochibo.faults import Severity
from sochibo.rules.dates import PartialDate
from sochibo.rules.members.commendations import HintKind
from sochibo.rules.members.members import EventKind, Member, MemberEvent
from sochibo.rules.ratings.rating_figures import FiguresGroup, RatingFigures, Source
from sochibo.rules.ratings.ratings import Ballot, BallotKind, Level, NoLevelReason, ReviewForm, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GIVEN = ("An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Khánh", "Lan", "Minh", "Nga")
EXCELLENT, COMPLETED = 5, 2


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with Book.create(tmp_path / "cell.sochibo", CELL) as made:
        for number in range(30):
            name = f"{('Cao', 'Đinh', 'Lương')[number % 3]} Văn {GIVEN[number // 3]}"
            told = [(EventKind.ADMISSION, "2010-05-19"), (EventKind.RECOGNITION, "2011-05-19")]
            if number == 7:
                told = [(EventKind.ADMISSION, "2026-08-19")]
            if number in {11, 12}:
                told.append((EventKind.EXEMPTION, "2024-01-05"))
            made.members.add(
                Member(id="", name=name, office="Bí thư" if number == 0 else ""),
                [MemberEvent(id="", member_id="", kind=kind, on=PartialDate(day)) for kind, day in told],
            )
        yield made


def enter_everybody(book: Book, period: str) -> None:
    """Enter self reviews, opinions, points and votes: one is ill, five nominated, two have late tasks."""
    for ballot in (
        Ballot(
            id="", period_id=period, kind=BallotKind.LEVELS,
            summoned=27, present=26, issued=26, collected=26, valid=25, invalid=1,
        ),
        Ballot(id="", period_id=period, kind=BallotKind.EXCELLENT, present=26, collected=26, valid=26),
    ):  # fmt: skip
        book.ratings.set_ballot(ballot)
    rated = [line for line in book.ratings.lines(period) if line.rating.subject is Subject.RATED]
    for place, line in enumerate(rated):
        if place == len(rated) - 1:
            ill = dataclasses.replace(line.rating, subject_reason=NoLevelReason.LONG_ILLNESS)
            book.ratings.set_subject(period, line.rating.member_id, ill)
            continue
        nominated = place < EXCELLENT
        late = place >= len(rated) - 1 - COMPLETED
        level = Level.EXCELLENT if nominated else Level.COMPLETED if late else Level.GOOD
        book.ratings.change(
            dataclasses.replace(
                line.rating,
                form=ReviewForm.OUTSIDE, reviewed_on=date(2026, 12, 3), own_level=level,
                common_tenths=290, task_tenths=640 if nominated else 560, nominated=nominated, all_done=True,
                above_percent=40 if nominated else 10, late_percent=15 if late else 0, remedied_percent=100,
                votes_good=25 - COMPLETED, votes_completed=COMPLETED, vote_base=25,
                excellent_for=24 if nominated else None, excellent_against=2 if nominated else None,
                proposed_level=level,
            )
        )  # fmt: skip


def test_december(book: Book, tmp_path: Path) -> None:
    period = book.ratings.make_period(2026, closing_on=date(2026, 12, 15))
    enter_everybody(book, period)
    own = book.ratings.organisation(period)
    book.ratings.change_organisation(
        dataclasses.replace(
            own, common_tenths=290, task_tenths=640, all_done=True, proposed_level=Level.EXCELLENT
        )
    )
    lines = book.ratings.lines(period)
    assert all(
        line.rating.proposed_level is line.proposal.level for line in lines if line.rating.proposed_level
    )
    assert (
        sentences(finding for finding in book.ratings.check(period) if finding.severity is Severity.RED) == []
    )
    (cap,) = book.ratings.caps(period)
    assert (cap.excellent, cap.good, cap.cap, cap.over) == (5, 19, 4, 1)
    book.ratings.close(period)
    assert [line.reason for line in book.ratings.unrated(period)].count(NoLevelReason.LONG_ILLNESS) == 1
    assert len(book.ratings.unrated(period)) == 4
    # The committee keeps the cap: the fifth becomes HTT, what the cell proposed stays.
    levels = {
        line.rating.member_id: line.rating.proposed_level for line in lines if line.rating.proposed_level
    }
    fifth = [key for key, level in levels.items() if level is Level.EXCELLENT][-1]
    book.ratings.decide(period, levels | {fifth: Level.GOOD}, "31-QĐ/ĐU", date(2027, 1, 8))
    proposed, decided = (book.ratings.figures(period, source)[FiguresGroup.MEMBERS] for source in Source)
    assert proposed == RatingFigures(exempt=3, unrated=1, excellent=5, good=19, completed=2)
    assert decided == RatingFigures(exempt=3, unrated=1, excellent=4, good=20, completed=2)
    assert (decided.total, decided.rated) == (30, 26)
    assert drawn(decided.good_or_better) == "92,3%"
    assert drawn(decided.excellent_of_good) == "20%"
    assert drawn(decided.excellent_of_better) == "16,7%"
    assert drawn(decided.coverage) == "96,3%"
    assert [hint.kind for hint in book.ratings.hints(2026)] == [HintKind.YEAR] * 4
    out = tmp_path / "out.json"
    book.dumps.write(out)
    with Book.load(out, tmp_path / "again.sochibo") as again:
        assert again.ratings.lines(period) == book.ratings.lines(period)
        assert again.ratings.ballots(period) == book.ratings.ballots(period)
        assert again.ratings.organisation(period) == book.ratings.organisation(period)
