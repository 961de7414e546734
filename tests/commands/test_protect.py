"""Protected books on the command line: set, used by every command, forgotten and recovered, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest
from books import make_cell_book, make_committee_book
from pages import lines_of
from passphrases import FIRST, SECOND, quick_passphrases

from sochibo.book.upkeep.protection import is_protected
from sochibo.commands.program import program
from sochibo.messages import Messages

if TYPE_CHECKING:
    from pathlib import Path

    from shell import Shell


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    quick_passphrases(monkeypatch)
    with make_cell_book(tmp_path / "Sổ.sochibo") as made:
        return made.path


@pytest.fixture
def first(tmp_path: Path) -> Path:
    file = tmp_path / "first.txt"
    file.write_text(FIRST + "\n", "utf-8")
    return file


@pytest.fixture
def second(tmp_path: Path) -> Path:
    file = tmp_path / "second.txt"
    file.write_text(SECOND + "\n", "utf-8")
    return file


def test_a_passphrase_is_set_used_changed_and_removed(
    shell: Shell, book: Path, first: Path, second: Path
) -> None:
    said = shell("protect", "set", book, "--new-passphrase-file", first)
    assert said.code == 0
    assert said.out.splitlines()[0] == "“Sổ.sochibo” is protected by the new passphrase."
    assert is_protected(book)
    assert FIRST not in said.out + said.err
    assert shell("check", book, "--book-passphrase-file", first).code == 0
    assert "(B10)" in shell("backup", book, "--book-passphrase-file", second).err
    changed = shell("protect", "set", book, "--book-passphrase-file", first, "--new-passphrase-file", second)
    assert changed.code == 0
    assert shell("protect", "remove", book, "--book-passphrase-file", first).code == 1
    assert shell("protect", "remove", book, "--book-passphrase-file", second).code == 0
    assert not is_protected(book)
    assert shell("check", book).code == 0


def test_received_files_follow_the_book(shell: Shell, book: Path, first: Path) -> None:
    committee, paper = book.with_name("Đảng ủy.sochibo"), book.with_name("paper.pdf")
    make_committee_book(committee).close()
    paper.write_bytes(b"no paper")
    assert shell("receive", committee, paper).code == 1
    beside = committee.with_name("Đảng ủy.received")
    assert shell("protect", "set", committee, "--new-passphrase-file", first).code == 0
    assert [path.suffix for path in beside.glob("*/*")] == [".locked"]
    assert shell("protect", "remove", committee, "--book-passphrase-file", first).code == 0
    assert [path.read_bytes() for path in beside.glob("*/*")] == [b"no paper"]


def test_forget_and_recover(shell: Shell, book: Path, first: Path, second: Path, tmp_path: Path) -> None:
    shown = shell("protect", "set", book, "--new-passphrase-file", first).out
    lines = [line.split()[1] for line in shown.splitlines()[2:]]
    paper = tmp_path / "paper.txt"
    paper.write_text("\n".join((*lines[:3], lines[3][::-1], lines[4])), "utf-8")
    recover = ("protect", "recover", book, "--recovery-file", paper, "--new-passphrase-file", second)
    slip = shell(*recover)
    assert (slip.code, "Line 4" in slip.err, "(B13)" in slip.err) == (1, True, True)
    paper.write_text("\n".join(lines), "utf-8")
    assert shell(*recover).code == 0
    assert "(B14)" in shell(*recover).err
    assert shell("check", book, "--book-passphrase-file", second).code == 0
    paper.write_text("", "utf-8")
    assert "(B13)" in shell(*recover).err


def test_the_paper_is_written_as_a_page(shell: Shell, book: Path, first: Path, tmp_path: Path) -> None:
    sheet, again = tmp_path / "paper.pdf", tmp_path / "again.pdf"
    made = shell("protect", "set", book, "--new-passphrase-file", first, "--sheet", sheet)
    assert "paper.pdf" in made.out
    assert len(made.out.splitlines()) == 2
    assert shell("protect", "sheet", book, "--book-passphrase-file", first, "--sheet", again).code == 0
    assert again.read_bytes() == sheet.read_bytes()
    (page,) = lines_of(sheet.read_bytes())
    assert "Dòng 5" in " ".join(line.text for line in page)


def test_where_nobody_can_be_asked_the_option_is_named(shell: Shell, book: Path, first: Path) -> None:
    shell("protect", "set", book, "--new-passphrase-file", first)
    before = book.read_bytes()
    for command in (("backup", book), ("protect", "set", book, "--new-passphrase-file", first)):
        said = shell(*command)
        assert (said.code, "(C01)" in said.err, "--book-passphrase-file" in said.err) == (1, True, True)
    assert book.read_bytes() == before


def test_a_book_without_a_passphrase_has_nothing_to_remove_print_or_recover(
    shell: Shell, book: Path, first: Path
) -> None:
    for command in (("remove", book), ("sheet", book), ("recover", book, "--recovery-file", first)):
        said = shell("protect", *command)
        assert (said.code, "(C13)" in said.err) == (1, True)


def test_a_short_passphrase_is_refused(shell: Shell, book: Path, tmp_path: Path) -> None:
    (tmp_path / "short.txt").write_text("1234", "utf-8")
    said = shell("protect", "set", book, "--new-passphrase-file", tmp_path / "short.txt")
    assert (said.code, "(O21)" in said.err) == (1, True)
    assert not is_protected(book)


def test_every_command_that_opens_a_book_takes_its_passphrase() -> None:
    without: list[str] = []

    def look(group: click.Group, path: str) -> None:
        for name, each in group.commands.items():
            if isinstance(each, click.Group):
                look(each, f"{path}{name} ")
            elif any(one.name == "book" for one in each.params) and not any(
                "--book-passphrase-file" in one.opts for one in each.params
            ):
                without.append(path + name)

    look(program(Messages("en")), "")
    # Two make a book, the other opens one by its recovery key.
    assert sorted(without) == ["load", "new", "protect recover"]
