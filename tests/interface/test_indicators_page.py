"""Indicators on the screen: figure, units, papers, page, and back again; years side by side."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import reports
from books import make_cell_book, make_committee_book
from PySide6.QtCore import Qt
from received import lay, summary_of
from windows import frame_of, open_window, press

from sochibo.interface.rollups.indicators_page import IndicatorsPage
from sochibo.rules.units.indicator_papers import IndicatorsReport
from sochibo.rules.units.indicators import Count

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


def paper(period: str, *counts: Count) -> IndicatorsReport:
    return IndicatorsReport(reports.heading("07-BC/CB", issued_on=date(2026, 12, 31)), period, counts)


def test_from_a_figure_to_its_units_and_papers_and_back(qtbot: QtBot, tmp_path: Path) -> None:
    del qtbot
    with make_committee_book(tmp_path / "c.sochibo") as book:
        four, five = (book.units.found(f"Chi bộ Thôn {n}", date(2025, 1, 1)) for n in (4, 5))
        lay(book, four, paper("2025", Count("members", 28)))
        for period in ("2026-01", "2026-02"):
            lay(book, four, summary_of(period))
            lay(book, five, summary_of(period, 20))
    with open_window(tmp_path / "c.sochibo") as window:
        frame = frame_of(window)
        frame.go("indicators:2026")
        page = frame.page
        assert isinstance(page, IndicatorsPage)
        told = {one.id: count for one, count in page.model.records}
        assert told["members"].number == 50
        assert "2025" in [column.title for column in page.model.columns]
        page.table.setFocus()
        page.table.choose("members")
        press(page.table, Qt.Key.Key_Return)
        assert [row.unit for row in page.units_model.records] == ["Chi bộ Thôn 4", "Chi bộ Thôn 5"]
        assert page.units_table.hasFocus()
        press(page.units_table, Qt.Key.Key_Return)
        assert page.drill.papers is not None
        assert [one.period for one in page.drill.papers.records] == ["2026-01", "2026-02"]
        assert page.go_back()
        assert page.units_table.hasFocus()
        assert page.go_back()
        assert page.table.hasFocus()
        assert not page.go_back()
        page.bar.before.click()
        assert page.title()[-1] == "Năm 2025"
        assert {one.id: count.number for one, count in page.model.records}["members"] == 28


def test_a_cell_sees_its_own_and_issues_them(qtbot: QtBot, tmp_path: Path) -> None:
    make_cell_book(tmp_path / "cell.sochibo").close()
    with open_window(tmp_path / "cell.sochibo") as window:
        frame = frame_of(window)
        frame.go("indicators")
        page = frame.page
        assert isinstance(page, IndicatorsPage)
        with qtbot.waitSignal(page.session.noted) as told:
            page.show_units(page.model.records[0])
        assert told.args
        before = page.model.records
        page.panel.issue_button.click()
        assert page.model.records == before
        assert page.panel.document() is not None
