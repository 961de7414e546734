"""Copies of a book: whole, known to restore, named by moment and reason, thinned out with time."""

from __future__ import annotations

import os
import threading
import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from sochibo import faults
from sochibo.storage.copies.backup import (
    Backup,
    CopyNotWhole,
    Reason,
    backups_folder,
    backups_in,
    copy_to_second_place,
    make_backup,
    thin_out,
)
from sochibo.storage.copies.backup_contents import read_contents_of
from sochibo.storage.copies.restore import opening_of, put_in_place
from sochibo.storage.engine import cipher
from sochibo.storage.engine.connection import Damaged, NotABook, PassphraseNeeded, WrongKey, connect
from sochibo.storage.engine.database import Database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PASSPHRASE = "lúa chín vàng đồng"  # noqa: S105 - of a book that lives for one test
NOW = datetime(2026, 11, 5, 8, 0, 30).astimezone()


def add_unit(database: Database, key: str) -> None:
    with database.act("Added {name}", {"name": key}):
        database.insert("unit", {"id": key, "name": f"Chi bộ {key}", "since": "2026-01-01"})


def start_book(database: Database, book_id: str = "book") -> None:
    with database.act("Made the book"):
        database.insert("book", {"id": book_id, "kind": "cell", "made_at": "2026", "organisation_id": "o"})
        database.insert(
            "organisation",
            {"id": "o", "kind": "cell", "name": "Chi bộ", "superior": "", "place": "", "symbol": ""},
        )


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with Database.create(tmp_path / "Sổ.sochibo", fill=start_book) as made:
        add_unit(made, "first")
        yield made


def units(path: Path) -> list[str]:
    sql = connect(path, read_only=True)
    try:
        return [key for (key,) in sql.execute("select id from unit order by id")]
    finally:
        sql.close()


def test_a_copy_of_an_open_book_is_one_whole_file_with_a_telling_name(database: Database) -> None:
    folder = backups_folder(database.path)
    made, contents = make_backup(database.path, folder, Reason.DAILY, NOW)
    assert folder.name == "Sổ.backups"
    assert os.listdir(folder) == ["2026-11-05 0800 daily.sochibo"]  # noqa: PTH208 - names only
    assert backups_in(folder) == (made,)
    assert made.at == NOW.replace(second=0)
    assert read_contents_of(made.path, connect, thorough=True) == contents
    assert (contents.book_id, contents.counts["unit"]) == ("book", 1)
    # Reading it leaves nothing beside it either.
    assert os.listdir(folder) == ["2026-11-05 0800 daily.sochibo"]  # noqa: PTH208 - names only


def test_copies_of_one_minute_get_numbers_and_nothing_is_overwritten(database: Database) -> None:
    folder = backups_folder(database.path)
    made = [make_backup(database.path, folder, Reason.CLOSE, NOW)[0] for _ in range(3)]
    assert [backup.path.name for backup in made] == [
        "2026-11-05 0800 close.sochibo", "2026-11-05 0800 close 2.sochibo", "2026-11-05 0800 close 3.sochibo",
    ]  # fmt: skip
    assert backups_in(folder) == tuple(reversed(made))


def test_a_copy_holds_what_the_log_holds_and_not_an_act_under_way(database: Database) -> None:
    folder = backups_folder(database.path)
    with database.act("Added another"):
        database.insert("unit", {"id": "second", "name": "Chi bộ", "since": "2026-01-01"})
        made: list[Backup] = []
        worker = threading.Thread(
            target=lambda: made.append(make_backup(database.path, folder, Reason.ASKED, NOW)[0])
        )
        worker.start()
        worker.join()
    assert units(made[0].path) == ["first"]
    assert units(make_backup(database.path, folder, Reason.ASKED, NOW)[0].path) == ["first", "second"]


def test_every_act_and_every_undo_changes_the_figures_of_a_book(database: Database) -> None:
    def mark() -> str:
        return read_contents_of(database.path, connect).mark

    marks = [mark()]
    add_unit(database, "second")
    marks.append(mark())
    database.undo()
    marks.append(mark())
    assert len(set(marks)) == 3
    database.redo()
    assert mark() == marks[1]


