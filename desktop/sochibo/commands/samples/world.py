"""A sample world for the window: a cell in the middle of its month, its neighbours, their committee."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sochibo.commands.samples import books, rating_story, review
from sochibo.commands.samples.circle import Party, at, seal_and_send
from sochibo.commands.samples.meetings import MONTHS
from sochibo.commands.samples.meetings import months as sample_months
from sochibo.commands.samples.roster import write_roster
from sochibo.commands.samples.year import fill_registers, issue_papers, plan_year, record_month
from sochibo.rules.dates import Month
from sochibo.rules.reports import ReportKind
from sochibo.rules.units.exchange_papers import Remark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sochibo.book.book import Book

__all__ = ["DemoBooks", "make_demo_books"]

_MONTHS_SENT: Final = 4
_SILENT: Final = ("Chi bộ Thôn 6", "Chi bộ Thôn 7")


@dataclass(frozen=True, slots=True)
class DemoBooks:
    """Where the sample books lie; the newest month of the cell is recorded, closed and not yet reported."""

    cell: Path
    neighbours: tuple[Path, ...]
    committee: Path
    roster: Path
    stick: Path
    months: tuple[Month, ...]


def make_demo_books(folder: Path, *, months: int = MONTHS) -> DemoBooks:
    """Make a whole sample world: a cell, two neighbours, and their committee which knows all three.

    The cell has sent the months before the last one, which waits for the secretary, and was answered; one
    neighbour has sent one, the other none. Where a review lies in the months, the first two sent its levels.
    """
    recorded = sample_months(months)
    made = DemoBooks(
        cell=folder / "Chi bộ Thôn 4.sochibo",
        neighbours=tuple(folder / f"{name}.sochibo" for name in books.NEIGHBOURS),
        committee=folder / "Đảng ủy xã Đông Hòa.sochibo",
        roster=folder / "Danh sách đảng viên Thôn 4.xlsx",
        stick=folder / "stick",
        months=recorded,
    )
    made.stick.mkdir(parents=True, exist_ok=True)
    write_roster(made.roster)
    sent = recorded[-1 - _MONTHS_SENT : -1]
    with books.make_committee(made.committee) as committee:
        with books.make_cell(made.cell, made.roster) as cell:
            proposed = _record(cell, recorded)
            books.enrol(cell, committee, since=sent[0].first())
            party = Party(cell, cell.reports.open_key(books.CELL_PASSPHRASE))
            for paper in cell.reports.documents(ReportKind.MINUTES)[:0:-1]:
                cell.reports.seal(paper.id, party.key, books.NOW)
            _send_levels(committee, party, proposed, made.stick, sent[0].first())
            for month in sent:
                arrived = books.send_summary(cell, month, made.stick, party.key)
                committee.inbox.receive([arrived], books.sent_at(month) + timedelta(hours=5))
            _answer(committee, cell, made.stick)
        first, second = made.neighbours
        with books.make_neighbour(first, recorded[-2:]) as neighbour:
            books.enrol(neighbour, committee, since=sent[-1].first())
            party = Party(neighbour, neighbour.reports.open_key(books.CELL_PASSPHRASE))
            if proposed:
                papers = rating_story.rate_small_cell(neighbour)
                _send_levels(committee, party, papers, made.stick, sent[-1].first())
                rating_story.lower_one(committee)
            arrived = books.send_summary(neighbour, sent[-1], made.stick, party.key)
            committee.inbox.receive([arrived], books.sent_at(sent[-1]) + timedelta(days=2))
        with books.make_neighbour(second, recorded[-2:]) as neighbour:
            books.enrol(neighbour, committee, since=sent[-1].first())
    return made


def _record(cell: Book, recorded: Iterable[Month]) -> tuple[str, ...]:
    """Record the cell's months, with its review if it lies in them; returns the papers with its levels."""
    fill_registers(cell)
    plan_year(cell)
    proposed: tuple[str, ...] = ()
    for month in recorded:
        issue_papers(cell, record_month(cell, month))
        if month == review.MONTH:
            period_id = review.hold_review(cell)
            issued = review.issue_papers(cell, period_id)
            proposed = tuple(issued[kind] for kind in rating_story.KINDS)
            review.decide(cell, period_id)
    return proposed


def _send_levels(committee: Book, party: Party, papers: Iterable[str], stick: Path, on: date) -> None:
    """Let the committee receive what a cell proposes, on the day from which its key counts."""
    arrived = [seal_and_send(party, one, stick, on) for one in papers]
    committee.inbox.receive(arrived, at(on))


def _answer(committee: Book, cell: Book, stick: Path) -> None:
    """Let the committee return the newest paper and confirm the others, and the cell take the slips in.

    Two cells that send nothing were merged in July, so that the tree of units has something to tell.
    """
    merged, stays = (committee.units.found(name, date(2025, 6, 1)) for name in _SILENT)
    committee.units.merge([merged], date(2026, 7, 1), into=stays, decision="21-QĐ/ĐU")
    newest, *_others = committee.inbox.submissions()
    told = Remark(
        "meetings.0.attendance", "Đảng viên dự sinh hoạt", "Đề nghị ghi rõ lý do vắng của từng đồng chí."
    )
    committee.decisions.send_back([newest.id], [told], books.NOW)
    key = committee.reports.open_key(books.COMMITTEE_PASSPHRASE)
    ids = committee.decisions.issue_slips(books.NOW.date())
    slips = committee.decisions.seal_and_send(ids, key, stick, books.NOW)
    cell.trust.take(committee.authority.trust_file(), "trust.json", books.NOW, compared=True)
    for slip in slips:
        cell.answers.take(slip.read_bytes(), slip.name, books.NOW)
