"""Fields: nothing typed is ever lost, whatever the way of typing Vietnamese."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from windows import a_second_later, compose, press, settle

from sochibo.interface.looks.theme import Theme
from sochibo.interface.parts.fields import (
    ChoiceField,
    LabelledField,
    LineField,
    TextField,
    TickField,
    flush_fields,
)
from sochibo.interface.parts.typed_fields import (
    DateField,
    NumberField,
    PartialDateField,
    TimeField,
    read_day,
    read_time,
)
from sochibo.rules.dates import PartialDate

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

TODAY = date(2026, 11, 5)


class Desk(QWidget):
    """A form with one field of each kind, and what each has saved."""

    def __init__(self) -> None:
        super().__init__()
        self.saved: list[object] = []
        self.readable: list[bool] = []
        theme = Theme()
        self.line = LineField("Tên", self.saved.append)
        self.text = TextField(theme, "Nội dung", self.saved.append)
        self.day = DateField("Ngày", self.saved.append, lambda: TODAY, self.readable.append)
        self.choice = ChoiceField(theme, "Loại", [("a", "Một"), ("b", "Hai")], self.saved.append)
        self.tick = TickField(theme, "Đã thông qua", self.saved.append)
        column = QVBoxLayout(self)
        for field in (self.line, self.text, self.day, self.choice, self.tick):
            column.addWidget(field)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    made = Desk()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.line.setFocus()
    settle()
    return made


def type_like_unikey(field: QWidget, steps: list[tuple[int, str]]) -> None:
    """Send so many backspaces, then letters, as UniKey does on Windows."""
    for backs, letters in steps:
        for _ in range(backs):
            press(field, Qt.Key.Key_Backspace)
        for letter in letters:
            # UniKey's letters carry no key code, only their text.
            QApplication.sendEvent(
                field, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
            )


def test_saved_within_a_second_of_the_last_key(desk: Desk, qtbot: QtBot) -> None:
    type_like_unikey(desk.line, [(0, "An")])
    assert desk.saved == []
    found = a_second_later(desk.line, lambda: list(desk.saved))
    qtbot.waitUntil(lambda: bool(found))
    assert found == [["An"]]
    assert not desk.line.unsaved


def test_what_is_being_composed_is_saved_as_well_and_goes_on(desk: Desk) -> None:
    for part in ("d", "đ", "đa", "đả"):
        compose(desk.line, preedit=part)
    desk.line.flush()
    assert desk.saved == ["đả"]
    assert desk.line.text() == "", "what composes is not text before it is committed"
    compose(desk.line, commit="Đảng")
    desk.line.flush()
    assert desk.saved == ["đả", "Đảng"]


def test_rewriting_by_backspaces_is_followed(desk: Desk) -> None:
    type_like_unikey(desk.line, [(0, "D"), (1, "Đ"), (0, "ang"), (3, "ảng"), (0, " bo"), (2, "bộ")])
    desk.line.flush()
    assert desk.saved == ["Đảng bộ"]


def test_decomposed_text_is_saved_composed(desk: Desk) -> None:
    compose(desk.line, commit=unicodedata.normalize("NFD", "Nguyễn Thị Ước"))
    compose(desk.text, commit=unicodedata.normalize("NFD", "Thống nhất với ý kiến của đồng chí Bảo"))
    flush_fields(desk)
    assert desk.saved == ["Nguyễn Thị Ước", "Thống nhất với ý kiến của đồng chí Bảo"]


def test_a_text_that_finds_no_room_any_more_shows_its_beginning(desk: Desk) -> None:
    desk.line.setFixedWidth(600)
    desk.line.show_text("Khai mạc, cử thư ký, điểm danh, thông qua chương trình")
    desk.text.setFocus()
    settle()
    desk.line.setFixedWidth(150)
    settle()
    assert desk.line.cursorPosition() == 0
    desk.line.setFocus()
    desk.line.setCursorPosition(8)
    desk.line.setFixedWidth(120)
    settle()
    assert desk.line.cursorPosition() == 8, "never under the hands of whoever types"


def test_a_long_name_is_never_cut(desk: Desk) -> None:
    name = "Công Tằng Tôn Nữ " * 40
    compose(desk.line, commit=name)
    desk.line.flush()
    assert desk.saved == [name.strip()]
    assert desk.line.maxLength() == QLineEdit().maxLength()


def test_leaving_a_field_saves_it(desk: Desk) -> None:
    compose(desk.line, commit="Đông Hòa")
    desk.text.setFocus()
    settle()
    assert desk.saved == ["Đông Hòa"]


def test_enter_saves_and_goes_on(desk: Desk) -> None:
    compose(desk.line, commit="Đông Hòa")
    press(desk.line, Qt.Key.Key_Return)
    assert desk.saved == ["Đông Hòa"]
    assert desk.text.hasFocus()


def test_a_reload_never_overwrites_what_is_being_typed(desk: Desk) -> None:
    compose(desk.line, commit="đang gõ")
    desk.line.show_text("từ sổ")
    assert desk.line.text() == "đang gõ"
    desk.line.flush()
    desk.line.show_text("từ sổ")
    assert desk.line.text() == "từ sổ"
    assert desk.saved == ["đang gõ"], "what is only shown is not saved again"


def test_a_reload_of_the_same_text_keeps_cursor_and_undo(desk: Desk) -> None:
    compose(desk.line, commit="Chi bộ Thôn 4")
    desk.line.flush()
    desk.line.setCursorPosition(3)
    desk.line.show_text("Chi bộ Thôn 4")
    assert desk.line.cursorPosition() == 3
    assert desk.line.isUndoAvailable()


@pytest.mark.parametrize("which", ["line", "text"])
def test_undo_is_the_fields_own_first_and_then_the_books(desk: Desk, which: str) -> None:
    field: QWidget = getattr(desk, which)

    def claims() -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, "")
        event.ignore()
        QApplication.sendEvent(field, event)
        return event.isAccepted()

    assert not claims()
    compose(field, commit="chữ")
    assert claims()


def test_text_grows_with_what_is_written(desk: Desk) -> None:
    before = desk.text.sizeHint().height()
    desk.text.setPlainText("một\n" * 12)
    assert desk.text.sizeHint().height() > before * 2


def test_a_choice_is_saved_when_a_person_makes_it_only(desk: Desk) -> None:
    desk.choice.show_value("b")
    assert desk.saved == []
    press(desk.choice, Qt.Key.Key_Up)
    assert desk.saved == ["a"]
    assert desk.choice.value() == "a"


def test_a_tick_is_saved_when_a_person_makes_it_only(desk: Desk) -> None:
    desk.tick.show_value(value=True)
    assert desk.saved == []
    desk.tick.click()
    assert desk.saved == [False]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("3/11/2026", date(2026, 11, 3)),
        ("03112026", date(2026, 11, 3)),
        ("3.11.26", date(2026, 11, 3)),
        ("3/11", date(2026, 11, 3)),
        ("0311", date(2026, 11, 3)),
        ("2026-11-03", date(2026, 11, 3)),
        ("ngày 3 tháng 11 năm 2026", date(2026, 11, 3)),
        ("Thứ Năm, 05/11/2026", date(2026, 11, 5)),
        ("mùng 3 tháng 11", date(2026, 11, 3)),
        ("31/2/2026", None),
        ("thăm 3 hộ ở tổ 5", None),
        ("hôm qua", None),
        ("3", None),
    ],
)
def test_days_are_read_as_people_write_them(typed: str, day: date | None) -> None:
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "time"),
    [("19:30", "19:30"), ("19h30", "19:30"), ("19 giờ 30", "19:30"), ("1930", "19:30"), ("730", "07:30"),
     ("19h", "19:00"), ("25:00", None), ("19:75", None), ("tối", None)],
)  # fmt: skip
def test_times_are_read_as_people_write_them(typed: str, time: str | None) -> None:
    assert read_time(typed) == time


def test_a_day_is_drawn_in_full_and_what_is_no_day_stays_to_be_mended(desk: Desk) -> None:
    compose(desk.day, commit="3/11")
    desk.day.flush()
    assert desk.saved == [date(2026, 11, 3)]
    assert desk.day.text() == "03/11/2026"
    desk.day.selectAll()
    compose(desk.day, commit="31/2")
    desk.day.flush()
    assert desk.saved == [date(2026, 11, 3)]
    assert desk.day.text() == "31/2"
    assert desk.readable == [True, False]


@pytest.mark.parametrize(
    ("make", "typed", "saved"),
    [
        (lambda save: NumberField("Số", save, 99), "32", 32),
        (lambda save: NumberField("Số", save, 99), "032", 32),
        (lambda save: TimeField("Giờ", save), "19h30", "19:30"),
        (lambda save: PartialDateField("Ngày", save), "11/1961", PartialDate("1961-11")),
    ],
)
def test_other_values_are_read(
    make: Callable[[Callable[[object], None]], LineField], typed: str, saved: object, qtbot: QtBot
) -> None:
    kept: list[object] = []
    field = make(kept.append)
    qtbot.addWidget(field)
    compose(field, commit=typed)
    field.flush()
    assert kept == [saved]
    field.clear()
    field.flush()
    assert kept[1] in (None, "")


def test_numbers_beyond_the_limit_are_not_saved(qtbot: QtBot) -> None:
    kept: list[object] = []
    told: list[bool] = []
    field = NumberField("Số", kept.append, 31, told.append)
    qtbot.addWidget(field)
    compose(field, commit="32")
    field.flush()
    assert (kept, told) == ([], [False])


def test_trouble_is_said_under_the_field_and_to_a_screen_reader(qtbot: QtBot) -> None:
    field = LineField("Tên", bool)
    labelled = LabelledField(Theme(), "Tên", field, "như trên văn bản")
    qtbot.addWidget(labelled)
    labelled.show_trouble("Xin điền mục này.")
    assert field.accessibleDescription() == "Xin điền mục này."
    assert field.property("trouble") is True
    labelled.show_trouble("")
    assert field.accessibleDescription() == "như trên văn bản"
    assert field.property("trouble") is False
