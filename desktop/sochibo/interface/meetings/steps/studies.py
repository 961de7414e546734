"""Study of resolutions at a meeting, in turns, and the members' commitments of the year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.interface.looks.icons import ActButton
from sochibo.interface.meetings.steps.record_rows import RecordRow, RecordRows
from sochibo.interface.parts.blocks import label, row
from sochibo.interface.parts.fields import LabelledField, LineField
from sochibo.interface.parts.form import FormGrid
from sochibo.interface.parts.typed_fields import NumberField
from sochibo.messages import N_
from sochibo.rules.meetings.study import StudySession

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sochibo.book.book import Book
    from sochibo.book.changes import Changes
    from sochibo.interface.meetings.steps.desk import Desk

__all__ = ["StudyPart"]


class _StudyRow(RecordRow[StudySession]):
    """What was studied, who organised it, and how many came of how many."""

    def __init__(self, rows: _StudyRows) -> None:
        super().__init__(rows)
        theme, say = rows.desk.theme, rows.desk.words.gettext
        self.subject = LineField(say(N_("Resolution studied")), lambda text: self.set_values(subject=text))
        self.organiser = LineField(say(N_("Organised by")), lambda text: self.set_values(organiser=text))
        self.convened = NumberField(say(N_("Convened (turns)")), self._set_convened)
        self.present = NumberField(say(N_("Present (turns)")), lambda n: self.set_values(present=n or 0))
        self.first = self.subject
        remove = ActButton(theme, say(N_("Remove study session")), icon="trash-2", kind="tool")
        remove.clicked.connect(lambda: rows.remove_row(self))
        grid = FormGrid(theme, 3, 150)
        grid.add(LabelledField(theme, self.subject.accessibleName(), self.subject), wide=True)
        for field in (self.organiser, self.convened, self.present):
            grid.add(LabelledField(theme, field.accessibleName(), field))
        self.body.addLayout(row(grid, remove))

    def show_record(self, record: StudySession) -> None:
        """Show a session."""
        super().show_record(record)
        self.subject.show_text(record.subject)
        self.organiser.show_text(record.organiser)
        self.convened.show_number(record.convened)
        self.present.show_number(record.present)

    def _set_convened(self, number: int | None) -> None:
        """Write how many were convened; fewer than came take the number of those who came along."""
        convened = number or 0
        self.set_values(convened=convened, present=min(self.record.present, convened))


class _StudyRows(RecordRows[StudySession]):
    """The sessions held at the meeting in hand."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, desk.words.gettext(N_("Add a resolution studied")))

    def records(self) -> Sequence[StudySession]:
        """Return the sessions."""
        return self.desk.file.studies

    def blank(self) -> StudySession:
        """Return a session to which those were convened who were expected, and came who came."""
        file = self.desk.file
        count = file.attendance()
        return StudySession(
            id="", on=file.meeting.on, subject="", convened=count.expected, present=count.present
        )

    def write(self, book: Book, records: Sequence[StudySession]) -> Changes:
        """Replace the sessions; one whose subject was wiped out is gone."""
        return book.studies.set_for(
            self.desk.meeting_id, [session for session in records if session.subject.strip()]
        )

    def make_row(self) -> RecordRow[StudySession]:
        """Make the fields of a session."""
        return _StudyRow(self)


class StudyPart(QWidget):
    """The sessions, and how many members signed their commitment of the year."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        say = desk.words.gettext
        self._desk = desk
        self.rows = _StudyRows(desk)
        self.signed = label("", "soft", wrap=True)
        self.sign = ActButton(desk.theme, say(N_("All who are here signed")), icon="check", kind="second")
        self.sign.clicked.connect(self.sign_present)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(desk.theme.px(8))
        column.addWidget(label(say(N_("Study of resolutions, commitments")), "title"))
        column.addWidget(self.rows)
        line = row(self.sign)
        line.addWidget(self.signed, 1)
        column.addLayout(line)

    def reload(self) -> None:
        """Show what the book holds."""
        self.rows.reload()
        desk = self._desk
        year = desk.file.meeting.on.year
        ratio = desk.session.book.commitments.signed(year, desk.file.roll)
        fields = {"year": year, "signed": ratio.numerator, "members": ratio.denominator}
        self.signed.setText(
            desk.words.sentence(N_("Commitments for {year}: {signed} of {members} members signed."), fields)
        )
        self.sign.setVisible(not desk.locked and ratio.numerator < ratio.denominator)

    def sign_present(self) -> None:
        """Record that every member of the cell who is here signed today."""
        file = self._desk.file
        here = [entry.member.id for entry in file.roll if entry.standing.belongs and file.came(entry)]
        day = file.meeting.on
        self._desk.run(lambda book: book.commitments.sign_all(day.year, here, day), self)
