"""The words of a committee's roll-up over its units; percentages are drawn here, never added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.documents.envelopes import PRINTED_DIGITS
from sochibo.documents.figures import grouped, pair_of, percent, points
from sochibo.documents.page.content import Align, Column, Content, Grid, Section, Signer, Text
from sochibo.documents.words.period_phrases import period_phrase, short_period
from sochibo.documents.words.phrases import (
    committee_above,
    counted,
    draft_number,
    issuer,
    joined,
    pair,
    sentence,
    share,
)
from sochibo.rules.dates import official_date, short_official_date
from sochibo.rules.periods import PeriodKind, parse_period
from sochibo.rules.reports import ReportKind
from sochibo.rules.scoring.scoring import Rating

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sochibo.documents.page.content import Element
    from sochibo.rules.meetings.minutes_parts import Deduction
    from sochibo.rules.periods import Period
    from sochibo.rules.reports import RollupPart, RollupReport, RollupRow

__all__ = ["rollup_content"]

_MONTH_COLUMNS: Final = (
    Column("TT", 8),
    Column("Đơn vị", 42, Align.LEFT),
    Column("Tổng số đảng viên", 16),
    Column("Ngày sinh hoạt", 20),
    Column("Điểm", 12),
    Column("Tốt", 10),
    Column("Khá", 10),
    Column("Trung bình", 12),
    Column("Kém", 10),
    Column("Giải trình nội dung trừ điểm", 58, Align.LEFT),
)
_LONGER_COLUMNS: Final = (
    Column("TT", 8),
    Column("Đơn vị", 46, Align.LEFT),
    Column("Tổng số đảng viên", 16),
    Column("Số tháng có báo cáo", 18),
    Column("Buổi thường kỳ", 15),
    Column("Tốt", 11, group="Xếp loại sinh hoạt"),
    Column("Khá", 11, group="Xếp loại sinh hoạt"),
    Column("Trung bình", 13, group="Xếp loại sinh hoạt"),
    Column("Kém", 11, group="Xếp loại sinh hoạt"),
    Column("Ghi chú", 49, Align.LEFT),
)
_FIGURE_COLUMNS: Final = (
    Column("TT", 8),
    Column("Đơn vị", 40, Align.LEFT),
    Column("Thường kỳ", 17),
    Column("Chuyên đề", 17),
    Column("Có mặt/ phải dự", 28),
    Column("Tỷ lệ", 15),
    Column("Vắng không lý do", 15),
    Column("Phát biểu/ có mặt", 25),
    Column("Cấp trên dự", 12),
    Column("Nhiệm vụ xong/ đến hạn", 20),
    Column("Số báo cáo", 21),
    Column("Mã đối chiếu", 29),
)
_SOURCE_COLUMNS: Final = (
    Column("TT", 8),
    Column("Đơn vị", 50, Align.LEFT),
    Column("Báo cáo đã nhận (kỳ: số, mã đối chiếu)", 140, Align.LEFT),
)


def rollup_content(report: RollupReport) -> Content:
    """Return a roll-up as a paper on landscape pages; whoever drew up the table signs by hand."""
    heading = report.heading
    when = period_phrase(parse_period(report.period))
    secretary = Signer("secretary", heading.authority, heading.office, heading.signer)
    return Content(
        superior=heading.superior,
        body=heading.body,
        number=heading.number or draft_number(ReportKind.ROLLUP),
        place_and_date=(heading.place, official_date(heading.issued_on)),
        kind="BÁO CÁO",
        subject=f"tổng hợp đánh giá, xếp loại chất lượng sinh hoạt chi bộ {when}",
        elements=tuple(_elements(report)),
        signers=(Signer("", "", "NGƯỜI LẬP BIỂU", report.prepared_by), secretary),
        recipients=tuple(filter(None, (committee_above(heading.superior), "Lưu Đảng ủy"))),
        landscape=True,
    )


def _elements(report: RollupReport) -> Iterator[Element]:
    period = parse_period(report.period)
    yield Section("I- Tình hình chung")
    yield Text(_overview(report, period))
    yield Section("II- Danh sách đánh giá, xếp loại chất lượng sinh hoạt chi bộ")
    yield _month_grid(report) if period.kind is PeriodKind.MONTH else _longer_grid(report)
    if report.remarks:
        yield Text(sentence(report.remarks), lead="Ghi chú")
    yield Section("III- Số liệu sinh hoạt của các đơn vị")
    yield _figure_grid(report)
    missing = [row.unit for row in report.rows if row.source is None]
    if missing:
        yield Text(f"Đơn vị chưa gửi báo cáo ({counted(len(missing))}): {joined(missing)}.")
    elif report.rows:
        yield Text("Tất cả các đơn vị đã gửi báo cáo.")
    else:
        yield Text("Không có đơn vị nào phải gửi báo cáo trong kỳ.")
    yield Text("Số liệu được cộng từ báo cáo của từng đơn vị; tỷ lệ tính trên tổng số lượt.")
    several = [row for row in report.rows if row.parts]
    if several:
        yield Section("IV- Báo cáo dùng để tổng hợp")
        rows = tuple((str(n), row.unit, _parts(row.parts)) for n, row in enumerate(several, start=1))
        yield Grid(_SOURCE_COLUMNS, rows)
    yield Text(f"Trên đây là báo cáo tổng hợp {period_phrase(period)} của {sentence(issuer(report.heading))}")


def _overview(report: RollupReport, period: Period) -> str:
    total = report.total
    when = period_phrase(period)
    below = ""
    if total.units.denominator > report.reported.denominator:
        below = f" Số chi bộ trực thuộc các đơn vị đã báo cáo: {share(total.units)}."
    months = ""
    if period.kind is not PeriodKind.MONTH:
        months = f" Số báo cáo tháng đã nhận trên số phải gửi: {share(total.papers)}."
    return (
        f"Trong {when}, số đơn vị đã gửi báo cáo: {share(report.reported)}.{below}{months} Các đơn vị đã báo "
        f"cáo có {counted(total.members)} đảng viên, tổ chức {counted(total.meetings)} buổi sinh hoạt; số "
        f"lượt đảng viên dự {share(total.attendance)}; nhiệm vụ đến hạn trong {short_period(period)} đã hoàn "
        f"thành {share(total.tasks)}."
    )


def _month_grid(report: RollupReport) -> Grid:
    return Grid(
        _MONTH_COLUMNS,
        tuple(_month_row(n, row) for n, row in enumerate(report.rows, start=1)),
        total=(
            "", "Tổng cộng", grouped(report.total.members), "", "", *_counts(report.total),
            f"Đã báo cáo {pair(report.reported)}",
        ),
        numbered=True,
    )  # fmt: skip


def _month_row(n: int, row: RollupRow) -> tuple[str, ...]:
    if row.source is None:
        return (str(n), row.unit, "", "", "", *("" for _ in Rating), _note(row))
    one = row.units.denominator <= 1
    return (
        str(n),
        row.unit,
        grouped(row.members),
        short_official_date(row.met_on) if row.met_on else "–",
        "–" if row.score_tenths is None else points(row.score_tenths),
        *(("x" if row.rating is rating else "" for rating in Rating) if one else _counts(row)),
        _note(row),
    )


def _longer_grid(report: RollupReport) -> Grid:
    return Grid(
        _LONGER_COLUMNS,
        tuple(_longer_row(str(n), row.unit, row) for n, row in enumerate(report.rows, start=1)),
        total=_longer_row("", "Tổng cộng", report.total, f"Đã báo cáo {pair(report.reported)}"),
        numbered=True,
    )


def _longer_row(n: str, unit: str, row: RollupRow, note: str = "") -> tuple[str, ...]:
    if n and row.source is None:
        return (n, unit, "", pair(row.papers), "", *("" for _ in Rating), _note(row))
    members = "–" if row.ended else grouped(row.members)
    return (n, unit, members, pair(row.papers), grouped(row.regular), *_counts(row), note or _note(row))


def _counts(row: RollupRow) -> tuple[str, ...]:
    return tuple(grouped(row.ratings.of(rating)) for rating in Rating)


def _note(row: RollupRow) -> str:
    """Return the explanation of deductions and what else must be known of a unit."""
    said = []
    if row.ended:
        day = short_official_date(row.ended)
        where = f", chuyển về {row.successor}" if row.successor else ""
        said.append(f"Hoạt động đến {day}{where}")
    if row.source is None:
        said.append("Chưa gửi báo cáo")
    elif not row.meetings:
        said.append("Chưa sinh hoạt")
    elif not any(row.ratings.of(rating) for rating in Rating):
        said.append("Chưa xếp loại")
    said += [_deduction(one) for one in row.deductions]
    return joined(said, "; ")


def _deduction(one: Deduction) -> str:
    return f"{one.reason or one.label} (-{points(one.tenths)})"


def _figure_grid(report: RollupReport) -> Grid:
    return Grid(
        _FIGURE_COLUMNS,
        tuple(_figure_row(str(n), row) for n, row in enumerate(report.rows, start=1)),
        total=("", "Tổng cộng", *_figures(report.total), "", ""),
    )


def _figure_row(n: str, row: RollupRow) -> tuple[str, ...]:
    if row.source is None:
        return (n, row.unit, *("" for _ in _FIGURE_COLUMNS[2:]))
    if row.parts:
        # Of several papers none alone is what the figures came from: all stand in a list of their own.
        return (n, row.unit, *_figures(row), f"{counted(len(row.parts))} báo cáo", "mục IV")
    return (n, row.unit, *_figures(row), row.source_number, row.source[:PRINTED_DIGITS])


def _figures(row: RollupRow) -> tuple[str, ...]:
    return (
        grouped(row.regular),
        grouped(row.thematic),
        pair_of(row.attendance),
        percent(row.attendance),
        grouped(row.unexcused),
        pair_of(row.spoke) if row.spoke.denominator else "–",
        grouped(row.superiors),
        pair_of(row.tasks),
    )


def _parts(parts: tuple[RollupPart, ...]) -> str:
    return joined(
        (f"{_short(part.period)}: {part.number}, {part.digest[:PRINTED_DIGITS]}" for part in parts), "; "
    )


def _short(period: str) -> str:
    year, _, part = period.partition("-")
    names = {"Q": "quý ", "H": "6 tháng "}
    if not part:
        return year
    return f"{names[part[0]]}{part[1:]}/{year}" if part[0] in names else f"{part}/{year}"
