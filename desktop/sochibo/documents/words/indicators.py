"""The words of the paper of indicators: counts with their rates, year beside year, charts, unit by unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.documents.figures import grouped, pair_of, percent, tenths_of
from sochibo.documents.page.content import Align, Chart, Column, Content, Grid, Section, Series, Signer, Text
from sochibo.documents.words.period_phrases import period_phrase
from sochibo.documents.words.phrases import committee_above, counted, draft_number, issuer, sentence
from sochibo.documents.words.targets import target_grid
from sochibo.rules.counts import Ratio
from sochibo.rules.dates import official_date, short_official_date
from sochibo.rules.periods import parse_period
from sochibo.rules.reports import ReportKind
from sochibo.rules.units.indicators import Group, load_indicators

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sochibo.documents.page.content import Element
    from sochibo.rules.units.indicator_papers import IndicatorsReport, IndicatorUnit
    from sochibo.rules.units.indicators import Count, Indicator

__all__ = ["GROUP_WORDS", "chart_of", "indicators_content"]

GROUP_WORDS: Final = {
    Group.ORGANISATION: "Tổ chức",
    Group.MEMBERS: "Đảng viên",
    Group.MEETINGS: "Sinh hoạt chi bộ",
    Group.WORK: "Lãnh đạo, thực hiện nhiệm vụ",
    Group.RATINGS: "Xếp loại",
}
_COLUMNS: Final = (
    Column("TT", 9),
    Column("Chỉ số", 92, Align.LEFT),
    Column("Số lượng", 24),
    Column("Trên tổng số", 66, Align.LEFT),
    Column("Tỷ lệ", 20),
)
_CHARTED: Final = (
    ("meeting_attendance", "regular_meetings"),
    ("study_attendance", "commitments_signed"),
    ("tasks_done", "proposals_answered"),
    ("members_good", "cells_good"),
    ("members",),
    ("admissions", "recognitions"),
)
"""What the charts show, each with what is best seen beside it; what was never counted is left out."""

_YEARS_TO_DRAW: Final = 2


def indicators_content(report: IndicatorsReport) -> Content:
    """Return the indicators of a period as a paper on landscape pages."""
    heading = report.heading
    committee = bool(report.rows)
    number = heading.number or draft_number(ReportKind.INDICATORS, committee=committee)
    return Content(
        superior=heading.superior,
        body=heading.body,
        number=number,
        place_and_date=(heading.place, official_date(heading.issued_on)),
        kind="BÁO CÁO",
        subject=f"các chỉ số công tác xây dựng Đảng {period_phrase(parse_period(report.period))}",
        elements=tuple(_elements(report)),
        signers=(Signer("secretary", heading.authority, heading.office, heading.signer),),
        recipients=tuple(
            filter(None, (committee_above(heading.superior), "Lưu Đảng ủy" if committee else "Lưu Chi bộ"))
        ),
        landscape=True,
    )


def chart_of(report: IndicatorsReport, indicators: Sequence[str]) -> Chart | None:
    """Return indicators over the years as one chart; None where fewer than two years are known.

    Shares are joined by lines, plain counts stand as bars.
    """
    known = {one.id: one for one in load_indicators()}
    shown = [known[one] for one in indicators if one in known]
    years = [*((one.period, one.counts) for one in report.earlier), (report.period, report.counts)]
    series = []
    for one in shown:
        told = [_value(one, {count.indicator: count for count in counts}) for _, counts in years]
        if sum(value is not None for value in told) >= _YEARS_TO_DRAW:
            series.append(Series(one.label_vi, tuple(told)))
    if not series:
        return None
    share = shown[0].is_share
    labels = tuple(period[:4] for period, _ in years)
    # By their names: two charts of one group would else bear one title.
    name = "; ".join(one.name for one in series)
    title = f"{name} (%)" if share else name
    return Chart(title, labels, tuple(series), percent=share, lines=share)


def _elements(report: IndicatorsReport) -> Iterator[Element]:
    period = parse_period(report.period)
    yield Section("I- Kết quả")
    told = [row for row in report.rows if row.counts]
    if report.rows:
        yield Text(
            f"Số liệu {period_phrase(period)} cộng từ báo cáo của {counted(len(told))}/"
            f"{counted(len(report.rows))} đầu mối; tỷ lệ tính trên tổng số, không lấy trung bình các tỷ lệ."
        )
    yield _result_grid(report.counts)
    sections = iter(("II", "III", "IV", "V"))
    if report.targets:
        yield Section(f"{next(sections)}- So với chỉ tiêu")
        yield target_grid(report.targets)
    if report.earlier:
        yield Section(f"{next(sections)}- So sánh qua các năm")
        yield _years_grid(report)
        charts = (chart_of(report, indicators) for indicators in _CHARTED)
        yield from (chart for chart in charts if chart is not None)
    if report.rows:
        yield Section(f"{next(sections)}- Số liệu của từng đơn vị")
        yield from _unit_grids(report)
    yield Text(f"Trên đây là báo cáo của {sentence(issuer(report.heading))}")


def _result_grid(counts: Sequence[Count]) -> Grid:
    told = {count.indicator: count for count in counts}
    rows: list[tuple[str, ...]] = []
    heads = []
    place = 0
    for group in Group:
        shown = [one for one in load_indicators() if one.group is group and one.id in told]
        if not shown:
            continue
        heads.append(len(rows))
        rows.append((GROUP_WORDS[group], "", "", "", ""))
        for one in shown:
            place += 1
            count = told[one.id]
            whole = f"{grouped(count.of)} {one.whole_vi}" if one.is_share else ""
            rate = percent(_share(count)) if one.is_share else ""
            rows.append((str(place), one.label_vi, grouped(count.number), whole, rate))
    places = frozenset(heads)
    return Grid(_COLUMNS, tuple(rows), bold=places, spanning=places)


def _years_grid(report: IndicatorsReport) -> Grid:
    """Return the years as columns: rates of shares, numbers of the rest."""
    years = [*((one.period, one.counts) for one in report.earlier), (report.period, report.counts)]
    told = [(period[:4], {count.indicator: count for count in counts}) for period, counts in years]
    shown = [one for one in load_indicators() if any(one.id in counts for _, counts in told)]
    columns = (Column("Chỉ số", 70, Align.LEFT), *(Column(period, 13) for period, _ in told))
    rows = tuple(
        (f"{one.label_vi}{' (%)' if one.is_share else ''}", *(_said(one, counts) for _, counts in told))
        for one in shown
    )
    return Grid(columns, rows, size=10.5 if len(told) > _MANY_YEARS else None)


_MANY_YEARS: Final = 8


def _unit_grids(report: IndicatorsReport) -> Iterator[Grid]:
    """Return the units' figures, as many indicators side by side as a page has room for."""
    total = {count.indicator: count for count in report.counts}
    shown = [one for group in Group for one in load_indicators() if one.group is group and one.id in total]
    for place in range(0, len(shown), _WIDEST):
        yield _unit_grid(report, shown[place : place + _WIDEST], total)


