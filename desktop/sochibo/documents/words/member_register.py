"""The list of members in the 14 columns of form 7-HSĐV, and the companion registers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.documents.page.content import Align, Column, Content, Grid, Signer, Text
from sochibo.documents.words.phrases import counted
from sochibo.rules.dates import PartialDate, official_date
from sochibo.rules.members.members import EventKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sochibo.rules.members.member_papers import CompanionRegisterReport, MemberRegisterReport, MemberRow
    from sochibo.rules.reports import Heading

__all__ = ["companion_register_content", "member_register_content"]

_SIZE: Final = 8.0
_COLUMNS: Final = (
    Column("Số TT", 8),
    Column("Họ và tên; họ và tên khai sinh; ngày sinh", 28, Align.LEFT),
    Column("Nam, nữ, dân tộc, tôn giáo", 16, Align.LEFT),
    Column("Quê quán", 24, Align.LEFT),
    Column("Văn hóa, lý luận, CMNV, ngoại ngữ", 20, Align.LEFT),
    Column("Nghề nghiệp trước khi vào Đảng; hiện nay", 22, Align.LEFT),
    Column("Ngày vào Đảng; ngày chính thức", 17),
    Column("Số thẻ, số lý lịch, số Huy hiệu Đảng", 22),
    Column("Bộ đội, công an, hưu trí", 14),
    Column("Ngày chuyển đi, đến đảng bộ cơ sở", 19, Align.LEFT),
    Column("Ngày chuyển đến, ở đảng bộ cơ sở nào đến", 19, Align.LEFT),
    Column("Ngày từ trần, lý do", 16, Align.LEFT),
    Column("Ngày ra khỏi Đảng, hình thức", 16, Align.LEFT),
    Column("Ghi chú", 16, Align.LEFT),
)
_SEXES: Final = {"male": "Nam", "female": "Nữ"}
_LEFT: Final = {
    EventKind.WITHDRAWAL: "Xin ra",
    EventKind.STRIKE_OFF: "Xóa tên",
    EventKind.EXPULSION: "Khai trừ",
    EventKind.CANCELLATION: "Hủy quyết định kết nạp",
}
_WIDE: Final = 34.0
_NARROW: Final = 20.0
_COMPANION_SIZE: Final = 11.0


def member_register_content(report: MemberRegisterReport) -> Content:
    """Return the list on landscape pages, one row a member with its values one below the other."""
    day = PartialDate(report.period).earliest
    return Content(
        superior=report.heading.superior,
        body=report.heading.body,
        number=None,
        place_and_date=(report.heading.place, official_date(report.heading.issued_on)),
        kind="SỔ DANH SÁCH ĐẢNG VIÊN",
        subject=f"tính đến {official_date(day)}",
        elements=(
            Text(f"Danh sách có {counted(len(report.rows))} đảng viên."),
            Grid(
                _COLUMNS,
                tuple(_row(n, row) for n, row in enumerate(report.rows, start=1)),
                numbered=True,
                size=_SIZE,
            ),
        )
        if report.rows
        else (Text("Danh sách chưa có đảng viên nào."),),
        signers=_signers(report.heading),
        landscape=True,
    )


def companion_register_content(report: CompanionRegisterReport) -> Content:
    """Return a companion register, on landscape pages where it has many columns."""
    columns = [Column("TT", 10)]
    columns += [Column(one.title, _WIDE if one.wide else _NARROW, Align.LEFT) for one in report.columns]
    rows = tuple((str(n), *row) for n, row in enumerate(report.rows, start=1))
    return Content(
        superior=report.heading.superior,
        body=report.heading.body,
        number=None,
        place_and_date=(report.heading.place, official_date(report.heading.issued_on)),
        kind="SỔ THEO DÕI",
        subject=report.title[:1].lower() + report.title[1:],
        elements=(Grid(tuple(columns), rows, size=_COMPANION_SIZE),)
        if rows
        else (Text("Chưa có nội dung nào được ghi."),),
        signers=_signers(report.heading),
        landscape=len(report.columns) > 5,  # noqa: PLR2004 - more do not fit on an upright page
    )


def _signers(heading: Heading) -> tuple[Signer, ...]:
    """Return who signs by hand: the file has no field for a signature."""
    return (Signer("", "", "NGƯỜI LẬP", ""), Signer("", heading.authority, heading.office, heading.signer))


def _row(n: int, row: MemberRow) -> tuple[str, ...]:
    birth_name = row.birth_name if row.birth_name != row.name else ""
    flags = (("Bộ đội", row.soldier), ("Công an", row.police), ("Hưu trí", row.retired))
    return (
        row.register_no or str(n),
        _stacked((row.name, birth_name, _date(row.birth))),
        _stacked((_SEXES.get(row.sex, ""), row.ethnicity, row.religion)),
        row.home_place,
        _stacked((row.education, row.political_theory, row.profession, row.foreign_language)),
        _stacked((row.job_before, row.job_now)),
        _stacked((_date(row.admitted), _date(row.official))),
        _stacked((row.card_no, row.cv_no, row.badge_no)),
        _stacked(words for words, true in flags if true),
        _stacked((_date(row.moved_out), row.moved_to)),
        _stacked((_date(row.moved_in), row.moved_from)),
        _stacked((_date(row.died), row.died_of)),
        _stacked((_date(row.left), _LEFT.get(row.left_how, "") if row.left_how else "")),
        row.note,
    )


def _stacked(texts: Iterable[str]) -> str:
    """Return several values of one field, one below the other."""
    return "\n".join(text for text in texts if text)


def _date(iso: str) -> str:
    return PartialDate(iso).vietnamese() if iso not in {"", "x"} else iso
