"""A protected book that does not open: a wrong passphrase and a damaged file are told apart."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from passphrases import FIRST, SECOND, quick_passphrases

from sochibo.storage.engine.cipher import PAGE_BYTES, Key
from sochibo.storage.engine.connection import Damaged, NotABook, WrongKey, read_header
from sochibo.storage.engine.database import Database
from sochibo.storage.engine.recovery import WrongRecoveryKey, spell

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    quick_passphrases(monkeypatch)
    Database.create(tmp_path / "Sổ.sochibo", passphrase=FIRST).close()
    return tmp_path / "Sổ.sochibo"


def noise(count: int) -> bytes:
    return random.Random(7).randbytes(count)  # noqa: S311 - damage, no secret


def test_every_page_tells_the_key_that_it_was_written_with(path: Path) -> None:
    data = path.read_bytes()
    right, wrong = (Key.derive(passphrase, data[:16]) for passphrase in (FIRST, SECOND))
    pages = [data[start : start + PAGE_BYTES] for start in range(0, len(data), PAGE_BYTES)]
    assert all(right.wrote(page, number) for number, page in enumerate(pages, 1))
    assert not any(wrong.wrote(page, number) for number, page in enumerate(pages, 1))
    assert not right.wrote(pages[1], 3)
    assert not right.wrote(pages[1][:-1], 2)
    assert not right.wrote(b"", 1)


@pytest.mark.parametrize("start", [16, 100, PAGE_BYTES - 1], ids=["begins", "within", "ends"])
def test_a_right_passphrase_of_a_file_whose_first_page_is_spoilt_is_not_called_wrong(
    path: Path, start: int
) -> None:
    data = bytearray(path.read_bytes())
    data[start] ^= 0x10
    path.write_bytes(data)
    key = Key.derive(FIRST, bytes(data[:16]))
    for read_only in (False, True):
        with pytest.raises(Damaged):
            Database.open(path, passphrase=FIRST, read_only=read_only)
        with pytest.raises(Damaged):
            Database.open(path, recovery="\n".join(spell(key.raw)), read_only=read_only)
        with pytest.raises(WrongKey):
            Database.open(path, passphrase=SECOND, read_only=read_only)
        with pytest.raises(WrongRecoveryKey):
            Database.open(path, recovery="\n".join(spell(bytes(32))), read_only=read_only)
    assert path.read_bytes() == data


def test_what_is_left_of_a_file_overwritten_from_the_front_is_enough_to_tell(path: Path) -> None:
    data = path.read_bytes()
    spoilt = len(data) // PAGE_BYTES * 9 // 10 * PAGE_BYTES
    path.write_bytes(data[:16] + noise(spoilt - 16) + data[spoilt:])
    with pytest.raises(Damaged):
        Database.open(path, passphrase=FIRST)
    path.write_bytes(data[:16] + noise(len(data) - 16))
    with pytest.raises(WrongKey):
        Database.open(path, passphrase=FIRST)


@pytest.mark.parametrize(
    ("blank", "fault"),
    [(16, Damaged), (512, Damaged), (PAGE_BYTES, Damaged), (10**9, Damaged)],
    ids=["salt", "sector", "page", "everything"],
)
def test_a_file_whose_beginning_a_crash_left_blank_is_damaged_before_anything_is_asked(
    path: Path, blank: int, fault: type[Exception]
) -> None:
    data = path.read_bytes()
    path.write_bytes((bytes(min(blank, len(data))) + data[blank:])[: len(data)])
    with pytest.raises(fault):
        read_header(path)


def test_an_empty_file_lost_everything_and_a_letter_was_never_a_book(path: Path) -> None:
    path.write_bytes(b"")
    with pytest.raises(Damaged):
        read_header(path)
    path.write_bytes("Thư\n".encode() * 2000)
    with pytest.raises(NotABook):
        read_header(path)
