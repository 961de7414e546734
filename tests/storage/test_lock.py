"""One writer, here and in another program."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from sochibo.storage.engine.database import Database
from sochibo.storage.engine.lock import this_pc

if TYPE_CHECKING:
    from pathlib import Path

HOLD = """
import pathlib, sys
from sochibo.storage.engine.database import Database
database = Database.open(pathlib.Path(sys.argv[1]), by="Trần Thị Thử")
print("open", flush=True)
sys.stdin.read()
"""


def test_the_second_opener_reads_and_is_told_who_writes(tmp_path: Path) -> None:
    with Database.create(tmp_path / "s.sochibo", by="Nguyễn Văn Mẫu") as first:
        with Database.open(first.path, by="Trần Thị Thử") as second:
            assert (second.read_only, second.held_by) == (True, f"Nguyễn Văn Mẫu, {this_pc()}")
            with first.act("Added a unit"):
                first.insert("unit", {"id": "u", "name": "Chi bộ Thôn 1", "since": "2026-01-01"})
            assert len(list(second.rows("select * from unit"))) == 1
        assert not first.read_only
        with Database.open(first.path) as third:
            assert third.read_only
    with Database.open(first.path) as later:
        assert (later.read_only, later.held_by) == (False, "")


def test_a_reader_on_purpose_keeps_nobody_out(tmp_path: Path) -> None:
    Database.create(tmp_path / "s.sochibo").close()
    with Database.open(tmp_path / "s.sochibo", read_only=True) as reader:
        assert (reader.read_only, reader.held_by) == (True, "")
        with Database.open(tmp_path / "s.sochibo") as writer:
            assert not writer.read_only
    assert os.listdir(tmp_path) == ["s.sochibo"]  # noqa: PTH208 - names only


def test_another_program_holds_the_book_until_it_ends_even_if_it_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "Sổ.sochibo"
    Database.create(path).close()
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with Database.open(path) as reader:
            assert (reader.read_only, reader.held_by) == (True, f"Trần Thị Thử, {this_pc()}")
        other.kill()
    with Database.open(path) as writer:
        assert not writer.read_only
