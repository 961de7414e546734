"""Every operation on files fails once: the old files are as they were, one sentence, nothing half-made."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from mishaps import TROUBLES, Mishap, small_disk

from sochibo import faults
from sochibo.messages import Messages
from sochibo.storage.copies.backup import (
    Backup,
    Reason,
    backups_folder,
    copy_to_second_place,
    make_backup,
    thin_out,
)
from sochibo.storage.copies.backup_contents import read_contents_of
from sochibo.storage.copies.restore import put_in_place
from sochibo.storage.editions import upgrade
from sochibo.storage.engine.connection import connect
from sochibo.storage.engine.database import Database

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = datetime(2026, 11, 5, 8, 0).astimezone()
MOST_OPERATIONS = 60
NOBODY = 65534


def start_book(database: Database) -> None:
    with database.act("Made the book"):
        database.insert("book", {"id": "book", "kind": "cell", "made_at": "2026", "organisation_id": "o"})
        database.insert(
            "organisation",
            {"id": "o", "kind": "cell", "name": "Chi bộ", "superior": "", "place": "", "symbol": ""},
        )


def add_units(path: Path, *keys: str, text: str = "Chi bộ") -> None:
    with Database.open(path) as database:
        for key in keys:
            with database.act("Added"):
                database.insert("unit", {"id": key, "name": text, "since": "2026-01-01"})


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book, two older copies of it beside it, and one of them at a second place."""
    folder = tmp_path_factory.mktemp("world")
    book = folder / "Sổ.sochibo"
    Database.create(book, fill=start_book).close()
    make_backup(book, backups_folder(book), Reason.DAILY, NOW - timedelta(hours=2))
    add_units(book, "first")
    made, _ = make_backup(book, backups_folder(book), Reason.CLOSE, NOW - timedelta(hours=1))
    (folder / "stick").mkdir()
    copy_to_second_place(made, backups_folder(book, folder / "stick"))
    add_units(book, "second")
    return folder


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return every file and its bytes; a lock that could not be removed holds nothing."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".lock"
    }


def newest_of(folder: Path) -> Backup:
    """Name the copy without a look into the folder, which might fail instead of the job."""
    at = NOW - timedelta(hours=1)
    return Backup(folder / "Sổ.backups" / f"{at:%Y-%m-%d %H%M} close.sochibo", at, Reason.CLOSE)


def back_up(folder: Path) -> None:
    book = folder / "Sổ.sochibo"
    make_backup(book, backups_folder(book), Reason.ASKED, NOW)


def back_up_and_thin_out(folder: Path) -> None:
    book = folder / "Sổ.sochibo"
    made, _ = make_backup(book, backups_folder(book), Reason.ASKED, NOW)
    thin_out(made.path.parent, made, "book", NOW)


def carry(folder: Path) -> None:
    book = folder / "Sổ.sochibo"
    copy_to_second_place(newest_of(folder), backups_folder(book, folder / "stick"))


def restore(folder: Path) -> None:
    book = folder / "Sổ.sochibo"
    put_in_place(newest_of(folder).path, book, NOW)


def restore_what_is_missing(folder: Path) -> None:
    put_in_place(newest_of(folder).path, folder / "Sổ khác.sochibo", NOW)


def bring_up_to_date(folder: Path) -> None:
    """Take all steps of a migration; that there is nothing to change matters to no file operation."""
    upgrade.bring_up_to_date(folder / "Sổ.sochibo")


JOBS = (back_up_and_thin_out, carry, restore, restore_what_is_missing, bring_up_to_date)


@pytest.mark.parametrize("job", JOBS)
@pytest.mark.parametrize("trouble", TROUBLES)
def test_an_operation_that_fails_once_leaves_everything_as_it_was(
    world: Path, tmp_path: Path, job: Callable[[Path], None], trouble: str
) -> None:
    failed = 0
    for number in range(1, MOST_OPERATIONS):
        folder = Path(shutil.copytree(world, tmp_path / str(number)))
        before = snapshot(folder)
        mishap = Mishap(folder, number, TROUBLES[trouble])
        with mishap.ahead():
            fault = fault_of(job, folder)
        after = snapshot(folder)
        assert not [name for name in after if ".tmp" in name]
        if fault is None:
            assert_all_whole(after.keys() - before.keys(), folder)
        else:
            failed += 1
            assert after == before
            assert_one_sentence(fault, folder)
        shutil.rmtree(folder)
        if not mishap.happened:
            break
    else:
        pytest.fail("more operations than thought")
    assert failed >= 3


