"""Draw every window and dialog with the demo's books in them, to be looked at.

Pictures lie in `build/screens/<language>-<percent>/<nnn>-<page>.png`, at 1366×768, at 100 % and 200 % type,
in Vietnamese and English; the palettes and the smallest window are drawn for a few. The day is fixed, so two
runs draw the same but for the hours in the history.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QLocale,
    QThreadPool,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from sample_states import LOCKED, find_books, make_books
from scenes import TODAY, scenes_of
from screen_faults import faults
from sochibo.book.book import Book
from sochibo.book.upkeep.backups import Backups
from sochibo.commands.samples.books import NOW
from sochibo.interface.frame.crash import CrashDialog
from sochibo.interface.frame.unlock_page import UnlockPage
from sochibo.interface.looks.palette import PaletteName
from sochibo.interface.looks.qt_words import QtWords
from sochibo.interface.looks.theme import Theme
from sochibo.interface.parts.preview import Preview
from sochibo.interface.settings import Settings, SettingsFile
from sochibo.interface.window import Window
from sochibo.messages import Messages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sample_states import Drawn

ROOT: Final = Path(__file__).parents[1]
TARGET: Final = ROOT / "build" / "screens"
SCREEN: Final = (1366, 768)
SMALL: Final = (1093, 614)
REST: Final = 250
A_MOMENT: Final = 60
WAITS: Final = 20


@dataclass(frozen=True, slots=True)
class Look:
    """One way in which the pages are drawn."""

    language: str
    percent: int = 100
    palette: PaletteName = PaletteName.LIGHT
    size: tuple[int, int] = SCREEN

    @property
    def folder(self) -> Path:
        """Return where its pictures lie."""
        name = f"{self.language}-{self.percent}"
        if self.palette is not PaletteName.LIGHT:
            name += f"-{self.palette}"
        return TARGET / (name if self.size == SCREEN else f"{name}-small")


LOOKS: Final = (
    *(Look(language, percent) for language in ("vi", "en") for percent in (100, 200)),
    Look("vi", size=SMALL),
    Look("vi", palette=PaletteName.DARK),
    Look("vi", palette=PaletteName.CONTRAST),
)


class Drawing:
    """Draws the pages of one look, numbered in the order in which they come."""

    def __init__(self, application: QApplication, look: Look, only: Sequence[str]) -> None:
        self._look = look
        self._only = tuple(only)
        self._count = 0
        self.made = 0
        self.faults: list[str] = []
        self._words = Messages(look.language)
        self._theme = Theme(look.palette, look.percent)
        self._theme.apply(application)
        QLocale.setDefault(QLocale(look.language))
        self._translator = QtWords(self._words)
        self._application = application
        application.installTranslator(self._translator)
        look.folder.mkdir(parents=True, exist_ok=True)

    def draw(self, folder: Path) -> None:
        """Draw everything, or what was asked for."""
        books = find_books(folder)
        self._draw_doors(folder, books)
        for drawn in books:
            window = self._window()
            window.open_book(drawn.path)
            window.show()
            frame = window.frame
            if frame is None:
                raise RuntimeError(f"{drawn.path.name} does not open")
            for scene in scenes_of(frame):
                name = drawn.prefix + scene.name
                if not drawn.shows(scene.name):
                    continue
                if not self._asked(name):
                    self._count += 1
                    continue
                scene.show(frame)
                self._keep(window, name)
                scene.leave(frame)
            frame.go("today")
            window.close()
            window.deleteLater()
        self._application.removeTranslator(self._translator)

    def _draw_doors(self, folder: Path, books: Sequence[Drawn]) -> None:
        """Draw what stands before a book, and what comes when something breaks."""
        window = self._window(recent=[str(drawn.path) for drawn in books[:2]])
        window.show()
        self._keep(window, "start")
        if window.start is not None:
            window.start.show_form()
            self._keep(window, "new-book")
        window.show_unlock(folder / LOCKED)
        self._keep(window, "unlock")
        doors: list[UnlockPage] = window.findChildren(UnlockPage)  # type: ignore[assignment]  # the stub forgets
        for door in doors:
            door.show_paper()
        self._keep(window, "unlock-recovery")
        window.close()
        window.deleteLater()
        trace = "Sochibo\nbuiltins.ValueError\n  sochibo.rules.meetings.votes:41 count"
        dialog = CrashDialog(self._words, self._theme, trace)
        dialog.show()
        self._keep(dialog, "crash")
        dialog.close()

    def _window(self, recent: list[str] | None = None) -> Window:
        look = self._look
        settings = Settings(
            look.language,
            look.percent,
            look.palette,
            recent=recent or [],
            size=look.size,
            person="Đào Thị Mơ",
        )
        window = Window(self._words, settings, SettingsFile(None), self._theme, lambda: TODAY)
        window.resize(*look.size)
        return window

    def _asked(self, name: str) -> bool:
        return not self._only or any(fnmatchcase(name, asked) for asked in self._only)

    def _keep(self, widget: QWidget, name: str) -> None:
        self._count += 1
        if not self._asked(name):
            return
        settle()
        settle_previews(widget)
        settle()
        self.made += 1
        if isinstance(widget, Window):
            self.faults += [f"{name}: {fault}" for fault in faults(widget)]
        widget.grab().save(str(self._look.folder / f"{self._count:03d}-{name}.png"))


def settle() -> None:
    """Let Qt draw what is waiting, also what slow jobs bring back, until the layout has come to rest."""
    QTest.qWait(A_MOMENT)
    for _ in range(4):
        QThreadPool.globalInstance().waitForDone()
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def settle_previews(widget: QWidget) -> None:
    """Wait for pages that are shown: they are made when things have come to rest, and drawn in a thread."""
    found: list[Preview] = widget.findChildren(Preview)  # type: ignore[assignment]  # the stub forgets the type
    previews = [preview for preview in found if preview.isVisible()]
    if previews:
        QTest.qWait(REST)
    for _ in range(WAITS):
        settle()
        if all(preview.drawn() for preview in previews):
            return
        QTest.qWait(REST)


def read_arguments() -> argparse.Namespace:
    """Read what is to be drawn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("looks", nargs="*", help="draw only these folders, as vi-200 or 'vi-*'")
    parser.add_argument("--only", nargs="+", default=[], help="draw only pages so named, as 'meeting-*'")
    parser.add_argument("--books", type=Path, help="keep the sample books here, and take them from here")
    return parser.parse_args()


