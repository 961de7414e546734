"""The tasks of a book over all its meetings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sochibo.book.changes import Changes
from sochibo.book.meetings.meeting_acts import FINISHED, MeetingActs, refusal
from sochibo.book.papers.issuing import Draft
from sochibo.messages import N_
from sochibo.rules.reports import ReportKind
from sochibo.rules.work.work import (
    TaskLine,
    TaskPerson,
    TaskRole,
    TaskState,
    find_people,
    is_open,
    share_done,
    state_on,
)
from sochibo.storage.records import meetings
from sochibo.storage.records import tasks as store

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import date

    from sochibo.rules.reports import Heading, Report
    from sochibo.rules.work.work import FoundPeople, Task, TaskFigure

__all__ = ["Tasks"]

WHOLE: Final = 100
MOST_DECIMALS: Final = 3
DONE: Final = frozenset({TaskState.DONE, TaskState.DONE_EARLY})


class Tasks(MeetingActs):
    """Tasks; how one goes on may be said at any time, what the closed minutes say of it stays."""

    def lines(self) -> tuple[TaskLine, ...]:
        """Return all tasks, those of the newest meeting first."""
        return store.lines(self._database)

    def get(self, task_id: str) -> TaskLine:
        """Return one task; raises KeyError."""
        return store.get(self._database, task_id)

    def of_meeting(self, meeting_id: str) -> tuple[TaskLine, ...]:
        """Return the tasks given at a meeting in their order."""
        return store.of_meeting(self._database, meeting_id)

    def open_before(self, day: date) -> tuple[TaskLine, ...]:
        """Return what was given before a day and still is to be done, the one due first at the beginning."""
        found = [one for one in self.lines() if one.given_on < day and is_open(one.task, day)]
        return tuple(sorted(found, key=lambda one: (one.task.due is None, one.task.due or day, one.given_on)))

    def names(self, line: TaskLine, role: TaskRole | None = None) -> tuple[str, ...]:
        """Return the names of those who have to do with a task; two of the register are told apart."""
        return self._named(line, role, self._book.members.told_apart())

    @staticmethod
    def _named(line: TaskLine, role: TaskRole | None, shown: Mapping[str, str]) -> tuple[str, ...]:
        return tuple(shown[one.member_id] for one in line.people if role in {None, one.role})

    def find(self, text: str, day: date) -> FoundPeople:
        """Find whom a text names, on the roll of a day."""
        return find_people(text, self._book.members.on(day))

    def change(self, task: Task) -> Changes:
        """Change a task. Raises Refused: T01 what closed minutes say, T02 a share beyond the whole."""
        known = store.get(self._database, task.id)
        meeting = meetings.get(self._database, known.task.meeting_id)
        spoken = (known.task.text, known.task.assignees, known.task.due)
        if meeting.state in FINISHED and spoken != (task.text, task.assignees, task.due):
            text = N_("The minutes of {day} are closed: what a task is, and by when, can no longer change.")
            raise refusal("T01", text, meeting.on, "text")
        if task.done_percent is not None and not 0 <= task.done_percent <= WHOLE:
            raise refusal("T02", N_("A share lies between 0 and 100 percent."), meeting.on, "done_percent")
        if task.state in DONE:
            # Scores and papers count by percent: who says that it is done means all of it.
            task = replace(task, done_percent=WHOLE)
        elif known.task.state in DONE and task.state is not known.task.state:
            # And who takes that back no longer means it: what is still to do is to be said anew.
            unsaid = task.done_percent == known.task.done_percent
            task = replace(task, done_on=None, done_percent=None if unsaid else task.done_percent)
        with self._task_act(N_("Changed a task of {day}"), known.given_on, f"task:{task.id}"):
            store.change(self._database, task)
        return Changes.TASKS | Changes.MEETINGS

    def set_people(self, task_id: str, people: Sequence[TaskPerson]) -> Changes:
        """Replace who does a task, who helps, and who follows it up; each person has one role."""
        known = store.get(self._database, task_id)
        with self._task_act(N_("Changed who does a task of {day}"), known.given_on, f"people:{task_id}"):
            store.put_people(self._database, task_id, people)
        return Changes.TASKS | Changes.MEETINGS

    def set_figures(self, task_id: str, figures: Sequence[TaskFigure]) -> Changes:
        """Replace the target figures of a task. Raises Refused (T03) for one without a name."""
        known = store.get(self._database, task_id)
        for position, figure in enumerate(figures):
            if not figure.name.strip() or not 0 <= figure.decimals <= MOST_DECIMALS:
                text = N_("A target figure needs a name.")
                raise refusal("T03", text, known.given_on, f"figures.{position}")
        with self._task_act(N_("Changed the figures of a task of {day}"), known.given_on, None):
            store.put_figures(self._database, task_id, figures)
        return Changes.TASKS | Changes.MEETINGS

    def link(self, meeting_id: str, before: Mapping[str, str]) -> None:
        """Link tasks whose spoken names differ from `before` (by task id) to members, inside an act.

        Who was chosen for a name that several bear stays chosen while that name is spoken.
        """
        roll = None
        for line in store.of_meeting(self._database, meeting_id):
            if before.get(line.task.id, "") == line.task.assignees:
                continue
            roll = self._book.members.on(line.given_on) if roll is None else roll
            found = find_people(line.task.assignees, roll)
            candidates = {one for _, meant in found.unclear for one in meant}
            chosen = [one for one in line.of_role(TaskRole.ASSIGNEE) if one in candidates]
            others = [one for one in line.people if one.role is not TaskRole.ASSIGNEE]
            doing = [TaskPerson(member_id=one) for one in dict.fromkeys((*found.member_ids, *chosen))]
            taken = {one.member_id for one in doing}
            people = [*doing, *(one for one in others if one.member_id not in taken)]
            store.put_people(self._database, line.task.id, people)

    def draft(self, lines: Sequence[TaskLine], on: date) -> Draft:
        """Return tasks as the list that is printed."""
        from sochibo.rules.work.task_papers import TaskList, TaskListRow

        shown = self._book.members.told_apart()
        rows = tuple(
            TaskListRow(
                given_on=line.given_on,
                text=line.task.text,
                people=", ".join(self._named(line, TaskRole.ASSIGNEE, shown)) or line.task.assignees,
                product=line.task.product,
                due=line.task.due,
                state=state_on(line.task, on),
                percent=line.task.done_percent,
                result=line.task.result,
            )
            for line in lines
        )
        done = share_done((line.task for line in lines), on)

        def write(heading: Heading) -> Report:
            return TaskList(heading=heading, on=on, rows=rows, done=done)

        return Draft(ReportKind.TASK_LIST, on.isoformat(), on, (), write)

    def preview(self, lines: Sequence[TaskLine], on: date) -> bytes:
        """Draw the list of tasks; safe in a worker thread."""
        return self._book.reports.preview(self.draft(lines, on))

    def _task_act(self, template: str, day: date, key: str | None) -> AbstractContextManager[None]:
        return self._act(template, day, merge_key=key, changes=Changes.TASKS | Changes.MEETINGS)
