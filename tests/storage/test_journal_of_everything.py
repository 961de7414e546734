"""Whatever is done to whichever journalled table can be undone and done again, and the index goes with it."""

from __future__ import annotations

import contextlib
import random
import re
from typing import TYPE_CHECKING, Any

import pytest

from sochibo.storage.editions.migrations import JOURNALLED
from sochibo.storage.engine.connection import DatabaseError
from sochibo.storage.engine.database import Database
from sochibo.storage.engine.search import SOURCES

if TYPE_CHECKING:
    from pathlib import Path

DAYS = ("2026-01-31", "2026-02-28", "2026-11-05")


def content(database: Database) -> dict[str, list[dict[str, Any]]]:
    kept = {table: list(database.rows(f'select * from "{table}" order by id')) for table in JOURNALLED}  # noqa: S608 - our tables
    kept["index"] = list(
        database.rows(
            "select kind, record_id, title, short, body from search join search_entry on id = search.rowid"
            " order by kind, record_id"
        )
    )
    return kept


class Hand:
    """Writes rows at random that the file may take or not; what it refuses was never done."""

    def __init__(self, database: Database, seed: int) -> None:
        self.database, self.dice, self.made = database, random.Random(seed), 0  # noqa: S311 - no secret
        self.columns = {table: list(database.rows(f'pragma table_info("{table}")')) for table in JOURNALLED}
        self.points = {
            table: {row["from"]: row["table"] for row in database.rows(f'pragma foreign_key_list("{table}")')}
            for table in JOURNALLED
        }
        self.definitions = {
            row["name"]: row["sql"]
            for row in database.rows("select name, sql from sqlite_schema where type = 'table'")
        }
        self.taken: set[tuple[str, str]] = set()

    def act(self) -> None:
        """Do one to four things in one act."""
        with self.database.act("Did something", changes=1):
            for _ in range(self.dice.randint(1, 4)):
                missing = [table for table in JOURNALLED if (table, "insert") not in self.taken]
                self.step(self.dice.choice(missing if missing and self.dice.random() < 0.5 else JOURNALLED))

    def step(self, table: str) -> None:
        """Insert, change or delete one row, if the file lets it."""
        what = self.dice.choice(("insert", "insert", "insert", "update", "delete"))
        keys = [row["id"] for row in self.database.rows(f'select id from "{table}"')]  # noqa: S608 - our tables
        # A refused step is rolled back alone, as a nested act is.
        with contextlib.suppress(DatabaseError), self.database.act("Step"):
            if what == "insert" or not keys:
                self.made += 1
                self.database.insert(table, self.row(table) | {"id": f"{self.made:05}"})
            elif what == "update":
                fields = self.row(table)
                some = self.dice.sample(sorted(fields), self.dice.randint(1, len(fields)))
                self.database.update(table, self.dice.choice(keys), {name: fields[name] for name in some})
            else:
                self.database.delete(table, self.dice.choice(keys))
            self.taken.add((table, what))

    def row(self, table: str) -> dict[str, Any]:
        """Make up a row: often what must be there and little else."""
        made = {}
        # Of a wide table no more columns than of others, or one of them is always refused.
        share = min(0.3, 4 / len(self.columns[table]))
        for column in self.columns[table]:
            name = column["name"]
            needed = column["notnull"] and column["dflt_value"] is None
            if name != "id" and (needed or self.dice.random() < share):
                made[name] = self.value(table, name, column["type"].lower())
        return made

    def value(self, table: str, name: str, kind: str) -> object:
        """Make up a value that has a chance."""
        if name in self.points[table]:
            other = self.points[table][name]
            keys = [row["id"] for row in self.database.rows(f'select id from "{other}"')]  # noqa: S608 - our tables
            return self.dice.choice(keys) if keys else None
        definition = self.definitions[table]
        words = re.search(rf'\b{name}"? in \(([^)]*)\)', definition)
        if words:
            found = [word.strip().strip("'") for word in words[1].split(",")]
            return self.dice.choice([int(word) for word in found] if kind == "integer" else found)
        if (
            f'date("{name}")' in definition
            or f"date({name})" in definition
            or f'date(substr("{name}"' in definition
        ):
            return self.dice.choice(DAYS)
        by_parts = (*DAYS, "2026", "2026-11") if f"date(substr({name}" in definition else ()
        by_months = ("2026-10", "2026-11", "2027-01") if "glob '[0-9]" in definition else ()
        if by_parts or by_months:
            return self.dice.choice(by_parts or by_months)
        if kind == "integer":
            return self.dice.choice((0, 1, 2, 3, 2026))
        return self.dice.choice(("Đỗ Văn Ước", 'một "hai"\nba', "x", str(self.dice.random())))


def test_every_table_goes_back_and_forth(tmp_path: Path) -> None:
    reached: set[tuple[str, str]] = set()
    for seed in range(2):
        with Database.create(tmp_path / f"{seed}.sochibo") as database:
            hand = Hand(database, seed)
            states = [content(database)]
            for _ in range(130):
                known = len(database.acts(999))
                hand.act()
                if len(database.acts(999)) > known:
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
            reached |= hand.taken
    assert {table for table, _ in reached} == set(JOURNALLED), "the hand never got a row into some table"
    assert {what for _, what in reached} == {"insert", "update", "delete"}
    assert {table for table, what in reached if what == "update"} & set(SOURCES)


@pytest.mark.parametrize("table", ["agenda_item", "guest", "resolution", "vote"])
def test_what_pointed_to_a_record_stays_without_it_and_points_there_again_after_undo(
    table: str, tmp_path: Path
) -> None:
    pointers = {
        "agenda_item": ("speech", "agenda_item_id"), "guest": ("speech", "guest_id"),
        "resolution": ("task", "resolution_id"), "vote": ("resolution", "vote_id"),
    }  # fmt: skip
    rows: dict[str, dict[str, Any]] = {
        "agenda_item": {"position": 0}, "guest": {"position": 0}, "speech": {"position": 0},
        "resolution": {"position": 0, "kind": "resolution"}, "task": {"position": 0},
        "vote": {"position": 0, "vote_class": "majority", "method": "card"},
    }  # fmt: skip
    other, column = pointers[table]
    with Database.create(tmp_path / "s.sochibo") as database:
        with database.act("Made"):
            database.insert("meeting", {"id": "m", "kind": "regular", "on": "2026-11-05"})
            database.insert(table, rows[table] | {"id": "a", "meeting_id": "m"})
            database.insert(other, rows[other] | {"id": "b", "meeting_id": "m", column: "a"})
        before = content(database)
        with database.act("Deleted"):
            database.delete(table, "a")
        after = content(database)
        assert [row[column] for row in after[other] if row["id"] == "b"] == [None]
        database.undo()
        assert content(database) == before
        database.redo()
        assert content(database) == after
