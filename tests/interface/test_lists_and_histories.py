"""Lists written to Excel from the pages that show them, and the history of one record on its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QLabel
from rosters import write_roster
from windows import TODAY, frame_of, open_window, outside, settle, unnamed, widgets

from sochibo.book.book import Book
from sochibo.interface.meetings.meeting_page import MeetingPage
from sochibo.interface.meetings.meetings_page import MeetingsPage
from sochibo.interface.meetings.steps.preparation import PreparationStep
from sochibo.interface.members.member_filters import Filter
from sochibo.interface.members.member_page import MemberPage
from sochibo.interface.members.members_page import MembersPage
from sochibo.interface.members.roster_page import RosterPanel
from sochibo.interface.papers.reports_page import ReportsPage
from sochibo.interface.parts import choosers
from sochibo.interface.upkeep.history_page import HistoryPage
from sochibo.rules.meetings.meetings import MeetingKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sochibo.interface.frame.frame import Frame


def cells(path: Path) -> str:
    book = load_workbook(path, read_only=True)
    texts = [str(value) for row in book.worksheets[0].iter_rows(values_only=True) for value in row if value]
    book.close()
    return "\n".join(texts)


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Answer every question for a new file by one that was typed without its ending."""
    monkeypatch.setattr(choosers, "choose_new_file", lambda *_asked: tmp_path / "Ra")
    return tmp_path / "Ra.xlsx"


def opened(frame: Frame, goal: str) -> object:
    frame.go(goal)
    settle()
    return frame.page


def test_members_go_to_excel_with_masked_numbers_and_those_who_left_if_shown(
    qtbot: QtBot, cell_path: Path, written: Path
) -> None:
    del qtbot
    with open_window(cell_path) as window:
        page = opened(frame_of(window), "members")
        assert isinstance(page, MembersPage)
        page.write.click()
        text = cells(written)
        assert "Trần Thị Bích" in text
        assert "Dương Văn Xa" not in text
        assert "001000000001" not in text
        page.filter.show_value(Filter.LEFT)
        page.write.click()
        assert "Dương Văn Xa" in cells(written)


def test_the_empty_list_can_be_read_in_again(qtbot: QtBot, cell_path: Path, written: Path) -> None:
    del qtbot
    with open_window(cell_path) as window:
        page = opened(frame_of(window), "members")
        assert isinstance(page, MembersPage)
        page.write_template()
        assert "Họ và tên" in cells(written)


def test_meetings_attendance_papers_and_history_go_to_excel(
    qtbot: QtBot, cell_path: Path, written: Path
) -> None:
    del qtbot
    with Book.open(cell_path) as book:
        book.meetings.prepare(MeetingKind.REGULAR, TODAY)
    with open_window(cell_path) as window:
        frame = frame_of(window)
        meetings = opened(frame, "meetings")
        assert isinstance(meetings, MeetingsPage)
        meetings.write.click()
        assert "2026-11-05" in cells(written)
        meetings.write_matrix.click()
        assert "Trần Thị Bích" in cells(written)
        reports = opened(frame, "reports")
        assert isinstance(reports, ReportsPage)
        reports.write_list()
        assert "Chi bộ Thôn 4" in cells(written)
        history = opened(frame, "history")
        assert isinstance(history, HistoryPage)
        history.write_list()
        assert "Nguyễn Văn Mẫu" in cells(written)


def test_a_list_that_cannot_be_written_is_told_calmly(
    qtbot: QtBot, cell_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosers, "choose_new_file", lambda *_asked: tmp_path / "gone" / "Ra.xlsx")
    with open_window(cell_path) as window:
        frame = frame_of(window)
        page = opened(frame, "members")
        assert isinstance(page, MembersPage)
        with qtbot.waitSignal(frame.session.fault) as told:
            page.write.click()
        assert "Ra.xlsx" in told.args[0]


def test_a_member_shows_who_changed_what_from_what_to_what(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path) as window:
        frame = frame_of(window)
        entry = frame.session.book.members.on(TODAY)[0]
        page = opened(frame, f"member:{entry.member.id}")
        assert isinstance(page, MemberPage)
        assert page.history.table.isHidden()
        page.history.unfold.click()
        settle()
        before = page.history.table_model.rowCount()
        page.lines["phone"].setText("0900 000 000")
        page.flush()
        assert page.history.table_model.rowCount() == before + 1
        second = page.history.table_model.columns[1].second
        assert second is not None
        assert second(page.history.table_model.record(0)) == "Điện thoại: – → 0900 000 000"
        frame_of(window).undo()
        undone = second(page.history.table_model.record(0))
        assert undone == "Đã hoàn tác; Điện thoại: – → 0900 000 000"
        page.lines["identity_no"].setText("001099007788")
        page.flush()
        assert "001099007788" not in second(page.history.table_model.record(0))


