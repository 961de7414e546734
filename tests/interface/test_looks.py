"""What a person sees first: a page from its top, acts that fold in large type, words that end in `…`."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QScrollArea
from windows import frame_of, open_window, settle, widgets

from screen_faults import faults
from sochibo.interface.frame.topbar import TopBar
from sochibo.interface.looks.palette import PaletteName
from sochibo.interface.looks.theme import Theme
from sochibo.interface.parts.cells import CellDrawer
from sochibo.interface.parts.fields import ChoiceField
from sochibo.interface.parts.folding_acts import FoldingActs
from sochibo.interface.parts.table import Column, RecordTable
from sochibo.interface.parts.table_view import TableView
from sochibo.interface.ratings.ratings_page import RatingsPage
from sochibo.messages import Messages

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QAction
    from pytestqt.qtbot import QtBot

    from sochibo.interface.frame.frame import Frame
    from sochibo.interface.page import Page


BEHIND = {
    "cell": (
        "protection", "backup", "trust", "update", "plan:2026", "registers:offices", "duplicates",
        "movement:2026", "member-papers:register", "targets", "indicators:2026", "tasks:all",
        "report:2026-10", "paper:year-2026",
    ),
    "committee": (
        "protection", "backup", "trust", "update", "indicators:2026", "unit-ratings:2025", "board:2026",
        "committee-paper:movement:2026", "rollup:2026",
    ),
}  # fmt: skip
"""Pages that stand in no sidebar."""


@pytest.mark.parametrize(
    ("kind", "language", "percent", "size"),
    [("cell", "vi", 200, (1366, 768)), ("committee", "en", 100, (1093, 614))],
)
def test_on_no_page_anything_is_cut_off_or_unnamed(
    request: pytest.FixtureRequest,
    qtbot: QtBot,
    kind: str,
    language: str,
    percent: int,
    size: tuple[int, int],
) -> None:
    path: Path = request.getfixturevalue(f"{kind}_path")
    with open_window(path, language=language, percent=percent, size=size) as window:
        frame = frame_of(window)
        for goal in BEHIND[kind]:
            frame.go(goal)
            assert frame.goal == goal
            settle()
            # A layout comes to rest in a few turns of the event loop.
            with suppress(TimeoutError):
                qtbot.waitUntil(lambda: not faults(window))
            assert (goal, faults(window)) == (goal, [])


def acts_of(page: Page) -> FoldingActs:
    found: list[FoldingActs] = page.findChildren(FoldingActs)  # type: ignore[assignment]  # the stub forgets
    return found[0]


def height_of_scroll(frame: Frame) -> int:
    area = frame.page.parentWidget()
    while not isinstance(area, QScrollArea):
        assert area is not None
        area = area.parentWidget()
    return area.verticalScrollBar().value()


def test_lesser_acts_stand_in_a_line_where_there_is_room(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path) as window:
        frame_of(window).go("members")
        settle()
        acts = acts_of(frame_of(window).page)
        assert not acts.folded
        assert not acts.more.isVisible()
        assert acts.height() > 0


def test_lesser_acts_fold_into_a_menu_in_large_type(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path, language="en", percent=200) as window:
        frame = frame_of(window)
        frame.go("members")
        settle()
        acts = acts_of(frame.page)
        assert acts.folded
        assert acts.more.isVisible()
        menu = acts.more.menu()
        assert menu is not None
        menu.aboutToShow.emit()
        offered: list[QAction] = menu.actions()
        assert [action.text() for action in offered][-2:] == ["Registers …", "Duplicates …"]
        offered[-1].trigger()
        assert frame.goal == "duplicates"


def test_a_page_opens_at_its_top(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path, percent=200) as window:
        frame = frame_of(window)
        for goal in ("settings", "backup", "protection"):
            frame.go(goal)
            settle()
            assert (goal, height_of_scroll(frame)) == (goal, 0)


def test_a_long_choice_ends_in_dots_and_says_all_in_its_tooltip(qtbot: QtBot) -> None:
    long = "Khung chấm điểm chất lượng sinh hoạt chi bộ theo Hướng dẫn 42-HD/BTCTW"
    field: ChoiceField[int] = ChoiceField(
        Theme(PaletteName.LIGHT), "Khung", [(1, long), (2, "ngắn")], lambda _: None
    )
    qtbot.addWidget(field)
    field.resize(200, 40)
    field.show()
    field.grab()
    assert field.toolTip() == long
    field.show_value(2)
    field.grab()
    assert field.toolTip() == ""


def test_a_key_stands_once_in_the_strip(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path) as window:
        frame = frame_of(window)
        frame.go("today")
        frame.go("ratings")
        page = frame.page
        assert isinstance(page, RatingsPage)
        page.begin_review()
        settle()
        held = frame.page
        assert isinstance(held, RatingsPage)
        held.show_panel("closing")
        settle()
        shown = [part.text() for part in widgets(frame) if isinstance(part, QLabel)]
        assert shown.count("Esc") == 1


def test_a_page_of_no_room_here_lies_in_the_one_it_was_opened_from(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path) as window:
        frame = frame_of(window)
        frame.go("ratings")
        frame.go("targets")
        frame.go("indicators")
        assert frame.page.title()[0] == Messages("vi").gettext("Ratings")
        bars: list[TopBar] = frame.findChildren(TopBar)  # type: ignore[assignment]  # the stub forgets
        bars[0].asked_up.emit()
        assert frame.goal == "ratings"


def test_a_cell_that_ends_in_dots_says_all_when_one_points_at_it(qtbot: QtBot) -> None:
    theme, long = Theme(PaletteName.LIGHT), "Trung tâm Phục vụ hành chính công và Tiếp công dân"
    columns: tuple[Column[str], ...] = (
        Column(title="Unit", text=lambda record: record, stretch=True),
        Column(title="Place", text=lambda _: "Đông Hòa", second=lambda _: "xóm Đoài"),
    )
    model = RecordTable(Messages("en"), columns, key=lambda record: record)
    model.show_records(["Thôn 4", long])
    view = TableView(theme, model, "Units")
    qtbot.addWidget(view)
    view.resize(320, 300)
    view.show()
    settle()
    drawer = view.itemDelegate()
    assert isinstance(drawer, CellDrawer)
    assert [drawer.cut_text(model.index(row, 0)) for row in range(2)] == ["", long]
    assert drawer.cut_text(model.index(0, 1)) == ""
