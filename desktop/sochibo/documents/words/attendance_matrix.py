"""The attendance of a year: members down, meetings across, a sign in every field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.documents.figures import pair_of, percent
from sochibo.documents.page.content import Align, Column, Content, Grid, NewPage, Section, Signer, Text
from sochibo.documents.words.phrases import KIND_WORDS, counted, joined, sentence, share
from sochibo.rules.dates import official_date
from sochibo.rules.meetings.attendance_matrix import Sign
from sochibo.rules.meetings.meetings import MeetingKind
from sochibo.rules.members.members import Membership

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sochibo.documents.page.content import Element
    from sochibo.rules.meetings.attendance_matrix import AttendanceMatrix, MatrixMeeting, MatrixRow

__all__ = ["attendance_matrix_content"]

_MOST_COLUMNS: Final = 16
_SIZE: Final = 9.5
_PAGE: Final = 252.0
_MOST_FOR_NAMES: Final = 40.0
_WORDS: Final = {
    Sign.PRESENT: "có mặt",
    Sign.LATE: "có mặt, đến muộn",
    Sign.EXCUSED: "vắng có lý do",
    Sign.UNEXCUSED: "vắng không lý do",
    Sign.NOT_EXPECTED: "không thuộc diện phải dự",
    Sign.CAME_ANYWAY: "có mặt, không thuộc diện phải dự",
}
_SHORT_KINDS: Final = {
    MeetingKind.REGULAR: "TK",
    MeetingKind.THEMATIC: "CĐ",
    MeetingKind.COMBINED: "TK, CĐ",
    MeetingKind.EXTRAORDINARY: "BT",
    MeetingKind.CELL_COMMITTEE: "CU",
    MeetingKind.GROUP: "TĐ",
    MeetingKind.CONGRESS: "ĐH",
    MeetingKind.EXTRAORDINARY_CONGRESS: "ĐH, BT",
    MeetingKind.REVIEW: "KĐ",
    MeetingKind.ADMISSION: "KN",
    MeetingKind.OTHER: "Khác",
}
_MEMBERSHIPS: Final = {Membership.OFFICIAL: "CT", Membership.PROBATIONARY: "DB"}


def attendance_matrix_content(report: AttendanceMatrix) -> Content:
    """Return the year on landscape pages; more meetings than a page is wide go on in a second table."""
    heading = report.heading
    return Content(
        superior=heading.superior,
        body=heading.body,
        number=None,
        place_and_date=(heading.place, official_date(heading.issued_on)),
        kind="BẢNG TỔNG HỢP",
        subject=f"đảng viên dự sinh hoạt chi bộ năm {report.year}",
        elements=tuple(_elements(report)),
        signers=(
            Signer("", "", "NGƯỜI LẬP BẢNG", ""),
            Signer("", heading.authority, heading.office, heading.signer),
        ),
        landscape=True,
    )


def _elements(report: AttendanceMatrix) -> Iterator[Element]:
    if not report.meetings:
        yield Text(f"Trong năm {report.year}, Chi bộ chưa tổ chức buổi sinh hoạt nào.")
        return
    yield from _legend(report)
    starts = range(0, len(report.meetings), _MOST_COLUMNS)
    for number, start in enumerate(starts, start=1):
        if number > 1:
            yield NewPage()
        if len(starts) > 1:
            yield Section(f"Bảng {number}")
        last = start == starts[-1]
        yield _grid(report, start, report.meetings[start : start + _MOST_COLUMNS], totals=last)
    yield Text(
        f"Trong năm, Chi bộ tổ chức {counted(len(report.meetings))} buổi sinh hoạt; tổng số lượt đảng viên "
        f"dự: {share(report.attendance)}."
    )


def _legend(report: AttendanceMatrix) -> Iterator[Text]:
    """Explain the signs and short words that stand in this table."""
    used = {sign for row in report.rows for sign in row.signs}
    kinds = dict.fromkeys(one.meeting_kind for one in report.meetings)
    signs = [f"{sign}: {words}" for sign, words in _WORDS.items() if sign in used]
    if Sign.NOT_LISTED in used:
        signs.append("ô trống: chưa có hoặc không còn trong danh sách")
    yield Text(sentence(joined(signs, "; ")), lead="Ký hiệu")
    said = joined((f"{_SHORT_KINDS[kind]}: {KIND_WORDS[kind]}" for kind in kinds), "; ")
    yield Text(f"{said}; ĐV: đảng viên; CT: chính thức; DB: dự bị.", lead="Chữ viết tắt")


def _grid(report: AttendanceMatrix, start: int, meetings: Sequence[MatrixMeeting], *, totals: bool) -> Grid:
    columns = [Column("TT", 8), Column("Họ và tên", 45, Align.LEFT), Column("ĐV", 8)]
    # The space lets the month stand under the day.
    columns += [
        Column(f"{one.on.day:02d}/ {one.on.month:02d}", 8.2, group=_SHORT_KINDS[one.meeting_kind])
        for one in meetings
    ]
    if totals:
        columns += [
            Column("Có mặt/ phải dự", 15),
            Column("Tỷ lệ", 13),
            Column("Vắng có lý do", 13),
            Column("Vắng không lý do", 13),
        ]
    # A few columns would else be stretched over the whole page.
    free = _PAGE - sum(column.width for column in columns)
    names = columns[1]
    columns[1] = Column(names.title, names.width + min(max(free, 0.0), _MOST_FOR_NAMES), names.align)
    if totals and free > _MOST_FOR_NAMES:
        columns.append(Column("Ghi chú", free - _MOST_FOR_NAMES, Align.LEFT))
    wide = len(columns)
    rows = tuple(
        _padded(_row(n, row, start, len(meetings), totals=totals), wide)
        for n, row in enumerate(report.rows, start=1)
    )
    expected = ["", "Số phải dự", "", *(str(one.attendance.denominator) for one in meetings)]
    total = ["", "Số có mặt", "", *(str(one.attendance.numerator) for one in meetings)]
    if totals:
        whole = report.attendance
        total += [
            pair_of(whole),
            percent(whole),
            str(sum(row.excused for row in report.rows)),
            str(sum(row.unexcused for row in report.rows)),
        ]
    return Grid(
        tuple(columns),
        (*rows, _padded(tuple(expected), wide)),
        total=_padded(tuple(total), wide),
        bold=frozenset({len(rows)}),
        size=_SIZE,
    )


def _row(n: int, row: MatrixRow, start: int, count: int, *, totals: bool) -> tuple[str, ...]:
    texts = (str(n), row.name, _MEMBERSHIPS.get(row.membership, ""), *row.signs[start : start + count])
    if not totals:
        return texts
    came = row.attendance
    return (
        *texts,
        pair_of(came) if came.denominator else "–",
        percent(came),
        str(row.excused),
        str(row.unexcused),
    )


def _padded(texts: tuple[str, ...], wide: int) -> tuple[str, ...]:
    return (*texts, *[""] * (wide - len(texts)))
