"""A month of the cell by keys alone, from the page of the day to the sealed minutes, and the keys counted."""

from __future__ import annotations

import sys
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Final, cast

import pytest
from books import CELL
from keyboard import Keyboard
from PySide6.QtCore import Qt
from recordings import meeting_data, quick_keys
from windows import frame_of, open_window

from sochibo.book.book import Book
from sochibo.interface.meetings.steps.closing import ClosingStep
from sochibo.interface.meetings.steps.scores import ScoresStep
from sochibo.rules.dates import PartialDate
from sochibo.rules.meetings.meetings import AbsenceReason, Attendance, MeetingState
from sochibo.rules.members.members import EventKind, Member, MemberEvent

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sochibo.interface.meetings.meeting_page import MeetingPage
    from sochibo.rules.meetings.minutes import MeetingFile

GOAL: Final = 120
PASSPHRASE: Final = "lúa chín vàng đồng"  # noqa: S105 - of a key that lives for one test
MADE: Final = datetime(2026, 9, 1, 8, 0, tzinfo=timezone(timedelta(hours=7)))
FAMILIES: Final = ("Nguyễn", "Trần", "Lê", "Phạm", "Đỗ")
MIDDLES: Final = ("Văn", "Thị", "Minh")
GIVEN: Final = (
    "Mẫu", "Bích", "Đức", "Ước", "Ân", "Yến", "Tuấn", "Xuân", "Lợi", "Thủy", "Bảo", "Cường", "Dung", "Hà",
    "Hải", "Khánh", "Lan", "Long", "Mai", "Nam", "Oanh", "Phúc", "Quân", "Sơn", "Tâm", "Uyên", "Vinh",
    "Xuyến", "Ý", "Giang",
)  # fmt: skip
AGENDA: Final = (
    "Tình hình thời sự, chính sách mới",
    "Kết quả thực hiện nghị quyết tháng trước",
    "Nhiệm vụ trọng tâm tháng này",
    "Đăng ký góp đất mở rộng đường thôn",
    "Giúp hộ nghèo sửa nhà trước mùa mưa bão",
)
ENTER, TAB, F6, F9 = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_F6, Qt.Key.Key_F9
SHIFT, CONTROL, ALT = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def cell_of_thirty(tmp_path: Path) -> Path:
    """Return the book of a cell of thirty with its October closed, and a key to seal with."""
    path = tmp_path / "Chi bộ Thôn 4.sochibo"
    names = [f"{FAMILIES[n % 5]} {MIDDLES[n % 3]} {given}" for n, given in enumerate(GIVEN)]
    with Book.create(path, CELL, by="Nguyễn Văn Mẫu") as book, quick_keys():
        for n, name in enumerate(names):
            office = {0: "Bí thư", 1: "Phó Bí thư"}.get(n, "")
            events = [
                MemberEvent(id="", member_id="", kind=kind, on=PartialDate(day))
                for kind, day in ((EventKind.ADMISSION, "2001-02-03"), (EventKind.RECOGNITION, "2002-02-03"))
            ]
            book.members.add(Member(id="", name=name, birth=PartialDate("1970"), office=office), events)
        october = meeting_data(
            on="2026-10-05",
            chair=names[0],
            minute_taker=names[1],
            absent=[],
            also_present=[],
            guests=[],
            items=[
                {"title": title, "text": "Chi bộ thảo luận.", "conclusion": "Nhất trí."} for title in AGENDA
            ],
            votes=[{"question": "Thông qua nghị quyết tháng 10", "in_favour": 30}],
            tasks=[
                {"text": "Rà soát hộ nghèo", "assignees": "Bích", "due": "2026-10-25"},
                {"text": "Vận động góp đất làm đường", "assignees": "Tuấn", "due": "2026-10-31"},
            ],
            close=True,
        )
        book.meetings.record(october)
        book.reports.make_key(names[0], PASSPHRASE, MADE)
    return path


