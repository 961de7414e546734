"""RatingPanel: what takes the place of the list for a while, and gives it back when it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.interface.looks.icons import ActButton
from sochibo.interface.parts.blocks import label, row
from sochibo.messages import N_

if TYPE_CHECKING:
    from sochibo.interface.page import KeyHint
    from sochibo.interface.parts.table_view import TableView
    from sochibo.interface.session import Session

__all__ = ["RatingPanel", "share_height"]


_LEAST_ROWS = 4


def share_height(table: TableView) -> None:
    """Let a table take the height that is left, and never ask for more: it is the one thing that scrolls."""
    table.ask_for(_LEAST_ROWS)


class RatingPanel(QWidget):
    """One act on a whole review: its title, a way back, and what stands in `column`."""

    name: ClassVar[str] = ""
    help_name: ClassVar[str] = "ratings"
    ended = Signal()
    """Give the list back."""
    wanted = Signal(str)
    """Another panel is to stand here, by its name."""
    told_keys = Signal()
    """Other keys than before do something here."""

    def __init__(self, session: Session, period_id: str) -> None:
        super().__init__()
        self.session = session
        self.words = session.words
        self.theme = session.theme
        self.period_id = period_id
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(session.theme.px(12))
        say = session.words.gettext
        back = ActButton(session.theme, say(N_("Back to the list")), icon="chevron-left", kind="link")
        back.clicked.connect(self.ended)
        head = row(label(say(type(self).name), "title"), spacing=session.theme.px(12))
        head.addStretch(1)
        head.addWidget(back)
        self.column.addLayout(head)

    def reload(self) -> None:
        """Show what the book holds now."""

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of this panel."""
        return ()

    def first_focus(self) -> QWidget:
        """Return what has the keyboard first."""
        return self
