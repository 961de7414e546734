"""A book written out, made again and searched by the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from books import make_cell_book

if TYPE_CHECKING:
    from pathlib import Path

    from shell import Shell


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "Chi bộ.sochibo"
    make_cell_book(path).close()
    return path


def test_a_book_goes_out_and_comes_back(shell: Shell, book: Path, tmp_path: Path) -> None:
    out, new, again = tmp_path / "out.json", tmp_path / "new.sochibo", tmp_path / "again.json"
    done = shell("dump", book, out)
    assert done.code == 0
    count = json.loads(out.read_bytes())["records"]
    assert done.out.strip() == f"{count} records written to “out.json”."
    assert "Identity numbers stand in it in full" in done.err
    assert shell("load", out, new).out.strip() == "The book of Chi bộ Thôn 4 is made: “new.sochibo”."
    assert shell("dump", new, again).code == 0
    assert again.read_bytes() == out.read_bytes()


def test_nothing_is_overwritten_and_nothing_else_is_loaded(shell: Shell, book: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    out.write_text("{}")
    told = shell("dump", book, out)
    assert (told.code, told.out) == (1, "")
    assert "There is already a file called “out.json” here." in told.err
    told = shell("load", out, tmp_path / "new.sochibo")
    assert told.code == 1
    assert "“out.json” is not a book written out by this program." in told.err
    assert not (tmp_path / "new.sochibo").exists()


def test_help_says_that_identity_numbers_leave_with_it(shell: Shell) -> None:
    assert "identity numbers stand in the file in full" in " ".join(shell("dump", "--help").out.split())


def test_people_are_found_without_marks_and_by_initials(shell: Shell, book: Path) -> None:
    assert shell("search", book, "le", "hoang", "duc").out.strip() == "Member · Lê Hoàng Đức"
    (hit,) = shell("search", book, "dmu", "--json").json()
    assert (hit["kind"], hit["title"]["text"], hit["on"]) == ("member", "Đỗ Minh Ước", None)
    assert hit["title"]["spans"] == [[0, 1], [3, 4], [8, 9]]


def test_nothing_found_is_said(shell: Shell, book: Path) -> None:
    told = shell("search", book, "khongcoai")
    assert (told.code, told.out, told.err.strip()) == (1, "", "Nothing found for “khongcoai”.")
