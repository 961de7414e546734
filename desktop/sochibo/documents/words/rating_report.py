"""The words of the cell's yearly report on review and rating."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.documents.figures import grouped, signed
from sochibo.documents.page.content import Align, Column, Content, Grid, Section, Text
from sochibo.documents.words.phrases import (
    committee_above,
    comrades,
    counted,
    issuer,
    joined,
    paragraphs,
    romans,
    sentence,
    share,
)
from sochibo.documents.words.rating_lists import summary_grid
from sochibo.documents.words.rating_phrases import (
    BASIS_WORDS,
    LEVEL_WORDS,
    cell_words,
    counts_words,
    excellent_shares,
    paper,
    period_words,
    rate,
    reason_words,
)
from sochibo.documents.words.targets import target_grid
from sochibo.rules.dates import official_date
from sochibo.rules.meetings.attendance import Ratio
from sochibo.rules.ratings.ratings import LEVELS, NOT_SUBJECT_REASONS, Level, VotingMethod
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sochibo.documents.page.content import Element
    from sochibo.rules.ratings.rating_figures import RatingFigures
    from sochibo.rules.ratings.rating_papers import (
        RatingYearReport,
        ReasonCount,
        TargetRow,
    )

__all__ = ["comparison", "rating_report_content"]

_METHODS: Final = {VotingMethod.BALLOT: "bỏ phiếu kín", VotingMethod.CARD: "biểu quyết"}
_YEARS: Final = (
    Column("Mức xếp loại", 62, Align.LEFT),
    Column("Số lượng", 20, group="Năm trước"),
    Column("Tỷ lệ", 20, group="Năm trước"),
    Column("Số lượng", 20, group="Năm báo cáo"),
    Column("Tỷ lệ", 20, group="Năm báo cáo"),
    Column("Tăng, giảm", 23),
)


def rating_report_content(report: RatingYearReport) -> Content:
    """Return the yearly report; its wide table lies on landscape pages with the rest."""
    return paper(
        ReportKind.RATING_REPORT,
        report.heading,
        "BÁO CÁO",
        f"kết quả kiểm điểm, xếp loại chất lượng tổ chức đảng, đảng viên {period_words(report.period)}",
        tuple(_elements(report)),
        landscape=True,
    )


def _elements(report: RatingYearReport) -> Iterator[Element]:
    above = committee_above(report.heading.superior)
    to = f" {above}" if above else ""
    yield Text(
        f"{issuer(report.heading)} báo cáo{to} kết quả kiểm điểm, đánh giá, xếp loại chất lượng "
        f"{period_words(report.period)} như sau:"
    )
    number = romans()
    for title, part in (
        ("Tình hình chung", _situation(report)),
        ("Kết quả xếp loại chất lượng đảng viên", _members(report)),
        ("So sánh với năm trước", comparison(report.last_year, report.total)),
        ("So sánh với chỉ tiêu", _targets(report.targets)),
        ("Xếp loại chất lượng Chi bộ", _cell(report)),
        ("Khen thưởng, rà soát", _consequences(report)),
        ("Kiến nghị, đề xuất", map(Text, paragraphs(report.remarks) or ("Không có.",))),
    ):
        elements = tuple(part)
        if elements:
            yield Section(f"{next(number)}- {title}")
            yield from elements
    yield Text(
        "Trên đây là báo cáo kết quả kiểm điểm, đánh giá, xếp loại chất lượng "
        f"{period_words(report.period)} của "
        f"{sentence(issuer(report.heading))}"
    )


def _situation(report: RatingYearReport) -> Iterator[Text]:
    yield Text(
        f"Tổng số đảng viên: {comrades(report.roll)}, trong đó chính thức {counted(report.official)}, dự bị "
        f"{counted(report.probationary)}. Thuộc diện xếp loại: {comrades(report.total.subject)}; không "
        "thuộc diện "
        f"xếp loại: {comrades(report.total.exempt)}."
    )
    if report.held_on:
        how = f", đề nghị xếp loại bằng hình thức {_METHODS[report.method]}" if report.method else ""
        yield Text(f"Hội nghị kiểm điểm được tổ chức {official_date(report.held_on)}{how}.")


def _members(report: RatingYearReport) -> Iterator[Element]:
    total = report.total
    yield Text(
        f"Đã xếp loại {share(Ratio(total.rated, total.subject))} đảng viên thuộc diện xếp loại, "
        f"{BASIS_WORDS[report.basis]}."
    )
    if total.rated:
        yield Text(f"Tính trên {comrades(total.rated)} được xếp loại: {counts_words(total)}.")
        better, fulfilled = total.better, total.better + total.completed
        yield Text(
            f"Từ hoàn thành tốt nhiệm vụ trở lên: {share(Ratio(better, total.rated))}; từ hoàn thành nhiệm "
            "vụ trở "
            f"lên: {share(Ratio(fulfilled, total.rated))}."
        )
        said = excellent_shares(total)
        yield Text(sentence(said[0].upper() + said[1:]))
    yield summary_grid(report.rows, total)
    if report.cap_note.strip():
        yield Text(sentence(report.cap_note), lead="Lý do số hoàn thành xuất sắc nhiệm vụ trên mức tối đa")
    for lead, lines in (
        ("Chưa xếp loại", [one for one in report.reasons if one.reason not in NOT_SUBJECT_REASONS]),
        ("Không thuộc diện xếp loại", [one for one in report.reasons if one.reason in NOT_SUBJECT_REASONS]),
    ):
        if lines:
            yield Text(_reasons(lines), lead=lead)


def _reasons(lines: Iterable[ReasonCount]) -> str:
    return sentence(joined((f"{reason_words(one.reason)} {comrades(one.count)}" for one in lines), "; "))


def comparison(before: RatingFigures | None, now: RatingFigures) -> Iterator[Element]:
    """Set the levels of two years side by side."""
    if before is None or not before.rated:
        yield Text("Chưa có số liệu năm trước.")
        return
    rows = [
        _year_row(f"{words[0].upper()}{words[1:]}", before.count(level), now.count(level), before, now)
        for level, words in LEVEL_WORDS.items()
    ]
    rows.append(_year_row("Hoàn thành tốt nhiệm vụ trở lên", before.better, now.better, before, now))
    sums = (
        "Số được xếp loại",
        grouped(before.rated),
        "",
        grouped(now.rated),
        "",
        signed(now.rated - before.rated),
    )
    yield Grid(_YEARS, tuple(rows), total=sums, italic=frozenset({len(LEVELS)}))
    yield Text("Tỷ lệ tính trên số đảng viên được xếp loại của từng năm.", italic=True)


def _year_row(words: str, old: int, new: int, before: RatingFigures, now: RatingFigures) -> tuple[str, ...]:
    return (
        words,
        grouped(old),
        rate(old, before.rated),
        grouped(new),
        rate(new, now.rated),
        signed(new - old),
    )


def _targets(rows: tuple[TargetRow, ...]) -> Iterator[Element]:
    if rows:
        yield target_grid(rows)


def _cell(report: RatingYearReport) -> Iterator[Text]:
    cell = report.cell
    said = joined(cell_words(cell), "; ") if cell else ""
    if cell is None or not said:
        return
    yield Text(sentence(f"{cell.name} {said}"))
    if cell.tally:
        votes = (cell.tally.excellent, cell.tally.good, cell.tally.completed, cell.tally.not_completed)
        counts = joined(
            (
                f"{LEVEL_WORDS[level]} {share(Ratio(n, cell.base))}"
                for level, n in zip(LEVELS, votes, strict=True)
                if n
            ),
            "; ",
        )
        yield Text(sentence(f"Kết quả biểu quyết: {counts}"))


def _consequences(report: RatingYearReport) -> Iterator[Text]:
    for one in report.streaks:
        yield Text(
            f"Đảng viên được xếp loại {LEVEL_WORDS[Level.EXCELLENT]} {counted(one.years)} năm liền: "
            f"{comrades(one.count)}."
        )
    if report.failing_twice:
        yield Text(
            f"Đảng viên {LEVEL_WORDS[Level.NOT_COMPLETED]} hai năm liền, cần xem xét: "
            f"{comrades(report.failing_twice)}."
        )
