"""Desk: the meeting in hand, shared by its steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.rules.meetings.meetings import MeetingState

if TYPE_CHECKING:
    from collections.abc import Callable

    from sochibo.book.book import Book
    from sochibo.faults import Finding
    from sochibo.interface.page import KeyHint
    from sochibo.interface.session import Session
    from sochibo.rules.meetings.minutes import MeetingFile

__all__ = ["Desk", "Step"]


class Desk(QObject):
    """One meeting as the book holds it now, read once for all steps after every change."""

    def __init__(self, session: Session, meeting_id: str) -> None:
        super().__init__()
        self.session = session
        self.words = session.words
        self.theme = session.theme
        self.meeting_id = meeting_id
        self.file: MeetingFile = session.book.meetings.file(meeting_id)
        self.findings: tuple[Finding, ...] = ()
        self.gone = False
        self.refresh()

    def refresh(self) -> None:
        """Read the meeting and what speaks against closing it."""
        self.file = self.session.book.meetings.file(self.meeting_id)
        self.findings = () if self.closed else self.session.book.meetings.findings(self.meeting_id, self.file)

    @property
    def closed(self) -> bool:
        """Tell whether the minutes are closed."""
        return self.file.meeting.state in {MeetingState.CLOSED, MeetingState.SEALED}

    @property
    def locked(self) -> bool:
        """Tell whether nothing may be written here."""
        return self.gone or self.closed or self.session.book.read_only

    def run(self, act: Callable[[Book], Changes], by: QObject | None = None) -> bool:
        """Act on the book; a locked meeting takes no act (the book would refuse it anyway)."""
        return not self.locked and self.session.run(act, by)

    def add(self, act: Callable[[Book], str], by: QObject | None = None) -> bool:
        """Act on the book where the act returns the id of what it made."""

        def made(book: Book) -> Changes:
            act(book)
            return Changes.MEETINGS

        return self.run(made, by)


class Step(QWidget):
    """One step of a meeting; `places` are the first parts of the field paths that belong to it."""

    name: ClassVar[str] = ""
    places: ClassVar[frozenset[str]] = frozenset()
    help_name: ClassVar[str] = "meeting"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.session = desk.session
        self.words = desk.words
        self.theme = desk.theme
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)

    def reload(self) -> None:
        """Show what the desk holds now."""

    def flush(self) -> None:
        """Write what is still in a field."""

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of this step."""
        return ()

    def focus_first(self) -> None:
        """Put the focus where work begins."""
        children: list[QWidget] = self.findChildren(QWidget)  # type: ignore[assignment]  # the stub forgets the type asked for
        for child in children:
            if child.focusPolicy() and child.isEnabled() and child.isVisibleTo(self):
                child.setFocus()
                return

    def focus_place(self, place: str) -> bool:
        """Put the focus into the field of a finding; False if it is not here."""
        del place
        self.focus_first()
        return True

    def go_back(self) -> bool:
        """Take one step back inside the step; False if there is none."""
        return False

    def holds_focus(self) -> bool:
        """Tell whether the focus is inside this step."""
        focus = QApplication.focusWidget()
        return focus is not None and (focus is self or self.isAncestorOf(focus))
