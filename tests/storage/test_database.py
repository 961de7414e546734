"""Acts, rows and the one file."""

from __future__ import annotations

import shutil
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from sqlcipher3 import dbapi2 as engine

from sochibo.storage.engine.connection import AlreadyThere, ReadOnlyBook, connect
from sochibo.storage.engine.database import Database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

UNIT: dict[str, Any] = {"id": "u1", "name": "Chi bộ Thôn 1", "since": "2025-07-01", "until": None}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database.create(tmp_path / "Sổ.sochibo", by="Nguyễn Văn Mẫu")
    yield made
    made.close()


def units(database: Database) -> list[dict[str, Any]]:
    return list(database.rows("select * from unit order by id"))


def add_and_fail(database: Database, row: dict[str, Any]) -> None:
    database.insert("unit", row)
    raise ZeroDivisionError


def test_an_act_is_in_the_file_when_it_returns(database: Database, tmp_path: Path) -> None:
    with database.act("Added a unit"):
        database.insert("unit", UNIT)
    with engine.connect(tmp_path / "Sổ.sochibo") as other:
        assert other.execute("select name from unit").fetchall() == [("Chi bộ Thôn 1",)]
    other.close()


def test_what_fails_within_an_act_leaves_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.act("Added a unit"):
        add_and_fail(database, UNIT)
    assert units(database) == []
    assert database.acts(9) == []


def test_a_nested_act_joins_the_outer_one_and_may_fail_alone(database: Database) -> None:
    with database.act("Outer", changes=1):
        database.insert("unit", UNIT)
        with pytest.raises(ZeroDivisionError), database.act("Inner"):
            add_and_fail(database, {**UNIT, "id": "u2"})
        with database.act("Inner", changes=2):
            database.insert("unit", {**UNIT, "id": "u3"})
    assert [row["id"] for row in units(database)] == ["u1", "u3"]
    assert [(act["template"], act["changes"]) for act in database.acts(9)] == [("Outer", 3)]


def test_an_act_that_changes_nothing_leaves_no_trace_and_keeps_what_can_be_redone(database: Database) -> None:
    with database.act("Added a unit"):
        database.insert("unit", UNIT)
    with database.act("Renamed"):
        database.update("unit", "u1", {"name": "Chi bộ Thôn 2"})
    database.undo()
    with database.act("Renamed to the same"):
        database.update("unit", "u1", {"name": "Chi bộ Thôn 1"})
    assert len(database.acts(9)) == 2
    assert database.redoable() is not None


def test_text_is_stored_composed_and_compared_composed(database: Database) -> None:
    decomposed = unicodedata.normalize("NFD", "Chi bộ Thôn Tường Vũ")
    with database.act("Added a unit"):
        database.insert("unit", {**UNIT, "name": decomposed})
    assert units(database)[0]["name"] == "Chi bộ Thôn Tường Vũ"
    with database.act("Renamed"):
        database.update("unit", "u1", {"name": decomposed})
    assert len(database.acts(9)) == 1


def test_updating_a_row_that_is_not_there_is_a_key_error(database: Database) -> None:
    with pytest.raises(KeyError), database.act("Renamed"):
        database.update("unit", "nobody", {"name": "x"})


def test_a_change_outside_an_act_is_refused_here_and_by_the_file_itself(
    database: Database, tmp_path: Path
) -> None:
    with pytest.raises(RuntimeError, match="outside an act"):
        database.insert("unit", UNIT)
    other = engine.connect(tmp_path / "Sổ.sochibo")
    with pytest.raises(engine.IntegrityError, match="outside an act"):
        other.execute("insert into unit (id, name, since) values ('u9', 'x', '2026-01-01')")
    other.close()
    assert units(database) == []


def test_a_new_file_never_takes_the_place_of_another(tmp_path: Path) -> None:
    path = tmp_path / "Sổ.sochibo"
    path.write_bytes(b"something else")
    with pytest.raises(AlreadyThere):
        Database.create(path)
    assert path.read_bytes() == b"something else"
    assert [file.name for file in tmp_path.iterdir()] == ["Sổ.sochibo"]


def test_a_new_file_whose_filling_fails_is_not_there(tmp_path: Path) -> None:
    def fill(_: Database) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Database.create(tmp_path / "Sổ.sochibo", fill=fill)
    assert list(tmp_path.iterdir()) == []


def test_threads_take_turns(database: Database) -> None:
    def work(thread: int) -> None:
        for number in range(10):
            with database.act("Added two"):
                database.insert("unit", {**UNIT, "id": f"{thread}-{number}-a"})
                database.insert("unit", {**UNIT, "id": f"{thread}-{number}-b"})

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    lines = list(database.rows("select action_seq, count(*) as n from journal group by action_seq"))
    assert [line["n"] for line in lines] == [2] * 40


def test_a_book_may_have_any_name(tmp_path: Path) -> None:
    path = tmp_path / "Sổ #4 của 100% đảng viên?x=1&y.sochibo"
    with Database.create(path) as database, database.act("Added a unit"):
        database.insert("unit", UNIT)
    with Database.open(path) as database:
        assert [row["id"] for row in units(database)] == ["u1"]
    assert list(tmp_path.iterdir()) == [path]


def test_after_a_rest_the_one_file_is_complete(database: Database, tmp_path: Path) -> None:
    with database.act("Added a unit"):
        database.insert("unit", UNIT)
    database.rest()
    copied = tmp_path / "elsewhere.sochibo"
    shutil.copyfile(database.path, copied)
    with Database.open(copied, read_only=True) as copy:
        assert [row["id"] for row in units(copy)] == ["u1"]


def test_closing_leaves_one_file_and_may_be_done_twice(database: Database, tmp_path: Path) -> None:
    with database.act("Added a unit"):
        database.insert("unit", UNIT)
    database.close()
    database.close()
    assert [file.name for file in tmp_path.iterdir()] == ["Sổ.sochibo"]


def test_the_pragmas_of_a_book_hold(database: Database) -> None:
    wanted = {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0, "cell_size_check": 1,
    }  # fmt: skip
    assert {name: next(database.rows(f"pragma {name}"))[name] for name in wanted} == wanted


def test_a_book_opened_for_reading_refuses_every_change(database: Database) -> None:
    with database.act("Added a unit"):
        database.insert("unit", UNIT)
    database.close()
    with Database.open(database.path, read_only=True) as reader:
        assert reader.read_only
        with pytest.raises(ReadOnlyBook), reader.act("Added a unit"):
            reader.insert("unit", {**UNIT, "id": "u2"})
        with pytest.raises(ReadOnlyBook):
            reader.undo()
        assert len(units(reader)) == 1


def test_sqlite_utils_catches_the_errors_of_the_one_engine(database: Database) -> None:
    database.close()
    sql = connect(database.path)
    sql.execute("pragma foreign_keys = off")
    sql.table("preference").insert({"name": "a", "value": "b", "more": "c"}, alter=True)
    assert sql.execute("select more from preference").fetchone() == ("c",)
    sql.close()
