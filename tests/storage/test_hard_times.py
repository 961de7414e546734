"""Full disks, places that may not be written: nothing acknowledged is lost."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from mishaps import small_disk

from sochibo import faults
from sochibo.storage.engine.connection import ReadOnlyBook
from sochibo.storage.engine.database import Database

if TYPE_CHECKING:
    from collections.abc import Iterator

NOBODY = 65534


def test_a_full_disk_refuses_the_act_and_keeps_the_book(tmp_path: Path) -> None:
    with small_disk("5m") as disk:
        database = Database.create(disk / "Sổ.sochibo")
        with pytest.raises(faults.DiskFull) as caught:  # noqa: PT012 - which act is the first to fail is the disk's
            for number in range(200):
                with database.act("Added a unit"):
                    database.insert(
                        "unit", {"id": f"{number:03d}", "name": "x" * 9000, "since": "2026-01-01"}
                    )
        assert caught.value.code == "K01"
        kept = [row["id"] for row in database.rows("select id from unit order by id")]
        assert kept == [f"{number:03d}" for number in range(len(kept))]
        assert len(database.acts(999)) == len(kept) > 0
        database.close()
        with Database.open(disk / "Sổ.sochibo") as again:
            assert len(list(again.rows("select id from unit"))) == len(kept)
    assert not list(tmp_path.iterdir())


def test_a_book_on_a_full_disk_opens_for_reading() -> None:
    with small_disk("5m") as disk:
        with Database.create(disk / "Sổ.sochibo") as database, database.act("Added a unit"):
            database.insert("unit", {"id": "u", "name": "Chi bộ Thôn 1", "since": "2026-01-01"})
        with contextlib.suppress(OSError), (disk / "ballast").open("wb", buffering=0) as ballast:
            while True:
                ballast.write(bytes(1024))
        with Database.open(disk / "Sổ.sochibo") as database:
            assert database.read_only
            assert len(list(database.rows("select * from unit"))) == 1
        (disk / "ballast").unlink()
        with Database.open(disk / "Sổ.sochibo") as database:
            assert not database.read_only


@pytest.mark.parametrize("size", ["12k", "40k", "60k", "200k"])
def test_a_disk_too_full_for_a_new_book_keeps_nothing_of_it(size: str) -> None:
    with small_disk(size) as disk:
        with pytest.raises(faults.DiskFull) as fault:
            Database.create(disk / "Sổ.sochibo")
        assert fault.value.fields["name"] == "Sổ.sochibo"
        assert list(disk.iterdir()) == []


@pytest.fixture
def as_nobody() -> Iterator[Path]:
    """Give a folder that others own; root loses its power over it as long as the test runs."""
    if os.name == "nt":
        pytest.skip("folders are protected in another way on Windows")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with (
            Database.create(folder / "Sổ.sochibo", by="Nguyễn Văn Mẫu") as database,
            database.act("Added a unit"),
        ):
            database.insert("unit", {"id": "u", "name": "Chi bộ Thôn 1", "since": "2026-01-01"})
        folder.chmod(0o555)
        user = os.geteuid()
        if user == 0:
            os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            os.seteuid(user)
            folder.chmod(0o755)


def test_a_book_in_a_read_only_folder_opens_for_reading(as_nobody: Path) -> None:
    with Database.open(as_nobody / "Sổ.sochibo") as database:
        assert database.read_only
        assert database.held_by == ""
        assert [row["id"] for row in database.rows("select id from unit")] == ["u"]
        with pytest.raises(ReadOnlyBook), database.act("Added a unit"):
            database.insert("unit", {"id": "v", "name": "Chi bộ Thôn 2", "since": "2026-01-01"})
    assert [file.name for file in as_nobody.iterdir()] == ["Sổ.sochibo"]


def test_a_read_only_folder_refuses_a_new_book(as_nobody: Path) -> None:
    with pytest.raises(faults.NotWritable):
        Database.create(as_nobody / "Sổ mới.sochibo")
    assert [file.name for file in as_nobody.iterdir()] == ["Sổ.sochibo"]
