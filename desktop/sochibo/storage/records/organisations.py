"""Whose book it is, and its terms, as rows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sochibo.rules.units.organisations import BookKind, Organisation, Term
from sochibo.storage.engine.mapping import fields_of, row_of

if TYPE_CHECKING:
    from typing import Any

    from sochibo.storage.engine.database import Database

__all__ = [
    "add_term", "change_organisation", "change_term", "read_book_row", "read_organisation", "read_terms",
    "start_book",
]  # fmt: skip


def start_book(
    database: Database, book_id: str, made_at: str, organisation: Organisation, term: Term
) -> None:
    """Write the rows without which a file is no book, inside an act."""
    database.insert(
        "book",
        {
            "id": book_id,
            "kind": organisation.kind.value,
            "made_at": made_at,
            "organisation_id": organisation.id,
        },
    )
    database.insert("organisation", row_of(organisation))
    database.insert("term", row_of(term))


def read_book_row(database: Database) -> dict[str, Any] | None:
    """Return the book's own row; None in a file that was never finished."""
    return next(database.rows("select * from book"), None)


def read_organisation(database: Database) -> Organisation:
    """Return the organisation whose book it is."""
    row = next(
        database.rows("select o.* from organisation as o join book on book.organisation_id = o.id"),
    )
    return Organisation(**{**fields_of(Organisation, row), "kind": BookKind(row["kind"])})


def change_organisation(database: Database, organisation: Organisation) -> None:
    """Write the organisation, inside an act."""
    database.update("organisation", organisation.id, row_of(organisation))


def read_terms(database: Database) -> tuple[Term, ...]:
    """Return the terms, newest first."""
    return tuple(
        Term(
            id=row["id"],
            name=row["name"],
            start=date.fromisoformat(row["start"]),
            end=date.fromisoformat(row["end"]) if row["end"] else None,
        )
        for row in database.rows('select * from term order by "start" desc, id desc')
    )


def add_term(database: Database, term: Term) -> None:
    """Write a new term, inside an act."""
    database.insert("term", row_of(term))


def change_term(database: Database, term: Term) -> None:
    """Write a term's name and days, inside an act; raises KeyError."""
    database.update("term", term.id, row_of(term))
