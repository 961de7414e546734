"""Received files beside a protected book: locked with it, readable in every state of it, never lost."""

from __future__ import annotations

import hashlib
import shutil
from datetime import date, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from passphrases import FIRST, SECOND, quick_passphrases
from recordings import noon

from sochibo import faults, files
from sochibo.book.book import Book
from sochibo.book.inbox import received_files
from sochibo.book.inbox.received_files import LockedAway, LostFile, folder_of, follow
from sochibo.book.inbox.received_keys import Keys, keys_of
from sochibo.book.upkeep import backups
from sochibo.book.upkeep.backups import Reason
from sochibo.book.upkeep.restoring import preview_restore, restore
from sochibo.messages import Messages
from sochibo.storage.engine.connection import ReadOnlyBook
from sochibo.storage.engine.database import Database
from sochibo.storage.engine.rekeying import wipe_file

if TYPE_CHECKING:
    from pathlib import Path

RECEIVED = noon(date(2026, 12, 3))
CONTENTS = tuple(f"%PDF-1.7 {name}, đảng viên dự bị".encode() * 9 for name in ("Lê Kín", "Phạm Đáo"))
DIGESTS = tuple(hashlib.sha256(content).hexdigest() for content in CONTENTS)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_passphrases(monkeypatch)


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """Return a stick with two files that are no papers: they are refused, and kept all the same."""
    made = tmp_path / "papers"
    made.mkdir()
    for number, content in enumerate(CONTENTS):
        (made / f"{number}.pdf").write_bytes(content)
    return made


@pytest.fixture
def book(committee: Book) -> Book:
    """Return the committee's book, protected."""
    committee.protection.choose(FIRST)
    return committee


def lying(path: Path) -> list[str]:
    """Return the endings of what lies beside a book, and prove that no name of a person can be read there."""
    found = [one for one in folder_of(path).rglob("*") if one.is_file()]
    for one in found:
        assert one.suffix == ".pdf" or b"PDF" not in one.read_bytes()
    return sorted(one.suffix for one in found)


def read(book: Book) -> set[bytes]:
    return {book.inbox.file(one.id) for one in book.inbox.submissions()}


def codes(book: Book) -> set[str]:
    found = {one.code: one for one in book.condition.findings(RECEIVED, thorough=True)}
    for code in found.keys() & {"T13", "T14", "T15"}:
        assert found[code].fields["n"] == len(CONTENTS)
    return found.keys() & {"T13", "T14", "T15"}


def test_what_a_protected_book_receives_lies_locked_and_is_read_as_it_came(book: Book, papers: Path) -> None:
    book.inbox.receive([papers], RECEIVED)
    book.inbox.receive([papers], RECEIVED)
    assert lying(book.path) == [".locked"] * 2
    assert (read(book), codes(book)) == (set(CONTENTS), set())
    with Book.open(book.path, passphrase=FIRST) as reader:
        assert reader.read_only
        assert read(reader) == set(CONTENTS)


def test_a_second_program_keeps_nothing_beside_the_book(book: Book, papers: Path) -> None:
    with Book.open(book.path, passphrase=FIRST) as reader, pytest.raises(ReadOnlyBook):
        reader.inbox.receive([papers], RECEIVED)
    assert lying(book.path) == []


def test_a_locked_file_that_was_changed_is_lost_and_received_anew(book: Book, papers: Path) -> None:
    (first, *_) = book.inbox.receive([papers], RECEIVED)
    (place,) = folder_of(book.path).glob(f"*/{first.sha256}.*")
    whole = place.read_bytes()
    for spoilt in (b"", whole[:50], whole[:-1], whole[:-1] + bytes([whole[-1] ^ 1]), b"x" + whole[1:]):
        place.write_bytes(spoilt)
        with pytest.raises(LostFile) as told:
            book.inbox.file(first.id)
        assert not isinstance(told.value, LockedAway)
        assert (told.value.code, told.value.fields) == ("K21", {"name": "0.pdf"})
    book.inbox.receive([papers], RECEIVED)
    assert read(book) == set(CONTENTS)


