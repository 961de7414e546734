"""Where pages break: nothing lost, no signature alone, whatever lengths the parts of a paper have."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
import reports
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pages import MILLIMETRE, lines_of, sizes_of

from sochibo.documents.drawing import draw_content
from sochibo.documents.page import fonts
from sochibo.documents.page.content import (
    Align,
    Blank,
    Column,
    Content,
    Element,
    Grid,
    Section,
    Signer,
    Text,
)
from sochibo.documents.papers import page_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

ENVELOPE = reports.wrap(reports.summary())
OFFICE = "BÍ THƯ"


def words(name: str, count: int) -> str:
    """Return so many words, each of its own, to be looked for on the pages."""
    return " ".join(f"{name}{n}w" for n in range(count))


def paper(*elements: Element, annex: Sequence[Element] = (), landscape: bool = False) -> Content:
    """Return a paper that the secretary signs."""
    return Content(
        superior="Đảng bộ xã Đông Hòa", body="Chi bộ Thôn 4", number="01-BC/CB", place_and_date=None,
        kind="BÁO CÁO", subject="thử", elements=elements, annex=tuple(annex), landscape=landscape,
        signers=(Signer("secretary", "T/M CHI BỘ", OFFICE, "Nguyễn Văn Mẫu"),),
    )  # fmt: skip


def drawn(content: Content) -> bytes:
    """Return the pages of a paper."""
    return draw_content(content, ENVELOPE, "0" * 12).pdf


def found(pdf: bytes) -> set[str]:
    """Return the words that were to be looked for."""
    return set(re.findall(r"[a-z]+\d+x\d+w", " ".join(page_texts(pdf))))


def rows(lengths: Sequence[int]) -> tuple[tuple[str, ...], ...]:
    """Return rows whose second fields have so many words."""
    return tuple((str(n), words(f"{chr(97 + n % 26)}r{n}x", length)) for n, length in enumerate(lengths))


COLUMNS = (Column("TT", 10), Column("Nội dung", 100, Align.LEFT), Column("Ghi chú", 55))
LENGTHS = st.one_of(st.integers(1, 40), st.integers(300, 900))


def grid(lengths: Sequence[int], *, total: bool, head: bool) -> Grid:
    """Return a table with rows of these lengths, perhaps with a heading inside and a sum."""
    made = tuple((*row, "") for row in rows(lengths))
    return Grid(
        COLUMNS, made, total=("", "Cộng", "") if total else None, spanning=frozenset({0} if head else ()),
        bold=frozenset({0} if head else ()),
    )  # fmt: skip


@settings(max_examples=10, deadline=None)
@given(
    lengths=st.lists(LENGTHS, max_size=6), total=st.booleans(), head=st.booleans(),
    after=st.integers(0, 2), landscape=st.booleans(),
)  # fmt: skip
@example(lengths=[800, 800], total=False, head=False, after=0, landscape=True)
@example(lengths=[1, 800], total=False, head=True, after=0, landscape=False)
@example(lengths=[900], total=True, head=False, after=0, landscape=False)
@example(lengths=[5], total=False, head=False, after=1, landscape=False)
@example(lengths=[1, 660], total=True, head=False, after=0, landscape=False)
@example(lengths=[340], total=True, head=True, after=0, landscape=True)
def test_every_word_is_drawn_however_long_the_rows(
    *, lengths: list[int], total: bool, head: bool, after: int, landscape: bool
) -> None:
    texts = [Text(words(f"t{n}x", 3)) for n in range(after)]
    content = paper(grid(lengths, total=total, head=head), *texts, landscape=landscape)
    wanted = {word for row in rows(lengths)[int(head) :] for word in row[1].split()}
    wanted |= {word for text in texts for word in text.text.split()}
    assert wanted <= found(drawn(content))


def test_lines_of_rows_taller_than_a_page_do_not_cover_each_other() -> None:
    columns = (COLUMNS[0], *(Column(f"Cột {n}", 20, Align.LEFT) for n in range(4)))
    row = ("1", words("ar0x", 130), words("br0x", 260), words("cr0x", 60), words("dr0x", 190))
    pdf = drawn(paper(Grid(columns, (row,) * 4), landscape=True))
    assert set(" ".join(row).split()[1:]) <= found(pdf)
    for page in lines_of(pdf):
        for one, other in combinations(page, 2):
            wide = min(one.right, other.right) - max(one.left, other.left)
            high = min(one.top, other.top) - max(one.bottom, other.bottom)
            assert wide < 1 or high < 5, (one, other)


@pytest.mark.parametrize("filler", range(18, 30, 2))
@pytest.mark.parametrize("last", [Blank(2, lead="Hạn chế:"), Text("Hết.")], ids=["blank", "text"])
def test_no_signature_stands_alone_below_lines_to_write_on(filler: int, last: Element) -> None:
    pdf = drawn(paper(*(Text(words(f"f{n}x", 4)) for n in range(filler)), last))
    page = next(text for text in page_texts(pdf) if OFFICE in text)
    assert "Hạn chế:" in page or "Hết." in page


@pytest.mark.parametrize("filler", range(10, 30))
def test_a_heading_stays_with_a_short_table_before_the_signature(filler: int) -> None:
    lines = (Text(words(f"f{n}x", 4)) for n in range(filler))
    pdf = drawn(paper(*lines, Section("I- Kết quả"), grid([4], total=False, head=False)))
    page = next(text for text in page_texts(pdf) if "I- Kết quả" in text)
    assert "ar0x3w" in page
    assert OFFICE in page


def test_an_annex_begins_after_the_signature_on_a_page_of_its_own() -> None:
    pdf = drawn(paper(Text("Điều 1."), annex=(Text("Danh sách:"), grid([3] * 60, total=False, head=False))))
    first, *others = page_texts(pdf)
    assert OFFICE in first
    assert "Danh sách:" not in first
    assert others[0].startswith("Danh sách:")
    assert "hr59x2w" in others[-1]
    assert all(OFFICE not in text for text in others)


def test_an_annex_that_just_fills_its_page_leaves_no_empty_one_behind() -> None:
    for count in range(33, 40):
        pdf = drawn(paper(Text("Điều 1."), annex=(grid([3] * count, total=False, head=False),)))
        assert all("w" in text for text in page_texts(pdf)[1:])


def test_the_names_of_all_who_sign_stand_on_one_line() -> None:
    content = paper(Text("Hết."))
    signers = (
        Signer("", "T/M TỔ KIỂM PHIẾU", "TỔ TRƯỞNG", "Phạm Văn Bảo"),
        Signer("", "", "CHỦ TRÌ HỘI NGHỊ", "Nguyễn Văn Mẫu"),
    )
    page = lines_of(drawn(replace(content, signers=signers)))[0]
    bottoms = {line.text: line.bottom for line in page}
    assert bottoms["Phạm Văn Bảo"] == pytest.approx(bottoms["Nguyễn Văn Mẫu"], abs=3)


STRANGE = [
    "\u202eđảo ngược\u202c", "👨\u200d👩\u200d👧 ✓", "<b>đậm</b> & <para>", "\x00\x1f\x7f", "שלום",
    "o\u0302\u0301", "\ud800",
]  # fmt: skip


@settings(max_examples=8, deadline=None)
@given(st.text(min_size=1))
@example("x" * 10_000)
@example("a\u00a0" * 2_000)
@example(" ".join(STRANGE))
def test_any_text_can_be_drawn_anywhere(text: str) -> None:
    table = Grid(COLUMNS, (("1", text, ""),), total=("", text[:40], ""))
    content = paper(Text(text, lead=text[:40]), Section(text), table, Text(text))
    assert page_texts(drawn(content))


@pytest.mark.parametrize("text", STRANGE)
def test_what_is_drawn_of_strange_text_is_what_was_told(text: str) -> None:
    shown = " ".join(page_texts(drawn(paper(Text(f"đầu {text} cuối")))))
    between = shown[shown.index("đầu") + 3 : shown.index("cuối")]
    assert between.replace(" ", "") == fonts.printable(text).replace(" ", "")


@pytest.mark.parametrize("end", ["4.", "2026.", "Đào."])
def test_no_short_word_ends_alone_on_a_line(end: str) -> None:
    for count in range(16, 30, 2):
        text = f"{'ma ' * count}thôn {end}"
        lines = [line for line in lines_of(drawn(paper(Text(text))))[0] if end in line.text]
        assert lines
        assert all("thôn" in line.text for line in lines if line.text.strip().endswith(end))


def test_bound_words_too_long_for_a_line_stay_inside_the_margins() -> None:
    pdf = drawn(paper(Text(f"{'x' * 900} 4.")))
    wide = sizes_of(pdf)[0][0]
    assert max(line.right for line in lines_of(pdf)[0]) <= wide - 15 * MILLIMETRE + 0.5
