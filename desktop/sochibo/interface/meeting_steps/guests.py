"""Guests and superiors at a meeting; they count in no base."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochibo.interface.blocks import row
from sochibo.interface.fields import LineField, TickField
from sochibo.interface.flow import flow
from sochibo.interface.icons import ActButton
from sochibo.interface.meeting_steps.record_rows import RecordRow, RecordRows
from sochibo.messages import N_
from sochibo.rules.meetings import Guest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sochibo.book.book import Book
    from sochibo.book.changes import Changes
    from sochibo.interface.meeting_steps.desk import Desk

__all__ = ["GuestList"]


class _GuestRow(RecordRow[Guest]):
    """Name, post, and whether the guest comes from the upper committee."""

    def __init__(self, rows: RecordRows[Guest]) -> None:
        super().__init__(rows)
        theme, say = rows.desk.theme, rows.desk.words.gettext
        self.name = LineField(say(N_("Guest's name")), lambda text: self.set_values(name=text))
        self.name.setPlaceholderText(say(N_("Name")))
        self.post = LineField(say(N_("Guest's post")), lambda text: self.set_values(post=text))
        self.post.setPlaceholderText(say(N_("Post, organisation")))
        self.superior = TickField(
            theme, say(N_("from the committee above")), lambda value: self.set_values(superior=value)
        )
        self.first = self.name
        remove = ActButton(theme, say(N_("Remove guest")), icon="trash-2", kind="tool")
        remove.clicked.connect(lambda: rows.remove_row(self))
        for field in (self.name, self.post):
            field.setMinimumWidth(theme.px(200))
        self.body.addLayout(row(flow(self.name, self.post, self.superior), remove))

    def show_record(self, record: Guest) -> None:
        """Show a guest."""
        super().show_record(record)
        self.name.show_text(record.name)
        self.post.show_text(record.post)
        self.superior.show_value(value=record.superior)


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
