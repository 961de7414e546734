"""Page: the base of every screen in the window's right part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from sochibo.book.changes import Changes
    from sochibo.interface.session import Session

__all__ = ["KeyHint", "Page"]


@dataclass(frozen=True, slots=True)
class KeyHint:
    """A key and what it does here, as the strip at the foot shows it (`F6`, `Next step`)."""

    key: str
    does: str


class Page(QWidget):
    """One screen; the window draws its title above it, its keys below it, and F1 opens its help.

    Subclasses set `concerns` (reload when such changes come), `help_name` (the Markdown page) and build
    their widgets in `__init__` with the session; they never touch the window itself.
    """

    concerns: Changes
    help_name: str = "start"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    def title(self) -> tuple[str, ...]:
        """Return the breadcrumb, the last part being this page."""
        raise NotImplementedError

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of this page."""
        return ()

    def reload(self) -> None:
        """Show what the book holds now, keeping selection, focus and scroll position."""

    def flush(self) -> None:
        """Write what is still in a field, also what an input method composes; called before anything leaves."""

    def go_back(self) -> bool:
        """Take one step back inside the page; False if there is none (then the window leaves the page)."""
        return False
