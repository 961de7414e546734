"""The words of the lists that go up after the review: proposed levels (F9), summary (F10), unrated (F14)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.documents.figures import grouped
from sochibo.documents.page.content import Align, Column, Content, Grid, Section, Text
from sochibo.documents.words.phrases import comrades, romans, sentence
from sochibo.documents.words.rating_phrases import (
    BASIS_WORDS,
    GROUP_WORDS,
    SIGNS_WORDS,
    counts_words,
    excellent_shares,
    level_sign,
    paper,
    period_words,
    points_words,
    printed,
    rate,
    reason_words,
)
from sochibo.rules.ratings.rating_figures import FiguresGroup, RatingFigures
from sochibo.rules.ratings.ratings import LEVEL_SIGNS, LEVELS
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sochibo.documents.page.content import Element
    from sochibo.rules.ratings.rating_papers import (
        GroupRow,
        ListLine,
        RatingListReport,
        RatingSummaryReport,
        UnratedLine,
        UnratedListReport,
    )

__all__ = ["rating_list_content", "rating_summary_content", "summary_grid", "unrated_list_content"]

_SUBJECT: Final = "chất lượng đảng viên"
_LIST_COLUMNS: Final = (
    Column("TT", 9),
    Column("Họ và tên", 47, Align.LEFT),
    Column("Năm sinh", 14),
    Column("Ngày vào Đảng", 24),
    Column("Chức vụ", 30, Align.LEFT),
    Column("Điểm", 13),
    Column("Tự nhận", 16),
    *(Column(LEVEL_SIGNS[level], 15, group="Số phiếu") for level in LEVELS),
    Column("Chi bộ đề nghị", 18),
    Column("Ghi chú", 34, Align.LEFT),
)
_SUMMARY_COLUMNS: Final = (
    Column("TT", 9),
    Column("Đối tượng", 46, Align.LEFT),
    Column("Tổng số đối tượng", 19),
    *(Column(LEVEL_SIGNS[level], 16, group="Mức xếp loại") for level in LEVELS),
    Column("Chưa xếp loại", 17),
    Column("trong số HTT", 22, group="Tỷ lệ % HTXS"),
    Column("trong số HTT trở lên", 24, group="Tỷ lệ % HTXS"),
    Column("Ghi chú", 36, Align.LEFT),
)
_UNRATED_COLUMNS: Final = (
    Column("TT", 10),
    Column("Họ và tên", 40, Align.LEFT),
    Column("Năm sinh", 13),
    Column("Ngày kết nạp", 24),
    Column("Chưa kiểm điểm", 16),
    Column("Chưa xếp loại", 16),
    Column("Lý do", 46, Align.LEFT),
)


def rating_list_content(report: RatingListReport) -> Content:
    """Return the list of proposed levels on landscape pages."""
    return paper(
        ReportKind.RATING_LIST,
        report.heading,
        "DANH SÁCH",
        f"đánh giá và đề nghị xếp loại {_SUBJECT} {period_words(report.period)}",
        tuple(_list(report)),
        landscape=True,
    )


def _list(report: RatingListReport) -> Iterator[Element]:
    counts = report.counts
    rows = tuple(_list_row(n, line) for n, line in enumerate(report.lines, start=1))
    yield Grid(_LIST_COLUMNS, rows, numbered=True)
    yield Text(SIGNS_WORDS, italic=True)
    if counts.rated:
        yield Text(
            f"Tổng số đảng viên được Chi bộ đề nghị xếp loại: {comrades(counts.rated)}, gồm: "
            f"{counts_words(counts)}."
        )
        yield Text(f"Trong đó {excellent_shares(counts)}.")
    if counts.unrated:
        yield Text(f"Chưa xếp loại: {comrades(counts.unrated)} (có danh sách riêng).")
    if report.cap_note.strip():
        yield Text(
            sentence(report.cap_note), lead="Lý do đề nghị số hoàn thành xuất sắc nhiệm vụ trên mức tối đa"
        )


def _list_row(n: int, line: ListLine) -> tuple[str, ...]:
    tally = line.tally
    votes = (tally.excellent, tally.good, tally.completed, tally.not_completed) if tally else None
    return (
        str(n),
        line.name,
        line.birth,
        line.admitted,
        line.post,
        points_words(line.tenths),
        level_sign(line.own_level),
        *(map(str, votes) if votes else ("",) * len(LEVELS)),
        level_sign(line.proposed),
        reason_words(line.reason, line.note),
    )


def rating_summary_content(report: RatingSummaryReport) -> Content:
    """Return the summary of ratings on landscape pages."""
    elements: list[Element] = [
        Text(f"Số liệu {BASIS_WORDS[report.basis]}.", italic=True),
        summary_grid(report.rows, report.total),
        Text(SIGNS_WORDS, italic=True),
        Text(
            "Tổng số đối tượng gồm cả người chưa xếp loại. Mỗi đảng viên chỉ tính một lần; số cấp ủy viên "
            "đã nằm "
            "trong số đảng viên, không cộng vào tổng."
        ),
    ]
    if report.total.exempt:
        elements.append(Text(f"Không thuộc diện xếp loại: {comrades(report.total.exempt)}."))
    return paper(
        ReportKind.RATING_SUMMARY,
        report.heading,
        "BÁO CÁO",
        f"tổng hợp kết quả xếp loại {_SUBJECT} {period_words(report.period)}",
        tuple(elements),
        landscape=True,
    )


def summary_grid(rows: Iterable[GroupRow], total: RatingFigures) -> Grid:
    """Return the table of counts by group, the members added up, both shares of the excellent beside them.

    The cell's committee members are counted among the members already, so their row stands after the sum.
    """
    added = [row for row in rows if row.group in {FiguresGroup.OFFICIAL, FiguresGroup.PROBATIONARY}]
    others = [row for row in rows if row not in added]
    made = [
        _summary_row(str(n), GROUP_WORDS[row.group], row.counts, row.note)
        for n, row in enumerate(added, start=1)
    ]
    made.append(_summary_row("", "Tổng cộng đảng viên", total, ""))
    for row in others:
        words = GROUP_WORDS[row.group]
        inside = row.group is FiguresGroup.COMMITTEE
        made.append(
            _summary_row(
                "", f"Trong đó: {words[0].lower()}{words[1:]}" if inside else words, row.counts, row.note
            )
        )
    return Grid(
        _SUMMARY_COLUMNS,
        tuple(made),
        numbered=True,
        bold=frozenset({len(added)}),
        italic=frozenset(range(len(added) + 1, len(made))),
    )


def _summary_row(number: str, words: str, counts: RatingFigures, note: str) -> tuple[str, ...]:
    return (
        number,
        words,
        grouped(counts.subject),
        *(grouped(counts.count(level)) for level in LEVELS),
        grouped(counts.unrated),
        rate(counts.excellent, counts.good),
        rate(counts.excellent, counts.better),
        note,
    )


def unrated_list_content(report: UnratedListReport) -> Content:
    """Return the list of those without a level, with the reasons."""
    return paper(
        ReportKind.UNRATED_LIST,
        report.heading,
        "DANH SÁCH",
        f"đảng viên chưa kiểm điểm, chưa xếp loại chất lượng {period_words(report.period)}",
        tuple(_unrated(report)),
    )


def _unrated(report: UnratedListReport) -> Iterator[Element]:
    number = romans()
    for title, lines in (
        ("Thuộc diện xếp loại, chưa xếp loại", report.pending),
        ("Không thuộc diện xếp loại", report.not_subject),
    ):
        if lines:
            yield Section(f"{next(number)}- {title}: {comrades(len(lines))}")
            rows = tuple(_unrated_row(n, line) for n, line in enumerate(lines, start=1))
            yield Grid(_UNRATED_COLUMNS, rows)
    if report.pending:
        yield Text(
            "Đảng viên vắng mặt sẽ được kiểm điểm, xếp loại tại kỳ sinh hoạt gần nhất khi có mặt; Chi bộ "
            "báo cáo bổ "
            "sung với cấp ủy cấp trên."
        )
    people = len(report.pending) + len(report.not_subject)
    yield Text(
        f"Danh sách này có {comrades(people)}."
        if people
        else "Không có đảng viên chưa kiểm điểm, chưa xếp loại."
    )


def _unrated_row(n: int, line: UnratedLine) -> tuple[str, ...]:
    return (
        str(n),
        line.name,
        line.birth,
        line.admitted,
        printed(value=not line.reviewed),
        "x",
        reason_words(line.reason, line.note),
    )
