"""The whole window: every room in both languages, its keys, its size, and what it leaves behind."""

from __future__ import annotations

import subprocess
import sys
import weakref
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from windows import compose, frame_of, open_window, outside, settle, unnamed, widgets

from sochibo.book.changes import Changes
from sochibo.interface.looks.palette import PaletteName
from sochibo.interface.parts.fields import LineField
from sochibo.interface.rooms import PAGES, ROOMS, kind_of, room_of, stands
from sochibo.interface.settings import Settings, SettingsFile
from sochibo.rules.meetings.meetings import MeetingKind

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sochibo.book.book import Book
    from sochibo.interface.window import Window

MORE = ("history", "key", "help:index")


def goals(window: Window) -> tuple[str, ...]:
    return (*frame_of(window).goals, *(goal for goal in MORE if stands(kind_of(goal))))


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kind", ["cell", "committee"])
@pytest.mark.parametrize(("percent", "size"), [(100, (1093, 614)), (200, (1366, 768))])
def test_every_page_fits_its_window_and_every_control_has_a_name(
    request: pytest.FixtureRequest,
    qtbot: QtBot,
    language: str,
    kind: str,
    percent: int,
    size: tuple[int, int],
) -> None:
    del qtbot
    path: Path = request.getfixturevalue(f"{kind}_path")
    with open_window(path, language=language, percent=percent, size=size) as window:
        for goal in goals(window):
            frame_of(window).go(goal)
            settle()
            assert frame_of(window).goal == goal
            assert frame_of(window).page.title()[-1], goal
            assert (goal, unnamed(window)) == (goal, [])
            assert (goal, outside(window)) == (goal, [])
            assert (window.width(), window.height()) == size, goal
            opened = [top for top in QApplication.topLevelWidgets() if top.isVisible()]
            assert opened == [window], "a widget shown before it has a parent is a window of its own"


@pytest.mark.parametrize("palette", PaletteName)
def test_every_page_opens_in_every_palette(qtbot: QtBot, cell_path: Path, palette: PaletteName) -> None:
    del qtbot
    with open_window(cell_path, palette=palette) as window:
        for goal in goals(window):
            frame_of(window).go(goal)
            settle()
            assert not window.grab().isNull()


def test_the_start_screen_fits_and_is_named(qtbot: QtBot) -> None:
    del qtbot
    for percent in (100, 200):
        with open_window(None, percent=percent, size=(1093, 614)) as window:
            assert window.start is not None
            assert (unnamed(window), outside(window)) == ([], [])
            window.start.show_form()
            settle()
            assert (unnamed(window), outside(window)) == ([], [])


def test_every_room_has_a_page_and_every_page_lies_in_a_room() -> None:
    assert {room.goal for room in ROOMS} <= set(PAGES)
    for kind in PAGES:
        assert room_of(kind) in {*PAGES, "help"}
    assert room_of("meeting:0192") == "meetings"
    assert kind_of("report:2026-10") == "report"


def test_alt_and_a_digit_change_the_room(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path) as window:
        frame = frame_of(window)
        for place, goal in enumerate(frame.goals):
            key = Qt.Key(Qt.Key.Key_1.value + place)
            QTest.keyClick(window, key, Qt.KeyboardModifier.AltModifier)
            settle()
            assert frame.goal == goal
        rooms = [one for one in widgets(frame) if one.accessibleDescription().startswith("Alt ")]
        assert [room.toolTip()[-7:] for room in rooms] == [
            f"(Alt {n})" for n in range(1, len(frame.goals) + 1)
        ]


def test_escape_goes_back_step_by_step_and_focus_returns(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path, language="en") as window:
        frame = frame_of(window)
        frame.go("settings")
        settle()
        held = next(w for w in widgets(frame) if w.accessibleName() == "Superior organisation")
        held.setFocus()
        QTest.keyClick(window, Qt.Key.Key_F1)
        settle()
        assert frame.goal == "help:settings"
        QTest.keyClick(window, Qt.Key.Key_Escape)
        settle()
        assert frame.goal == "settings"
        assert held.hasFocus()
        QTest.keyClick(window, Qt.Key.Key_Escape)
        settle()
        assert frame.goal == "today"
        QTest.keyClick(window, Qt.Key.Key_Escape)
        settle()
        assert frame.goal == "today", "there is nothing further back"


def test_a_message_is_dismissed_first(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path, language="en") as window:
        frame = frame_of(window)
        frame.go("settings")
        frame.session.fault.emit("The stick was pulled out. (K03)")
        settle()
        said = [w for w in widgets(window) if "The stick was pulled out" in w.accessibleName()]
        assert said
        assert outside(window) == []
        frame.go_back()
        assert not said[0].isVisible()
        assert frame.goal == "settings"


@pytest.mark.parametrize(
    ("kind", "said"), [("told", "Done: X."), ("fault", "Please look: X."), ("noted", "X.")]
)
def test_only_what_was_done_is_called_done(cell_path: Path, kind: str, said: str) -> None:
    with open_window(cell_path, language="en") as window:
        getattr(frame_of(window).session, kind).emit("X.")
        settle()
        assert [one for one in widgets(window) if one.accessibleName() == said]


