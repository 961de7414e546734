"""The screen of a double click on an update file: the same panel, without a book."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QThreadPool, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.book.upkeep import updating
from sochibo.faults import Fault
from sochibo.interface.parts.blocks import label, stand_in_the_middle
from sochibo.interface.parts.operation import Operation
from sochibo.interface.upkeep.update_panel import UpdatePanel
from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sochibo.interface.looks.theme import Theme
    from sochibo.messages import Messages

__all__ = ["UpdateScreen"]

_WIDTH: Final = 720


class UpdateScreen(QWidget):
    """What an update file offers, and the way on to the books."""

    asked_start = Signal()

    def __init__(self, words: Messages, theme: Theme, books: Sequence[Path], path: Path) -> None:
        super().__init__()
        self.path = path
        self._operation: Operation | None = None
        self.panel = UpdatePanel(words, theme, books, updating.copy_book, self._work)
        self.panel.asked_end.connect(self.asked_start)
        self.panel.asked_restart.connect(lambda: self.window().close())
        column = QVBoxLayout()
        column.setSpacing(theme.px(12))
        column.addWidget(label(words.gettext(N_("Update of the program")), "big", wrap=True))
        column.addWidget(self.panel)
        column.addStretch(1)
        stand_in_the_middle(self, column, theme, _WIDTH)
        self.panel.look_at(path)

    @property
    def busy(self) -> bool:
        """Tell whether a file is being read or taken."""
        return self._operation is not None

    def go_back(self) -> None:
        """Leave the file alone, unless it is being taken."""
        if not self.busy:
            self.asked_start.emit()

    def _work(
        self, job: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[Fault], None]
    ) -> None:
        operation = Operation(job)
        self._operation = operation

        def finish(result: object, error: BaseException | None) -> None:
            self._operation = None
            if error is None:
                done(result)
            elif isinstance(error, Fault):
                failed(error)
            else:
                sys.excepthook(type(error), error, error.__traceback__)

        operation.finished.connect(finish)
        QThreadPool.globalInstance().start(operation.runnable())
