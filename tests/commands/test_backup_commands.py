"""Copies, restores and the self-check by the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from books import make_cell_book

from sochibo.book.book import Book
from sochibo.rules.members.members import Member

if TYPE_CHECKING:
    from pathlib import Path

    from shell import Shell


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "Chi bộ.sochibo"
    make_cell_book(path).close()
    return path


def only(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def test_a_copy_is_made_read_again_and_carried_to_the_stick(shell: Shell, book: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    done = shell("backup", book, "--to", stick)
    assert done.code == 0
    copy, second = only(tmp_path / "Chi bộ.backups"), only(stick / "Chi bộ.backups")
    assert copy.name.endswith(" asked.sochibo")
    assert second.read_bytes() == copy.read_bytes()
    assert (
        done.out.splitlines()
        == [
            f"Backup copy made and read again: “{copy.name}” in “Chi bộ.backups”.",
        ]
        * 2
    )
    # The stick is remembered, and may be away.
    second.unlink()
    assert len(shell("backup", book).out.splitlines()) == 2
    stick.rename(tmp_path / "pulled out")
    assert len(shell("backup", book).out.splitlines()) == 1
    assert str(tmp_path) not in done.out


def test_a_stick_that_is_not_there_is_said_in_one_sentence(shell: Shell, book: Path, tmp_path: Path) -> None:
    done = shell("backup", book, "--to", tmp_path / "gone")
    assert done.code == 1
    assert (
        done.err
        == "“gone” cannot be read. See whether the file is there and the stick is plugged in. (K03)\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["Chi bộ.sochibo"]


def test_a_restore_is_looked_at_and_then_done(shell: Shell, book: Path, tmp_path: Path) -> None:
    shell("backup", book)
    copy = only(tmp_path / "Chi bộ.backups")
    with Book.open(book) as opened:
        opened.members.add(Member(id="", name="Mai Thị Lan"), [])
    before = book.read_bytes()
    look = shell("restore", copy, "--dry-run")
    assert look.code == 0
    assert "Added Lý Thị Quá" in look.out.splitlines()[0]
    assert "Added Mai Thị Lan" in look.out.splitlines()[1]
    assert "0 days lie between." in look.out
    assert [line.split() for line in look.out.splitlines() if line.startswith("Members")] == [
        ["Members", "13", "12"]
    ]
    assert look.out.endswith("Nothing was changed: this was a look only.\n")
    assert book.read_bytes() == before
    done = shell("restore", copy)
    assert done.code == 0
    kept = next(path for path in tmp_path.iterdir() if "(replaced " in path.name)
    assert done.out.endswith(f"“Chi bộ.sochibo” is restored.\nThe book as it was is kept as “{kept.name}”.\n")
    assert kept.read_bytes() == before
    assert "Both hold the same." in shell("restore", copy, "--dry-run").out


def test_a_missing_book_comes_back_under_any_name(shell: Shell, book: Path, tmp_path: Path) -> None:
    shell("backup", book)
    copy = only(tmp_path / "Chi bộ.backups")
    book.unlink()
    assert "The book is not there now." in shell("restore", copy).out
    assert book.exists()
    assert shell("restore", copy, tmp_path / "Khác.sochibo").code == 0
    with Book.open(tmp_path / "Khác.sochibo") as restored:
        assert restored.organisation().name == "Chi bộ Thôn 4"


def test_what_cannot_be_restored_is_refused_in_one_sentence(shell: Shell, book: Path, tmp_path: Path) -> None:
    shell("backup", book)
    copy = only(tmp_path / "Chi bộ.backups")
    loose = copy.rename(tmp_path / "loose.sochibo")
    assert shell("restore", loose).err.endswith("(C11)\n")
    with Book.open(book):
        assert shell("restore", loose, book).err.endswith("(B05)\n")
    loose.write_bytes(loose.read_bytes()[:20000])
    assert shell("restore", loose, book).err.endswith("(B04)\n")
    loose.write_text("Danh sách\n" * 500, "utf-8")
    assert shell("restore", loose, book).err.endswith("(B02)\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "Chi bộ.backups", "Chi bộ.sochibo", "loose.sochibo",
    ]  # fmt: skip


def test_another_book_is_replaced_only_if_asked(shell: Shell, book: Path, tmp_path: Path) -> None:
    other = tmp_path / "Khác.sochibo"
    make_cell_book(other, anew=True).close()
    shell("backup", other)
    copy = only(tmp_path / "Khác.backups")
    refused = shell("restore", copy, book)
    assert refused.code == 1
    assert refused.err.endswith("(B22)\n")
    assert shell("restore", copy, book, "--any-book").code == 0


def test_the_self_check_says_what_to_do(shell: Shell, book: Path) -> None:
    done = shell("check", book)
    assert (done.code, done.out) == (
        0, "! There is no backup copy of this book yet. Make one now. (T03)\n",
    )  # fmt: skip
    shell("backup", book)
    assert shell("check", book).out == "“Chi bộ.sochibo” is whole, backed up and in a safe place.\n"
    assert shell("check", book, "--json").json() == {
        "file": "Chi bộ.sochibo", "whole": True, "findings": [],
    }  # fmt: skip
    assert "(T03)" in shell("check", book.rename(book.with_name("Mới.sochibo")), language="vi").out


def test_a_damaged_book_is_found_and_left_as_it_is(shell: Shell, book: Path) -> None:
    data = book.read_bytes()
    book.write_bytes(data[:4096] + b"\xa5" * 8192 + data[12288:])
    before = book.read_bytes()
    done = shell("check", book, "--json")
    assert done.code == 1
    found = done.json()
    assert found["whole"] is False
    assert [(each["code"], each["severity"]) for each in found["findings"]] == [("B04", "red")]
    assert shell("check", book).out.startswith("✗ The file “Chi bộ.sochibo” is damaged")
    assert book.read_bytes() == before
