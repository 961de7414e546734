"""One member: the register's fields, and the events of a Party life."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.members.life_card import LifeCard
from sochibo.interface.members.standing_words import MEMBERSHIP_LABELS, activity_words
from sochibo.interface.page import KeyHint, Page
from sochibo.interface.parts.blocks import Card, label, row
from sochibo.interface.parts.fields import (
    ChoiceField,
    LabelledField,
    LineField,
    TextField,
    TickField,
    flush_fields,
)
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.form import FormGrid
from sochibo.interface.parts.record_history import RecordHistory
from sochibo.interface.parts.typed_fields import DateField, NumberField, PartialDateField, tell_beside
from sochibo.messages import N_
from sochibo.rules.members.members import Sex, masked, standing_on

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QResizeEvent

    from sochibo.interface.session import Session
    from sochibo.rules.members.members import Member, MemberEvent

__all__ = ["MemberPage"]

_BESIDE: Final = 780
_MOST_MONTHS: Final = 999
_SEX = {None: "–", Sex.MALE: N_("Male"), Sex.FEMALE: N_("Female")}
_LINES: Final = {
    "name": N_("Full name"),
    "birth_name": N_("Name at birth"),
    "office": N_("Party office"),
    "phone": N_("Telephone"),
    "job_now": N_("Occupation now"),
    "job_before": N_("Occupation before"),
    "residence": N_("Where the member lives"),
    "home_place": N_("Home place"),
    "ethnicity": N_("Ethnic group"),
    "religion": N_("Religion"),
    "education": N_("Education"),
    "profession": N_("Qualification"),
    "political_theory": N_("Political theory"),
    "foreign_language": N_("Foreign language"),
    "register_no": N_("Number in the register"),
    "cv_no": N_("Number of the CV"),
    "badge_no": N_("Number of the badge"),
}
_FLAGS: Final = {
    "soldier": N_("Army"),
    "police": N_("Police"),
    "retired": N_("Retired"),
    "youth_union": N_("Member of the Youth Union"),
}
_SECRET: Final = {"identity_no": N_("Identity number"), "card_no": N_("Party card number")}
_WIDE: Final = {"residence", "home_place"}


class MemberPage(Page):
    """Fields at the left, the line of events at the right."""

    concerns: ClassVar[Changes] = Changes.MEMBERS | Changes.HISTORY
    help_name = "member"

    def __init__(self, session: Session, goal: str) -> None:
        super().__init__(session)
        self.member_id = goal.partition(":")[2]
        self.member: Member = session.book.members.get(self.member_id)
        self.lines: dict[str, LineField] = {}
        self._counted: tuple[MemberEvent, ...] | None = None
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(session.theme.px(20))
        self._line.addWidget(self._register(), 3)
        self._line.addWidget(self._life(), 2)

    def _register(self) -> QWidget:
        session, say = self.session, self.session.words.gettext
        self.name = label("", "big", wrap=True)
        self.standing = label("", "soft", wrap=True)
        grid = FormGrid(session.theme)
        for field, text in _LINES.items():
            made = LineField(say(text), partial(self._change_line, field))
            self.lines[field] = made
            grid.add(LabelledField(session.theme, say(text), made), wide=field in _WIDE)
            if field == "birth_name":
                self._add_birth(grid)
        self._add_more(grid)
        self.note = TextField(
            session.theme, say(N_("Remarks")), lambda text: self._change(note=text), lines=2
        )
        grid.add(LabelledField(session.theme, say(N_("Remarks")), self.note), wide=True)
        card = Card(session.theme)
        card.body.addWidget(self.name)
        card.body.addWidget(self.standing)
        card.body.addWidget(self._numbers())
        card.body.addWidget(grid)
        self.held = ActButton(
            session.theme, say(N_("Print everything held on this member …")), icon="printer", kind="second"
        )
        self.held.clicked.connect(lambda: session.go(f"member-papers:held:{self.member_id}"))
        self.registers = ActButton(session.theme, say(N_("Registers …")), icon="folder-open")
        self.registers.clicked.connect(lambda: session.go("registers"))
        card.body.addWidget(flow(self.held, self.registers))
        self.history = RecordHistory(session, "member", self.member_id)
        card.body.addWidget(self.history)
        card.body.addStretch(1)
        return card

    def _add_birth(self, grid: FormGrid) -> None:
        session, say = self.session, self.session.words.gettext
        self.birth = PartialDateField(
            say(N_("Date of birth")), lambda when: self._change(birth=when), self._tell_birth
        )
        self._birth = LabelledField(
            session.theme, say(N_("Date of birth")), self.birth, say(N_("the year alone will do"))
        )
        self.sex: ChoiceField[Sex | None] = ChoiceField(
            session.theme,
            say(N_("Sex")),
            [(value, say(text) if value else text) for value, text in _SEX.items()],
            lambda value: self._change(sex=value),
        )
        grid.add(self._birth)
        grid.add(LabelledField(session.theme, say(N_("Sex")), self.sex))

    def _add_more(self, grid: FormGrid) -> None:
        """Add what the register flags, and what the Party age is reckoned with."""
        session, say = self.session, self.session.words.gettext
        self.flags: dict[str, TickField] = {}
        for field, text in _FLAGS.items():
            self.flags[field] = TickField(session.theme, say(text), partial(self._change_line, field))
        grid.add(flow(*self.flags.values(), spacing=session.theme.px(16)), wide=True)
        self.card_on = DateField(
            say(N_("Party card handed over on")), lambda day: self._change(card_on=day), session.today
        )
        self.gap = NumberField(
            say(N_("Months off the Party age")),
            lambda months: self._change(gap_months=months or 0),
            _MOST_MONTHS,
        )
        card = LabelledField(session.theme, say(N_("Party card handed over on")), self.card_on)
        grid.add(tell_beside(card, say(N_("Please write a day such as 31/12/2026."))))
        hint = say(N_("contact lost or a broken transfer; time after a strike-off counts by itself"))
        gap = LabelledField(session.theme, say(N_("Months off the Party age")), self.gap, hint)
        most = session.words.sentence(
            N_("Please write a whole number from 0 to {most}."), {"most": _MOST_MONTHS}
        )
        grid.add(tell_beside(gap, most))

    def _show_more(self, member: Member) -> None:
        for field, tick in self.flags.items():
            tick.show_value(value=getattr(member, field))
            tick.setEnabled(not self.session.book.read_only)
        self.card_on.show_day(member.card_on)
        self.gap.show_number(member.gap_months or None)

    def _numbers(self) -> QWidget:
        session, say = self.session, self.session.words.gettext
        self.masked: dict[str, QLabel] = {}
        self.show_numbers = ActButton(session.theme, say(N_("Show numbers")), icon="eye", kind="link")
        self.show_numbers.setCheckable(True)
        self.show_numbers.toggled.connect(self._reveal)
        self._hidden, self._revealed = QWidget(), FormGrid(session.theme)
        hidden = QVBoxLayout(self._hidden)
        hidden.setContentsMargins(0, 0, 0, 0)
        for field, text in _SECRET.items():
            self.masked[field] = label("", "plain")
            line = row(label(say(text), "soft"), self.masked[field], None)
            hidden.addLayout(line)
            made = LineField(say(text), partial(self._change_line, field))
            self.lines[field] = made
            self._revealed.add(LabelledField(session.theme, say(text), made))
        self._revealed.hide()
        host = QWidget()
        inside = QVBoxLayout(host)
        inside.setContentsMargins(0, 0, 0, 0)
        for part in (self._hidden, self._revealed):
            inside.addWidget(part)
        inside.addLayout(row(self.show_numbers, None))
        return host

    def _life(self) -> QWidget:
        self.life = LifeCard(self.session, self.member_id)
        self.life.removed.connect(self._remove)
        self.form = self.life.form
        return self.life

    def title(self) -> tuple[str, ...]:
        """Return the way here."""
        return self.session.words.gettext(N_("Members")), self.member.name

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of a form."""
        return (KeyHint("Enter", self.session.words.gettext(N_("Next field"))),)

    def first_focus(self) -> QWidget | None:
        """Begin with the name."""
        return self.lines["name"]

    def reload(self) -> None:
        """Show the member; one taken out by undo is left, calmly."""
        try:
            self.member = self.session.book.members.get(self.member_id)
        except KeyError:
            QTimer.singleShot(0, self, self.session.left.emit)
            return
        member, words = self.member, self.session.words
        events = self.session.book.members.events(self.member_id)
        standing = standing_on(events, self.session.today())
        self.name.setText(member.name)
        self.standing.setText(
            f"{words.gettext(MEMBERSHIP_LABELS[standing.membership])} · "
            f"{words.gettext(activity_words(standing))}"
        )
        for field, line in self.lines.items():
            line.show_text(getattr(member, field))
            line.setReadOnly(self.session.book.read_only)
        for field, shown in self.masked.items():
            number = getattr(member, field)
            shown.setText(masked(number) if number else "–")
        self.birth.show_date(member.birth)
        self.sex.show_value(member.sex)
        self.note.show_text(member.note)
        self._show_more(member)
        lives, today = self.session.book.lives, self.session.today()
        self.life.show_life(lives.of(self.member_id, today), listed=standing.listed)
        if events != self._counted:
            # Counting reads every meeting of years: not again for each field that is typed.
            self._counted = events
            self.life.show_meetings(lives.meetings(self.member_id, today))
        self.history.reload()

    def flush(self) -> None:
        """Write every field; an event begun in the form stays there."""
        flush_fields(self)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Mask the numbers again as soon as the page is left."""
        super().hideEvent(event)
        self.show_numbers.setChecked(False)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the events below where there is no room beside."""
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        beside = self.width() >= self.session.theme.px(_BESIDE)
        self._line.setDirection(direction.LeftToRight if beside else direction.TopToBottom)

    def _change_line(self, field: str, value: str | bool) -> None:  # noqa: FBT001 - a tick's one answer
        self._change(**{field: value})

    def _change(self, **values: Any) -> None:  # noqa: ANN401 - any field of a member
        member = replace(self.member, **values)
        if self.session.run(lambda book: book.members.change(member), self):
            self.member = member
        else:
            self.reload()

    def _tell_birth(self, readable: bool) -> None:  # noqa: FBT001 - the field calls it with its one answer
        said = N_("Please write a date such as 3/11/1961, 11/1961 or 1961.")
        self._birth.show_trouble("" if readable else self.session.words.gettext(said))

    def _reveal(self, shown: bool) -> None:  # noqa: FBT001 - a signal's one argument
        say = self.session.words.gettext
        self._hidden.setVisible(not shown)
        self._revealed.setVisible(shown)
        self.show_numbers.say(say(N_("Hide numbers")) if shown else say(N_("Show numbers")))

    def _remove(self, event_id: str) -> None:
        self.session.run(lambda book: book.members.remove_event(event_id), self)
