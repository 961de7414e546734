"""Every message of the program has a whole Vietnamese translation."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from babel.messages.catalog import Catalog

import catalogue

if TYPE_CHECKING:
    from pathlib import Path


def test_every_message_is_translated_and_nothing_else() -> None:
    paths = catalogue.translations()
    assert [path.parts[-3] for path in paths] == ["vi"]
    assert catalogue.flaws(catalogue.read(paths[0]), catalogue.collect()) == []


def test_the_catalogue_is_written_in_composed_unicode() -> None:
    for path in catalogue.translations():
        text = path.read_text("utf-8")
        assert unicodedata.is_normalized("NFC", text)


def test_messages_of_the_code_are_found() -> None:
    collected = catalogue.collect()
    assert len(collected) > 200
    assert collected.get("Present") is not None


@pytest.mark.parametrize(
    ("translation", "flags", "flaw"),
    [
        ("Chào {name}", (), None),
        ("Chào {ten}", (), "other fields"),
        ("Chào", (), "other fields"),
        ("", (), "not translated"),
        ("Chào {name}", ("fuzzy",), "fuzzy"),
    ],
)
def test_flaws_of_one_message(translation: str, flags: tuple[str, ...], flaw: str | None) -> None:
    made = Catalog(locale="vi")
    made.add("Hello {name}", translation, flags=flags)
    found = catalogue.flaws(made)
    assert [text.split(":")[0] for text in found] == ([flaw] if flaw else [])


def test_missing_and_forgotten_messages_are_named() -> None:
    made, template = Catalog(locale="vi"), Catalog()
    made.add("Old", "Cũ")
    template.add("New")
    assert catalogue.flaws(made, template) == ["missing: 'New'", "no longer said: 'Old'"]


def test_a_flawed_translation_is_not_compiled(tmp_path: Path) -> None:
    path = tmp_path / "vi" / "LC_MESSAGES" / "sochibo.po"
    path.parent.mkdir(parents=True)
    path.write_text(
        'msgid ""\nmsgstr "Language: vi\\n"\n\nmsgid "In {n} days"\nmsgstr "Trong {ngay} ngày"\n', "utf-8"
    )
    with pytest.raises(ValueError, match="other fields"):
        catalogue.compile_mo(path)
