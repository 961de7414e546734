"""The movement of members in a period, what the members are on a day, and one member's sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.documents.envelopes import PRINTED_DIGITS
from sochibo.documents.figures import grouped, percent
from sochibo.documents.page.content import Align, Column, Content, Grid, Section, Signer, Text
from sochibo.documents.words.phrases import (
    committee_above,
    comrades,
    counted,
    draft_number,
    issuer,
    joined,
    romans,
    sentence,
)
from sochibo.rules.dates import PartialDate, official_date, short_official_date
from sochibo.rules.meetings.attendance import Ratio
from sochibo.rules.members.member_papers import MovementReport
from sochibo.rules.members.movement import DECREASES, INCREASES, Heads, MovementLine
from sochibo.rules.periods import PeriodKind, parse_period
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sochibo.documents.page.content import Element
    from sochibo.rules.members.composition import CompositionGroup
    from sochibo.rules.members.member_papers import CompositionReport, HeldReport

__all__ = ["composition_content", "held_content", "movement_content"]

_LINES: Final = {
    MovementLine.START: "Đảng viên đầu kỳ",
    MovementLine.ADMITTED: "Kết nạp",
    MovementLine.READMITTED: "Kết nạp lại",
    MovementLine.TRANSFERRED_IN: "Chuyển đến",
    MovementLine.RESTORED: "Khôi phục quyền đảng viên",
    MovementLine.UNTOLD_IN: "Tăng chưa ghi lý do",
    MovementLine.DIED: "Từ trần",
    MovementLine.EXPELLED: "Khai trừ",
    MovementLine.STRUCK_OFF: "Xóa tên",
    MovementLine.WITHDREW: "Xin ra khỏi Đảng",
    MovementLine.TRANSFERRED_OUT: "Chuyển đi",
    MovementLine.CANCELLED: "Hủy quyết định kết nạp",
    MovementLine.UNTOLD_OUT: "Giảm chưa ghi lý do",
    MovementLine.END: "Đảng viên cuối kỳ",
    MovementLine.RECOGNISED: "Công nhận chính thức trong kỳ",
}
_MOVEMENT_COLUMNS: Final = (
    Column("TT", 9),
    Column("Nội dung", 48, Align.LEFT),
    Column("Tổng số", 15),
    Column("Nữ", 13, group="Trong đó"),
    Column("Dân tộc thiểu số", 16, group="Trong đó"),
    Column("Tôn giáo", 15, group="Trong đó"),
    Column("Đoàn viên 18–30", 17, group="Trong đó"),
    Column("Dự bị", 13, group="Trong đó"),
)
_SOURCE_COLUMNS: Final = (
    Column("TT", 9),
    Column("Đơn vị", 85, Align.LEFT),
    Column("Số báo cáo", 35),
    Column("Mã đối chiếu", 35),
)
_GROUPS: Final = {
    "standing": "Tư cách và sinh hoạt",
    "sex": "Giới tính",
    "age": "Độ tuổi",
    "ethnicity": "Dân tộc",
    "religion": "Tôn giáo",
    "education": "Trình độ văn hóa",
    "profession": "Trình độ chuyên môn, nghiệp vụ",
    "political_theory": "Trình độ lý luận chính trị",
    "job_now": "Nghề nghiệp",
    "service": "Quân đội, công an, hưu trí, đoàn viên",
    "party_age": "Tuổi đảng",
    "badges": "Đến hạn tặng Huy hiệu Đảng trong 12 tháng tới",
}
_ROWS: Final = {
    "official": "Đảng viên chính thức",
    "probationary": "Đảng viên dự bị",
    "exempt": "Miễn công tác và sinh hoạt đảng",
    "temporarily_exempt": "Tạm miễn công tác và sinh hoạt đảng",
    "away": "Sinh hoạt tạm thời nơi khác",
    "suspended": "Đình chỉ sinh hoạt",
    "special_duty": "Làm nhiệm vụ đặc biệt",
    "visiting": "Nơi khác đến sinh hoạt tạm thời (không tính vào tổng số)",
    "male": "Nam",
    "female": "Nữ",
    "age_30": "Đến 30 tuổi",
    "age_40": "Từ 31 đến 40 tuổi",
    "age_50": "Từ 41 đến 50 tuổi",
    "age_60": "Từ 51 đến 60 tuổi",
    "age_more": "Trên 60 tuổi",
    "party_10": "Dưới 10 năm",
    "party_20": "Từ 10 đến dưới 20 năm",
    "party_30": "Từ 20 đến dưới 30 năm",
    "party_40": "Từ 30 đến dưới 40 năm",
    "party_50": "Từ 40 đến dưới 50 năm",
    "party_more": "Từ 50 năm trở lên",
    "soldier": "Bộ đội",
    "police": "Công an",
    "retired": "Hưu trí",
    "youth_union": "Đoàn viên Đoàn TNCS Hồ Chí Minh",
    "unknown": "Chưa ghi",
}
_COMPOSITION_COLUMNS: Final = (
    Column("TT", 9),
    Column("Nội dung", 80, Align.LEFT),
    Column("Tổng số", 20),
    Column("Trong đó nữ", 20),
    Column("Tỷ lệ", 20),
)


def movement_content(report: MovementReport) -> Content:
    """Return the movement table; sums stand in bold, and the identity is written out under it."""
    return _paper(
        report, ReportKind.MOVEMENT, f"tình hình tăng, giảm đảng viên {_period(report)}", _movement(report)
    )


def composition_content(report: CompositionReport) -> Content:
    """Return the composition table."""
    day = official_date(PartialDate(report.period).earliest)
    return _paper(
        report, ReportKind.COMPOSITION, f"cơ cấu, chất lượng đảng viên tính đến {day}", _composition(report)
    )


def held_content(report: HeldReport) -> Content:
    """Return everything the book holds on one member, section by section."""
    elements: list[Element] = [
        Text("Số định danh cá nhân và số thẻ đảng viên được che bớt trên mọi bản in."),
    ]
    number = romans()
    for part in report.sections:
        elements.append(Section(f"{next(number)}- {part.title}"))
        wide = 100.0 / len(part.columns)
        columns = tuple(Column(title, wide, Align.LEFT) for title in part.columns)
        elements.append(Grid(columns, part.rows, size=11.0))
    heading = report.heading
    return Content(
        superior=heading.superior,
        body=heading.body,
        number=None,
        place_and_date=(heading.place, official_date(heading.issued_on)),
        kind="THÔNG TIN ĐANG LƯU",
        subject=f"về đồng chí {report.name}",
        elements=tuple(elements),
        signers=(Signer("", heading.authority, heading.office, heading.signer),),
    )


def _paper(
    report: MovementReport | CompositionReport, kind: ReportKind, subject: str, elements: Iterator[Element]
) -> Content:
    heading = report.heading
    added_up = isinstance(report, MovementReport) and bool(report.sources or report.missing)
    kept = "Lưu Đảng ủy" if added_up else "Lưu Chi bộ"
    number = heading.number or draft_number(kind, committee=added_up)
    return Content(
        superior=heading.superior,
        body=heading.body,
        number=number,
        place_and_date=(heading.place, official_date(heading.issued_on)),
        kind="BÁO CÁO",
        subject=subject,
        elements=tuple(elements),
        signers=(Signer("secretary", heading.authority, heading.office, heading.signer),),
        recipients=tuple(filter(None, (committee_above(heading.superior), kept))),
    )


def _period(report: MovementReport) -> str:
    period = parse_period(report.period)
    year = period.first.year
    match period.kind:
        case PeriodKind.YEAR:
            return f"năm {year}"
        case PeriodKind.HALF:
            return f"6 tháng {'đầu' if period.first.month == 1 else 'cuối'} năm {year}"
        case PeriodKind.QUARTER:
            return f"quý {('I', 'II', 'III', 'IV')[period.first.month // 3]} năm {year}"
        case PeriodKind.TERM:
            return f"nhiệm kỳ {period.first.year}–{period.last.year}"
        case _:
            return f"từ {short_official_date(report.first)} đến {short_official_date(report.last)}"


def _movement(report: MovementReport) -> Iterator[Element]:
    yield Text(
        f"{issuer(report.heading)} báo cáo tình hình tăng, giảm đảng viên từ "
        f"{official_date(report.first)} đến {official_date(report.last)} như sau:"
    )
    rows: list[tuple[str, ...]] = []
    bold = set()
    by_line = {row.line: row.heads for row in report.rows}

    def add(sign: str, words: str, heads: Heads, *, strong: bool = False) -> None:
        if strong:
            bold.add(len(rows))
        rows.append((sign, words, *_figures(heads)))

    add("A", _LINES[MovementLine.START], by_line[MovementLine.START], strong=True)
    for sign, words, lines, total in (
        ("B", "Tăng trong kỳ", INCREASES, report.increase),
        ("C", "Giảm trong kỳ", DECREASES, report.decrease),
    ):
        add(sign, words, total, strong=True)
        for n, line in enumerate((one for one in lines if one in by_line), start=1):
            add(str(n), _LINES[line], by_line[line])
    add("D", "Đảng viên cuối kỳ (A + B − C)", by_line[MovementLine.END], strong=True)
    add("", _LINES[MovementLine.RECOGNISED], by_line.get(MovementLine.RECOGNISED, Heads()))
    if report.sources:
        add("", "Chuyển giữa các đơn vị trong đảng bộ (không tính tăng, giảm)", report.internal)
    yield Grid(_MOVEMENT_COLUMNS, tuple(rows), bold=frozenset(bold))
    if report.one_sided:
        yield Text(
            f"Số đảng viên chuyển giữa các đơn vị mà chỉ một bên báo cáo: {counted(report.one_sided)}; đề "
            "nghị hai đơn vị đối chiếu."
        )
    if report.missing:
        yield Text(f"Đơn vị chưa gửi báo cáo ({counted(len(report.missing))}): {joined(report.missing)}.")
    start, end = by_line[MovementLine.START].total, by_line[MovementLine.END].total
    yield Text(
        f"Đối chiếu: {counted(start)} + {counted(report.increase.total)} − "
        f"{counted(report.decrease.total)} = {counted(end)} đảng viên. "
        "Cột dự bị giảm thêm số được công nhận chính thức trong kỳ."
    )
    if report.sources:
        yield Section("Báo cáo dùng để tổng hợp")
        yield Grid(_SOURCE_COLUMNS, tuple(_sources(report)))


def _sources(report: MovementReport) -> Iterator[tuple[str, ...]]:
    for n, one in enumerate(report.sources, start=1):
        yield str(n), one.unit, one.number, one.digest[:PRINTED_DIGITS]


def _figures(heads: Heads) -> tuple[str, ...]:
    values = (
        heads.total, heads.women, heads.minority, heads.religious, heads.youth, heads.probationary,
    )  # fmt: skip
    return tuple(grouped(value) if value else "–" for value in values)


def _composition(report: CompositionReport) -> Iterator[Element]:
    yield Text(sentence(f"Tổng số {comrades(report.members)}, trong đó nữ {comrades(report.women)}"))
    rows: list[tuple[str, ...]] = []
    heads = set()
    for number, group in zip(romans(), report.groups, strict=False):
        heads.add(len(rows))
        rows.append((f"{number}- {_GROUPS.get(group.code, group.code)}", "", "", "", ""))
        rows += _group_rows(group, report.members)
    yield Grid(_COMPOSITION_COLUMNS, tuple(rows), bold=frozenset(heads), spanning=frozenset(heads))
    yield Text("Tỷ lệ tính trên tổng số đảng viên; người nơi khác đến sinh hoạt tạm thời không tính vào.")


def _group_rows(group: CompositionGroup, members: int) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for n, row in enumerate(group.rows, start=1):
        words = _ROWS.get(row.code, row.text)
        if group.code == "badges":
            words = f"Huy hiệu {row.text} năm tuổi đảng"
        rate = "–" if row.code == "visiting" else percent(Ratio(row.total, members))
        rows.append((str(n), words, grouped(row.total), grouped(row.women), rate))
    return rows
