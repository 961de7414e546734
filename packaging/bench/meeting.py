"""What does a key cost at the roll call, and what do twenty years cost a meeting? Ratios within one run.

Method. Two books of a cell of fifty are made in the system's temporary folder: one with this month's
meeting alone, one with twenty years of meetings before it (240 with eight items, fifty marks and three
tasks each, and the journal of all that). In the real window (offscreen, 1366×768) a digit is pressed at the
roll call, 3 and 1 by turns, from the key until the table is painted again: the checks, the commit with its
fsync, reading the meeting anew, what is due and the sidebar are all in it. Beside it an empty QTableView of
the same size is painted. What of that is owed to the years, the book without earlier meetings shows.
Opening is from the goal until the page is painted, all pages being made anew each time. Medians; absolute
times depend on the machine and are not printed.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView

from sochibo.book.book import Book, BookDraft
from sochibo.interface.looks.palette import PaletteName
from sochibo.interface.looks.theme import Theme
from sochibo.interface.meetings.meeting_page import MeetingPage
from sochibo.interface.meetings.steps.attendance import AttendanceStep
from sochibo.interface.settings import Settings, SettingsFile
from sochibo.interface.window import Window
from sochibo.messages import Messages
from sochibo.rules.meetings.meetings import MeetingKind
from sochibo.rules.units.organisations import BookKind
from sochibo.storage.engine.database import Database
from sochibo.storage.engine.identity import new_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from sochibo.interface.frame.frame import Frame
    from sochibo.interface.meetings.steps.mark_table import MarkTable

MEMBERS: Final = 50
ITEMS: Final = 8
TASKS: Final = 3
FIRST_YEAR: Final = 2006
TODAY: Final = date(2026, 11, 5)
STROKES, OPENINGS = 41, 9
KEYS: Final = (Qt.Key.Key_3, Qt.Key.Key_1)
TALK: Final = (
    "Đồng chí nêu việc thủy lợi nội đồng; chi bộ thảo luận, thống nhất giao tổ công tác rà soát. " * 5
)


def add_members(database: Database) -> list[str]:
    """Add the members; return their ids."""
    keys = [new_id() for _ in range(MEMBERS)]
    with database.act("Added everybody"):
        for number, key in enumerate(keys):
            database.insert("member", {"id": key, "name": f"Nguyễn Văn {chr(65 + number % 26)}{number}"})
            for kind, day in (("admission", "2001-02-03"), ("recognition", "2002-02-03")):
                event = {"id": new_id(), "member_id": key, "kind": kind, "on": day}
                database.insert("member_event", event)
    return keys


def add_years(database: Database, members: list[str]) -> None:
    """Add a meeting for each month of twenty years, an act each."""
    for month in range(20 * 12):
        meeting, on = new_id(), f"{FIRST_YEAR + month // 12}-{month % 12 + 1:02}-03"
        with database.act("Recorded a meeting"):
            row = {"id": meeting, "kind": "regular", "on": on, "state": "recording"}
            database.insert("meeting", row)
            for position in range(ITEMS):
                item = {"id": new_id(), "meeting_id": meeting, "position": position, "text": TALK}
                database.insert("agenda_item", item | {"title": f"Việc thứ {position}", "conclusion": TALK})
            for position in range(TASKS):
                task = {
                    "id": new_id(),
                    "meeting_id": meeting,
                    "position": position,
                    "text": "Rà soát hộ nghèo",
                }
                database.insert("task", task | {"done_percent": 100, "state": "done"})
            for place, key in enumerate(members):
                absent = "excused" if (place + month) % 11 == 0 else "present"
                mark = {"id": new_id(), "meeting_id": meeting, "member_id": key, "attendance": absent}
                database.insert("mark", mark)


def make(path: Path, *, years: bool) -> str:
    """Make a book; return the id of the meeting of this month."""
    draft = BookDraft(
        kind=BookKind.CELL, name="Chi bộ Thử", superior="Đảng bộ Thử", place="Thử",
        term_name="2025–2030", term_start=date(2025, 3, 1),
    )  # fmt: skip
    Book.create(path, draft).close()
    with Database.open(path) as database:
        members = add_members(database)
        if years:
            add_years(database, members)
    with Book.open(path) as book:
        return book.meetings.prepare(MeetingKind.REGULAR, TODAY)


def settle() -> None:
    """Let Qt do what is waiting."""
    for _ in range(2):
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def seconds(job: Callable[[], object]) -> float:
    """Return how long a job takes, once nothing else waits to be done."""
    settle()
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def paint(widget: QWidget) -> None:
    """Paint a widget now."""
    widget.repaint()
    QCoreApplication.processEvents()


def empty_table(width: int, height: int) -> QTableView:
    """Return a bare table without rows, in sight."""
    table = QTableView()
    table.show()
    table.resize(width, height)
    settle()
    return table


def show(path: Path) -> Window:
    """Open a book in a window."""
    theme = Theme(PaletteName.LIGHT, 100)
    window = Window(Messages("vi"), Settings(language="vi"), SettingsFile(None), theme, lambda: TODAY)
    window.open_book(path)
    window.resize(1366, 768)
    window.show()
    settle()
    return window


def frame_of(window: Window) -> Frame:
    """Return the frame of the open book."""
    if window.frame is None:
        raise RuntimeError("the book does not open")
    return window.frame


def open_meeting(frame: Frame, meeting: str) -> float:
    """Return how long a meeting takes from its goal until it is painted, its page being made anew."""
    frame.go("meetings")
    # As after a change of type size.
    frame.rebuild()
    settle()

    def opening() -> None:
        frame.go(f"meeting:{meeting}")
        paint(frame.page)

    return seconds(opening)


def roll_call(frame: Frame) -> MarkTable:
    """Return the table of the roll call, in sight."""
    page = frame.page
    if not isinstance(page, MeetingPage):
        raise TypeError("the meeting does not open")
    page.open_step(1)
    settle()
    if not isinstance(page.step, AttendanceStep):
        raise TypeError("the roll call does not open")
    return page.step.table


def press(table: MarkTable, key: Qt.Key) -> float:
    """Return how long a key takes until the table is painted again."""

    def stroke() -> None:
        QTest.keyClick(table, key)
        paint(table.viewport())

    return seconds(stroke)


def main() -> None:
    """Print what each costs."""
    application = QApplication([])
    Theme(PaletteName.LIGHT, 100).apply(application)
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("new.sochibo", "old.sochibo")]
        meetings = [make(path, years=path.stem == "old") for path in paths]
        windows = [show(path) for path in paths]
        frames = [frame_of(window) for window in windows]
        # By turns, so that whatever else the machine does meets both alike.
        opened = [
            [open_meeting(frame, meeting) for frame, meeting in zip(frames, meetings, strict=True)]
            for _ in range(OPENINGS)
        ]
        tables = [roll_call(frame) for frame in frames]
        viewport = tables[0].viewport()
        empty = empty_table(viewport.width(), viewport.height())
        pressed = [
            [*(press(table, KEYS[turn % 2]) for table in tables), seconds(lambda: paint(empty.viewport()))]
            for turn in range(STROKES)
        ]
        for window in windows:
            window.close()
    new, old, bare = map(statistics.median, zip(*pressed, strict=True))
    opening, reopening = map(statistics.median, zip(*opened, strict=True))
    print(f"{'one attendance key':28}{new / bare:8.0f} × painting an empty table")
    print(f"{'the same after 20 years':28}{old / new:8.2f} × that of a new book (goal ≤ 1.5)")
    print(f"{'opening a meeting':28}{opening / bare:8.0f} × painting an empty table")
    print(f"{'the same after 20 years':28}{reopening / opening:8.2f} × that of a new book (goal ≤ 1.5)")


if __name__ == "__main__":
    main()
