"""The boxes of the national app in the window: copied one by one, ticked, copied whole."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea
from recordings import meeting_data
from windows import frame_of, open_window, outside, settle, unnamed, widgets

from sochibo import paths
from sochibo.book.book import Book
from sochibo.book.meetings.coexistence import CopyState
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.meetings.coexistence_page import CoexistencePage, coexistence_goal
from sochibo.interface.meetings.meeting_page import MeetingPage
from sochibo.interface.meetings.papers_page import PapersPage, papers_goal
from sochibo.rules.meetings.coexistence import AppValue
from sochibo.rules.meetings.coexistence_files import FILE
from sochibo.rules.meetings.meetings import MeetingKind
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot


@contextmanager
def boxes_of(path: Path, *, held: bool = True, percent: int = 100) -> Iterator[CoexistencePage]:
    with Book.open(path) as book:
        if held:
            meeting_id = book.meetings.record(meeting_data(on="2026-11-03", close=True))
        else:
            meeting_id = book.meetings.prepare(MeetingKind.REGULAR, date(2026, 11, 12))
    with open_window(path, percent=percent) as window:
        frame_of(window).go(coexistence_goal(meeting_id))
        page = frame_of(window).page
        assert isinstance(page, CoexistencePage)
        settle()
        yield page


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def state(page: CoexistencePage, value: AppValue) -> CopyState:
    return next(one.state for one in page.table_model.records if one.field.value is value)


def test_enter_copies_box_after_box_and_passes_over_what_is_empty(cell_path: Path) -> None:
    with boxes_of(cell_path) as page:
        page.table.setFocus()
        page.table.choose(AppValue.KIND)
        QTest.keyClick(page.table, Qt.Key.Key_Return)
        assert clipboard() == "Sinh hoạt thường kỳ"
        assert state(page, AppValue.KIND) is CopyState.COPIED
        assert state(page, AppValue.THEME) is CopyState.EMPTY
        assert page.table.record().field.value is AppValue.FORMAT
        assert "1/" in page.progress.text()
        open_ones = [one for one in page.table_model.records if one.state is CopyState.OPEN]
        copied = []
        for _ in open_ones:
            QTest.keyClick(page.table, Qt.Key.Key_Return)
            copied.append(clipboard())
        assert set(copied) == {one.field.text for one in open_ones}
        assert {one.state for one in page.table_model.records} == {CopyState.COPIED, CopyState.EMPTY}


def test_a_box_is_copied_by_key_or_click_ticked_by_hand_and_all_at_once(cell_path: Path) -> None:
    with boxes_of(cell_path) as page:
        page.table.setFocus()
        page.table.choose(AppValue.AGENDA)
        QTest.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert clipboard().splitlines()[0].startswith("1. ")
        assert page.table.record().field.value is AppValue.AGENDA
        row = page.table_model.row_of(AppValue.PLACE)
        for column, wanted in ((0, CopyState.OPEN), (3, CopyState.COPIED)):
            place = page.table.visualRect(page.table_model.index(row, column)).center()
            QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
            assert state(page, AppValue.PLACE) is wanted
        page.table.choose(AppValue.DAY)
        for wanted in (CopyState.COPIED, CopyState.OPEN):
            QTest.keyClick(page.table, Qt.Key.Key_Space)
            assert state(page, AppValue.DAY) is wanted
        page.all_button.click()
        told = clipboard()
        assert told.startswith("TẠO LỊCH")
        for one in page.table_model.records:
            assert one.field.text in told
        # It is one text, to be sent to one's own telephone: no box is filled by it.
        assert state(page, AppValue.DAY) is CopyState.OPEN


def test_at_200_percent_the_row_in_hand_is_in_sight_and_nothing_is_cut(cell_path: Path) -> None:
    with boxes_of(cell_path, percent=200) as page:
        page.table.setFocus()
        page.table.choose(AppValue.MINUTES)
        settle()
        area = page.parentWidget()
        while not isinstance(area, QScrollArea):
            assert area is not None
            area = area.parentWidget()
        row = page.table.visualRect(page.table.currentIndex())
        top = page.table.viewport().mapTo(area.viewport(), QPoint(0, row.top())).y()
        assert 0 <= top < area.viewport().height()
        assert not unnamed(page)
        assert not outside(page)


def test_an_order_nobody_compared_is_doubted_and_an_unusable_one_said(
    cell_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with boxes_of(cell_path, held=False) as page:
        assert page.banner.isVisible()
        assert "Sổ tay đảng viên điện tử" in page.banner.accessibleName()
        assert state(page, AppValue.PRESENT) is CopyState.EMPTY
        (tmp_path / "own").mkdir()
        (tmp_path / "own" / FILE).write_text("[[orders]]\n", "utf-8")
        monkeypatch.setattr(paths, "settings_folder", lambda: tmp_path / "own")
        page.reload()
        assert "D20" in page.banner.accessibleName()
        assert not page.table.isVisible()
        assert not page.copy_button.isEnabled()


def test_a_read_only_book_copies_all_the_same(cell_path: Path) -> None:
    with Book.open(cell_path) as book:
        meeting_id = book.meetings.record(meeting_data(on="2026-11-03", close=True))
    with Book.open(cell_path), open_window(cell_path) as window:
        frame_of(window).go(coexistence_goal(meeting_id))
        page = frame_of(window).page
        assert isinstance(page, CoexistencePage)
        assert page.session.book.read_only
        page.table.choose(AppValue.PLACE)
        assert page.copy(page.table.record())
        assert clipboard() == "Nhà văn hóa Thôn 4"
        assert state(page, AppValue.PLACE) is CopyState.OPEN


def test_steps_and_papers_of_the_meeting_lead_here(qtbot: QtBot, cell_path: Path) -> None:
    with boxes_of(cell_path) as page:
        session, meeting_id = page.session, page.meeting_id
        window = page.window()
        page.look_button.click()
        settle()
        sheet = frame_of(window).page  # type: ignore[arg-type]  # the one window there is
        assert isinstance(sheet, PapersPage)
        assert sheet.kind is ReportKind.COEXISTENCE
        qtbot.waitUntil(sheet.preview.drawn)
        assert not sheet.issue_button.isVisible()
        sheet.boxes.click()
        assert isinstance(frame_of(window).page, CoexistencePage)  # type: ignore[arg-type]  # as above
        session.go(papers_goal(meeting_id, ReportKind.NOTICE))
        notice = frame_of(window).page  # type: ignore[arg-type]  # as above
        assert isinstance(notice, PapersPage)
        assert not notice.boxes.isVisible()
        session.go(f"meeting:{meeting_id}")
        meeting = frame_of(window).page  # type: ignore[arg-type]  # as above
        assert isinstance(meeting, MeetingPage)
        meeting.open_step(0)
        found = [one for one in widgets(meeting) if one.accessibleName() == "Sổ tay điện tử…"]
        assert isinstance(found[0], ActButton)
        found[0].click()
        assert isinstance(frame_of(window).page, CoexistencePage)  # type: ignore[arg-type]  # as above
