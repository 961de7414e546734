"""The words of a committee's papers on ratings: report (F11), decisions (F12, F13), the cap (F16)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sochibo.documents.figures import grouped
from sochibo.documents.page.content import Align, Column, Content, Grid, Section, Signer, Text, Title
from sochibo.documents.words.phrases import (
    committee_above,
    comrades,
    counted,
    issuer,
    joined,
    paragraphs,
    sentence,
    share,
)
from sochibo.documents.words.rating_lists import summary_grid
from sochibo.documents.words.rating_phrases import (
    BASIS_WORDS,
    LEVEL_WORDS,
    SIGNS_WORDS,
    counts_words,
    excellent_shares,
    level_sign,
    paper,
    period_words,
    rate,
)
from sochibo.documents.words.rating_report import comparison
from sochibo.rules.counts import Ratio
from sochibo.rules.dates import official_date, short_official_date
from sochibo.rules.ratings.caps import CapBase
from sochibo.rules.ratings.rating_figures import FiguresGroup, RatingFigures
from sochibo.rules.ratings.ratings import LEVEL_SIGNS, LEVELS
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sochibo.documents.page.content import Element
    from sochibo.rules.ratings.rating_decisions import (
        CapRow,
        CapTableReport,
        CellRatingDecisionReport,
        RatingDecisionReport,
        RatingRollupReport,
    )
    from sochibo.rules.reports import Heading

__all__ = [
    "cap_table_content", "cell_rating_decision_content", "rating_decision_content", "rating_rollup_content",
]  # fmt: skip

_ROLLUP_COLUMNS: Final = (
    Column("TT", 9),
    Column("Đơn vị", 52, Align.LEFT),
    Column("Tổng số đối tượng", 19),
    *(Column(LEVEL_SIGNS[level], 16, group="Đảng viên") for level in LEVELS),
    Column("Chưa xếp loại", 17, group="Đảng viên"),
    Column("trong số HTT", 20, group="Tỷ lệ % HTXS"),
    Column("trong số HTT trở lên", 22, group="Tỷ lệ % HTXS"),
    Column("Xếp loại tổ chức", 24),
    Column("Ghi chú", 25, Align.LEFT),
)
_MEMBER_COLUMNS: Final = (
    Column("TT", 9),
    Column("Họ và tên", 43, Align.LEFT),
    Column("Năm sinh", 13),
    Column("Chi bộ", 46, Align.LEFT),
    Column("Xếp loại", 54, Align.LEFT),
)
_CELL_COLUMNS: Final = (
    Column("TT", 11),
    Column("Chi bộ", 82, Align.LEFT),
    Column("Mức xếp loại", 72, Align.LEFT),
)
_CAP_COLUMNS: Final = (
    Column("TT", 11),
    Column("Chi bộ", 46, Align.LEFT),
    Column("Tổng số", 15),
    Column("HTT trở lên", 17),
    Column("Trần", 14),
    Column("Đề xuất HTXS", 18),
    Column("Tỷ lệ", 18),
    Column("Kết luận", 26),
)
_BASES: Final = {
    CapBase.GOOD: "số hoàn thành tốt nhiệm vụ",
    CapBase.GOOD_OR_BETTER: "số hoàn thành tốt nhiệm vụ trở lên",
}


def rating_rollup_content(report: RatingRollupReport) -> Content:
    """Return the committee's report on landscape pages."""
    subject = f"kết quả đánh giá, xếp loại chất lượng tổ chức đảng, đảng viên {period_words(report.period)}"
    elements = tuple(_rollup(report))
    made = paper(ReportKind.RATING_ROLLUP, report.heading, "BÁO CÁO", subject, elements, landscape=True)
    return _of_committee(made, report.heading)


