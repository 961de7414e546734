"""How papers look: the measures of Hướng dẫn 05-HD/VPTW (2026)."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pikepdf
import pytest
import reports
from pages import MILLIMETRE, Line, lines_of, sizes_of

from sochibo.documents import papers
from sochibo.documents.drawing import draw
from sochibo.documents.envelopes import digest
from sochibo.documents.page import fonts
from sochibo.documents.page.finished import NotDrawable
from sochibo.rules.reports import Report, TaskReport

if TYPE_CHECKING:
    from pathlib import Path

SAMPLES: dict[str, Report] = {
    "short": reports.minutes(),
    "long": reports.long_minutes(),
    "empty": reports.empty_minutes(),
    "names": reports.unusual_names_minutes(),
    "summary": reports.summary(),
    "summary of nothing": reports.summary(0),
    "roll-up": reports.rollup(30),
}
EVERY = pytest.mark.parametrize("report", SAMPLES.values(), ids=SAMPLES)


def drawn(report: Report) -> bytes:
    """Return the pages of a report as they will be sealed, without what is attached later."""
    return draw(reports.wrap(report)).pdf


def body_of(page: list[Line], size: tuple[float, float]) -> list[Line]:
    """Return the lines inside the margins, without page number and mark."""
    return [line for line in page if line.top < size[1] - 19 * MILLIMETRE and line.bottom > 19 * MILLIMETRE]


@EVERY
def test_paper_is_a4(report: Report) -> None:
    sides = {tuple(sorted(size)) for size in sizes_of(drawn(report))}
    assert [[round(side / MILLIMETRE) for side in size] for size in sides] == [[210, 297]]


@EVERY
def test_nothing_stands_in_the_margins_but_number_and_mark(report: Report) -> None:
    pdf = drawn(report)
    for number, (page, (width, height)) in enumerate(zip(lines_of(pdf), sizes_of(pdf), strict=True)):
        for line in page:
            assert line.left >= 30 * MILLIMETRE - 0.5
            assert line.right <= width - 15 * MILLIMETRE + 0.5
        outside = [line.text for line in page if line not in body_of(page, (width, height))]
        expected = ["Mã đối chiếu", digest(reports.wrap(report))[:12]] if number == 0 else [str(number + 1)]
        assert outside == expected


def test_page_numbers_stand_in_the_middle_ten_millimetres_from_the_top() -> None:
    pdf = drawn(reports.long_minutes())
    height = sizes_of(pdf)[0][1]
    first, second, *_ = lines_of(pdf)
    number = next(line for line in second if line.text == "2")
    assert "1" not in [line.text for line in first]
    assert (number.left + number.right) / 2 == pytest.approx(112.5 * MILLIMETRE, abs=1)
    assert height - number.top == pytest.approx(11 * MILLIMETRE, abs=MILLIMETRE)


def test_the_head_stands_where_it_was_measured() -> None:
    pdf = drawn(reports.summary())
    height = sizes_of(pdf)[0][1]
    lines = {line.text: line for line in lines_of(pdf)[0]}
    title = lines["ĐẢNG CỘNG SẢN VIỆT NAM"]
    assert title.right - title.left == pytest.approx(206.7, abs=2)
    assert lines["Đông Hòa, ngày 30 tháng 11 năm 2026"].right == pytest.approx(195 * MILLIMETRE, abs=1)
    for text, centre in (("CHI BỘ THÔN 4", None), ("Số 05-BC/CB", None), ("BÁO CÁO", 112.5)):
        middle = (lines[text].left + lines[text].right) / 2
        expected = (lines["*"].left + lines["*"].right) / 2 if centre is None else centre * MILLIMETRE
        assert middle == pytest.approx(expected, abs=1.5)
    for text, drop in (("ĐẢNG BỘ XÃ ĐÔNG HÒA", 24.7), ("Số 05-BC/CB", 41.3), ("BÁO CÁO", 53.3)):
        assert height - lines[text].bottom == pytest.approx(drop * MILLIMETRE, abs=1.6 * MILLIMETRE)


def test_the_rule_is_exactly_as_long_as_the_title() -> None:
    with pikepdf.open(io.BytesIO(drawn(reports.summary()))) as pdf:
        commands = pikepdf.parse_content_stream(pdf.pages[0])
    starts, ends = (
        [list(map(float, command.operands)) for command in commands if str(command.operator) == operator]
        for operator in "ml"
    )
    lengths = [end[0] - start[0] for start, end in zip(starts, ends, strict=True)]
    title = fonts.width("ĐẢNG CỘNG SẢN VIỆT NAM", fonts.BOLD, 15)
    assert any(length == pytest.approx(title, abs=0.01) for length in lengths)


def test_a_long_place_breaks_before_the_date() -> None:
    heading = reports.heading("01-BC/CB", place="Thành phố Hồ Chí Minh", issued_on=date(2026, 11, 29))
    page = [line.text for line in lines_of(drawn(reports.summary(heading=heading)))[0]]
    assert "Thành phố Hồ Chí Minh," in page
    assert "ngày 29 tháng 11 năm 2026" in page


def test_long_names_wrap_and_never_shrink() -> None:
    page = lines_of(drawn(reports.unusual_names_minutes()))[0]
    head = [line for line in page if line.text.isupper() and line.right < 118 * MILLIMETRE]
    assert len([line for line in head if line.top - line.bottom > 8]) >= 6
    assert any("<A & B>" in line.text for line in head)


def test_minutes_bear_no_place_and_date() -> None:
    assert "Đông Hòa, ngày" not in papers.page_texts(drawn(reports.minutes()))[0]


def test_a_draft_bears_room_for_its_number_and_the_light_word_and_no_digest() -> None:
    envelope = reports.wrap(reports.empty_minutes())
    texts = papers.page_texts(papers.draft(envelope))
    assert "Số -BB/CB" in texts[0]
    assert all("DỰ THẢO" in text for text in texts)
    assert "Mã đối chiếu" not in texts[0]
    assert "DỰ THẢO" not in papers.page_texts(draw(envelope).pdf)[0]


def test_a_draft_breaks_its_pages_where_the_sealed_paper_will() -> None:
    envelope = reports.wrap(reports.long_minutes())
    sealed = papers.page_texts(draw(envelope).pdf)
    drafted = papers.page_texts(papers.draft(envelope))
    stripped = [text.replace("DỰ THẢO", "").split() for text in drafted]
    assert stripped[1:] == [text.split() for text in sealed[1:]]


def lines_above_signatures(pdf: bytes, office: str) -> int:
    """Count the lines of body on the page on which the signature block stands."""
    pages = lines_of(pdf)
    size = sizes_of(pdf)[0]
    page = next(page for page in pages if any(line.text == office for line in page))
    block = next(line for line in page if line.text == office)
    return len({round(line.bottom / 8) for line in body_of(page, size) if line.bottom > block.top})


@pytest.mark.parametrize("count", range(0, 36, 2))
def test_the_signatures_of_minutes_never_stand_alone(count: int) -> None:
    report = reports.minutes(items=1, conclusion="\n".join(["Hội nghị thống nhất"] * count))
    assert lines_above_signatures(drawn(report), "CHỦ TRÌ HỘI NGHỊ") >= 2


@pytest.mark.parametrize("count", range(0, 32, 2))
def test_the_signature_of_a_summary_never_stands_alone(count: int) -> None:
    report = reports.summary(remarks="\n".join(["Đề nghị"] * count))
    assert lines_above_signatures(drawn(report), "T/M CHI BỘ") >= 2


@pytest.mark.parametrize("count", range(100, 500, 40))
def test_a_long_last_paragraph_leaves_behind_what_fits(count: int) -> None:
    words = " ".join(f"từ{n}" for n in range(count))
    report = reports.minutes(items=1, score=None, rating_note="", conclusion=words, adopted=False)
    pdf = drawn(report)
    texts = papers.page_texts(pdf)
    assert lines_above_signatures(pdf, "CHỦ TRÌ HỘI NGHỊ") >= 2
    assert [word.rstrip(".") for word in re.findall(r"từ\d+", " ".join(texts))] == words.split()


def test_headings_stay_with_what_follows() -> None:
    for count in range(0, 30, 3):
        report = reports.minutes(items=2, fee_note="", votes=(), conclusion="\n".join(["Nhất trí"] * count))
        for page in lines_of(drawn(report)):
            body = [line for line in page if line.bottom > 19 * MILLIMETRE]
            lowest = min(body, key=lambda line: line.bottom)
            assert not re.match(r"(?:[IVX]+|\d+)- ", lowest.text)


def test_the_heading_of_a_table_repeats_on_every_page_of_it() -> None:
    tasks = tuple(TaskReport(f"Nhiệm vụ số {n}", "chi ủy", None) for n in range(1, 121))
    texts = papers.page_texts(drawn(reports.minutes(items=0, tasks=tasks)))
    with_rows = [text for text in texts if "Nhiệm vụ số" in text]
    assert len(with_rows) >= 3
    assert all("TT Nhiệm vụ Người thực hiện Thời hạn" in text for text in with_rows)


def test_rows_are_never_split() -> None:
    tasks = tuple(
        TaskReport(f"đầu{n} " + "vận động nhân dân " * 30 + f"cuối{n}", "a", None) for n in range(30)
    )
    for text in papers.page_texts(drawn(reports.minutes(items=0, tasks=tasks))):
        assert re.findall(r"đầu(\d+)", text) == re.findall(r"cuối(\d+)", text)


@pytest.mark.parametrize("units", range(6, 30))
def test_the_total_never_stands_alone(units: int) -> None:
    for text in papers.page_texts(drawn(reports.rollup(units))):
        assert not re.search(r"Ghi chú Tổng cộng|Mã đối chiếu Tổng cộng", text)


def test_a_cell_taller_than_a_page_loses_nothing() -> None:
    words = [f"từ{n}" for n in range(1500)]
    task = TaskReport(" ".join(words), "chi ủy", None)
    text = " ".join(papers.page_texts(drawn(reports.minutes(items=0, tasks=(task,)))))
    assert re.findall(r"từ\d+", text) == words


def test_a_word_without_an_end_stays_inside_the_margins() -> None:
    pdf = drawn(reports.minutes(conclusion="x" * 3000, tasks=(TaskReport("y" * 400, "z" * 90, None),)))
    width = sizes_of(pdf)[0][0]
    assert max(line.right for page in lines_of(pdf) for line in page) <= width - 15 * MILLIMETRE + 0.5


def test_signatures_have_free_room_between_office_and_name() -> None:
    for report in (reports.minutes(), reports.summary(), reports.rollup()):
        paper = draw(reports.wrap(report))
        pages = lines_of(paper.pdf)
        for space in paper.spaces:
            left, bottom, right, top = space.box
            assert right - left == pytest.approx(60 * MILLIMETRE, abs=0.1)
            assert top - bottom == pytest.approx(25 * MILLIMETRE, abs=0.1)
            inside = [
                line.text
                for line in pages[space.page]
                if line.left < right and line.right > left and line.bottom < top and line.top > bottom
            ]
            assert inside == []


def test_the_name_stands_under_its_signature() -> None:
    report = reports.minutes()
    paper = draw(reports.wrap(report))
    roles = {space.role: space for space in paper.spaces}
    assert set(roles) == {"chair", "minute_taker"}
    for role, name in (("chair", report.chair), ("minute_taker", report.minute_taker)):
        page = lines_of(paper.pdf)[roles[role].page]
        line = next(line for line in page if line.text == name and line.top < roles[role].box[1])
        middle = (roles[role].box[0] + roles[role].box[2]) / 2
        assert (line.left + line.right) / 2 == pytest.approx(middle, abs=1)


def test_markup_in_names_is_text() -> None:
    text = " ".join(papers.page_texts(drawn(reports.unusual_names_minutes())))
    assert "<viện 108> & chưa về" in text
    assert "Hồ Kpă H'Liên & <con>" in text


def test_signs_without_a_glyph_become_squares() -> None:
    text = " ".join(papers.page_texts(drawn(reports.minutes(conclusion="Tốt ✓ 中 hết"))))
    assert "Tốt □ □ hết." in text


@pytest.mark.parametrize("changes", [{"body": "Chi bộ " * 500}, {"signer": "Nguyễn " * 500}])
def test_a_name_longer_than_a_page_is_a_known_trouble(changes: dict[str, str]) -> None:
    report = reports.summary()
    heading = replace(report.heading, body=changes.get("body", "A"), signer=changes.get("signer", "B"))
    with pytest.raises(NotDrawable):
        drawn(replace(report, heading=heading))


def test_a_paper_without_an_end_is_a_known_trouble() -> None:
    with pytest.raises(NotDrawable):
        drawn(reports.summary(remarks="a\n" * 30_000))


@EVERY
def test_only_embedded_fonts_are_named(report: Report, tmp_path: Path) -> None:
    if shutil.which("pdffonts") is None:
        pytest.skip("poppler-utils is not installed")
    file = tmp_path / "paper.pdf"
    file.write_bytes(drawn(report))
    listed = subprocess.run(["pdffonts", file], check=True, capture_output=True, text=True).stdout  # noqa: S607 - found on PATH
    rows = listed.splitlines()[2:]
    assert rows
    assert all(re.search(r"\+Tinos-\S+ +TrueType +\S+ +yes yes yes ", row) for row in rows)


def test_recipients_are_separated_by_semicolons_and_end_with_a_full_stop() -> None:
    text = " ".join(papers.page_texts(drawn(reports.summary())))
    assert "Nơi nhận: - Đảng ủy xã Đông Hòa; - Lưu Chi bộ." in text
    assert "Nơi nhận" not in " ".join(papers.page_texts(drawn(reports.minutes())))


def test_a_rollup_lies_on_landscape_pages() -> None:
    assert all(width > height for width, height in sizes_of(drawn(reports.rollup())))
