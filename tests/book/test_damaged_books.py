"""A protected book that does not open: what its copies tell of the passphrase that was typed."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from books import make_cell_book
from passphrases import FIRST, SECOND, quick_passphrases

from sochibo.book.book import Book
from sochibo.book.upkeep.backups import Reason
from sochibo.book.upkeep.protection import is_protected
from sochibo.book.upkeep.restoring import OpensCopyOnly, is_spoilt
from sochibo.messages import Messages
from sochibo.storage.engine.connection import Damaged, WrongKey
from sochibo.storage.engine.recovery import WrongRecoveryKey

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.faults import Fault

COPIED = datetime(2026, 11, 5, 1, 0, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a protected book with one copy, made in the morning of 5 November."""
    quick_passphrases(monkeypatch)
    with make_cell_book(tmp_path / "Sổ.sochibo") as book:
        book.protection.choose(FIRST)
        book.backups.make(Reason.ASKED, COPIED)
    return tmp_path / "Sổ.sochibo"


def spoil(path: Path, start: int, end: int) -> None:
    data = path.read_bytes()
    noise = random.Random(7).randbytes(len(data))  # noqa: S311 - damage, no secret
    path.write_bytes((data[:start] + noise[start:end] + data[end:])[: len(data)])


def refusal_of(path: Path, passphrase: str) -> Fault:
    with pytest.raises((WrongKey, Damaged)) as caught:
        Book.open(path, passphrase=passphrase)
    return caught.value


def test_a_lost_salt_is_known_by_the_copies_and_a_wrong_passphrase_stays_wrong(path: Path) -> None:
    spoil(path, 0, 16)
    assert isinstance(refusal_of(path, FIRST), Damaged)
    assert type(refusal_of(path, SECOND)) is WrongKey


def test_a_salt_without_a_page_that_its_key_wrote_is_a_damaged_file(path: Path) -> None:
    spoil(path, 16, 10**9)
    assert isinstance(refusal_of(path, FIRST), Damaged)
    assert type(refusal_of(path, SECOND)) is WrongKey


def test_a_passphrase_of_before_opens_the_copy_and_says_from_when_it_is(path: Path) -> None:
    with Book.open(path, passphrase=FIRST) as book:
        book.protection.choose(SECOND, FIRST)
    fault = refusal_of(path, FIRST)
    assert isinstance(fault, OpensCopyOnly)
    assert is_spoilt(fault)
    copied = COPIED.astimezone()
    assert f"{copied:%H:%M} {copied.day} Nov 2026" in fault.say(Messages("en"))
    with Book.open(path, passphrase=SECOND) as book:
        assert book.protection.is_set


def test_a_file_that_is_noise_from_end_to_end_may_be_damaged_or_have_another_passphrase(path: Path) -> None:
    spoil(path, 0, 10**9)
    assert isinstance(refusal_of(path, FIRST), OpensCopyOnly)
    copy = next(path.with_name("Sổ.backups").iterdir())
    spoil(copy, 0, 10**9)
    assert type(refusal_of(path, FIRST)) is WrongKey
    copy.unlink()
    assert type(refusal_of(path, FIRST)) is WrongKey


def test_a_recovery_key_is_judged_in_the_same_way(path: Path) -> None:
    with Book.open(path, passphrase=FIRST) as book:
        paper = "\n".join(book.protection.recovery_key(FIRST).lines)
        newer = "\n".join(book.protection.choose(SECOND, FIRST).lines)
    with pytest.raises(OpensCopyOnly):
        Book.open(path, recovery=paper)
    with Book.open(path, passphrase=SECOND) as book:
        book.backups.make(Reason.ASKED)
    spoil(path, 0, 16)
    with pytest.raises(Damaged):
        Book.open(path, recovery=newer)
    with make_cell_book(path.with_name("Sổ khác.sochibo"), anew=True) as other:
        foreign = "\n".join(other.protection.choose(FIRST).lines)
    with pytest.raises(WrongRecoveryKey):
        Book.open(path, recovery=foreign)


@pytest.mark.parametrize("cut", [1, 4000])
def test_nobody_is_asked_for_the_passphrase_of_a_file_that_was_cut(path: Path, cut: int) -> None:
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(Damaged):
        is_protected(path)
    path.write_bytes(bytes(40960))
    with pytest.raises(Damaged):
        is_protected(path)
