"""The sample roster as an office would have it: an `.xlsx` with every quirk that importers meet."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from sochibo.commands.samples.people import later_events, people
from sochibo.rules.members.members import EventKind

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.commands.samples.people import Person

__all__ = ["COLUMNS", "ROSTER_DAY", "write_roster"]

ROSTER_DAY: Final = date(2025, 10, 31)

COLUMNS: Final = (
    ("STT", ""), ("Họ và tên", ""), ("Ngày sinh", ""), ("Giới tính", "Nam"), ("Giới tính", "Nữ"),
    ("Dân tộc", ""), ("Tôn giáo", ""), ("Ngày vào Đảng", "Kết nạp"), ("Ngày vào Đảng", "Chính thức"),
    ("Trình độ", "Học vấn"), ("Trình độ", "Chuyên môn"), ("Trình độ", "Lý luận chính trị"), ("Chức vụ", ""),
    ("Nghề nghiệp", ""), ("Số CCCD", ""), ("Số thẻ Đảng viên", ""), ("Số điện thoại", ""), ("Trạng thái", ""),
    ("Ghi chú", ""),
)  # fmt: skip
"""Upper and lower header; where the lower is empty, the cell is merged over both rows."""

_TITLES: Final = ("ĐẢNG BỘ XÃ ĐÔNG HÒA", "CHI BỘ THÔN 4", "DANH SÁCH ĐẢNG VIÊN", "(có đến ngày 31/10/2025)")
_DECOMPOSED: Final = 3
_CAPITALS: Final = 4


def write_roster(path: Path) -> None:
    """Write it: title rows, merged headers, dates of every kind, lost zeros, `x` marks, a duplicate."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Danh sách"
    for number, title in enumerate(_TITLES, 1):
        sheet.cell(number, 1, title)
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=len(COLUMNS))
    _write_headers(sheet, len(_TITLES) + 2)
    guests = {event.name for event in later_events() if event.kind is EventKind.TEMPORARY_IN}
    members = [
        person for person in people() if person.name not in guests and person.admitted_on <= ROSTER_DAY
    ]
    first = len(_TITLES) + 4
    for number, person in enumerate(members):
        _write_row(sheet, first + number, number, person, number)
    # The first person once more, further down, as lists that were pasted together have it.
    _write_row(sheet, first + len(members), len(members), members[0], 0)
    sheet.cell(first + len(members) + 1, 2, f"Tổng số: {len(members)} đảng viên")
    book.save(path)


def _write_headers(sheet: Any, row: int) -> None:  # noqa: ANN401 - openpyxl has no types
    start = 1
    for column, (upper, lower) in enumerate(COLUMNS, 1):
        if not lower:
            sheet.cell(row, column, upper)
            sheet.merge_cells(start_row=row, end_row=row + 1, start_column=column, end_column=column)
            continue
        if column == 1 or COLUMNS[column - 2][0] != upper:
            start = column
            sheet.cell(row, column, upper)
        sheet.cell(row + 1, column, lower)
        if column == len(COLUMNS) or COLUMNS[column][0] != upper:
            sheet.merge_cells(start_row=row, end_row=row, start_column=start, end_column=column)


def _write_row(sheet: Any, row: int, number: int, person: Person, serial: int) -> None:  # noqa: ANN401 - openpyxl has no types
    name = person.name
    if number % _CAPITALS == 0:
        name = name.upper()
    if number % _DECOMPOSED == 1:
        name = unicodedata.normalize("NFD", name)
    # No province has the code 099.
    identity = f"099{person.birth[2:4]:>03}{serial:06d}"
    values = (
        number + 1,
        f"  {name} " if number == 2 else name,  # noqa: PLR2004 - one row has stray spaces
        _as_typed(person.birth, number),
        "x" if person.sex == "Nam" else None,
        "X" if person.sex == "Nữ" else None,
        person.ethnicity,
        "Không",
        _as_typed(person.admission, number + 1),
        _as_typed(person.recognition, number + 2),
        person.education,
        person.profession,
        person.theory,
        person.office,
        person.job,
        # Excel takes a number that was typed for a number, and its leading zeros are gone.
        int(identity) if number % 2 else identity,
        f"99.{serial:06d}",
        f"0900{serial:06d}",
        person.status,
        "",
    )
    for column, value in enumerate(values, 1):
        sheet.cell(row, column, value)


def _as_typed(iso: str, number: int) -> str | int | datetime | None:
    """Return a date as one of the many ways in which people type it; what is not known stays unknown."""
    if not iso:
        return None
    parts = [int(part) for part in iso.split("-")]
    if len(parts) == 1:
        return parts[0]
    if len(parts) == 2:  # noqa: PLR2004 - year and month
        return f"{parts[1]:02d}/{parts[0]}"
    year, month, day = parts
    ways = (
        datetime(year, month, day),  # noqa: DTZ001 - Excel's dates have no zone
        f"{day:02d}/{month:02d}/{year}",
        f"{day}/{month}/{year}",
        f"{day:02d}-{month:02d}-{year}",
        iso,
    )
    return ways[number % len(ways)]
