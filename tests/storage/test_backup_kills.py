"""A program killed while it copies or restores: the book is whole, and so is whatever bears a final name."""

from __future__ import annotations

import random
import time
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from copying import copy, restore

from bench.kill import Victim
from sochibo.storage.copies.backup import Reason, backups_folder, make_backup
from sochibo.storage.copies.backup_contents import Contents, read_contents_of
from sochibo.storage.engine.connection import connect
from sochibo.storage.engine.database import Database

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROUNDS = 6
NOW = datetime(2026, 11, 5, 8, 0).astimezone()


def start_book(database: Database) -> None:
    with database.act("Made the book"):
        database.insert("book", {"id": "book", "kind": "cell", "made_at": "2026", "organisation_id": "o"})
        database.insert(
            "organisation",
            {"id": "o", "kind": "cell", "name": "Chi bộ", "superior": "", "place": "", "symbol": ""},
        )


def fill(database: Database, letter: str) -> None:
    with database.act("Added units"):
        for number in range(300):
            database.insert(
                "unit", {"id": f"{letter}{number}", "name": "Chi bộ " * 200, "since": "2026-01-01"}
            )


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "Sổ.sochibo"
    with Database.create(path, fill=start_book) as database:
        fill(database, "a")
    return path


def kill_while(job: Callable[..., None], *arguments: Path, after: float) -> None:
    with Victim(job, *arguments) as victim:
        victim.hear()
        time.sleep(after)
        assert victim.is_alive


def figures(path: Path) -> Contents:
    return read_contents_of(path, connect, thorough=True)


def test_no_half_copy_bears_a_final_name_when_the_program_is_killed(book: Path) -> None:
    chance, whole, drafts = random.Random(7), figures(book), 0  # noqa: S311 - moments to be killed at
    folder = backups_folder(book)
    for _ in range(ROUNDS):
        kill_while(copy, book, after=chance.uniform(0.01, 0.2))
        names = (
            [path for path in folder.iterdir() if not path.name.startswith(".")] if folder.exists() else []
        )
        assert all(figures(path) == whole for path in names)
        drafts = len(list(folder.glob(".*.copy.tmp"))) if folder.exists() else 0
        with Database.open(book) as opened:
            assert len(opened.acts(9)) == 2
    # Some were killed in the middle, or this test would tell nothing.
    assert drafts > 0
    make_backup(book, folder, Reason.ASKED, NOW)


def test_there_is_a_whole_book_at_every_moment_of_a_restore(book: Path) -> None:
    chance, folder = random.Random(8), backups_folder(book)  # noqa: S311 - moments to be killed at
    old, _ = make_backup(book, folder, Reason.ASKED, NOW)
    with Database.open(book) as database:
        fill(database, "b")
    new, _ = make_backup(book, folder, Reason.ASKED, NOW)
    known = {figures(old.path).mark, figures(new.path).mark}
    assert len(known) == 2
    for _ in range(ROUNDS):
        kill_while(restore, book, old.path, new.path, after=chance.uniform(0.01, 0.2))
        assert figures(book).mark in known
        for kept in book.parent.glob("* (replaced *).sochibo"):
            assert figures(kept).mark in known
            kept.unlink()
    with Database.open(book) as opened:
        assert len(opened.acts(9)) in {2, 3}
