"""The typeface of papers draws every Vietnamese letter."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics

from sochibo.documents.page import fonts

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
LOWER = {unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES} | {"đ"}
LETTERS = sorted(LOWER | {letter.upper() for letter in LOWER})


def test_there_are_146_letters_beyond_the_latin_consonants() -> None:
    assert len(LETTERS) == 146
    assert {"đ", "Đ", "ở", "Ữ", "ậ"} <= set(LETTERS)


@pytest.mark.parametrize("style", [fonts.REGULAR, fonts.BOLD, fonts.ITALIC])
def test_every_vietnamese_letter_has_a_glyph_in_every_style(style: str) -> None:
    fonts.register()
    glyphs = pdfmetrics.getFont(style).face.charToGlyph
    assert [letter for letter in LETTERS if not glyphs.get(ord(letter))] == []


def test_nothing_vietnamese_is_replaced_when_drawn() -> None:
    text = "".join(LETTERS) + "abcdefghijklmnopqrstuvwxyz 0123456789 .,;:!?()/%&<>“”–—…•₫□■"
    assert fonts.printable(text) == text


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        (unicodedata.normalize("NFD", "Đặng Thị Đào"), "Đặng Thị Đào"),
        ("  hai\t\ndòng\u2028 ", "hai dòng"),
        ("a\u200bb\x00c\u00add", "abcd"),
        ("xong ✓ 😀", "xong □ □"),
        ("\u00a0-BB", "\u00a0-BB"),
    ],
)
def test_text_is_made_fit_to_be_drawn(typed: str, drawn: str) -> None:
    assert fonts.printable(typed) == drawn


@given(st.lists(st.text("ăâđêôơư ABC", min_size=1), max_size=8).map(" ".join), st.integers(30, 300))
def test_wrapped_lines_fit_and_lose_nothing(text: str, limit: int) -> None:
    line = fonts.printable(text)
    lines = fonts.wrap_words(line, fonts.BOLD, 14, limit)
    assert all(fonts.width(one, fonts.BOLD, 14) <= limit for one in lines)
    assert "".join(lines).replace(" ", "") == line.replace(" ", "")


def test_a_name_wraps_at_its_words() -> None:
    name = "CHI BỘ TRƯỜNG TIỂU HỌC SỐ 1"
    assert fonts.wrap_words(name, fonts.BOLD, 14, 180) == ["CHI BỘ TRƯỜNG TIỂU", "HỌC SỐ 1"]
