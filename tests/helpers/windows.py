"""Real windows for tests and pictures: a real book, no settings of this PC, a fixed day."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Final, TypeVar, cast

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from sochibo.interface.looks.palette import PaletteName
from sochibo.interface.looks.theme import Theme
from sochibo.interface.settings import Settings, SettingsFile
from sochibo.interface.window import Window
from sochibo.messages import Messages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtCore import QObject

    from sochibo.interface.frame.frame import Frame

__all__ = [
    "TODAY", "a_second_later", "compose", "frame_of", "open_window", "outside", "press", "settle", "unnamed",
    "widgets",
]  # fmt: skip

T = TypeVar("T")

TODAY: Final = date(2026, 11, 5)


@contextmanager
def open_window(
    path: Path | None,
    *,
    language: str = "vi",
    percent: int = 100,
    palette: PaletteName = PaletteName.LIGHT,
    size: tuple[int, int] = (1366, 768),
    today: date = TODAY,
    settings: Settings | None = None,
    file: SettingsFile | None = None,
) -> Iterator[Window]:
    """Show a window on a book (or on the start screen), and close it at the end."""
    application = QApplication.instance() or QApplication([])
    theme = Theme(palette, percent)
    theme.apply(cast("QApplication", application))
    kept = settings or Settings(language=language, percent=percent, palette=palette, size=size)
    window = Window(Messages(language), kept, file or SettingsFile(None), theme, lambda: today)
    window.resize(*size)
    try:
        if path is not None:
            window.open_book(path)
        window.show()
        window.activateWindow()
        # Without an active window nothing has the keyboard, and no key reaches a shortcut.
        QTest.qWaitForWindowActive(window, 2000)
        settle()
        yield window
    finally:
        window.close()
        window.deleteLater()
        settle()


def frame_of(window: Window) -> Frame:
    """Return the frame of the open book."""
    assert window.frame is not None, "no book is open"
    return window.frame


def settle() -> None:
    """Let Qt do what is waiting, also what is to be deleted."""
    for _ in range(3):
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def widgets(inside: QWidget) -> list[QWidget]:
    """Return every visible widget inside another."""
    found = cast("list[QWidget]", inside.findChildren(QWidget))
    return [child for child in found if child.isVisible()]


def press(widget: QWidget, key: Qt.Key, text: str = "") -> None:
    """Press a key by an event of our own: QTest.keyClicks aborts the process on a letter beyond Latin-1."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))


def compose(widget: QWidget, preedit: str = "", commit: str = "") -> None:
    """Send what an input method sends while it composes, and when it commits."""
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(widget, event)


def a_second_later(parent: QObject, read: Callable[[], T]) -> list[T]:
    """Return a list that gets what is read a second from now.

    What was due earlier has run by then on a slow PC too, since Qt keeps the order of its timers.
    """
    found: list[T] = []
    timer = QTimer(parent, singleShot=True, interval=1000)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: found.append(read()))
    timer.start()
    return found


def unnamed(inside: QWidget) -> list[str]:
    """Return the widgets that take the keyboard and have no name for a screen reader."""
    return [
        type(child).__name__
        for child in widgets(inside)
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and not child.accessibleName()
    ]


def outside(window: QWidget) -> list[str]:
    """Return the widgets that stick out of the window to the right, or of their scroll area."""
    from PySide6.QtCore import QPoint

    found = []
    for child in widgets(window):
        if child.isWindow() or child.window() is not window:
            continue
        left = child.mapTo(window, QPoint(0, 0)).x()
        if left < 0 or left + child.width() > window.width():
            found.append(f"{type(child).__name__} {child.accessibleName()!r} {left}+{child.width()}")
    return found
