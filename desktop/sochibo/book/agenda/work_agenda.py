"""What is due about absences, themes and tasks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sochibo.book.due import AHEAD, Due, DueLine, urgency
from sochibo.book.meetings.planning import REGULAR_KINDS
from sochibo.messages import N_
from sochibo.rules.meetings.alerts import (
    STRIKE_OFF_MONTHS,
    Absence,
    MeetingAbsences,
    excused_running,
    month_without_meeting,
    quarter_end,
    quarter_without_theme,
    unexcused_months,
)
from sochibo.rules.meetings.meetings import Attendance, MeetingState
from sochibo.rules.meetings.plans import THEMATIC_KINDS, PlanState, quarter_of_month
from sochibo.rules.work.work import TaskState, is_open, state_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from sochibo.book.book import Book
    from sochibo.rules.dates import Month
    from sochibo.rules.meetings.meetings import Meeting
    from sochibo.rules.work.work import TaskLine

__all__ = ["work_lines"]

MOST_TASKS: Final = 3
"""More overdue tasks than these are one line that opens their list."""

PLANNED_BY: Final = 31
"""Day of January by which themes are planned: no text names one, committees ask for it early."""

_STRIKE_OFF: Final = {
    1: (Due.LATER, N_("A first month without a reason: ask what the matter is.")),
    2: (Due.SOON, N_("A second month without a reason: a third one gives ground for strike-off.")),
    3: (Due.TODAY, N_("Three months in the year give ground for strike-off; the cell considers and votes.")),
}


def work_lines(book: Book, today: date, meetings: Sequence[Meeting]) -> Iterator[DueLine]:
    """Yield what absences, missed months, themes and tasks ask for; `meetings` are those of a year."""
    yield from _absences(book, today, meetings)
    yield from _months(book, today, meetings)
    yield from _themes(book, today, meetings)
    yield from _tasks(book, today)


def _absences(book: Book, today: date, meetings: Sequence[Meeting]) -> Iterator[DueLine]:
    held = [
        MeetingAbsences(
            meeting.id,
            meeting.on,
            tuple(
                Absence(mark.member_id, mark.attendance)
                for mark in book.meetings.marks(meeting.id).values()
                if mark.attendance is not Attendance.PRESENT
            ),
        )
        for meeting in meetings
        if meeting.kind in REGULAR_KINDS
        and meeting.state is not MeetingState.PLANNED
        and meeting.on.year == today.year
        and meeting.on <= today
    ]
    names = {entry.member.id: entry.member.name for entry in book.members.on(today)} if held else {}
    for who, months in unexcused_months(held, today.year).items():
        if who in names:
            due, why = _STRIKE_OFF[min(len(months), STRIKE_OFF_MONTHS)]
            said = ", ".join(f"{month.month:02d}" for month in months)
            what = N_("{name}: absent without reason in {n} months of this year ({months})")
            fields = {"name": names[who], "n": len(months), "months": said}
            yield DueLine(due, what, why, None, f"member:{who}", fields)
    for who, run in excused_running(held, today.year).items():
        if who in names:
            what = N_("{name}: absent with a reason {n} times running")
            why = N_("More than 3 times running costs points; see how the member can be helped.")
            yield DueLine(Due.SOON, what, why, None, f"member:{who}", {"name": names[who], "n": run})


def _months(book: Book, today: date, meetings: Sequence[Meeting]) -> Iterator[DueLine]:
    missed = month_without_meeting(
        (one.on for one in meetings if one.kind in REGULAR_KINDS and one.on <= today), today
    )
    if missed is not None and missed not in book.plans.unheld():
        what = N_("No regular meeting of {month} is recorded")
        why = N_(
            "The cell meets once a month. Record the meeting, or write down among the meetings why none "
            "was held."
        )
        fields = {"month": f"{missed.month:02d}/{missed.year}"}
        yield DueLine(Due.OVERDUE, what, why, missed.last(), f"new-meeting:{missed}", fields)


def _themes(book: Book, today: date, meetings: Sequence[Meeting]) -> Iterator[DueLine]:
    themes = [plan for year in (today.year, today.year + 1) for plan in book.plans.themes(year)]
    thematic = [one.on for one in meetings if one.kind in THEMATIC_KINDS]
    goal = f"plan:{today.year}"
    end = quarter_end(today)
    if meetings and quarter_without_theme(thematic, today) and end <= today + AHEAD:
        what = N_("Hold a thematic meeting in quarter {n}")
        why = N_("There is at least one in every quarter, and none is prepared yet.")
        yield DueLine(urgency(end, today), what, why, end, goal, {"n": quarter_of_month(today.month)})
    if today.month == 1 and meetings and not any(plan.year == today.year for plan in themes):
        by = today.replace(day=PLANNED_BY)
        what, why = (
            N_("Plan the themes of {year}"),
            N_("One for each quarter, with who drafts it and by when."),
        )
        yield DueLine(urgency(by, today), what, why, by, goal, {"year": str(today.year)})
    for plan in themes:
        if (plan.year, plan.quarter) < (today.year, quarter_of_month(today.month)):
            continue
        goal = f"plan:{plan.year}"
        if plan.state is PlanState.PLANNED and plan.draft_due and plan.draft_due <= today + AHEAD:
            by, fields = plan.draft_due, {"theme": plan.theme}
            what, why = (
                N_("Draft of the theme “{theme}”"),
                N_("Ask for the draft, and note that it is written."),
            )
            yield DueLine(urgency(by, today), what, why, by, goal, fields)
        if _is_to_be_prepared(plan.state, plan.meeting_id, plan.planned_month, today):
            by = plan.planned_month.last() if plan.planned_month else today
            what, why = N_("Prepare the meeting on “{theme}”"), N_("It is planned for this month.")
            yield DueLine(urgency(by, today), what, why, by, goal, {"theme": plan.theme})


def _is_to_be_prepared(state: PlanState, meeting_id: str | None, month: Month | None, today: date) -> bool:
    if state in {PlanState.HELD, PlanState.DROPPED} or meeting_id is not None or month is None:
        return False
    return month.first() <= today <= month.last() + timedelta(days=AHEAD.days)


def _tasks(book: Book, today: date) -> Iterator[DueLine]:
    dated = [
        line
        for line in book.tasks.lines()
        if line.task.due is not None and line.task.due <= today + AHEAD and is_open(line.task, today)
    ]
    late = [line for line in dated if state_on(line.task, today) is TaskState.OVERDUE]
    if len(late) > MOST_TASKS:
        # The newest day: an old task nobody closed must not stand above what is urgent.
        last = max(line.task.due or today for line in late)
        what, why = N_("Tasks past their day: {n}"), N_("Ask for their results at the next meeting.")
        yield DueLine(Due.OVERDUE, what, why, last, "tasks:overdue", {"n": len(late)})
        dated = [line for line in dated if line not in late]
    for line in dated:
        yield _task(line, today)


def _task(line: TaskLine, today: date) -> DueLine:
    by = line.task.due or today
    why = N_("{who}; given on {day}.") if line.task.assignees.strip() else N_("Given on {day}.")
    fields = {"text": line.task.text, "who": line.task.assignees, "day": line.given_on}
    return DueLine(urgency(by, today), N_("Task: {text}"), why, by, f"task:{line.task.id}", fields)
