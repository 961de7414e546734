"""The words of the targets of a year or a term, and how far they are reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.documents.figures import grouped, percent
from sochibo.documents.page.content import Align, Column, Content, Grid, Text
from sochibo.documents.words.phrases import counted, issuer, joined, share
from sochibo.documents.words.rating_phrases import paper, period_words
from sochibo.rules.dates import official_date
from sochibo.rules.reports import ReportKind
from sochibo.rules.work.targets import Comparison, Measure, ProgressState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sochibo.documents.page.content import Element
    from sochibo.rules.ratings.rating_papers import TargetRow, TargetsReport

__all__ = ["INDICATOR_WORDS", "target_grid", "targets_content"]

INDICATOR_WORDS: Final = {
    "admissions": "Số đảng viên kết nạp mới",
    "admissions_rate": "Tỷ lệ đảng viên kết nạp mới so với tổng số đảng viên",
    "members_good": "Đảng viên hoàn thành tốt nhiệm vụ trở lên",
    "cells_good": "Chi bộ hoàn thành tốt nhiệm vụ trở lên",
    "excellent_of_better": "Hoàn thành xuất sắc nhiệm vụ trong số hoàn thành tốt nhiệm vụ trở lên",
    "study_attendance": "Tỷ lệ học tập, quán triệt nghị quyết",
    "meeting_attendance": "Tỷ lệ đảng viên dự sinh hoạt",
    "regular_meetings": "Số tháng có sinh hoạt thường kỳ",
    "cells_with_committee": "Chi bộ có chi ủy",
    "weak_cells": "Số chi bộ không hoàn thành nhiệm vụ",
    "members_with_task": "Đảng viên được phân công nhiệm vụ",
    "commitments_signed": "Đảng viên đăng ký, cam kết tu dưỡng, rèn luyện",
    "probation_on_time": "Đảng viên dự bị được công nhận chính thức đúng hạn",
    "fees_collected": "Thu, nộp đảng phí",
    "screened_out": "Số đảng viên bị xóa tên, xin ra khỏi Đảng",
    "inspections": "Số cuộc kiểm tra, giám sát",
    "planning": "Số lượt quy hoạch cấp ủy",
}
_SIGNS: Final = {Comparison.AT_LEAST: "≥ ", Comparison.AT_MOST: "≤ ", Comparison.EXACTLY: ""}
_STATES: Final = {
    ProgressState.UNKNOWN: "Chưa có số liệu",
    ProgressState.REACHED: "Đạt",
    ProgressState.ON_PACE: "Đúng tiến độ",
    ProgressState.BEHIND: "Chậm tiến độ",
    ProgressState.MISSED: "Không đạt",
}
_MOST_DECIMALS: Final = 6
_COLUMNS: Final = (
    Column("TT", 9),
    Column("Chỉ tiêu", 60, Align.LEFT),
    Column("Chỉ tiêu giao", 21),
    Column("Kết quả", 32),
    Column("Tỷ lệ thực hiện", 20),
    Column("Đánh giá", 23),
)


def targets_content(report: TargetsReport) -> Content:
    """Return the targets of a year or a term as a paper."""
    reached = sum(1 for row in report.rows if row.state is ProgressState.REACHED)
    elements: tuple[Element, ...] = (
        Text(
            f"Tính đến {official_date(report.on)}, {issuer(report.heading)} thực hiện các chỉ tiêu "
            f"{period_words(report.period)} như sau:"
        ),
        target_grid(report.rows),
        Text(f"Đã đạt {counted(reached)}/{counted(len(report.rows))} chỉ tiêu."),
    )
    if not report.rows:
        elements = (
            Text(f"{issuer(report.heading)} chưa ghi chỉ tiêu nào cho {period_words(report.period)}."),
        )
    subject = f"kết quả thực hiện chỉ tiêu {period_words(report.period)}"
    return paper(ReportKind.TARGETS, report.heading, "BÁO CÁO", subject, elements)


def target_grid(rows: Iterable[TargetRow]) -> Grid:
    """Return the table of targets: what was asked, what was reached, and how that is judged."""
    return Grid(_COLUMNS, tuple(_row(n, row) for n, row in enumerate(rows, start=1)))


def _row(n: int, row: TargetRow) -> tuple[str, ...]:
    if not 0 <= row.decimals <= _MOST_DECIMALS:
        # What a file says is worked out before anybody looks: a power without bounds would never end.
        raise ValueError(row.decimals)
    whole, part = divmod(row.value, 10**row.decimals)
    value = f"{grouped(whole)},{part:0{row.decimals}d}" if part else grouped(whole)
    source = row.source.strip()
    return (
        str(n),
        joined((INDICATOR_WORDS.get(row.indicator, row.indicator), f"({source})" if source else ""), " "),
        f"{_SIGNS[row.comparison]}{value}{'%' if row.measure is Measure.PERCENT else ''}",
        _actual(row),
        percent(row.done) if row.done else "–",
        _STATES[row.state],
    )


def _actual(row: TargetRow) -> str:
    if row.actual is None or row.actual.denominator <= 0:
        return "–"
    return share(row.actual) if row.measure is Measure.PERCENT else grouped(row.actual.numerator)
