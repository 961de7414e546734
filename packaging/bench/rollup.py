"""How long a committee waits for its roll-ups: 60 cells, 12 months, 20 years, beside reading the papers.

Times are told as ratios to decoding the same papers in the same run, since machines differ.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sochibo.book.book import Book, BookDraft
from sochibo.documents.envelopes import Envelope, decode, digest, encode
from sochibo.rules.meetings.attendance import Ratio
from sochibo.rules.periods import parse_period
from sochibo.rules.reports import Heading, ReportKind, SummaryReport
from sochibo.rules.units.organisations import BookKind
from sochibo.storage.engine.database import Database
from sochibo.storage.records import submissions
from sochibo.storage.records.submissions import KeptSubmission

if TYPE_CHECKING:
    from collections.abc import Callable

CELLS: Final = 60
FIRST: Final = 2007
YEARS: Final = 20
MONTHS: Final = 12


def main() -> int:
    """Lay the papers down, add one year and then all years up, and tell the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", type=int, default=CELLS)
    measure(parser.parse_args().cells)
    return 0


def measure(cells: int) -> None:
    """Print the ratios for so many cells."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "committee.sochibo"
        draft = BookDraft(
            kind=BookKind.COMMITTEE, name="Đảng ủy xã Đông Hòa", superior="Tỉnh ủy Bình Minh",
            place="Đông Hòa", term_name="2005–2030", term_start=date(2005, 1, 1), secretary="Trần Thị Thử",
        )  # fmt: skip
        with Book.create(path, draft) as book:
            units = [book.units.found(f"Chi bộ Thôn {n}", date(2005, 1, 1)) for n in range(1, cells + 1)]
        database = Database.open(path)
        papers = [_paper(unit, year, month) for unit in units
                  for year in range(FIRST, FIRST + YEARS) for month in range(1, MONTHS + 1)]  # fmt: skip
        with database.act("Laid papers down"):
            for paper in papers:
                submissions.add(database, paper)
        database.close()
        with Book.open(path, read_only=True) as book:
            reading = _seconds(lambda: [decode(one.envelope.encode()) for one in papers if one.envelope])
            year = _seconds(lambda: book.rollups.rows(parse_period(f"{FIRST}")))
            every = [parse_period(f"{FIRST + n}") for n in range(YEARS)]
            whole = _seconds(lambda: [book.rollups.rows(one) for one in every])
    print(
        f"{len(papers)} papers of {cells} cells: one year {year * YEARS / reading:.2f} ×, "
        f"all years {whole / reading:.2f} × reading the same papers; one year took {year:.1f} s here"
    )


def _paper(unit: str, year: int, month: int) -> KeptSubmission:
    on = date(year, month, 28)
    number = f"{month:02d}-BC/CB"
    heading = Heading("Đảng bộ xã Đông Hòa", unit, "Đông Hòa", number, on, "T/M CHI BỘ", "BÍ THƯ", "A")
    period = f"{year:04d}-{month:02d}"
    report = SummaryReport(
        heading, period, 30, 29, 1, 0, 0, 0, (), Ratio(28, 30), Ratio(3, 4),
    )  # fmt: skip
    envelope = Envelope(
        kind=ReportKind.SUMMARY, book_id=unit, organisation_id=unit, organisation=unit, superior="",
        period=period, number=number, issued_on=on, rules=(), template="", program="", report=report,
    )  # fmt: skip
    text = encode(envelope)
    return KeptSubmission(
        sha256=hashlib.sha256(text).hexdigest(), file="x.pdf",
        received_at=datetime(year, month, 28, tzinfo=UTC), level="accept", code="V00", unit_id=unit,
        unit=unit, kind="summary", period=period, number=number, revision=1, digest=digest(envelope),
        envelope=text.decode(), counts=True,
    )  # fmt: skip


def _seconds(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
