"""The table of attendance, worked by letters that find and digits that mark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from sochibo.interface.meeting_steps.reading import absence_words, activity_label
from sochibo.interface.palette import Tone
from sochibo.interface.table import Column, RecordTable, Tag
from sochibo.interface.table_view import TableView
from sochibo.messages import N_
from sochibo.rules import names
from sochibo.rules.attendance import is_expected
from sochibo.rules.meetings import ATTENDANCE_LABELS, Attendance, Mark
from sochibo.rules.members import Activity, Membership, RosterEntry

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent

    from sochibo.interface.theme import Theme
    from sochibo.messages import Messages
    from sochibo.rules.minutes import MeetingFile

__all__ = ["MarkLine", "MarkTable", "mark_lines"]

_TAGS = {
    Attendance.PRESENT: Tag(Tone.GOOD, "check"),
    Attendance.EXCUSED: Tag(Tone.ADVICE, "minus"),
    Attendance.UNEXCUSED: Tag(Tone.WRONG, "x"),
}


@dataclass(frozen=True, slots=True)
class MarkLine:
    """One person on the roll of the day, as the table shows it."""

    number: int
    entry: RosterEntry
    mark: Mark | None
    expected: bool

    @property
    def attendance(self) -> Attendance | None:
        """Return how the person attended; None for somebody neither expected nor there."""
        if self.mark is not None:
            return self.mark.attendance
        return Attendance.PRESENT if self.expected else None


def mark_lines(file: MeetingFile) -> tuple[MarkLine, ...]:
    """Return the roll of a meeting with its marks, in the order of the register."""
    return tuple(
        MarkLine(number, entry, file.marks.get(entry.member.id), is_expected(entry, file.attendance_rules))
        for number, entry in enumerate(file.roll, 1)
    )


class MarkTable(TableView):
    """Letters find a name, digits mark it, Backspace mends the search; the arrows stay Qt's.

    The view takes no input method (it edits nothing), so that letters come raw; UniKey's rewriting arrives as
    Backspace and letters, and the search folds diacritics away.
    """

    digit = Signal(int)
    searched = Signal(str)
    entered = Signal()
    touched = Signal()
    """Anything but a digit was pressed: whoever waits for a second digit waits no longer."""

    def __init__(self, theme: Theme, words: Messages) -> None:
        self._words = words
        self.model_of_marks: RecordTable[MarkLine] = RecordTable(
            words,
            (
                Column(title=N_("No."), text=lambda line: str(line.number), right=True, soft=True),
                Column(title=N_("Name"), text=lambda line: line.entry.member.name, stretch=True),
                Column(title=N_("Attendance"), text=self._state, tag=_tag),
                Column(title=N_("Note"), text=self._note, soft=True, drop=1),
            ),
            key=lambda line: line.entry.member.id,
        )
        super().__init__(theme, self.model_of_marks, words.gettext(N_("Roll call")), header=False)
        self.typed = ""

    def search(self, text: str) -> None:
        """Look for a name from the row in hand on; what finds nobody stays as typed, and nothing moves."""
        self.typed = text
        self.searched.emit(text)
        if not text.strip():
            return
        lines = self.model_of_marks.records
        start = max(0, self.currentIndex().row())
        ahead = [*lines[start:], *lines[:start]]
        wanted = names.fold(text)
        # Who is called by the word comes before whose name merely holds it: `an` is Ân before Hoàng.
        better = [(given(line), line) for line in ahead if names.matches(line.entry.member.name, text)]
        better.sort(key=lambda pair: (not pair[0].startswith(wanted), pair[0] != wanted))
        if better:
            self.choose(better[0][1].entry.member.id)

    def forget_search(self) -> None:
        """Begin anew with the next letter."""
        if self.typed:
            self.typed = ""
            self.searched.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Sort the key: Enter goes on, digits mark, letters search."""
        key, text = event.key(), event.text()
        command = event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
            | Qt.KeyboardModifier.AltModifier
            | Qt.KeyboardModifier.MetaModifier
        )
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not command:
            self.entered.emit()
        elif command or key in {Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            super().keyPressEvent(event)
        elif len(text) == 1 and text.isascii() and text.isdigit():
            self.digit.emit(int(text))
        elif key == Qt.Key.Key_Backspace:
            self.touched.emit()
            self.search(self.typed[:-1])
        elif text and text.isprintable():
            self.touched.emit()
            self.search(self.typed + text)
        else:
            self.touched.emit()
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 - Qt's name
        """Leave Qt's own search out: it knows only beginnings, with diacritics."""
        del search

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Have a row in hand as soon as the table has the keyboard."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model_of_marks.rowCount():
            self.setCurrentIndex(self.model_of_marks.index(0, 0))

    def _state(self, line: MarkLine) -> str:
        if line.attendance is None:
            return self._words.gettext(activity_label(line.entry.standing.activity))
        return self._words.gettext(ATTENDANCE_LABELS[line.attendance])

    def _note(self, line: MarkLine) -> str:
        words = self._words
        parts = [absence_words(line.mark, words)]
        if not line.expected:
            parts.append(words.gettext(N_("not counted")))
        if line.entry.standing.membership is Membership.PROBATIONARY:
            parts.append(words.gettext(N_("probationary")))
        if line.entry.standing.activity is Activity.VISITING:
            parts.append(words.gettext(N_("here temporarily")))
        return ", ".join(part for part in parts if part)


def given(line: MarkLine) -> str:
    """Return the folded given name, by which people are called."""
    return names.fold(line.entry.member.name).rsplit(" ", 1)[-1]


def _tag(line: MarkLine) -> Tag:
    return Tag(Tone.PLAIN, "circle") if line.attendance is None else _TAGS[line.attendance]
