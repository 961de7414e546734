"""Which backup copies are kept, and when the self-check speaks: data of the program, not code."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from sochibo import paths

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable
    from datetime import datetime
    from pathlib import Path

    from sochibo.storage.copies.backup import Backup

__all__ = ["BackupRules", "kept", "load_backup_rules"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupRules:
    """The parameters of `resources/rules/backup.toml`."""

    days: int
    weeks: int
    months: int
    every_year: bool
    asked_days: int
    copy_days: int
    second_place_days: int
    clock_minutes: int
    free_megabytes: int
    sync_folders: tuple[str, ...]
    sync_markers: tuple[str, ...]


@cache
def load_backup_rules(path: Path | None = None) -> BackupRules:
    """Read the parameters, the shipped ones unless another file is named."""
    file = path or paths.shipped("resources") / "rules" / "backup.toml"
    data = tomllib.loads(file.read_text("utf-8"))
    return BackupRules(
        **data["retention"],
        **data["check"],
        sync_folders=tuple(data["sync"]["folders"]),
        sync_markers=tuple(data["sync"]["markers"]),
    )


def kept(backups: Iterable[Backup], rules: BackupRules, now: datetime) -> frozenset[Backup]:
    """Return the copies that stay; the newest is always among them.

    Days, weeks and months without a copy are not counted: who opens the book once a month keeps seven
    days' copies too, and a clock that was wrong for a while pushes nothing out.
    """
    newest_first = sorted(backups, key=lambda backup: (backup.at, backup.count), reverse=True)
    periods: tuple[tuple[Callable[[Backup], Hashable], int], ...] = (
        (lambda backup: backup.at.date(), rules.days),
        (lambda backup: backup.at.isocalendar()[:2], rules.weeks),
        (lambda backup: (backup.at.year, backup.at.month), rules.months),
        (lambda backup: backup.at.year, len(newest_first) if rules.every_year else 0),
    )
    stay = set(newest_first[:1])
    for period_of, most in periods:
        newest_of: dict[Hashable, Backup] = {}
        for backup in newest_first:
            newest_of.setdefault(period_of(backup), backup)
        stay.update(list(newest_of.values())[:most])
    young = now - timedelta(days=rules.asked_days)
    stay.update(backup for backup in newest_first if backup.reason.is_asked and backup.at > young)
    return frozenset(stay)
