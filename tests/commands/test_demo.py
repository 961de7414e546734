"""The demo: the whole circle once for all tests, and what it must leave behind."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from shell import quick_keys

from sochibo.book.book import Book
from sochibo.commands.program import run
from sochibo.commands.samples import circle, review
from sochibo.rules.periods import parse_period
from sochibo.rules.ratings.ratings import Level
from sochibo.rules.reports import ReportKind, RollupReport
from sochibo.sealing.seals import judge
from sochibo.sealing.trust import read_trust
from sochibo.storage.records.documents import DocumentState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

JUDGED_ON = date(2027, 1, 8)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "demo"
    folder.mkdir()
    (folder / "summary.txt").write_text("an earlier one", "utf-8")
    (folder / "old.pdf").write_bytes(b"%PDF")
    with pytest.MonkeyPatch.context() as quick:
        quick_keys(quick)
        assert run(["--language", "en", "demo", "--out", str(folder)]) == 0
    return folder


@pytest.fixture
def cell(demo: Path) -> Iterator[Book]:
    with Book.open(demo / "Chi bộ Thôn 4.sochibo", read_only=True) as book:
        yield book


@pytest.fixture
def committee(demo: Path) -> Iterator[Book]:
    with Book.open(demo / "Đảng ủy xã Đông Hòa.sochibo", read_only=True) as book:
        yield book


def test_it_replaces_an_earlier_one_and_tells_how_it_ended(demo: Path) -> None:
    told = (demo / "summary.txt").read_text("utf-8").splitlines()
    assert not (demo / "old.pdf").exists()
    assert any("(V00)" in line for line in told)
    assert {path.name for path in demo.iterdir() if path.is_dir()} >= {
        "papers",
        "keys",
        "stick",
        "slips",
        "upward",
        "decisions",
    }
    assert any("(V03)" in line for line in told)


def test_twelve_months_are_planned_recorded_and_heard_again(cell: Book) -> None:
    lines = [line for year in cell.meetings.years() for line in cell.meetings.lines(year)]
    kinds = {line.meeting.kind.value for line in lines}
    assert kinds == {"regular", "combined", "thematic", "review"}
    files = [cell.meetings.file(line.meeting.id) for line in lines]
    assert all(file.speeches for file in files)
    assert any(task.result for file in files for task in file.earlier_tasks)
    assert any(one.answer for file in files for one in file.earlier_proposals)
    assert sum(bool(file.studies) for file in files) >= 4
    assert [len(cell.reports.documents(kind)) for kind in (ReportKind.NOTICE, ReportKind.RESOLUTION)] == [
        12,
        12,
    ]
    held = [plan.state.value for plan in cell.plans.themes(2026)]
    assert held.count("held") == 2


def test_the_offices_of_the_cell_are_in_order(cell: Book) -> None:
    assert cell.registers.check_offices(date(2026, 10, 31)) == ()


def test_december_ends_with_what_the_committee_decided(cell: Book) -> None:
    period = cell.ratings.of_year(review.YEAR)
    assert period is not None
    assert period.state.value == "sent"
    lines = {line.name: line.rating for line in cell.ratings.lines(period.id)}
    assert len(lines) == 30
    changed = lines["Hồ Thị Mận"]
    assert (changed.proposed_level, changed.decided_level) == (Level.EXCELLENT, Level.GOOD)
    kinds = {*review.PAPERS, ReportKind.RATING_SUMMARY, ReportKind.RATING_REPORT}
    assert all(cell.reports.documents(kind) for kind in kinds)


def test_what_three_cells_propose_is_decided_and_comes_back(demo: Path, committee: Book) -> None:
    year = parse_period(str(review.YEAR))
    lines = committee.unit_ratings.lines(year)
    assert [line.listed for line in lines] == [26, 5, 4]
    changed = [line for line in committee.unit_ratings.members(year) if line.changed]
    assert [(line.name, line.level) for line in changed] == [("Hồ Thị Mận", Level.GOOD)]
    # What was proposed lay above the cap, what was decided lies within it.
    assert sum(line.told.figures.excellent for line in lines if line.told.figures) == 7
    assert sum(line.figures.excellent for line in lines if line.figures) == 6
    assert committee.unit_ratings.body_cap(year, lines) == 6
    decision = committee.reports.of_period(ReportKind.RATING_DECISION, year)
    assert decision is not None
    for name in (circle.STAYS, circle.MERGED, "Chi bộ Thôn 4"):
        with Book.open(demo / f"{name}.sochibo", read_only=True) as book:
            period = book.ratings.of_year(review.YEAR)
            assert period is not None
            rated = [line.rating for line in book.ratings.lines(period.id) if line.rating.proposed_level]
            assert {one.decision for one in rated} == {decision.number}
            assert all(one.decided_level for one in rated)
            assert book.ratings.organisation(period.id).decided_level is Level.GOOD
    with Book.open(demo / "Tỉnh ủy An Bình.sochibo", read_only=True) as province:
        (row,) = province.unit_ratings.lines(year)
        assert row.figures is not None
        assert (row.figures.excellent, row.figures.rated) == (6, 35)


def test_numbers_follow_the_days(cell: Book) -> None:
    for kind in (ReportKind.MINUTES, ReportKind.RESOLUTION, ReportKind.NOTICE):
        papers = sorted(cell.reports.documents(kind), key=lambda one: one.number)
        assert [one.issued_on for one in papers] == sorted(one.issued_on for one in papers)


def test_every_sealed_file_is_beyond_doubt_but_the_spoilt_one(demo: Path) -> None:
    trust = read_trust((demo / "trust.json").read_bytes(), "trust.json")
    papers = [*demo.glob("papers/*.pdf"), *demo.glob("slips/*.pdf"), *demo.glob("stick/*.pdf")]
    found = {path.name: judge(path.read_bytes(), trust, JUDGED_ON).verdict.code for path in papers}
    assert {code for name, code in found.items() if circle.SPOILT not in name} == {"V00"}
    assert [code for name, code in found.items() if circle.SPOILT in name] == ["V03"]
    assert len(found) >= 20


def test_the_returned_paper_came_back_corrected(demo: Path, committee: Book) -> None:
    with Book.open(demo / f"{circle.STAYS}.sochibo", read_only=True) as book:
        papers = book.reports.documents(ReportKind.SUMMARY)
        october = [one for one in papers if one.period == str(circle.OCTOBER)]
        assert [(one.revision, one.state) for one in sorted(october, key=lambda one: one.revision)] == [
            (1, DocumentState.RETURNED),
            (2, DocumentState.RECEIVED),
        ]
    counted = [one.revision for one in committee.inbox.submissions(circle.OCTOBER) if one.counts]
    assert sorted(counted) == [1, 2]


def test_the_yearly_roll_up_knows_the_cell_that_ended(demo: Path, committee: Book) -> None:
    paper = committee.reports.of_period(ReportKind.ROLLUP, parse_period("2026"))
    assert paper is not None
    report = committee.reports.envelope(paper.id).report
    assert isinstance(report, RollupReport)
    ended = {row.unit: (str(row.ended), row.successor) for row in report.rows if row.ended}
    assert ended == {circle.MERGED: ("2026-06-30", circle.STAYS)}
    assert all(row.source or row.parts for row in report.rows)
    with Book.open(demo / f"{circle.STAYS}.sochibo", read_only=True) as stays:
        expected = {line.meeting.month.month: line.count.expected for line in stays.meetings.lines(2026)}
    assert [expected[month] for month in (6, 7, 12)] == [5, 9, 9]
    with Book.open(demo / "Tỉnh ủy An Bình.sochibo", read_only=True) as province:
        received = {one.kind: (one.verdict.code, one.counts) for one in province.inbox.submissions()}
    kinds = (ReportKind.ROLLUP, ReportKind.RATING_ROLLUP, *circle.UPWARD)
    assert received == dict.fromkeys(kinds, ("V00", True))


def test_its_samples_can_be_tried(demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = str(tmp_path / "tried.sochibo")
    for command in (
        ["new", book, "--name", "Chi bộ A", "--superior", "B", "--place", "C"],
        ["import", book, str(demo / "roster.xlsx")],
        ["meeting", "add", book, str(demo / "october.json")],
    ):
        assert run(["--language", "en", *command]) == 0, capsys.readouterr().err
    with Book.open(tmp_path / "tried.sochibo", read_only=True) as tried:
        assert len(tried.meetings.lines(2026)) == 1
