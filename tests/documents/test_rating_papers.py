"""The papers of the yearly review: their words, their pages, and what travels inside them."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
import rating_papers as samples
from pages import MILLIMETRE, lines_of, sizes_of

from sochibo.documents import papers
from sochibo.documents.drawing import draw
from sochibo.documents.envelopes import decode, encode
from sochibo.documents.page.content import Grid
from sochibo.documents.words.rating_phrases import period_words, reason_words
from sochibo.documents.words.writers import write
from sochibo.rules.forms import FORMS
from sochibo.rules.ratings.rating_figures import RatingFigures
from sochibo.rules.ratings.ratings import Level, NoLevelReason

if TYPE_CHECKING:
    from sochibo.documents.page.content import Content
    from sochibo.rules.reports import Report

GOLDEN: Final = Path(__file__).parent / "golden"
EVERY: Final = pytest.mark.parametrize("name", samples.SAMPLES)
WIDE: Final = {
    "rating-ballot", "rating-opinions", "rating-count", "rating-list", "rating-summary", "rating-report",
    "rating-report-first", "rating-rollup",
}  # fmt: skip


def content(report: Report) -> Content:
    """Return a report as a paper, before it is laid out."""
    return write(samples.wrap(report).kind, report)


def said(report: Report) -> str:
    """Return all that a paper says between title and signature."""
    parts = []
    made = content(report)
    for element in (*made.elements, *made.annex):
        if isinstance(element, Grid):
            parts += [" | ".join(row) for row in element.rows]
        else:
            parts += [f"{getattr(element, 'lead', '')}: {getattr(element, 'text', '')}".removeprefix(": ")]
    return "\n".join(parts)


@EVERY
def test_the_words_stay_as_they_were_published(name: str) -> None:
    text = "\n\n".join(papers.page_texts(draw(samples.wrap(samples.SAMPLES[name])).pdf)) + "\n"
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("WRITE_GOLDEN"):
        golden.write_text(text, "utf-8", newline="\n")
    assert golden.read_text("utf-8") == text


@EVERY
def test_the_data_are_read_for_ever(name: str) -> None:
    golden = GOLDEN / f"{name}.envelope-1.json"
    envelope = samples.wrap(samples.SAMPLES[name])
    if os.environ.get("WRITE_GOLDEN"):
        golden.write_bytes(encode(envelope))
    assert decode(golden.read_bytes()) == envelope
    assert encode(envelope) == golden.read_bytes()


@EVERY
def test_wide_tables_lie_on_landscape_pages_and_nothing_stands_in_the_margins(name: str) -> None:
    pdf = draw(samples.wrap(samples.SAMPLES[name])).pdf
    for page, (width, height) in zip(lines_of(pdf), sizes_of(pdf), strict=True):
        assert (width > height) is (name in WIDE)
        assert min(line.left for line in page) >= 30 * MILLIMETRE - 0.5
        assert max(line.right for line in page) <= width - 15 * MILLIMETRE + 0.5


@EVERY
def test_every_field_for_a_signature_is_on_the_paper(name: str) -> None:
    envelope = samples.wrap(samples.SAMPLES[name])
    assert {space.role for space in draw(envelope).spaces} == set(FORMS[envelope.kind].roles)


@EVERY
def test_no_word_of_a_heading_is_broken_in_a_narrow_column(name: str) -> None:
    """A heading such as HTXS that breaks inside a word was seen on the first pictures."""
    for element in content(samples.SAMPLES[name]).elements:
        if isinstance(element, Grid):
            words = {word for column in element.columns for word in f"{column.title} {column.group}".split()}
            text = " ".join(papers.page_texts(draw(samples.wrap(samples.SAMPLES[name])).pdf))
            assert words <= set(text.split())


def test_thirty_names_fit_on_both_sides_of_one_ballot() -> None:
    for name in ("rating-ballot", "rating-ballot-levels"):
        assert papers.page_count(draw(samples.wrap(samples.SAMPLES[name])).pdf) <= 2


def test_a_ballot_has_a_box_for_every_level_and_no_number() -> None:
    ballot = content(samples.ballot())
    assert ballot.number is None
    assert ballot.signers == ()
    grid = next(element for element in ballot.elements if isinstance(element, Grid))
    assert all(row.count("☐") == 5 for row in grid.rows)
    assert len(grid.rows) == 30


def test_both_bases_of_the_cap_are_named_beside_the_share() -> None:
    text = said(samples.year())
    assert "so với số hoàn thành tốt nhiệm vụ là 04/21 (19%)" in text
    assert "so với số hoàn thành tốt nhiệm vụ trở lên là 04/25 (16%)" in text


def test_counts_of_parts_add_up_to_the_whole() -> None:
    first, second = (row.counts for row in samples.rows()[:2])
    assert first + second + RatingFigures(exempt=2) == samples.counts()
    assert sum(samples.counts().count(level) for level in Level) == samples.counts().rated


def test_the_summary_adds_members_once_and_shows_the_committee_below_the_sum() -> None:
    grid = next(element for element in content(samples.summary()).elements if isinstance(element, Grid))
    assert [row[1] for row in grid.rows] == [
        "Đảng viên chính thức", "Đảng viên dự bị", "Tổng cộng đảng viên", "Trong đó: cấp ủy viên chi bộ",
        "Chi bộ",
    ]  # fmt: skip
    assert grid.rows[2][2:10] == ("30", "4", "21", "3", "1", "1", "19%", "16%")


@pytest.mark.parametrize(
    ("counts", "of_good", "of_better"),
    [
        (RatingFigures(excellent=2, good=8), "25%", "20%"),
        (RatingFigures(excellent=3, good=14), "21,4%", "17,6%"),
        (RatingFigures(excellent=5, good=18), "27,8%", "21,7%"),
        (RatingFigures(excellent=3, good=13), "23,1%", "18,8%"),
        (RatingFigures(excellent=120, good=451), "26,6%", "21%"),
        (RatingFigures(excellent=1, good=1, completed=1, not_completed=1), "100%", "50%"),
    ],
)
def test_the_shares_of_real_reports_are_printed_to_the_digit(
    counts: RatingFigures, of_good: str, of_better: str
) -> None:
    """The cases of a school cell, three committees and a province, and the example of the form itself."""
    report = replace(samples.summary(), rows=(), total=counts)
    grid = next(element for element in content(report).elements if isinstance(element, Grid))
    assert grid.rows[0][8:10] == (of_good, of_better)


def test_levels_proposed_and_decided_are_told_apart() -> None:
    assert "theo mức chi bộ đề nghị" in said(samples.summary())
    assert "theo mức cấp ủy có thẩm quyền quyết định" in said(samples.year())


def test_the_list_names_who_has_no_level_and_why_it_goes_beyond_the_cap() -> None:
    text = said(samples.rating_list("có văn bản của Đảng ủy"))
    assert "Chưa xếp loại: 01 đồng chí (có danh sách riêng)." in text
    assert "trên mức tối đa: Có văn bản" in text or "trên mức tối đa: có văn bản của Đảng ủy." in text
    assert "trên mức tối đa" not in said(samples.rating_list())


def test_the_first_year_of_a_book_is_reported_without_inventing_anything() -> None:
    text = said(samples.first_year())
    assert "Chưa có số liệu năm trước." in text
    assert "Đã xếp loại 0/30 (0%)" in text
    assert "Hội nghị kiểm điểm được tổ chức" not in text


def test_the_year_before_is_compared_over_its_own_base() -> None:
    text = said(samples.year())
    assert "Hoàn thành xuất sắc nhiệm vụ | 5 | 18,5% | 4 | 13,8% | −1" in text
    assert "Hoàn thành tốt nhiệm vụ trở lên | 23 | 85,2% | 25 | 86,2% | +2" in text


def test_the_count_is_over_the_valid_ballots() -> None:
    text = said(samples.count())
    assert "Phiếu xếp loại đảng viên: phát ra 28; thu về 28; hợp lệ 27; không hợp lệ 01." in text
    assert "2 | Nguyễn Văn Mẫu | Bí thư Chi bộ | 0 | 25 | 1 | 0 | 1 | 92,6% | HTXS" in text


@pytest.mark.parametrize(
    ("period", "words"),
    [("2026", "năm 2026"), ("2026-Q3", "quý III năm 2026"), ("2025-2030", "nhiệm kỳ 2025 - 2030")],
)
def test_periods_are_named(period: str, words: str) -> None:
    assert period_words(period) == words


def test_every_reason_has_its_words() -> None:
    texts = [reason_words(reason) for reason in NoLevelReason]
    assert len(set(texts)) == len(texts)
    assert reason_words(NoLevelReason.OTHER, "đi lao động ở nước ngoài") == "đi lao động ở nước ngoài"
    assert reason_words(NoLevelReason.MATERNITY, "đến 3/2027") == "nghỉ thai sản; đến 3/2027"
    assert reason_words(None) == ""


def test_no_paper_shows_a_number_by_which_a_person_is_known() -> None:
    for report in samples.SAMPLES.values():
        assert not re.search(r"\d{9,}", said(report))


def test_a_decision_names_its_grounds_its_articles_and_everybody_on_its_list() -> None:
    text = said(samples.decision())
    assert text.startswith("- Căn cứ Quy định 366-QĐ/TW")
    assert "Điều 1. Công nhận kết quả xếp loại chất lượng năm 2026 đối với 29 đồng chí" in text
    assert "2 | Nguyễn Văn Mẫu | 1951 | Chi bộ Thôn 4 | Hoàn thành xuất sắc nhiệm vụ" in text


def test_an_exemplary_cell_is_excellent_with_a_word_more() -> None:
    text = said(samples.cell_decision())
    assert "1 | Chi bộ Thôn 1 | Hoàn thành xuất sắc nhiệm vụ tiêu biểu" in text
    assert "2 | Chi bộ Thôn 2 | Hoàn thành tốt nhiệm vụ" in text


def test_the_committees_report_shows_who_has_not_sent_and_adds_counts() -> None:
    text = said(samples.rollup())
    assert "Số đơn vị đã gửi kết quả: 03/04 (75%)." in text
    assert "4 | Chi bộ Thôn 4 |  |  |  |  |  |  |  |  |  | Chưa gửi" in text
    grid = next(element for element in content(samples.rollup()).elements if isinstance(element, Grid))
    assert grid.total is not None
    assert grid.total[2:8] == ("90", "12", "63", "9", "3", "3")


def test_the_cap_is_judged_for_the_whole_body() -> None:
    grid = next(element for element in content(samples.cap_table()).elements if isinstance(element, Grid))
    assert {row[7] for row in grid.rows} == {"trong trần"}
    assert grid.total is not None
    assert grid.total[7] == "vượt 01"
