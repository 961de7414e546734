"""Protected files: SQLCipher's own format, whole at every moment, copied with their protection."""

from __future__ import annotations

import math
import os
import secrets
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from passphrases import FIRST, SECOND, quick_passphrases
from sqlcipher3 import dbapi2 as engine

from sochibo import faults
from sochibo.storage.editions import upgrade
from sochibo.storage.editions.migrations import (
    SCHEMA_NUMBER,
    make_first_schema,
    make_second_schema,
    make_third_schema,
)
from sochibo.storage.engine import cipher, rekeying
from sochibo.storage.engine import database as database_module
from sochibo.storage.engine.cipher import Key, fresh_key
from sochibo.storage.engine.connection import (
    Damaged,
    Migrations,
    NewerBook,
    NotABook,
    OlderBook,
    PassphraseNeeded,
    WrongKey,
    connect,
    read_header,
)
from sochibo.storage.engine.database import Database

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    # Only for its type: whoever imports it before our `connection` takes its errors from the wrong engine.
    from sqlite_utils import Database as Tables


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_passphrases(monkeypatch)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Database.create(tmp_path / "Sổ.sochibo", passphrase=FIRST) as database:
        add(database, 40)
    return tmp_path / "Sổ.sochibo"


def add(database: Database, count: int) -> None:
    with database.act("Added units"):
        for _ in range(count):
            database.insert(
                "unit", {"id": secrets.token_hex(8), "name": "Chi bộ Thôn Bàu Sen", "since": "2026-01-01"}
            )


def units(database: Database) -> int:
    return int(next(database.rows("select count(*) as n from unit"))["n"])


def test_any_tool_of_sqlcipher_opens_the_file_with_the_passphrase_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    path = tmp_path / "Sổ.sochibo"
    with Database.create(path, passphrase=FIRST) as database:
        add(database, 1)
    tool = engine.connect(path)
    tool.execute(f"pragma key = '{FIRST}'")
    assert tool.execute("select name from unit").fetchall() == [("Chi bộ Thôn Bàu Sen",)]
    assert tool.execute("pragma cipher_integrity_check").fetchall() == []
    tool.close()


def test_nothing_readable_is_in_the_file_or_beside_it_while_it_is_worked_in(path: Path) -> None:
    with Database.open(path, passphrase=FIRST) as database:
        add(database, 200)
        for file in path.parent.iterdir():
            data = file.read_bytes()
            assert "Bàu Sen".encode() not in data
            assert b"SQLite format" not in data
            assert b"create table" not in data
        page = Counter(path.read_bytes()[:4096]).values()
    assert -sum(n / 4096 * math.log2(n / 4096) for n in page) > 7.9


def test_a_copy_is_whole_and_opens_by_the_same_passphrase(path: Path) -> None:
    with Database.open(path, passphrase=FIRST) as database:
        add(database, 2)
        path.with_name("copy.sochibo").touch()
        with (
            closing(database.opening(path, read_only=True)) as source,
            closing(database.opening(path.with_name("copy.sochibo"))) as target,
        ):
            source.conn.backup(target.conn)
        add(database, 5)
    assert sorted(file.name for file in path.parent.iterdir()) == ["Sổ.sochibo", "copy.sochibo"]
    with pytest.raises(PassphraseNeeded):
        Database.open(path.with_name("copy.sochibo"))
    with Database.open(path.with_name("copy.sochibo"), passphrase=FIRST) as copy:
        assert units(copy) == 42


