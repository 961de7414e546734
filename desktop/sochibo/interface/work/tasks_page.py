"""All tasks over time: whose, how far, from which meeting."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.book.upkeep.exports import ExportedList
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.looks.palette import Tone
from sochibo.interface.page import KeyHint, Page
from sochibo.interface.parts.blocks import label
from sochibo.interface.parts.fields import ChoiceField
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.lists import list_button, save_list
from sochibo.interface.parts.preview import Preview
from sochibo.interface.parts.printing import bind_print
from sochibo.interface.parts.table import Column, RecordTable, Tag
from sochibo.interface.parts.table_view import TableView
from sochibo.messages import N_
from sochibo.rules.meetings.meetings import KIND_LABELS
from sochibo.rules.names import fold, sort_key
from sochibo.rules.work.work import (
    SOURCE_LABELS,
    TASK_STATE_LABELS,
    TaskLine,
    TaskSource,
    TaskState,
    is_open,
    mean_percent,
    share_done,
    state_on,
)

if TYPE_CHECKING:
    from sochibo.interface.session import Session

__all__ = ["STATE_TAGS", "TasksPage"]

_PAUSE_MS = 200
STATE_TAGS: Final = {
    TaskState.NOT_STARTED: Tag(Tone.PLAIN, "circle"),
    TaskState.UNDER_WAY: Tag(Tone.ACCENT, "pen-line"),
    TaskState.REGULAR: Tag(Tone.PLAIN, "calendar"),
    TaskState.DONE: Tag(Tone.GOOD, "check"),
    TaskState.DONE_EARLY: Tag(Tone.GOOD, "check"),
    TaskState.OVERDUE: Tag(Tone.WRONG, "circle-alert"),
    TaskState.STOPPED: Tag(Tone.PLAIN, "minus"),
}


class _Shown(StrEnum):
    """Which tasks are listed."""

    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"
    ALL = "all"


_SHOWN_LABELS: Final = {
    _Shown.OPEN: N_("Still to be done"),
    _Shown.OVERDUE: N_("Past their day"),
    _Shown.DONE: N_("Done or stopped"),
    _Shown.ALL: N_("All tasks"),
}


class TasksPage(Page):
    """`tasks`, `tasks:overdue`, `tasks:all`, or `tasks:meeting:<id>` for what one meeting gave."""

    concerns: ClassVar[Changes] = Changes.TASKS | Changes.MEETINGS | Changes.MEMBERS
    help_name = "tasks"

    def __init__(self, session: Session, goal: str) -> None:
        super().__init__(session)
        wanted, _, meeting_id = goal.partition(":")[2].partition(":")
        self._lines: tuple[TaskLine, ...] = ()
        theme, say = session.theme, session.words.gettext
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._show)
        self.search = QLineEdit()
        self.search.setAccessibleName(say(N_("Find a task")))
        self.search.setPlaceholderText(say(N_("Find: words of the task, a name")))
        self.search.setMinimumWidth(theme.px(240))
        self.search.textChanged.connect(self._pause.start)
        self.search.returnPressed.connect(self._enter_table)
        self.state: ChoiceField[_Shown] = self._choice(
            N_("State"), [(value, say(text)) for value, text in _SHOWN_LABELS.items()], 190
        )
        self.person: ChoiceField[str] = self._choice(N_("Member"), [("", say(N_("Everybody")))], 200)
        self.source: ChoiceField[TaskSource | None] = self._choice(
            N_("Source"),
            [(None, say(N_("Any source"))), *((one, say(text)) for one, text in SOURCE_LABELS.items())],
            190,
        )
        self.meeting: ChoiceField[str] = self._choice(N_("Meeting"), [("", say(N_("All meetings")))], 230)
        self._begin(wanted, meeting_id)
        self.table_model: RecordTable[TaskLine] = RecordTable(
            session.words, self._columns(), key=lambda line: line.task.id
        )
        self.table = TableView(theme, self.table_model, say(N_("Tasks")))
        self.table.opened.connect(lambda line: session.go(f"task:{line.task.id}"))
        self.paper = ActButton(theme, say(N_("Show as a paper")), icon="eye", kind="plain")
        self.paper.setCheckable(True)
        self.paper.toggled.connect(self._show_paper)
        self.plan = ActButton(theme, say(N_("Plan of the year …")), icon="calendar", kind="plain")
        self.plan.clicked.connect(lambda: session.go(f"plan:{session.today().year}"))
        self.preview = Preview(session)
        self.preview.hide()
        self.progress = label("", "strong", wrap=True)
        self.hint = label("", "soft", wrap=True)
        self._place()
        bind_print(self, self.print_list)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+F"), self, self.search.setFocus, context=context)

    def _place(self) -> None:
        """Put the list between what narrows it and what is done with it."""
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(self.session.theme.px(12))
        whole.addWidget(flow(self.search, self.state, self.person, self.meeting, self.source))
        whole.addWidget(self.progress)
        whole.addWidget(self.table, 1)
        whole.addWidget(self.preview, 1)
        whole.addWidget(self.hint)
        whole.addWidget(flow(list_button(self.session, self.write_list), self.paper, self.plan))
        # Where no task was ever given, the hint stands at the top, not under an empty table.
        self._rest = QWidget()
        whole.addWidget(self._rest, 1)

    def _choice(self, name: str, choices: list[tuple[object, str]], width: int) -> ChoiceField:  # type: ignore[type-arg]  # of any value
        theme = self.session.theme
        made = ChoiceField(theme, self.session.words.gettext(name), choices, lambda _value: self._show())
        made.setMinimumWidth(theme.px(width))
        return made

    def _begin(self, wanted: str, meeting_id: str) -> None:
        """Show at first what the goal asks for."""
        self._asked_meeting = meeting_id if wanted == "meeting" else ""
        known = {one.value for one in _Shown}
        first = _Shown(wanted) if wanted in known else _Shown.OPEN
        self.state.show_value(_Shown.ALL if self._asked_meeting else first)

    def title(self) -> tuple[str, ...]:
        """Return the name of the room."""
        return (self.session.words.gettext(N_("Tasks")),)

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of the list."""
        say = self.session.words.gettext
        if not self._lines:
            return ()
        return (
            KeyHint("Enter", say(N_("open"))),
            KeyHint("Ctrl F", say(N_("find"))),
            KeyHint("Ctrl P", say(N_("print"))),
        )

    def first_focus(self) -> QWidget | None:
        """Begin with the list."""
        return self.table

    def reload(self) -> None:
        """Read all tasks, and offer the people and meetings that have some."""
        book, words = self.session.book, self.session.words
        self._lines = book.tasks.lines()
        people = {who.member_id for line in self._lines for who in line.people}
        shown = book.members.told_apart()
        named = sorted(((who, shown[who]) for who in people), key=lambda one: sort_key(one[1]))
        self.person.change_choices([("", words.gettext(N_("Everybody"))), *named])
        meetings = {line.task.meeting_id: line for line in self._lines}
        offered = [
            (key, f"{words.date(line.given_on)} · {words.gettext(KIND_LABELS[line.kind])}")
            for key, line in meetings.items()
        ]
        self.meeting.change_choices([("", words.gettext(N_("All meetings"))), *offered])
        if self._asked_meeting:
            self.meeting.show_value(self._asked_meeting)
            self._asked_meeting = ""
        self._show()

    def shown(self) -> tuple[TaskLine, ...]:
        """Return the tasks that the filters let through."""
        return self.table_model.records

    def write_list(self) -> None:
        """Write what is seen to Excel."""
        exports, words, today = self.session.book.exports, self.session.words, self.session.today()
        lines = self.shown()
        save_list(
            self,
            self.session,
            ExportedList.TASKS,
            lambda path: exports.tasks(path, words, lines=lines, on=today),
        )

    def print_list(self) -> None:
        """Show the pages of what is seen, then print them."""
        self.paper.setChecked(True)
        self.preview.print_pages()

    def _show_paper(self, shown: bool) -> None:  # noqa: FBT001 - a signal's one argument
        self.preview.setVisible(shown)
        self.table.setVisible(bool(self._lines) and not shown)
        self._rest.setVisible(not self._lines and not shown)
        if shown:
            tasks, lines, today = self.session.book.tasks, self.shown(), self.session.today()
            self.preview.show_made(lambda: tasks.preview(lines, today))

    def go_back(self) -> bool:
        """Clear the search first."""
        if self.search.text():
            self.search.clear()
            self._show()
            return True
        return False

    def _enter_table(self) -> None:
        self._show()
        self.table.setFocus()

    def _show(self) -> None:
        self._pause.stop()
        found = [line for line in self._lines if self._fits(line)]
        self.table_model.show_records(found)
        if self.paper.isChecked():
            self._show_paper(shown=True)
        today, words = self.session.today(), self.session.words
        done = share_done((line.task for line in found), today)
        percent = mean_percent((line.task for line in found), today)
        said = ""
        if done.denominator and percent is not None:
            fields = {"done": done.numerator, "all": done.denominator, "percent": words.percent(percent, 100)}
            said = words.sentence(N_("{done} of {all} done; on the whole {percent}"), fields)
            if self.meeting.value():
                chosen = found[0]
                what = words.sentence(N_("Resolution of {day}"), {"day": chosen.given_on})
                said = f"{what}: {said}"
        self.progress.setText(said)
        self.progress.setVisible(bool(said))
        self.table.setVisible(bool(self._lines) and not self.paper.isChecked())
        self._rest.setVisible(not self._lines and not self.paper.isChecked())
        empty = N_("No task is shown. Tasks are given at meetings, in the step “Tasks”.")
        if self._lines:
            empty = N_("No task is shown. Choose “All tasks” to see the others.")
        self.hint.setText("" if found else words.gettext(empty))
        self.hint.setVisible(not found)

    def _fits(self, line: TaskLine) -> bool:
        today, task = self.session.today(), line.task
        wanted = self.state.value() or _Shown.ALL
        by_state = {
            _Shown.ALL: True,
            _Shown.OPEN: is_open(task, today),
            _Shown.OVERDUE: state_on(task, today) is TaskState.OVERDUE,
            _Shown.DONE: not is_open(task, today),
        }[wanted]
        who, typed = self.person.value(), fold(self.search.text())
        return (
            by_state
            and (not who or any(one.member_id == who for one in line.people))
            and self.meeting.value() in {"", None, task.meeting_id}
            and self.source.value() in {None, task.source}
            and typed in fold(f"{task.text} {task.assignees} {task.product}")
        )

    def _columns(self) -> tuple[Column[TaskLine], ...]:
        words = self.session.words

        def state(line: TaskLine) -> TaskState:
            return state_on(line.task, self.session.today())

        return (
            Column(
                title=N_("State"),
                text=lambda line: words.gettext(TASK_STATE_LABELS[state(line)]),
                tag=lambda line: STATE_TAGS[state(line)],
            ),
            Column(
                title=N_("Task"),
                text=lambda line: line.task.text,
                second=lambda line: " · ".join(filter(None, (line.task.assignees, line.task.result))),
                tooltip=lambda line: line.task.text,
                strong=True,
                stretch=True,
            ),
            Column(
                title=N_("By"),
                text=lambda line: words.date(line.task.due) if line.task.due else "",
                right=True,
            ),
            Column(
                title=N_("Percent"),
                text=lambda line: (
                    "" if line.task.done_percent is None else words.percent(line.task.done_percent, 100)
                ),
                right=True,
                drop=1,
            ),
            Column(title=N_("Given on"), text=lambda line: words.date(line.given_on), soft=True, drop=2),
        )