def _rollup(report: RatingRollupReport) -> Iterator[Element]:
    sent = [row for row in report.rows if row.figures is not None]
    yield Section("I- Tình hình chung")
    held = (
        f" Hội nghị xét, quyết định được tổ chức {official_date(report.held_on)}." if report.held_on else ""
    )
    yield Text(
        f"Số đơn vị đã gửi kết quả: {share(Ratio(len(sent), len(report.rows)))}. Số liệu "
        f"{BASIS_WORDS[report.basis]}.{held}"
    )
    yield Section("II- Kết quả xếp loại đảng viên")
    yield from _counted("đảng viên", report.members)
    yield Grid(
        _ROLLUP_COLUMNS,
        tuple(
            (
                str(n),
                row.unit,
                *(_figures(row.figures) if row.figures else ("",) * 8),
                f"{level_sign(row.cell_level)}{' tiêu biểu' if row.exemplary else ''}",
                row.source_number if row.figures else "Chưa gửi",
            )
            for n, row in enumerate(report.rows, start=1)
        ),
        total=("", "Tổng cộng", *_figures(report.members), "", ""),
        numbered=True,
    )
    yield Text(SIGNS_WORDS, italic=True)
    yield from _groups(report)
    yield Section("III- Kết quả xếp loại tổ chức đảng")
    yield from _counted("tổ chức đảng", report.cells)
    yield Section("IV- So sánh với năm trước")
    yield from comparison(report.last_year, report.members)
    yield Section("V- Kiến nghị, đề xuất")
    if report.own_level:
        yield Text(
            f"{issuer(report.heading)} tự xếp loại tập thể: {LEVEL_WORDS[report.own_level]}, đề nghị cấp "
            "trên xem xét, quyết định."
        )
    yield from map(Text, paragraphs(report.remarks) or (() if report.own_level else ("Không có.",)))
    yield Text(f"Trên đây là báo cáo của {sentence(issuer(report.heading))}")


def _groups(report: RatingRollupReport) -> Iterator[Element]:
    """Show official, probationary and committee members apart, as the cells' own summaries count them."""
    rows = [row for row in report.groups if row.group is not FiguresGroup.CELLS]
    if not rows:
        return
    apart = {FiguresGroup.OFFICIAL, FiguresGroup.PROBATIONARY}
    total = sum((row.counts for row in rows if row.group in apart), RatingFigures())
    yield Text(f"Chia theo đối tượng, {BASIS_WORDS[report.groups_basis]}:")
    yield summary_grid(rows, total)


def _counted(what: str, counts: RatingFigures) -> Iterator[Text]:
    if not counts.rated:
        yield Text(f"Chưa có {what} được xếp loại.")
        return
    yield Text(f"Đã xếp loại {share(counts.coverage)} {what} thuộc diện xếp loại: {counts_words(counts)}.")
    said = excellent_shares(counts)
    yield Text(sentence(said[0].upper() + said[1:]))


def _figures(counts: RatingFigures) -> tuple[str, ...]:
    return (
        grouped(counts.subject),
        *(grouped(counts.count(level)) for level in LEVELS),
        grouped(counts.unrated),
        rate(counts.excellent, counts.good),
        rate(counts.excellent, counts.better),
    )


def rating_decision_content(report: RatingDecisionReport) -> Content:
    """Return the decision on members, its list attached behind the signature."""
    period = period_words(report.period)
    rows = tuple(
        (str(n), one.name, one.birth, one.unit, _named(LEVEL_WORDS[one.level]))
        for n, one in enumerate(report.members, start=1)
    )
    elements = (
        *_grounds(report.heading, report.grounds),
        *_articles(
            f"Công nhận kết quả xếp loại chất lượng {period} đối với {comrades(len(report.members))} "
            f"(có danh sách kèm theo): {counts_words(report.figures)}.",
            "Các chi bộ và đảng viên có tên trong danh sách chịu trách nhiệm thi hành Quyết định này.",
        ),
    )
    subject = f"công nhận kết quả xếp loại chất lượng đảng viên {period}"
    made = paper(ReportKind.RATING_DECISION, report.heading, "QUYẾT ĐỊNH", subject, elements)
    listed = f"đảng viên được công nhận xếp loại chất lượng {period}"
    return _with_list(
        _of_committee(made, report.heading), report.heading, listed, Grid(_MEMBER_COLUMNS, rows)
    )


