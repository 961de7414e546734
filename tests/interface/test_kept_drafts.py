"""What is typed into a form and not recorded is in the book within a second, and is offered again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtTest import QTest
from recordings import meeting_data
from windows import compose, frame_of, open_window, outside, settle, unnamed

from sochibo.book.book import Book
from sochibo.interface.meetings.meeting_page import MeetingPage
from sochibo.interface.meetings.steps.tasks import TasksStep
from sochibo.interface.members.member_page import MemberPage
from sochibo.interface.members.registers_page import RegistersPage
from sochibo.interface.papers.reports_page import ReportsPage
from sochibo.rules.meetings.meetings import MeetingKind
from sochibo.rules.members.members import EventKind

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.interface.frame.frame import Frame

WITHIN = 950
"""A second, less what the machine needs."""


def registers(frame: Frame) -> RegistersPage:
    frame.go("registers:offices")
    settle()
    page = frame.page
    assert isinstance(page, RegistersPage)
    return page


def member(frame: Frame) -> MemberPage:
    someone = frame.session.book.members.on(date(2026, 11, 5))[3].member.id
    frame.go(f"member:{someone}")
    settle()
    page = frame.page
    assert isinstance(page, MemberPage)
    return page


def tasks(frame: Frame, meeting_id: str) -> TasksStep:
    frame.go(f"meeting:{meeting_id}")
    page = frame.page
    assert isinstance(page, MeetingPage)
    place = next(n for n, one in enumerate(page.steps) if isinstance(one, TasksStep))
    page.open_step(place)
    settle()
    shown = page.steps[place]
    assert isinstance(shown, TasksStep)
    return shown


def test_a_line_of_a_register_half_typed_is_kept_offered_and_thrown_away(cell_path: Path) -> None:
    with open_window(cell_path, language="en") as window:
        page = registers(frame_of(window))
        page.add()
        page.form.lines["since"].setText("1/6/20")
        QTest.qWait(WITHIN)
        draft = page.session.book.drafts.of("register:offices:")
        assert draft is not None
        assert draft.values["since"] == "1/6/20"
    with open_window(cell_path, language="en") as window:
        page = registers(frame_of(window))
        assert page.new.text() == "Go on with the new line"
        page.new.click()
        settle()
        assert page.form.lines["since"].text() == "1/6/20"
        assert page.keeper.isVisible()
        assert not unnamed(page)
        assert not outside(window)
        page.keeper.throw_away()
        assert page.form.lines["since"].text() == ""
        page.go_back()
        page.reload()
        assert page.new.text() == "New line"
        assert page.session.book.drafts.of("register:offices:") is None


def test_an_event_half_typed_is_there_after_leaving_and_gone_once_recorded(cell_path: Path) -> None:
    with open_window(cell_path, language="en") as window:
        frame = frame_of(window)
        form = member(frame).form
        form.unfold.click()
        form.kind.show_value(EventKind.SUSPENSION)
        form._change_kind()  # noqa: SLF001 - what choosing it by hand calls
        form.on.setText("1/11/2026")
        frame.go("today")
    with open_window(cell_path, language="en") as window:
        form = member(frame_of(window)).form
        assert form.unfold.text() == "Go on with the event"
        form.unfold.click()
        assert form.kind.value() is EventKind.SUSPENSION
        assert form.on.text() == "1/11/2026"
        for _ in range(2):
            form.record()
        assert form.session.book.drafts.of(f"event:{form.member_id}") is None
        assert form.unfold.text() == "Add event"


def test_opening_a_form_and_typing_nothing_is_no_draft(cell_path: Path) -> None:
    with open_window(cell_path, language="en") as window:
        form = member(frame_of(window)).form
        form.unfold.click()
        form.fold()
        assert form.session.book.drafts.of(f"event:{form.member_id}") is None
        assert form.unfold.text() == "Add event"


def test_the_quick_line_of_a_task_outlives_the_program(cell_path: Path) -> None:
    with Book.open(cell_path) as book:
        meeting_id = book.meetings.prepare(MeetingKind.REGULAR, date(2026, 11, 5))
    with open_window(cell_path) as window:
        step = tasks(frame_of(window), meeting_id)
        step.line.setFocus()
        compose(step.line, commit="Bảo – rà soát")
        QTest.qWait(WITHIN)
        kept = step.desk.session.book.drafts.of(f"task-line:{meeting_id}")
        assert kept is not None
        assert kept.values["line"] == "Bảo – rà soát"
        step.line.clear()
    with Book.open(cell_path) as book:
        # As if the program had died: what a page saves on leaving was never asked.
        book.drafts.keep(f"task-line:{meeting_id}", kept.values)
    with open_window(cell_path) as window:
        step = tasks(frame_of(window), meeting_id)
        assert step.line.text() == "Bảo – rà soát"
        step.take_line()
        assert [one.text for one in step.desk.file.tasks] == ["rà soát"]
        assert step.line.text() == ""
        assert step.desk.session.book.drafts.of(f"task-line:{meeting_id}") is None


def test_remarks_of_a_summary_not_issued_yet_stay_with_their_month(cell_path: Path) -> None:
    with Book.open(cell_path) as book:
        book.meetings.record(meeting_data(on="2026-10-05", close=True, absent=[], also_present=[]))
    with open_window(cell_path) as window:
        frame_of(window).go("report:2026-10")
        settle()
        page = frame_of(window).page
        assert isinstance(page, ReportsPage)
        page.panel.remarks.setPlainText("Đề nghị cấp trên dự tháng sau.")
        frame_of(window).go("report:2026-09")
        settle()
        other = frame_of(window).page
        assert isinstance(other, ReportsPage)
        assert other.panel.remarks.toPlainText() == ""
    with open_window(cell_path) as window:
        frame_of(window).go("report:2026-10")
        settle()
        page = frame_of(window).page
        assert isinstance(page, ReportsPage)
        assert page.panel.remarks.toPlainText() == "Đề nghị cấp trên dự tháng sau."
        page.panel.issue()
        assert page.session.book.drafts.of("remarks:summary:2026-10") is None
