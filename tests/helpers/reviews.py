"""A review of an invented cell of thirty, for the tests of its window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.book.book import Book
from sochibo.rules.dates import PartialDate
from sochibo.rules.members.members import EventKind, Member, MemberEvent

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["THIRTY", "add_thirty"]

THIRTY: Final = tuple(
    f"{family} {middle} {given}"
    for family, middle, given in zip(
        ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ") * 5,
        ("Văn", "Thị", "Đình", "Ngọc", "Quang") * 6,
         (
            "An", "Ánh", "Ân", "Bình", "Bảo", "Cường", "Cúc", "Dũng", "Diệp", "Đào",
            "Đạt", "Én", "Giang", "Hà", "Hòa", "Khoa", "Lan", "Minh", "Nga", "Oanh",
            "Phúc", "Quý", "Sen", "Tám", "Uyên", "Vinh", "Xuân", "Ý", "Yến", "Toàn",
        ),
        strict=True,
    )
)  # fmt: skip


def add_thirty(path: Path) -> None:
    """Add thirty official members to a book."""
    with Book.open(path) as book:
        for number, name in enumerate(THIRTY):
            member = Member(id="", name=name, birth=PartialDate(str(1950 + number)))
            event = MemberEvent(
                id="", member_id="", kind=EventKind.RECOGNITION, on=PartialDate(f"{1990 + number % 20}-05-19")
            )
            book.members.add(member, [event])
