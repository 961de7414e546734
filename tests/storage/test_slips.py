"""What became of papers: dispatches, slips with their lines, and the trust package in force."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from books import make_cell_book
from recordings import meeting_data

from sochibo.rules.reports import ReportKind
from sochibo.rules.units.exchange_papers import Remark
from sochibo.storage.records import slips, trust_packages
from sochibo.storage.records.slips import Answer, Dispatch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sochibo.storage.engine.database import Database

NOW = datetime(2026, 11, 6, 8, 30, tzinfo=UTC)


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[tuple[Database, str]]:
    with make_cell_book(tmp_path / "b.sochibo") as book:
        book.meetings.record(meeting_data(close=True))
        yield book._database, book.reports.documents()[0].id  # noqa: SLF001 - rows below the book's acts


def answer(document_id: str, kind: ReportKind, day: int, *remarks: Remark) -> Answer:
    return Answer(
        document_id=document_id, kind=kind, number=f"{day:02d}-PN/ĐU", issued_on=date(2026, 11, day),
        received_at=NOW, sender="Đảng ủy xã Đông Hòa", code="V00", verdict="Đã kiểm tra.", remarks=remarks,
    )  # fmt: skip


def test_the_newest_dispatch_comes_first(paper: tuple[Database, str]) -> None:
    database, document_id = paper
    sent = [
        Dispatch(
            document_id=document_id, sent_at=NOW.replace(hour=hour), place="USB", file="a.pdf", sha256="ab"
        )
        for hour in (8, 10, 9)
    ]
    with database.act("Sent", lasting=True):
        for one in sent:
            slips.add_dispatch(database, one)
    assert slips.dispatches_of(database, document_id) == (sent[1], sent[2], sent[0])
    assert slips.dispatches_of(database, "nothing") == ()


def test_a_slip_is_known_again_and_says_what_it_said(paper: tuple[Database, str]) -> None:
    database, document_id = paper
    remark = Remark("votes.0.in_favour", "Biểu quyết 1", "Số phiếu lớn hơn số đảng viên.")
    back = answer(document_id, ReportKind.RETURN_SLIP, 5, remark, Remark("", "", "Gửi lại sớm."))
    fine = answer(document_id, ReportKind.RECEIPT, 9)
    assert not slips.is_known(database, b"one")
    with database.act("Took slips", lasting=True):
        slips.add(database, b"two", [fine])
        slips.add(database, b"one", [back])
    assert slips.is_known(database, b"one")
    assert slips.answers_to(database, document_id) == (fine, back)


def test_the_greatest_number_is_in_force(paper: tuple[Database, str]) -> None:
    database, _ = paper
    assert (trust_packages.newest(database), trust_packages.newest_number(database)) == (None, 0)
    with database.act("Took trust", lasting=True):
        for number in (3, 7, 5):
            trust_packages.add(database, f"package {number}".encode(), number, NOW, NOW)
    assert trust_packages.newest(database) == b"package 7"
    assert trust_packages.newest_number(database) == 7
