"""A committee's decision on ratings as it comes on a stick, for the tests of book, window and commands."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from recordings import COMMITTEE_PASSPHRASE, ENROLLED, noon

from sochibo.book.book import Book
from sochibo.book.papers.issuing import Draft
from sochibo.rules.ratings.rating_decisions import (
    CellRatingDecisionReport,
    DecidedCell,
    DecidedMember,
    RatingDecisionReport,
)
from sochibo.rules.ratings.rating_figures import RatingFigures, count_levels
from sochibo.rules.ratings.ratings import Level, Subject
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sochibo.rules.reports import Heading
    from sochibo.sealing.keys import SigningKey

__all__ = ["DECIDED", "LEVELS", "UNIT", "WHOLE", "lay_decision", "seal_cell_decision", "seal_decision"]

DECIDED: Final = date(2026, 12, 28)
UNIT: Final = "Chi bộ Thôn 4"
LEVELS: Final = {
    "Bùi Quang Án": ("1990", Level.GOOD),
    "Phạm Thị Ân": ("1955", Level.COMPLETED),
    "Trần Thị Bích": ("19/05/1970", Level.EXCELLENT),
    "Lê Hoàng Đức": ("30/1/1988", Level.GOOD),
    "Nguyễn Văn Mẫu": ("03/11/1961", Level.GOOD),
    "Đỗ Minh Ước": ("1999", Level.GOOD),
}
WHOLE: Final = tuple(DecidedMember(name, birth, UNIT, level) for name, (birth, level) in LEVELS.items())


def seal_decision(
    book: Book, key: SigningKey, members: Sequence[DecidedMember] = WHOLE, period: str = "2026"
) -> bytes:
    """Issue and seal a decision in a book and return the file."""

    def write(heading: Heading) -> RatingDecisionReport:
        grounds = ("Quy định 366-QĐ/TW, ngày 30/8/2025 của Bộ Chính trị",)
        figures = count_levels((Subject.RATED, one.level) for one in members)
        return RatingDecisionReport(heading, period, grounds, tuple(members), figures)

    draft = Draft(kind=ReportKind.RATING_DECISION, period=period, issued_on=DECIDED, rules=(), write=write)
    document_id = book.reports.issue_draft("Issued a decision", draft)
    return book.reports.seal(document_id, key, noon(DECIDED))


def seal_cell_decision(book: Book, key: SigningKey, *cells: DecidedCell, period: str = "2026") -> bytes:
    """Issue and seal a decision on cells in a book and return the file."""

    def write(heading: Heading) -> CellRatingDecisionReport:
        return CellRatingDecisionReport(heading, period, (), cells, RatingFigures(good=len(cells)))

    kind = ReportKind.CELL_RATING_DECISION
    draft = Draft(kind=kind, period=period, issued_on=DECIDED, rules=(), write=write)
    return book.reports.seal(book.reports.issue_draft("Issued a decision", draft), key, noon(DECIDED))


def lay_decision(folder: Path, members: Sequence[DecidedMember] = WHOLE) -> Path:
    """Let the committee of a `recordings.Delivery` decide, and its cell know whom to trust and begin 2026.

    Returns the file of the decision.
    """
    with Book.open(folder / "committee.sochibo") as committee, Book.open(folder / "cell.sochibo") as cell:
        committee.reports.make_key("Đào Thị Mơ", COMMITTEE_PASSPHRASE, ENROLLED)
        key = committee.reports.open_key(COMMITTEE_PASSPHRASE)
        path = folder / "12-QĐ-ĐU.pdf"
        path.write_bytes(seal_decision(committee, key, members))
        cell.trust.take(committee.authority.trust_file(), "trust.json", ENROLLED, compared=True)
        cell.ratings.make_period(2026)
    return path
