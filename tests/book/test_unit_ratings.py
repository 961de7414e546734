"""A committee over the ratings of its units: both levels side by side, the cap, and papers that follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
import reports
from books import make_cell_book, make_committee_book
from received import lay
from received_ratings import PEOPLE, lay_ratings

from sochibo.book.rollups.committee_papers import check_paper, committee_draft, issue_paper
from sochibo.faults import Refused, Severity
from sochibo.rules.periods import parse_period
from sochibo.rules.ratings.rating_decisions import (
    CellRatingDecisionReport,
    RatingDecisionReport,
    RatingRollupReport,
)
from sochibo.rules.ratings.rating_figures import FiguresGroup, RatingFigures, Source
from sochibo.rules.ratings.rating_papers import (
    GroupRow,
    ListLine,
    RatingListReport,
    RatingSummaryReport,
)
from sochibo.rules.ratings.ratings import Level
from sochibo.rules.ratings.unit_ratings import add_figures, ratings_add_up
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sochibo.book.book import Book
    from sochibo.book.ratings.unit_ratings import MemberLine, UnitLine

YEAR = parse_period("2026")
DAY = date(2027, 1, 8)


@pytest.fixture
def committee(tmp_path: Path) -> Iterator[Book]:
    with make_committee_book(tmp_path / "c.sochibo") as made:
        for n in (4, 5, 6):
            made.units.found(f"Chi bộ Thôn {n}", date(2026, 1, 1))
        four, five, _ = (line.told.unit_id for line in made.unit_ratings.lines(YEAR))
        lay_ratings(made, four)
        lay_ratings(made, five, {"Hứa Văn Gừng": Level.GOOD, "Tô Văn Nghệ": Level.GOOD})
        yield made


def unit(book: Book, name: str) -> UnitLine:
    return next(line for line in book.unit_ratings.lines(YEAR) if line.told.unit == name)


def member(book: Book, name: str) -> MemberLine:
    return next(line for line in book.unit_ratings.members(YEAR) if line.name == name)


def test_what_units_sent_stands_side_by_side_and_adds_up(committee: Book) -> None:
    lines = committee.unit_ratings.lines(YEAR)
    assert [(line.told.unit, line.figures is not None, line.listed) for line in lines] == [
        ("Chi bộ Thôn 4", True, 6), ("Chi bộ Thôn 5", True, 2), ("Chi bộ Thôn 6", False, 0),
    ]  # fmt: skip
    total = add_figures(lines)
    assert (total.excellent, total.good, total.completed, total.unrated) == (2, 4, 1, 1)
    assert committee.unit_ratings.body_cap(YEAR, lines) == 1
    assert len(committee.unit_ratings.sources(lines[0])) == 3
    assert len(lines[0].papers) == 3


def test_a_change_moves_one_member_and_leaves_what_was_proposed(committee: Book) -> None:
    bich = member(committee, "Trần Thị Bích")
    committee.unit_ratings.decide_member(YEAR, bich, Level.GOOD, reason="Vượt trần của toàn đảng bộ")
    after = member(committee, "Trần Thị Bích")
    assert (after.proposed, after.level, after.changed) == (Level.EXCELLENT, Level.GOOD, True)
    assert after.decision is not None
    assert after.decision.reason == "Vượt trần của toàn đảng bộ"
    line = unit(committee, "Chi bộ Thôn 4")
    assert line.told.figures is not None
    assert line.figures == replace(line.told.figures, excellent=1, good=3)
    committee.history.undo()
    assert not member(committee, "Trần Thị Bích").changed
    committee.history.redo()
    committee.unit_ratings.decide_member(YEAR, after, Level.EXCELLENT)
    assert unit(committee, "Chi bộ Thôn 4").changed == 0
    assert member(committee, "Trần Thị Bích").decision is None


def test_the_decision_needs_a_reason_above_the_cap(committee: Book) -> None:
    with pytest.raises(Refused) as refused:
        issue_paper(committee, ReportKind.RATING_DECISION, YEAR, DAY)
    assert [finding.code for finding in refused.value.findings] == ["R104"]
    rule = replace(committee.unit_ratings.cap_rule(YEAR), note="cấp trên đồng ý đến 25%")
    committee.unit_ratings.set_cap(YEAR, rule)
    assert "R103" in {one.code for one in check_paper(committee, ReportKind.RATING_DECISION, YEAR)}
    issue_paper(committee, ReportKind.RATING_DECISION, YEAR, DAY)
    severities = {one.severity for one in check_paper(committee, ReportKind.RATING_ROLLUP, YEAR)}
    assert severities == {Severity.YELLOW}


def test_decisions_and_report_tell_what_the_committee_decided(committee: Book) -> None:
    ratings = committee.unit_ratings
    ratings.decide_member(YEAR, member(committee, "Trần Thị Bích"), Level.GOOD)
    ratings.decide_unit(YEAR, unit(committee, "Chi bộ Thôn 4").told.unit_id, Level.GOOD)
    ratings.decide_unit(YEAR, unit(committee, "Chi bộ Thôn 5").told.unit_id, Level.EXCELLENT, exemplary=True)
    ratings.set_session(YEAR, date(2027, 1, 6), "Quy chế số 01\n\n Biên bản hội nghị ")
    ratings.set_own(YEAR, Level.GOOD)
    before = committee_draft(committee, ReportKind.RATING_ROLLUP, YEAR, DAY)
    decision = committee.reports.envelope(
        issue_paper(committee, ReportKind.RATING_DECISION, YEAR, DAY)
    ).report
    assert isinstance(decision, RatingDecisionReport)
    assert ratings_add_up(decision)
    assert not ratings_add_up(replace(decision, members=decision.members[1:]))
    assert decision.grounds == ("Quy chế số 01", "Biên bản hội nghị")
    assert {one.name: one.level for one in decision.members} == {
        **{name: level for name, level in PEOPLE.items() if level}, "Trần Thị Bích": Level.GOOD,
        "Hứa Văn Gừng": Level.GOOD, "Tô Văn Nghệ": Level.GOOD,
    }  # fmt: skip
    assert {one.unit for one in decision.members} == {"Chi bộ Thôn 4", "Chi bộ Thôn 5"}
    cells = committee.reports.envelope(
        issue_paper(committee, ReportKind.CELL_RATING_DECISION, YEAR, DAY)
    ).report
    assert isinstance(cells, CellRatingDecisionReport)
    assert [(one.unit, one.level, one.exemplary) for one in cells.cells] == [
        ("Chi bộ Thôn 4", Level.GOOD, False), ("Chi bộ Thôn 5", Level.EXCELLENT, True),
    ]  # fmt: skip
    report = committee.reports.envelope(issue_paper(committee, ReportKind.RATING_ROLLUP, YEAR, DAY)).report
    proposed = before.write(report.heading)
    assert isinstance(report, RatingRollupReport)
    assert isinstance(proposed, RatingRollupReport)
    assert ratings_add_up(proposed)
    assert ratings_add_up(report)
    assert not ratings_add_up(replace(report, members=proposed.members))
    assert (proposed.basis, report.basis) == (Source.PROPOSED, Source.DECIDED)
    assert (proposed.members.excellent, report.members.excellent) == (2, 1)
    assert (report.held_on, report.own_level, report.cells.excellent) == (date(2027, 1, 6), Level.GOOD, 1)
    counts = {one.indicator: (one.number, one.of) for one in committee.indicators.of(YEAR, DAY)}
    assert (counts["members_excellent"], counts["cells_excellent"]) == ((1, 7), (1, 2))
    # Their lists do not tell who counts in which group: the groups stay as proposed, and the paper says so.
    assert report.groups_basis is Source.PROPOSED
    assert {row.group: row.counts.rated for row in report.groups} == {
        FiguresGroup.OFFICIAL: 7, FiguresGroup.COMMITTEE: 2,
    }  # fmt: skip


def test_groups_follow_what_the_committee_decides_where_the_lists_tell_them(tmp_path: Path) -> None:
    official, officer = (FiguresGroup.OFFICIAL,), (FiguresGroup.OFFICIAL, FiguresGroup.COMMITTEE)
    probationary = (FiguresGroup.PROBATIONARY,)
    levels = {"Nguyễn Văn Mẫu": Level.EXCELLENT, "Trần Thị Bích": Level.EXCELLENT, "Lê Hoàng Đức": Level.GOOD}
    groups = dict(zip(levels, (officer, official, probationary), strict=True))
    figures = RatingFigures(excellent=2, good=1)
    rows = (
        GroupRow(FiguresGroup.OFFICIAL, RatingFigures(excellent=2)),
        GroupRow(FiguresGroup.PROBATIONARY, RatingFigures(good=1)),
        GroupRow(FiguresGroup.COMMITTEE, RatingFigures(excellent=1)),
        GroupRow(FiguresGroup.CELLS, RatingFigures(excellent=1)),
    )
    with make_committee_book(tmp_path / "groups.sochibo") as book:
        four = book.units.found("Chi bộ Thôn 4", date(2026, 1, 1))
        lines = tuple(
            ListLine(name, "1970", "", "", None, level, None, level, groups=groups[name])
            for name, level in levels.items()
        )
        lay(book, four, RatingListReport(reports.heading("08-DS/CB"), "2026", lines, figures))
        lay(
            book, four,
            RatingSummaryReport(reports.heading("09-BC/CB"), "2026", Source.PROPOSED, rows, figures),
        )  # fmt: skip
        book.unit_ratings.decide_member(YEAR, member(book, "Nguyễn Văn Mẫu"), Level.GOOD, reason="Trần")
        book.unit_ratings.set_cap(YEAR, replace(book.unit_ratings.cap_rule(YEAR), note="được đồng ý"))
        before = committee_draft(book, ReportKind.RATING_ROLLUP, YEAR, DAY).write(reports.heading(""))
        issue_paper(book, ReportKind.RATING_DECISION, YEAR, DAY)
        after = committee_draft(book, ReportKind.RATING_ROLLUP, YEAR, DAY).write(reports.heading(""))
    assert isinstance(before, RatingRollupReport)
    assert isinstance(after, RatingRollupReport)
    assert (before.groups_basis, before.groups) == (
        Source.PROPOSED, (rows[0], rows[1], rows[2]),
    )  # fmt: skip
    assert after.groups_basis is Source.DECIDED
    assert {row.group: row.counts for row in after.groups} == {
        FiguresGroup.OFFICIAL: RatingFigures(excellent=1, good=1),
        FiguresGroup.PROBATIONARY: RatingFigures(good=1),
        FiguresGroup.COMMITTEE: RatingFigures(good=1),
    }


def test_who_stood_no_longer_on_the_closing_day_counts_nowhere(committee: Book) -> None:
    four, five = (unit(committee, f"Chi bộ Thôn {n}").told.unit_id for n in (4, 5))
    committee.units.merge([five, four], date(2026, 12, 20), into=four)
    assert {line.unit_id for line in committee.unit_ratings.members(YEAR)} == {four}
    report = committee_draft(committee, ReportKind.RATING_ROLLUP, YEAR, DAY).write(reports.heading(""))
    assert isinstance(report, RatingRollupReport)
    official = next(row.counts for row in report.groups if row.group is FiguresGroup.OFFICIAL)
    assert official == report.members


def test_what_a_committee_below_still_counts_as_proposed_is_not_called_decided(committee: Book) -> None:
    below = committee.units.found("Đảng ủy xã Đông Hòa", date(2026, 1, 1), type="commune")
    counts = RatingFigures(good=9)
    for basis in (Source.PROPOSED, Source.DECIDED):
        sent = RatingRollupReport(
            reports.heading("03-BC/ĐU"), "2025", Source.DECIDED, None, (), counts, RatingFigures(good=1),
            groups=(GroupRow(FiguresGroup.OFFICIAL, counts),), groups_basis=basis,
        )  # fmt: skip
        lay(committee, below, sent, revision=1 if basis is Source.PROPOSED else 2)
        draft = committee_draft(committee, ReportKind.RATING_ROLLUP, parse_period("2025"), DAY)
        report = draft.write(reports.heading(""))
        assert isinstance(report, RatingRollupReport)
        assert (report.basis, report.groups_basis) == (Source.DECIDED, basis)


def test_only_an_excellent_unit_is_exemplary_and_only_years_and_quarters_are_rated(committee: Book) -> None:
    four = unit(committee, "Chi bộ Thôn 4").told.unit_id
    with pytest.raises(Refused):
        committee.unit_ratings.decide_unit(YEAR, four, Level.GOOD, exemplary=True)
    with pytest.raises(Refused) as refused:
        committee.unit_ratings.decide_unit(parse_period("2026-05"), four, Level.GOOD)
    assert refused.value.findings[0].code == "R100"
    committee.unit_ratings.decide_unit(YEAR, four, Level.GOOD)
    committee.unit_ratings.decide_unit(YEAR, four, None)
    assert unit(committee, "Chi bộ Thôn 4").level is Level.EXCELLENT


def test_without_lists_there_is_no_decision_and_a_cell_makes_none(committee: Book, tmp_path: Path) -> None:
    earlier = parse_period("2025")
    for kind, code in ((ReportKind.RATING_DECISION, "R105"), (ReportKind.CELL_RATING_DECISION, "R106")):
        with pytest.raises(Refused) as refused:
            issue_paper(committee, kind, earlier, DAY)
        assert refused.value.findings[0].code == code
    with make_cell_book(tmp_path / "cell.sochibo") as cell, pytest.raises(Refused) as refused:
        cell.unit_ratings.set_own(YEAR, Level.GOOD)
    assert refused.value.findings[0].code == "O93"


def test_a_quarter_has_a_review_of_its_own(committee: Book) -> None:
    quarter = parse_period("2026-Q3")
    four = unit(committee, "Chi bộ Thôn 4").told.unit_id
    committee.unit_ratings.decide_unit(quarter, four, Level.COMPLETED)
    assert unit(committee, "Chi bộ Thôn 4").level is Level.EXCELLENT
    assert committee.unit_ratings.review(YEAR) is None
    levels = [line.level for line in committee.unit_ratings.lines(quarter)]
    assert levels == [Level.COMPLETED, None, None]


def test_a_paper_sent_twice_counts_once_and_a_correction_keeps_what_was_decided(committee: Book) -> None:
    four = unit(committee, "Chi bộ Thôn 4").told.unit_id
    committee.unit_ratings.decide_member(YEAR, member(committee, "Trần Thị Bích"), Level.GOOD)
    before = committee.unit_ratings.lines(YEAR)
    lay_ratings(committee, four)
    assert committee.unit_ratings.lines(YEAR) == before
    lay_ratings(committee, four, {**PEOPLE, "Đỗ Minh Ước": Level.GOOD}, revision=2)
    after = unit(committee, "Chi bộ Thôn 4")
    assert after.figures is not None
    assert (after.figures.excellent, after.figures.good, after.figures.completed) == (1, 4, 0)
    assert member(committee, "Trần Thị Bích").changed
