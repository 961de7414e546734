"""The screen that brings back a book which is gone or damaged: its copies, what one holds, and the act."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QThreadPool, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.book.upkeep.restoring import book_of, copies_of
from sochibo.faults import Fault
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.parts import choosers
from sochibo.interface.parts.blocks import label, stand_in_the_middle
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.operation import Operation
from sochibo.interface.parts.table import Column, RecordTable
from sochibo.interface.parts.table_view import TableView
from sochibo.interface.upkeep.backup_page import REASON_LABELS
from sochibo.interface.upkeep.restore_panel import Ground, RestorePanel
from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sochibo.book.upkeep.backups import Backup
    from sochibo.interface.looks.theme import Theme
    from sochibo.messages import Messages

__all__ = ["RescueScreen"]

_WIDTH: Final = 760
_SUFFIX: Final = ".sochibo"


class RescueScreen(QWidget):
    """First a copy is chosen, then looked at; nothing is written before the act, and the old file is kept."""

    asked_start = Signal()
    asked_restore = Signal(object)
    """A RestorePreview that was looked at."""

    def __init__(self, words: Messages, theme: Theme, book: Path | None) -> None:
        """`book` is where the spoilt one lies; None where even that must be found."""
        super().__init__()
        self.words, self.theme, self.book = words, theme, book
        self.panel: RestorePanel | None = None
        self._operation: Operation | None = None
        self._round = 0
        say = words.gettext
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.px(12))
        self._column.addWidget(label(say(N_("Bring a book back from a backup copy")), "big", wrap=True))
        self._list = QWidget()
        inside = QVBoxLayout(self._list)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.px(12))
        copies = copies_of(book) if book is not None else ()
        inside.addWidget(label(self._say_copies(len(copies)), "soft", wrap=True))
        self.table_model: RecordTable[Backup] = RecordTable(words, self._columns(), key=lambda one: one.path)
        self.table = TableView(theme, self.table_model, say(N_("Backup copies")), grows=True)
        self.table.opened.connect(lambda one: self.look_at(one.path))
        self.table_model.show_records(copies)
        self.table.setVisible(bool(copies))
        self.look_button = ActButton(
            theme, say(N_("See what this copy holds")), icon="eye", kind="primary" if copies else "plain"
        )
        self.look_button.clicked.connect(self._look)
        self.look_button.setVisible(bool(copies))
        self.choose_button = ActButton(
            theme, say(N_("Choose a copy elsewhere …")), icon="usb", kind="second" if copies else "primary"
        )
        self.choose_button.clicked.connect(self.choose)
        back = ActButton(theme, say(N_("Back")))
        back.clicked.connect(self.go_back)
        inside.addWidget(self.table)
        inside.addWidget(flow(self.look_button, self.choose_button, back))
        self._doing = label("", "soft", wrap=True)
        self._doing.hide()
        self._column.addWidget(self._doing)
        self._column.addWidget(self._list)
        self._column.addStretch(1)
        stand_in_the_middle(self, self._column, theme, _WIDTH)

    def first_focus(self) -> QWidget:
        """Begin with the newest copy."""
        return self.table if self.table_model.rowCount() else self.choose_button

    def go_back(self) -> None:
        """Take one step back: from the look to the list, from there to the start screen."""
        if self.panel is not None:
            self._end_panel()
        elif self._operation is None:
            self.asked_start.emit()

    def choose(self) -> None:
        """Look at a copy that lies elsewhere; where none tells its place, ask where the book shall lie."""
        say = self.words.gettext
        kinds = say(N_("Books (*.sochibo)"))
        copy = choosers.choose_file(self, say(N_("Choose a copy")), kinds)
        if copy is None:
            return
        place = self.book or book_of(copy)
        if place is None:
            place = choosers.choose_new_file(self, say(N_("Where shall the book lie?")), copy.stem, kinds)
        if place is not None:
            self.book = place if place.suffix else place.with_suffix(_SUFFIX)
            self.look_at(copy)

    def look_at(self, copy: Path) -> None:
        """Show what a copy holds, beside what is left of the book."""
        if self.book is None:
            return
        self._end_panel()
        self._round += 1
        known = next((one for one in self.table_model.records if one.path == copy), None)
        name = self._moment(known) if known else f"“{copy.name}”"
        self.panel = RestorePanel(Ground(self.words, self.theme, self.book, self._work), copy, name)
        self.panel.ended.connect(self._end_panel)
        self.panel.asked.connect(self.asked_restore)
        self._list.hide()
        self._column.insertWidget(3, self.panel)
        self.panel.first_focus().setFocus()

    def _look(self) -> None:
        one: Backup | None = self.table.record()
        if one is not None:
            self.look_at(one.path)

    def _end_panel(self) -> None:
        self._round += 1
        if self.panel is not None:
            self._column.removeWidget(self.panel)
            self.panel.deleteLater()
            self.panel = None
        self._list.show()
        self.first_focus().setFocus()

    def _say_copies(self, count: int) -> str:
        words = self.words
        if self.book is None:
            return words.gettext(
                N_("Choose a copy: in the folder “.backups” beside the book, or on the second stick.")
            )
        fields = {"name": self.book.stem}
        if not count:
            return words.sentence(N_("No copies lie beside “{name}”. Choose one elsewhere."), fields)
        return words.sentence(
            N_("These copies lie beside “{name}”. The spoilt file is kept under another name."), fields
        )

    def _moment(self, one: Backup) -> str:
        return self.words.sentence("{moment}", {"moment": one.at})

    def _columns(self) -> tuple[Column[Backup], ...]:
        words = self.words
        return (
            Column(title=N_("When"), text=self._moment, order=lambda one: one.at, strong=True),
            Column(title=N_("Why"), text=lambda one: words.gettext(REASON_LABELS[one.reason]), stretch=True),
        )

    def _work(
        self,
        job: Callable[[], Any],
        done: Callable[[Any], None],
        doing: str,
        failed: Callable[[Fault], None],
    ) -> None:
        """Run a job off the GUI thread, as a session would; what comes after the look was left is dropped."""
        operation = Operation(job)
        self._operation = operation
        current = self._round
        self._doing.setText(doing)
        self._doing.show()

        def finish(result: object, error: BaseException | None) -> None:
            self._operation = None
            self._doing.hide()
            if current != self._round:
                return
            if error is None:
                done(result)
            elif isinstance(error, Fault):
                failed(error)
            else:
                sys.excepthook(type(error), error, error.__traceback__)

        operation.finished.connect(finish)
        QThreadPool.globalInstance().start(operation.runnable())