def copy_books(kept: Path | None, folder: Path) -> None:
    """Make the sample books, or copy those that were kept: drawing leaves them as they are."""
    if kept is None:
        make_books(folder)
        return
    if not (kept / LOCKED).exists():
        make_books(kept)
    shutil.copytree(kept, folder, dirs_exist_ok=True)


def main() -> int:
    """Draw all looks."""
    heard: list[str] = []

    def hear(kind: QtMsgType, _where: object, text: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and "propagateSizeHints" not in text:
            heard.append(text)

    arguments = read_arguments()
    os.environ["TZ"] = "Asia/Ho_Chi_Minh"
    time.tzset()
    qInstallMessageHandler(hear)
    application = QApplication(sys.argv[:1])
    total = 0
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="sochibo-screens-") as name:
        folder = Path(name)
        copy_books(arguments.books, folder)
        # What is saved now was not saved on the day on which the pictures are taken.
        Book.saved_at = property(lambda _book: NOW)  # type: ignore[method-assign, assignment]  # as said
        Backups.newest_at = property(lambda _copies: NOW)  # type: ignore[method-assign, assignment]  # as said
        for look in LOOKS:
            if arguments.looks and not any(fnmatchcase(look.folder.name, one) for one in arguments.looks):
                continue
            if not arguments.only:
                shutil.rmtree(look.folder, ignore_errors=True)
            drawing = Drawing(application, look, arguments.only)
            drawing.draw(folder)
            print(f"{look.folder.relative_to(ROOT)}: {drawing.made} pictures")
            total += drawing.made
            wrong += drawing.faults
            for fault in drawing.faults:
                print(f"  {fault}")
    for text in sorted(set(heard)):
        print(f"Qt says: {text}")
    return 0 if total and not heard and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())
