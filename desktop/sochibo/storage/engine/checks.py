"""Is a book's file whole? Asked of a connection of its own, so that nobody has to wait."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from sochibo import faults
from sochibo.storage.engine.connection import Damaged, connect, read_header, sorted_faults

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.storage.copies.backup_contents import Opening

__all__ = ["are_pages_whole", "count_lost_references", "is_protected"]


def are_pages_whole(path: Path, opening: Opening = connect, *, thorough: bool = False) -> bool:
    """Read all pages of a file; `thorough` compares every index with its table too."""
    pragma = "integrity_check(1)" if thorough else "quick_check(1)"
    try:
        with contextlib.closing(opening(path, read_only=True)) as sql, sorted_faults(path.name):
            return bool(sql.execute(f"pragma {pragma}").fetchone()[0] == "ok")
    except Damaged:
        return False


def count_lost_references(path: Path, opening: Opening = connect) -> int:
    """Return how many records point to others that are not there; 0 where the pages cannot be read at all."""
    try:
        with contextlib.closing(opening(path, read_only=True)) as sql, sorted_faults(path.name):
            return len(sql.execute("pragma foreign_key_check").fetchall())
    except faults.Fault:
        return 0


def is_protected(path: Path) -> bool:
    """Tell whether a file opens by a passphrase only, or by nothing at all."""
    try:
        return read_header(path).protected
    except faults.Fault:
        return True
