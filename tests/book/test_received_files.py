"""Received files beside a book: looked over, carried to the second place, brought back from it."""

from __future__ import annotations

import os
import time
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from recordings import noon

from sochibo.book.book import Book
from sochibo.book.inbox.received_files import folder_of, place_of
from sochibo.book.upkeep.backups import Reason
from sochibo.book.upkeep.restoring import preview_restore, restore

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.book.inbox.inbox import Submission

RECEIVED = noon(date(2026, 12, 3))


@pytest.fixture
def received(committee: Book, stick: Path) -> tuple[Submission, ...]:
    return committee.inbox.receive([stick], RECEIVED)


def lost(book: Book, *, thorough: bool = True) -> list[object]:
    return [
        one.fields["n"] for one in book.condition.findings(RECEIVED, thorough=thorough) if one.code == "T13"
    ]


def test_what_is_missing_or_changed_is_counted(committee: Book, received: tuple[Submission, ...]) -> None:
    assert lost(committee) == []
    first, second = (place_of(folder_of(committee.path), one.sha256) for one in received)
    first.write_bytes(b"changed")
    assert (lost(committee, thorough=False), lost(committee)) == ([], [1])
    second.unlink()
    assert (lost(committee, thorough=False), lost(committee)) == ([1], [2])


def test_they_are_on_the_stick_with_the_copies_and_come_back_on_another_pc(
    committee: Book, received: tuple[Submission, ...], tmp_path: Path
) -> None:
    stick, other = tmp_path / "backup stick", tmp_path / "other pc"
    for folder in (stick, other):
        folder.mkdir()
    committee.backups.choose_second_place(stick)
    made = committee.backups.make(Reason.ASKED, RECEIVED)
    assert made.second is not None
    assert len(list(folder_of(stick / committee.path.name).glob("*/*.pdf"))) == len(received)
    book = other / "Đảng ủy.sochibo"
    restore(preview_restore(made.second.path, book), RECEIVED)
    with Book.open(book) as there:
        assert lost(there) == []
        contents = [there.inbox.file(one.id) for one in received]
    assert contents == [committee.inbox.file(one.id) for one in received]


def test_a_spoilt_file_takes_no_good_one_s_place(
    committee: Book, received: tuple[Submission, ...], tmp_path: Path
) -> None:
    stick = tmp_path / "backup stick"
    stick.mkdir()
    committee.backups.choose_second_place(stick)
    committee.backups.make(Reason.ASKED, RECEIVED)
    beside = place_of(folder_of(committee.path), received[0].sha256)
    carried = place_of(folder_of(stick / committee.path.name), received[0].sha256)
    good = carried.read_bytes()
    beside.write_bytes(b"spoilt")
    committee.backups.make(Reason.ASKED, RECEIVED + timedelta(days=1))
    assert carried.read_bytes() == good
    carried.unlink()
    committee.backups.make(Reason.ASKED, RECEIVED + timedelta(days=2))
    assert not carried.exists()


def test_what_a_fallen_program_left_half_written_is_cleared_away(
    committee: Book, received: tuple[Submission, ...], stick: Path
) -> None:
    folder = place_of(folder_of(committee.path), received[0].sha256).parent
    old, new = folder / ".0123456789abcdef.tmp", folder / ".fedcba9876543210.tmp"
    for draft in (old, new):
        draft.write_bytes(b"half")
    two_days_ago = time.time() - 2 * 24 * 60 * 60
    os.utime(old, (two_days_ago, two_days_ago))
    committee.inbox.receive([stick], RECEIVED)
    assert (old.exists(), new.exists()) == (False, True)
