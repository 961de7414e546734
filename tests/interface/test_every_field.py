"""Every field of every page takes Vietnamese typing: no key is lost, whatever happens meanwhile."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, cast

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from recordings import OCTOBER, meeting_data
from shiboken6 import isValid
from windows import compose, frame_of, open_window, press, settle

from sochibo.book.book import Book
from sochibo.interface.meetings.meeting_page import MeetingPage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sochibo.interface.frame.frame import Frame
    from sochibo.interface.meetings.steps.items import ItemsStep
    from sochibo.interface.meetings.steps.preparation import PreparationStep
    from sochibo.interface.page import Page

Editor = QLineEdit | QPlainTextEdit
NO_LIMIT: Final = 32767
"""What Qt calls no limit."""
LEAST_FIELDS: Final = 60


def read(field: Editor) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def editors(inside: QWidget) -> list[Editor]:
    """Return every field in sight that takes text now."""
    found = [one for one in cast("list[QWidget]", inside.findChildren(QWidget)) if one.isVisible()]
    assert not [one for one in found if isinstance(one, QTextEdit) and not one.isReadOnly()]
    return [
        one
        for one in found
        if isinstance(one, QLineEdit | QPlainTextEdit) and not one.isReadOnly() and one.isEnabled()
    ]


def rewrite(field: Editor, backs: int, letters: str) -> None:
    """Send backspaces, then letters without a key code, as UniKey does on Windows."""
    for _ in range(backs):
        press(field, Qt.Key.Key_Backspace)
    for letter in letters:
        plain = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, 0, plain, letter))


def trouble_of(field: Editor, page: Page) -> str:
    """Type into a field while it is flushed and the page reloaded; return what went wrong."""
    if isinstance(field, QLineEdit) and (
        field.maxLength() < NO_LIMIT or field.validator() is not None or field.inputMask()
    ):
        return "refuses keys"
    field.clear()
    field.setFocus()
    compose(field, preedit="đ")
    compose(field, preedit="đả")
    page.flush()
    page.reload()
    if not isValid(field):
        return "is gone while a word is composed"
    compose(field, commit="đảng")
    rewrite(field, 0, " vieen")
    rewrite(field, 3, "ên")
    typed = read(field)
    return "" if typed == "đảng viên" else f"holds {typed!r}"


def pages_of(frame: Frame, goals: list[str]) -> Iterator[tuple[str, Page]]:
    """Open each goal; the meeting once at every step."""
    for goal in goals:
        frame.go(goal)
        settle()
        page = frame.page
        if not isinstance(page, MeetingPage):
            yield goal, page
            continue
        for place in range(len(page.steps)):
            page.open_step(place)
            settle()
            yield f"{goal.partition(':')[0]} {place}", page


def check_fields(frame: Frame, goals: list[str]) -> int:
    """Type into every field of some pages; return how many there were."""
    count, wrong = 0, []
    for name, page in pages_of(frame, goals):
        for field in editors(page):
            # What an earlier field of the page brought may have put this one away.
            if not isValid(field) or not field.isVisible():
                continue
            count += 1
            called = field.accessibleName()
            trouble = trouble_of(field, page)
            if trouble:
                wrong.append(f"{name}: {called!r} {trouble}")
    assert not wrong, "\n".join(wrong)
    return count


def test_no_field_of_a_cell_loses_a_key(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with Book.open(cell_path) as book:
        october = {"on": "2026-10-05", "proposals": [{"text": "Sửa mương", "member": "Phạm Thị Ân"}]}
        book.meetings.record(meeting_data(**october))
        book.ratings.make_period(2026)
        book.reports.issue_summary(OCTOBER, on=date(2026, 11, 1))
        meeting = book.meetings.lines(2026)[0].meeting.id
        task = book.tasks.lines()[0].task.id
        member = book.members.on(date(2026, 11, 5))[0].member.id
    goals = [
        "today", "meetings", f"meeting:{meeting}", f"papers:{meeting}", "plan:2026", "members",
        f"member:{member}", "registers", "movement", "duplicates", "tasks", f"task:{task}", "ratings",
        "targets:2026", "reports", "report:2026-10", "settings", "key", "protection", "backup", "history",
        "trust",
    ]  # fmt: skip
    with open_window(cell_path) as window:
        assert check_fields(frame_of(window), goals) > LEAST_FIELDS


def test_no_field_of_a_committee_loses_a_key(qtbot: QtBot, committee_path: Path) -> None:
    del qtbot
    goals = ["today", "inbox", "rollup", "organisations", "settings", "key", "trust"]
    with open_window(committee_path) as window:
        assert check_fields(frame_of(window), goals)


@pytest.mark.parametrize("way", ["field", "step", "page", "undo", "book", "window"])
def test_a_word_being_composed_is_kept_whatever_is_done_next(qtbot: QtBot, cell_path: Path, way: str) -> None:
    del qtbot
    with Book.open(cell_path) as book:
        meeting = book.meetings.record(meeting_data())
    with open_window(cell_path) as window:
        frame = frame_of(window)
        frame.go(f"meeting:{meeting}")
        page = cast("MeetingPage", frame.page)
        page.open_step(2)
        settle()
        step = cast("ItemsStep", page.step)
        line, text = step.cards[0].presenter, step.cards[1].text
        leave: dict[str, Callable[[], object]] = {
            "field": line.setFocus,
            "step": lambda: page.turn(1),
            "page": lambda: frame.go("members"),
            "undo": frame.redo,
            "book": window.show_start,
            "window": window.close,
        }
        text.setFocus()
        text.selectAll()
        compose(text, commit="Đồng chí ")
        compose(text, preedit="Đức")
        leave[way]()
        settle()
    with Book.open(cell_path) as book:
        assert book.meetings.file(meeting).items[1].text == "Đồng chí Đức"


def test_a_day_is_drawn_anew_only_when_it_is_left(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with Book.open(cell_path) as book:
        meeting = book.meetings.record(meeting_data())
    with open_window(cell_path) as window:
        frame = frame_of(window)
        frame.go(f"meeting:{meeting}")
        page = cast("MeetingPage", frame.page)
        page.open_step(0)
        on = cast("PreparationStep", page.step).on
        on.setFocus()
        on.selectAll()
        rewrite(on, 0, "6/1")
        # Somebody looks at the calendar here, longer than the pause.
        page.flush()
        assert page.desk.file.meeting.on == date(2026, 1, 6)
        rewrite(on, 0, "1/2026")
        assert on.text() == "6/11/2026"
        press(on, Qt.Key.Key_Return)
        assert on.text() == "06/11/2026"
        assert page.desk.file.meeting.on == date(2026, 11, 6)