def test_a_meeting_shows_its_history_on_its_first_step(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with Book.open(cell_path) as book:
        meeting = book.meetings.prepare(MeetingKind.REGULAR, TODAY)
    with open_window(cell_path) as window:
        page = opened(frame_of(window), f"meeting:{meeting}")
        assert isinstance(page, MeetingPage)
        page.open_step(0)
        step = page.step
        assert isinstance(step, PreparationStep)
        step.history.unfold.click()
        step.place.setText("Nhà văn hóa Bàu Sen")
        page.flush()
        settle()
        shown = step.history.table_model
        second = shown.columns[1].second
        assert second is not None
        assert any("Nhà văn hóa Bàu Sen" in second(change) for change in shown.records)


def strange_roster(tmp_path: Path) -> Path:
    return write_roster(
        tmp_path / "Danh sách.xlsx",
        [
            ("TT", "Họ và tên", "Ngày sinh", "Máy bàn"),
            (1, "Lương Thị Mới", "1990", "0900 111 222"),
        ],
    )


def test_a_person_says_what_a_column_means_and_it_is_remembered(
    qtbot: QtBot, cell_path: Path, tmp_path: Path
) -> None:
    del qtbot
    path = strange_roster(tmp_path)
    with open_window(cell_path, language="en") as window:
        page = opened(frame_of(window), "members")
        assert isinstance(page, MembersPage)

        def panel_of() -> RosterPanel:
            panel = page._panel  # noqa: SLF001 - the list in the place of the register
            assert isinstance(panel, RosterPanel)
            return panel

        page.show_roster(path)
        first = panel_of()
        assert first.columns.isHidden()
        first.columns_button.click()
        choice = first.columns.fields["Máy bàn"]
        assert choice.value() == ""
        choice.show_value("phone")
        choice.activated.emit(choice.currentIndex())
        settle()
        second = panel_of()
        assert second is not first
        assert second.columns.isVisible()
        assert unnamed(second) == []
        assert second.preview.rows[0].member.phone == "0900 111 222"
        second.record_button.click()
        settle()
        page.show_roster(path)
        third = panel_of()
        assert third.columns.fields["Máy bàn"].value() == "phone"
        said = [child.text() for child in widgets(third) if isinstance(child, QLabel)]
        assert "The columns are those chosen before for such a list." in said


def test_a_choice_without_names_is_refused_and_leaves_the_list_in_sight(
    qtbot: QtBot, cell_path: Path, tmp_path: Path
) -> None:
    with open_window(cell_path, language="en") as window:
        frame = frame_of(window)
        page = opened(frame, "members")
        assert isinstance(page, MembersPage)
        page.show_roster(strange_roster(tmp_path))
        with qtbot.waitSignal(frame.session.fault):
            page.show_roster(strange_roster(tmp_path), {"Họ và tên": ""})
        assert page._panel is not None  # noqa: SLF001 - as above
        assert page._panel.isVisible()  # noqa: SLF001 - as above
        choice = page._panel.columns.fields["Họ và tên"]  # noqa: SLF001 - as above
        choice.show_value("")
        with qtbot.waitSignal(frame.session.fault):
            choice.activated.emit(choice.currentIndex())
        assert choice.value() == "name", "what was refused is not shown as chosen"


def _member(frame: Frame) -> None:
    page = opened(frame, f"member:{frame.session.book.members.on(TODAY)[0].member.id}")
    assert isinstance(page, MemberPage)
    page.history.unfold.click()


def _columns(frame: Frame) -> None:
    page = opened(frame, "members")
    assert isinstance(page, MembersPage)
    page.show_roster(strange_roster(frame.session.book.path.parent), {"Máy bàn": "phone"})


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize(
    "show",
    [
        _member,
        _columns,
        *(lambda frame, goal=goal: frame.go(goal) for goal in ("meetings", "reports", "members")),
    ],
)
def test_everything_fits_and_has_a_name(
    qtbot: QtBot, cell_path: Path, percent: int, show: Callable[[Frame], object]
) -> None:
    del qtbot
    with open_window(cell_path, percent=percent) as window:
        show(frame_of(window))
        settle()
        assert unnamed(window) == []
        assert outside(window) == []