def cell_rating_decision_content(report: CellRatingDecisionReport) -> Content:
    """Return the decision on cells, its list attached behind the signature."""
    period = period_words(report.period)
    rows = tuple(
        (str(n), one.unit, _named(LEVEL_WORDS[one.level]) + (" tiêu biểu" if one.exemplary else ""))
        for n, one in enumerate(report.cells, start=1)
    )
    elements = (
        *_grounds(report.heading, report.grounds),
        *_articles(
            f"Xếp loại chất lượng {period} đối với {counted(len(report.cells))} chi bộ (có danh sách kèm "
            "theo): "
            f"{counts_words(report.figures)}.",
            "Các chi bộ có tên trong danh sách chịu trách nhiệm thi hành Quyết định này.",
        ),
    )
    subject = f"xếp loại chất lượng chi bộ {period}"
    made = paper(ReportKind.CELL_RATING_DECISION, report.heading, "QUYẾT ĐỊNH", subject, elements)
    return _with_list(_of_committee(made, report.heading), report.heading, subject, Grid(_CELL_COLUMNS, rows))


def _named(words: str) -> str:
    return words[0].upper() + words[1:]


def _with_list(made: Content, heading: Heading, subject: str, grid: Grid) -> Content:
    """Attach the list to a decision, with the line that says to which it belongs."""
    about = f"Quyết định số {made.number or ''}, ngày {short_official_date(heading.issued_on)}"
    return replace(
        made,
        annex=(
            Title("DANH SÁCH", subject),
            Text(f"(kèm theo {about} của {issuer(heading)})", italic=True, align=Align.CENTRE),
            grid,
        ),
    )


def _grounds(heading: Heading, grounds: tuple[str, ...]) -> Iterator[Text]:
    """Return the grounds, a line each, and who decides."""
    for n, ground in enumerate(grounds, start=1):
        said = sentence(f"- Căn cứ {ground}").rstrip(".")
        yield Text(f"{said}{',' if n == len(grounds) else ';'}")
    yield Text(f"{issuer(heading).upper()} QUYẾT ĐỊNH", bold=True, align=Align.CENTRE)


def _articles(*texts: str) -> Iterator[Element]:
    for n, text in enumerate((*texts, "Quyết định này có hiệu lực kể từ ngày ký."), start=1):
        yield Text(f"Điều {n}. {text}")


def cap_table_content(report: CapTableReport) -> Content:
    """Return the check of the cap: every unit, and the whole body to which the cap belongs."""
    rows = tuple(_cap_row(str(n), row, report.base) for n, row in enumerate(report.rows, start=1))
    total = _cap_row("", replace(report.total, unit="Toàn đảng bộ"), report.base)
    elements: tuple[Element, ...] = (
        Text(
            f"Mức tối đa: {report.percent}% {_BASES[report.base]}. Trần áp dụng cho toàn đảng bộ; số của "
            "từng chi bộ để tham khảo."
        ),
        Grid(_CAP_COLUMNS, rows, total=total),
        Text(SIGNS_WORDS, italic=True),
        *_above_cap(report.note),
    )
    subject = f"kiểm soát tỷ lệ hoàn thành xuất sắc nhiệm vụ {period_words(report.period)}"
    signers = (Signer("", "", "NGƯỜI LẬP BẢNG", ""),)
    return paper(ReportKind.CAP_TABLE, report.heading, "BẢNG", subject, elements, signers=signers)


def _above_cap(note: str) -> Iterator[Text]:
    if note.strip():
        yield Text(sentence(note), lead="Lý do trên mức tối đa")


def _cap_row(number: str, row: CapRow, base: CapBase) -> tuple[str, ...]:
    counts = row.figures
    whole = counts.good if base is CapBase.GOOD else counts.better
    over = counts.excellent - row.cap
    return (
        number,
        row.unit,
        grouped(counts.subject),
        grouped(counts.better),
        grouped(row.cap),
        grouped(counts.excellent),
        rate(counts.excellent, whole),
        f"vượt {counted(over)}" if over > 0 else "trong trần",
    )


def _of_committee(made: Content, heading: Heading) -> Content:
    """Let a committee's paper go to the committee above it and into its own files."""
    to = joined((committee_above(heading.superior),))
    return replace(made, recipients=tuple(filter(None, (to, "Lưu Đảng ủy"))))
