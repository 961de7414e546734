"""Guests and superiors at a meeting; they count in no base."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochibo.interface.looks.icons import ActButton
from sochibo.interface.meetings.steps.record_rows import RecordRow, RecordRows
from sochibo.interface.parts.blocks import row
from sochibo.interface.parts.fields import LineField, TickField
from sochibo.interface.parts.flow import flow
from sochibo.messages import N_
from sochibo.rules.meetings.meetings import Guest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sochibo.book.book import Book
    from sochibo.book.changes import Changes
    from sochibo.interface.meetings.steps.desk import Desk

__all__ = ["GuestList"]


class _GuestRow(RecordRow[Guest]):
    """Name, post, organisation, what the guest said, and whether the upper committee sent the guest."""

    def __init__(self, rows: RecordRows[Guest]) -> None:
        super().__init__(rows)
        theme, say = rows.desk.theme, rows.desk.words.gettext
        self.name = LineField(say(N_("Guest's name")), lambda text: self.set_values(name=text))
        self.name.setPlaceholderText(say(N_("Name")))
        self.post = LineField(say(N_("Guest's post")), lambda text: self.set_values(post=text))
        self.post.setPlaceholderText(say(N_("Post")))
        self.organisation = LineField(
            say(N_("Guest's organisation")), lambda text: self.set_values(organisation=text)
        )
        self.organisation.setPlaceholderText(say(N_("Organisation")))
        self.remarks = LineField(say(N_("What the guest said")), lambda text: self.set_values(remarks=text))
        self.remarks.setPlaceholderText(say(N_("What the guest said, in short")))
        self.superior = TickField(
            theme, say(N_("from the committee above")), lambda value: self.set_values(superior=value)
        )
        self.assigned = TickField(
            theme, say(N_("sent to follow this cell")), lambda value: self.set_values(assigned=value)
        )
        self.first = self.name
        remove = ActButton(theme, say(N_("Remove guest")), icon="trash-2", kind="tool")
        remove.clicked.connect(lambda: rows.remove_row(self))
        for field in (self.name, self.post, self.organisation):
            field.setMinimumWidth(theme.px(180))
        self.remarks.setMinimumWidth(theme.px(320))
        fields = flow(self.name, self.post, self.organisation, self.superior, self.assigned, self.remarks)
        self.body.addLayout(row(fields, remove))

    def show_record(self, record: Guest) -> None:
        """Show a guest."""
        super().show_record(record)
        self.name.show_text(record.name)
        self.post.show_text(record.post)
        self.organisation.show_text(record.organisation)
        self.remarks.show_text(record.remarks)
        self.superior.show_value(value=record.superior)
        self.assigned.show_value(value=record.assigned)


class GuestList(RecordRows[Guest]):
    """The guests of the meeting in hand."""

    def __init__(self, desk: Desk) -> None:
        say = desk.words.gettext
        super().__init__(desk, say(N_("Add guest")), say(N_("Guests and superiors")))

    def records(self) -> Sequence[Guest]:
        """Return the guests."""
        return self.desk.file.guests

    def blank(self) -> Guest:
        """Return a guest without a name."""
        return Guest(id="", meeting_id=self.desk.meeting_id, position=len(self.desk.file.guests), name="")

    def write(self, book: Book, records: Sequence[Guest]) -> Changes:
        """Replace the guests."""
        return book.meetings.set_guests(self.desk.meeting_id, records)

    def make_row(self) -> RecordRow[Guest]:
        """Make the fields of a guest."""
        return _GuestRow(self)
