"""How papers name a meeting: in a title, and in a sentence that says it was held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.documents.words.phrases import month_words
from sochibo.rules.dates import Month, official_date
from sochibo.rules.meetings.meetings import MeetingKind

if TYPE_CHECKING:
    from datetime import date

__all__ = ["held_words", "meeting_words"]

_NAMED: Final = {
    MeetingKind.REGULAR: "sinh hoạt chi bộ thường kỳ {month}",
    MeetingKind.THEMATIC: "sinh hoạt chi bộ chuyên đề {month}",
    MeetingKind.COMBINED: "sinh hoạt chi bộ thường kỳ kết hợp chuyên đề {month}",
    MeetingKind.EXTRAORDINARY: "sinh hoạt chi bộ bất thường {day}",
    MeetingKind.CELL_COMMITTEE: "họp chi ủy {month}",
    MeetingKind.GROUP: "sinh hoạt tổ đảng {month}",
    MeetingKind.CONGRESS: "đại hội chi bộ",
    MeetingKind.EXTRAORDINARY_CONGRESS: "đại hội chi bộ bất thường",
    MeetingKind.REVIEW: "họp kiểm điểm, đánh giá, xếp loại năm {year}",
    MeetingKind.ADMISSION: "lễ kết nạp đảng viên {day}",
    MeetingKind.OTHER: "họp chi bộ {day}",
}

_HELD: Final = {
    MeetingKind.REGULAR: "tổ chức sinh hoạt thường kỳ {month}",
    MeetingKind.THEMATIC: "tổ chức sinh hoạt chuyên đề {month}",
    MeetingKind.COMBINED: "tổ chức sinh hoạt thường kỳ kết hợp chuyên đề {month}",
    MeetingKind.EXTRAORDINARY: "tổ chức sinh hoạt bất thường",
    MeetingKind.CELL_COMMITTEE: "tổ chức họp chi ủy {month}",
    MeetingKind.GROUP: "tổ chức sinh hoạt tổ đảng {month}",
    MeetingKind.CONGRESS: "tiến hành đại hội",
    MeetingKind.EXTRAORDINARY_CONGRESS: "tiến hành đại hội bất thường",
    MeetingKind.REVIEW: "tổ chức họp kiểm điểm, đánh giá, xếp loại năm {year}",
    MeetingKind.ADMISSION: "tổ chức lễ kết nạp đảng viên",
    MeetingKind.OTHER: "tổ chức cuộc họp",
}


def meeting_words(kind: MeetingKind, on: date) -> str:
    """Return `sinh hoạt chi bộ thường kỳ tháng 11 năm 2026`."""
    return _filled(_NAMED[kind], on)


def held_words(kind: MeetingKind, on: date) -> str:
    """Return `tổ chức sinh hoạt thường kỳ tháng 11 năm 2026`."""
    return _filled(_HELD[kind], on)


def _filled(template: str, on: date) -> str:
    return template.format(month=month_words(Month.of(on)), day=official_date(on), year=on.year)
