"""The list of tasks as it is printed: only looked at and hung up, never numbered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sochibo.rules.counts import Ratio
from sochibo.rules.reports import Form, Heading, ReportKind
from sochibo.rules.work.work import TaskState

__all__ = ["FORMS", "TaskList", "TaskListRow"]


@dataclass(frozen=True, slots=True)
class TaskListRow:
    """One task as it stands on the day of the list."""

    given_on: date
    text: str
    people: str
    product: str
    due: date | None
    state: TaskState
    percent: int | None
    result: str


@dataclass(frozen=True, slots=True)
class TaskList:
    """Tasks in the order in which they were seen, and how many of them are done."""

    heading: Heading
    on: date
    rows: tuple[TaskListRow, ...]
    done: Ratio

    @property
    def period(self) -> str:
        """Return the day of the list."""
        return self.on.isoformat()


FORMS: Final = {ReportKind.TASK_LIST: Form(TaskList, "", ())}
