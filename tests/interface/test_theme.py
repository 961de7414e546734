"""Palette, style sheet, type size and icons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QFontInfo, QFontMetrics, QRawFont
from PySide6.QtWidgets import QApplication, QLineEdit
from windows import frame_of, open_window, settle

from sochibo import paths
from sochibo.interface.looks.icons import pixmap
from sochibo.interface.looks.palette import PAIRS, PALETTES, PaletteName, Tone, contrast
from sochibo.interface.looks.style import style_sheet
from sochibo.interface.looks.theme import PERCENTS, Theme

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

VIETNAMESE = "ăâđêôơưĂÂĐÊÔƠƯàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ–…“”·›−"


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", PaletteName)
def test_every_text_reaches_the_contrast_of_wcag_1_4_3(name: PaletteName) -> None:
    palette = PALETTES[name]
    poor = {
        pair: round(contrast(getattr(palette, pair[0]), getattr(palette, pair[1])), 2)
        for pair in PAIRS
        if contrast(getattr(palette, pair[0]), getattr(palette, pair[1])) < 4.5
    }
    assert not poor


@pytest.mark.parametrize("name", PaletteName)
def test_every_tone_has_words_and_ground_that_are_told_apart(name: PaletteName) -> None:
    palette = PALETTES[name]
    for tone in Tone:
        assert contrast(palette.ink_of(tone), palette.ground_of(tone)) >= 4.5


@pytest.mark.parametrize("name", PaletteName)
def test_lines_round_fields_are_seen(name: PaletteName) -> None:
    palette = PALETTES[name]
    assert contrast(palette.border, palette.card) >= 3


@pytest.mark.parametrize("name", PaletteName)
def test_words_on_a_ground_of_the_sheet_can_be_read(qtbot: QtBot, name: PaletteName) -> None:
    del qtbot
    rules = re.findall(r"([^{}]+)\{([^}]*)\}", style_sheet(PALETTES[name], Theme(name).px))
    found = {}
    for selector, body in rules:
        ground = re.search(r"(?<![-\w])(?:selection-)?background(?:-color)?: (#\w{6})", body)
        ink = re.search(r"(?<![-\w])(?:selection-)?color: (#\w{6})", body)
        if ground and ink:
            found[selector.strip()] = contrast(ink[1], ground[1])
    assert any(":disabled" in selector for selector in found)
    assert any("::item:selected" in selector for selector in found)
    assert {selector: seen for selector, seen in found.items() if seen < 4.5} == {}


@pytest.mark.parametrize("name", PaletteName)
def test_the_words_of_an_empty_field_can_be_read(qtbot: QtBot, name: PaletteName) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    Theme(name).apply(application)
    line = QLineEdit()
    qtbot.addWidget(line)
    line.setPlaceholderText("MMMM MMMM")
    line.resize(300, 40)
    line.show()
    settle()
    seen = line.grab().toImage()
    inside = (seen.pixelColor(x, y).name() for x in range(12, 120) for y in range(8, 32))
    assert max(contrast(colour, PALETTES[name].card) for colour in set(inside)) >= 4.5


def test_the_sheet_holds_only_colours_of_its_palette(qtbot: QtBot) -> None:
    del qtbot
    for name, palette in PALETTES.items():
        colours = set(re.findall(r"#[0-9A-Fa-f]{6}", style_sheet(palette, Theme(name).px)))
        assert colours
        assert colours <= {getattr(palette, field) for field in palette.__dataclass_fields__}
        assert "$" not in style_sheet(palette, Theme(name).px)


def test_type_and_rows_grow_together(qtbot: QtBot) -> None:
    del qtbot
    heights = [Theme(percent=percent).row_height for percent in PERCENTS]
    assert heights == [42, 52, 63, 84]
    for percent in PERCENTS:
        theme = Theme(percent=percent)
        assert QFontMetrics(theme.font()).height() < theme.row_height * 0.6


def test_steps_of_type_size_stop_at_both_ends(qtbot: QtBot) -> None:
    del qtbot
    theme = Theme(percent=100)
    assert theme.larger(-1) == 100
    assert theme.larger(1) == 125
    assert Theme(percent=200).larger(1) == 200
    assert Theme(percent=137).percent == 100


def test_the_screen_speaks_be_vietnam_pro(qtbot: QtBot, tmp_path: Path) -> None:
    del qtbot, tmp_path
    with open_window(None) as window:
        theme = Theme()
        info = QFontInfo(theme.font())
        assert info.family() == "Be Vietnam Pro"
        drawn = QRawFont.fromFont(theme.font())
        assert all(drawn.supportsCharacter(ord(letter)) for letter in VIETNAMESE)
        assert QFontInfo(window.font()).pixelSize() == 15


def test_icons_take_the_colour_and_the_sharpness_asked_for(qtbot: QtBot) -> None:
    del qtbot
    picture = pixmap("check", "#2E6B3E", 20, 2.0)
    assert picture.width() == 40
    image = picture.toImage()
    seen = {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }
    assert seen == {"#2e6b3e"}


def test_every_icon_named_in_the_code_is_shipped_and_is_an_outline() -> None:
    source = "".join(
        path.read_text("utf-8") for path in (paths.shipped("resources").parent / "desktop").rglob("*.py")
    )
    folder = paths.shipped("resources") / "icons"
    drawn = [path for path in folder.glob("*.svg") if path.stem != "sochibo"]
    assert drawn
    for path in drawn:
        assert "currentColor" in path.read_text("utf-8"), path.name
        assert f'"{path.stem}"' in source, f"{path.name} is used nowhere"
    for name in re.findall(r'icon="([a-z0-9-]+)"', source):
        assert (folder / f"{name}.svg").is_file(), name


def test_a_change_of_size_dresses_the_open_window_at_once(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path) as window:
        frame = frame_of(window)
        frame.change_size(1)
        settle()
        assert frame.session.theme.percent == 125
        assert frame.session.settings.percent == 125
        assert QFontInfo(frame.page.font()).pixelSize() == 19
        frame.change_size(0)
        settle()
        assert frame.session.theme.percent == 100
