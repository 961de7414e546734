"""One member: the register's fields, and the events of a Party life."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.interface.blocks import Card, label, row
from sochibo.interface.event_form import EventForm
from sochibo.interface.fields import ChoiceField, LabelledField, LineField, TextField, flush_fields
from sochibo.interface.form import FormGrid
from sochibo.interface.icons import ActButton, Glyph
from sochibo.interface.members_page import ACTIVITY_LABELS, MEMBERSHIP_LABELS
from sochibo.interface.page import KeyHint, Page
from sochibo.interface.palette import Tone
from sochibo.interface.record_history import RecordHistory
from sochibo.interface.sight import SightKeeper
from sochibo.interface.typed_fields import PartialDateField
from sochibo.messages import N_
from sochibo.rules.members import EVENT_LABELS, Sex, masked, standing_on

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QResizeEvent

    from sochibo.interface.session import Session
    from sochibo.rules.dates import PartialDate
    from sochibo.rules.members import Member, MemberEvent

__all__ = ["MemberPage"]

_BESIDE: Final = 780
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
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(session.theme.px(20))
        self._line.addWidget(self._register(), 3)
        self._line.addWidget(self._life(), 2)
        SightKeeper(self)

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
        self.note = TextField(
            session.theme, say(N_("Remarks")), lambda text: self._change(note=text), lines=2
        )
        grid.add(LabelledField(session.theme, say(N_("Remarks")), self.note), wide=True)
        card = Card(session.theme)
        card.body.addWidget(self.name)
        card.body.addWidget(self.standing)
        card.body.addWidget(self._numbers())
        card.body.addWidget(grid)
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
        card = Card(self.session.theme)
        card.body.addWidget(label(self.session.words.gettext(N_("Party life")), "title"))
        self.form = EventForm(self.session, self.member_id)
        card.body.addWidget(self.form)
        self._events = QVBoxLayout()
        self._events.setSpacing(self.session.theme.px(4))
        card.body.addLayout(self._events)
        card.body.addStretch(1)
        return card

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
            f"{words.gettext(ACTIVITY_LABELS[standing.activity])}"
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
        self.form.setVisible(not self.session.book.read_only)
        self._show_events(events)
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

    def _change_line(self, field: str, text: str) -> None:
        self._change(**{field: text})

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

    def _show_events(self, events: tuple[MemberEvent, ...]) -> None:
        while self._events.count():
            item = self._events.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for event in reversed(events):
            if self._events.count():
                rule = QFrame()
                rule.setProperty("kind", "rule")
                self._events.addWidget(rule)
            self._events.addWidget(self._event_line(event))

    def _event_line(self, event: MemberEvent) -> QWidget:
        words, theme = self.session.words, self.session.theme
        name = words.gettext(EVENT_LABELS[event.kind])
        when = _when(event.on) or words.gettext(N_("date unknown"))
        if event.until:
            when = words.sentence(N_("{start} until {end}"), {"start": when, "end": _when(event.until)})
        line = QWidget()
        inside = QVBoxLayout()
        inside.setSpacing(0)
        inside.addWidget(label(name, "strong", wrap=True))
        said = " · ".join(part for part in (when, event.decision, event.note) if part)
        inside.addWidget(label(said, "soft", wrap=True))
        remove = ActButton(
            theme,
            words.sentence(N_("Remove: {event}, {when}"), {"event": name, "when": when}),
            icon="trash-2",
            kind="tool",
        )
        remove.clicked.connect(lambda: self._remove(event.id))
        remove.setEnabled(not self.session.book.read_only)
        whole = row(Glyph(theme, "circle", Tone.ACCENT, 14), inside, remove, spacing=theme.px(10))
        whole.setStretch(1, 1)
        line.setLayout(whole)
        return line

    def _remove(self, event_id: str) -> None:
        self.session.run(lambda book: book.members.remove_event(event_id), self)


def _when(date: PartialDate | None) -> str:
    return date.vietnamese() if date else ""
