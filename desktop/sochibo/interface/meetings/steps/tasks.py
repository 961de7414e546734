"""Tasks given at the meeting: what, who, by when; also typed as one line."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from sochibo.interface.looks.icons import ActButton
from sochibo.interface.meetings.steps.desk import Step
from sochibo.interface.meetings.steps.earlier_tasks import EarlierTasks
from sochibo.interface.meetings.steps.record_rows import RecordRow, RecordRows
from sochibo.interface.meetings.steps.task_questions import TaskQuestions
from sochibo.interface.page import KeyHint
from sochibo.interface.parts.blocks import label, row
from sochibo.interface.parts.draft_keeper import keep_draft
from sochibo.interface.parts.fields import EntryLine, LabelledField, LineField
from sochibo.interface.parts.focus_order import focus_next_field
from sochibo.interface.parts.form import FormGrid
from sochibo.interface.parts.typed_fields import DateField, read_day
from sochibo.messages import N_
from sochibo.rules.meetings.meetings import AssignedTask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sochibo.book.book import Book
    from sochibo.book.changes import Changes
    from sochibo.interface.meetings.steps.desk import Desk

__all__ = ["TasksStep", "read_task"]

_DASH = re.compile(r"\s+[-–—]\s+|\s*;\s*")
_BEFORE = re.compile(r"(?:(?:chậm nhất|trước|hạn|đến|hết|xong)\s*:?\s+)+", re.IGNORECASE)
_LONGEST_NAMES = 40


def read_task(line: str, meeting_day: date) -> tuple[str, str, date | None]:
    """Read `Bảo – rà soát hộ nghèo – 20/11` as who, what, by when; what is not there stays empty.

    A day without a year is the next such day from the meeting on. Of what was typed nothing gets lost.
    """
    parts = [part.strip() for part in _DASH.split(line.strip()) if part.strip()]
    due = None
    if len(parts) > 1:
        last = _BEFORE.sub("", parts[-1], count=1)
        due = read_day(last, meeting_day)
        if due is not None and due < meeting_day:
            due = read_day(last, date(meeting_day.year + 1, 1, 1)) or due
    if due is not None:
        parts.pop()
    who = parts.pop(0) if len(parts) > 1 and len(parts[0]) <= _LONGEST_NAMES else ""
    return who, " – ".join(parts), due


class TaskRow(RecordRow[AssignedTask]):
    """One task."""

    def __init__(self, rows: TaskRows) -> None:
        super().__init__(rows)
        theme, say = rows.desk.theme, rows.desk.words.gettext
        self.text = LineField(say(N_("What is to be done")), lambda text: self.set_values(text=text))
        self.assignees = LineField(say(N_("Who does it")), lambda text: self.set_values(assignees=text))
        self.due_field = LabelledField(
            theme,
            say(N_("By when")),
            DateField(
                say(N_("By when")),
                lambda day: self.set_values(due=day),
                rows.desk.session.today,
                self._tell_due,
            ),
        )
        self.due = self.due_field.field
        self.first = self.text
        remove = ActButton(theme, say(N_("Remove task")), icon="trash-2", kind="tool")
        remove.clicked.connect(lambda: rows.remove_row(self))
        grid = FormGrid(theme, least=200)
        grid.add(LabelledField(theme, self.assignees.accessibleName(), self.assignees))
        grid.add(self.due_field)
        self.body.addLayout(row(label(self.text.accessibleName(), "label"), None, remove))
        self.body.addWidget(self.text)
        self.body.addWidget(grid)

    def show_record(self, record: AssignedTask) -> None:
        """Show a task."""
        super().show_record(record)
        self.text.show_text(record.text)
        self.assignees.show_text(record.assignees)
        if isinstance(self.due, DateField):
            self.due.show_day(record.due)

    def _tell_due(self, readable: bool) -> None:  # noqa: FBT001 - the field calls it with its one answer
        said = "" if readable else self.rows.desk.words.gettext(N_("Please write a day such as 3/11/2026."))
        self.due_field.show_trouble(said)


class TaskRows(RecordRows[AssignedTask]):
    """The tasks given at the meeting in hand."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, desk.words.gettext(N_("Add task")))

    def records(self) -> Sequence[AssignedTask]:
        """Return the tasks."""
        return self.desk.file.tasks

    def blank(self) -> AssignedTask:
        """Return a task that says nothing yet."""
        return AssignedTask(
            id="", meeting_id=self.desk.meeting_id, position=len(self.desk.file.tasks), text=""
        )

    def write(self, book: Book, records: Sequence[AssignedTask]) -> Changes:
        """Replace the tasks."""
        return book.meetings.set_tasks(self.desk.meeting_id, records)

    def make_row(self) -> RecordRow[AssignedTask]:
        """Make the fields of a task."""
        return TaskRow(self)


