"""The schema, step by step; a step that has landed is never edited, a new one follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.storage.editions import (
    schema_2_exchange,
    schema_2_meetings,
    schema_2_people,
    schema_2_ratings,
    schema_3,
    schema_journal,
    schema_meetings,
    schema_organisations,
    schema_papers,
    schema_people,
    schema_ratings,
)
from sochibo.storage.engine.connection import Migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

__all__ = ["APPLICATION_ID", "FIRST", "JOURNALLED", "SCHEMA_NUMBER", "edition", "migrations"]

APPLICATION_ID: Final = 0x53434231
"""`SCB1` in the file's header."""

SCHEMA_NUMBER: Final = 3
"""PRAGMA user_version; a file with a greater one is refused."""

migrations = Migrations("sochibo")

_JOURNALLED_SINCE: Final = (
    (
        *schema_organisations.JOURNALLED,
        *schema_people.JOURNALLED,
        *schema_meetings.JOURNALLED,
        *schema_ratings.JOURNALLED,
        *schema_papers.JOURNALLED,
    ),
    (
        *schema_2_meetings.JOURNALLED,
        *schema_2_people.JOURNALLED,
        *schema_2_ratings.JOURNALLED,
        *schema_2_exchange.JOURNALLED,
    ),
    schema_3.JOURNALLED,
)

JOURNALLED: Final = tuple(table for tables in _JOURNALLED_SINCE for table in tables)
"""Tables whose every change is journalled and can be undone."""

FIRST: Final = (
    schema_organisations.TABLES
    + schema_people.TABLES
    + schema_meetings.TABLES
    + schema_ratings.TABLES
    + schema_papers.TABLES
    + schema_journal.TABLES
)
"""The tables of the first edition, by subject in the modules beside this one."""


@migrations()
def make_first_schema(database: Database) -> None:
    """Make the tables of the first edition; `schema.make` adds the triggers."""
    for statement in FIRST.split(";"):
        if statement.strip():
            database.execute(statement)
    database.execute("insert into journal_state (id) values (1)")


@migrations()
def make_second_schema(database: Database) -> None:
    """Add what the second edition keeps; tables made anew need `foreign_keys` off, as `upgrade` has it."""
    for module in (schema_2_meetings, schema_2_people, schema_2_ratings, schema_2_exchange):
        for statement in module.STATEMENTS:
            database.execute(statement)


@migrations()
def make_third_schema(database: Database) -> None:
    """Add what the third edition keeps."""
    for statement in schema_3.STATEMENTS:
        database.execute(statement)


def edition(number: int) -> tuple[Migrations, int, tuple[str, ...]]:
    """Return steps, number and journalled tables of an edition: what was written out then is read into it."""
    steps = Migrations("sochibo")
    for step in (make_first_schema, make_second_schema, make_third_schema)[:number]:
        steps()(step)
    return steps, number, tuple(table for tables in _JOURNALLED_SINCE[:number] for table in tables)