def test_undo_names_its_act_and_does_it(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path, language="en") as window:
        frame = frame_of(window)
        frame.go("settings")
        place = next(w for w in widgets(frame) if w.accessibleName() == "Usual place of meetings")
        assert isinstance(place, LineField)
        compose(place, commit="Nhà văn hóa")
        frame.flush()
        act = frame.session.book.history.undoable()
        assert act is not None
        buttons = [w for w in widgets(window) if isinstance(w, QPushButton)]
        undo = next(w for w in buttons if w.accessibleName().startswith("Undo: "))
        assert act.say(frame.session.words) in undo.accessibleName()
        assert undo.toolTip() == undo.accessibleName()
        undo.click()
        settle()
        assert frame.session.book.organisation().regular_place == ""
        redo = next(w for w in buttons if w.accessibleName().startswith("Redo: "))
        redo.click()
        assert frame.session.book.organisation().regular_place == "Nhà văn hóa"


def test_ctrl_z_in_an_untouched_field_reaches_the_book(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path, language="en") as window:
        frame = frame_of(window)
        before = frame.session.book.history.undoable()
        frame.go("settings")
        field = next(w for w in widgets(frame) if w.accessibleName() == "Secretary")
        field.setFocus()
        settle()
        QTest.keySequence(window, QKeySequence("Ctrl+Z"))
        settle()
        assert frame.session.book.history.undoable() != before


def test_what_is_typed_is_saved_when_the_window_is_closed(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path, language="en") as window:
        frame = frame_of(window)
        frame.go("settings")
        field = next(w for w in widgets(frame) if w.accessibleName() == "Usual place of meetings")
        compose(field, commit="Đình làng")
    with open_window(cell_path, language="en") as window:
        assert frame_of(window).session.book.organisation().regular_place == "Đình làng"


def test_the_window_comes_back_with_book_page_and_size(qtbot: QtBot, cell_path: Path, tmp_path: Path) -> None:
    del qtbot
    file = SettingsFile(tmp_path / "settings")
    with open_window(cell_path, file=file, size=(1200, 700)) as window:
        frame_of(window).go("settings")
    kept = file.load()
    assert kept.recent_books() == (cell_path,)
    assert kept.size == (1200, 700)
    with open_window(cell_path, settings=kept) as window:
        assert frame_of(window).goal == "settings"


def test_a_goal_the_book_does_not_have_leads_to_its_room(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path) as window:
        frame = frame_of(window)
        frame.go("nonsense:1")
        assert frame.goal == "today"
        if stands("member"):
            frame.go("member:gone")
            settle()
            assert frame.goal == "members"


def test_a_book_that_somebody_has_open_is_read_only_and_says_who(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path, language="en") as first, open_window(cell_path, language="en") as second:
        assert not frame_of(first).session.book.read_only
        frame = frame_of(second)
        assert frame.session.book.read_only
        banners = [w for w in widgets(frame) if "has this book open" in w.accessibleName()]
        assert banners
        frame.go("settings")
        settle()
        fields = [w for w in widgets(frame.page) if isinstance(w, LineField)]
        assert any(field.isReadOnly() for field in fields)


def test_closed_windows_are_freed(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path) as window:
        frame = weakref.ref(frame_of(window))
        freed: list[str] = []
        frame_of(window).destroyed.connect(lambda: freed.append("frame"))
        frame_of(window).page.destroyed.connect(lambda: freed.append("page"))
        window.show_start()
        settle()
        assert sorted(freed) == ["frame", "page"]
    del window
    assert frame() is None or freed


def test_pages_seldom_seen_are_let_go(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path) as window:
        frame = frame_of(window)
        for number in range(30):
            frame.go(f"help:nothing{number}")
            frame.go("today")
        assert len(frame.kept) <= 13


def test_no_heavy_library_is_loaded_when_the_window_is_up(cell_path: Path) -> None:
    script = f"""
import sys
sys.path.insert(0, {str(__file__.rsplit("/interface", 1)[0] + "/helpers")!r})
from pathlib import Path
from windows import frame_of, open_window, settle
with open_window(Path({str(cell_path)!r})) as window:
    for goal in frame_of(window).goals:
        frame_of(window).go(goal)
        settle()
    heavy = {{"pyhanko", "pikepdf", "reportlab", "openpyxl", "cryptography", "pypdfium2"}}
    # Nor what asks the internet, which only a tick or a button does.
    heavy |= {{"http.client", "urllib.request", "ssl"}}
    print(sorted(heavy & set(sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.strip() == "[]", done.stderr[-2000:]


def test_settings_of_the_window_are_those_it_was_given(qtbot: QtBot) -> None:
    del qtbot
    kept = Settings(size=(900, 600))
    with open_window(None, settings=kept, size=(900, 600)) as window:
        assert (window.width(), window.height()) == (900, 600)


def prepare_another(book: Book, day: date) -> Changes:
    book.meetings.prepare(MeetingKind.EXTRAORDINARY, day)
    return Changes.MEETINGS


def test_what_is_due_is_counted_after_a_pause_and_not_between_two_keys(qtbot: QtBot, cell_path: Path) -> None:
    with open_window(cell_path, language="en") as window:
        frame = frame_of(window)
        today = next(child for child in widgets(frame) if child.accessibleName().startswith("Today"))
        before, day = today.accessibleName(), frame.session.today()
        frame.session.run(lambda book: prepare_another(book, day))
        assert today.accessibleName() == before
        qtbot.waitUntil(lambda: today.accessibleName() != before)