def test_further_connections_need_no_passphrase(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Database.open(path, passphrase=FIRST) as database:
        monkeypatch.setattr(Key, "derive", None)
        sql = database.opening(path, read_only=True)
        assert sql.execute("select count(*) from unit").fetchone() == (40,)
        sql.close()


def test_a_new_key_brings_everything_along(path: Path) -> None:
    def everything(key: Key | None) -> list[object]:
        sql = connect(path, read_only=True, key=key)
        found = sql.execute("select name from sqlite_schema where type = 'table' order by name")
        names = [name for (name,) in found if not name.endswith(("_config", "_idx"))]
        held = [sql.execute(f'select rowid, * from "{name}"').fetchall() for name in names]  # noqa: S608 - our tables
        numbers = [sql.execute(f"pragma {name}").fetchone() for name in ("application_id", "user_version")]
        sql.close()
        return [*names, *held, *numbers]

    with Database.open(path, passphrase=FIRST) as database:
        database.undo()
        before = everything(database.key)
        for key in (fresh_key(SECOND), None, fresh_key(FIRST)):
            database.change_key(key)
            assert everything(key) == before
        database.redo()
    with Database.open(path, passphrase=FIRST) as database:
        assert units(database) == 40


def raising(error: Exception) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize(
    ("module", "name", "error", "fault"),
    [
        (os, "fsync", OSError(28, "No space left on device"), faults.DiskFull),
        (rekeying, "_prove", Damaged(name="Sổ.sochibo"), Damaged),
        (rekeying, "connect", PermissionError(13, "Permission denied"), faults.NotWritable),
    ],
)
def test_a_new_key_that_cannot_be_written_leaves_the_book_as_it_was(
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    module: object,
    name: str,
    error: Exception,
    fault: type[faults.Fault],
) -> None:
    with Database.open(path, passphrase=FIRST) as database:
        with monkeypatch.context() as broken:
            broken.setattr(module, name, raising(error))
            with pytest.raises(fault):
                database.change_key(None)
        assert database.key is not None
        add(database, 1)
    assert [file.name for file in path.parent.iterdir()] == ["Sổ.sochibo"]
    with Database.open(path, passphrase=FIRST) as database:
        assert units(database) == 41


def test_what_a_crash_left_is_cleared_away_but_never_the_book_itself(path: Path) -> None:
    folder = path.parent
    before = path.read_bytes()
    (folder / ".Sổ.sochibo.0a1b2c3d.old").hardlink_to(path)
    (folder / ".Sổ.sochibo.0a1b2c3e.tmp").hardlink_to(path)
    for name in (".Sổ.sochibo.00000000.tmp", ".Sổ.sochibo.00000000.tmp-wal", ".Sổ.sochibo.11111111.old"):
        (folder / name).write_bytes("Chi bộ Thôn Bàu Sen".encode() * 100)
    others = (".Sổ khác.sochibo.00000000.tmp", ".Sổ.sochibo.note", "Sổ.sochibo.00000000.tmp")
    for name in others:
        (folder / name).touch()
    with Database.open(path, passphrase=FIRST, read_only=True):
        assert (folder / ".Sổ.sochibo.00000000.tmp").exists()
    with Database.open(path, passphrase=FIRST) as database:
        assert units(database) == 40
    assert sorted(file.name for file in folder.iterdir()) == sorted(("Sổ.sochibo", *others))
    assert len(path.read_bytes()) == len(before)


def test_the_plain_file_that_was_replaced_is_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "Sổ.sochibo"
    overwritten: list[bytes] = []

    def look(file: Path) -> None:
        whole(file)
        overwritten.append(file.read_bytes())

    with Database.create(path) as database:
        add(database, 40)
        database.rest()
        before = len(path.read_bytes())
        whole = rekeying._overwrite  # noqa: SLF001 - what the disk held is seen only here
        monkeypatch.setattr(rekeying, "_overwrite", look)
        database.change_key(fresh_key(FIRST))
    assert overwritten == [bytes(before)]


@pytest.mark.parametrize("place", [3, 100, 4096 + 7, 50 * 4096 - 5])
def test_a_flipped_bit_is_found_wherever_it_is(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 0x10
    path.write_bytes(data)
    with pytest.raises((WrongKey, Damaged)) as caught:
        Database.open(path, passphrase=FIRST)
    # Without the salt, in the first 16 bytes, no key can be made of a passphrase: it seems a wrong one.
    assert isinstance(caught.value, WrongKey) is (place < 16)
    assert path.read_bytes() == data


@pytest.mark.parametrize("cut", [1, 4096, 40000])
def test_a_cut_file_is_damaged(path: Path, cut: int) -> None:
    path.write_bytes(path.read_bytes()[:-cut])
    for read_only in (False, True):
        with pytest.raises(Damaged):
            Database.open(path, passphrase=FIRST, read_only=read_only)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", Damaged),
        (b"SQLite format 3\x00" + secrets.token_bytes(5000), NotABook),
        (secrets.token_bytes(4095), NotABook),
        (b"PK\x03\x04" + secrets.token_bytes(9000), NotABook),
        (b"%PDF-1.7" + secrets.token_bytes(9000), NotABook),
        ("Danh sách đảng viên\n".encode() * 900, NotABook),
        (secrets.token_bytes(8192), PassphraseNeeded),
    ],
    ids=["empty", "a beginning of SQLite", "less than a page", "zip", "pdf", "text", "noise"],
)
def test_a_passphrase_is_asked_only_for_what_may_be_a_book(
    tmp_path: Path, data: bytes, fault: type[faults.Fault]
) -> None:
    path = tmp_path / "x.sochibo"
    path.write_bytes(data)
    with pytest.raises(fault):
        Database.open(path)
    with pytest.raises((NotABook, WrongKey, Damaged)):
        Database.open(path, passphrase=FIRST)
    assert path.read_bytes() == data
    assert [file.name for file in tmp_path.iterdir()] == ["x.sochibo"]