@pytest.mark.parametrize("job", JOBS)
def test_a_disk_that_goes_for_good_keeps_what_was_on_it(
    world: Path, tmp_path: Path, job: Callable[[Path], None]
) -> None:
    failed = 0
    for number in range(1, MOST_OPERATIONS):
        folder = Path(shutil.copytree(world, tmp_path / str(number)))
        before = snapshot(folder)
        mishap = Mishap(folder, number, errno.EIO, lasting=True)
        with mishap.ahead():
            fault = fault_of(job, folder)
        after = {name: data for name, data in snapshot(folder).items() if ".tmp" not in name}
        if fault is not None:
            failed += 1
            # A second name of the old book may have stayed; nothing half has a name that counts.
            assert {name: after[name] for name in before} == before
            assert all(after[name] == before["Sổ.sochibo"] for name in after.keys() - before.keys())
            assert_one_sentence(fault, folder)
        else:
            assert_all_whole(after.keys() - before.keys(), folder)
        shutil.rmtree(folder)
        if not mishap.happened:
            break
    else:
        pytest.fail("more operations than thought")
    assert failed >= 3


def fault_of(job: Callable[[Path], None], folder: Path) -> faults.Fault | None:
    try:
        job(folder)
    except faults.Fault as fault:
        return fault
    return None


def assert_one_sentence(fault: faults.Fault, folder: Path) -> None:
    said = fault.say(Messages("en"))
    assert said.endswith(f"({fault.code})")
    assert str(folder) not in said
    assert "{" not in said


def assert_all_whole(names: set[str], folder: Path) -> None:
    assert all(read_contents_of(folder / name, connect, thorough=True).book_id == "book" for name in names)


@pytest.mark.parametrize("free_kilobytes", [0, 40, 150, 300, 500])
def test_a_disk_really_full_gets_no_half_copy_and_loses_nothing(world: Path, free_kilobytes: int) -> None:
    size = sum(path.stat().st_size for path in world.rglob("*") if path.is_file())
    with small_disk(f"{size // 1024 + 60 + free_kilobytes}k") as disk:
        folder = Path(shutil.copytree(world, disk / "world"))
        before = snapshot(folder)
        for job in (back_up, carry, restore):
            for _ in range(6):
                if fault := fault_of(job, folder):
                    assert fault.code in {"K01", "B07"}
                    assert_one_sentence(fault, folder)
                    break
            else:
                pytest.fail("there was room after all")
            after = snapshot(folder)
            assert not [name for name in after if ".tmp" in name]
            assert_all_whole(after.keys() - before.keys(), folder)
            assert {name: after[name] for name in before if "backups" in name} == {
                name: data for name, data in before.items() if "backups" in name
            }
            old = before["Sổ.sochibo"]
            assert old in {after[name] for name in after if name.startswith("Sổ")}


@pytest.mark.skipif(os.name == "nt", reason="folders are protected in another way on Windows")
def test_a_folder_of_somebody_else_gets_nothing_and_loses_nothing(world: Path) -> None:
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        folder = Path(shutil.copytree(world, Path(place) / "world"))
        places = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
        before = snapshot(folder)
        for path in places:
            path.chmod(0o555)
        user = os.geteuid()
        if user == 0:
            os.seteuid(NOBODY)
        try:
            for job in JOBS:
                fault = fault_of(job, folder)
                assert fault is not None, job
                assert fault.code in {"K02", "B06"}
                assert_one_sentence(fault, folder)
        finally:
            os.seteuid(user)
            for path in places:
                path.chmod(0o755)
        assert snapshot(folder) == before
