"""Undo and redo, merging, and what stops them."""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sochibo.storage.editions.migrations import JOURNALLED
from sochibo.storage.engine.database import Database
from sochibo.storage.engine.journal import decoded, encoded

ORGANISATION = {
    "id": "o", "kind": "committee", "name": "Đảng ủy xã", "superior": "", "place": "", "symbol": "ĐU",
}  # fmt: skip

KEYS = st.sampled_from(["a", "b", "c"])
NAMES = st.text(alphabet="aă'\"{}\u0301đ\n ", min_size=1, max_size=4).filter(str.strip)
STEPS = st.one_of(
    st.tuples(st.just("unit"), KEYS, NAMES),
    st.tuples(st.just("no unit"), KEYS, st.just("")),
    st.tuples(st.just("signer"), KEYS, KEYS),
    st.tuples(st.just("no signer"), KEYS, st.just("")),
    st.tuples(st.just("organisation"), st.just("o"), NAMES),
)
ACTS = st.lists(st.lists(STEPS, min_size=1, max_size=5), min_size=1, max_size=6)


def content(database: Database) -> dict[str, list[dict[str, Any]]]:
    return {table: list(database.rows(f'select * from "{table}" order by id')) for table in JOURNALLED}  # noqa: S608 - our own tables


def take(database: Database, step: tuple[str, str, str]) -> None:
    what, key, value = step
    table = what.removeprefix("no ")
    there = next(database.rows(f'select * from "{table}" where id = ?', (key,)), None)  # noqa: S608 - our tables
    if what == "organisation":
        database.update(table, key, {"name": value, "regular_day": len(value)})
    elif what == "no unit":
        for signer in database.rows("select id from signer where unit_id = ?", (key,)):
            database.delete("signer", signer["id"])
        database.delete(table, key)
    elif what == "no signer":
        database.delete(table, key)
    elif what == "unit":
        row = {"id": key, "name": value, "since": "2026-01-01", "until": None}
        database.update(table, key, row) if there else database.insert(table, row)
    elif next(database.rows("select 1 from unit where id = ?", (value,)), None):
        row = {
            "id": key, "unit_id": value, "person": key, "fingerprint": key, "serial": "1",
            "valid_from": "2026-01-01", "certificate": "",
        }  # fmt: skip
        database.update(table, key, row) if there else database.insert(table, row)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(acts=ACTS)
def test_whatever_was_done_can_be_undone_and_done_again(acts: list[list[tuple[str, str, str]]]) -> None:
    with tempfile.TemporaryDirectory() as folder, Database.create(Path(folder) / "s.sochibo") as database:
        with database.act("Made", lasting=True):
            database.insert("organisation", ORGANISATION)
        states = [content(database)]
        for steps in acts:
            known = len(database.acts(99))
            with database.act("Did something", changes=1):
                for step in steps:
                    take(database, step)
            if len(database.acts(99)) > known:
                states.append(content(database))
        for state in reversed(states[:-1]):
            assert database.undo() == 1
            assert content(database) == state
        assert database.undo() == 0
        for state in states[1:]:
            assert database.redo() == 1
            assert content(database) == state
        assert database.redo() == 0
        assert list(database.rows("pragma foreign_key_check")) == []


def put(database: Database, key: str, merge_key: str | None = None, **more: Any) -> None:  # noqa: ANN401 - options of `act`
    with database.act(f"Put {key}", changes=2, merge_key=merge_key, **more):
        row = {"id": key, "name": "x", "since": "2026-01-01", "until": None}
        database.insert("unit", row)


def names(database: Database) -> str:
    return "".join(row["id"] for row in database.rows("select id from unit order by id"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    Database.create(tmp_path / "s.sochibo", by="An").close()
    return tmp_path / "s.sochibo"


def test_undo_and_redo_go_on_after_a_restart(path: Path) -> None:
    with Database.open(path) as database:
        put(database, "a")
        put(database, "b")
    with Database.open(path) as database:
        assert database.undo() == 2
    with Database.open(path) as database:
        assert names(database) == "a"
        assert database.redo() == 2
        assert names(database) == "ab"


def test_a_new_act_after_an_undo_drops_what_could_be_redone(path: Path) -> None:
    with Database.open(path) as database:
        put(database, "a")
        put(database, "b")
        database.undo()
        put(database, "c")
        assert database.redoable() is None
        assert [act["template"] for act in database.acts(9)] == ["Put c", "Put a"]
        database.undo()
        database.undo()
        assert names(database) == ""


def test_a_lasting_act_stops_undo(path: Path) -> None:
    with Database.open(path) as database:
        put(database, "a")
        put(database, "b", lasting=True)
        assert database.undoable() is None
        assert database.undo() == 0
        put(database, "c")
        assert database.undo() == 2
        assert database.undo() == 0
        assert names(database) == "ab"


def test_acts_with_one_merge_key_and_nothing_between_are_one(path: Path) -> None:
    with Database.open(path) as database:
        put(database, "a", "typing")
        put(database, "b", "typing")
        put(database, "c")
        put(database, "d", "typing")
        assert [act["template"] for act in database.acts(9)] == ["Put d", "Put c", "Put b"]
        for left in ("abc", "ab", ""):
            database.undo()
            assert names(database) == left


def test_acts_a_minute_apart_are_not_merged(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:  # noqa: ANN401 - as the standard library has it
            return datetime.fromtimestamp(datetime.now(UTC).timestamp() + 61, tz)

    with Database.open(path) as database:
        put(database, "a", "typing")
        monkeypatch.setattr("sochibo.storage.engine.journal.datetime", Later)
        put(database, "b", "typing")
        assert len(database.acts(9)) == 2


def test_another_person_s_act_is_not_merged(path: Path) -> None:
    with Database.open(path, by="An") as database:
        put(database, "a", "typing")
    with Database.open(path, by="Bình") as database:
        put(database, "b", "typing")
        assert [act["by"] for act in database.acts(9)] == ["Bình", "An"]


def test_the_journal_is_the_audit_trail(path: Path) -> None:
    with Database.open(path, by="An") as database:
        put(database, "a")
        with database.act("Renamed"):
            database.update("unit", "a", {"name": "Đông"})
        lines = list(database.rows("select operation, before, after from journal order by seq"))
    assert [line["operation"] for line in lines] == ["insert", "update"]
    assert '"name":"x"' in lines[1]["before"]
    assert '"name":"Đông"' in lines[1]["after"]


def test_fields_of_an_act_keep_their_kinds() -> None:
    fields = {
        "day": date(2026, 11, 5), "at": datetime(2026, 11, 5, 7, 30, tzinfo=UTC), "name": "Đức", "count": 3,
    }  # fmt: skip
    assert decoded(encoded(fields)) == fields
