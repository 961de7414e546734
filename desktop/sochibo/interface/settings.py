"""Settings of this PC and this person: language, type size, palette, and where one left off."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sochibo.faults import Fault
from sochibo.files import read_whole, write_whole
from sochibo.interface.looks.palette import PaletteName
from sochibo.messages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Settings", "SettingsFile"]

_log = logging.getLogger(__name__)
_RECENT: Final = 8
_LIMIT: Final = 1_000_000
_NAME: Final = "settings.json"


@dataclass(slots=True)
class Settings:
    """What is remembered; a wrong value in the file falls back to the usual one, silently.

    `recent` are paths of books, newest first; `places` the last page of each book by its id, `filters` what
    a list showed last. After `lock_minutes` without a touch a protected book is locked; 0 is never.
    """

    language: str = "vi"
    percent: int = 100
    palette: PaletteName = PaletteName.LIGHT
    person: str = ""
    recent: list[str] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    size: tuple[int, int] = (1366, 700)
    lock_minutes: int = 10
    filters: dict[str, str] = field(default_factory=dict)

    def remember_book(self, path: Path) -> None:
        """Put a book on top of the recent ones."""
        text = str(path)
        self.recent = [text, *(other for other in self.recent if other != text)][:_RECENT]

    def forget_book(self, path: Path) -> None:
        """Take a book off the recent ones."""
        self.recent = [other for other in self.recent if other != str(path)]

    def recent_books(self) -> tuple[Path, ...]:
        """Return the recent books that are still there."""
        return tuple(path for path in map(Path, self.recent) if path.is_file())


class SettingsFile:
    """The one file of settings; without a folder nothing is read or written (tests, pictures)."""

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / _NAME if folder else None

    def load(self) -> Settings:
        """Read the settings; a missing or damaged file means the usual ones."""
        if self._path is None or not self._path.is_file():
            return Settings()
        try:
            raw = json.loads(read_whole(self._path, _LIMIT))
        except (Fault, ValueError):
            _log.info("settings cannot be read; starting with the usual ones")
            return Settings()
        return _settings(raw) if isinstance(raw, dict) else Settings()

    def save(self, settings: Settings) -> None:
        """Write the settings; that it cannot be done must never stand in the way of work."""
        if self._path is None:
            return
        text = json.dumps(asdict(settings), ensure_ascii=False, indent=1, sort_keys=True)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._path, text.encode())
        except (Fault, OSError):
            _log.info("settings cannot be written")


def _settings(raw: Mapping[str, Any]) -> Settings:
    made = Settings()
    for known in fields(Settings):
        value = raw.get(known.name)
        if known.name in _CHECKS and _CHECKS[known.name](value):
            setattr(made, known.name, _MAKE.get(known.name, lambda same: same)(value))
    return made


_CHECKS: Final = {
    "language": lambda value: value in LANGUAGES,
    "percent": lambda value: value in (100, 125, 150, 200),
    "palette": lambda value: value in set(PaletteName),
    "person": lambda value: isinstance(value, str),
    "recent": lambda value: isinstance(value, list) and all(isinstance(one, str) for one in value),
    "places": lambda value: isinstance(value, dict) and all(isinstance(one, str) for one in value.values()),
    "filters": lambda value: isinstance(value, dict) and all(isinstance(one, str) for one in value.values()),
    "lock_minutes": lambda value: type(value) is int and value >= 0,
    "size": lambda value: isinstance(value, list) and [type(one) for one in value] == [int, int],
}
_MAKE: Final = {"palette": PaletteName, "size": tuple}
