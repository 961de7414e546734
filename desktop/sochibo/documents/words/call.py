"""The words of a notice (thông báo) that calls a meeting, and of its programme (chương trình)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.documents.page.content import Align, Column, Content, Grid, Section, Signer, Text
from sochibo.documents.words.meeting_phrases import held_words, meeting_words
from sochibo.documents.words.phrases import (
    clock,
    committee_above,
    comrades,
    draft_number,
    issuer,
    joined,
    romans,
    sentence,
)
from sochibo.rules.dates import official_date
from sochibo.rules.meetings.meetings import MeetingFormat, MeetingKind
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sochibo.documents.page.content import Element
    from sochibo.rules.meetings.meeting_papers import Call

__all__ = ["notice_content", "programme_content"]

_WEEKDAYS: Final = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")
_FORMATS: Final = {
    MeetingFormat.IN_PERSON: "",
    MeetingFormat.ONLINE: "trực tuyến",
    MeetingFormat.HYBRID: "trực tiếp kết hợp trực tuyến",
    MeetingFormat.BY_GROUP: "theo tổ đảng",
    MeetingFormat.BY_CLUSTER: "theo cụm",
}
_CALLED: Final = {
    MeetingKind.CELL_COMMITTEE: "Các đồng chí chi ủy viên",
    MeetingKind.GROUP: "Đảng viên trong tổ đảng",
}
_NOTICE_COLUMNS: Final = (
    Column("TT", 12),
    Column("Nội dung", 103, Align.LEFT),
    Column("Người thực hiện", 50, Align.LEFT),
)
_PROGRAMME_COLUMNS: Final = (
    Column("TT", 12),
    Column("Nội dung", 78, Align.LEFT),
    Column("Người thực hiện", 45, Align.LEFT),
    Column("Thời gian", 30),
)


def notice_content(report: Call) -> Content:
    """Return a notice as a paper."""
    return _content(
        report,
        ReportKind.NOTICE,
        "THÔNG BÁO",
        f"về việc {meeting_words(report.meeting_kind, report.on)}",
        _notice(report),
    )


def programme_content(report: Call) -> Content:
    """Return a programme as a paper."""
    return _content(
        report,
        ReportKind.PROGRAMME,
        "CHƯƠNG TRÌNH",
        meeting_words(report.meeting_kind, report.on),
        _programme(report),
    )


def _content(report: Call, kind: ReportKind, name: str, subject: str, elements: Iterator[Element]) -> Content:
    heading = report.heading
    above = committee_above(heading.superior)
    called = _CALLED.get(report.meeting_kind, "Đảng viên trong Chi bộ")
    to_above = f"{above} (để báo cáo)" if above else ""
    return Content(
        superior=heading.superior,
        body=heading.body,
        number=heading.number or draft_number(kind),
        place_and_date=(heading.place, official_date(heading.issued_on)),
        kind=name,
        subject=subject,
        elements=tuple(elements),
        signers=(Signer("secretary", heading.authority, heading.office, heading.signer),),
        recipients=tuple(filter(None, (to_above, called, "Lưu Chi bộ"))),
    )


def _notice(report: Call) -> Iterator[Element]:
    held = held_words(report.meeting_kind, report.on)
    yield Text(f"{issuer(report.heading)} {held}, cụ thể như sau:")
    number = (f"{n}- " for n in range(1, 9))
    yield Text(sentence(f"{next(number)}Thời gian: {_when(report)}"))
    if report.place.strip():
        yield Text(sentence(f"{next(number)}Địa điểm: {report.place}"))
    if _FORMATS[report.format]:
        yield Text(sentence(f"{next(number)}Hình thức: {_FORMATS[report.format]}"))
    yield Text(sentence(f"{next(number)}Thành phần: {_who(report)}"))
    if report.chair.strip():
        yield Text(sentence(f"{next(number)}Chủ trì: đồng chí {joined((report.chair, report.chair_office))}"))
    if report.theme.strip():
        yield Text(sentence(f"{next(number)}Chuyên đề: {report.theme}"))
    if report.items:
        yield Text(f"{next(number)}Nội dung:")
        yield Grid(
            _NOTICE_COLUMNS,
            tuple((str(n), item.title, item.presenter) for n, item in enumerate(report.items, start=1)),
        )
    yield Text(
        "Đề nghị các đồng chí nghiên cứu tài liệu, chuẩn bị ý kiến, dự họp đầy đủ, đúng giờ; đồng chí nào "
        "không dự được phải báo cáo lý do với người chủ trì trước khi họp."
    )


def _programme(report: Call) -> Iterator[Element]:
    number = romans()
    yield Section(f"{next(number)}- Mục đích")
    yield Text(_purpose(report))
    yield Section(f"{next(number)}- Thời gian, địa điểm")
    form = f" Hình thức: {_FORMATS[report.format]}." if _FORMATS[report.format] else ""
    place = f" Địa điểm: {sentence(report.place)}" if report.place.strip() else ""
    yield Text(f"Thời gian: {sentence(_when(report))}{place}{form}")
    yield Section(f"{next(number)}- Thành phần")
    yield Text(sentence(_who(report)))
    people = (
        ("chủ trì", joined((report.chair, report.chair_office))),
        ("thư ký", report.minute_taker),
    )
    said = joined((f"{role}: đồng chí {who}" for role, who in people if who.strip()), "; ")
    if said:
        yield Text(sentence(said[0].upper() + said[1:]))
    if report.items or report.theme.strip():
        yield Section(f"{next(number)}- Nội dung")
    if report.theme.strip():
        yield Text(sentence(report.theme), lead="Chuyên đề")
    if report.items:
        timed = any(item.minutes for item in report.items)
        yield Grid(
            _PROGRAMME_COLUMNS if timed else _NOTICE_COLUMNS,
            tuple(
                (str(n), item.title, item.presenter, f"{item.minutes} phút" if item.minutes else "–")[
                    : None if timed else len(_NOTICE_COLUMNS)
                ]
                for n, item in enumerate(report.items, start=1)
            ),
        )
    yield Text(
        "Căn cứ chương trình này, các đồng chí được phân công chuẩn bị nội dung; các đồng chí dự họp nghiên "
        "cứu tài liệu và chuẩn bị ý kiến tham gia."
    )


def _purpose(report: Call) -> str:
    if report.meeting_kind is MeetingKind.CELL_COMMITTEE:
        return (
            "Đánh giá kết quả lãnh đạo thực hiện nhiệm vụ thời gian qua; thống nhất nội dung, dự thảo và "
            "những vấn đề cần đưa ra sinh hoạt chi bộ thảo luận, biểu quyết."
        )
    if report.meeting_kind is MeetingKind.THEMATIC:
        return (
            "Thảo luận sâu về chuyên đề, liên hệ với nhiệm vụ của Chi bộ và của từng đảng viên; thống nhất "
            "những việc cần làm."
        )
    return (
        "Đánh giá kết quả thực hiện nhiệm vụ thời gian qua; thảo luận, quyết định nhiệm vụ và phân công thực "
        "hiện trong thời gian tới; nâng cao chất lượng sinh hoạt chi bộ."
    )


def _when(report: Call) -> str:
    start = f"{clock(report.start)}, " if report.start.strip() else ""
    return f"{start}{_WEEKDAYS[report.on.weekday()]}, {official_date(report.on)}"


def _who(report: Call) -> str:
    if report.meeting_kind in _CALLED:
        called = _CALLED[report.meeting_kind]
    else:
        called = f"Toàn thể đảng viên trong Chi bộ ({comrades(report.convened)})"
    guests = joined(report.guests, "; ")
    return f"{called}; mời dự: {guests}" if guests else called
