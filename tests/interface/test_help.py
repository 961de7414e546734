"""Help: there is a page for every screen, in both languages, and no way out of the program."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QTextBrowser
from windows import frame_of, open_window, settle, widgets

from sochibo import paths
from sochibo.interface.frame.help_page import help_file

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

FOLDER = paths.shipped("resources") / "help"


def pages(language: str) -> set[str]:
    return {path.stem for path in (FOLDER / language).glob("*.md")}


def test_both_languages_have_the_same_pages() -> None:
    assert pages("vi") == pages("en")
    assert {"index", "start", "today", "settings", "history"} <= pages("vi")


def test_every_screen_names_a_page_that_is_there() -> None:
    source = "".join(
        path.read_text("utf-8") for path in (paths.shipped("resources").parent / "desktop").rglob("*.py")
    )
    named = set(re.findall(r'help_name(?:: str)? = "([a-z_]+)"', source))
    assert named
    assert named <= pages("vi")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_links_lead_to_pages_of_help_only(language: str) -> None:
    for path in (FOLDER / language).glob("*.md"):
        for link in re.findall(r"\]\(([^)]*)\)", path.read_text("utf-8")):
            assert (path.parent / link).is_file(), f"{path.name} leads to {link}"


def test_a_missing_or_strange_name_shows_the_index() -> None:
    index = help_file("vi", "index")
    assert help_file("vi", "no-such-page") == index
    assert help_file("vi", "../../rules/x") == index
    assert help_file("vi", "today").name == "today.md"


def test_links_are_followed_inside_and_ignored_outside(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path, language="en") as window:
        frame = frame_of(window)
        frame.go("help:today")
        settle()
        browser = next(child for child in widgets(frame) if isinstance(child, QTextBrowser))
        assert browser.hasFocus()
        assert browser.toPlainText().startswith("Today")
        browser.anchorClicked.emit(QUrl("settings.md"))
        assert browser.toPlainText().startswith("Settings")
        for outside in (
            "https://example.org/settings.md",
            "file:///etc/passwd",
            "../today.md",
            "mailto:a@b.c",
        ):
            browser.anchorClicked.emit(QUrl(outside))
            assert browser.toPlainText().startswith("Settings")
        frame.go_back()
        assert browser.toPlainText().startswith("Today")
        frame.go_back()
        assert frame.goal == "today"
