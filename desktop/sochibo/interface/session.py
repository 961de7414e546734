"""What every page is given: the open book, the words, the settings of this PC, and the way to act."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from sochibo.book.book import Book
    from sochibo.book.changes import Changes
    from sochibo.interface.settings import Settings
    from sochibo.messages import Messages

__all__ = ["Session"]

T = TypeVar("T")


class Session(QObject):
    """One open book in one window."""

    changed = Signal(object, object)
    """Changes, and the widget that caused them (or None): concerned pages reload."""
    fault = Signal(str)
    """A known fault or refusal in words, shown in the strip at the foot, not in a modal dialog."""
    went = Signal(str)
    """A goal to go to: `today`, `meetings`, `meeting:<id>`, `members`, `member:<id>`, `reports`, `inbox`, …"""

    book: Book
    words: Messages
    settings: Settings

    def run(self, act: Callable[[Book], Changes], by: QObject | None = None) -> bool:
        """Run a quick act on the book and tell the pages; a fault is shown, and False returned."""
        raise NotImplementedError

    def work(self, job: Callable[[], T], done: Callable[[T], None], doing: str) -> None:
        """Run a slow job off the GUI thread (drawing, sealing, judging) and give its result back in it.

        `doing` is what the strip says meanwhile. The job must not use the book's connection unless the book
        method says it is safe in a worker thread.
        """
        raise NotImplementedError
