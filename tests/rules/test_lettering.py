"""Which signs papers can show is told as data; the typeface itself is the witness."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics

from sochibo.documents.page import fonts
from sochibo.rules import lettering


def test_every_sign_that_is_drawn_has_a_glyph_in_all_four_styles() -> None:
    fonts.register()
    letters = {chr(code) for code in range(0x110000) if lettering.drawn(chr(code)) == chr(code)}
    for style in (fonts.REGULAR, fonts.BOLD, fonts.ITALIC, fonts.BOLD_ITALIC):
        glyphs = pdfmetrics.getFont(style).face.charToGlyph
        assert [letter for letter in sorted(letters) if not glyphs.get(ord(letter))] == []


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("Đồng chí Hồ Kpă H'Liên – 50 % “tốt” … ≥ 2/3\n□", ""),
        ("Nhất trí ✓ ✓ 😀", "✓😀"),
        ("Tốt ❤\ufe0f", "❤"),
        ("שלום", "שלום"),
        ("中文", "中文"),
        ("riêng \ue000 và chưa có \U0003fffd", "\ue000\U0003fffd"),
        ("không\u200b thấy\u00ad\x07", ""),
        ("a\ud800b", "\ud800"),
    ],
)
def test_what_a_page_would_lose_is_told_once_each(text: str, lost: str) -> None:
    assert set(lettering.undrawn(text)) == set(lost)
    assert len(lettering.undrawn(text)) == len(set(lost))


@given(st.text())
def test_a_line_loses_nothing_but_what_nobody_sees(text: str) -> None:
    seen = [sign for sign in unicodedata.normalize("NFC", text) if not sign.isspace()]
    line = fonts.printable(text)
    assert "".join(map(lettering.drawn, seen)) == "".join(sign for sign in line if not sign.isspace())
    assert not lettering.undrawn(text) or lettering.SQUARE in line


@given(st.text(st.characters(max_codepoint=0x3000)))
def test_the_quick_way_is_the_same_as_sign_by_sign(text: str) -> None:
    line = fonts.printable(text)
    assert "".join(map(lettering.drawn, line)) == line
