"""What a committee makes of received papers on ratings and movement, and of a committee's below it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
import reports
from books import make_cell_book, make_committee_book
from received import lay, summary_of
from received_ratings import PEOPLE, lay_ratings

from sochibo.book.rollups.committee_papers import (
    COMMITTEE_PAPERS,
    cap_table_draft,
    cell_decision_draft,
    check_paper,
    issue_paper,
    movement_rollup_draft,
    rating_rollup_draft,
    rating_rows,
)
from sochibo.documents.envelopes import encode
from sochibo.faults import Refused, Severity
from sochibo.rules.counts import Ratio
from sochibo.rules.members.member_papers import MovementReport, MovementRow
from sochibo.rules.members.movement import Heads, MovementLine
from sochibo.rules.members.movement_rollup import movement_adds_up
from sochibo.rules.periods import parse_period
from sochibo.rules.ratings.rating_decisions import (
    CapTableReport,
    CellRatingDecisionReport,
    RatingRollupReport,
)
from sochibo.rules.ratings.rating_figures import FiguresGroup, RatingFigures, Source
from sochibo.rules.ratings.rating_papers import GroupRow, RatingSummaryReport
from sochibo.rules.ratings.ratings import Level
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sochibo.book.book import Book

JANUARY = date(2026, 1, 1)
NEW_YEAR = date(2027, 1, 5)
YEAR = parse_period("2026")


@pytest.fixture
def committee(tmp_path: Path) -> Iterator[Book]:
    with make_committee_book(tmp_path / "c.sochibo") as made:
        yield made


def summary(excellent: int, good: int, completed: int) -> RatingSummaryReport:
    figures = RatingFigures(excellent=excellent, good=good, completed=completed)
    return RatingSummaryReport(reports.heading("09-BC/CB"), "2026", Source.PROPOSED, (), figures)


def movement(start: int, admitted: int) -> MovementReport:
    rows = (
        MovementRow(MovementLine.START, Heads(start)), MovementRow(MovementLine.ADMITTED, Heads(admitted)),
        MovementRow(MovementLine.END, Heads(start + admitted)),
    )  # fmt: skip
    return MovementReport(
        reports.heading("10-BC/CB"), "2026", YEAR.first, YEAR.last, rows, Heads(admitted), Heads()
    )


def test_ratings_are_added_and_their_cap_is_checked(committee: Book) -> None:
    four, five, _ = (committee.units.found(f"Chi bộ Thôn {n}", JANUARY) for n in (4, 5, 6))
    digest = lay(committee, four, summary(2, 20, 3))
    lay(committee, five, summary(5, 10, 0))
    report = rating_rollup_draft(committee, YEAR, NEW_YEAR).write(reports.heading("01-BC/ĐU"))
    assert isinstance(report, RatingRollupReport)
    assert report.members == RatingFigures(excellent=7, good=30, completed=3)
    assert next((row.unit, row.source) for row in report.rows) == ("Chi bộ Thôn 4", digest)
    assert [row.figures is None for row in report.rows] == [False, False, True]
    table = cap_table_draft(committee, YEAR, NEW_YEAR).write(reports.heading(""))
    assert isinstance(table, CapTableReport)
    assert [row.unit for row in table.rows] == ["Chi bộ Thôn 4", "Chi bộ Thôn 5"]
    assert table.total.figures == report.members
    lay(committee, four, movement(25, 2))
    for kind in (ReportKind.RATING_ROLLUP, ReportKind.MOVEMENT):
        document_id = issue_paper(committee, kind, YEAR, NEW_YEAR)
        assert committee.reports.page_count(committee.reports.pages(document_id)) >= 1


def test_a_committee_below_counts_with_all_its_cells(committee: Book) -> None:
    below = committee.units.found("Đảng ủy xã Đông Hòa", JANUARY, type="commune")
    cells = RatingFigures(excellent=1, good=4)
    members = RatingFigures(excellent=20, good=90)
    lay(
        committee, below,
        RatingRollupReport(
            reports.heading("03-BC/ĐU"), "2026", Source.DECIDED, None, (), members, cells,
            own_level=Level.GOOD,
        ),
    )  # fmt: skip
    report = rating_rollup_draft(committee, YEAR, NEW_YEAR).write(reports.heading("01-BC/TU"))
    assert isinstance(report, RatingRollupReport)
    assert (report.members, report.cells, report.basis) == (members, cells, Source.DECIDED)
    # What it proposes for itself is a level of its own, and no cell's.
    assert report.rows[0].cell_level is Level.GOOD


def test_cells_are_decided_on_by_the_committee(committee: Book) -> None:
    four = committee.units.found("Chi bộ Thôn 4", JANUARY)
    lay(committee, four, summary(2, 20, 3))
    committee.unit_ratings.decide_unit(YEAR, four, Level.GOOD)
    draft = cell_decision_draft(committee, YEAR, NEW_YEAR)
    report = draft.write(reports.heading("02-QĐ/ĐU"))
    assert isinstance(report, CellRatingDecisionReport)
    assert [(cell.unit, cell.level) for cell in report.cells] == [("Chi bộ Thôn 4", Level.GOOD)]
    assert rating_rows(committee, parse_period("2025")) == ()


def test_movement_is_added_line_by_line_and_names_its_sources(committee: Book) -> None:
    five, four, _ = (committee.units.found(f"Chi bộ Thôn {n}", JANUARY) for n in (5, 4, 6))
    digests = [lay(committee, five, movement(20, 1)), lay(committee, four, movement(30, 2))]
    report = movement_rollup_draft(committee, YEAR, NEW_YEAR).write(reports.heading("04-BC/ĐU"))
    assert isinstance(report, MovementReport)
    heads = {row.line: row.heads.total for row in report.rows}
    assert heads == {MovementLine.START: 50, MovementLine.ADMITTED: 3, MovementLine.END: 53}
    assert [(one.unit, one.digest) for one in report.sources] == [
        ("Chi bộ Thôn 4", digests[1]), ("Chi bộ Thôn 5", digests[0]),
    ]  # fmt: skip
    assert report.missing == ("Chi bộ Thôn 6",)
    assert movement_adds_up(report)
    assert not movement_adds_up(replace(report, increase=Heads(9)))
    lay(committee, five, movement(20, 1))
    again = movement_rollup_draft(committee, YEAR, NEW_YEAR).write(reports.heading("04-BC/ĐU"))
    assert again == report
    counts = {one.indicator: Ratio(one.number, one.of) for one in committee.indicators.of(YEAR, NEW_YEAR)}
    assert (counts["admissions"], counts["members"]) == (Ratio(3, 1), Ratio(53, 1))


def test_a_cell_makes_none_of_them(tmp_path: Path) -> None:
    with make_cell_book(tmp_path / "cell.sochibo") as cell, pytest.raises(Refused) as refusal:
        issue_paper(cell, ReportKind.RATING_ROLLUP, YEAR, NEW_YEAR)
    assert refusal.value.findings[0].code == "O93"


@pytest.mark.parametrize(
    "kind",
    [ReportKind.ROLLUP, ReportKind.INDICATORS, ReportKind.MOVEMENT, ReportKind.RATING_ROLLUP],
)
def test_nothing_is_added_up_from_no_paper_at_all(committee: Book, kind: ReportKind) -> None:
    four, _ = (committee.units.found(f"Chi bộ Thôn {n}", JANUARY) for n in (4, 5))
    assert [one.code for one in check_paper(committee, kind, YEAR) if one.severity is Severity.RED] == ["Q83"]
    if kind is not ReportKind.ROLLUP:
        with pytest.raises(Refused):
            issue_paper(committee, kind, YEAR, NEW_YEAR)
    for report in (movement(30, 2), summary(2, 20, 3), summary_of("2026-05")):
        lay(committee, four, report)
    found = check_paper(committee, kind, YEAR)
    told = {"R101", "R102"} if kind is ReportKind.RATING_ROLLUP else {"Q80"}
    assert told <= {one.code for one in found}
    assert {one.severity for one in found} == {Severity.YELLOW}
    early = check_paper(committee, kind, YEAR, YEAR.last)
    assert [one.code for one in early if one not in found] == ["Q79"]
    assert check_paper(committee, kind, YEAR, NEW_YEAR) == found


def test_no_roll_up_names_a_person_unless_its_form_asks_for_names(committee: Book) -> None:
    four, five = (committee.units.found(f"Chi bộ Thôn {n}", JANUARY) for n in (4, 5))
    lay_ratings(committee, four)
    lay_ratings(committee, five, {"Hứa Văn Gừng": Level.GOOD})
    lay(committee, four, movement(30, 2))
    lay(committee, four, summary_of("2026-05"))
    people = {*PEOPLE, "Hứa Văn Gừng"} - {reports.heading("").signer}
    rule = committee.unit_ratings.cap_rule(YEAR)
    committee.unit_ratings.set_cap(YEAR, replace(rule, note="đã được đồng ý"))
    whole = {kind: make(committee, YEAR, NEW_YEAR) for kind, (_, make) in COMMITTEE_PAPERS.items()}
    whole[ReportKind.ROLLUP] = committee.rollups.draft(YEAR, NEW_YEAR)
    named = {
        kind
        for kind, draft in whole.items()
        if any(name in encode(reports.wrap(draft.write(reports.heading("")))).decode() for name in people)
    }
    assert named == {ReportKind.RATING_DECISION}
    assert set(whole) >= {
        ReportKind.INDICATORS, ReportKind.BRIDGE, ReportKind.RATING_ROLLUP, ReportKind.MOVEMENT,
        ReportKind.CELL_RATING_DECISION, ReportKind.CAP_TABLE,
    }  # fmt: skip
    counts = {one.indicator: (one.number, one.of) for one in committee.indicators.of(YEAR, NEW_YEAR)}
    assert (counts["members_excellent"], counts["members_level_good"]) == ((2, 6), (3, 6))
    assert (counts["officers_good"], counts["officers_completed"]) == ((2, 2), (2, 2))


def test_a_committee_s_report_on_ratings_tells_the_indicators_above(committee: Book) -> None:
    below = committee.units.found("Đảng ủy xã Đông Hòa", JANUARY, type="commune")
    report = RatingRollupReport(
        reports.heading("03-BC/ĐU"), "2026", Source.DECIDED, None, (), RatingFigures(excellent=20, good=90),
        RatingFigures(excellent=1, good=4, completed=1),
        groups=(GroupRow(FiguresGroup.COMMITTEE, RatingFigures(good=9, completed=1)),),
    )  # fmt: skip
    lay(committee, below, report)
    counts = {one.indicator: (one.number, one.of) for one in committee.indicators.of(YEAR, NEW_YEAR)}
    assert (counts["cells_good"], counts["cells_completed"], counts["weak_cells"]) == ((5, 6), (6, 6), (0, 6))
    assert (counts["officers_good"], counts["members_good"]) == ((9, 10), (110, 110))
