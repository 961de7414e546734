"""The words of a cell's summary of meetings (báo cáo): of a month, a quarter, a half-year or a year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.documents.figures import grouped, pair_of, percent, points
from sochibo.documents.page.content import Align, Column, Content, Grid, Section, Signer, Text
from sochibo.documents.words.period_phrases import period_phrase, short_period
from sochibo.documents.words.phrases import (
    KIND_WORDS,
    RATING_WORDS,
    committee_above,
    comrades,
    counted,
    draft_number,
    issuer,
    joined,
    pair,
    paragraphs,
    romans,
    sentence,
    share,
)
from sochibo.rules.dates import Month, official_date, short_official_date
from sochibo.rules.meetings.attendance import Ratio
from sochibo.rules.meetings.meetings import MeetingKind
from sochibo.rules.periods import PeriodKind, parse_period, quarter_of
from sochibo.rules.reports import ReportKind
from sochibo.rules.scoring.scoring import Rating

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sochibo.documents.page.content import Element
    from sochibo.rules.periods import Period
    from sochibo.rules.reports import MeetingFigures, SummaryReport

__all__ = ["summary_content"]

_COLUMNS: Final = (
    Column("TT", 9),
    Column("Ngày", 24),
    Column("Hình thức, số biên bản", 30, Align.LEFT),
    Column("Có mặt/ phải dự", 17),
    Column("Tỷ lệ", 15),
    Column("Vắng có lý do", 14),
    Column("Vắng không lý do", 14),
    Column("Biểu quyết thông qua", 14),
    Column("Điểm", 12),
    Column("Xếp loại", 16),
)
_MONTH_COLUMNS: Final = (
    Column("Tháng", 22),
    Column("Số buổi", 16),
    Column("Thường kỳ", 18),
    Column("Chuyên đề", 18),
    Column("Có mặt/ phải dự", 24),
    Column("Tỷ lệ", 17),
    Column("Vắng có lý do", 16),
    Column("Vắng không lý do", 16),
    Column("Xếp loại buổi thường kỳ", 24),
)
_REGULAR: Final = frozenset({MeetingKind.REGULAR, MeetingKind.COMBINED})
_THEMATIC: Final = frozenset({MeetingKind.THEMATIC, MeetingKind.COMBINED})


def summary_content(report: SummaryReport) -> Content:
    """Return a summary as a paper."""
    heading = report.heading
    return Content(
        superior=heading.superior,
        body=heading.body,
        number=heading.number or draft_number(ReportKind.SUMMARY),
        place_and_date=(heading.place, official_date(heading.issued_on)),
        kind="BÁO CÁO",
        subject=f"kết quả sinh hoạt chi bộ {period_phrase(parse_period(report.period))}",
        elements=tuple(_elements(report)),
        signers=(Signer("secretary", heading.authority, heading.office, heading.signer),),
        recipients=tuple(filter(None, (committee_above(heading.superior), "Lưu Chi bộ"))),
    )


def _elements(report: SummaryReport) -> Iterator[Element]:
    month = period_phrase(parse_period(report.period))
    above = committee_above(report.heading.superior)
    to = f" {above}" if above else ""
    yield Text(f"{issuer(report.heading)} báo cáo{to} kết quả sinh hoạt chi bộ {month} như sau:")
    number = romans()
    for title, part in (
        ("Tình hình đảng viên", _members(report)),
        ("Kết quả sinh hoạt", _meetings(report)),
        ("Kết quả thực hiện nhiệm vụ", _tasks(report)),
        ("Kiến nghị, đề xuất", _remarks(report)),
    ):
        yield Section(f"{next(number)}- {title}")
        yield from part
    yield Text(f"Trên đây là báo cáo kết quả sinh hoạt {month} của {sentence(issuer(report.heading))}")


def _members(report: SummaryReport) -> Iterator[Element]:
    last = official_date(parse_period(report.period).last)
    yield Text(
        f"Tính đến {last}, Chi bộ có {counted(report.members)} đảng viên, trong đó chính thức "
        f"{comrades(report.official)}, dự bị {comrades(report.probationary)}."
    )
    others = (
        ("miễn công tác và sinh hoạt đảng", report.exempt),
        ("sinh hoạt tạm thời nơi khác", report.away),
        ("nơi khác đến sinh hoạt tạm thời", report.visiting),
    )
    said = joined((f"{words} {comrades(n)}" for words, n in others if n), "; ")
    if said:
        yield Text(sentence(said[0].upper() + said[1:]))


def _meetings(report: SummaryReport) -> Iterator[Element]:
    period = parse_period(report.period)
    within = f"Trong {short_period(period)}"
    if not report.meetings:
        yield Text(f"{within}, Chi bộ chưa tổ chức buổi sinh hoạt nào.")
        return
    yield Text(
        f"{within}, Chi bộ tổ chức {counted(len(report.meetings))} buổi sinh hoạt{_by_kind(report)}. "
        f"Tổng số lượt đảng viên dự: {share(report.attendance)}."
    )
    if period.kind is not PeriodKind.MONTH:
        yield from _months(report, period)
    yield Grid(_COLUMNS, tuple(_row(n, one) for n, one in enumerate(report.meetings, start=1)))
    for one in report.meetings:
        if one.theme.strip():
            yield Text(sentence(one.theme), lead=f"Chuyên đề ngày {short_official_date(one.on)}")
    superiors = sum(one.superiors for one in report.meetings)
    if superiors:
        yield Text(f"Đại biểu cấp trên dự sinh hoạt: {counted(superiors)} lượt.")


def _months(report: SummaryReport, period: Period) -> Iterator[Element]:
    """Sum a longer period up month by month, before its meetings one by one."""
    yield Grid(
        _MONTH_COLUMNS,
        tuple(_month_row(report, month) for month in period.months()),
        total=("Cộng", *_sums(report.meetings), ""),
    )
    ratings = [one.rating for one in report.meetings if one.rating is not None]
    if ratings:
        counts = joined(
            f"{RATING_WORDS[one]} {counted(ratings.count(one))}" for one in Rating if one in ratings
        )
        yield Text(f"Chất lượng các buổi sinh hoạt đã chấm điểm: {counts}.")
    thematic = {quarter_of(one.on) for one in report.meetings if one.meeting_kind in _THEMATIC}
    quarters = {quarter_of(month.first()) for month in period.months()}
    yield Text(f"Số quý có sinh hoạt chuyên đề: {pair(Ratio(len(thematic), len(quarters)))}.")
    yield Text("Từng buổi sinh hoạt:")


def _month_row(report: SummaryReport, month: Month) -> tuple[str, ...]:
    held = [one for one in report.meetings if Month.of(one.on) == month]
    scored = [one for one in held if one.rating is not None and one.meeting_kind in _REGULAR]
    rating = joined(RATING_WORDS[one.rating] for one in scored if one.rating is not None)
    return (f"{month.month:02d}/{month.year}", *_sums(held), rating or "–")


def _sums(held: Sequence[MeetingFigures]) -> tuple[str, ...]:
    """Add the counts of some meetings; the rate is drawn from the sums."""
    came = sum((one.attendance for one in held), Ratio(0, 0))
    return (
        str(len(held)),
        str(sum(one.meeting_kind in _REGULAR for one in held)),
        str(sum(one.meeting_kind in _THEMATIC for one in held)),
        pair_of(came) if came.denominator else "–",
        percent(came),
        grouped(sum(one.excused for one in held)),
        grouped(sum(one.unexcused for one in held)),
    )


def _by_kind(report: SummaryReport) -> str:
    kinds = [one.meeting_kind for one in report.meetings]
    said = joined(f"{KIND_WORDS[kind]} {counted(kinds.count(kind))}" for kind in MeetingKind if kind in kinds)
    return f" ({said})"


def _row(n: int, one: MeetingFigures) -> tuple[str, ...]:
    words = KIND_WORDS[one.meeting_kind]
    votes = one.votes
    return (
        str(n),
        short_official_date(one.on),
        joined((words[0].upper() + words[1:], one.minutes)),
        pair_of(one.attendance),
        percent(one.attendance),
        str(one.excused),
        str(one.unexcused),
        pair_of(votes) if votes.denominator else "–",
        "–" if one.score_tenths is None else points(one.score_tenths),
        "–" if one.rating is None else RATING_WORDS[one.rating],
    )


def _tasks(report: SummaryReport) -> Iterator[Element]:
    within = short_period(parse_period(report.period))
    if report.tasks.denominator:
        yield Text(f"Nhiệm vụ đến hạn trong {within} đã hoàn thành: {share(report.tasks)}.")
    else:
        yield Text(f"Trong {within} không có nhiệm vụ đến hạn.")
    given = sum(one.tasks for one in report.meetings)
    if given:
        yield Text(f"Nhiệm vụ mới giao tại các buổi sinh hoạt: {counted(given)}.")


def _remarks(report: SummaryReport) -> Iterator[Element]:
    yield from map(Text, paragraphs(report.remarks) or ("Không có.",))
