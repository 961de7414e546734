"""Names behind `@` and phrases of earlier meetings are offered, never forced."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from windows import compose, press, settle

from sochibo.interface.looks.palette import PaletteName
from sochibo.interface.looks.theme import Theme
from sochibo.interface.parts.mention_field import MentionField

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

NAMES = ("Nguyễn Văn Mẫu", "Trần Thị Bích", "Phạm Văn Bảo", "Trần Văn An (1961)")


@pytest.fixture
def field(qtbot: QtBot) -> Iterator[MentionField]:
    window = QWidget()
    column = QVBoxLayout(window)
    made = MentionField(Theme(PaletteName.LIGHT, 100), "Diễn biến", lambda _text: None)
    made.people = NAMES
    made.phrases = lambda: ("Chi bộ nhất trí cao.", "Bí thư trình bày dự thảo.")
    column.addWidget(made)
    column.addWidget(QLineEdit())
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    made.setFocus()
    settle()
    yield made
    window.close()


def type_(field: MentionField, text: str) -> None:
    for sign in text:
        press(field, Qt.Key.Key_unknown, sign)
    settle()


def test_at_offers_everybody_and_letters_without_diacritics_narrow_it_down(field: MentionField) -> None:
    type_(field, "@")
    assert (field.offering, field.offered_texts()) == (True, NAMES)
    type_(field, "b")
    assert field.offered_texts() == ("Trần Thị Bích", "Phạm Văn Bảo")
    type_(field, "ao")
    assert field.offered_texts() == ("Phạm Văn Bảo",)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_enter_writes_the_name_with_a_colon_where_a_paragraph_begins(
    field: MentionField, key: Qt.Key
) -> None:
    type_(field, "@an")
    press(field, key, "\r")
    assert field.toPlainText() == "Trần Văn An (1961): "
    assert not field.offering
    type_(field, "nhất trí")
    assert field.toPlainText() == "Trần Văn An (1961): nhất trí"


def test_in_the_middle_of_a_paragraph_the_name_stands_alone(field: MentionField) -> None:
    type_(field, "giao @bich")
    press(field, Qt.Key.Key_Return, "\r")
    assert field.toPlainText() == "giao Trần Thị Bích"


def test_what_finds_nobody_stays_as_typed_and_enter_begins_a_line(field: MentionField) -> None:
    type_(field, "@zz")
    assert not field.offering
    press(field, Qt.Key.Key_Return, "\r")
    assert field.toPlainText() == "@zz\n"


def test_escape_closes_the_offers_and_keeps_the_text(field: MentionField) -> None:
    type_(field, "@b")
    press(field, Qt.Key.Key_Escape)
    assert (field.offering, field.toPlainText()) == (False, "@b")


def test_a_word_composed_by_an_input_method_finds_names_too(field: MentionField) -> None:
    type_(field, "@")
    compose(field, preedit="bả")
    compose(field, commit="bảo")
    settle()
    assert field.offered_texts() == ("Phạm Văn Bảo",)
    press(field, Qt.Key.Key_Return, "\r")
    assert field.toPlainText() == "Phạm Văn Bảo: "


def test_a_key_offers_phrases_of_earlier_meetings(field: MentionField) -> None:
    press(field, Qt.Key.Key_F4)
    settle()
    assert field.offered_texts() == ("Chi bộ nhất trí cao.", "Bí thư trình bày dự thảo.")
    press(field, Qt.Key.Key_Down)
    press(field, Qt.Key.Key_Return, "\r")
    assert field.toPlainText() == "Bí thư trình bày dự thảo."


def test_the_list_wraps_around_and_never_takes_the_keyboard(field: MentionField) -> None:
    type_(field, "@")
    press(field, Qt.Key.Key_Up)
    assert field.hasFocus()
    press(field, Qt.Key.Key_Return, "\r")
    assert field.toPlainText() == f"{NAMES[-1]}: "


def test_typing_on_closes_the_phrases_and_leaving_closes_every_list(field: MentionField) -> None:
    press(field, Qt.Key.Key_F4)
    type_(field, "a")
    assert (field.offering, field.toPlainText()) == (False, "a")
    type_(field, " @")
    field.clearFocus()
    assert not field.offering


def test_a_locked_field_offers_nothing(field: MentionField) -> None:
    field.setReadOnly(True)
    press(field, Qt.Key.Key_F4)
    assert not field.offering
