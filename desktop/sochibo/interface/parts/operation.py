"""A slow job in a thread of its own, whose end is told in the GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRunnable, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Operation"]


class Operation(QObject):
    """One slow job; `finished` carries its result or its error.

    A QRunnable has no signals, and the QObject that has them must belong to the GUI thread so that the
    connection is queued: hence two objects.
    """

    finished = Signal(object, object)

    def __init__(self, job: Callable[[], object]) -> None:
        super().__init__()
        self._job = job

    def runnable(self) -> QRunnable:
        """Return what a thread pool runs."""
        return QRunnable.create(self._run)

    def _run(self) -> None:
        try:
            result = self._job()
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is raised again in the GUI thread
            self.finished.emit(None, error)
        else:
            self.finished.emit(result, None)