def take_minutes(keys: Keyboard) -> None:
    """Go from the page of the day through all steps up to the last one."""
    keys.press(Qt.Key.Key_2, ALT)
    keys.press(Qt.Key.Key_N, CONTROL)
    keys.press(TAB)
    keys.press(TAB)
    keys.write("21:15")
    keys.press(F6)
    keys.letters("bao21")
    keys.letters("lan22")
    keys.press(ENTER)
    for place in range(len(AGENDA)):
        if place:
            keys.press(ENTER, CONTROL)
        keys.write("Đồng chí bí thư trình bày; chi bộ thảo luận, thống nhất.")
        keys.press(TAB, times=2)
        keys.write("Thực hiện từ tháng này.")
    keys.press(TAB, times=6)
    keys.write("Thống nhất các nội dung đã bàn.")
    keys.press(TAB)
    keys.press(Qt.Key.Key_Space)
    keys.press(F6)
    keys.press(ENTER)
    keys.write("Thông qua nghị quyết tháng 11")
    keys.press(ENTER, times=3)
    keys.write("28")
    keys.press(F6)
    for percent, result in (("100", "Đã xong"), ("80", "Còn hai hộ")):
        keys.write(percent)
        keys.press(ENTER)
        keys.write(result)
        keys.press(ENTER)
    for task in (
        "Bích – lập danh sách hộ nghèo sửa nhà – 20/11",
        "Tuấn – họp các hộ góp đất – 25/11",
        "Hà – cài định danh điện tử cho người già – 30/11",
    ):
        keys.write(task)
        keys.press(ENTER)
    keys.press(F6)


def test_a_month_needs_no_mouse_and_few_keys(
    qtbot: QtBot, cell_of_thirty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = Keyboard()
    with open_window(cell_of_thirty) as window:
        frame = frame_of(window)
        take_minutes(keys)
        page = cast("MeetingPage", frame.page)
        assert isinstance(page.step, ScoresStep)
        keys.press(ENTER)
        # What the record cannot tell stays open for a person: the papers sent, the last resolution's results.
        keys.write("4")
        keys.press(ENTER)
        keys.write("Gửi tài liệu muộn")
        keys.press(ENTER)
        keys.write("30")
        keys.press(ENTER)
        keys.press(F6)
        step = page.step
        assert isinstance(step, ClosingStep)
        assert page.desk.findings == ()
        keys.press(F9)
        keys.write(PASSPHRASE)
        keys.press(ENTER)
        qtbot.waitUntil(step.paper.send_button.isVisible)
        file = page.desk.file
    check_minutes(file)
    with capsys.disabled():
        sys.stdout.write(f"\n{keys.strokes} keys besides {keys.typed} letters of text\n")
    assert keys.strokes <= GOAL


def check_minutes(file: MeetingFile) -> None:
    """Check that everything typed stands where it belongs."""
    assert file.meeting.state is MeetingState.SEALED
    assert file.meeting.end == "21:15"
    assert file.meeting.adopted
    assert len(file.roll) == 30
    absent = {file.name_of(who): (mark.attendance, mark.reason) for who, mark in file.marks.items()}
    assert absent == {
        "Nguyễn Thị Bảo": (Attendance.EXCUSED, AbsenceReason.WORK),
        "Trần Thị Lan": (Attendance.EXCUSED, AbsenceReason.ILLNESS),
    }
    assert tuple(item.title for item in file.items) == AGENDA
    assert all(item.text.endswith("thống nhất.") and item.conclusion for item in file.items)
    assert [(vote.question, vote.in_favour) for vote in file.votes] == [("Thông qua nghị quyết tháng 11", 28)]
    assert [task.due for task in file.tasks] == [date(2026, 11, day) for day in (20, 25, 30)]
    assert [task.done_percent for task in file.earlier_tasks] == [100, 80]
    assert (file.scores["3.2"].tenths, file.scores["3.2"].reason) == (40, "Gửi tài liệu muộn")
    assert file.scores["6"].tenths == 300


def test_enter_leads_through_a_new_vote_as_it_is_read(qtbot: QtBot, cell_of_thirty: Path) -> None:
    del qtbot
    keys = Keyboard()
    with open_window(cell_of_thirty, language="en") as window:
        frame = frame_of(window)
        keys.press(Qt.Key.Key_2, ALT)
        keys.press(Qt.Key.Key_N, CONTROL)
        keys.press(F6, times=3)
        keys.press(ENTER)
        met = [keys.focus.accessibleName()]
        for _ in range(6):
            keys.press(ENTER)
            met.append(keys.focus.accessibleName())
        assert met == [
            "Question", "Needs", "Voted", "In favour", "Against", "Blank, invalid, other",
            "Opinion of the minority, if it is to be kept",
        ]  # fmt: skip
        keys.press(TAB, SHIFT)
        assert keys.focus.accessibleName() == met[-2]
        assert frame.page.isAncestorOf(keys.focus)


def test_tab_goes_out_of_the_page_at_its_end_and_comes_back(qtbot: QtBot, cell_of_thirty: Path) -> None:
    del qtbot
    keys = Keyboard()
    with open_window(cell_of_thirty) as window:
        page = frame_of(window).page
        inside = [page.isAncestorOf(keys.focus)]
        for _ in range(40):
            keys.press(TAB)
            inside.append(page.isAncestorOf(keys.focus))
        assert inside[0]
        left = inside.index(False)
        assert True in inside[left:], "Tab comes round to the page again"
