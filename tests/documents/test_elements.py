"""The building blocks of papers, drawn alone."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import pairwise

import pikepdf
import pytest
import reports
from pages import MILLIMETRE, lines_of

from sochibo.documents import papers
from sochibo.documents.drawing import draw_content
from sochibo.documents.page.content import (
    Align,
    Blank,
    Column,
    Content,
    Element,
    Grid,
    NewPage,
    Signer,
    Text,
    Title,
)

SHEET = Content(
    superior="Đảng bộ xã Đông Hòa",
    body="Chi bộ Thôn 4",
    number=None,
    place_and_date=None,
    kind="DANH SÁCH",
    subject="",
    elements=(),
    signers=(),
)


def drawn(*elements: Element, content: Content = SHEET) -> bytes:
    """Draw a sheet with these elements."""
    return draw_content(replace(content, elements=elements), reports.wrap(reports.summary()), "").pdf


def text_of(pdf: bytes) -> str:
    """Return all text of all pages."""
    return " ".join(papers.page_texts(pdf))


def rectangles(pdf: bytes) -> int:
    """Count the rectangles drawn on page 1."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return sum(str(one.operator) == "re" for one in pikepdf.parse_content_stream(opened.pages[0]))


def test_a_paper_may_do_without_number_date_subject_and_signer() -> None:
    text = text_of(drawn(Text("Một dòng.")))
    assert "Số" not in text
    assert "-----" not in text
    assert "DANH SÁCH Một dòng." in text


def test_boxes_are_drawn_and_a_ticked_one_can_be_read() -> None:
    empty = drawn(Text("☐ Tốt ☐ Khá"))
    ticked = drawn(Text("☑ Tốt ☐ Khá"))
    assert rectangles(empty) == rectangles(ticked) == rectangles(drawn(Text("Tốt Khá"))) + 2
    assert "x" not in text_of(empty)
    assert "x" in text_of(ticked)
    assert "□" not in text_of(ticked)


def test_boxes_stand_in_tables_too() -> None:
    columns = (Column("Nội dung", 100, Align.LEFT), Column("Đạt", 20))
    plain = drawn(Grid(columns, (("Đúng giờ", ""),)))
    boxed = drawn(Grid(columns, (("Đúng giờ", "☐"),)))
    assert rectangles(boxed) == rectangles(plain) + 1


def test_grouped_columns_stand_under_one_heading_that_repeats() -> None:
    columns = (Column("TT", 10), Column("Nam", 40, group="Trong đó"), Column("Nữ", 40, group="Trong đó"))
    pdf = drawn(Grid(columns, tuple((str(n), "1", "2") for n in range(80)), numbered=True))
    texts = papers.page_texts(pdf)
    assert len(texts) > 1
    for text in texts:
        assert text.count("Trong đó") == 1
        assert "(1) (2) (3)" in text


def test_a_spanning_row_is_one_line_across_all_columns() -> None:
    columns = (Column("TT", 10), Column("Tiêu chí", 30, Align.LEFT), Column("Điểm", 10))
    words = "Nhóm tiêu chí rất dài không vừa trong một cột hẹp của bảng này"
    pdf = drawn(
        Grid(columns, ((words, "", ""), ("1", "a", "2")), spanning=frozenset({0}), bold=frozenset({0}))
    )
    assert words in [line.text for line in lines_of(pdf)[0]]


def test_rows_leave_room_to_sign() -> None:
    columns = (Column("Họ và tên", 60, Align.LEFT), Column("Ký tên", 40))
    rows = tuple((f"Người {n}", "") for n in range(5))
    tops = [
        line.top for line in lines_of(drawn(Grid(columns, rows, row_height=12)))[0] if "Người" in line.text
    ]
    gaps = [upper - lower for upper, lower in pairwise(tops)]
    assert gaps == pytest.approx([12 * MILLIMETRE] * 4, abs=0.6)


def test_a_long_cell_grows_beyond_the_room_to_sign() -> None:
    columns = (Column("Họ và tên", 60, Align.LEFT), Column("Ký tên", 40))
    words = [f"từ{n}" for n in range(80)]
    text = text_of(drawn(Grid(columns, ((" ".join(words), ""), ("b", "")), row_height=8)))
    assert [word for word in text.split() if word.startswith("từ")] == words


def test_a_new_page_and_a_title_begin_the_next_paper_of_a_book() -> None:
    texts = papers.page_texts(
        drawn(Text("Tờ thứ nhất."), NewPage(), Title("BIÊN BẢN", "tháng sau"), Text("Hết."))
    )
    assert len(texts) == 2
    assert "BIÊN BẢN tháng sau ----- Hết." in texts[1]


def test_lines_to_write_on_have_no_text_but_their_lead() -> None:
    text = text_of(drawn(Blank(3, lead="Ý kiến khác:")))
    assert "Ý kiến khác:" in text
    assert "..." not in text


@pytest.mark.parametrize("count", range(5))
def test_any_number_of_people_may_sign_and_only_roles_leave_a_field(count: int) -> None:
    signers = tuple(
        Signer("secretary" if n == 0 else "", "", f"TỔ VIÊN {n}", f"Người {n}") for n in range(count)
    )
    paper = draw_content(
        replace(SHEET, elements=(Text("a"), Text("b")), signers=signers), reports.wrap(reports.summary()), ""
    )
    assert [space.role for space in paper.spaces] == ["secretary"][:count]
    lines = [line for line in lines_of(paper.pdf)[0] if "TỔ VIÊN" in line.text]
    assert len(lines) == count
    assert all(one.right < other.left for one, other in pairwise(lines))


@pytest.mark.parametrize("tail", [(), (Text("Danh sách này lập thành một bản."),)])
@pytest.mark.parametrize("count", range(24, 40))
def test_a_signature_below_a_table_keeps_its_last_two_rows(count: int, tail: tuple[Text, ...]) -> None:
    """However long the list is; the rows stand on the page of the signature, the first page being full."""
    signed = replace(SHEET, signers=(Signer("secretary", "T/M CHI BỘ", "BÍ THƯ", "Lê Thị Ý"),))
    grid = Grid((Column("Họ và tên", 120, Align.LEFT),), tuple((f"dòng {n}",) for n in range(count)))
    texts = papers.page_texts(drawn(grid, *tail, content=signed))
    last = next(text for text in texts if "T/M CHI BỘ" in text)
    assert [f"dòng {n}" in last.split("T/M CHI BỘ")[0] for n in (count - 2, count - 1)] == [True, True]
    assert [
        sum(text.count(f"dòng {n} ") or text.endswith(f"dòng {n}") for text in texts) for n in (0, 20)
    ] == [1, 1]


@pytest.mark.parametrize("count", range(16, 30))
def test_words_that_announce_a_table_stay_with_it(count: int) -> None:
    lines = (Text(f"Đoạn {n}.") for n in range(count))
    grid = Grid((Column("Họ và tên", 120, Align.LEFT),), (("dòng một",), ("dòng hai",), ("dòng ba",)))
    texts = papers.page_texts(drawn(*lines, Text("Danh sách như sau:"), grid))
    page = next(text for text in texts if "Danh sách như sau:" in text)
    assert "dòng một" in page
