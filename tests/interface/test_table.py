"""RecordTable under Qt's own tester, and the view over it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from windows import press, settle

from sochibo.interface.looks.palette import Tone
from sochibo.interface.looks.theme import Theme
from sochibo.interface.parts.table import RECORD, SECOND, TONE, Column, RecordTable, Tag
from sochibo.interface.parts.table_view import TableView
from sochibo.messages import N_, Messages

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@dataclass(frozen=True, slots=True)
class Person:
    """A record of any kind."""

    id: int
    name: str
    key: tuple[int, ...]
    state: str = ""


COLUMNS: tuple[Column[Person], ...] = (
    Column(
        title=N_("Secretary"), text=lambda one: one.name, order=lambda one: one.key, stretch=True, strong=True
    ),
    Column(
        title=N_("State"),
        text=lambda one: one.state,
        second=lambda one: f"{one.id}",
        tag=lambda one: Tag(Tone.GOOD) if one.state == "ở" else None,
        drop=1,
    ),
    Column(title=N_("Term"), text=lambda one: str(one.id), right=True, drop=2),
)
PEOPLE = (
    Person(1, "Nguyễn Thị Ánh", (2, 1), "ở"),
    Person(2, "Đỗ Văn Đào", (5,), "đi"),
    Person(3, "Trần Văn Bảo", (2, 9), "ở"),
)


def make_table(records: tuple[Person, ...] = PEOPLE) -> RecordTable[Person]:
    table = RecordTable(Messages("vi"), COLUMNS, key=lambda one: one.id)
    table.show_records(records)
    return table


def names(table: RecordTable[Person]) -> list[str]:
    return [one.name.split()[-1] for one in table.records]


def test_qt_finds_nothing_wrong_with_the_model(qtbot: QtBot) -> None:
    del qtbot
    table = make_table(())
    tester = QAbstractItemModelTester(table, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for records in (PEOPLE, PEOPLE[:1], (), PEOPLE, tuple(reversed(PEOPLE))):
        table.show_records(records)
        assert table.rowCount() == len(records)
    for place in range(len(COLUMNS)):
        table.sort(place, Qt.SortOrder.DescendingOrder)
    table.sort(-1)
    table.change_columns(COLUMNS[:2])
    assert table.columnCount() == 2
    assert tester.model() is table


def test_a_cell_gives_back_the_very_record() -> None:
    table = make_table()
    assert table.index(1, 0).data(RECORD) is PEOPLE[1]
    assert table.record(2) is PEOPLE[2]


def test_text_second_line_tag_and_spoken_words() -> None:
    table = make_table()
    cell = table.index(0, 1)
    assert cell.data() == "ở"
    assert cell.data(SECOND) == "1"
    assert cell.data(TONE) == Tag(Tone.GOOD)
    assert table.index(1, 1).data(TONE) is None
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "ở. 1"
    assert table.headerData(0, Qt.Orientation.Horizontal) == "Bí thư"


def test_tuples_are_sorted_which_a_proxy_leaves_unsorted() -> None:
    table = make_table()
    table.sort(0)
    assert names(table) == ["Ánh", "Bảo", "Đào"]
    table.sort(0, Qt.SortOrder.DescendingOrder)
    assert names(table) == ["Đào", "Bảo", "Ánh"]


def test_what_points_at_a_row_follows_it_when_sorted() -> None:
    table = make_table()
    held = QPersistentModelIndex(table.index(1, 0))
    table.sort(0)
    assert held.data(RECORD) is PEOPLE[1]
    assert held.row() == 2


def test_new_values_keep_rows_and_new_rows_reset_them(qtbot: QtBot) -> None:
    table = make_table()
    with qtbot.assertNotEmitted(table.modelReset):
        table.show_records([replace(one, state="đi") for one in PEOPLE])
    assert table.index(0, 1).data() == "đi"
    with qtbot.waitSignal(table.modelReset):
        table.show_records(PEOPLE[:2])


@pytest.fixture
def view(qtbot: QtBot) -> TableView:
    made = TableView(Theme(), make_table(), "Bảng người")
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.show()
    settle()
    return made


def test_enter_opens_the_record_in_hand(view: TableView, qtbot: QtBot) -> None:
    view.choose(2)
    with qtbot.waitSignal(view.opened) as told:
        press(view, Qt.Key.Key_Return)
    assert told.args == [PEOPLE[1]]


def test_the_record_in_hand_stays_in_hand_when_rows_come_and_go(view: TableView) -> None:
    table = view.model()
    assert isinstance(table, RecordTable)
    view.choose(3)
    table.show_records(PEOPLE[1:])
    assert view.record() is PEOPLE[2]
    table.show_records(PEOPLE[:1])
    assert view.record() is PEOPLE[0], "the one in hand is gone: take the first"


def test_columns_give_way_in_their_order_and_nothing_sticks_out(view: TableView) -> None:
    assert not any(view.isColumnHidden(place) for place in range(3))
    view.resize(300, 300)
    settle()
    assert view.isColumnHidden(2)
    view.resize(200, 300)
    settle()
    assert view.isColumnHidden(1)
    assert not view.isColumnHidden(0)
    assert view.horizontalHeader().length() <= view.viewport().width()


def test_columns_that_never_give_way_are_narrowed_instead_of_cut(qtbot: QtBot) -> None:
    columns = tuple(replace(column, drop=0) for column in COLUMNS)
    table = RecordTable(Messages("vi"), columns, key=lambda one: one.id)
    table.show_records([replace(one, state="đang sinh hoạt tạm thời ở nơi khác") for one in PEOPLE])
    made = TableView(Theme(), table, "Bảng")
    qtbot.addWidget(made)
    made.resize(420, 300)
    made.show()
    settle()
    assert not any(made.isColumnHidden(place) for place in range(3))
    assert made.horizontalHeader().length() <= made.viewport().width()


@pytest.mark.parametrize("percent", [100, 200])
def test_rows_grow_with_the_type(percent: int, qtbot: QtBot) -> None:
    theme = Theme(percent=percent)
    # Titles are dressed by the program as a whole: a test before may have left another size of type.
    theme.apply(cast("QApplication", QApplication.instance()))
    made = TableView(theme, make_table(), "Bảng", grows=True)
    qtbot.addWidget(made)
    made.resize(900, made.sizeHint().height())
    made.show()
    settle()
    assert made.rowHeight(0) >= 66 * percent // 100
    assert not made.verticalScrollBar().maximum(), "a view that grows never scrolls"


def test_long_texts_break_where_every_row_is_seen(qtbot: QtBot) -> None:
    long = Person(9, "Nguyễn Phúc Vĩnh Bảo Tôn Thất Trần Lê Hoàng Công Tằng Tôn Nữ " * 3, (1,))
    made = TableView(Theme(), make_table((long,)), "Bảng", grows=True)
    qtbot.addWidget(made)
    made.resize(420, 400)
    made.show()
    settle()
    assert made.rowHeight(0) > 66
