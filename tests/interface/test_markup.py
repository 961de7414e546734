"""Names from outside are text, wherever Qt would take them for markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import Qt, QTextDocument

from sochibo.interface.looks.theme import Theme
from sochibo.interface.parts.bars import Bar, Bars
from sochibo.interface.parts.blocks import tip

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

TRICK = "Chi bộ <img src='//server/x.png'> & <b>Thôn 4</b>"


def shown(text: str) -> str:
    """Return what a tool tip shows of a text."""
    if not Qt.mightBeRichText(text):
        return text
    document = QTextDocument()
    document.setHtml(text)
    return document.toPlainText()


def test_a_tool_tip_shows_the_very_text() -> None:
    for text in (TRICK, "Chi bộ Thôn 4", f"{TRICK}\n{TRICK}", "3 < 4", ""):
        assert shown(tip(text)) == text


def test_a_unit_s_name_is_no_markup_over_the_bars(qtbot: QtBot) -> None:
    bars = Bars(Theme())
    qtbot.addWidget(bars)
    bars.show_bars([Bar(0.5, TRICK)])
    assert shown(bars.toolTip()) == TRICK
