"""What is being typed into a form that is recorded whole: kept at once, offered again, no record yet."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from sochibo.storage.engine import preferences

if TYPE_CHECKING:
    from sochibo.storage.engine.database import Database

__all__ = ["Drafts", "TypedDraft"]

_DRAFT: Final = "draft:"


@dataclass(frozen=True, slots=True)
class TypedDraft:
    """The texts of a form by field, as they were typed, and when the last of them was."""

    at: datetime
    values: Mapping[str, str]


class Drafts:
    """Half a record is none, yet nothing typed is lost; undo and the history pass drafts over."""

    def __init__(self, database: Database) -> None:
        self._database: Final = database

    def of(self, place: str) -> TypedDraft | None:
        """Return what was typed at a place and not recorded; None where nothing was."""
        try:
            read = json.loads(preferences.get(self._database, _DRAFT + place) or "null")
            return TypedDraft(
                datetime.fromisoformat(read["at"]), {str(k): str(v) for k, v in read["values"].items()}
            )
        except (ValueError, TypeError, KeyError, AttributeError):
            # A draft that cannot be read is none: it must never keep a form from opening.
            return None

    def keep(self, place: str, values: Mapping[str, str], now: datetime | None = None) -> None:
        """Keep what is typed; nothing typed forgets what was kept. A book that is only read keeps nothing."""
        if self._database.read_only:
            return
        known, moment = self.of(place), now or datetime.now(UTC)
        typed = dict(values) if any(text.strip() for text in values.values()) else {}
        if typed == (dict(known.values) if known else {}):
            return
        text = json.dumps({"at": moment.isoformat(), "values": typed}, ensure_ascii=False) if typed else ""
        preferences.put(self._database, _DRAFT + place, text)

    def forget(self, place: str) -> None:
        """Forget a draft: it was recorded, or a person threw it away."""
        self.keep(place, {})
