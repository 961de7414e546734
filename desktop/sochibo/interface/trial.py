"""Open a real window on a book for a moment and type into it, for the self-test of an installation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QLocale, Qt, QThreadPool, QTimer, qVersion
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication

from sochibo.interface.frame.search_box import SearchBox
from sochibo.interface.looks.qt_words import QtWords
from sochibo.interface.looks.theme import Theme
from sochibo.interface.looks.typeface import FAMILY
from sochibo.interface.settings import Settings, SettingsFile
from sochibo.interface.window import Window
from sochibo.messages import N_

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage

    from sochibo.messages import Messages

__all__ = ["Trial", "TrialFailed", "try_window"]

_WAIT_MS: Final = 10_000
_LOOK_MS: Final = 20
_PAUSE_MS: Final = 600
_FEW_COLOURS: Final = 8
_STEP: Final = 9


class TrialFailed(Exception):
    """The window is not as it should be; the sentence says what, for the page of the self-test."""

    def __init__(self, template: str, **fields: object) -> None:
        super().__init__(template)
        self.template = template
        self.fields = fields


@dataclass(frozen=True, slots=True)
class Trial:
    """What the window ran on."""

    qt: str
    platform: str
    width: int
    height: int
    percent: int


def try_window(path: Path, words: Messages) -> Trial:
    """Show a book, look whether anything is drawn, and find a member by typing; raises TrialFailed.

    The settings of this PC are neither read nor written.
    """
    known = QApplication.instance()
    application = known if isinstance(known, QApplication) else QApplication(["sochibo"])
    theme = Theme()
    theme.apply(application)
    QLocale.setDefault(QLocale(words.language))
    translator = QtWords(words, application)
    application.installTranslator(translator)
    window = Window(words, Settings(language=words.language), SettingsFile(None), theme)
    try:
        window.open_book(path)
        window.show()
        window.activateWindow()
        if window.frame is None:
            raise TrialFailed(N_("The book is not shown."))
        _wait_until_shown(window)
        _settle()
        if _colours(window.grab().toImage()) < _FEW_COLOURS:
            raise TrialFailed(N_("The window stays empty."))
        if window.fontInfo().family() != FAMILY:
            raise TrialFailed(N_("The letters are of {family}."), family=window.fontInfo().family())
        _type(window)
        screen = QGuiApplication.primaryScreen()
        room = screen.size()
        return Trial(
            qVersion(),
            QGuiApplication.platformName(),
            room.width(),
            room.height(),
            round(screen.devicePixelRatio() * 100),
        )
    finally:
        window.close()
        window.deleteLater()
        application.removeTranslator(translator)
        _settle()


def _type(window: Window) -> None:
    """Type `Bưởi` as input methods do: composed and committed, and by keys that take letters back."""
    boxes: list[SearchBox] = window.findChildren(SearchBox)  # type: ignore[assignment]  # the stub forgets the type
    if len(boxes) != 1:
        raise TrialFailed(N_("There are {n} places to search."), n=len(boxes))
    box = boxes[0]
    for composed in ("B", "Bư", "Bươ", "Bưởi"):
        QApplication.sendEvent(box, QInputMethodEvent(composed, []))
    if box.text():
        raise TrialFailed(N_("Letters that are still being composed count as typed."))
    committed = QInputMethodEvent("", [])
    committed.setCommitString("Bưởi")
    QApplication.sendEvent(box, committed)
    found = _found(box)
    box.clear()
    # UniKey sends what it thinks was meant, after a backspace for each letter that was not.
    for letter in ("B", "u", "o", "\b", "\b", "ư", "ơ", "i", "\b", "\b", "ở", "i"):
        key = Qt.Key.Key_Backspace if letter == "\b" else Qt.Key(0)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(box, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter))
    if box.text() != "Bưởi" or found < 1 or _found(box) != found:
        raise TrialFailed(
            N_("Typing finds {one} members by an input method, {other} by single letters."),
            one=found,
            other=_found(box),
        )


def _wait_until_shown(window: Window) -> None:
    for _ in range(_WAIT_MS // _LOOK_MS):
        handle = window.windowHandle()
        if handle is not None and handle.isExposed():
            return
        _wait(_LOOK_MS)
    raise TrialFailed(N_("The window does not come up."))


def _wait(milliseconds: int) -> None:
    """Let events pass; without QtTest, which a finished program does not carry."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _found(box: SearchBox) -> int:
    _wait(_PAUSE_MS)
    _settle()
    return box.hits.count()


def _settle() -> None:
    for _ in range(3):
        QThreadPool.globalInstance().waitForDone()
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _colours(image: QImage) -> int:
    """Count the colours of every ninth point."""
    return len({
        image.pixel(x, y)
        for x in range(0, image.width(), _STEP)
        for y in range(0, image.height(), _STEP)
    })  # fmt: skip
