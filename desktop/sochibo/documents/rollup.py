"""The words of a committee's monthly roll-up over its cells; percentages are drawn here, never added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.documents.content import Align, Column, Content, Grid, Section, Signer, Text
from sochibo.documents.envelopes import PRINTED_DIGITS
from sochibo.documents.phrases import (
    committee_above,
    counted,
    draft_number,
    issuer,
    joined,
    month_words,
    pair,
    percent,
    points,
    sentence,
    share,
)
from sochibo.rules.dates import Month, official_date, short_official_date
from sochibo.rules.reports import ReportKind
from sochibo.rules.scoring import Rating

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sochibo.documents.content import Element
    from sochibo.rules.reports import RollupReport, RollupRow

__all__ = ["rollup_content"]

_RATING_COLUMNS: Final = (
    Column("TT", 8),
    Column("Đơn vị", 50, Align.LEFT),
    Column("Tổng số đảng viên", 16),
    Column("Ngày sinh hoạt", 20),
    Column("Điểm", 13),
    Column("Tốt", 11),
    Column("Khá", 11),
    Column("Trung bình", 13),
    Column("Kém", 11),
    Column("Ghi chú", 36, Align.LEFT),
)
_FIGURE_COLUMNS: Final = (
    Column("TT", 8),
    Column("Đơn vị", 48, Align.LEFT),
    Column("Thường kỳ", 14),
    Column("Chuyên đề", 14),
    Column("Có mặt/ phải dự", 19),
    Column("Tỷ lệ", 14),
    Column("Vắng không lý do", 15),
    Column("Cấp trên dự", 13),
    Column("Nhiệm vụ xong/ đến hạn", 19),
    Column("Số báo cáo", 22),
    Column("Mã đối chiếu", 26),
)


def rollup_content(report: RollupReport) -> Content:
    """Return a roll-up as a paper on landscape pages."""
    heading = report.heading
    month = month_words(Month.parse(report.period))
    return Content(
        superior=heading.superior,
        body=heading.body,
        number=heading.number or draft_number(ReportKind.ROLLUP),
        place_and_date=(heading.place, official_date(heading.issued_on)),
        kind="BÁO CÁO",
        subject=f"tổng hợp đánh giá, xếp loại chất lượng sinh hoạt chi bộ {month}",
        elements=tuple(_elements(report)),
        signers=(Signer("secretary", heading.authority, heading.office, heading.signer),),
        recipients=tuple(filter(None, (committee_above(heading.superior), "Lưu Đảng ủy"))),
        landscape=True,
    )


def _elements(report: RollupReport) -> Iterator[Element]:
    month = month_words(Month.parse(report.period))
    total = report.total
    yield Section("I- Tình hình chung")
    yield Text(
        f"Trong {month}, số đơn vị đã gửi báo cáo: {share(report.reported)}. Các đơn vị đã báo cáo có "
        f"{counted(total.members)} đảng viên, tổ chức {counted(total.meetings)} buổi sinh hoạt; số lượt đảng "
        f"viên dự {share(total.attendance)}; nhiệm vụ đến hạn đã hoàn thành {share(total.tasks)}."
    )
    yield Section("II- Danh sách đánh giá, xếp loại chất lượng sinh hoạt chi bộ")
    yield _rating_grid(report)
    yield Section("III- Số liệu sinh hoạt của các đơn vị")
    yield _figure_grid(report)
    missing = [row.unit for row in report.rows if row.source is None]
    if missing:
        yield Text(f"Đơn vị chưa gửi báo cáo ({counted(len(missing))}): {joined(missing)}.")
    else:
        yield Text("Tất cả các đơn vị đã gửi báo cáo.")
    yield Text("Số liệu được cộng từ báo cáo của từng đơn vị; tỷ lệ tính trên tổng số lượt.")
    yield Text(f"Trên đây là báo cáo tổng hợp {month} của {sentence(issuer(report.heading))}")


def _rating_grid(report: RollupReport) -> Grid:
    marks = [row.rating for row in report.rows if row.source is not None]
    counts = tuple(str(marks.count(rating)) for rating in Rating)
    return Grid(
        _RATING_COLUMNS,
        tuple(_rating_row(n, row) for n, row in enumerate(report.rows, start=1)),
        total=(
            "",
            "Tổng cộng",
            str(report.total.members),
            "",
            "",
            *counts,
            f"Đã báo cáo {pair(report.reported)}",
        ),
    )


def _rating_row(n: int, row: RollupRow) -> tuple[str, ...]:
    if row.source is None:
        return (str(n), row.unit, "", "", "", *("" for _ in Rating), "Chưa gửi báo cáo")
    note = "" if row.meetings else "Chưa sinh hoạt"
    return (
        str(n),
        row.unit,
        str(row.members),
        short_official_date(row.met_on) if row.met_on else "–",
        "–" if row.score_tenths is None else points(row.score_tenths),
        *("x" if row.rating is rating else "" for rating in Rating),
        note if row.rating or not row.meetings else "Chưa xếp loại",
    )


def _figure_grid(report: RollupReport) -> Grid:
    return Grid(
        _FIGURE_COLUMNS,
        tuple(_figure_row(str(n), row) for n, row in enumerate(report.rows, start=1)),
        total=("", "Tổng cộng", *_figures(report.total), "", ""),
    )


def _figure_row(n: str, row: RollupRow) -> tuple[str, ...]:
    if row.source is None:
        return (n, row.unit, *("" for _ in _FIGURE_COLUMNS[2:]))
    return (n, row.unit, *_figures(row), row.source_number, row.source[:PRINTED_DIGITS])


def _figures(row: RollupRow) -> tuple[str, ...]:
    return (
        str(row.regular),
        str(row.thematic),
        f"{row.attendance.numerator}/{row.attendance.denominator}",
        percent(row.attendance),
        str(row.unexcused),
        str(row.superiors),
        f"{row.tasks.numerator}/{row.tasks.denominator}",
    )
