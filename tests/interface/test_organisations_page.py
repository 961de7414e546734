"""The tree of units on the screen: founded, merged, looked at as of a day, and taken back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from books import make_committee_book
from PySide6.QtCore import QItemSelectionModel
from windows import frame_of, open_window

from sochibo.interface.units.organisations_page import OrganisationsPage
from sochibo.interface.units.unit_form import UnitAct

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

JANUARY, JULY = date(2026, 1, 1), date(2026, 7, 1)


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path) -> Iterator[OrganisationsPage]:
    del qtbot
    with make_committee_book(tmp_path / "c.sochibo") as book:
        for number in (4, 5, 6):
            book.units.found(f"Chi bộ Thôn {number}", JANUARY, type="cell")
    with open_window(tmp_path / "c.sochibo") as window:
        frame_of(window).go("organisations")
        shown = frame_of(window).page
        assert isinstance(shown, OrganisationsPage)
        yield shown


def choose(page: OrganisationsPage, *rows: int) -> None:
    page.table.clearSelection()
    for row in rows:
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        page.table.selectionModel().select(page.model.index(row, 0), flags)


def names(page: OrganisationsPage) -> list[str]:
    return [branch.version.name for branch in page.model.records]


def test_a_new_unit_stands_in_the_tree(page: OrganisationsPage) -> None:
    page.acts[UnitAct.FOUND].click()
    page.form.name.setText("Chi bộ Trường học")
    page.form.day.setText("01/02/2026")
    page.form.decision.setText("QĐ 3-QĐ/ĐU")
    page.form.act.click()
    assert "Chi bộ Trường học" in names(page)
    assert page.events_model.records[0].decision == "QĐ 3-QĐ/ĐU"
    assert not page.form.isVisible()


def test_a_change_half_typed_is_offered_again_and_can_be_thrown_away(page: OrganisationsPage) -> None:
    page.acts[UnitAct.FOUND].click()
    page.form.name.setText("Chi bộ Trường")
    page.form.leave.click()
    choose(page, 0)
    page.acts[UnitAct.MOVE].click()
    assert not page.form.keeper.isVisible()
    page.form.leave.click()
    page.acts[UnitAct.FOUND].click()
    assert page.form.name.text() == "Chi bộ Trường"
    assert page.form.keeper.isVisible()
    page.form.keeper.drop.click()
    assert page.form.name.text() == ""
    page.form.name.setText("Chi bộ Trường học")
    page.form.act.click()
    assert page.session.book.drafts.of("unit:FOUND") is None


def test_a_name_that_is_taken_is_refused_and_the_form_stays(page: OrganisationsPage) -> None:
    page.acts[UnitAct.FOUND].click()
    page.form.name.setText("chi bộ thôn 5")
    page.form.act.click()
    assert page.form.isVisible()
    assert len(names(page)) == 3


def test_units_are_merged_and_the_day_before_still_shows_them(page: OrganisationsPage) -> None:
    assert not page.acts[UnitAct.MERGE].isEnabled()
    choose(page, 0, 1)
    page.acts[UnitAct.MERGE].click()
    page.form.day.setText("01/7/2026")
    page.form.act.click()
    assert names(page) == ["Chi bộ Thôn 4", "Chi bộ Thôn 6"]
    page.day.setText("30/6/2026")
    page.day.flush()
    assert names(page) == ["Chi bộ Thôn 4", "Chi bộ Thôn 5", "Chi bộ Thôn 6"]
    assert page.panel.period is not None
    assert str(page.panel.period) == "2026"
    page.events.setCurrentIndex(page.events_model.index(0, 0))
    page.take_back.click()
    page.day.setText("05/11/2026")
    page.day.flush()
    assert len(names(page)) == 3


def test_a_unit_is_split_moved_and_closed(page: OrganisationsPage) -> None:
    choose(page, 2)
    page.acts[UnitAct.SPLIT].click()
    page.form.name.setText("Chi bộ Xóm Đông; Chi bộ Xóm Tây")
    page.form.day.setText("01/7/2026")
    page.form.act.click()
    assert names(page) == ["Chi bộ Thôn 4", "Chi bộ Thôn 5", "Chi bộ Xóm Đông", "Chi bộ Xóm Tây"]
    choose(page, 3)
    page.acts[UnitAct.MOVE].click()
    page.form.parent_unit.show_value(page.model.records[2].unit.id)
    page.form.act.click()
    assert [branch.depth for branch in page.model.records] == [0, 0, 0, 1]
    choose(page, 0)
    page.acts[UnitAct.CLOSE].click()
    page.form.act.click()
    assert "Chi bộ Thôn 4" not in names(page)
    assert page.go_back() is False
