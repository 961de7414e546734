"""The keys that lock received files beside a protected book; they live in the encrypted book alone.

A key is never forgotten: what it locked stays readable, in copies of later states too. It locks nothing
before a backup copy holds it, and nothing more once the book was open to everybody or got another passphrase.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sochibo.rules.units.organisations import BookKind
from sochibo.storage.engine import preferences
from sochibo.storage.records.organisations import read_organisation

if TYPE_CHECKING:
    from sochibo.storage.engine.database import Database

__all__ = ["Keys", "add_key", "is_key_due", "keys_of", "retire_key", "use_key"]

_CURRENT: Final = "received_key"
_NAME_BYTES: Final = 4
_KEY_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Keys:
    """What opens the locked files of one book, by the name of each key, and the one that locks what comes.

    `current` is empty where files are kept as they came.
    """

    known: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    current: str = ""


def keys_of(database: Database) -> Keys:
    """Return the keys of a book; an open one still reads what was locked, and locks nothing."""
    known = preferences.named(database, preferences.RECEIVED_KEYS)
    current = preferences.get(database, _CURRENT) if database.key is not None else ""
    return Keys({name: bytes.fromhex(key) for name, key in known.items()}, current)


def is_key_due(database: Database) -> bool:
    """Tell whether a protected committee's book has no key yet for what it receives."""
    return (
        database.key is not None
        and not database.read_only
        and not preferences.get(database, _CURRENT)
        and read_organisation(database).kind is BookKind.COMMITTEE
    )


def add_key(database: Database) -> str:
    """Put a new key into the book, for `use_key` once a copy of the book holds it too; returns its name."""
    name = secrets.token_hex(_NAME_BYTES)
    preferences.put(database, preferences.RECEIVED_KEYS + name, secrets.token_hex(_KEY_BYTES))
    return name


def use_key(database: Database, name: str) -> None:
    """Let a key lock what comes from now on."""
    preferences.put(database, _CURRENT, name)


def retire_key(database: Database) -> None:
    """Let the key lock nothing more, since others may come to know it; it opens what it locked."""
    if preferences.get(database, _CURRENT):
        preferences.put(database, _CURRENT, "")
