"""The words of the yearly plan of thematic meetings (kế hoạch sinh hoạt chuyên đề)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.documents.page.content import Align, Column, Content, Grid, Section, Signer, Text
from sochibo.documents.words.phrases import (
    committee_above,
    counted,
    draft_number,
    issuer,
    joined,
    paragraphs,
    romans,
)
from sochibo.rules.dates import official_date, short_official_date
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sochibo.documents.page.content import Element
    from sochibo.rules.meetings.meeting_papers import PlannedTheme, ThematicPlan

__all__ = ["thematic_plan_content"]

_QUARTERS: Final = ("I", "II", "III", "IV")
_COLUMNS: Final = (
    Column("TT", 9),
    Column("Quý", 11),
    Column("Tháng", 17),
    Column("Chuyên đề", 53, Align.LEFT),
    Column("Người chuẩn bị", 32, Align.LEFT),
    Column("Hạn chuẩn bị", 24),
    Column("Ghi chú", 19, Align.LEFT),
)


def thematic_plan_content(report: ThematicPlan) -> Content:
    """Return the plan as a paper."""
    heading = report.heading
    return Content(
        superior=heading.superior,
        body=heading.body,
        number=heading.number or draft_number(ReportKind.THEMATIC_PLAN),
        place_and_date=(heading.place, official_date(heading.issued_on)),
        kind="KẾ HOẠCH",
        subject=f"sinh hoạt chuyên đề năm {report.year}",
        elements=tuple(_elements(report)),
        signers=(Signer("secretary", heading.authority, heading.office, heading.signer),),
        recipients=tuple(
            filter(None, (committee_above(heading.superior), "Đảng viên trong Chi bộ", "Lưu Chi bộ"))
        ),
    )


def _elements(report: ThematicPlan) -> Iterator[Element]:
    number = romans()
    yield Text(f"{issuer(report.heading)} xây dựng kế hoạch sinh hoạt chuyên đề năm {report.year} như sau:")
    yield Section(f"{next(number)}- Mục đích, yêu cầu")
    yield Text(
        "Nâng cao chất lượng sinh hoạt chi bộ; mỗi quý sinh hoạt chuyên đề ít nhất một lần, chọn chủ đề sát "
        "với nhiệm vụ của Chi bộ. Chuyên đề được chuẩn bị bằng văn bản, được chi ủy hoặc bí thư thông qua và "
        "gửi đến đảng viên trước khi sinh hoạt."
    )
    yield Section(f"{next(number)}- Nội dung, thời gian, phân công")
    if report.themes:
        yield Text(f"Trong năm, Chi bộ tổ chức {counted(len(report.themes))} chuyên đề:")
        yield Grid(_COLUMNS, tuple(_row(n, theme) for n, theme in enumerate(report.themes, start=1)))
    else:
        yield Text("Chưa có chuyên đề nào được đăng ký.")
    yield Section(f"{next(number)}- Tổ chức thực hiện")
    yield from map(Text, paragraphs(report.note))
    yield Text(
        "Các đồng chí được phân công chuẩn bị chuyên đề đúng thời hạn. Chi ủy theo dõi, đôn đốc; kết quả "
        "sinh hoạt chuyên đề được báo cáo cấp trên sau mỗi lần thực hiện."
    )


def _row(n: int, theme: PlannedTheme) -> tuple[str, ...]:
    return (
        str(n),
        _QUARTERS[theme.quarter - 1],
        str(theme.month) if theme.month else "–",
        joined((theme.theme, f"({theme.theme_group.strip()})" if theme.theme_group.strip() else ""), " "),
        theme.drafter,
        short_official_date(theme.draft_due) if theme.draft_due else "–",
        theme.note,
    )
