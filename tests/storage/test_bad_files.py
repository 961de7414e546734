"""Files that are no book, no longer whole, or not for this edition: one fault, nothing changed."""

from __future__ import annotations

import os
import sqlite3
import struct
from typing import TYPE_CHECKING

import pytest

from sochibo import faults
from sochibo.storage.engine.connection import Damaged, NewerBook, NotABook
from sochibo.storage.engine.database import Database

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def book_bytes(folder: Path) -> bytes:
    database = Database.create(folder / "whole.sochibo")
    with database.act("Added units"):
        for number in range(300):
            database.insert(
                "unit", {"id": f"u{number}", "name": f"Chi bộ Thôn {number}", "since": "2025-07-01"}
            )
    database.close()
    data = database.path.read_bytes()
    database.path.unlink()
    return data


def other_database(folder: Path) -> bytes:
    with sqlite3.connect(folder / "other.db") as other:
        other.execute("create table member (id text)")
    other.close()
    data = (folder / "other.db").read_bytes()
    (folder / "other.db").unlink()
    return data


def with_number(data: bytes, number: int) -> bytes:
    return data[:60] + struct.pack(">I", number) + data[64:]


CASES: dict[str, tuple[Callable[[Path], bytes], type[faults.Fault]]] = {
    "empty": (lambda _: b"", Damaged),
    "text": (lambda _: "Danh sách đảng viên\n".encode() * 50, NotABook),
    "zip": (lambda _: b"PK\x03\x04" + bytes(500), NotABook),
    "cut in the header": (lambda folder: book_bytes(folder)[:60], NotABook),
    "another database": (other_database, NotABook),
    "newer edition": (lambda folder: with_number(book_bytes(folder), 99), NewerBook),
    "cut in half": (lambda folder: (data := book_bytes(folder))[: len(data) // 2], Damaged),
    "cut by one byte": (lambda folder: book_bytes(folder)[:-1], Damaged),
    "overwritten": (
        lambda folder: (data := book_bytes(folder))[:4096] + b"\xa5" * 8192 + data[12288:],
        Damaged,
    ),
}


@pytest.mark.parametrize("read_only", [False, True], ids=["to write", "to read"])
@pytest.mark.parametrize("case", CASES)
def test_a_file_that_is_no_sound_book_gives_one_fault_and_stays_as_it_is(
    tmp_path: Path,
    case: str,
    read_only: bool,  # noqa: FBT001 - pytest fills it in
) -> None:
    make, fault = CASES[case]
    path = tmp_path / "Sổ.sochibo"
    path.write_bytes(make(tmp_path))
    before = path.read_bytes()
    with pytest.raises(fault) as caught:
        Database.open(path, read_only=read_only)
    assert caught.value.fields == {"name": "Sổ.sochibo"}
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["Sổ.sochibo"]


def test_a_missing_file_and_a_folder_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(faults.NotReadable):
        Database.open(tmp_path / "none.sochibo")
    with pytest.raises(faults.NotReadable):
        Database.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_sound_book_among_the_bad_ones_opens(tmp_path: Path) -> None:
    path = tmp_path / "Sổ.sochibo"
    path.write_bytes(book_bytes(tmp_path))
    database = Database.open(path)
    assert len(list(database.rows("select * from unit"))) == 300
    database.close()


def test_a_folder_that_is_not_there_refuses_a_new_book(tmp_path: Path) -> None:
    with pytest.raises(faults.NotReadable):
        Database.create(tmp_path / "gone" / "Sổ.sochibo")
    assert not os.listdir(tmp_path)  # noqa: PTH208 - only whether
