"""Who has to do with a task: each member with a role, and one more to be named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.interface.looks.icons import ActButton
from sochibo.interface.parts.blocks import label, row
from sochibo.interface.parts.fields import ChoiceField
from sochibo.interface.parts.flow import flow
from sochibo.messages import N_
from sochibo.rules.work.work import ROLE_LABELS, TaskPerson, TaskRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sochibo.interface.session import Session
    from sochibo.rules.work.work import TaskLine

__all__ = ["TaskPeople"]


class TaskPeople(QWidget):
    """Rows of people; names that several bear are asked for with one button each."""

    def __init__(self, session: Session, task_id: str) -> None:
        super().__init__()
        self.session = session
        self.task_id = task_id
        self.people: tuple[TaskPerson, ...] = ()
        say, theme = session.words.gettext, session.theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(6))
        self._rows = QWidget()
        self._lines = QVBoxLayout(self._rows)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._asked = QWidget()
        self._questions = QVBoxLayout(self._asked)
        self._questions.setContentsMargins(0, 0, 0, 0)
        self.member: ChoiceField[str] = ChoiceField(theme, say(N_("Member")), [], lambda _who: None)
        self.role: ChoiceField[TaskRole] = ChoiceField(
            theme, say(N_("Role")), [(one, say(text)) for one, text in ROLE_LABELS.items()], lambda _one: None
        )
        self.add = ActButton(theme, say(N_("Add")), icon="plus", kind="second")
        self.add.clicked.connect(self.take)
        for choice in (self.member, self.role):
            choice.setMinimumWidth(theme.px(210))
        for part in (self._rows, self._asked, flow(self.member, self.role, self.add)):
            self._column.addWidget(part)

    def show_line(self, line: TaskLine) -> None:
        """Show the people of a task, and who else may be named."""
        book, free = self.session.book, not self.session.book.read_only
        self.people = line.people
        names, shown = self._names(line), book.members.told_apart()
        taken = {one.member_id for one in line.people}
        self.member.change_choices([(who, name) for who, name in names.items() if who not in taken])
        for field in (self.member, self.role, self.add):
            field.setEnabled(free)
        _clear(self._lines)
        for person in line.people:
            self._lines.addWidget(self._row(person, shown[person.member_id], free=free))
        _clear(self._questions)
        found = book.tasks.find(line.task.assignees, line.given_on)
        for named, meant in found.unclear:
            if not taken & set(meant):
                self._ask(named, [(who, names[who]) for who in meant])

    def _names(self, line: TaskLine) -> dict[str, str]:
        """Return who was on the roll when the task was given, two of one name told apart."""
        members = self.session.book.members
        shown = members.told_apart()
        return {entry.member.id: shown[entry.member.id] for entry in members.on(line.given_on)}

    def _ask(self, named: str, meant: Sequence[tuple[str, str]]) -> None:
        words = self.session.words
        self._questions.addWidget(
            label(words.sentence(N_("Who is meant by “{name}”?"), {"name": named}), "strong", wrap=True)
        )
        buttons = []
        for who, name in meant:
            button = ActButton(self.session.theme, name, icon="users", kind="second")
            button.clicked.connect(lambda _checked=False, who=who: self._write((*self.people, _doing(who))))
            buttons.append(button)
        self._questions.addWidget(flow(*buttons))

    def take(self) -> None:
        """Add the chosen member in the chosen role."""
        who, role = self.member.value(), self.role.value()
        if who and role:
            self._write((*self.people, TaskPerson(member_id=who, role=role)))

    def _row(self, person: TaskPerson, name: str, *, free: bool) -> QWidget:
        words, theme = self.session.words, self.session.theme
        said = words.gettext(ROLE_LABELS[person.role])
        remove = ActButton(
            theme, words.sentence(N_("Take {name} off the task"), {"name": name}), icon="x", kind="tool"
        )
        remove.setEnabled(free)
        remove.clicked.connect(lambda: self._write([one for one in self.people if one != person]))
        made = QWidget()
        line = row(label(name, "strong"), label(said, "soft"), None, remove)
        line.setContentsMargins(0, 0, 0, 0)
        made.setLayout(line)
        return made

    def _write(self, people: Sequence[TaskPerson]) -> None:
        self.session.run(lambda book: book.tasks.set_people(self.task_id, people), self)
        self.show_line(self.session.book.tasks.get(self.task_id))


def _doing(member_id: str) -> TaskPerson:
    return TaskPerson(member_id=member_id)


def _clear(column: QVBoxLayout) -> None:
    while column.count():
        widget = column.takeAt(0).widget()
        widget.hide()
        widget.deleteLater()