def test_files_follow_the_book_when_it_is_protected_and_when_it_is_opened(
    committee: Book, papers: Path
) -> None:
    committee.inbox.receive([papers], RECEIVED)
    committee.protection.choose(FIRST)
    assert (lying(committee.path), codes(committee)) == ([".pdf"] * 2, {"T15"})
    told: list[tuple[int, int]] = []

    def progress(done: int, of: int) -> bool:
        told.append((done, of))
        return True

    made = committee.backups.make(Reason.ASKED, RECEIVED, progress)
    assert (made.faults, told) == ((), [(1, 2), (2, 2)])
    assert (lying(committee.path), codes(committee)) == ([".locked"] * 2, set())
    assert read(committee) == set(CONTENTS)
    committee.protection.remove(FIRST)
    assert (read(committee), codes(committee)) == (set(CONTENTS), set())
    committee.backups.make(Reason.ASKED)
    assert (lying(committee.path), read(committee)) == ([".pdf"] * 2, set(CONTENTS))


def test_another_passphrase_has_another_key_and_the_files_before_stay_readable(
    book: Book, papers: Path
) -> None:
    book.inbox.receive([papers / "0.pdf"], RECEIVED)
    book.protection.choose(SECOND, FIRST)
    book.inbox.receive([papers / "1.pdf"], RECEIVED)
    book.protection.remove(SECOND)
    book.protection.choose(FIRST)
    book.inbox.receive([papers], RECEIVED)
    names = {one.name.split(".")[1] for one in folder_of(book.path).glob("*/*.locked")}
    assert (len(names), read(book)) == (3, set(CONTENTS))


@pytest.mark.parametrize("opens", [False, True])
def test_a_fall_at_any_moment_leaves_every_file_readable(
    committee: Book, papers: Path, monkeypatch: pytest.MonkeyPatch, *, opens: bool
) -> None:
    committee.inbox.receive([papers], RECEIVED)
    committee.protection.choose(FIRST)
    if opens:
        committee.backups.make(Reason.ASKED, RECEIVED)
        committee.protection.remove(FIRST)
    else:
        monkeypatch.setattr(backups, "follow", lambda *_given: 0)
        committee.backups.make(Reason.ASKED, RECEIVED)
    committee.close()
    before = {path: path.read_bytes() for path in folder_of(committee.path).rglob("*") if path.is_file()}
    steps_left = 0

    def falls() -> bool:
        nonlocal steps_left
        steps_left -= 1
        return steps_left == 0

    def write(path: Path, data: bytes) -> None:
        if falls():
            path.with_name(".0123456789abcdef.tmp").write_bytes(data[:20])
            raise KeyboardInterrupt
        files.write_whole(path, data)

    def wipe(path: Path) -> None:
        if falls():
            path.write_bytes(bytes(path.stat().st_size))
            raise KeyboardInterrupt
        wipe_file(path)

    monkeypatch.setattr(received_files, "wipe_file", wipe)
    monkeypatch.setattr(
        received_files, "files", SimpleNamespace(read_whole=files.read_whole, write_whole=write)
    )
    with Database.open(committee.path, passphrase="" if opens else FIRST) as database:
        folder, keys = folder_of(committee.path), keys_of(database)
        for moment in range(1, 2 * len(CONTENTS) + 1):
            shutil.rmtree(folder)
            for path, content in before.items():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            steps_left = moment
            with pytest.raises(KeyboardInterrupt):
                follow(database)
            assert {received_files.read(folder, one, keys, "") for one in DIGESTS} == set(CONTENTS)
            follow(database)
            endings = {path.suffix for path in folder.glob("*/[0-9a-f]*")}
            assert endings == {".pdf" if opens else ".locked"}
            assert {received_files.read(folder, one, keys, "") for one in DIGESTS} == set(CONTENTS)


def test_no_file_is_locked_before_a_copy_of_the_book_holds_the_key(
    book: Book, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object) -> None:
        raise faults.DiskFull(name="copy")

    with monkeypatch.context() as patch:
        patch.setattr(backups, "make_backup", full)
        with pytest.raises(faults.DiskFull):
            book.inbox.receive([papers], RECEIVED)
    assert (lying(book.path), book.inbox.submissions()) == ([], ())
    book.inbox.receive([papers], RECEIVED)
    newest = book.backups.all()[0]
    with Database.open(newest.path, passphrase=FIRST, read_only=True) as copy:
        known = keys_of(copy).known
    assert all(path.name.split(".")[1] in known for path in folder_of(book.path).glob("*/*.locked"))


