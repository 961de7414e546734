"""The invented data: whole, steady, and with every quirk that it promises."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from shell import quick_keys

from sochibo.book.book import Book
from sochibo.commands.samples.books import make_cell
from sochibo.commands.samples.meetings import meeting_of, months
from sochibo.commands.samples.people import later_events, people
from sochibo.commands.samples.roster import write_roster
from sochibo.commands.samples.world import make_demo_books
from sochibo.commands.samples.year import record_month
from sochibo.rules.dates import Month
from sochibo.rules.members.members import Activity, EventKind, Membership
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Any:  # noqa: ANN401 - openpyxl has no types
    path = tmp_path_factory.mktemp("roster") / "roster.xlsx"
    write_roster(path)
    return openpyxl.load_workbook(path).active


def test_the_roster_has_titles_and_merged_headers(sheet: Any) -> None:  # noqa: ANN401 - as above
    assert sheet.cell(1, 1).value == "ĐẢNG BỘ XÃ ĐÔNG HÒA"
    assert "D6:E6" in {str(each) for each in sheet.merged_cells.ranges}


def test_the_roster_has_every_quirk(sheet: Any) -> None:  # noqa: ANN401 - as above
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=8)]
    names = [row[1] for row in rows if isinstance(row[0], int)]
    dates = {type(row[2]) for row in rows if isinstance(row[0], int)}
    assert any(name.isupper() for name in names)
    assert any(not unicodedata.is_normalized("NFC", name) for name in names)
    assert dates == {int, str, datetime}
    assert {type(row[14]) for row in rows if isinstance(row[0], int)} == {int, str}
    assert {row[3] for row in rows} >= {"x", None}
    folded = [unicodedata.normalize("NFC", name).strip().casefold() for name in names]
    assert len(folded) == len(set(folded)) + 1


def test_no_two_people_share_a_name() -> None:
    assert len({person.name for person in people()}) == len(people()) == 32


def test_every_meeting_has_a_month_of_its_own() -> None:
    assert [meeting_of(month)["on"][:7] for month in months()] == [str(month) for month in months()]
    assert months(2) == (Month(2026, 9), Month(2026, 10))


def test_the_sample_cell_has_members_of_every_standing(tmp_path: Path) -> None:
    write_roster(tmp_path / "r.xlsx")
    with make_cell(tmp_path / "cell.sochibo", tmp_path / "r.xlsx") as book:
        entries = book.members.on(date(2026, 10, 31), everybody=True)
        assert {entry.standing.activity for entry in entries} == set(Activity)
        assert {entry.standing.membership for entry in entries} == set(Membership)
        assert len(entries) == 32
        for month in months():
            record_month(book, month)
        counts = [line.count for year in book.meetings.years() for line in book.meetings.lines(year)]
    assert len(counts) == 14
    assert all(0 < count.present <= count.expected for count in counts)
    assert any(count.unexcused for count in counts)


def test_the_sample_world_waits_for_its_last_month(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quick_keys(monkeypatch)
    made = make_demo_books(tmp_path, months=2)
    with Book.open(made.committee, read_only=True) as committee:
        codes = {
            row.unit.name: [each.verdict.code if each else None for each in row.months[8:10]]
            for row in committee.inbox.board(2026)
        }
    assert codes == {
        "Chi bộ Thôn 4": ["V00", None],
        "Chi bộ Thôn 5": ["V00", None],
        "Chi bộ Thôn 7": [None, None],
        "Chi bộ Trường Tiểu học": [None, None],
    }
    with Book.open(made.cell, read_only=True) as cell:
        states = {str(line.meeting.on): line.meeting.state.value for line in cell.meetings.lines(2026)}
        states_of = {one.period: one.state.value for one in cell.reports.documents(ReportKind.SUMMARY)}
    assert states_of == {"2026-09": "returned"}
    assert states == {"2026-09-03": "sealed", "2026-09-18": "sealed", "2026-10-03": "closed"}


def test_events_happen_to_people_who_exist() -> None:
    names = {person.name for person in people()}
    assert {event.name for event in later_events()} <= names
    assert EventKind.DEATH in {event.kind for event in later_events()}
