"""Tasks of earlier meetings, with what their result is now: a meeting begins with them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.interface.looks.icons import ActButton
from sochibo.interface.parts.blocks import Card, label, row
from sochibo.interface.parts.fields import LabelledField, LineField, flush_fields
from sochibo.interface.parts.form import FormGrid
from sochibo.interface.parts.typed_fields import NumberField
from sochibo.messages import N_

if TYPE_CHECKING:
    from sochibo.interface.meetings.steps.desk import Desk
    from sochibo.rules.meetings.meetings import AssignedTask

__all__ = ["EarlierTasks"]

_WHOLE = 100


class EarlierTaskRow(Card):
    """One task with percent and result; the rest of it is one button away."""

    def __init__(self, owner: EarlierTasks) -> None:
        theme, say = owner.desk.theme, owner.desk.words.gettext
        super().__init__(theme)
        self._owner = owner
        self.task: AssignedTask | None = None
        self.text = label("", "strong", wrap=True)
        self.who = label("", "soft", wrap=True)
        self.percent = NumberField(
            say(N_("Done, in percent")), lambda number: self._report(done_percent=number), _WHOLE, self._tell
        )
        self.result = LineField(say(N_("Result")), lambda text: self._report(result=text))
        more = ActButton(theme, say(N_("Open the task")), icon="chevron-right", kind="tool")
        more.clicked.connect(self._open)
        # Enter goes from field to field: a button between them would be pressed on the way.
        more.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._percent = LabelledField(theme, self.percent.accessibleName(), self.percent)
        grid = FormGrid(theme, least=200)
        grid.add(self._percent)
        grid.add(LabelledField(theme, self.result.accessibleName(), self.result))
        head = row(self.text, more)
        head.setStretch(0, 1)
        self.body.addLayout(head)
        self.body.addWidget(self.who)
        self.body.addWidget(grid)

    def show_task(self, task: AssignedTask) -> None:
        """Show a task as the book holds it."""
        words = self._owner.desk.words
        self.task = task
        self.text.setText(task.text)
        by = words.sentence(N_("by {day}"), {"day": words.date(task.due)}) if task.due else ""
        self.who.setText(" · ".join(filter(None, (task.assignees, by))))
        self.who.setVisible(bool(self.who.text()))
        self.percent.show_number(task.done_percent)
        self.result.show_text(task.result)

    def _report(self, **values: Any) -> None:  # noqa: ANN401 - percent or result
        if self.task is not None:
            task = self.task = replace(self.task, **values)
            self._owner.desk.run(lambda book: book.meetings.report_task(task), self._owner)

    def _open(self) -> None:
        if self.task is not None:
            self._owner.desk.session.go(f"task:{self.task.id}")

    def _tell(self, readable: bool) -> None:  # noqa: FBT001 - the field calls it with its one answer
        said = "" if readable else self._owner.desk.words.gettext(N_("Please write a number from 0 to 100."))
        self._percent.show_trouble(said)


class EarlierTasks(QWidget):
    """All tasks that this meeting looks back on; hidden where there are none."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.rows: list[EarlierTaskRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(desk.theme.px(8))
        column.addWidget(label(desk.words.gettext(N_("Tasks of earlier meetings")), "title"))
        self._column = QVBoxLayout()
        self._column.setSpacing(desk.theme.px(8))
        column.addLayout(self._column)

    def reload(self) -> None:
        """Show the tasks, keeping the rows and with them the focus."""
        tasks = self.desk.file.earlier_tasks
        while len(self.rows) > len(tasks):
            gone = self.rows.pop()
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.rows) < len(tasks):
            self.rows.append(EarlierTaskRow(self))
            self._column.addWidget(self.rows[-1])
        for shown, task in zip(self.rows, tasks, strict=True):
            shown.show_task(task)
            shown.setEnabled(not self.desk.locked)
        self.setVisible(bool(tasks))

    def flush(self) -> None:
        """Write every field."""
        flush_fields(self)

    def focus_place(self, rest: str) -> bool:
        """Put the keyboard at the percent of a task by its place."""
        place = rest.partition(".")[0]
        if not place.isdigit() or int(place) >= len(self.rows):
            return False
        self.rows[int(place)].percent.setFocus()
        return True
