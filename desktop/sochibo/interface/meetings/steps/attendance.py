"""Attendance by exception: everybody is present, only absences are marked, and a sentence reads it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sochibo.interface.looks.icons import ActButton
from sochibo.interface.meetings.steps.desk import Step
from sochibo.interface.meetings.steps.guests import GuestList
from sochibo.interface.meetings.steps.mark_table import MarkTable, mark_lines
from sochibo.interface.meetings.steps.reading import bases, explanation, read_back
from sochibo.interface.page import KeyHint
from sochibo.interface.parts.blocks import Card, label, row
from sochibo.interface.parts.fields import LineField
from sochibo.interface.parts.flow import flow
from sochibo.messages import N_
from sochibo.rules.meetings.meetings import ATTENDANCE_LABELS, REASON_LABELS, AbsenceReason, Attendance

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from sochibo.interface.meetings.steps.desk import Desk
    from sochibo.interface.meetings.steps.mark_table import MarkLine

__all__ = ["AttendanceStep"]

_DIGITS = {1: Attendance.PRESENT, 2: Attendance.EXCUSED, 3: Attendance.UNEXCUSED}
_LATE = 4
_LEAST_ROWS = 4
_REASONS = dict(enumerate(AbsenceReason, 1))


class AttendanceStep(Step):
    """The roll of the day, what is marked in it, both bases, and the guests."""

    name: ClassVar[str] = N_("Roll call")
    places: ClassVar[frozenset[str]] = frozenset({"attendance", "guests"})
    help_name: ClassVar[str] = "attendance"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        words = self.words
        self._waits_for_reason = False
        self.searching = label("", "soft")
        self.table = MarkTable(self.theme, words)
        self.table.digit.connect(self._press)
        self.table.searched.connect(self._show_search)
        self.table.touched.connect(lambda: self._wait_for_reason(waiting=False))
        self.table.chosen.connect(self._show_choice)
        # The one thing that scrolls: it takes the height that is left, and never asks for more.
        self.table.ask_for(_LEAST_ROWS)
        head = row(label(words.gettext(AttendanceStep.name), "title"), spacing=self.theme.px(12))
        hint = label(words.gettext(N_("Everybody is present; mark only who is absent")), "soft", wrap=True)
        head.addWidget(hint, 1)
        head.addWidget(self.searching)
        self.column.addLayout(head)
        self.column.addWidget(self.table, 1)
        self._states = self._state_buttons()
        self._reasons = self._reason_buttons()
        self._reasons.hide()
        self.column.addWidget(self._states)
        self.column.addWidget(self._reasons)
        self.column.addWidget(self._reading())
        # On demand: most meetings have none, and the height belongs to the roll.
        self.guests = GuestList(desk)
        self.guests.hide()
        self.column.addWidget(self.guests)

    def _state_buttons(self) -> QWidget:
        buttons: list[QWidget] = []
        for digit, attendance in _DIGITS.items():
            text = f"{digit}  {self.words.gettext(ATTENDANCE_LABELS[attendance])}"
            button = ActButton(self.theme, text)
            button.clicked.connect(lambda _checked=False, pressed=digit: self._press(pressed))
            buttons.append(button)
        late = ActButton(self.theme, f"{_LATE}  {self.words.gettext(N_('Came late'))}")
        late.clicked.connect(lambda: self._press(_LATE))
        buttons.append(late)
        self._acts = tuple(buttons)
        self.note = LineField(self.words.gettext(N_("Reason in words")), self._write_note)
        self.note.setPlaceholderText(self.words.gettext(N_("Reason in words, if need be")))
        self.note.setMinimumWidth(self.theme.px(200))
        self.accepted = LineField(self.words.gettext(N_("Who accepted the reason")), self._write_accepted)
        self.accepted.setPlaceholderText(self.words.gettext(N_("Who accepted it")))
        self.accepted.setMinimumWidth(self.theme.px(150))
        self.guests_button = ActButton(self.theme, "", icon="users", kind="link")
        self.guests_button.setCheckable(True)
        self.guests_button.toggled.connect(self._show_guests)
        return flow(*buttons, self.note, self.accepted, self.guests_button)

    def _reason_buttons(self) -> QWidget:
        buttons: list[QWidget] = [label(self.words.gettext(N_("Why?")), "strong")]
        for digit, reason in _REASONS.items():
            button = ActButton(self.theme, f"{digit}  {self.words.gettext(REASON_LABELS[reason])}")
            button.clicked.connect(lambda _checked=False, pressed=digit: self._press(pressed))
            buttons.append(button)
        return flow(*buttons)

    def _reading(self) -> Card:
        card = Card(self.theme, "note")
        self.sentence = label("", "title", wrap=True)
        self.bases = label("", "soft", wrap=True)
        self.explanation = label("", "plain", wrap=True)
        self.explanation.hide()
        self.explain = ActButton(
            self.theme, self.words.gettext(N_("How counted")), icon="circle-question-mark", kind="link"
        )
        self.explain.setCheckable(True)
        self.explain.toggled.connect(self.explanation.setVisible)
        first = row(spacing=self.theme.px(12))
        first.addWidget(self.sentence, 1)
        first.addWidget(self.explain)
        card.body.addLayout(first)
        card.body.addWidget(self.bases)
        card.body.addWidget(self.explanation)
        return card

    def reload(self) -> None:
        """Show the roll and read it back."""
        file = self.desk.file
        self.table.model_of_marks.show_records(mark_lines(file))
        self.sentence.setText(read_back(file, self.words))
        self.bases.setText(bases(file, self.words))
        self.explanation.setText(explanation(file, self.words))
        for button in (*self._acts, self._reasons, self.note, self.accepted):
            button.setEnabled(not self.desk.locked)
        self.guests.reload()
        guests = self.words.gettext(N_("Guests and superiors"))
        self.guests_button.say(f"{guests} ({len(file.guests)})" if file.guests else guests)
        self._show_choice(self.table.record())

    def flush(self) -> None:
        """Write the note in hand and the guests."""
        self.note.flush()
        self.accepted.flush()
        self.guests.flush()

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of the table."""
        say = self.words.gettext
        return (
            KeyHint("1", say(N_("Present"))),
            KeyHint("2", say(N_("With reason"))),
            KeyHint("3", say(N_("Without reason"))),
            KeyHint("4", say(N_("Came late"))),
            KeyHint("a–z", say(N_("type a name to find it"))),
        )

    def focus_first(self) -> None:
        """Put the keyboard into the table."""
        self.table.setFocus()

    def focus_place(self, place: str) -> bool:
        """Go to the person or the guest of a finding (`attendance.<id>`, `guests.0.name`)."""
        head, _, rest = place.partition(".")
        if head == "guests":
            self.guests_button.setChecked(True)
            return self.guests.focus_place(rest)
        self.table.setFocus()
        if rest:
            self.table.choose(rest.split(".")[0])
        return True

    def go_back(self) -> bool:
        """End waiting for a reason, then the search."""
        if self._waits_for_reason:
            self._wait_for_reason(waiting=False)
            return True
        if self.table.typed:
            self.table.forget_search()
            return True
        return False

    def _press(self, digit: int) -> None:
        """Take a digit: a reason if one is awaited, else how the person in hand attended."""
        line = self.table.record()
        if line is None or self.desk.locked:
            return
        if self._waits_for_reason and digit in _REASONS:
            self._wait_for_reason(waiting=False)
            self._mark(line, Attendance.EXCUSED, _REASONS[digit])
            return
        if digit == _LATE:
            self._wait_for_reason(waiting=False)
            was_late = line.mark is not None and line.mark.late
            self._mark(line, Attendance.PRESENT if not (was_late and line.expected) else None, late=True)
            return
        if digit not in _DIGITS:
            return
        attendance = _DIGITS[digit]
        if not line.expected and attendance is not Attendance.PRESENT:
            # Who is not expected cannot be absent: the mark is taken back.
            self._mark(line, None)
            return
        self._wait_for_reason(waiting=attendance is Attendance.EXCUSED)
        if line.expected and attendance is Attendance.PRESENT:
            self._mark(line, None)
        elif line.attendance is not attendance:
            self._mark(line, attendance)

    def _mark(
        self,
        line: MarkLine,
        attendance: Attendance | None,
        reason: AbsenceReason | None = None,
        *,
        late: bool = False,
    ) -> None:
        was = line.mark if line.mark and attendance is Attendance.EXCUSED else None
        note, accepted = (was.note, was.accepted_by) if was else ("", "")
        meeting, member = self.desk.meeting_id, line.entry.member.id
        self.desk.run(
            lambda book: book.meetings.mark(
                meeting, member, attendance, reason, note, late=late, accepted_by=accepted
            ),
            self,
        )
        self.table.forget_search()
        self.table.setFocus()

    def _write_note(self, text: str) -> None:
        self._change_mark(self.note, note=text)

    def _write_accepted(self, text: str) -> None:
        self._change_mark(self.accepted, accepted_by=text)

    def _change_mark(self, field: LineField, **values: str) -> None:
        """Write what was typed for the person in hand, also if the cursor is at another one by now."""
        member = field.property("member")
        line = next((x for x in mark_lines(self.desk.file) if x.entry.member.id == member), None)
        if line is None or line.mark is None:
            return
        mark, meeting = line.mark, self.desk.meeting_id
        told = {"note": mark.note, "accepted_by": mark.accepted_by} | values
        self.desk.run(
            lambda book: book.meetings.mark(
                meeting,
                mark.member_id,
                mark.attendance,
                mark.reason,
                told["note"],
                accepted_by=told["accepted_by"],
            ),
            self,
        )

    def _wait_for_reason(self, *, waiting: bool) -> None:
        self._waits_for_reason = waiting
        self._reasons.setVisible(waiting)
        self._states.setVisible(not waiting)

    def _show_choice(self, line: MarkLine | None) -> None:
        """Show the note of the person in hand; a note typed for another is written first."""
        excused = line is not None and line.attendance is Attendance.EXCUSED
        member = line.entry.member.id if line else None
        if self.note.property("member") != member:
            self.note.flush()
            self.accepted.flush()
            self._wait_for_reason(waiting=False)
        mark = line.mark if line else None
        for field, text in (
            (self.note, mark.note if mark else ""),
            (self.accepted, mark.accepted_by if mark else ""),
        ):
            field.setProperty("member", member)
            field.setVisible(excused)
            field.show_text(text)

    def _show_guests(self, shown: bool) -> None:  # noqa: FBT001 - a signal's one argument
        self.guests.setVisible(shown)
        if shown and self.guests_button.hasFocus():
            self.guests.focus_place("0")

    def _show_search(self, text: str) -> None:
        said = self.words.sentence(N_("searching: {typed}"), {"typed": text}) if text else ""
        self.searching.setText(said)
