"""Protection: set, changed, forgotten and recovered, removed; nobody opens the book in another way."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import TYPE_CHECKING

import pytest
from books import CELL, make_cell_book
from passphrases import FIRST, SECOND, quick_passphrases

from sochibo.book.book import Book
from sochibo.book.upkeep.protection import is_protected
from sochibo.faults import Refused
from sochibo.storage.engine.connection import BookLocked, PassphraseNeeded, ReadOnlyBook, WrongKey
from sochibo.storage.engine.recovery import NotRecoveryKey, WrongRecoveryKey

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    quick_passphrases(monkeypatch)
    with make_cell_book(tmp_path / "Sổ.sochibo") as book:
        return book.path


def people(book: Book) -> int:
    return len(book.members.on(date(2026, 11, 5), everybody=True))


def test_a_book_without_a_passphrase_stays_possible(path: Path) -> None:
    assert not is_protected(path)
    with Book.open(path, passphrase=FIRST) as book:
        assert (book.protection.is_set, book.protection.recovered) == (False, False)


def test_a_protected_book_opens_by_its_passphrase_alone(path: Path) -> None:
    assert "Nguyễn Văn Mẫu".encode() in path.read_bytes()
    with Book.open(path) as book:
        book.protection.choose(FIRST)
        assert book.protection.is_set
        assert people(book) == 12
        book.history.undo()
        assert people(book) == 11
    assert is_protected(path)
    assert "Nguyễn".encode() not in path.read_bytes()
    with pytest.raises(PassphraseNeeded):
        Book.open(path)
    with pytest.raises(WrongKey) as caught:
        Book.open(path, passphrase=FIRST.upper())
    assert caught.value.code == "B10"
    with Book.open(path, passphrase=FIRST) as book:
        assert people(book) == 11
        book.history.redo()
        assert people(book) == 12


def test_a_book_may_be_protected_from_its_first_byte_on(tmp_path: Path) -> None:
    with Book.create(tmp_path / "Sổ.sochibo", CELL, passphrase=FIRST) as book:
        assert book.protection.is_set
        assert [file.name for file in tmp_path.iterdir() if b"SQLite format" in file.read_bytes()] == []
    with Book.open(tmp_path / "Sổ.sochibo", passphrase=FIRST, read_only=True) as book:
        assert book.organisation().name == CELL.name


def test_a_passphrase_is_the_same_however_its_letters_are_composed(path: Path) -> None:
    with Book.open(path) as book:
        book.protection.choose(unicodedata.normalize("NFD", FIRST))
    with Book.open(path, passphrase=unicodedata.normalize("NFC", FIRST)) as book:
        book.protection.remove(unicodedata.normalize("NFD", FIRST))


def test_a_change_needs_the_passphrase_till_now_and_makes_it_void(path: Path) -> None:
    with Book.open(path) as book:
        old = book.protection.choose(FIRST)
        for current in ("", SECOND):
            with pytest.raises(WrongKey):
                book.protection.choose(SECOND, current)
            with pytest.raises(WrongKey):
                book.protection.remove(current)
            with pytest.raises(WrongKey):
                book.protection.recovery_key(current)
        new = book.protection.choose(SECOND, FIRST)
        assert new != old
        assert book.protection.recovery_key(SECOND) == new
    with pytest.raises(WrongKey):
        Book.open(path, passphrase=FIRST)
    with pytest.raises(WrongRecoveryKey):
        Book.open(path, recovery="\n".join(old.lines))
    Book.open(path, passphrase=SECOND).close()


def test_forget_and_recover(path: Path) -> None:
    with Book.open(path) as book:
        paper = "\n".join(book.protection.choose(FIRST).lines)
    with pytest.raises(NotRecoveryKey) as caught:
        Book.open(path, recovery=paper[:20] + ("7" if paper[20] != "7" else "8") + paper[21:])
    assert caught.value.fields == {"line": 2}
    with Book.open(path, recovery=paper.lower()) as book:
        assert (book.protection.is_set, book.protection.recovered) == (True, True)
        new = book.protection.choose(SECOND)
        assert (book.protection.is_set, book.protection.recovered) == (True, False)
        assert people(book) == 12
        with pytest.raises(WrongKey):
            book.protection.choose(FIRST)
    Book.open(path, passphrase=SECOND).close()
    Book.open(path, recovery="-".join(new.lines)).close()


def test_a_protection_that_is_removed_leaves_a_book_that_everybody_opens(path: Path) -> None:
    with Book.open(path) as book:
        book.protection.choose(FIRST)
        book.protection.remove(FIRST)
        assert not book.protection.is_set
        book.protection.remove("")
    with Book.open(path) as book:
        assert people(book) == 12
    assert [file.name for file in path.parent.iterdir()] == ["Sổ.sochibo"]


@pytest.mark.parametrize("passphrase", ["", "1234567", "aaaaaaaaaaaa", "        ", "ababababab"])
def test_what_is_soon_guessed_is_refused(path: Path, passphrase: str) -> None:
    with Book.open(path) as book:
        with pytest.raises(Refused) as caught:
            book.protection.choose(passphrase)
        assert [finding.code for finding in caught.value.findings] == ["O21"]
        assert not book.protection.is_set


def test_it_is_changed_only_by_the_one_writer_and_alone(path: Path) -> None:
    with Book.open(path) as book:
        with Book.open(path) as reader:
            with pytest.raises(ReadOnlyBook):
                reader.protection.choose(FIRST)
            with pytest.raises(BookLocked):
                book.protection.choose(FIRST)
            assert people(reader) == 12
        assert not is_protected(path)
        book.protection.choose(FIRST)
        with Book.open(path, passphrase=FIRST) as reader:
            assert (reader.read_only, people(reader)) == (True, 12)


def test_nothing_secret_is_written_down_or_shown(path: Path, logged_warnings: list[str]) -> None:
    def shown(value: object) -> str:
        return f"{value!r} {value} {getattr(value, '__dict__', '')}"

    with Book.open(path) as book:
        key = book.protection.choose(FIRST)
        texts = [shown(key), shown(book.protection), shown(book)]
        texts += [shown(act) for act in book.history.acts()]
        for wrong in (SECOND, FIRST + "!"):
            with pytest.raises(WrongKey) as caught:
                book.protection.remove(wrong)
            texts.append(shown(caught.value))
        book.protection.remove(FIRST)
    plain = path.read_bytes()
    for secret in (FIRST, SECOND, *key.lines, key.lines[0].replace("-", "")):
        assert [text for text in texts if secret in text] == []
        assert secret.encode() not in plain
    assert logged_warnings == []


def test_the_sheet_holds_the_key_and_nothing_of_the_members(path: Path) -> None:
    with Book.open(path) as book:
        key = book.protection.choose(FIRST)
        sheet = book.protection.recovery_sheet(key, date(2026, 11, 5))
        book.protection.remove(FIRST)
        with pytest.raises(ValueError, match="without a passphrase"):
            book.protection.recovery_key("")
    assert sheet.startswith(b"%PDF")


@pytest.mark.parametrize("spoil", [lambda _: b"", lambda data: data[:-1], lambda data: data[:4096]])
def test_a_protected_book_that_was_cut_is_told_before_anything_is_asked_twice(
    path: Path, spoil: Callable[[bytes], bytes]
) -> None:
    with Book.open(path) as book:
        book.protection.choose(FIRST)
    whole = path.read_bytes()
    path.write_bytes(spoil(whole))
    with pytest.raises(Exception, match=r"B0[24]"):
        Book.open(path, passphrase=FIRST)
    path.write_bytes(whole)
    Book.open(path, passphrase=FIRST).close()
