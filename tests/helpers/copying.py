"""Programs that copy a book and put copies back without end, to be killed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sochibo.storage.copies.backup import Reason, backups_folder, make_backup
from sochibo.storage.copies.restore import put_in_place

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["copy", "restore"]


def copy(say: Callable[[object], None], book: Path) -> None:
    """Copy a book again and again; say when it begins."""
    say("begins")
    while True:
        make_backup(book, backups_folder(book), Reason.CLOSE, datetime.now().astimezone())


def restore(say: Callable[[object], None], book: Path, *copies: Path) -> None:
    """Put copies in the place of a book by turns; say when it begins."""
    say("begins")
    while True:
        for each in copies:
            put_in_place(each, book, datetime.now().astimezone())