def test_they_travel_locked_and_open_on_another_pc(book: Book, papers: Path, tmp_path: Path) -> None:
    stick, other = tmp_path / "backup stick", tmp_path / "other pc"
    for folder in (stick, other):
        folder.mkdir()
    book.backups.choose_second_place(stick)
    book.inbox.receive([papers], RECEIVED)
    made = book.backups.make(Reason.ASKED, RECEIVED)
    assert made.second is not None
    assert lying(stick / book.path.name) == [".locked"] * 2
    restored = other / "Đảng ủy.sochibo"
    restore(preview_restore(made.second.path, restored, passphrase=FIRST), RECEIVED)
    with Book.open(restored, passphrase=FIRST) as there:
        assert (read(there), codes(there)) == (set(CONTENTS), set())


def test_what_lay_open_at_the_second_place_goes_once_it_lies_there_locked(
    committee: Book, papers: Path, tmp_path: Path
) -> None:
    stick = tmp_path / "backup stick"
    stick.mkdir()
    committee.backups.choose_second_place(stick)
    committee.inbox.receive([papers], RECEIVED)
    committee.backups.make(Reason.ASKED, RECEIVED)
    assert lying(stick / committee.path.name) == [".pdf"] * 2
    committee.protection.choose(FIRST)
    committee.backups.make(Reason.ASKED, RECEIVED)
    assert lying(stick / committee.path.name) == [".locked"] * 2


def test_an_older_copy_put_in_the_book_s_place_opens_what_was_locked_since(
    committee: Book, papers: Path
) -> None:
    committee.inbox.receive([papers], RECEIVED)
    older = committee.backups.make(Reason.ASKED, RECEIVED).first
    committee.protection.choose(FIRST)
    committee.backups.make(Reason.ASKED, RECEIVED + timedelta(days=1))
    committee.close()
    assert older is not None
    restore(preview_restore(older.path, committee.path, passphrase=FIRST), RECEIVED)
    with Book.open(committee.path) as back:
        assert (lying(back.path), read(back), codes(back)) == ([".locked"] * 2, set(CONTENTS), set())


def test_a_copy_older_than_the_key_says_what_to_do(committee: Book, papers: Path, tmp_path: Path) -> None:
    (first, *_) = committee.inbox.receive([papers], RECEIVED)
    older = committee.backups.make(Reason.ASKED, RECEIVED).first
    committee.protection.choose(FIRST)
    committee.backups.make(Reason.ASKED, RECEIVED + timedelta(days=1))
    assert older is not None
    alone = tmp_path / "alone" / committee.path.name
    shutil.copytree(folder_of(committee.path), folder_of(alone))
    shutil.copy(older.path, alone)
    with Book.open(alone) as back:
        assert codes(back) == {"T14"}
        with pytest.raises(LockedAway) as told:
            back.inbox.file(first.id)
        assert told.value.say(Messages("en")).endswith("(K23)")
        back.inbox.receive([papers], RECEIVED)
        assert (read(back), lying(alone)) == (set(CONTENTS), [".locked"] * 2 + [".pdf"] * 2)


def test_a_book_written_out_reads_them_too(book: Book, papers: Path, tmp_path: Path) -> None:
    book.inbox.receive([papers], RECEIVED)
    book.dumps.write(tmp_path / "book.json")
    loaded = tmp_path / "elsewhere" / "Sổ.sochibo"
    shutil.copytree(folder_of(book.path), folder_of(loaded))
    with Book.load(tmp_path / "book.json", loaded) as there:
        assert read(there) == set(CONTENTS)


def test_a_cell_s_book_needs_no_such_key(cell: Book) -> None:
    cell.protection.choose(FIRST)
    cell.backups.make(Reason.ASKED, RECEIVED)
    with Database.open(cell.path, passphrase=FIRST, read_only=True) as database:
        assert (keys_of(database), follow(database)) == (Keys(), 0)
