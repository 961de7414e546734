"""Settings → update of the program: the panel for update files, on a page of the open book."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.book.upkeep import updating
from sochibo.book.upkeep.backups import Reason
from sochibo.interface.page import Page
from sochibo.interface.upkeep.update_panel import UpdatePanel
from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sochibo.faults import Fault
    from sochibo.interface.session import Session

__all__ = ["UpdatePage"]


class UpdatePage(Page):
    """The panel; `update:<path>` looks at a file at once."""

    help_name = "update"

    def __init__(self, session: Session, goal: str) -> None:
        super().__init__(session)
        books = session.settings.recent_books()
        self.panel = UpdatePanel(session.words, session.theme, books, self._copy, self._work)
        self.panel.asked_restart.connect(self._close_window)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panel)
        _, _, path = goal.partition(":")
        if path:
            self.panel.look_at(Path(path))

    def title(self) -> tuple[str, ...]:
        """Return the room and this page."""
        words = self.session.words
        return words.gettext("Settings"), words.gettext(N_("Update of the program"))

    def first_focus(self) -> QWidget | None:
        """Begin with the act of this page."""
        return self.panel.first_focus()

    def go_back(self) -> bool:
        """Leave an offer or a question."""
        return self.panel.go_back()

    def receive(self, paths: Sequence[Path]) -> None:
        """Look at an update file that was dropped on the page."""
        for path in paths:
            if path.suffix == updating.SUFFIX:
                self.panel.look_at(path)
                return

    def _copy(self, path: Path) -> None:
        book = self.session.book
        if path.resolve() == book.path.resolve():
            # It is open here, so its key is known.
            book.backups.make(Reason.ASKED)
        else:
            updating.copy_book(path)

    def _work(
        self, job: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[Fault], None]
    ) -> None:
        self.session.work(job, done, self.session.words.gettext(N_("Updating …")), failed)

    def _close_window(self) -> None:
        self.window().close()
