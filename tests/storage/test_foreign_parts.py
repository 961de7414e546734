"""Books with something in them that this program never makes: refused before anything of it can run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlcipher3 import dbapi2 as engine

from sochibo.storage.editions.schema import ForeignParts
from sochibo.storage.engine.database import Database

if TYPE_CHECKING:
    from pathlib import Path

PARTS = {
    "trigger": "create trigger helpful after insert on action begin delete from unit; end",
    "trigger named like ours": "create trigger journal_more after insert on unit begin delete from unit; end",
    "temporary-looking trigger": "create trigger t after update on journal_state begin delete from mark; end",
    "view in a table's place": "alter table unit rename to hidden; create view unit as select * from hidden",
    "view": "create view members as select * from member",
    "table": "create table more (a text)",
    "virtual table": "create virtual table more using fts5 (a)",
    "index on a computed value": "create index more on unit (lower(name))",
    "column": "alter table unit add column more text",
    "trigger of ours changed": """
        drop trigger journal_unit_insert;
        create trigger journal_unit_insert after insert on unit begin delete from journal; end
    """,
    "trigger of ours missing": "drop trigger journal_unit_delete",
    "table missing": "drop table holder",
}


@pytest.mark.parametrize("read_only", [False, True], ids=["to write", "to read"])
@pytest.mark.parametrize("part", PARTS)
def test_a_foreign_part_is_refused_and_the_file_stays_as_it_is(
    tmp_path: Path,
    part: str,
    read_only: bool,  # noqa: FBT001 - pytest fills it in
) -> None:
    path = tmp_path / "Sổ.sochibo"
    with Database.create(path) as database, database.act("Added a unit"):
        database.insert("unit", {"id": "u", "name": "Chi bộ Thôn 1", "since": "2026-01-01"})
    sql = engine.connect(path, isolation_level=None)
    sql.execute("pragma legacy_alter_table = on")
    sql.executescript(PARTS[part])
    sql.close()
    before = path.read_bytes()
    with pytest.raises(ForeignParts) as caught:
        Database.open(path, read_only=read_only)
    assert caught.value.code == "B12"
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["Sổ.sochibo"]


def test_what_sqlite_itself_adds_is_not_foreign(tmp_path: Path) -> None:
    path = tmp_path / "Sổ.sochibo"
    with Database.create(path) as database, database.act("Added a unit"):
        database.insert("unit", {"id": "u", "name": "Chi bộ Thôn 1", "since": "2026-01-01"})
    sql = engine.connect(path, isolation_level=None)
    sql.executescript("analyze; vacuum; reindex")
    sql.close()
    with Database.open(path) as database:
        assert [row["id"] for row in database.rows("select id from unit")] == ["u"]
