"""Books for tests: a cell's with a dozen invented members of every standing, and a committee's."""

from __future__ import annotations

import tempfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from sochibo.book.book import Book, BookDraft
from sochibo.rules.dates import PartialDate
from sochibo.rules.members.members import EventKind, Member, MemberEvent, Sex
from sochibo.rules.units.organisations import BookKind

__all__ = ["CELL", "COMMITTEE", "PEOPLE", "make_cell_book", "make_committee_book"]

CELL: Final = BookDraft(
    kind=BookKind.CELL,
    name="Chi bộ Thôn 4",
    superior="Đảng bộ xã Đông Hòa",
    place="Đông Hòa",
    term_name="2025–2030",
    term_start=date(2025, 3, 1),
    secretary="Nguyễn Văn Mẫu",
)

COMMITTEE: Final = BookDraft(
    kind=BookKind.COMMITTEE,
    name="Đảng ủy xã Đông Hòa",
    superior="Tỉnh ủy Bình Minh",
    place="Đông Hòa",
    term_name="2025–2030",
    term_start=date(2025, 7, 1),
    secretary="Trần Thị Thử",
)

Told = tuple[EventKind, str | None]
ADMITTED, RECOGNISED = EventKind.ADMISSION, EventKind.RECOGNITION

PEOPLE: Final[tuple[tuple[str, str, Sex, str, tuple[Told, ...]], ...]] = (
    (
        "Nguyễn Văn Mẫu", "1961-11-03", Sex.MALE, "Bí thư",
        ((ADMITTED, "1985-02-03"), (RECOGNISED, "1986-02-03")),
    ),
    ("Trần Thị Bích", "1970-05-19", Sex.FEMALE, "Phó Bí thư", ((ADMITTED, "1998"), (RECOGNISED, "1999"))),
    ("Lê Hoàng Đức", "1988-01-30", Sex.MALE, "", ((ADMITTED, "2015-09-02"), (RECOGNISED, "2016-09-02"))),
    ("Phạm Thị Ân", "1955", Sex.FEMALE, "", ((RECOGNISED, None),)),
    ("Đỗ Minh Ước", "1999-07-07", Sex.MALE, "", ((ADMITTED, "2026-05-19"),)),
    (
        "Hoàng Văn Ấm", "1940-04-04", Sex.MALE, "",
        ((ADMITTED, "1965"), (RECOGNISED, "1966"), (EventKind.EXEMPTION, "2020-01-05")),
    ),
    (
        "Vũ Thị Yến", "1992-12-12", Sex.FEMALE, "",
        (
            (ADMITTED, "2018-03-26"), (RECOGNISED, "2019-03-26"),
            (EventKind.TEMPORARY_EXEMPTION, "2026-09-01"),
        ),
    ),
    (
        "Bùi Quang Án", "1990-10-10", Sex.MALE, "",
        ((ADMITTED, "2014-11-07"), (RECOGNISED, "2015-11-07"), (EventKind.TEMPORARY_OUT, "2026-08-01")),
    ),
    ("Ngô Thị Hòa", "1995-02-28", Sex.FEMALE, "", ((EventKind.TEMPORARY_IN, "2026-10-01"),)),
    (
        "Đặng Văn Tuấn", "1980-06-15", Sex.MALE, "",
        ((ADMITTED, "2005-05-19"), (RECOGNISED, "2006-05-19"), (EventKind.SUSPENSION, "2026-07-01")),
    ),
    (
        "Dương Văn Xa", "1978-08-08", Sex.MALE, "",
        ((ADMITTED, "2003-02-03"), (RECOGNISED, "2004-02-03"), (EventKind.TRANSFER_OUT, "2024-12-31")),
    ),
    (
        "Lý Thị Quá", "1935-03-03", Sex.FEMALE, "",
        ((ADMITTED, "1960"), (RECOGNISED, "1961"), (EventKind.DEATH, "2025-06-30")),
    ),
)  # fmt: skip
"""Name, birth, sex, office, events; on 05/11/2026 ten are listed and nine belong."""


def make_cell_book(path: Path, *, anew: bool = False) -> Book:
    """Make a cell's book with the twelve people of `PEOPLE`, open for writing.

    It is a copy of one made once, for that takes a quarter of the time; `anew` makes one with an id of its
    own, where a test needs two books.
    """
    if anew:
        return _made_cell_book(path)
    path.write_bytes(_cell_book())
    return Book.open(path, by=CELL.secretary)


@cache
def _cell_book() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cell.sochibo"
        _made_cell_book(path).close()
        return path.read_bytes()


def _made_cell_book(path: Path) -> Book:
    book = Book.create(path, CELL, by=CELL.secretary)
    for number, (name, birth, sex, office, told) in enumerate(PEOPLE, 1):
        member = Member(
            id="",
            name=name,
            birth=PartialDate(birth),
            sex=sex,
            office=office,
            ethnicity="Kinh",
            identity_no=f"0010{number:08d}",
            register_no=str(number),
        )
        events = [
            MemberEvent(id="", member_id="", kind=kind, on=PartialDate(day) if day else None)
            for kind, day in told
        ]
        book.members.add(member, events)
    return book


def make_committee_book(path: Path) -> Book:
    """Make a committee's book without units, open for writing."""
    return Book.create(path, COMMITTEE, by="Trần Thị Thử")