@pytest.mark.parametrize("beginning", cipher.PACKED)
def test_no_new_book_begins_like_a_packed_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, beginning: bytes
) -> None:
    salts = iter([beginning.ljust(16, b"a"), b"\x1f\x8b-then-a-good-1"])
    with monkeypatch.context() as dice:
        dice.setattr(secrets, "token_bytes", lambda _: next(salts))
        key = fresh_key(FIRST)
    assert key.salt == b"\x1f\x8b-then-a-good-1"
    # That one is no gzip file, whose third byte is always 8: it must be asked for its passphrase.
    path = tmp_path / "Sổ.sochibo"
    monkeypatch.setattr(database_module, "fresh_key", lambda _: key)
    Database.create(path, passphrase=FIRST).close()
    assert path.read_bytes().startswith(b"\x1f\x8b")
    with Database.open(path, passphrase=FIRST) as database:
        assert database.key == key


def test_the_header_of_a_protected_book_says_so_and_no_more(path: Path) -> None:
    header = read_header(path)
    assert (header.protected, header.salt, header.schema_number) == (True, path.read_bytes()[:16], 0)


def test_an_older_protected_book_is_brought_up_to_date_and_kept_as_it_was_both_protected(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()
    steps = Migrations("sochibo")
    steps()(make_first_schema)
    steps()(make_second_schema)
    steps()(make_third_schema)

    @steps()
    def add_colour(database: Tables) -> None:
        database.execute("alter table unit add column colour text not null default 'đỏ'")

    with Database.open(path, passphrase=FIRST, read_only=True) as database:
        key = database.key
    kept = upgrade.bring_up_to_date(path, steps, SCHEMA_NUMBER + 1, key=key)
    assert kept.read_bytes() == before
    assert read_header(path).protected
    sql = connect(path, read_only=True, key=key)
    assert sql.execute("select distinct colour from unit").fetchall() == [("đỏ",)]
    assert sql.execute("pragma user_version").fetchone() == (SCHEMA_NUMBER + 1,)
    sql.close()
    with pytest.raises(NewerBook):
        Database.open(path, passphrase=FIRST)
    monkeypatch.setattr(database_module, "SCHEMA_NUMBER", SCHEMA_NUMBER + 1)
    with pytest.raises(OlderBook):
        Database.open(kept, passphrase=FIRST, read_only=True)
