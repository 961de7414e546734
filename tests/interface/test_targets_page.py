"""The targets of a year through the window: set, counted, changed, reported."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from windows import frame_of, open_window, outside, settle, unnamed

from sochibo.book.book import Book
from sochibo.interface.work.targets_page import TargetsPage, actual_text, asked_text
from sochibo.messages import Messages
from sochibo.rules.reports import ReportKind
from sochibo.rules.work.targets import INDICATORS, Measure, ProgressState

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sochibo.interface.frame.frame import Frame

DECEMBER = date(2026, 12, 28)


def targets_page(frame: Frame) -> TargetsPage:
    """Go to the targets of this year."""
    frame.go("targets")
    page = frame.page
    assert isinstance(page, TargetsPage)
    return page


@pytest.mark.parametrize(("language", "percent"), [("vi", 100), ("en", 200)])
def test_everything_is_named_and_fits(qtbot: QtBot, cell_path: Path, language: str, percent: int) -> None:
    del qtbot
    with Book.open(cell_path) as book:
        book.targets.add_defaults(2026)
    with open_window(cell_path, language=language, percent=percent, today=DECEMBER) as window:
        page = targets_page(frame_of(window))
        settle()
        assert unnamed(page) == []
        assert outside(window) == []


def test_the_usual_targets_are_set_and_held_against_the_book(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path, today=DECEMBER) as window:
        page = targets_page(frame_of(window))
        assert page.model.rowCount() == 0
        page.usual.click()
        lines = {line.target.indicator: line for line in page.model.records}
        assert lines
        assert all(line.target.year == 2026 for line in lines.values())
        # Đỗ Minh Ước was admitted in May 2026.
        if "admissions" in lines:
            assert lines["admissions"].progress.actual is not None
            assert lines["admissions"].progress.actual.numerator == 1


def test_a_target_of_ones_own_is_filled_in_by_hand(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path, today=DECEMBER) as window:
        page = targets_page(frame_of(window))
        page.new.click()
        form = page.form
        for field, text in (
            (form.own, "Trồng cây xanh"),
            (form.value, "1.200"),
            (form.numerator, "900"),
            (form.source, "NQ 01-NQ/CB"),
        ):
            field.setText(text)
            field.flush()
        (line,) = page.model.records
        assert (line.target.indicator, line.target.value, line.target.decimals) == ("Trồng cây xanh", 1200, 0)
        assert line.progress.state is ProgressState.BEHIND
        assert actual_text(line, Messages("vi")) == "900"
        assert asked_text(line.target, Messages("vi")).endswith("1.200")
        form.value.setText("nhiều")
        form.value.flush()
        assert page.model.records[0].target.value == 1200
        page.remove_button.click()
        assert page.model.rowCount() == 0


def test_a_target_without_a_name_is_taken_up_again(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path, today=DECEMBER) as window:
        page = targets_page(frame_of(window))
        page.new.click()
        page.new.click()
        assert page.model.rowCount() == 1
        page.form.own.setText("Trồng cây xanh")
        page.form.own.flush()
        page.new.click()
        assert {line.target.indicator for line in page.model.records} == {"Trồng cây xanh", "Chỉ tiêu mới"}


def test_a_rate_by_hand_waits_for_both_numbers(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path, today=DECEMBER) as window:
        page = targets_page(frame_of(window))
        page.new.click()
        form = page.form
        # The fees are a rate that the book does not count.
        form.indicator.activated.emit(1 + list(INDICATORS).index("fees_collected"))
        target = page.model.records[0].target
        assert target.measure is Measure.PERCENT
        form.numerator.setText("95")
        form.numerator.flush()
        assert page.model.records[0].target.numerator is None
        form.denominator.setText("100")
        form.denominator.flush()
        made = page.model.records[0].target
        assert (made.numerator, made.denominator) == (95, 100)


def test_the_report_is_seen_and_issued(qtbot: QtBot, cell_path: Path) -> None:
    with Book.open(cell_path) as book:
        book.targets.add_defaults(2026)
    with open_window(cell_path, today=DECEMBER) as window:
        page = targets_page(frame_of(window))
        page.report.click()
        qtbot.waitUntil(page.preview.drawn)
        page.issue_button.click()
        issued = page.session.book.reports.documents(ReportKind.TARGETS)
        assert [one.period for one in issued] == ["2026"]
        assert page.go_back()
        assert page.table.isVisible()
