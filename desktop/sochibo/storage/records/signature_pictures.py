"""Pictures of people's signatures, by the key that they belong to: in this file and its copies, nowhere else.

A picture of a signature is good for mischief on paper. So it lies in the book, behind the same lock as the
key; it stands in no history, which would keep what its owner took away, and in no dump, which goes to other
people. Backup copies hold it as they hold the key, until they are rotated out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sochibo.storage.engine.database import Database

__all__ = ["get", "put", "remove"]


def get(database: Database, key: str) -> bytes:
    """Return the picture that belongs to a key (its digest), empty if there is none."""
    found = database.rows("select png from signature_picture where key = ?", (key,))
    return next((bytes(row["png"]) for row in found), b"")


def put(database: Database, key: str, png: bytes) -> None:
    """Keep a picture in the place of the one before; raises ReadOnlyBook."""
    remove(database, key)
    database.write_aside("insert into signature_picture (key, png) values (?, ?)", (key, png))


def remove(database: Database, key: str) -> None:
    """Wipe a picture, also from the free pages of the file; raises ReadOnlyBook."""
    database.write_aside("pragma secure_delete = on", ())
    database.write_aside("delete from signature_picture where key = ?", (key,))
