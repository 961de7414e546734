"""Starting the window: fonts, words, settings, the place for bugs, and the book."""

from __future__ import annotations

import logging
import sys
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from sochibo import paths
from sochibo.interface.frame.crash import CrashHook
from sochibo.interface.looks.qt_words import QtWords
from sochibo.interface.looks.theme import Theme
from sochibo.interface.settings import SettingsFile
from sochibo.interface.window import Window
from sochibo.messages import Messages

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["run"]

_UPDATE: Final = ".sochibo-update"


def run(path: Path | None, language: str | None, temporary: bool) -> int:  # noqa: FBT001 - the command line's call
    """Open the window, with a book if one is named, and return when it is closed.

    `temporary` neither reads nor writes the settings of this PC.
    """
    known = QApplication.instance()
    application = known if isinstance(known, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("SoChiBo")
    application.setApplicationDisplayName("Sổ Chi bộ")
    QGuiApplication.setDesktopFileName("sochibo")
    file = SettingsFile(None if temporary else paths.settings_folder())
    settings = file.load()
    if not temporary:
        _keep_log()
    words = Messages(language or settings.language)
    QLocale.setDefault(QLocale(words.language))
    theme = Theme(settings.palette, settings.percent)
    theme.apply(application)
    hook = CrashHook(words, theme)
    hook.install()
    translator = QtWords(words, application)
    application.installTranslator(translator)
    window = Window(words, settings, file, theme)
    window.setWindowIcon(QIcon(str(paths.shipped("resources") / "icons" / "sochibo.svg")))
    recent = settings.recent_books()
    if path is not None and path.suffix == _UPDATE:
        window.show_update(path)
    elif path is not None:
        window.open_book(path)
    elif recent:
        window.open_book(recent[0])
    window.show()
    try:
        return application.exec()
    finally:
        sys.excepthook = sys.__excepthook__


def _keep_log() -> None:
    """Write a small log beside the settings; it holds codes and module names, never a person's data."""
    folder = paths.settings_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "sochibo.log", maxBytes=200_000, backupCount=1, encoding="utf-8", delay=True
        )
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    log = logging.getLogger("sochibo")
    log.addHandler(handler)
    log.setLevel(logging.INFO)
