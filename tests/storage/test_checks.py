"""Is a file whole, and does it lie in a safe place?"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from sochibo.storage.copies.backup_rules import load_backup_rules
from sochibo.storage.engine import checks_place, connection
from sochibo.storage.engine.checks import are_pages_whole, count_lost_references
from sochibo.storage.engine.checks_place import Place, free_bytes, place_of
from sochibo.storage.engine.connection import connect
from sochibo.storage.engine.database import Database

if TYPE_CHECKING:
    from pathlib import Path

RULES = load_backup_rules()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "Sổ.sochibo"
    with Database.create(path) as database, database.act("Added units"):
        for number in range(300):
            database.insert("unit", {"id": f"u{number}", "name": f"Chi bộ {number}", "since": "2026-01-01"})
    return path


def test_a_whole_file_is_whole(book: Path) -> None:
    assert are_pages_whole(book)
    assert are_pages_whole(book, thorough=True)
    assert count_lost_references(book) == 0
    assert [path.name for path in book.parent.iterdir()] == [book.name]


def test_an_overwritten_page_is_found(book: Path) -> None:
    data = bytearray(book.read_bytes())
    place = data.rindex("Chi bộ 150".encode()) // 4096 * 4096
    data[place : place + 4096] = b"\xa5" * 4096
    book.write_bytes(data)
    assert not are_pages_whole(book)
    assert not are_pages_whole(book, thorough=True)


def test_an_index_that_lacks_a_row_is_found_by_the_thorough_look(book: Path) -> None:
    sql = connect(book)
    root = sql.execute("select rootpage from sqlite_schema where name = 'journal_action'").fetchone()[0]
    sql.execute("pragma wal_checkpoint(truncate)").fetchone()
    sql.close()
    data = bytearray(book.read_bytes())
    # The page says of itself that it has no rows.
    start = (root - 1) * 4096
    data[start + 3 : start + 5] = b"\x00\x00"
    book.write_bytes(data)
    assert not are_pages_whole(book, thorough=True)


def test_lost_references_are_counted(book: Path) -> None:
    sql = connect(book)
    sql.execute("pragma foreign_keys = off")
    sql.execute("insert into sealed_file values ('none', '', '', '', x'00')")
    sql.close()
    assert are_pages_whole(book)
    assert count_lost_references(book) == 1


@pytest.mark.parametrize(
    ("folder", "marker", "name"),
    [
        ("OneDrive - Xã Đông Hòa/Sổ", None, "OneDrive - Xã Đông Hòa"),
        ("Dropbox", None, "Dropbox"),
        ("Google Drive/My Drive/Chi bộ", None, "My Drive"),
        ("Chung/Sổ", "Chung/.dropbox.cache", "Chung"),
        ("Chung", "Chung/.tmp.drivedownload", "Chung"),
    ],
)
def test_folders_carried_to_the_internet_are_known_by_name_or_mark(
    tmp_path: Path, folder: str, marker: str | None, name: str
) -> None:
    place = tmp_path / folder
    place.mkdir(parents=True)
    if marker is not None:
        (tmp_path / marker).touch()
    assert place_of(place / "Sổ.sochibo", RULES) == (Place.SYNC, name)


def test_a_folder_named_by_windows_is_known_whatever_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "Đám mây"))
    (tmp_path / "Đám mây").mkdir()
    assert place_of(tmp_path / "Đám mây" / "Sổ.sochibo", RULES) == (Place.SYNC, "Đám mây")
    assert place_of(tmp_path / "Sổ.sochibo", RULES) == (Place.DISK, "")


def test_shares_and_sticks_are_told_from_disks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def yes(_: Path) -> bool:
        return True

    monkeypatch.setattr(checks_place, "is_removable", yes)
    assert place_of(tmp_path / "Sổ.sochibo", RULES)[0] is Place.REMOVABLE
    monkeypatch.setattr(checks_place, "is_on_network", yes)
    assert place_of(tmp_path / "Sổ.sochibo", RULES)[0] is Place.NETWORK


@pytest.mark.skipif(os.name == "nt", reason="Linux tells it by a table")
@pytest.mark.parametrize(
    ("kind", "at", "expected"),
    [
        ("cifs", "", True),
        ("nfs4", "Chi bộ thôn 4", True),
        ("fuse.gvfsd-fuse", "gvfs", True),
        ("cifs", "Chi", False),
        ("ext4", "Chi bộ thôn 4", False),
    ],
)
def test_a_share_is_known_by_where_it_is_mounted_also_under_a_name_of_several_words(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    at: str,
    expected: bool,  # noqa: FBT001 - pytest fills it in
) -> None:
    folder = tmp_path / (at if expected else "Chi bộ thôn 4")
    folder.mkdir(exist_ok=True)
    table = tmp_path / "mounts"
    spelled = str(tmp_path / at).replace(" ", r"\040")
    table.write_text(f"/dev/sda1 / ext4 rw 0 0\n//pc/share {spelled} {kind} rw 0 0\n", "utf-8")
    monkeypatch.setattr(connection, "MOUNTS", table)
    assert connection.is_on_network(folder / "Sổ.sochibo") is expected
    with Database.create(folder / "Sổ.sochibo") as database:
        (mode,) = database.opening(folder / "Sổ.sochibo").execute("pragma journal_mode").fetchone()
    assert mode == ("delete" if expected else "wal")


@pytest.mark.skipif(os.name == "nt", reason="Linux tells it by files")
@pytest.mark.parametrize(
    ("partition", "flag", "expected"), [("sdb", "1", True), ("sdb/sdb1", "1", True), ("sda", "0", False)]
)
def test_a_stick_is_known_by_its_drive(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    partition: str,
    flag: str,
    expected: bool,  # noqa: FBT001 - pytest fills it in
) -> None:
    device = tmp_path.stat().st_dev
    drive = tmp_path / "block" / partition.split("/", maxsplit=1)[0]
    (tmp_path / "block" / partition).mkdir(parents=True)
    (drive / "removable").write_text(f"{flag}\n", "ascii")
    devices = tmp_path / "devices"
    devices.mkdir()
    (devices / f"{os.major(device)}:{os.minor(device)}").symlink_to(tmp_path / "block" / partition)
    monkeypatch.setattr(checks_place, "BLOCK_DEVICES", devices)
    assert checks_place.is_removable(tmp_path) is expected


def test_free_room_is_asked_of_the_system(tmp_path: Path) -> None:
    free = free_bytes(tmp_path)
    assert free is not None
    assert 0 < free <= shutil.disk_usage(tmp_path).total
    assert free_bytes(tmp_path / "gone") is None
