"""What the book's tables are, as the JSON Schema of a book written out and as the diagram in the README.

`python tests/helpers/schemas.py` writes both anew from the schema that the program makes.
"""

from __future__ import annotations

import contextlib
import inspect
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sochibo.storage.editions import (
    schema_2_exchange,
    schema_2_meetings,
    schema_2_people,
    schema_3,
    schema_meetings,
    schema_organisations,
    schema_papers,
    schema_people,
    schema_ratings,
)
from sochibo.storage.editions.migrations import SCHEMA_NUMBER
from sochibo.storage.editions.schema import make
from sochibo.storage.engine.connection import connect_to_nothing
from sochibo.storage.engine.dump import FORMAT, columns_of, tables_of

if TYPE_CHECKING:
    import sqlite_utils

__all__ = ["BOOK_SCHEMA", "README", "book_schema", "diagram", "diagram_in"]

ROOT: Final = Path(__file__).parents[2]
BOOK_SCHEMA: Final = ROOT / "resources" / "schemas" / "book-1.json"
README: Final = ROOT / "README.md"
FENCE: Final = "```mermaid\nerDiagram\n"
_TYPES: Final = {"text": "string", "integer": "integer", "blob": "string"}
_SUBJECTS: Final = (
    *(
        one.TABLES
        for one in (schema_organisations, schema_people, schema_meetings, schema_ratings, schema_papers)
    ),
    *(
        "\n".join(map(inspect.cleandoc, one.STATEMENTS))
        for one in (schema_2_meetings, schema_2_people, schema_2_exchange, schema_3)
    ),
)


def book_schema() -> dict[str, Any]:
    """Return the JSON Schema of a book written out."""
    with contextlib.closing(connect_to_nothing()) as sql:
        make(sql)
        tables = {table: _rows(sql, table) for table in tables_of(sql)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"sochibo:{FORMAT}",
        "title": "A whole book",
        "description": (
            "The file of `sochibo dump BOOK OUT.json`: every record of a book, its history and its sealed "
            "files. One record stands on a line, in canonical form (RFC 8785); the records of a table stand "
            "in the order in which they were made. `sha256` is the digest over all lines before the last. "
            "Identity numbers are in it in full."
        ),
        "type": "object",
        "additionalProperties": False,
        "required": ["format", "schema", "tables", "records", "sha256"],
        "properties": {
            "format": {"const": FORMAT},
            "schema": {"description": "The number of the book's schema.", "const": SCHEMA_NUMBER},
            "tables": {
                "type": "object",
                "additionalProperties": False,
                "required": list(tables),
                "properties": tables,
            },
            "records": {"description": "How many records there are.", "type": "integer", "minimum": 0},
            "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        },
    }


def _rows(sql: sqlite_utils.Database, table: str) -> dict[str, Any]:
    required = {row[1] for row in sql.execute(f'pragma table_info("{table}")') if row[3] or row[5]}
    properties: dict[str, Any] = {}
    for name, kind in columns_of(sql, table).items():
        properties[name] = {"type": _TYPES[kind] if name in required else [_TYPES[kind], "null"]}
        if kind == "blob":
            properties[name]["contentEncoding"] = "base64"
    return {
        "type": "array",
        "items": {
            "type": "object",
            "additionalProperties": False,
            "required": list(properties),
            "properties": properties,
        },
    }


def diagram() -> str:
    """Return the tables and which of them point to which, as Mermaid draws it."""
    lines = []
    with contextlib.closing(connect_to_nothing()) as sql:
        make(sql)
        standing = set(tables_of(sql))
        for subject in _SUBJECTS:
            for table in filter(standing.__contains__, _made_by(subject)):
                for column, target, many in _references(sql, table):
                    lines.append(f'    {target} ||--o{"{" if many else "|"} {table} : "{column}"')
    return "erDiagram\n" + "\n".join(lines) + "\n"


def _made_by(text: str) -> list[str]:
    return [line.split()[2] for line in text.splitlines() if line.startswith("create table ")]


def _references(sql: sqlite_utils.Database, table: str) -> list[tuple[str, str, bool]]:
    keys = {row[1] for row in sql.execute(f'pragma table_info("{table}")') if row[5]}
    found = [(row[3], row[2]) for row in sql.execute(f'pragma foreign_key_list("{table}")')]
    return sorted((column.removesuffix("_id"), target, column not in keys) for column, target in found)


def diagram_in(text: str) -> str:
    """Return the diagram that a text holds."""
    start = text.index(FENCE) + len("```mermaid\n")
    return text[start : text.index("```", start)]


if __name__ == "__main__":
    BOOK_SCHEMA.write_text(json.dumps(book_schema(), ensure_ascii=False, indent=1) + "\n", "utf-8")
    readme = README.read_text("utf-8")
    README.write_text(readme.replace(diagram_in(readme), diagram()), "utf-8")