class TasksStep(Step):
    """Earlier tasks with their results, one line to type new ones into, and those as fields."""

    name: ClassVar[str] = N_("Tasks")
    places: ClassVar[frozenset[str]] = frozenset({"tasks", "earlier_tasks"})
    help_name: ClassVar[str] = "minutes"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        say = self.words.gettext
        self.line = EntryLine(say(N_("New task in one line")), self._keep_line)
        self.line.setPlaceholderText(say(N_("Bảo – visit poor households – 20/11, then Enter")))
        self.line.entered.connect(self._enter_line)
        self.tasks = TaskRows(desk)
        self.earlier = EarlierTasks(desk)
        self.questions = TaskQuestions(desk)
        self.column.addWidget(self.earlier)
        self.column.addWidget(label(say(N_("New tasks")), "title"))
        self.line_field = LabelledField(
            self.theme, self.line.accessibleName(), self.line, say(N_("Who – what – by when"))
        )
        for part in (self.line_field, self.questions, self.tasks):
            self.column.addWidget(part)
        self.column.addStretch(1)

    def take_line(self) -> None:
        """Make a task of the line typed."""
        text = self.line.text().strip()
        if not text:
            return
        who, what, due = read_task(text, self.desk.file.meeting.on)
        records = list(self.desk.file.tasks)
        made = replace(self.tasks.blank(), text=what, assignees=who, due=due)
        meeting_id = self.desk.meeting_id
        if self.desk.run(lambda book: book.meetings.set_tasks(meeting_id, [*records, made]), self):
            self.line.clear()
            self.line.flush()

    def _keep_line(self, text: str) -> None:
        """Keep a line that is no task yet: should the program end, it stands here again."""
        keep_draft(self.desk.session, f"task-line:{self.desk.meeting_id}", {"line": text})

    def _offer_line(self) -> None:
        draft = self.desk.session.book.drafts.of(f"task-line:{self.desk.meeting_id}")
        if draft is not None and not self.line.text() and not self.desk.locked:
            self.line.show_text(draft.values.get("line", ""))

    def _enter_line(self) -> None:
        """Take the line by Enter; an empty one has nothing to add, so Enter goes on."""
        if self.line.text().strip():
            self.take_line()
            self.line.setFocus()
        else:
            focus_next_field(self.line)

    def reload(self) -> None:
        """Show the tasks."""
        self.earlier.reload()
        self.questions.reload()
        self.tasks.reload()
        self.line_field.setVisible(not self.desk.locked)
        self._offer_line()

    def flush(self) -> None:
        """Write every field; a line typed but not yet entered becomes a task too."""
        self.line.flush()
        self.take_line()
        self.earlier.flush()
        self.tasks.flush()

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of the line."""
        return (KeyHint("Enter", self.words.gettext(N_("add task"))),)

    def focus_first(self) -> None:
        """Begin with the first earlier task of which nothing was heard yet, else with the line."""
        unheard = (one.percent for one in self.earlier.rows if not one.percent.text())
        next(unheard, self.line).setFocus()

    def focus_place(self, place: str) -> bool:
        """Go to `tasks.1.due`."""
        head, _, rest = place.partition(".")
        if head == "earlier_tasks" and self.earlier.focus_place(rest):
            return True
        if not rest or head != "tasks":
            self.line.setFocus()
            return True
        return self.tasks.focus_place(rest)
