"""Page: the base of every screen in the window's right part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from sochibo.book.changes import Changes
from sochibo.interface.parts.fields import flush_fields

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

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
    their widgets in `__init__` with the session; they never touch the window itself. The window puts the
    page into a scroll area and calls `reload` before it is first shown. Margins are the window's.
    """

    concerns: ClassVar[Changes] = Changes.NONE
    help_name: str = "start"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setObjectName("Body")

    def title(self) -> tuple[str, ...]:
        """Return the breadcrumb, the last part being this page."""
        raise NotImplementedError

    def subtitle(self) -> str:
        """Return what stands softly behind the title (a day), empty for nothing."""
        return ""

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of this page."""
        return ()

    def reload(self) -> None:
        """Show what the book holds now, keeping selection, focus and scroll position."""

    def flush(self) -> None:
        """Write what is still in a field, also what is being composed; called before anything leaves."""
        flush_fields(self)

    def go_back(self) -> bool:
        """Take one step back inside the page; False if there is none (then the window leaves the page)."""
        return False

    def jump(self, place: str) -> None:
        """Go to a field that a finding or a remark names; a page without fields stays as it is."""

    def receive(self, paths: Sequence[Path]) -> None:
        """Take in files that were dropped on the window; a page that takes none leaves them alone."""

    def first_focus(self) -> QWidget | None:
        """Return what has the keyboard when the page is opened."""
        return None