def test_a_copy_that_did_not_turn_out_whole_is_not_kept(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoil(handle: int) -> None:
        size = os.fstat(handle).st_size
        os.lseek(handle, size // 2, os.SEEK_SET)
        os.write(handle, b"\xa5" * (size // 2))

    folder = backups_folder(database.path)
    monkeypatch.setattr(os, "fsync", spoil)
    with pytest.raises(CopyNotWhole) as caught:
        make_backup(database.path, folder, Reason.DAILY, NOW)
    assert caught.value.fields == {"name": "Sổ.sochibo"}
    assert list(folder.iterdir()) == []


def test_a_copy_of_something_else_or_of_nothing_leaves_nothing(tmp_path: Path) -> None:
    text = tmp_path / "thư.sochibo"
    text.write_text("Danh sách\n" * 100, "utf-8")
    with pytest.raises(NotABook):
        make_backup(text, tmp_path / "copies", Reason.ASKED, NOW)
    with pytest.raises(faults.NotReadable):
        make_backup(tmp_path / "none.sochibo", tmp_path / "copies", Reason.ASKED, NOW)
    with pytest.raises(faults.NotReadable):
        make_backup(text, tmp_path / "gone" / "copies", Reason.ASKED, NOW)
    assert list((tmp_path / "copies").iterdir()) == []
    assert not (tmp_path / "gone").exists()


def test_a_damaged_book_gets_no_copy_that_would_pass_for_good(database: Database) -> None:
    for number in range(300):
        add_unit(database, f"u{number}")
    database.close()
    data = database.path.read_bytes()
    database.path.write_bytes(data[:8192] + b"\xa5" * 16384 + data[24576:])
    with pytest.raises((Damaged, CopyNotWhole)):
        make_backup(database.path, backups_folder(database.path), Reason.DAILY, NOW)
    assert list(backups_folder(database.path).iterdir()) == []


def test_the_second_place_gets_the_same_bytes_read_back(database: Database, tmp_path: Path) -> None:
    made, _ = make_backup(database.path, backups_folder(database.path), Reason.DAILY, NOW)
    stick = tmp_path / "stick"
    stick.mkdir()
    folder = backups_folder(database.path, stick)
    second = copy_to_second_place(made, folder)
    assert second.path == stick / "Sổ.backups" / made.path.name
    assert second.path.read_bytes() == made.path.read_bytes()
    assert copy_to_second_place(made, folder).path.name == "2026-11-05 0800 daily 2.sochibo"
    assert len(list(folder.iterdir())) == 2


def test_thinning_out_leaves_alone_what_is_not_ours(database: Database, tmp_path: Path) -> None:
    folder = backups_folder(database.path)
    for hour in range(4):
        make_backup(database.path, folder, Reason.CLOSE, NOW + timedelta(hours=hour))
    with Database.create(tmp_path / "other.sochibo", fill=lambda made: start_book(made, "other")):
        pass
    strangers = {
        "2026-11-05 0730 close.sochibo": (tmp_path / "other.sochibo").read_bytes(),
        "2026-11-05 0731 close.sochibo": b"cannot be read",
        "2026-11-05 0732 why.sochibo": made_bytes(folder),
        "2026-11-45 0733 close.sochibo": made_bytes(folder),
        "Ảnh.jpg": b"a picture",
    }
    for name, data in strangers.items():
        (folder / name).write_bytes(data)
    (folder / "2026-11-05 0734 close.sochibo").mkdir()
    newest, _ = make_backup(database.path, folder, Reason.CLOSE, NOW + timedelta(hours=5))
    thin_out(folder, newest, "book", NOW + timedelta(hours=5))
    left = {path.name for path in folder.iterdir()}
    assert left == {*strangers, "2026-11-05 0734 close.sochibo", newest.path.name}
    assert all((folder / name).read_bytes() == data for name, data in strangers.items())


def made_bytes(folder: Path) -> bytes:
    return backups_in(folder)[0].path.read_bytes()


def test_the_copy_just_made_stays_though_the_clock_was_wrong_before(database: Database) -> None:
    folder = backups_folder(database.path)
    wrong, _ = make_backup(database.path, folder, Reason.DAILY, NOW + timedelta(days=9000))
    first, _ = make_backup(database.path, folder, Reason.DAILY, NOW)
    thin_out(folder, first, "book", NOW)
    second, _ = make_backup(database.path, folder, Reason.DAILY, NOW + timedelta(minutes=5))
    thin_out(folder, second, "book", NOW)
    assert backups_in(folder) == (wrong, second)


def test_what_a_killed_program_left_goes_after_a_day(database: Database) -> None:
    folder = backups_folder(database.path)
    folder.mkdir()
    old, young, other = (
        folder / name for name in (".0123456789abcdef.copy.tmp", f".{'f' * 16}.copy.tmp", ".x")
    )
    for file in (old, young, other):
        file.write_bytes(b"half")
    for file in (old, other):
        os.utime(file, (time.time() - 90_000,) * 2)
    make_backup(database.path, folder, Reason.DAILY, NOW)
    assert not old.exists()
    assert young.exists()
    assert other.exists()


def test_the_copy_of_a_protected_book_is_protected_by_its_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cipher, "ROUNDS", 1000)
    book = tmp_path / "Kín.sochibo"
    with Database.create(book, fill=start_book, passphrase=PASSPHRASE) as database:
        add_unit(database, "first")
        folder, opening = backups_folder(book), database.opening
        make_backup(book, folder, Reason.DAILY, NOW, opening)
        made, contents = make_backup(book, folder, Reason.DAILY, NOW, opening)
        thin_out(folder, made, "book", NOW, opening)
    assert contents.counts["unit"] == 1
    assert "Chi bộ".encode() not in made.path.read_bytes()
    assert backups_in(folder) == (made,)
    with pytest.raises(PassphraseNeeded):
        opening_of(made.path)
    with pytest.raises(WrongKey):
        read_contents_of(made.path, opening_of(made.path, "lúa xanh"))
    book.unlink()
    assert put_in_place(made.path, book, NOW, opening_of(made.path, PASSPHRASE)) is None
    assert read_contents_of(book, opening_of(book, PASSPHRASE), thorough=True) == contents
    with Database.open(book, passphrase=PASSPHRASE) as restored:
        assert [row["id"] for row in restored.rows("select id from unit")] == ["first"]
