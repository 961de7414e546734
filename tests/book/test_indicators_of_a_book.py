"""Indicators of books: what a cell counts, what a committee adds up from its papers, year beside year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
import reports
from books import make_cell_book, make_committee_book
from received import lay, summary_of
from recordings import meeting_data

from sochibo.documents.page.content import Chart
from sochibo.documents.papers import assemble
from sochibo.documents.reading import page_texts
from sochibo.documents.words.indicators import indicators_content
from sochibo.faults import Refused
from sochibo.rules.periods import parse_period
from sochibo.rules.units.indicator_papers import IndicatorsReport, sums_up
from sochibo.rules.units.indicators import Count, indicators_for
from sochibo.rules.work.targets import Comparison, Measure, Target, TargetPeriod

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sochibo.book.book import Book

JANUARY, JULY = date(2026, 1, 1), date(2026, 7, 1)
NEW_YEAR = date(2027, 1, 5)
YEAR = parse_period("2026")


@pytest.fixture
def committee(tmp_path: Path) -> Iterator[Book]:
    with make_committee_book(tmp_path / "c.sochibo") as made:
        yield made


@pytest.fixture
def cell(tmp_path: Path) -> Iterator[Book]:
    with make_cell_book(tmp_path / "cell.sochibo") as made:
        yield made


def told(counts: Sequence[Count]) -> dict[str, tuple[int, int]]:
    return {count.indicator: (count.number, count.of) for count in counts}


def paper(period: str, *counts: Count) -> IndicatorsReport:
    return IndicatorsReport(reports.heading("07-BC/CB", issued_on=date(2026, 12, 31)), period, counts)


def test_a_cell_counts_its_own_year(cell: Book) -> None:
    meeting_id = cell.meetings.record(meeting_data())
    cell.meetings.close(meeting_id)
    found = told(cell.indicators.of(YEAR, date(2026, 12, 31)))
    assert (found["members"], found["members_probationary"]) == ((9, 1), (1, 9))
    assert (found["cells"], found["superiors"]) == ((1, 1), (1, 1))
    assert (found["regular_meetings"], found["thematic_meetings"]) == ((1, 12), (0, 4))
    assert found["meetings_good"] == (1, 1)
    assert found["admissions"] == (1, 1)
    assert found["tasks_late"] == (1, 1)
    assert "study_attendance" not in found
    assert "members_rated" not in found


def test_nothing_is_counted_before_its_time(cell: Book) -> None:
    assert cell.indicators.of(parse_period("2028"), NEW_YEAR) == ()


def test_figures_entered_by_hand_are_carried_up(cell: Book) -> None:
    cell.targets.add(
        Target(
            id="", indicator="inspections", period_kind=TargetPeriod.YEAR, comparison=Comparison.AT_LEAST,
            value=2, measure=Measure.COUNT, year=2026, numerator=3,
        )
    )  # fmt: skip
    found = told(cell.indicators.of(YEAR, NEW_YEAR))
    assert found["inspections"] == (3, 1)
    assert found["targets_met"] == (1, 1)


def test_admissions_are_held_against_the_target_of_the_term(cell: Book, committee: Book) -> None:
    term = Target(
        id="", indicator="admissions", period_kind=TargetPeriod.TERM, comparison=Comparison.AT_LEAST,
        value=4, measure=Measure.COUNT, term_id=cell.terms()[0].id,
    )  # fmt: skip
    cell.targets.add(term)
    counts = told(cell.indicators.of(YEAR, date(2026, 12, 31)))
    assert counts["admissions_of_target"][1] == 4
    assert counts["admissions_of_target"][0] >= counts["admissions"][0] == 1
    # A committee's target is its own: those of its cells are not added up beside it.
    four = committee.units.found("Chi bộ Thôn 4", JANUARY)
    lay(committee, four, paper("2026", Count("admissions", 1), Count("admissions_of_target", 1, 4)))
    assert told(committee.indicators.of(YEAR, NEW_YEAR))["admissions_of_target"] == (1, 4)
    committee.targets.add(replace(term, value=10, numerator=3, term_id=committee.terms()[0].id))
    assert told(committee.indicators.of(YEAR, NEW_YEAR))["admissions_of_target"] == (3, 10)


def test_every_indicator_leads_to_the_papers_it_was_told_in(committee: Book) -> None:
    four = committee.units.found("Chi bộ Thôn 4", JANUARY)
    counts = [Count(one.id, 1, 2 if one.is_share else 1) for one in indicators_for(YEAR.kind)]
    lay(committee, four, paper("2026", *counts))
    (row, *_own) = committee.indicators.rows(YEAR, NEW_YEAR)
    assert {one.indicator for one in row.counts} == {one.id for one in indicators_for(YEAR.kind)}
    (source,) = committee.indicators.sources(row)
    assert source in {one.id for one in committee.inbox.submissions()}


def test_a_committee_adds_what_its_units_told_in_whatever_paper(committee: Book) -> None:
    four, five = (committee.units.found(f"Chi bộ Thôn {n}", JANUARY) for n in (4, 5))
    lay(committee, four, paper("2026", Count("members", 30), Count("study_attendance", 58, 60)))
    lay(committee, four, summary_of("2026-12", 29))
    lay(committee, five, summary_of("2026-11", 20, 18, 20))
    lay(committee, five, paper("2026-H1", Count("admissions", 1)))
    lay(committee, five, paper("2026-H2", Count("admissions", 2), Count("members", 21)))
    rows = {row.unit: told(row.counts) for row in committee.indicators.rows(YEAR, NEW_YEAR)}
    assert rows["Chi bộ Thôn 4"]["members"] == (30, 1)
    assert rows["Chi bộ Thôn 5"]["members"] == (21, 1)
    total = told(committee.indicators.of(YEAR, NEW_YEAR))
    assert (total["members"], total["admissions"]) == ((51, 1), (3, 1))
    assert (total["study_attendance"], total["meeting_attendance"]) == ((58, 60), (46, 50))
    assert total["cells"] == (2, 1)


def test_the_files_behind_a_figure_are_known(committee: Book) -> None:
    four = committee.units.found("Chi bộ Thôn 4", JANUARY)
    lay(committee, four, summary_of("2026-11"))
    lay(committee, four, paper("2026", Count("members", 30)))
    (row,) = committee.indicators.rows(YEAR, NEW_YEAR)
    assert [part.period for part in row.parts] == ["2026-11", "2026"]
    kept = {one.id: one.period for one in committee.inbox.submissions()}
    assert sorted(kept[one] for one in committee.indicators.sources(row)) == ["2026", "2026-11"]


def test_what_stood_in_a_merged_unit_is_counted_with_its_successor(committee: Book) -> None:
    four, five = (committee.units.found(f"Chi bộ Thôn {n}", JANUARY) for n in (4, 5))
    lay(committee, five, paper("2026-H1", Count("members", 20), Count("admissions", 1)))
    committee.units.merge([four, five], JULY, into=four)
    lay(committee, four, paper("2026", Count("members", 50), Count("admissions", 2)))
    total = told(committee.indicators.of(YEAR, NEW_YEAR))
    assert (total["members"], total["admissions"]) == ((50, 1), (3, 1))
    assert told(committee.indicators.of(parse_period("2026-H1"), NEW_YEAR))["members"] == (20, 1)


def test_years_stand_side_by_side_with_charts_and_travel_up(committee: Book) -> None:
    four = committee.units.found("Chi bộ Thôn 4", date(2012, 1, 1))
    for year in range(2012, 2027):
        attendance = Count("meeting_attendance", 90 + year % 9, 100)
        lay(committee, four, paper(f"{year}", Count("members", 20 + year % 7), attendance))
    report = committee.reports.envelope(committee.indicators.issue(YEAR, NEW_YEAR)).report
    assert isinstance(report, IndicatorsReport)
    assert [one.period for one in report.earlier] == [str(year) for year in range(2012, 2026)]
    assert sums_up(report)
    charts = [one for one in indicators_content(report).elements if isinstance(one, Chart)]
    assert [(chart.percent, len(chart.labels)) for chart in charts] == [(True, 15), (False, 15)]
    text = " ".join(" ".join(page_texts(assemble(reports.wrap(report)).pdf)).split())
    for passage in ("Lượt đảng viên dự sinh hoạt", "2012", "Chi bộ Thôn 4", "91/100"):
        assert passage in text


def test_a_sum_that_is_none_is_found(committee: Book) -> None:
    four = committee.units.found("Chi bộ Thôn 4", JANUARY)
    lay(committee, four, paper("2026", Count("members", 30)))
    report = committee.reports.envelope(committee.indicators.issue(YEAR, NEW_YEAR)).report
    assert isinstance(report, IndicatorsReport)
    assert not sums_up(replace(report, counts=(Count("members", 31),)))


def test_a_day_has_no_indicators(cell: Book) -> None:
    with pytest.raises(Refused) as refusal:
        cell.indicators.issue(parse_period("2026-11-05"), NEW_YEAR)
    assert refusal.value.findings[0].code == "Q81"
