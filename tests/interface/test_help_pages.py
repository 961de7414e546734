"""The help as a reader meets it: every page can be found, and every key it names does something."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

import pytest

from sochibo import paths

if TYPE_CHECKING:
    from pathlib import Path

HELP: Final = paths.shipped("resources") / "help"
SOURCES: Final = paths.shipped("resources").parent / "desktop" / "sochibo"
LANGUAGES: Final = ("vi", "en")
LINK: Final = re.compile(r"\]\(([a-z_]+)\.md\)")
HELP_NAME: Final = re.compile(r'\bhelp_name(?:: [^=\n]+)? = "([a-z_]+)"')
SHORTCUT: Final = re.compile(r"`((?:(?:Ctrl|Alt|Shift) [A-Z+]|F\d+|(?:Ctrl|Shift) (?:Enter|F\d+)))`")
COMMAND: Final = re.compile(r"`sochibo ([a-z]+)")


def pages(language: str) -> dict[str, str]:
    return {path.stem: path.read_text("utf-8") for path in (HELP / language).glob("*.md")}


def source_of(folder: Path) -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted(folder.rglob("*.py")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_reached_from_the_index(language: str) -> None:
    texts = pages(language)
    reached: set[str] = set()
    waiting = ["index"]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += LINK.findall(texts[name])
    assert reached == set(texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_and_step_of_the_window_has_its_help(language: str) -> None:
    named = set(HELP_NAME.findall(source_of(SOURCES / "interface")))
    # Steps of a meeting say it with a type (`help_name: ClassVar[str] = "closing"`), pages without one.
    assert {"attendance", "closing", "minutes", "inbox", "roster"} <= named
    assert named <= set(pages(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_keys_named_in_the_help_are_bound(language: str) -> None:
    source = source_of(SOURCES / "interface")
    keys = {key for text in pages(language).values() for key in SHORTCUT.findall(text)}
    assert {"Ctrl Z", "F9", "F6"} <= keys
    for key in keys:
        asked = key.replace(" ", "+").replace("Enter", "Return")
        assert f'"{asked}"' in source or (key == "Ctrl P" and "StandardKey.Print" in source), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_commands_named_in_the_help_exist(language: str) -> None:
    named = {name for text in pages(language).values() for name in COMMAND.findall(text)}
    assert named
    for name in named:
        assert (SOURCES / "commands" / f"{name}.py").is_file(), name


def test_both_languages_name_the_same_keys() -> None:
    english = pages("en")
    for name, text in pages("vi").items():
        assert set(SHORTCUT.findall(text)) == set(SHORTCUT.findall(english[name])), name


def test_vietnamese_pages_are_composed_and_use_one_word_for_the_program() -> None:
    for name, text in pages("vi").items():
        assert text == unicodedata.normalize("NFC", text), name
        # “Chương trình” is the agenda of a meeting; the program is “phần mềm”.
        assert "chương trình" not in text.lower(), name
