"""What is due about members and about people on the way to membership."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from books import make_cell_book

from sochibo.book.agenda.agenda import due_lines
from sochibo.rules.dates import PartialDate
from sochibo.rules.members.members import EventKind, Member, MemberEvent
from sochibo.rules.members.registers import RegisterKind, RegisterLine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sochibo.book.book import Book

DAY = date(2026, 11, 5)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with make_cell_book(tmp_path / "Sổ.sochibo") as made:
        yield made


def test_people_on_the_way_are_not_forgotten(book: Book) -> None:
    """HD 38-HD/BTCTW, 29/9/2025, §I.1.1; QĐ 294-QĐ/TW, 26/5/2025, §4.3.1."""
    values = {
        "name": "Lê Thị Mầm",
        "state": "proposed",
        "resolved_on": "2026-09-03",
        "certificate_on": "2021-12-01",
    }
    book.registers.record(RegisterKind.CANDIDATES, RegisterLine("", values))

    def said(day: date) -> dict[str, date | None]:
        return {
            line.what: line.by for line in due_lines(book, day) if line.fields.get("name") == "Lê Thị Mầm"
        }

    assert said(date(2026, 10, 1)) == {}
    assert said(DAY) == {
        "Ask for the decision on the admission of {name}": date(2026, 11, 5),
        "The awareness certificate of {name} runs out": date(2026, 12, 1),
    }
    assert "Renew parts of the admission file of {name}" in said(date(2027, 9, 1))
    (line,) = book.registers.lines(RegisterKind.CANDIDATES, DAY)
    book.registers.record(
        RegisterKind.CANDIDATES, RegisterLine(line.id, {**line.values, "state": "admitted"})
    )
    assert said(DAY) == {}


def test_a_slip_and_a_badge_are_asked_for_in_time(book: Book) -> None:
    for name, on in (("Nguyễn Văn Huy", "1996-11-10"), ("Nguyễn Văn Hiệu", "1990-11-10")):
        told = [MemberEvent(id="", member_id="", kind=EventKind.ADMISSION, on=PartialDate(on))]
        told.append(MemberEvent(id="", member_id="", kind=EventKind.RECOGNITION, on=PartialDate("1998")))
        book.members.add(Member(id="", name=name), told)
    asked = [
        line.fields
        for line in due_lines(book, date(2026, 9, 1))
        if line.what == "Propose the badge of {years} years for {name}"
    ]
    assert asked == [{"name": "Nguyễn Văn Huy", "years": 30, "day": date(2026, 11, 7)}]
    slips = [
        line.fields["name"]
        for line in due_lines(book, date(2026, 10, 20))
        if line.what == "Send the slip about {name} to the committee"
    ]
    assert "Vũ Thị Yến" in slips


def test_the_end_of_a_stay_is_awaited_whatever_somebody_became_meanwhile(book: Book) -> None:
    life = [
        MemberEvent(
            id="", member_id="", kind=kind, on=PartialDate(on), until=PartialDate(until) if until else None
        )
        for kind, on, until in (
            (EventKind.ADMISSION, "2025-09-10", ""),
            (EventKind.TEMPORARY_OUT, "2026-03-02", "2026-11-20"),
            (EventKind.RECOGNITION, "2026-09-10", ""),
        )
    ]
    book.members.add(Member(id="", name="Nguyễn Thị Đi"), life)
    awaited = [line.by for line in due_lines(book, DAY) if line.fields.get("name") == "Nguyễn Thị Đi"]
    assert date(2026, 11, 20) in awaited
