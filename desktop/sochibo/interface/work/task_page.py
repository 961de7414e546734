"""One task: what was given, who does it, how far it has come, and what the committee says of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final

from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.page import KeyHint, Page
from sochibo.interface.parts.blocks import Card, label
from sochibo.interface.parts.fields import ChoiceField, LabelledField, LineField, TextField, flush_fields
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.form import FormGrid
from sochibo.interface.parts.record_history import RecordHistory
from sochibo.interface.parts.typed_fields import DateField, NumberField
from sochibo.interface.work.task_figures import TaskFigures
from sochibo.interface.work.task_people import TaskPeople
from sochibo.messages import N_
from sochibo.rules.meetings.meetings import KIND_LABELS, MeetingState
from sochibo.rules.work.work import SOURCE_LABELS, TASK_STATE_LABELS, TaskState, state_on

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from sochibo.interface.session import Session
    from sochibo.rules.work.work import TaskLine

__all__ = ["TaskPage"]

_BESIDE: Final = 780
_WHOLE: Final = 100
_AHEAD: Final = timedelta(days=366)
_SAID: Final = (None, TaskState.UNDER_WAY, TaskState.REGULAR, TaskState.DONE, TaskState.STOPPED)
"""States that a person says; the others follow from percent and day."""

_FINISHED: Final = frozenset({MeetingState.CLOSED, MeetingState.SEALED})


class TaskPage(Page):
    """`task:<id>`: what was given at the left, how it goes on at the right."""

    concerns: ClassVar[Changes] = Changes.TASKS | Changes.MEETINGS | Changes.HISTORY
    help_name = "tasks"

    def __init__(self, session: Session, goal: str) -> None:
        super().__init__(session)
        self.task_id = goal.partition(":")[2]
        self.line: TaskLine = session.book.tasks.get(self.task_id)
        self._troubles: dict[str, LabelledField] = {}
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(session.theme.px(20))
        self._row.addWidget(self._given(), 1)
        self._row.addWidget(self._going_on(), 1)

    def _given(self) -> QWidget:
        session, say = self.session, self.session.words.gettext
        theme = session.theme
        self.text = TextField(
            theme, say(N_("What is to be done")), lambda text: self._change(text=text), lines=2
        )
        self.assignees = LineField(say(N_("Who does it")), lambda text: self._change(assignees=text))
        self.due = DateField(
            say(N_("By when")), lambda day: self._change(due=day), session.today, partial(self._tell, "due")
        )
        self.product = LineField(say(N_("Product")), lambda text: self._change(product=text))
        self.source = ChoiceField(
            theme,
            say(N_("Source")),
            [(one, say(text)) for one, text in SOURCE_LABELS.items()],
            lambda one: self._change(source=one),
        )
        grid = FormGrid(theme, least=200)
        grid.add(LabelledField(theme, say(N_("What is to be done")), self.text), wide=True)
        grid.add(
            LabelledField(theme, say(N_("Who does it")), self.assignees, say(N_("as it was said"))), wide=True
        )
        self._troubles["due"] = LabelledField(theme, say(N_("By when")), self.due)
        grid.add(self._troubles["due"])
        grid.add(LabelledField(theme, say(N_("Source")), self.source))
        grid.add(LabelledField(theme, say(N_("Product")), self.product), wide=True)
        self.where = label("", "soft", wrap=True)
        self.locked = label("", "hint", wrap=True)
        self.open_meeting = ActButton(theme, say(N_("Open the meeting")), icon="calendar", kind="second")
        self.open_meeting.clicked.connect(lambda: session.go(f"meeting:{self.line.task.meeting_id}"))
        self.siblings = ActButton(
            theme, say(N_("Progress of this resolution …")), icon="chart-column", kind="plain"
        )
        self.siblings.clicked.connect(lambda: session.go(f"tasks:meeting:{self.line.task.meeting_id}"))
        self.people = TaskPeople(session, self.task_id)
        card = Card(theme)
        for part in (self.where, self.locked, grid):
            card.body.addWidget(part)
        card.body.addWidget(self._links())
        card.body.addWidget(label(say(N_("Members of this task")), "title"))
        card.body.addWidget(self.people)
        card.body.addWidget(flow(self.open_meeting, self.siblings))
        card.body.addStretch(1)
        return card

    def _links(self) -> QWidget:
        """Make the fields for where the task comes from and where its result is heard."""
        theme, say = self.session.theme, self.session.words.gettext
        self.report_at: ChoiceField[str | None] = ChoiceField(
            theme, say(N_("To be reported at")), [], lambda one: self._change(report_meeting_id=one)
        )
        self.resolution: ChoiceField[str | None] = ChoiceField(
            theme, say(N_("Resolution")), [], lambda one: self._change(resolution_id=one)
        )
        grid = FormGrid(theme, least=200)
        for field in (self.report_at, self.resolution):
            grid.add(LabelledField(theme, field.accessibleName(), field))
        return grid

    def _show_links(self) -> None:
        """Offer the meetings after the one that gave the task, and the resolution of that one."""
        book, words, task = self.session.book, self.session.words, self.line.task
        given = self.line.given_on
        meetings = {one.id: one for one in book.meetings.within(given, given + _AHEAD)}
        meetings.pop(task.meeting_id, None)
        if task.report_meeting_id and task.report_meeting_id not in meetings:
            meetings[task.report_meeting_id] = book.meetings.file(task.report_meeting_id).meeting
        offered: list[tuple[str | None, str]] = [(None, "–")]
        offered += [
            (one.id, f"{words.gettext(KIND_LABELS[one.kind])} {words.date(one.on)}")
            for one in sorted(meetings.values(), key=lambda one: one.on)
        ]
        self.report_at.change_choices(offered)
        self.report_at.show_value(task.report_meeting_id)
        resolution = book.resolutions.of_meeting(task.meeting_id)
        texts: list[tuple[str | None, str]] = [(None, "–")]
        # A draft that nobody wrote down yet has no id to point to.
        if resolution.id:
            texts.append((resolution.id, resolution.title))
        self.resolution.change_choices(texts)
        self.resolution.show_value(task.resolution_id)

    def _going_on(self) -> QWidget:
        session, say = self.session, self.session.words.gettext
        theme = session.theme
        self.standing = label("", "big", wrap=True)
        self.state: ChoiceField[TaskState | None] = ChoiceField(
            theme,
            say(N_("State")),
            [(one, say(TASK_STATE_LABELS[one]) if one else say(N_("by percent and day"))) for one in _SAID],
            lambda one: self._change(state=one),
        )
        self.percent = NumberField(
            say(N_("Done, in percent")),
            lambda number: self._change(done_percent=number),
            _WHOLE,
            partial(self._tell, "percent"),
        )
        self.done_on = DateField(
            say(N_("Done on")),
            lambda day: self._change(done_on=day),
            session.today,
            partial(self._tell, "done_on"),
        )
        self.result = TextField(theme, say(N_("Result")), lambda text: self._change(result=text), lines=2)
        self.evidence = LineField(say(N_("Evidence")), lambda text: self._change(evidence=text))
        self.review = TextField(
            theme, say(N_("Review by the cell committee")), lambda text: self._change(review=text), lines=2
        )
        grid = FormGrid(theme, least=200)
        grid.add(LabelledField(theme, say(N_("State")), self.state))
        for name, field in (("percent", self.percent), ("done_on", self.done_on)):
            self._troubles[name] = LabelledField(theme, field.accessibleName(), field)
            grid.add(self._troubles[name])
        for wide in (self.result, self.evidence, self.review):
            grid.add(LabelledField(theme, wide.accessibleName(), wide), wide=True)
        self.figures = TaskFigures(session, self.task_id)
        self.history = RecordHistory(session, "task", self.task_id)
        card = Card(theme)
        card.body.addWidget(self.standing)
        card.body.addWidget(grid)
        card.body.addWidget(label(say(N_("Target figures")), "title"))
        card.body.addWidget(self.figures)
        card.body.addWidget(self.history)
        card.body.addStretch(1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        return inside

    def title(self) -> tuple[str, ...]:
        """Return the way here."""
        say = self.session.words.gettext
        return say(N_("Tasks")), self.line.task.text or say(N_("Task"))

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of a form."""
        return (KeyHint("Enter", self.session.words.gettext(N_("Next field"))),)

    def first_focus(self) -> QWidget | None:
        """Begin with how far it has come: what was given is known."""
        return self.percent

    def reload(self) -> None:
        """Show the task."""
        session, words = self.session, self.session.words
        self.line = session.book.tasks.get(self.task_id)
        task = self.line.task
        meeting = session.book.meetings.file(task.meeting_id).meeting
        kind = words.gettext(KIND_LABELS[self.line.kind])
        self.where.setText(f"{kind} · {words.date(self.line.given_on)}")
        closed = meeting.state in _FINISHED
        said = N_("The minutes are closed: what the task is, who does it and by when stays as they say.")
        self.locked.setText(words.gettext(said) if closed else "")
        self.locked.setVisible(closed)
        free = not session.book.read_only
        for line in (self.text, self.assignees, self.due):
            line.setReadOnly(closed or not free)
        for field in (self.product, self.percent, self.done_on, self.result, self.evidence, self.review):
            field.setReadOnly(not free)
        self._show_links()
        for choice in (self.source, self.state, self.report_at, self.resolution):
            choice.setEnabled(free)
        self.standing.setText(words.gettext(TASK_STATE_LABELS[state_on(task, session.today())]))
        self.text.show_text(task.text)
        self.assignees.show_text(task.assignees)
        self.due.show_day(task.due)
        self.source.show_value(task.source)
        self.product.show_text(task.product)
        self.state.show_value(TaskState.DONE if task.state is TaskState.DONE_EARLY else task.state)
        self.percent.show_number(task.done_percent)
        self.done_on.show_day(task.done_on)
        self.result.show_text(task.result)
        self.evidence.show_text(task.evidence)
        self.review.show_text(task.review)
        self.people.show_line(self.line)
        self.figures.show_line(self.line)
        self.history.reload()

    def flush(self) -> None:
        """Write every field."""
        flush_fields(self)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the cards below each other where there is little room."""
        super().resizeEvent(event)
        narrow = self.width() < self.session.theme.px(_BESIDE)
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)

    def _change(self, **values: Any) -> None:  # noqa: ANN401 - any field of the task
        task = replace(self.session.book.tasks.get(self.task_id).task, **values)
        self.session.run(lambda book: book.tasks.change(task), self)
        self.reload()

    def _tell(self, name: str, readable: bool) -> None:  # noqa: FBT001 - the field calls it with its one answer
        said = (
            N_("Please write a number from 0 to 100.")
            if name == "percent"
            else N_("Please write a day such as 3/11/2026.")
        )
        self._troubles[name].show_trouble("" if readable else self.session.words.gettext(said))
