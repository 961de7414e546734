"""Preparation: which meeting it is, when, where, who leads it and who takes the minutes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from sochibo.interface.looks.icons import ActButton
from sochibo.interface.meetings.steps.desk import Step
from sochibo.interface.meetings.steps.papers import papers_buttons
from sochibo.interface.page import KeyHint
from sochibo.interface.parts.blocks import Card, label
from sochibo.interface.parts.fields import ChoiceField, LabelledField, LineField, flush_fields
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.form import FormGrid
from sochibo.interface.parts.record_history import RecordHistory
from sochibo.interface.parts.typed_fields import DateField, TimeField
from sochibo.messages import N_
from sochibo.rules.meetings.meetings import FORMAT_LABELS, KIND_LABELS, MeetingFormat, MeetingKind
from sochibo.rules.members.rolls import told_apart
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from sochibo.interface.meetings.steps.desk import Desk

__all__ = ["PreparationStep"]

_DAYS = {
    "notice_on": N_("Members were told on"),
    "papers_on": N_("Members had the papers on"),
    "uploaded_on": N_("Finished papers uploaded on"),
}
_THEMES = {MeetingKind.THEMATIC, MeetingKind.COMBINED}


class PreparationStep(Step):
    """The meeting's own record as a form of two columns."""

    name: ClassVar[str] = N_("Prepare")
    places: ClassVar[frozenset[str]] = frozenset(
        {
            "kind", "on", "start", "end", "place", "theme", "chair", "minute_taker", "observer", "fee_note",
            "format", "notice_on", "papers_on", "uploaded_on",
        }
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        say = self.words.gettext
        self.kind: ChoiceField[MeetingKind] = ChoiceField(
            self.theme,
            say(N_("Kind of meeting")),
            [(kind, say(text)) for kind, text in KIND_LABELS.items()],
            lambda kind: self._change(kind=kind),
        )
        self.on = DateField(say(N_("Day")), self._change_day, self.session.today, self._tell("on"))
        self.start = TimeField(
            say(N_("Begins at")), lambda text: self._change(start=text), self._tell("start")
        )
        self.end = TimeField(say(N_("Ends at")), lambda text: self._change(end=text), self._tell("end"))
        self.place = LineField(say(N_("Place")), lambda text: self._change(place=text))
        self.theme_name = LineField(say(N_("Theme")), lambda text: self._change(theme=text))
        nobody: list[tuple[str | None, str]] = [(None, "–")]
        self.chair: ChoiceField[str | None] = ChoiceField(
            self.theme, say(N_("Chair")), nobody, lambda who: self._change(chair_id=who)
        )
        self.minute_taker: ChoiceField[str | None] = ChoiceField(
            self.theme, say(N_("Minute-taker")), nobody, lambda who: self._change(minute_taker_id=who)
        )
        self.observer: ChoiceField[str | None] = ChoiceField(
            self.theme, say(N_("Follows and scores")), nobody, lambda who: self._change(observer_id=who)
        )
        self.format: ChoiceField[MeetingFormat] = ChoiceField(
            self.theme,
            say(N_("Form of meeting")),
            [(value, say(text)) for value, text in FORMAT_LABELS.items()],
            lambda value: self._change(format=value),
        )
        self.days = {
            name: DateField(
                say(words),
                self._give_day(name),
                self.session.today,
                self._tell(name),
            )
            for name, words in _DAYS.items()
        }
        self.fee_note = LineField(say(N_("State of fee payment")), lambda text: self._change(fee_note=text))
        self._fields: dict[str, LabelledField] = {}
        self.column.addWidget(label(say(PreparationStep.name), "title"))
        self.column.addWidget(self._form())
        self.column.addWidget(self._acts())
        self.history = RecordHistory(self.session, "meeting", self.desk.file.meeting.id)
        self.column.addWidget(self.history)
        self.column.addStretch(1)

    def _acts(self) -> QWidget:
        say = self.words.gettext
        self.remove = ActButton(self.theme, say(N_("Remove this meeting")), icon="trash-2", kind="link")
        self.remove.clicked.connect(self.remove_meeting)
        return flow(*papers_buttons(self.desk, ReportKind.NOTICE), self.remove)

    def _form(self) -> QWidget:
        say = self.words.gettext
        hints = {
            "on": say(N_("for example 3/11/2026")),
            "end": say(N_("can be filled in at the end of the meeting")),
            "fee_note": say(N_("for example: paid in full up to October")),
        }
        fields = {
            "kind": self.kind,
            "on": self.on,
            "start": self.start,
            "end": self.end,
            "theme": self.theme_name,
            "place": self.place,
            "chair": self.chair,
            "minute_taker": self.minute_taker,
            "observer": self.observer,
            "format": self.format,
            "fee_note": self.fee_note,
            **self.days,
        }
        card = Card(self.theme)
        grid = FormGrid(self.theme)
        for name, field in fields.items():
            wrapped = LabelledField(self.theme, field.accessibleName(), field, hints.get(name, ""))
            self._fields[name] = wrapped
            grid.add(wrapped, wide=name in {"theme", "place", "fee_note"})
        card.body.addWidget(grid)
        return card

    def remove_meeting(self) -> None:
        """Take out a meeting prepared by mistake, with all that is noted in it; undo brings it back."""
        meeting, words = self.desk.file.meeting, self.words
        if self.desk.run(lambda book: book.meetings.remove(meeting.id), self):
            said = N_("The meeting of {day} is removed. Ctrl Z brings it back.")
            self.session.told.emit(words.sentence(said, {"day": meeting.on}))

    def reload(self) -> None:
        """Show the meeting, and at each field what is wrong or doubtful there."""
        self.history.reload()
        meeting, file = self.desk.file.meeting, self.desk.file
        people: list[tuple[str | None, str]] = [(None, "–")]
        people += told_apart([entry.member for entry in file.roll]).items()
        for choice, who in (
            (self.chair, meeting.chair_id),
            (self.minute_taker, meeting.minute_taker_id),
            (self.observer, meeting.observer_id),
        ):
            choice.change_choices(people)
            choice.show_value(who)
        self.kind.show_value(meeting.kind)
        self.on.show_day(meeting.on)
        self.start.show_text(meeting.start)
        self.end.show_text(meeting.end)
        self.place.show_text(meeting.place)
        self.theme_name.show_text(meeting.theme)
        self.fee_note.show_text(meeting.fee_note)
        self.format.show_value(meeting.format)
        for name, field in self.days.items():
            field.show_day(getattr(meeting, name))
        # What was closed once has its number: it can be corrected, and is never taken out.
        self.remove.setVisible(not self.desk.locked and not file.corrections)
        self._fields["theme"].setVisible(meeting.kind in _THEMES or bool(meeting.theme))
        for wrapped in self._fields.values():
            if isinstance(wrapped.field, LineField):
                wrapped.field.setReadOnly(self.desk.locked)
            else:
                wrapped.field.setEnabled(not self.desk.locked)

    def flush(self) -> None:
        """Write every field."""
        flush_fields(self)

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of a form."""
        return (KeyHint("Enter", self.words.gettext(N_("Next field"))),)

    def focus_first(self) -> None:
        """Begin with the day: the kind is right nearly always."""
        self.on.setFocus()

    def focus_place(self, place: str) -> bool:
        """Go to the field a finding names."""
        wrapped = self._fields.get(place.partition(".")[0])
        if wrapped is None:
            return False
        wrapped.field.setFocus()
        return True

    def _change(self, **values: Any) -> None:  # noqa: ANN401 - any field of the meeting
        meeting = replace(self.desk.file.meeting, **values)
        self.desk.run(lambda book: book.meetings.change(meeting), self)

    def _give_day(self, name: str) -> Callable[[date | None], None]:
        """Return what writes one of the days around the meeting."""
        return lambda day: self._change(**{name: day})

    def _change_day(self, day: date | None) -> None:
        if day is None:
            self._tell("on")(False)
            return
        self._change(on=day)

    def _tell(self, name: str) -> Callable[[bool], None]:
        """Return what says at a field that its text could not be read."""

        def tell(readable: bool) -> None:  # noqa: FBT001 - the field calls it with its one answer
            said = (
                N_("Please write a day such as 3/11/2026.")
                if name == "on" or name in _DAYS
                else N_("Please write a time such as 19:30.")
            )
            self._fields[name].show_trouble("" if readable else self.words.gettext(said))

        return tell
