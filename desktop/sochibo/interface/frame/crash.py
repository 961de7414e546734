"""What happens on a bug: the program goes on, and a report can be copied that holds nobody's data."""

from __future__ import annotations

import logging
import platform
import sys
import traceback
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from sochibo import __version__
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.parts.blocks import label, row

if TYPE_CHECKING:
    from types import TracebackType

    from sochibo.interface.looks.theme import Theme
    from sochibo.messages import Messages

__all__ = ["CrashDialog", "CrashHook", "report"]

_log = logging.getLogger(__name__)


def report(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Describe a bug by types, modules and lines alone.

    What an exception says is left out, for it may quote a name, and so are folders, for they name a person.
    """
    system = f"{platform.system()} {platform.release()}"
    lines = [
        f"Sochibo {__version__}, Python {platform.python_version()}, Qt {qVersion()}, {system}",
        f"{kind.__module__}.{kind.__qualname__}",
    ]
    for frame, line in traceback.walk_tb(trace):
        module = frame.f_globals.get("__name__", "?")
        lines.append(f"  {module}:{line} {frame.f_code.co_name}")
    return "\n".join(lines)


class CrashDialog(QDialog):
    """Says that something went wrong, what was kept, and offers the report."""

    def __init__(self, words: Messages, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.gettext("Something went wrong"))
        title = label(words.gettext("Something went wrong in the program"), "title", wrap=True)
        calm = label(
            words.gettext(
                "What you entered up to now is saved, and you can go on working. "
                "If it happens again, please give this report to whoever looks after the program; "
                "it holds no names and no content of your book."
            ),
            wrap=True,
        )
        shown = QPlainTextEdit(text)
        shown.setReadOnly(True)
        shown.setTabChangesFocus(True)
        shown.setAccessibleName(words.gettext("Report"))
        copy = ActButton(theme, words.gettext("Copy report"), kind="second")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        go_on = ActButton(theme, words.gettext("Go on working"), kind="primary")
        go_on.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        side = theme.px(24)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(theme.px(12))
        for part in (title, calm, shown):
            column.addWidget(part)
        column.addLayout(row(copy, None, go_on))
        self.resize(theme.px(620), theme.px(440))
        go_on.setFocus()


class CrashHook(QObject):
    """Stands at sys.excepthook, where exceptions in slots arrive too."""

    happened = Signal(str)

    def __init__(self, words: Messages, theme: Theme) -> None:
        super().__init__()
        self._words = words
        self._theme = theme
        self._open: CrashDialog | None = None
        # Queued, so that an exception in the middle of painting opens its dialog after it.
        self.happened.connect(self._show)

    def install(self) -> None:
        """Take the place of the usual hook."""
        sys.excepthook = self

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Take one exception."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        text = report(kind, trace)
        _log.error("bug\n%s", text)
        self.happened.emit(text)

    def _show(self, text: str) -> None:
        if self._open is not None and self._open.isVisible():
            return
        self._open = CrashDialog(self._words, self._theme, text)
        self._open.open()
