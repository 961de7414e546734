"""Ratings of the units on the screen: digits decide, Enter goes down to the file, papers are issued."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from books import make_committee_book
from PySide6.QtCore import Qt
from received_ratings import lay_ratings
from windows import frame_of, open_window, press

from sochibo.interface.ratings.unit_ratings_page import UnitRatingsPage
from sochibo.interface.rollups.committee_paper_page import CommitteePaperPage
from sochibo.rules.periods import parse_period
from sochibo.rules.ratings.ratings import Level
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sochibo.interface.window import Window

YEAR = parse_period("2025")


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    del qtbot
    with make_committee_book(tmp_path / "c.sochibo") as book:
        for n in (4, 5):
            unit_id = book.units.found(f"Chi bộ Thôn {n}", date(2025, 1, 1))
            if n == 4:
                lay_ratings(book, unit_id, year="2025")
    with open_window(tmp_path / "c.sochibo") as opened:
        yield opened


def page_of(window: Window) -> UnitRatingsPage:
    frame_of(window).go("unit-ratings:2025")
    page = frame_of(window).page
    assert isinstance(page, UnitRatingsPage)
    return page


def test_digits_decide_on_units_and_nothing_proposed_is_lost(window: Window) -> None:
    page = page_of(window)
    assert [line.name for line in page.model.records][:2] == ["Chi bộ Thôn 4", "Chi bộ Thôn 5"]
    page.table.setFocus()
    press(page.table, Qt.Key.Key_2, "2")
    line = page.model.records[0].of
    assert line is not None
    assert (line.told.cell_level, line.level) == (Level.EXCELLENT, Level.GOOD)
    page.table.choose(line.told.unit_id)
    press(page.table, Qt.Key.Key_5, "5")
    line = page.model.records[0].of
    assert line is not None
    assert (line.level, line.exemplary) == (Level.EXCELLENT, True)
    press(page.table, Qt.Key.Key_0, "0")
    line = page.model.records[0].of
    assert line is not None
    assert (line.level, line.exemplary) == (Level.EXCELLENT, False)


def test_from_a_unit_to_its_members_to_the_file_and_back(window: Window) -> None:
    page = page_of(window)
    page.table.setFocus()
    press(page.table, Qt.Key.Key_Return)
    assert page.members.table.hasFocus()
    assert page.members.model.rowCount() == 6
    page.members.table.choose(("Trần Thị Bích", "1961"))
    press(page.members.table, Qt.Key.Key_2, "2")
    page.members.reason.setText("Vượt trần")
    page.members.reason.flush()
    changed = next(one for one in page.session.book.unit_ratings.members(YEAR) if one.changed)
    assert (changed.name, changed.level) == ("Trần Thị Bích", Level.GOOD)
    assert changed.decision is not None
    assert changed.decision.reason == "Vượt trần"
    page.members.table.setFocus()
    press(page.members.table, Qt.Key.Key_Return)
    assert page.drill.papers is not None
    assert len(page.drill.papers.records) == 3
    assert page.go_back()
    assert page.members.table.hasFocus()
    assert page.go_back()
    assert page.table.hasFocus()
    assert not page.go_back()


def test_the_reason_above_the_cap_lets_the_decision_out(window: Window) -> None:
    page = page_of(window)
    page.papers[ReportKind.RATING_DECISION].click()
    paper = frame_of(window).page
    assert isinstance(paper, CommitteePaperPage)
    assert not paper.panel.issue_button.isEnabled()
    page = page_of(window)
    page.cap_note.setText("Cấp trên đồng ý")
    page.cap_note.flush()
    page.grounds.setPlainText("Biên bản hội nghị")
    page.grounds.flush()
    page.papers[ReportKind.RATING_DECISION].click()
    paper = frame_of(window).page
    assert isinstance(paper, CommitteePaperPage)
    assert paper.panel.issue_button.isEnabled()
    paper.panel.issue()
    document = page.session.book.reports.of_period(ReportKind.RATING_DECISION, YEAR)
    assert document is not None
    assert page.session.book.unit_ratings.is_decided(YEAR)


def test_other_lengths_lead_to_the_year_around(window: Window) -> None:
    page = page_of(window)
    page.bar.turn(parse_period("2025-05"))
    assert page.period == YEAR
