"""The demo's ratings of a year: three cells propose, their committee decides, each cell takes that in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from sochibo.commands.samples import review
from sochibo.commands.samples.circle import at, seal_and_send
from sochibo.commands.spoken import table
from sochibo.messages import N_
from sochibo.rules.periods import parse_period
from sochibo.rules.ratings.ratings import LEVEL_SIGNS, LEVELS, Level
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.book.book import Book
    from sochibo.book.ratings.unit_ratings import MemberLine
    from sochibo.commands.samples.circle import Party
    from sochibo.commands.samples.telling import Teller

__all__ = [
    "KINDS", "YEAR", "decide", "issue_papers", "lower_one", "rate_small_cell", "send", "take_in",
    "tell_units",
]  # fmt: skip

YEAR: Final = parse_period(f"{review.YEAR:04d}")
KINDS: Final = (ReportKind.RATING_LIST, ReportKind.RATING_SUMMARY, ReportKind.RATING_REPORT)
"""What a cell sends of its ratings: the list with names, the summary, the yearly report."""

_MET_ON: Final = date(2026, 1, 7)
_GROUNDS: Final = (
    "Quy định số 366-QĐ/TW, ngày 30/8/2025 của Bộ Chính trị\n"
    "biên bản hội nghị Đảng ủy xã Đông Hòa, ngày 07/01/2026"
)
_LOWERED: Final = "Hồ Thị Mận"
_WHY: Final = "Kết quả chưa nổi bật bằng các trường hợp cùng nhóm; giữ số xuất sắc trong trần toàn đảng bộ."


def rate_small_cell(book: Book) -> tuple[str, ...]:
    """Hold the review of a small cell: some members excellent, the others good; returns its papers."""
    period_id = book.ratings.make_period(review.YEAR)
    book.ratings.open(period_id)
    lines = book.ratings.lines(period_id)
    excellent = (len(lines) - 1) // 2
    rows = [
        {
            "name": line.name, "reviewed_on": review.HELD_ON.isoformat(), "all_done": True, "late_percent": 0,
            "remedied_percent": 100, "above_percent": 40 if place < excellent else 10,
            "points_common": 28, "points_task": 65 if place < excellent else 56 + place,
            "own_level": "HTXS" if place < excellent else "HTT",
            "proposed_level": "HTXS" if place < excellent else "HTT",
        }
        for place, line in enumerate(lines)
    ]  # fmt: skip
    organisation = {
        "points_common": 27, "points_task": 58, "all_done": True, "above_percent": 12, "late_percent": 0,
        "remedied_percent": 100, "own_level": "HTT", "proposed_level": "HTT",
    }  # fmt: skip
    book.ratings.record(period_id, {"members": rows, "organisation": organisation})
    book.ratings.close(period_id)
    papers = tuple(review.issue(book, period_id, kind, review.ISSUED_ON) for kind in KINDS)
    book.ratings.mark_sent(period_id)
    return papers


def send(party: Party, folder: Path) -> list[Path]:
    """Seal what a cell proposes and write it to the stick."""
    papers = [party.book.reports.of_period(kind, YEAR) for kind in KINDS]
    return [seal_and_send(party, paper.id, folder, review.ISSUED_ON) for paper in papers if paper]


def tell_units(teller: Teller, committee: Book) -> None:
    """Tell what all units propose, the sum, and what the cap over all gives."""
    from sochibo.rules.ratings.unit_ratings import add_figures

    words, lines = teller.words, committee.unit_ratings.lines(YEAR)
    rows = [
        (
            line.told.unit,
            *(words.number(line.figures.count(level)) for level in LEVELS),
            words.number(line.figures.unrated),
            LEVEL_SIGNS[line.level] if line.level else "",
        )
        for line in lines
        if line.figures
    ]
    total = add_figures(lines)
    counts = (*(words.number(total.count(level)) for level in LEVELS), words.number(total.unrated))
    headings = (
        N_("Unit"), *(LEVEL_SIGNS[level] for level in LEVELS), N_("No level yet"), N_("The cell itself"),
    )  # fmt: skip
    rows.append((words.gettext(N_("Sum")), *counts, ""))
    teller.tell(table([words.gettext(heading) for heading in headings], rows))
    teller.say(
        N_("Excellent in all: {n}; the cap of {percent}% gives {cap}."),
        n=total.excellent,
        percent=committee.unit_ratings.cap_rule(YEAR).percent,
        cap=committee.unit_ratings.body_cap(YEAR, lines),
    )


def lower_one(committee: Book) -> MemberLine:
    """Let the committee rate one member lower than the cell proposes, and the cell too."""
    ratings = committee.unit_ratings
    line = next(one for one in ratings.members(YEAR) if one.name == _LOWERED)
    ratings.decide_member(YEAR, line, Level.GOOD, reason=_WHY)
    ratings.decide_unit(YEAR, line.unit_id, Level.GOOD)
    return line


def decide(teller: Teller, committee: Book) -> None:
    """Let the committee meet: one member is rated lower, one cell too; it rates itself."""
    line, ratings = lower_one(committee), committee.unit_ratings
    ratings.set_session(YEAR, _MET_ON, _GROUNDS)
    ratings.set_own(YEAR, Level.GOOD)
    teller.say(
        N_("The committee rates {name} {after} instead of {before}: {why}"),
        name=line.name,
        before=LEVEL_SIGNS[Level.EXCELLENT],
        after=LEVEL_SIGNS[Level.GOOD],
        why=_WHY,
    )


def issue_papers(committee: Book) -> dict[ReportKind, str]:
    """Issue the decision on members, the decision on cells and the report to the body above."""
    from sochibo.book.rollups.committee_papers import issue_paper

    kinds = (ReportKind.RATING_DECISION, ReportKind.CELL_RATING_DECISION, ReportKind.RATING_ROLLUP)
    return {kind: issue_paper(committee, kind, YEAR, review.DECIDED_ON) for kind in kinds}


def take_in(teller: Teller, party: Party, members: Path, cells: Path) -> None:
    """Let a cell judge both decisions, look at them and take them into its book."""
    now, ratings = at(review.DECIDED_ON), party.book.decided_ratings
    reading = ratings.read(members.read_bytes(), members.name, now)
    ratings.take(reading, now)
    ratings.take(ratings.read(cells.read_bytes(), cells.name, now), now)
    other = sum(
        line.rating.decided_level is not line.rating.proposed_level
        for line in party.book.ratings.lines(reading.period_id)
        if line.rating.decided_level is not None
    )
    own = party.book.ratings.organisation(reading.period_id)
    teller.say(
        N_("{unit} takes in {number}: {n} levels, {other} other than proposed; the cell itself: {level}."),
        unit=party.name,
        number=reading.number,
        n=len(reading.matched),
        other=other,
        level=LEVEL_SIGNS[own.decided_level] if own.decided_level else "–",
    )
