"""One meeting: seven steps in the order of its minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.faults import Severity
from sochibo.interface.looks.palette import Tone
from sochibo.interface.meetings.steps.attendance import AttendanceStep
from sochibo.interface.meetings.steps.closing import ClosingStep
from sochibo.interface.meetings.steps.desk import Desk
from sochibo.interface.meetings.steps.items import ItemsStep
from sochibo.interface.meetings.steps.preparation import PreparationStep
from sochibo.interface.meetings.steps.scores import ScoresStep
from sochibo.interface.meetings.steps.step_list import StepList
from sochibo.interface.meetings.steps.tasks import TasksStep
from sochibo.interface.meetings.steps.votes import VotesStep
from sochibo.interface.page import KeyHint, Page
from sochibo.interface.parts.blocks import Banner
from sochibo.interface.parts.sight import begin_at_top
from sochibo.messages import N_
from sochibo.rules.meetings.meetings import KIND_LABELS, MeetingKind, MeetingState

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from sochibo.interface.meetings.steps.desk import Step
    from sochibo.interface.session import Session

__all__ = ["MeetingPage"]

_BESIDE = 820


class MeetingPage(Page):
    """The steps at the left, the open one at the right; F6 goes on, Esc goes back."""

    concerns: ClassVar[Changes] = (
        Changes.MEETINGS | Changes.MEMBERS | Changes.ORGANISATION | Changes.REPORTS | Changes.HISTORY
    )

    def __init__(self, session: Session, goal: str) -> None:
        super().__init__(session)
        words = session.words
        self.desk = Desk(session, goal.partition(":")[2])
        self.desk.setParent(self)
        closing = ClosingStep(self.desk, self._where)
        closing.jumped.connect(self.jump)
        self.steps: tuple[Step, ...] = (
            PreparationStep(self.desk),
            AttendanceStep(self.desk),
            ItemsStep(self.desk),
            VotesStep(self.desk),
            TasksStep(self.desk),
            ScoresStep(self.desk),
            closing,
        )
        self.list = StepList(session.theme, words, [step.name for step in self.steps])
        self.list.chosen.connect(self.open_step)
        self._place = 0
        # No QStackedWidget: it asks for the room of its largest page, and short steps would scroll.
        steps = QVBoxLayout()
        for step in self.steps:
            step.hide()
            steps.addWidget(step)
        self._banner = Banner(session.theme, tone=Tone.ADVICE, icon="lock")
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(session.theme.px(22))
        self._line.addWidget(self.list)
        self._line.addLayout(steps, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(session.theme.px(12))
        whole.addWidget(self._banner)
        whole.addLayout(self._line, 1)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, by in (("F6", 1), ("Shift+F6", -1)):
            QShortcut(QKeySequence(keys), self, lambda by=by: self.turn(by), context=context)
        attendance = self.steps[1]
        if isinstance(attendance, AttendanceStep):
            attendance.table.entered.connect(lambda: self.turn(1))
        self._choose(self._begin_at())

    @property
    def place(self) -> int:
        """Return which step is open, counted from 0."""
        return self._place

    @property
    def step(self) -> Step:
        """Return the open step."""
        return self.steps[self.place]

    def title(self) -> tuple[str, ...]:
        """Return the way here: `Meetings › November 2026`."""
        meeting, words = self.desk.file.meeting, self.session.words
        if meeting.kind is MeetingKind.REGULAR:
            name = words.month(meeting.on.year, meeting.on.month)
        else:
            name = f"{words.gettext(KIND_LABELS[meeting.kind])} {words.date(meeting.on)}"
        return words.gettext(N_("Meetings")), name

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of the step, and the one that goes on."""
        say = self.session.words.gettext
        return (*self.step.keys(), KeyHint("F6", say(N_("Next step"))))

    def reload(self) -> None:
        """Read the meeting anew; only the open step is drawn, the others when they are opened."""
        try:
            self.desk.refresh()
        except KeyError:
            # Undo took the meeting itself back: there is nothing to show here any more.
            self.desk.gone = True
            QTimer.singleShot(0, self, self.session.left.emit)
            return
        self.desk.gone = False
        state = self.desk.file.meeting.state
        for place, step in enumerate(self.steps):
            mine = [one for one in self.desk.findings if one.place.partition(".")[0] in step.places]
            red = any(one.severity is Severity.RED for one in mine)
            begun = state is not MeetingState.PLANNED or place == 0
            done = self.desk.closed if isinstance(step, ClosingStep) else begun and not mine
            self.list.buttons[place].show_state(len(mine), Tone.WRONG if red else Tone.ADVICE, done=done)
        self._banner.say(self._closed_words(state))
        self.step.reload()

    def first_focus(self) -> QWidget | None:
        """Let the open step say where work begins."""
        self.step.focus_first()
        focus = self.focusWidget()
        return focus if focus is not None and self.step.isAncestorOf(focus) else None

    def flush(self) -> None:
        """Write what is still in a field of the open step (the others were written when left)."""
        self.step.flush()

    def go_back(self) -> bool:
        """End what the step is in the middle of; else leave the meeting."""
        return self.step.go_back()

    def turn(self, by: int) -> None:
        """Go some steps on or back."""
        self.open_step(max(0, min(self.place + by, len(self.steps) - 1)))

    def open_step(self, place: int, *, at_top: bool = True) -> None:
        """Open a step with the keyboard in it, seen from its top unless one goes to a field of it."""
        if place != self.place:
            self.step.flush()
        self._choose(place)
        self.reload()
        self.step.focus_first()
        if not self.step.holds_focus():
            # Nothing in a closed step takes the keyboard: it stays with the steps instead of getting lost.
            self.list.buttons[place].setFocus()
        if at_top:
            begin_at_top(self)
        self.session.changed.emit(Changes.NONE, self)

    def jump(self, place: str) -> None:
        """Open the step of a finding and put the keyboard into its field."""
        head = place.partition(".")[0]
        for number, step in enumerate(self.steps):
            if head in step.places:
                self.open_step(number, at_top=False)
                step.focus_place(place)
                return

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the steps above where there is no room beside."""
        super().resizeEvent(event)
        folded = self.width() < self.session.theme.px(_BESIDE)
        direction = QBoxLayout.Direction
        self._line.setDirection(direction.TopToBottom if folded else direction.LeftToRight)
        self.list.fold(folded=folded)

    def _choose(self, place: int) -> None:
        self._place = place
        for number, step in enumerate(self.steps):
            step.setVisible(number == place)
        self.list.choose(place)
        self.help_name = self.step.help_name

    def _begin_at(self) -> int:
        """Open where work goes on: a plan at its preparation, a closed meeting at its end."""
        state = self.desk.file.meeting.state
        if state is MeetingState.PLANNED:
            return 0
        return len(self.steps) - 1 if self.desk.closed else 1

    def _where(self, place: str) -> str:
        head = place.partition(".")[0]
        step = next((step for step in self.steps if head in step.places), None)
        return self.session.words.gettext(step.name) if step else ""

    def _closed_words(self, state: MeetingState) -> str:
        say = self.session.words.gettext
        if state is MeetingState.CLOSED:
            return say(
                N_("These minutes are closed: they can be read, not changed. Ctrl Z opens them again.")
            )
        if state is MeetingState.SEALED:
            return say(N_("These minutes are sealed and stay as they are."))
        if self.desk.file.corrections:
            last = self.desk.file.corrections[-1]
            fields = {"number": last.number, "reason": last.reason}
            template = N_(
                "Minutes No. {number} are being corrected: {reason}. They stay until these are closed."
            )
            return self.session.words.sentence(template, fields)
        return ""
