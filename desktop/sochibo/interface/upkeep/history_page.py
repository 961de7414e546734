"""The history: who did what and when, with what was taken back marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.book.upkeep.exports import ExportedList
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.looks.palette import Tone
from sochibo.interface.page import KeyHint, Page
from sochibo.interface.parts.blocks import label, row
from sochibo.interface.parts.lists import list_button, save_list
from sochibo.interface.parts.table import Column, RecordTable, Tag
from sochibo.interface.parts.table_view import TableView
from sochibo.messages import N_

if TYPE_CHECKING:
    from sochibo.book.history import Act
    from sochibo.interface.session import Session
    from sochibo.messages import Messages

__all__ = ["HistoryPage"]


class HistoryPage(Page):
    """The newest acts on top; undo takes back the newest that still stands."""

    concerns: ClassVar[Changes] = Changes.ALL
    help_name = "history"

    def __init__(self, session: Session, goal: str) -> None:
        super().__init__(session)
        del goal
        words, theme = session.words, session.theme
        columns: tuple[Column[Act], ...] = (
            Column(title=N_("When"), text=lambda act: _moment(act, words), soft=True),
            Column(title=N_("What was done"), text=lambda act: act.say(words), stretch=True),
            Column(title=N_("By whom"), text=lambda act: act.by, soft=True, drop=1),
            Column(
                title=N_("State"),
                text=lambda act: words.gettext("Undone") if act.undone else "",
                tag=lambda act: Tag(Tone.PLAIN, "undo-2") if act.undone else None,
            ),
        )
        self._model = RecordTable(words, columns, key=lambda act: act.id)
        self._view = TableView(theme, self._model, words.gettext("History of the book"))
        self._undo = ActButton(theme, words.gettext("Undo the newest"), icon="undo-2", kind="second")
        self._redo = ActButton(theme, words.gettext("Redo"), icon="redo-2", kind="plain")
        self._undo.clicked.connect(lambda: session.run(lambda book: book.history.undo(), self))
        self._redo.clicked.connect(lambda: session.run(lambda book: book.history.redo(), self))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(
            label(
                words.gettext("Everything can be undone, also tomorrow. Sealed papers stay as they are."),
                "soft",
                wrap=True,
            )
        )
        column.addWidget(self._view, 1)
        column.addLayout(
            row(self._undo, self._redo, None, list_button(session, self.write_list), spacing=theme.px(10))
        )

    def title(self) -> tuple[str, ...]:
        """Return the page under its room."""
        words = self.session.words
        return (words.gettext("Settings"), words.gettext("History"))

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of undo and redo."""
        words = self.session.words
        return (KeyHint("Ctrl Z", words.gettext("Undo")), KeyHint("Ctrl Y", words.gettext("Redo")))

    def reload(self) -> None:
        """Read the newest acts."""
        history = self.session.book.history
        self._model.show_records(history.acts())
        writable = not self.session.book.read_only
        self._undo.setEnabled(history.undoable() is not None and writable)
        self._redo.setEnabled(history.redoable() is not None and writable)

    def write_list(self) -> None:
        """Write every act to Excel, not only the newest ones."""
        exports, words = self.session.book.exports, self.session.words
        save_list(self, self.session, ExportedList.HISTORY, lambda path: exports.history(path, words))

    def first_focus(self) -> QWidget:
        """Return the table."""
        return self._view


def _moment(act: Act, words: Messages) -> str:
    """Draw when it was by the clock of this PC; the book keeps it in UTC."""
    at = act.at.astimezone()
    return f"{at:%H:%M} {words.date(at.date())}"
