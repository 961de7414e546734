"""The schema against the rules above it, and older files brought up to date."""

from __future__ import annotations

import contextlib
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from schemas import README, diagram, diagram_in

from sochibo.book.book import Book
from sochibo.book.changes import Changes
from sochibo.rules.meetings.meetings import (
    AbsenceReason,
    Attendance,
    MeetingKind,
    MeetingState,
    VoteClass,
    VoteMethod,
)
from sochibo.rules.members.members import EventKind, Sex
from sochibo.rules.units.organisations import BookKind
from sochibo.storage.copies.backup import Reason, backups_folder, backups_in
from sochibo.storage.editions import schema, upgrade
from sochibo.storage.editions.migrations import (
    FIRST,
    JOURNALLED,
    SCHEMA_NUMBER,
    edition,
    make_first_schema,
    make_second_schema,
    make_third_schema,
)
from sochibo.storage.engine.connection import (
    Damaged,
    Migrations,
    NewerBook,
    connect,
    connect_to_nothing,
    read_header,
)
from sochibo.storage.engine.database import Database
from sochibo.storage.engine.search import SOURCES

if TYPE_CHECKING:
    from enum import StrEnum

    # Only for its type: whoever imports it before our `connection` takes its errors from the wrong engine.
    from sqlite_utils import Database as Tables

SAMPLES = Path(__file__).parents[1] / "data"

AHEAD: Final[dict[type[StrEnum], set[str]]] = {EventKind: {"name_change"}}
"""Words that the file takes before the rules know them: a new one would need the table to be made anew."""


@pytest.mark.parametrize(
    ("table", "column", "words"),
    [
        ("book", "kind", BookKind),
        ("member", "sex", Sex),
        ("member_event", "kind", EventKind),
        ("meeting", "kind", MeetingKind),
        ("meeting", "state", MeetingState),
        ("mark", "attendance", Attendance),
        ("mark", "reason", AbsenceReason),
        ("vote", "vote_class", VoteClass),
        ("vote", "method", VoteMethod),
    ],
)
def test_the_file_takes_exactly_the_words_that_the_rules_know(
    table: str, column: str, words: type[StrEnum]
) -> None:
    made = re.search(rf"create table {table} \((.*?)\) strict;", FIRST, re.DOTALL)
    assert made is not None
    check = re.search(rf"check \({column} in \(([^)]*)\)", made[1])
    assert check is not None
    assert set(re.findall(r"'(\w+)'", check[1])) == {word.value for word in words} | AHEAD.get(words, set())


@pytest.mark.parametrize("number", range(1, SCHEMA_NUMBER + 1))
def test_a_new_file_is_what_the_steps_end_in(number: int) -> None:
    with (
        contextlib.closing(connect_to_nothing()) as steps,
        contextlib.closing(connect_to_nothing()) as once,
    ):
        schema.make(steps, *edition(number))
        schema.make_at_once(once, number)
        assert len(everything_in(steps)) > 100
        assert everything_in(once) == everything_in(steps)


def everything_in(sql: Tables) -> list[tuple[object, ...]]:
    """Return the schema in its order, the rows of every table but their hours, and the file's numbers."""
    tables = sql.execute("select type, name, tbl_name, sql from sqlite_schema order by type, name").fetchall()
    rows = [
        (table.name, *(value for name, value in row.items() if name != "applied_at"))
        for table in sql.tables
        for row in table.rows
    ]
    numbers = [sql.execute(f"pragma {name}").fetchone() for name in ("application_id", "user_version")]
    return [*tables, *rows, *numbers]


