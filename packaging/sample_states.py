"""The books that are drawn: the demo's, and some for what it does not show (nothing yet, long names)."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date, timedelta
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from sochibo.book.book import Book
from sochibo.book.upkeep.backups import Reason
from sochibo.commands.samples.books import CELL_PASSPHRASE, NOW, make_book
from sochibo.commands.samples.world import make_demo_books
from sochibo.rules.dates import PartialDate
from sochibo.rules.meetings.meetings import AbsenceReason, Attendance, MeetingKind
from sochibo.rules.members.members import EventKind, Member, MemberEvent
from sochibo.rules.units.organisations import BookKind

__all__ = ["LOCKED", "Drawn", "find_books", "make_books"]

LOCKED: Final = "Chi bộ Thôn 9.sochibo"
_DRAWN_ONCE: Final = (
    "help-*", "backup", "protection", "history", "restore", "settings", "registers-*", "member-papers",
    "paper-*", "report-*", "members-table", "new-meeting", "papers*", "ratings-papers", "*-2026", "tasks-all",
)  # fmt: skip
_LONG: Final = "Trung tâm Phục vụ hành chính công và Tiếp công dân xã Đông Hòa Thượng"
_PEOPLE: Final = (
    "Công Tằng Tôn Nữ Thị Hoàng Phương Khánh", "Nguyễn Phúc Bảo Vĩnh Trường Nghiêm",
    "Trương Thị Thùy Dương Quỳnh Hương", "Hoàng Phủ Ngọc Nghiêm Trường", "Lê Thị Ý",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drawn:
    """A book and the word before the names of its pictures."""

    prefix: str
    path: Path
    left_out: tuple[str, ...] = ()

    def shows(self, name: str) -> bool:
        """Tell whether a page of it is worth a picture: what looks the same in every book is drawn once."""
        return not any(fnmatchcase(name, one) for one in self.left_out)


def make_books(folder: Path) -> None:
    """Make every book that is drawn; the demo's take a minute."""
    folder.mkdir(parents=True, exist_ok=True)
    books = make_demo_books(folder)
    _record_today(books.cell)
    cell, committee = BookKind.CELL, BookKind.COMMITTEE
    made = (
        ("trống", cell, "Chi bộ Thôn 9", "Đảng bộ xã Đông Hòa", "Mai Thị Thử"),
        ("trống cấp trên", committee, "Đảng ủy xã Đông Hòa", "Đảng bộ tỉnh An Bình", "Mai Thị Thử"),
        ("dài", cell, f"Chi bộ {_LONG}", f"Đảng bộ {_LONG}", _PEOPLE[0]),
        ("dài cấp trên", committee, f"Đảng bộ {_LONG}", "Đảng bộ tỉnh An Bình", _PEOPLE[0]),
    )
    for name, kind, unit, superior, secretary in made:
        make_book(folder / f"{name}.sochibo", kind, unit, superior, secretary).close()
    with Book.open(folder / "dài.sochibo") as book:
        _fill_long_cell(book)
    with Book.open(folder / "dài cấp trên.sochibo") as book:
        for number, words in enumerate(("Chi bộ", "Chi bộ Trường Phổ thông dân tộc bán trú,", "Đảng bộ")):
            book.units.found(f"{words} {_LONG}", date(2025, 6, 1), code=str(number))
    locked = folder / LOCKED
    shutil.copy(folder / "trống.sochibo", locked)
    with Book.open(locked) as book:
        book.protection.choose(CELL_PASSPHRASE)


def find_books(folder: Path) -> tuple[Drawn, ...]:
    """Return the books in the order in which they are drawn; the locked one stands before them all."""
    return (
        Drawn("", folder / "Chi bộ Thôn 4.sochibo"),
        Drawn("committee-", folder / "Đảng ủy xã Đông Hòa.sochibo"),
        Drawn("empty-", folder / "trống.sochibo", _DRAWN_ONCE),
        Drawn("empty-committee-", folder / "trống cấp trên.sochibo", _DRAWN_ONCE),
        Drawn("long-", folder / "dài.sochibo", _DRAWN_ONCE),
        Drawn("long-committee-", folder / "dài cấp trên.sochibo", _DRAWN_ONCE),
    )


def _record_today(path: Path) -> None:
    """Begin this month's meeting, two members being absent, so that its steps have something to show."""
    with Book.open(path) as book:
        book.backups.make(Reason.DAILY, NOW - timedelta(days=1))
        meeting = book.meetings.prepare(MeetingKind.REGULAR, NOW.date())
        _, first, _, second, *_ = (entry.member.id for entry in book.members.on(NOW.date()))
        book.meetings.mark(meeting, first, Attendance.EXCUSED, AbsenceReason.ILLNESS)
        book.meetings.mark(meeting, second, Attendance.UNEXCUSED)
        book.backups.make(Reason.ASKED, NOW)


def _fill_long_cell(book: Book) -> None:
    for place, name in enumerate(_PEOPLE):
        year = 1961 + 5 * place
        events = [
            MemberEvent(id="", member_id="", kind=kind, on=PartialDate(f"{year + age}-05-19"))
            for kind, age in ((EventKind.ADMISSION, 26), (EventKind.RECOGNITION, 27))
        ]
        book.members.add(Member(id="", name=name, birth=PartialDate(str(year))), events)
    meeting = book.meetings.prepare(MeetingKind.REGULAR, NOW.date())
    people = [entry.member.id for entry in book.members.on(NOW.date())]
    book.meetings.mark(meeting, people[0], Attendance.EXCUSED, AbsenceReason.ILLNESS)
    book.meetings.mark(meeting, people[1], Attendance.UNEXCUSED)
    book.ratings.make_period(NOW.year)
