"""Tasks over time: who does one, how far it has come, and whom a spoken name means.

The cell gives every member tasks and hears their results at its meetings (HD 38-HD/BTCTW, 29/9/2025, IV.2;
HD 42-HD/BTCTW, 28/10/2025: a meeting begins with last month's tasks).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sochibo.messages import N_
from sochibo.rules.counts import Ratio
from sochibo.rules.meetings.meetings import MeetingKind
from sochibo.rules.names import TONES, clean, fold, initials

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sochibo.rules.members.members import RosterEntry

__all__ = [
    "ROLE_LABELS", "SOURCE_LABELS", "TASK_STATE_LABELS", "FoundPeople", "Task", "TaskFigure", "TaskLine",
    "TaskPerson", "TaskRole", "TaskSource", "TaskState", "find_people", "is_open", "mean_percent",
    "share_done", "state_on",
]  # fmt: skip

WHOLE: Final = 100


class TaskState(StrEnum):
    """How far a task has come."""

    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    REGULAR = "regular"
    DONE = "done"
    DONE_EARLY = "done_early"
    OVERDUE = "overdue"
    STOPPED = "stopped"


TASK_STATE_LABELS = {
    TaskState.NOT_STARTED: N_("Not started"),
    TaskState.UNDER_WAY: N_("Under way"),
    TaskState.REGULAR: N_("Regular work"),
    TaskState.DONE: N_("Done"),
    TaskState.DONE_EARLY: N_("Done early"),
    TaskState.OVERDUE: N_("Past its day"),
    TaskState.STOPPED: N_("Stopped"),
}

DONE: Final = frozenset({TaskState.DONE, TaskState.DONE_EARLY})
ENDED: Final = DONE | {TaskState.STOPPED}


class TaskSource(StrEnum):
    """Whence a task comes."""

    MEETING = "meeting"
    RESOLUTION = "resolution"
    YEARLY = "yearly"


SOURCE_LABELS = {
    TaskSource.MEETING: N_("Given at the meeting"),
    TaskSource.RESOLUTION: N_("From the resolution"),
    TaskSource.YEARLY: N_("From the plan of the year"),
}


class TaskRole(StrEnum):
    """What somebody has to do with a task."""

    ASSIGNEE = "assignee"
    SUPPORT = "support"
    FOLLOWER = "follower"


ROLE_LABELS = {
    TaskRole.ASSIGNEE: N_("does it"),
    TaskRole.SUPPORT: N_("helps"),
    TaskRole.FOLLOWER: N_("follows it up"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task with all that is known of it; what was said at its meeting is the `AssignedTask` of its id.

    `state` is what a person said, None where percent and day tell it (`state_on`). `report_meeting_id` is the
    meeting at which its result is to be heard, `carried_from` the task that this one goes on with.
    """

    id: str
    meeting_id: str
    position: int = 0
    text: str = ""
    assignees: str = ""
    due: date | None = None
    done_percent: int | None = None
    result: str = ""
    source: TaskSource = TaskSource.MEETING
    product: str = ""
    state: TaskState | None = None
    done_on: date | None = None
    report_meeting_id: str | None = None
    carried_from: str | None = None
    resolution_id: str | None = None
    evidence: str = ""
    review: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskPerson:
    """A member who has to do with a task."""

    member_id: str
    role: TaskRole = TaskRole.ASSIGNEE


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFigure:
    """A target figure: `planned` and `done` are whole numbers of 10 to the power of −`decimals`."""

    name: str
    measure: str = ""
    planned: int = 0
    done: int | None = None
    decimals: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """A task with the meeting that gave it, the people linked to it, and its figures."""

    task: Task
    given_on: date
    kind: MeetingKind
    people: tuple[TaskPerson, ...] = ()
    figures: tuple[TaskFigure, ...] = ()

    def of_role(self, role: TaskRole) -> tuple[str, ...]:
        """Return the ids of the members who have a role."""
        return tuple(one.member_id for one in self.people if one.role is role)


