"""Locked keys kept in a book: the one that seals, and a committee's authority."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sochibo.storage.engine.identity import new_id

if TYPE_CHECKING:
    from sochibo.storage.engine.database import Database

__all__ = ["KeptKey", "Purpose", "add", "kept_since", "newest", "replace"]


class Purpose(StrEnum):
    """What a key is for."""

    SIGNER = "signer"
    AUTHORITY = "authority"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptKey:
    """A key as it is kept: PKCS#12 locked by a passphrase that is written nowhere."""

    id: str = ""
    purpose: Purpose
    person: str
    fingerprint: str
    not_after: date
    issued: bool
    pkcs12: bytes

    def __repr__(self) -> str:
        return f"KeptKey({self.purpose.value}, {self.fingerprint[:12]}…)"


def newest(database: Database, purpose: Purpose) -> KeptKey | None:
    """Return the key of a purpose that was kept last; the ones before it stay, unused."""
    found = database.rows(
        "select * from signing_key where purpose = ? order by rowid desc limit 1", (purpose.value,)
    )
    for row in found:
        return KeptKey(
            id=row["id"],
            purpose=purpose,
            person=row["person"],
            fingerprint=row["fingerprint"],
            not_after=date.fromisoformat(row["not_after"]),
            issued=bool(row["issued"]),
            pkcs12=bytes(row["pkcs12"]),
        )
    return None


def kept_since(database: Database, purpose: Purpose) -> tuple[tuple[str, datetime], ...]:
    """Return the fingerprint of every key of a purpose and since when it is kept, oldest first."""
    found = database.rows(
        "select fingerprint, made_at from signing_key where purpose = ? order by rowid", (purpose.value,)
    )
    return tuple((row["fingerprint"], datetime.fromisoformat(row["made_at"])) for row in found)


def add(database: Database, key: KeptKey, made_at: datetime) -> None:
    """Keep a key."""
    database.insert(
        "signing_key", {"id": new_id(), "made_at": made_at.astimezone(UTC).isoformat(), **_row(key)}
    )


def replace(database: Database, key: KeptKey) -> None:
    """Write a kept key anew: the same key with another certificate."""
    database.update("signing_key", key.id, _row(key))


def _row(key: KeptKey) -> dict[str, object]:
    return {
        "purpose": key.purpose.value, "person": key.person, "fingerprint": key.fingerprint,
        "not_after": key.not_after.isoformat(), "issued": int(key.issued), "pkcs12": key.pkcs12,
    }  # fmt: skip
