"""The folder of received files beside a committee's book: named by content, looked over, carried along."""

from __future__ import annotations

import contextlib
import hashlib
import re
import time
from typing import TYPE_CHECKING, Final

from sochibo import faults, files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sochibo.storage.engine.database import Database

__all__ = ["SIZE_LIMIT", "carry", "clear_drafts", "count_lost", "folder_of", "place_of"]

SIZE_LIMIT: Final = 20_000_000
"""No paper comes near it; a film on the stick is not even read to its end."""

_NAME: Final = re.compile(r"[0-9a-f]{64}\.pdf")
_DRAFTS: Final = "*/.*.tmp"
_DAY: Final = 24 * 60 * 60


def folder_of(book: Path) -> Path:
    """Return the folder of received files beside a committee's book; it may not exist yet."""
    return book.with_name(f"{book.stem}.received")


def place_of(folder: Path, sha256: str) -> Path:
    """Return where a received file is kept: named by its content, so that nothing is kept twice."""
    return folder / sha256[:2] / f"{sha256}.pdf"


def count_lost(database: Database, *, thorough: bool = False) -> int:
    """Count the received files that no longer lie beside the book; `thorough` reads each and compares."""
    folder = folder_of(database.path)
    kept = [str(row["sha256"]) for row in database.rows("select sha256 from submission where sha256 <> ''")]
    return sum(not _lies(folder, sha256, thorough=thorough) for sha256 in kept)


def carry(source: Path, target: Path) -> int:
    """Copy what lies whole in one folder of received files and not in another; returns how many.

    A file that was spoilt is not carried, so that it never takes the place of a good one. Raises a fault of
    the folder that is written to.
    """
    carried = 0
    for path in _files_in(source):
        sha256 = path.stem
        if _lies(target, sha256):
            continue
        with contextlib.suppress(faults.NotReadable, files.TooLarge):
            content = files.read_whole(path, SIZE_LIMIT)
            if hashlib.sha256(content).hexdigest() == sha256:
                place = place_of(target, sha256)
                _make_folders(place)
                files.write_whole(place, content)
                carried += 1
    return carried


def clear_drafts(folder: Path) -> None:
    """Remove what a program left that fell while it wrote, once it is a day old."""
    for draft in folder.glob(_DRAFTS):
        with contextlib.suppress(OSError):
            if time.time() - draft.stat().st_mtime > _DAY:
                draft.unlink()


def _files_in(folder: Path) -> Iterator[Path]:
    try:
        yield from sorted(path for path in folder.glob("*/*.pdf") if _NAME.fullmatch(path.name))
    except OSError as error:
        raise faults.NotReadable(name=folder.name) from error


def _lies(folder: Path, sha256: str, *, thorough: bool = False) -> bool:
    place = place_of(folder, sha256)
    if not thorough:
        return place.is_file()
    try:
        return hashlib.sha256(files.read_whole(place, SIZE_LIMIT)).hexdigest() == sha256
    except faults.Fault:
        return False


def _make_folders(place: Path) -> None:
    try:
        place.parent.parent.mkdir(exist_ok=True)  # not those above: a stick pulled out would come back
        place.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise faults.from_os(error, place.parents[1].name) from error
