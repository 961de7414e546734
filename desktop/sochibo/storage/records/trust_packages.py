"""The trust packages that a book was given; the greatest number is the one in force."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sochibo.storage.engine.identity import new_id

if TYPE_CHECKING:
    from sochibo.storage.engine.database import Database

__all__ = ["add", "newest", "newest_number"]


def newest(database: Database) -> bytes | None:
    """Return the package in force as it came; None where none was given."""
    for row in database.rows("select content from trust_package order by number desc limit 1"):
        return bytes(row["content"])
    return None


def newest_number(database: Database) -> int:
    """Return the number of the package in force, 0 where none was given."""
    found = database.rows("select coalesce(max(number), 0) as number from trust_package")
    return int(next(iter(found))["number"])


def add(database: Database, content: bytes, number: int, issued_at: datetime, now: datetime) -> None:
    """Keep a package."""
    database.insert(
        "trust_package",
        {
            "id": new_id(), "number": number, "issued_at": issued_at.astimezone(UTC).isoformat(),
            "received_at": now.astimezone(UTC).isoformat(),
            "sha256": hashlib.sha256(content).hexdigest(), "content": content,
        },
    )  # fmt: skip
