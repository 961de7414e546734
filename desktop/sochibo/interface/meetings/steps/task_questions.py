"""Names in new tasks that several members bear: who is meant is asked, never guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.interface.looks.icons import ActButton
from sochibo.interface.parts.blocks import label
from sochibo.interface.parts.flow import flow
from sochibo.messages import N_
from sochibo.rules.members.rolls import told_apart
from sochibo.rules.work.work import TaskPerson, find_people

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sochibo.interface.meetings.steps.desk import Desk
    from sochibo.rules.work.work import TaskLine

__all__ = ["TaskQuestions"]


class TaskQuestions(QWidget):
    """One question for each such name, with one button for each who may be meant; hidden without any."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.buttons: list[ActButton] = []
        self._asked: tuple[object, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(desk.theme.px(6))

    def reload(self) -> None:
        """Ask what is not clear now."""
        roll = self.desk.file.roll
        questions = []
        for line in self.desk.session.book.tasks.of_meeting(self.desk.meeting_id):
            taken = {one.member_id for one in line.people}
            for named, meant in find_people(line.task.assignees, roll).unclear:
                if not taken & set(meant):
                    questions.append((line, named, meant))
        asked = tuple((line.task.id, named, meant) for line, named, meant in questions)
        # Made anew only where something changed: a button in the middle of being pressed must stay.
        if asked != self._asked:
            self._asked = asked
            self._ask(questions)
        self.setVisible(bool(questions) and not self.desk.locked)

    def _ask(self, questions: Sequence[tuple[TaskLine, str, tuple[str, ...]]]) -> None:
        self.buttons.clear()
        while self._column.count():
            widget = self._column.takeAt(0).widget()
            widget.hide()
            widget.deleteLater()
        names = told_apart([entry.member for entry in self.desk.file.roll])
        for line, named, meant in questions:
            fields = {"name": named, "task": line.task.text}
            said = self.desk.words.sentence(N_("Who is meant by “{name}” in “{task}”?"), fields)
            self._column.addWidget(label(said, "strong", wrap=True))
            made = [self._button(line, who, names[who]) for who in meant]
            self.buttons += made
            self._column.addWidget(flow(*made))

    def _button(self, line: TaskLine, who: str, name: str) -> ActButton:
        button = ActButton(self.desk.theme, name, icon="users", kind="second")
        people = (*line.people, TaskPerson(member_id=who))
        button.clicked.connect(
            lambda: self.desk.run(lambda book: book.tasks.set_people(line.task.id, people), self)
        )
        return button
