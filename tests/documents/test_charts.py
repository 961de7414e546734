"""Charts: vectors in a typeface that is embedded, read in black and white, whole in a PDF/A."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
import pytest
from reportlab.graphics import renderPDF
from reportlab.pdfgen.canvas import Canvas

from sochibo.documents.page import fonts
from sochibo.documents.page.charts import drawing_of
from sochibo.documents.page.content import Chart, Series
from sochibo.documents.reading import page_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

YEARS = tuple(str(year) for year in range(2012, 2027))
BARS = Chart(
    "Số đảng viên kết nạp", ("Quý I", "Quý II", "Quý III", "Quý IV"),
    (Series("Năm 2025", (3, 0, 2, 7)), Series("Năm 2026", (4, 1, None, 12))),
)  # fmt: skip
TREND = Chart(
    "Tỷ lệ dự sinh hoạt", YEARS,
    (
        Series("Toàn đảng bộ", tuple(900 + 5 * place for place in range(15))),
        Series("Khối thôn", (None, *(850 + 7 * place for place in range(14)))),
    ),
    percent=True, lines=True,
)  # fmt: skip


def drawn(chart: Chart) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, initialFontName=fonts.REGULAR, invariant=1)
    renderPDF.draw(drawing_of(chart, 460), canvas, 50, 400)
    canvas.save()
    return buffer.getvalue()


def fonts_in(pdf: bytes) -> Iterator[str]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            for font in page.resources.get("/Font", {}).values():
                yield str(font.BaseFont)


@pytest.mark.parametrize("chart", [BARS, TREND], ids=["bars", "lines"])
def test_a_chart_names_what_it_shows_in_the_embedded_typeface(chart: Chart) -> None:
    fonts.register()
    pdf = drawn(chart)
    (text,) = page_texts(pdf)
    for words in (chart.title, *(series.name for series in chart.series), chart.labels[0], chart.labels[-1]):
        assert words in text
    assert all("Tinos" in font for font in fonts_in(pdf))
    assert b"/Subtype /Image" not in pdf
    assert drawn(chart) == pdf


def test_shares_are_said_with_the_comma_and_never_above_the_whole() -> None:
    (text,) = page_texts(drawn(TREND))
    assert "100%" in text
    assert "120%" not in text


def test_series_differ_without_colour() -> None:
    bars = drawing_of(BARS, 460).contents[0].bars
    assert bars[0].fillColor != bars[1].fillColor
    lines = drawing_of(TREND, 460).contents[0].lines
    assert lines[0].strokeDashArray != lines[1].strokeDashArray


def test_a_chart_of_nothing_is_still_a_chart() -> None:
    empty = Chart("Chưa có số liệu", ("2025", "2026"), (Series("Kết nạp", (0, 0)),))
    (text,) = page_texts(drawn(empty))
    assert "Chưa có số liệu" in text


@pytest.mark.parametrize(
    ("highest", "top"), [(0, 4), (3, 4), (36, 40), (95, 120), (1351, 1600), (9999, 12000)]
)
def test_numbers_beside_bars_are_round_and_leave_room(highest: int, top: int) -> None:
    chart = Chart("Đảng viên", ("2025", "2026"), (Series("Đảng viên", (0, highest)),))
    bars = next(part for part in drawing_of(chart, 400).contents if hasattr(part, "valueAxis"))
    assert (bars.valueAxis.valueMax, bars.valueAxis.valueStep) == (top, top // 4)
