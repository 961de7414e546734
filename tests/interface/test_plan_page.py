"""The plan of a year in the real window: regular days, themes, their meetings and their paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from windows import frame_of, open_window, outside, press, settle, unnamed

from sochibo.interface.meetings.meeting_page import MeetingPage
from sochibo.interface.meetings.plan_page import PlanPage
from sochibo.interface.papers.paper_page import PaperPage
from sochibo.rules.dates import Month
from sochibo.rules.meetings.meetings import MeetingKind

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize(("language", "percent"), [("vi", 100), ("en", 200)])
def test_a_theme_is_planned_and_fits(qtbot: QtBot, cell_path: Path, language: str, percent: int) -> None:
    del qtbot
    with open_window(cell_path, language=language, percent=percent) as window:
        frame = frame_of(window)
        frame.go("plan:2026")
        page = frame.page
        assert isinstance(page, PlanPage)
        assert page.months_model.rowCount() == 12
        page.add.click()
        settle()
        page.form.theme.setText("Tiết kiệm điện trong nhà văn hóa")
        page.form.theme.flush()
        page.form._change_month(11)  # noqa: SLF001 - what the choice calls
        (plan,) = page.session.book.plans.themes(2026)
        assert (plan.theme, plan.quarter, plan.planned_month) == (
            "Tiết kiệm điện trong nhà văn hóa",
            4,
            Month(2026, 11),
        )
        settle()
        assert unnamed(page) == []
        assert outside(window) == []


def test_a_regular_day_on_a_sunday_is_proposed_for_the_next_day(qtbot: QtBot, cell_path: Path) -> None:
    """3 May 2026 is a Sunday between holidays."""
    del qtbot
    with open_window(cell_path) as window:
        frame = frame_of(window)
        frame.go("plan:2026")
        page = frame.page
        assert isinstance(page, PlanPage)
        may = page.months_model.record(4)
        assert may.day.regular.isoformat() == "2026-05-03"
        assert may.day.proposed.isoformat() == "2026-05-04"
        assert "03/05/2026" in page.months_model.columns[1].text(may)
        page.months.selectRow(4)
        press(page.months, Qt.Key.Key_Return)
        made = frame.page
        assert isinstance(made, MeetingPage)
        assert made.desk.file.meeting.on == may.day.proposed


def test_a_theme_prepares_its_meeting_and_knows_it(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path) as window:
        frame = frame_of(window)
        frame.go("plan:2026")
        page = frame.page
        assert isinstance(page, PlanPage)
        page.add_theme()
        page.form.meeting.click()
        made = frame.page
        assert isinstance(made, MeetingPage)
        meeting = made.desk.file.meeting
        assert meeting.kind is MeetingKind.THEMATIC
        (plan,) = made.session.book.plans.themes(2026)
        assert plan.meeting_id == meeting.id
        assert meeting.theme == plan.theme


def test_the_plan_is_shown_and_issued_as_a_paper(qtbot: QtBot, cell_path: Path) -> None:
    with open_window(cell_path) as window:
        frame = frame_of(window)
        frame.go("plan:2026")
        page = frame.page
        assert isinstance(page, PlanPage)
        assert not page.issue.isEnabled()
        page.add_theme()
        page.paper.setChecked(True)
        qtbot.waitUntil(lambda: not page.session.busy)
        assert page.preview.isVisibleTo(page)
        page.issue.click()
        paper = frame.page
        assert isinstance(paper, PaperPage)
        assert paper.document is not None
        assert paper.document.number.endswith("KH/CB")
        qtbot.waitUntil(lambda: not paper.session.busy)


def test_a_theme_taken_out_comes_back_by_undo(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path) as window:
        frame = frame_of(window)
        frame.go("plan:2026")
        page = frame.page
        assert isinstance(page, PlanPage)
        page.add_theme()
        page.form.take_out()
        assert page.themes_model.rowCount() == 0
        page.session.book.history.undo()
        page.reload()
        assert page.themes_model.rowCount() == 1
