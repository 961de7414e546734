"""Draw every window and dialog with the demo's books in them, to be looked at.

Pictures lie in `build/screens/<language>-<percent>/<nn>-<page>.png`, at 1366×768, at 100 % and 200 % type,
in Vietnamese and English; the palettes and the smallest window are drawn for a few. The day is fixed, so two
runs draw the same but for the hours in the history.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from datetime import timedelta
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

from sochibo.book.backups import Reason
from sochibo.book.book import Book
from sochibo.commands.samples.books import NOW, make_demo_books
from sochibo.interface.backup_page import BackupPage
from sochibo.interface.crash import CrashDialog
from sochibo.interface.meeting_page import MeetingPage
from sochibo.interface.palette import PaletteName
from sochibo.interface.preview import Preview
from sochibo.interface.qt_words import QtWords
from sochibo.interface.settings import Settings, SettingsFile
from sochibo.interface.theme import Theme
from sochibo.interface.window import Window
from sochibo.messages import Messages
from sochibo.rules.meetings import AbsenceReason, Attendance, MeetingKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sochibo.commands.samples.books import DemoBooks
    from sochibo.interface.frame import Frame

ROOT: Final = Path(__file__).parents[1]
TARGET: Final = ROOT / "build" / "screens"
TODAY: Final = NOW.date()
SCREEN: Final = (1366, 768)
SMALL: Final = (1093, 614)
REST: Final = 250
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

    def __init__(self, application: QApplication, look: Look) -> None:
        self._look = look
        self._count = 0
        self._words = Messages(look.language)
        self._theme = Theme(look.palette, look.percent)
        self._theme.apply(application)
        QLocale.setDefault(QLocale(look.language))
        self._translator = QtWords(self._words)
        self._application = application
        application.installTranslator(self._translator)
        look.folder.mkdir(parents=True, exist_ok=True)

    def draw(self, books: DemoBooks) -> int:
        """Draw everything and return how many pictures were made."""
        self._draw_start(books)
        for path in (books.cell, books.committee):
            window = self._window()
            window.open_book(path)
            window.show()
            frame = window.frame
            if frame is None:
                raise RuntimeError(f"{path.name} does not open")
            for goal in goals(frame):
                frame.go(goal)
                self._keep(
                    window,
                    goal.partition(":")[0] if path == books.cell else f"committee-{goal.replace(':', '-')}",
                )
                self._draw_steps(window, frame)
                self._draw_look_at_copy(window, frame)
            frame.go("today")
            window.close()
            window.deleteLater()
        dialog = CrashDialog(
            self._words, self._theme, "Sochibo\nbuiltins.ValueError\n  sochibo.rules.votes:41 count"
        )
        dialog.show()
        self._keep(dialog, "crash")
        dialog.close()
        self._application.removeTranslator(self._translator)
        return self._count

    def _draw_start(self, books: DemoBooks) -> None:
        window = self._window(recent=[str(books.cell), str(books.committee)])
        window.show()
        self._keep(window, "start")
        if window.start is not None:
            window.start.show_form()
            self._keep(window, "new-book")
        window.close()
        window.deleteLater()

    def _draw_steps(self, window: Window, frame: Frame) -> None:
        """Draw the steps of one meeting."""
        page = frame.page
        if isinstance(page, MeetingPage):
            for number, _step in enumerate(page.steps):
                page.open_step(number)
                self._keep(window, f"meeting-step-{number + 1}")

    def _draw_look_at_copy(self, window: Window, frame: Frame) -> None:
        """Draw what going back to the oldest copy would change."""
        page = frame.page
        if isinstance(page, BackupPage) and page.table_model.records:
            page.look_at(page.table_model.records[-1].backup.path, "08:30 04/11/2026")
            self._keep(window, "restore")
            page.go_back()

    def _window(self, recent: list[str] | None = None) -> Window:
        look = self._look
        settings = Settings(look.language, look.percent, look.palette, recent=recent or [], size=look.size)
        window = Window(self._words, settings, SettingsFile(None), self._theme, lambda: TODAY)
        window.resize(*look.size)
        return window

    def _keep(self, widget: QWidget, name: str) -> None:
        settle()
        settle_previews(widget)
        self._count += 1
        widget.grab().save(str(self._look.folder / f"{self._count:02d}-{name}.png"))


def goals(frame: Frame) -> Iterator[str]:
    """Name every page of a book: its rooms, one meeting, one person, one paper, and what stands behind."""
    yield from frame.goals
    book = frame.session.book
    if "meetings" in frame.goals:
        lines = [line for year in book.meetings.years()[:1] for line in book.meetings.lines(year)]
        yield f"meeting:{lines[-1].meeting.id}"
        yield f"member:{book.members.on(TODAY)[0].member.id}"
        yield from (f"papers:{lines[-1].meeting.id}:resolution", "report:2026-10", "report:2026-Q3")
        yield "paper:year-2026"
        yield from (f"task:{book.tasks.lines()[0].task.id}", "tasks:all", "plan:2026")
        yield from ("registers:offices", "registers:transfers", "duplicates", "movement:2026")
        yield "member-papers:register"
    if "rollup" in frame.goals:
        yield from ("rollup:2026", "indicators:2026", "committee-paper:rating_rollup:2026")
    if "ratings" in frame.goals:
        yield "targets"
    yield from ("key", "trust", "backup", "history", "help:index", "help:today")


def record_today(books: DemoBooks) -> None:
    """Begin this month's meeting, two members being absent, so that its steps have something to show."""
    with Book.open(books.cell) as book:
        book.backups.make(Reason.DAILY, NOW - timedelta(days=1))
        meeting = book.meetings.prepare(MeetingKind.REGULAR, TODAY)
        _, first, _, second, *_ = (entry.member.id for entry in book.members.on(TODAY))
        book.meetings.mark(meeting, first, Attendance.EXCUSED, AbsenceReason.ILLNESS)
        book.meetings.mark(meeting, second, Attendance.UNEXCUSED)
        book.backups.make(Reason.ASKED, NOW)


def settle() -> None:
    """Let Qt draw what is waiting, also what slow jobs bring back."""
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


def main() -> int:
    """Draw all looks; names given on the command line draw only folders that begin so."""
    heard: list[str] = []

    def hear(kind: QtMsgType, _where: object, text: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and "propagateSizeHints" not in text:
            heard.append(text)

    qInstallMessageHandler(hear)
    application = QApplication(sys.argv[:1])
    asked = tuple(sys.argv[1:])
    total = 0
    with tempfile.TemporaryDirectory(prefix="sochibo-screens-") as folder:
        books = make_demo_books(Path(folder))
        record_today(books)
        # What is saved now was not saved on the day on which the pictures are taken.
        Book.saved_at = property(lambda _book: NOW)  # type: ignore[method-assign, assignment]  # as said
        for look in LOOKS:
            if asked and not look.folder.name.startswith(asked):
                continue
            shutil.rmtree(look.folder, ignore_errors=True)
            made = Drawing(application, look).draw(books)
            print(f"{look.folder.relative_to(ROOT)}: {made} pictures")
            total += made
    for text in sorted(set(heard)):
        print(f"Qt says: {text}")
    return 0 if total and not heard else 1


if __name__ == "__main__":
    sys.exit(main())
