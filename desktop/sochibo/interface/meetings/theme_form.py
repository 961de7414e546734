"""One planned theme as a form."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.faults import Fault
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.parts.blocks import Card
from sochibo.interface.parts.fields import ChoiceField, LabelledField, LineField
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.form import FormGrid
from sochibo.interface.parts.typed_fields import DateField
from sochibo.messages import N_
from sochibo.rules.dates import Month
from sochibo.rules.meetings.plans import (
    PLAN_STATE_LABELS,
    PlanState,
    quarter_of_month,
    regular_day_of,
)
from sochibo.rules.meetings.practice import load_practice

if TYPE_CHECKING:
    from sochibo.interface.session import Session
    from sochibo.rules.meetings.plans import ThemePlan

__all__ = ["ThemeForm"]

_QUARTERS: Final = ((1, "I"), (2, "II"), (3, "III"), (4, "IV"))


class ThemeForm(QWidget):
    """Fields of the theme in hand; hidden while there is none."""

    wrote = Signal()
    """Something of the plan was written."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.plan: ThemePlan | None = None
        theme, say = session.theme, session.words.gettext
        self.theme = LineField(say(N_("Theme")), self._change_theme)
        self.group = LineField(say(N_("Group of themes")), lambda text: self._change(theme_group=text))
        groups: list[tuple[str, str]] = [("", "–"), *((one, one) for one in load_practice().theme_groups)]
        self.groups: ChoiceField[str] = ChoiceField(
            theme, say(N_("Usual groups")), groups, lambda text: self._change(theme_group=text)
        )
        self.quarter: ChoiceField[int] = ChoiceField(
            theme, say(N_("Quarter")), _QUARTERS, self._change_quarter
        )
        self.month: ChoiceField[int] = ChoiceField(
            theme,
            say(N_("Planned month")),
            [(0, "–"), *((number, str(number)) for number in range(1, 13))],
            self._change_month,
        )
        self.drafter: ChoiceField[str | None] = ChoiceField(
            theme, say(N_("Who drafts it")), [(None, "–")], lambda who: self._change(drafter_id=who)
        )
        self.due = DateField(
            say(N_("Draft due on")), lambda day: self._change(draft_due=day), session.today, self._tell_due
        )
        self.state: ChoiceField[PlanState] = ChoiceField(
            theme,
            say(N_("State")),
            [(one, say(text)) for one, text in PLAN_STATE_LABELS.items()],
            lambda one: self._change(state=one),
        )
        self.note = LineField(say(N_("Note")), lambda text: self._change(note=text))
        self.meeting = ActButton(theme, say(N_("Prepare its meeting")), icon="calendar-plus", kind="second")
        self.meeting.clicked.connect(self.open_meeting)
        self.remove = ActButton(theme, say(N_("Remove theme")), icon="trash-2", kind="plain")
        self.remove.clicked.connect(self.take_out)
        self._due = LabelledField(theme, self.due.accessibleName(), self.due)
        self._build()

    def _build(self) -> None:
        """Put the fields into a card."""
        theme = self.session.theme
        grid = FormGrid(theme, least=170)
        for field, wide in (
            (self.theme, True), (self.group, False), (self.groups, False), (self.quarter, False),
            (self.month, False), (self.drafter, False),
        ):  # fmt: skip
            grid.add(LabelledField(theme, field.accessibleName(), field), wide=wide)
        grid.add(self._due)
        grid.add(LabelledField(theme, self.state.accessibleName(), self.state))
        grid.add(LabelledField(theme, self.note.accessibleName(), self.note))
        card = Card(theme)
        card.body.addWidget(grid)
        card.body.addWidget(flow(self.meeting, self.remove))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)

    def show_theme(self, plan: ThemePlan | None) -> None:
        """Show a theme, or nothing."""
        self.plan = plan
        self.setVisible(plan is not None)
        if plan is None:
            return
        say, book = self.session.words.gettext, self.session.book
        people: list[tuple[str | None, str]] = [(None, "–")]
        people += [(one.member.id, one.member.name) for one in book.members.on(self.session.today())]
        self.drafter.change_choices(people)
        self.theme.show_text(plan.theme)
        self.group.show_text(plan.theme_group)
        self.groups.show_value(plan.theme_group)
        self.quarter.show_value(plan.quarter)
        self.month.show_value(plan.planned_month.month if plan.planned_month else 0)
        self.drafter.show_value(plan.drafter_id)
        self.due.show_day(plan.draft_due)
        self.state.show_value(plan.state)
        self.note.show_text(plan.note)
        self.meeting.say(say(N_("Open the meeting") if plan.meeting_id else N_("Prepare its meeting")))
        self.setEnabled(not book.read_only)

    def open_meeting(self) -> None:
        """Open the meeting of the theme, or prepare it in its planned month."""
        if self.plan is None:
            return
        if self.plan.meeting_id is not None:
            self.session.go(f"meeting:{self.plan.meeting_id}")
            return
        book, plan = self.session.book, self.plan
        month = plan.planned_month or Month(plan.year, 3 * plan.quarter)
        try:
            day = regular_day_of(month, book.organisation().regular_day)
            made = book.plans.prepare_theme(plan.id, book.plans.regular_day(day))
        except Fault as fault:
            self.session.complain(fault)
            return
        self.session.tell(Changes.MEETINGS | Changes.TASKS, self)
        self.session.go(f"meeting:{made}")

    def take_out(self) -> None:
        """Take the theme out of the plan; undo brings it back."""
        if self.plan is not None:
            gone = self.plan.id
            self.plan = None
            self.session.run(lambda book: book.plans.remove(gone), self)
            self.wrote.emit()

    def _change_theme(self, text: str) -> None:
        if text:
            self._change(theme=text)

    def _change_quarter(self, quarter: int) -> None:
        month = self.plan.planned_month if self.plan else None
        fits = month is not None and quarter_of_month(month.month) == quarter
        self._change(quarter=quarter, planned_month=month if fits else None)

    def _change_month(self, number: int) -> None:
        if self.plan is not None:
            month = Month(self.plan.year, number) if number else None
            quarter = quarter_of_month(number) if number else self.plan.quarter
            self._change(planned_month=month, quarter=quarter)

    def _change(self, **values: Any) -> None:  # noqa: ANN401 - any field of the theme
        if self.plan is None:
            return
        self.plan = replace(self.plan, **values)
        try:
            self.session.book.plans.put(self.plan)
        except Fault as fault:
            self.session.complain(fault)
            return
        self.wrote.emit()

    def _tell_due(self, readable: bool) -> None:  # noqa: FBT001 - the field calls it with its one answer
        said = "" if readable else self.session.words.gettext(N_("Please write a day such as 3/11/2026."))
        self._due.show_trouble(said)
