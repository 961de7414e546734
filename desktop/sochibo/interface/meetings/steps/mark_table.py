"""The table of attendance, worked by letters that find and digits that mark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sochibo.interface.looks.palette import Tone
from sochibo.interface.meetings.steps.reading import absence_words, activity_label
from sochibo.interface.parts.keyed_table import KeyedTable
from sochibo.interface.parts.table import Column, RecordTable, Tag
from sochibo.messages import N_
from sochibo.rules.meetings.attendance import is_expected
from sochibo.rules.meetings.meetings import ATTENDANCE_LABELS, Attendance, Mark
from sochibo.rules.members.members import Activity, Membership, RosterEntry
from sochibo.rules.members.rolls import told_apart

if TYPE_CHECKING:
    from sochibo.interface.looks.theme import Theme
    from sochibo.messages import Messages
    from sochibo.rules.meetings.minutes import MeetingFile

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
    name: str = ""

    @property
    def attendance(self) -> Attendance | None:
        """Return how the person attended; None for somebody neither expected nor there."""
        if self.mark is not None:
            return self.mark.attendance
        return Attendance.PRESENT if self.expected else None


def mark_lines(file: MeetingFile) -> tuple[MarkLine, ...]:
    """Return the roll of a meeting with its marks, in the order of the register."""
    shown = told_apart([entry.member for entry in file.roll])
    return tuple(
        MarkLine(
            number,
            entry,
            file.marks.get(entry.member.id),
            is_expected(entry, file.attendance_rules),
            shown[entry.member.id],
        )
        for number, entry in enumerate(file.roll, 1)
    )


class MarkTable(KeyedTable):
    """The roll of the day; letters find a name, digits mark it."""

    def __init__(self, theme: Theme, words: Messages) -> None:
        self._words = words
        self.model_of_marks: RecordTable[MarkLine] = RecordTable(
            words,
            (
                Column(title=N_("No."), text=lambda line: str(line.number), right=True, soft=True),
                # A name as wide as it is: two of one name are told apart at its end.
                Column(title=N_("Name"), text=lambda line: line.name),
                Column(title=N_("Attendance"), text=self._state, tag=_tag),
                Column(title=N_("Note"), text=self._note, soft=True, stretch=True, drop=1),
            ),
            key=lambda line: line.entry.member.id,
        )
        super().__init__(
            theme,
            self.model_of_marks,
            words.gettext(N_("Roll call")),
            lambda line: line.entry.member.name,
            header=False,
        )

    def _state(self, line: MarkLine) -> str:
        if line.attendance is None:
            return self._words.gettext(activity_label(line.entry.standing.activity))
        return self._words.gettext(ATTENDANCE_LABELS[line.attendance])

    def _note(self, line: MarkLine) -> str:
        words = self._words
        late = words.gettext(N_("came late")) if line.mark and line.mark.late else ""
        parts = [absence_words(line.mark, words), late]
        if not line.expected:
            parts.append(words.gettext(N_("not counted")))
        if line.entry.standing.membership is Membership.PROBATIONARY:
            parts.append(words.gettext(N_("probationary")))
        if line.entry.standing.activity is Activity.VISITING:
            parts.append(words.gettext(N_("here temporarily")))
        return ", ".join(part for part in parts if part)


def _tag(line: MarkLine) -> Tag:
    return Tag(Tone.PLAIN, "circle") if line.attendance is None else _TAGS[line.attendance]
