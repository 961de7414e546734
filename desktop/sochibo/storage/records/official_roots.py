"""Roots of other authorities that were imported, with their newest revocation list; none is ever deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sochibo.storage.engine.database import Database

__all__ = ["KeptRoot", "add", "all_of", "change"]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRoot:
    """A root by its fingerprint, in PEM like its list; one with an end is believed no longer."""

    fingerprint: str
    certificate: str
    revocation_list: str = ""
    imported_at: datetime | None = None
    ended_at: datetime | None = None


def all_of(database: Database) -> tuple[KeptRoot, ...]:
    """Return every root that was ever imported, oldest first."""
    return tuple(map(_root, database.rows("select * from official_root order by rowid")))


def add(database: Database, root: KeptRoot) -> None:
    """Keep a root."""
    database.insert("official_root", {"id": root.fingerprint, **_row(root)})


def change(database: Database, root: KeptRoot) -> None:
    """Write a kept root anew: its list, or whether it is believed."""
    database.update("official_root", root.fingerprint, _row(root))


def _row(root: KeptRoot) -> dict[str, object]:
    return {
        "certificate": root.certificate, "revocation_list": root.revocation_list,
        "imported_at": _text(root.imported_at), "ended_at": _text(root.ended_at),
    }  # fmt: skip


def _root(row: Mapping[str, Any]) -> KeptRoot:
    return KeptRoot(
        fingerprint=row["id"],
        certificate=row["certificate"],
        revocation_list=row["revocation_list"],
        imported_at=_time(row["imported_at"]),
        ended_at=_time(row["ended_at"]),
    )


def _text(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
