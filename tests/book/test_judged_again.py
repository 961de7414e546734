"""Files judged again once somebody was enrolled, and people who stand in two cells."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import rating_papers
from books import make_cell_book, make_committee_book
from recordings import CELL_PASSPHRASE, COMMITTEE_PASSPHRASE, ENROLLED, VIETNAM, noon, quick_keys

from sochibo.book.papers.issuing import Draft
from sochibo.messages import Messages
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sochibo.book.book import Book

RECEIVED = datetime(2026, 12, 1, 9, 0, tzinfo=VIETNAM)


@pytest.fixture(autouse=True)
def _quick_keys() -> Iterator[None]:
    with quick_keys():
        yield


def ratings_of_2026() -> Draft:
    """Return a list of ratings over the same people, whichever cell sends it."""
    report = rating_papers.rating_list()
    day = RECEIVED.date()
    return Draft(
        kind=ReportKind.RATING_LIST, period="2026", issued_on=day, rules=(),
        write=lambda heading: replace(report, heading=heading, period="2026"),
    )  # fmt: skip


def codes(book: Book) -> list[str]:
    return [one.verdict.code for one in book.inbox.submissions()]


def test_files_in_doubt_are_judged_again_once_their_cell_is_enrolled(
    cell: Book, stick: Path, tmp_path: Path
) -> None:
    with make_committee_book(tmp_path / "new.sochibo") as young:
        young.inbox.receive([stick], RECEIVED)
        assert codes(young) == ["V17", "V17"]
        assert young.inbox.judge_again(RECEIVED) == ()
        young.authority.make(COMMITTEE_PASSPHRASE, ENROLLED)
        request = cell.reports.key_request(CELL_PASSPHRASE)
        young.authority.enrol(request, COMMITTEE_PASSPHRASE, ENROLLED, since=ENROLLED.date())
        later = RECEIVED + timedelta(days=3)
        changed = young.inbox.judge_again(later)
        # Its seal is that of the other authority, whom this committee does not trust.
        assert {one.verdict.code for one in changed} == {"V05"}
        assert {one.received_at for one in young.inbox.submissions()} == {RECEIVED}
        assert not any(one.counts for one in young.inbox.submissions())


def test_what_the_clerk_decided_is_not_judged_again(committee: Book, stick: Path) -> None:
    one, *_ = committee.inbox.receive([stick], RECEIVED)
    committee.decisions.set_aside([one.id], RECEIVED)
    saved = committee.saved_at
    assert committee.inbox.judge_again(RECEIVED) == ()
    assert committee.saved_at == saved


def test_a_person_on_the_lists_of_two_cells_is_told(committee: Book, cell: Book, tmp_path: Path) -> None:
    stick = tmp_path / "lists"
    stick.mkdir()
    with make_cell_book(tmp_path / "twin.sochibo", anew=True) as twin:
        twin.change_organisation(replace(twin.organisation(), name="Chi bộ Thôn 5"))
        twin.reports.make_key("Nguyễn Văn Mẫu", CELL_PASSPHRASE, ENROLLED)
        request = twin.reports.key_request(CELL_PASSPHRASE)
        chain = committee.authority.enrol(request, COMMITTEE_PASSPHRASE, ENROLLED, since=ENROLLED.date())
        twin.reports.accept_certificate(chain, CELL_PASSPHRASE)
        for book in (cell, twin):
            paper = book.reports.issue_draft("Issued the list", ratings_of_2026())
            book.reports.seal(paper, book.reports.open_key(CELL_PASSPHRASE), noon(RECEIVED.date()))
            book.reports.send(paper, stick)
    first, second = committee.inbox.receive([stick], RECEIVED)
    assert (first.verdict.code, second.verdict.code) == ("V00", "V26")
    assert first.unit in second.verdict.sentence(Messages("vi"))
    assert second.counts
    assert committee.inbox.checks(second.id)[-1].verdict == second.verdict
