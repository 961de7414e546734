"""Tasks over all meetings, the plan of a year, and what both put on the page of today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from books import make_cell_book
from recordings import meeting_data

from sochibo.book.agenda.agenda import Due, due_lines
from sochibo.faults import Refused
from sochibo.messages import Messages
from sochibo.rules.dates import Month, PartialDate
from sochibo.rules.meetings.meetings import Attendance, MeetingKind
from sochibo.rules.meetings.plans import PlanState, ThemePlan
from sochibo.rules.members.members import EventKind, Member, MemberEvent
from sochibo.rules.work.work import TaskFigure, TaskPerson, TaskRole, TaskState, state_on

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sochibo.book.agenda.agenda import DueLine
    from sochibo.book.book import Book

DAY = date(2026, 11, 5)
TASKS: list[dict[str, Any]] = [
    {"text": "Rà soát hộ nghèo", "assignees": "đ/c Đức", "due": "2026-11-20"},
    {"text": "Thu đảng phí", "assignees": "Bích và Ân", "due": "2026-11-30"},
]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with make_cell_book(tmp_path / "cell.sochibo") as made:
        yield made


def said(book: Book, today: date) -> dict[str, DueLine]:
    words = Messages("en")
    return {words.sentence(line.what, line.fields): line for line in due_lines(book, today)}


def id_of(book: Book, name: str) -> str:
    return next(one.member.id for one in book.members.on(DAY) if one.member.name == name)


def refused(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [finding.code for finding in refusal.value.findings]


class TestTasks:
    """Tasks over time."""

    def test_spoken_names_become_members_and_change_with_the_words(self, book: Book) -> None:
        meeting = book.meetings.record(meeting_data(tasks=TASKS))
        first, second = book.tasks.of_meeting(meeting)
        assert book.tasks.names(first) == ("Lê Hoàng Đức",)
        assert book.tasks.names(second) == ("Trần Thị Bích", "Phạm Thị Ân")
        spoken = book.meetings.file(meeting).tasks
        book.tasks.set_people(
            first.task.id,
            [*first.people, TaskPerson(member_id=id_of(book, "Phạm Thị Ân"), role=TaskRole.FOLLOWER)],
        )
        book.meetings.set_tasks(meeting, [replace(spoken[0], assignees="Bích"), spoken[1]])
        first, _ = book.tasks.of_meeting(meeting)
        assert book.tasks.names(first, TaskRole.ASSIGNEE) == ("Trần Thị Bích",)
        assert book.tasks.names(first, TaskRole.FOLLOWER) == ("Phạm Thị Ân",)

    def test_namesakes_are_told_apart_also_where_one_of_them_does_the_task(self, book: Book) -> None:
        admitted = MemberEvent(id="", member_id="", kind=EventKind.ADMISSION, on=PartialDate("2001-03-03"))
        meeting = book.meetings.record(meeting_data(tasks=TASKS))
        book.members.add(Member(id="", name="Lê Hoàng Đức", birth=PartialDate("1950")), [admitted])
        first, _ = book.tasks.of_meeting(meeting)
        assert book.tasks.names(first) == ("Lê Hoàng Đức (1988)",)
        older = next(who for who, name in book.members.told_apart().items() if name.endswith("(1950)"))
        book.tasks.set_people(first.task.id, [TaskPerson(member_id=older)])
        assert book.tasks.names(book.tasks.get(first.task.id)) == ("Lê Hoàng Đức (1950)",)

    def test_a_task_that_was_called_done_can_be_taken_up_again(self, book: Book) -> None:
        meeting = book.meetings.record(meeting_data(tasks=TASKS))
        task = book.tasks.of_meeting(meeting)[0].task
        book.tasks.change(replace(task, state=TaskState.DONE, done_on=date(2026, 11, 18)))
        done = book.tasks.get(task.id).task
        assert (done.done_percent, state_on(done, DAY)) == (100, TaskState.DONE)
        book.tasks.change(replace(done, state=TaskState.UNDER_WAY))
        again = book.tasks.get(task.id).task
        assert (state_on(again, DAY), again.done_percent, again.done_on) == (TaskState.UNDER_WAY, None, None)
        book.tasks.change(replace(done, state=None, done_percent=60))
        assert book.tasks.get(task.id).task.done_percent == 60

    def test_a_task_keeps_what_is_said_of_it_when_its_meeting_is_written_again(self, book: Book) -> None:
        meeting = book.meetings.record(meeting_data(tasks=TASKS))
        first = book.tasks.of_meeting(meeting)[0]
        book.tasks.change(replace(first.task, product="danh sách", review="tốt"))
        book.meetings.set_tasks(meeting, book.meetings.file(meeting).tasks)
        kept = book.tasks.get(first.task.id).task
        assert (kept.product, kept.review) == ("danh sách", "tốt")

    def test_done_is_all_of_it(self, book: Book) -> None:
        book.meetings.record(meeting_data(tasks=TASKS))
        task = book.tasks.lines()[0].task
        book.tasks.change(replace(task, state=TaskState.DONE))
        assert book.tasks.get(task.id).task.done_percent == 100

    def test_closed_minutes_keep_what_was_given(self, book: Book) -> None:
        book.meetings.record(meeting_data(tasks=TASKS, close=True))
        task = book.tasks.lines()[0].task
        with pytest.raises(Refused) as refusal:
            book.tasks.change(replace(task, due=DAY))
        assert refused(refusal) == ["T01"]
        book.tasks.change(replace(task, result="xong"))
        assert book.tasks.get(task.id).task.result == "xong"

    def test_shares_and_figures_are_checked(self, book: Book) -> None:
        book.meetings.record(meeting_data(tasks=TASKS))
        task = book.tasks.lines()[0].task
        with pytest.raises(Refused) as share:
            book.tasks.change(replace(task, done_percent=101))
        with pytest.raises(Refused) as figure:
            book.tasks.set_figures(task.id, [TaskFigure(name=" ")])
        assert (refused(share), refused(figure)) == (["T02"], ["T03"])

    def test_figures_are_replaced_in_their_order_and_undone(self, book: Book) -> None:
        book.meetings.record(meeting_data(tasks=TASKS))
        task = book.tasks.lines()[0].task
        book.tasks.set_figures(task.id, [TaskFigure(name="hộ", planned=12), TaskFigure(name="cây")])
        book.tasks.set_figures(task.id, [TaskFigure(name="cây", planned=5, done=2)])
        assert book.tasks.get(task.id).figures == (TaskFigure(name="cây", planned=5, done=2),)
        book.history.undo()
        assert [one.name for one in book.tasks.get(task.id).figures] == ["hộ", "cây"]

    def test_what_is_open_before_a_day_comes_in_the_order_of_its_days(self, book: Book) -> None:
        book.meetings.record(meeting_data(tasks=list(reversed(TASKS))))
        found = [line.task.text for line in book.tasks.open_before(date(2026, 12, 3))]
        assert found == ["Rà soát hộ nghèo", "Thu đảng phí"]
        assert book.tasks.open_before(DAY) == ()


class TestPlans:
    """The plan of a year and meetings prepared from it."""

    def test_a_theme_and_its_meeting_know_each_other(self, book: Book) -> None:
        plan = book.plans.put(ThemePlan(id="", year=2026, quarter=4, theme="Tiết kiệm"))
        meeting = book.plans.prepare_theme(plan, DAY)
        assert book.meetings.file(meeting).meeting.theme == "Tiết kiệm"
        assert book.plans.theme(plan).state is PlanState.PLANNED
        theme = book.plans.theme_of(meeting)
        assert theme is not None
        assert theme.id == plan
        assert said(book, date(2026, 12, 20)).get("Hold a thematic meeting in quarter 4") is None

    def test_a_plan_without_a_name_or_with_a_month_of_another_year_is_refused(self, book: Book) -> None:
        plan = ThemePlan(id="", year=2026, quarter=4, theme="x")
        with pytest.raises(Refused) as name:
            book.plans.put(replace(plan, theme=" "))
        with pytest.raises(Refused) as month:
            book.plans.put(replace(plan, planned_month=Month(2027, 1)))
        with pytest.raises(Refused) as empty:
            book.plans.issue(2026, DAY)
        assert [refused(one) for one in (name, month, empty)] == [["T10"], ["T11"], ["T12"]]

    def test_the_committee_meets_before_the_cell_and_one_undo_takes_both_back(self, book: Book) -> None:
        """HD 42-HD/BTCTW, 28/10/2025: the committee of the cell settles the contents first."""
        regular, committee = book.plans.prepare_both(date(2026, 11, 4))
        first, second = (book.meetings.file(one).meeting for one in (committee, regular))
        assert (first.kind, second.kind) == (MeetingKind.CELL_COMMITTEE, MeetingKind.REGULAR)
        assert first.on == date(2026, 10, 31)
        book.history.undo()
        assert book.meetings.lines(2026) == ()

    def test_open_items_come_up_again_and_know_whence(self, book: Book) -> None:
        october = book.meetings.prepare(MeetingKind.REGULAR, date(2026, 10, 5))
        item = book.meetings.file(october).items[1]
        book.meetings.change_item(replace(item, title="Nhà văn hóa", finished=False, minutes=15))
        november = book.meetings.prepare(MeetingKind.REGULAR, DAY)
        again = book.meetings.file(november).items[1]
        assert (again.title, again.carried_from, again.minutes) == ("Nhà văn hóa", item.id, 15)
        book.meetings.change_item(replace(again, finished=True))
        december = book.meetings.prepare(MeetingKind.REGULAR, date(2026, 12, 3))
        assert "Nhà văn hóa" not in [one.title for one in book.meetings.file(december).items]

    def test_an_item_that_went_round_goes_to_the_next_in_turn(self, book: Book) -> None:
        people = [id_of(book, name) for name in ("Trần Thị Bích", "Lê Hoàng Đức")]
        for day, who in zip((date(2026, 9, 3), date(2026, 10, 3)), people, strict=True):
            meeting = book.meetings.prepare(MeetingKind.REGULAR, day)
            item = book.meetings.file(meeting).items[2]
            book.meetings.change_item(replace(item, presenter_id=who))
        november = book.meetings.prepare(MeetingKind.REGULAR, DAY)
        turn = book.meetings.file(november).items[2]
        assert turn.presenter_id is not None
        assert turn.presenter_id not in people
        book.plans.take_turn(turn.id)
        assert book.meetings.file(november).items[2].presenter_id not in {None, *people}


class TestAlerts:
    """What absences, themes and tasks put on the page of today."""

    @pytest.mark.parametrize(("months", "due"), [(1, Due.LATER), (2, Due.SOON), (3, Due.TODAY)])
    def test_months_without_reason_are_told_up_to_strike_off(self, book: Book, months: int, due: Due) -> None:
        """QĐ 294-QĐ/TW, 26/5/2025, §8.1: three months in the year; the cell decides."""
        who = id_of(book, "Lê Hoàng Đức")
        for month in range(11 - months + 1, 12):
            meeting = book.meetings.prepare(MeetingKind.REGULAR, date(2026, month, 3))
            book.meetings.mark(meeting, who, Attendance.UNEXCUSED)
        line = next(line for text, line in said(book, DAY).items() if "without reason" in text)
        assert (line.due, line.goal, line.fields["n"]) == (due, f"member:{who}", months)

    def test_four_excused_absences_running_are_told(self, book: Book) -> None:
        """HD 42-HD/BTCTW, 28/10/2025: not more than 3 times running in the year."""
        who = id_of(book, "Trần Thị Bích")
        for month in (8, 9, 10, 11):
            meeting = book.meetings.prepare(MeetingKind.REGULAR, date(2026, month, 3))
            assert "Trần Thị Bích: absent with a reason 4 times running" not in said(book, DAY)
            book.meetings.mark(meeting, who, Attendance.EXCUSED)
        line = said(book, DAY)["Trần Thị Bích: absent with a reason 4 times running"]
        assert line.goal == f"member:{who}"

    def test_last_month_without_a_meeting_and_a_quarter_without_a_theme(self, book: Book) -> None:
        """Charter art. 22.6: monthly; Chỉ thị 50-CT/TW, 23/7/2025, item 2: a theme in every quarter."""
        book.meetings.prepare(MeetingKind.REGULAR, date(2026, 9, 3))
        line = said(book, DAY)["No regular meeting of 10/2026 is recorded"]
        assert (line.due, line.goal) == (Due.OVERDUE, "new-meeting:2026-10")
        assert "Hold a thematic meeting in quarter 4" not in said(book, DAY)
        line = said(book, date(2026, 12, 5))["Hold a thematic meeting in quarter 4"]
        assert (line.by, line.goal) == (date(2026, 12, 31), "plan:2026")

    def test_a_month_that_is_explained_is_told_no_more_until_the_reason_is_taken_back(
        self, book: Book
    ) -> None:
        book.meetings.prepare(MeetingKind.REGULAR, date(2026, 9, 3))
        missed = "No regular meeting of 10/2026 is recorded"
        october = Month(2026, 10)
        book.plans.say_unheld(october, "  Bão số 9, sơ tán dân ")
        assert book.plans.unheld() == {october: "Bão số 9, sơ tán dân"}
        assert missed not in said(book, DAY)
        book.plans.say_unheld(october, "")
        assert missed in said(book, DAY)

    def test_drafts_and_planned_months_are_told_of_this_quarter_and_later_ones(self, book: Book) -> None:
        plan = ThemePlan(
            id="",
            year=2026,
            quarter=4,
            theme="Tiết kiệm",
            draft_due=date(2026, 11, 1),
            planned_month=Month(2026, 11),
        )
        made = book.plans.put(plan)
        book.plans.put(replace(plan, quarter=1, theme="Đã qua", planned_month=None))
        found = said(book, DAY)
        assert found["Draft of the theme “Tiết kiệm”"].due is Due.OVERDUE
        assert "Prepare the meeting on “Tiết kiệm”" in found
        assert not any("Đã qua" in text for text in found)
        book.plans.put(replace(plan, id=made, state=PlanState.DRAFTED))
        assert not any("Draft" in text for text in said(book, DAY))

    def test_themes_are_to_be_planned_in_january(self, book: Book) -> None:
        book.meetings.prepare(MeetingKind.REGULAR, date(2025, 12, 3))
        assert said(book, date(2026, 1, 10))["Plan the themes of 2026"].goal == "plan:2026"

    def test_tasks_due_have_a_line_each_and_many_overdue_ones_share_one(self, book: Book) -> None:
        book.meetings.record(meeting_data(tasks=TASKS))
        lines = book.tasks.lines()
        line = said(book, DAY)["Task: Rà soát hộ nghèo"]
        assert (line.due, line.goal) == (Due.LATER, f"task:{lines[0].task.id}")
        assert said(book, date(2026, 11, 21))["Task: Rà soát hộ nghèo"].due is Due.OVERDUE
        december = meeting_data(on="2026-12-03", tasks=[*TASKS, *TASKS])
        book.meetings.record(december)
        many = said(book, date(2026, 12, 20))["Tasks past their day: 6"]
        assert many.goal == "tasks:overdue"
