"""The sheet that lies at the door: who is expected, with room to sign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.documents.page.content import Align, Column, Content, Grid, Signer, Text
from sochibo.documents.words.meeting_phrases import meeting_words
from sochibo.documents.words.phrases import clock, counted, joined, sentence
from sochibo.rules.dates import official_date
from sochibo.rules.members.members import Activity, Membership

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sochibo.documents.page.content import Element
    from sochibo.rules.meetings.meeting_papers import Convened, SignInSheet

__all__ = ["sign_in_content"]

_ROW_HEIGHT: Final = 9.0
_FREE_ROWS: Final = 3
_COLUMNS: Final = (
    Column("TT", 11),
    Column("Họ và tên", 56, Align.LEFT),
    Column("Đảng viên", 22),
    Column("Chức vụ", 30, Align.LEFT),
    Column("Ký tên", 28),
    Column("Ghi chú", 22, Align.LEFT),
)
_MEMBERSHIPS: Final = {Membership.OFFICIAL: "chính thức", Membership.PROBATIONARY: "dự bị"}
_NOTES: Final = {
    Activity.EXEMPT: "miễn sinh hoạt",
    Activity.TEMPORARILY_EXEMPT: "tạm miễn sinh hoạt",
    Activity.AWAY: "tạm thời nơi khác",
    Activity.VISITING: "tạm thời đến",
    Activity.SUSPENDED: "đình chỉ sinh hoạt",
    Activity.SPECIAL_DUTY: "nhiệm vụ đặc biệt",
}


def sign_in_content(report: SignInSheet) -> Content:
    """Return the sheet; signatures are made by hand, so the file has no field for one."""
    heading = report.heading
    return Content(
        superior=heading.superior,
        body=heading.body,
        number=None,
        place_and_date=None,
        kind="DANH SÁCH",
        subject=f"đảng viên dự {meeting_words(report.meeting_kind, report.on)}",
        elements=tuple(_elements(report)),
        signers=(Signer("", "", "THƯ KÝ", ""), Signer("", "", "CHỦ TRÌ", "")),
    )


def _elements(report: SignInSheet) -> Iterator[Element]:
    start = f"{clock(report.start)}, " if report.start.strip() else ""
    place = f", tại {report.place.strip()}" if report.place.strip() else ""
    yield Text(sentence(f"Thời gian: {start}{official_date(report.on)}{place}"))
    sections: list[tuple[str, ...]] = []
    heads = set()
    for title, rows in (
        (f"Đảng viên phải dự: {counted(len(report.expected))}", _rows(report.expected)),
        ("Không thuộc diện phải dự (ghi khi có mặt)", _rows(report.others)),
        ("Đại biểu, khách mời", _guest_rows(report.guests)),
    ):
        if rows:
            heads.add(len(sections))
            sections += [(title, *[""] * (len(_COLUMNS) - 1)), *rows]
    yield Grid(
        _COLUMNS, tuple(sections), bold=frozenset(heads), spanning=frozenset(heads), row_height=_ROW_HEIGHT
    )
    yield Text("Có mặt: ………… đồng chí; vắng: ………… đồng chí.")


def _rows(people: Sequence[Convened]) -> list[tuple[str, ...]]:
    return [
        (str(n), one.name, _MEMBERSHIPS.get(one.membership, ""), one.office, "", _NOTES.get(one.activity, ""))
        for n, one in enumerate(people, start=1)
    ]


def _guest_rows(guests: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the guests known before, and free rows for those who come unasked."""
    rows: list[tuple[str, ...]] = []
    for n, guest in enumerate((*guests, *[""] * _FREE_ROWS), start=1):
        name, _, post = guest.partition(", ")
        rows.append((str(n), joined((name,)), "", post, "", ""))
    return rows