def test_every_record_s_table_has_its_journal(tmp_path: Path) -> None:
    with Database.create(tmp_path / "s.sochibo") as database:
        triggers = {
            row["name"] for row in database.rows("select name from sqlite_schema where type = 'trigger'")
        }
    operations = ("insert", "update", "delete")
    assert triggers == {
        *(f"journal_{table}_{operation}" for table in JOURNALLED for operation in operations),
        *(f"search_{table}_{operation}" for table in SOURCES for operation in operations),
    }


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.sochibo")), ids=lambda path: path.name)
def test_the_book_of_every_edition_opens_with_everybody_in_it(sample: Path, tmp_path: Path) -> None:
    """One book a schema version, as `make_cell_book` made it with that edition; none is ever made anew."""
    path = tmp_path / sample.name
    path.write_bytes(sample.read_bytes())
    with Book.open(path) as book:
        assert not book.read_only
        assert len(book.members.on(date(2026, 11, 5), everybody=True)) == 12
        assert book.organisation().name == "Chi bộ Thôn 4"
        assert book.history.undo() is Changes.MEMBERS


def test_the_diagram_in_the_readme_is_that_of_the_schema() -> None:
    """`python tests/helpers/schemas.py` draws it anew."""
    assert diagram_in(README.read_text("utf-8")) == diagram()


def test_there_is_a_sample_of_this_edition() -> None:
    numbers = {read_header(sample).schema_number for sample in SAMPLES.glob("*.sochibo")}
    assert numbers == set(range(1, SCHEMA_NUMBER + 1))


def with_a_further_step(*, sound: bool = True) -> Migrations:
    steps = Migrations("sochibo")
    steps()(make_first_schema)
    steps()(make_second_schema)
    steps()(make_third_schema)

    @steps()
    def add_colour(database: Tables) -> None:
        database.execute("alter table unit add column colour text not null default 'đỏ'")
        database.execute("update unit set name = name || ' (cũ)'")
        if not sound:
            database.execute("pragma defer_foreign_keys = on")
            database.execute(
                "insert into unit (id, name, since, parent_id) values ('x', 'x', '2026-01-01', 'nobody')"
            )

    return steps


@pytest.fixture
def old_book(tmp_path: Path) -> Path:
    with Database.create(tmp_path / "Sổ.sochibo") as database, database.act("Added a unit"):
        database.insert("unit", {"id": "u", "name": "Chi bộ Thôn 1", "since": "2026-01-01"})
    return tmp_path / "Sổ.sochibo"


def test_an_older_book_is_brought_up_to_date_and_kept_as_it_was(old_book: Path) -> None:
    before = old_book.read_bytes()
    kept = upgrade.bring_up_to_date(old_book, with_a_further_step(), SCHEMA_NUMBER + 1)
    (backup,) = backups_in(backups_folder(old_book))
    assert (backup.path, backup.reason, kept.read_bytes()) == (kept, Reason.MIGRATION, before)
    assert sorted(file.name for file in old_book.parent.iterdir()) == ["Sổ.backups", "Sổ.sochibo"]
    assert read_header(old_book).schema_number == SCHEMA_NUMBER + 1
    sql = connect(old_book)
    assert sql.execute("select name, colour from unit").fetchall() == [("Chi bộ Thôn 1 (cũ)", "đỏ")]
    trigger = sql.execute("select sql from sqlite_schema where name = 'journal_unit_insert'").fetchone()[0]
    assert "colour" in trigger
    sql.close()
    with pytest.raises(NewerBook):
        Database.open(old_book)


def test_what_still_stands_in_the_log_is_brought_along(old_book: Path) -> None:
    sql = connect(old_book)
    sql.execute("insert into preference values ('a', 'b')")
    upgrade.bring_up_to_date(old_book, with_a_further_step(), SCHEMA_NUMBER + 1)
    sql.close()
    again = connect(old_book)
    assert again.execute("select * from preference").fetchall() == [("a", "b")]
    again.close()


def test_a_migration_that_fails_leaves_the_book_as_it_was(old_book: Path) -> None:
    before = old_book.read_bytes()
    with pytest.raises(Damaged):
        upgrade.bring_up_to_date(old_book, with_a_further_step(sound=False), SCHEMA_NUMBER + 1)
    assert old_book.read_bytes() == before
    assert [file.name for file in old_book.parent.iterdir()] == ["Sổ.sochibo"]
    with Database.open(old_book) as database:
        assert not database.read_only