def state_on(task: Task, today: date) -> TaskState:
    """Return how far a task has come; a day that has passed shows without anybody saying so."""
    if task.state in ENDED | {TaskState.REGULAR}:
        return task.state or TaskState.NOT_STARTED
    if (task.done_percent or 0) >= WHOLE:
        early = task.done_on is not None and task.due is not None and task.done_on < task.due
        return TaskState.DONE_EARLY if early else TaskState.DONE
    if task.due is not None and task.due < today:
        return TaskState.OVERDUE
    if task.done_percent or task.state is TaskState.UNDER_WAY:
        return TaskState.UNDER_WAY
    return TaskState.NOT_STARTED


def is_open(task: Task, today: date) -> bool:
    """Tell whether there is still something to do, which regular work always has."""
    return state_on(task, today) not in ENDED


def share_done(tasks: Iterable[Task], today: date) -> Ratio:
    """Return how many tasks are done, of those that were not stopped and are no regular work."""
    counted = [state_on(task, today) for task in tasks]
    counted = [state for state in counted if state not in {TaskState.STOPPED, TaskState.REGULAR}]
    return Ratio(sum(state in DONE for state in counted), len(counted))


def mean_percent(tasks: Iterable[Task], today: date) -> int | None:
    """Return how far some tasks have come on the whole, rounded half up; None without any that counts.

    Regular work has no end to come near to, unless somebody says how far it is.
    """
    counted = [(task, state_on(task, today)) for task in tasks]
    percents = [
        WHOLE if state in DONE else (task.done_percent or 0)
        for task, state in counted
        if state is not TaskState.STOPPED
        and (state is not TaskState.REGULAR or task.done_percent is not None)
    ]
    return (2 * sum(percents) + len(percents)) // (2 * len(percents)) if percents else None


@dataclass(frozen=True, slots=True)
class FoundPeople:
    """Whom a text names: ids of those meant beyond doubt, and names that several people bear."""

    member_ids: tuple[str, ...] = ()
    unclear: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """A name as it was typed, and the ids of all who may be meant."""


_BETWEEN: Final = re.compile(r"\s*[,;+&]\s*|\s+(?:và|va|and|cùng|với)\s+", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"^(?:đ/c|đc|đồng chí|dong chi|ông|bà|anh|chị|cô|chú|bác)\.?\s+", re.IGNORECASE)


def find_people(text: str, roll: Sequence[RosterEntry]) -> FoundPeople:
    """Find the members whom a text names, with or without diacritics, by given name, whole name or initials.

    `đ/c Bảo và Hà` names two. Whoever types the tones means them: `Hòa` is not `Hoa`; `hoa` may be both.
    """
    found: dict[str, None] = {}
    unclear: list[tuple[str, tuple[str, ...]]] = []
    for piece in _BETWEEN.split(clean(text)):
        named = _ADDRESS.sub("", piece).strip()
        meant = _meant(named, roll) if named else ()
        if len(meant) == 1:
            found[meant[0]] = None
        elif meant:
            unclear.append((named, meant))
    return FoundPeople(tuple(found), tuple(unclear))


def _toned(text: str) -> list[str]:
    """Return the words with their tone at the end: `hòa` and `hoà` are one."""
    words = []
    for word in clean(text).casefold().split():
        apart = unicodedata.normalize("NFD", word)
        letters = "".join(sign for sign in apart if sign not in TONES)
        words.append(letters + "".join(sign for sign in apart if sign in TONES))
    return words


def _meant(named: str, roll: Sequence[RosterEntry]) -> tuple[str, ...]:
    """Return who may be meant: the strictest way of reading a name that fits anybody."""
    exact, folded = _toned(named), fold(named).split()
    levelled = fold(named) != clean(named).casefold()
    readings: tuple[Callable[[str], bool], ...] = (
        lambda name: _toned(name) == exact,
        lambda name: levelled and _toned(name)[-len(exact) :] == exact,
        lambda name: fold(name).split() == folded,
        lambda name: fold(name).split()[-len(folded) :] == folded,
        lambda name: len(folded) == 1 and len(folded[0]) > 1 and initials(name) == folded[0],
    )
    for fits in readings:
        meant = tuple(entry.member.id for entry in roll if fits(entry.member.name))
        if meant:
            return meant
    return ()