_WIDEST: Final = 9
"""How many indicators stand side by side at most: a page has no more room for their names."""


def _unit_grid(report: IndicatorsReport, shown: Sequence[Indicator], total: Mapping[str, Count]) -> Grid:
    columns = (
        Column("TT", 9),
        Column("Đơn vị", 46, Align.LEFT),
        *(Column(one.label_vi, 24 if one.is_share else 15, group=GROUP_WORDS[one.group]) for one in shown),
    )
    rows = tuple(
        (str(n), _called(row), *_cells(shown, {count.indicator: count for count in row.counts}))
        for n, row in enumerate(report.rows, start=1)
    )
    return Grid(columns, rows, total=("", "Tổng cộng", *_cells(shown, total)), size=10.5)


def _called(row: IndicatorUnit) -> str:
    return f"{row.unit} (đến {short_official_date(row.ended)})" if row.ended else row.unit


def _cells(shown: Sequence[Indicator], counts: Mapping[str, Count]) -> Iterator[str]:
    for one in shown:
        count = counts.get(one.id)
        yield "–" if count is None else pair_of(_share(count)) if one.is_share else grouped(count.number)


def _value(one: Indicator, counts: Mapping[str, Count]) -> int | None:
    """Return what a chart draws: tenths of a percent of a share, the number of a count."""
    count = counts.get(one.id)
    if count is None:
        return None
    return tenths_of(_share(count)) if one.is_share else count.number


def _said(one: Indicator, counts: Mapping[str, Count]) -> str:
    count = counts.get(one.id)
    if count is None:
        return "–"
    return percent(_share(count)).removesuffix("%") if one.is_share else grouped(count.number)


def _share(count: Count) -> Ratio:
    return Ratio(count.number, count.of)
