"""Any list of a book as an `.xlsx`, and the empty list to fill in."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sochibo.book.members import member_table, register_table
from sochibo.book.upkeep import export_tables
from sochibo.messages import N_
from sochibo.rules.members.members import Activity
from sochibo.storage.sheets.sheet_export import write_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from sochibo.book.book import Book
    from sochibo.messages import Messages
    from sochibo.rules.work.work import TaskLine

__all__ = ["LIST_LABELS", "ExportedList", "Exports", "write_template"]


class ExportedList(StrEnum):
    """The lists that can be written."""

    MEMBERS = "members"
    REGISTER = "register"
    MEETINGS = "meetings"
    ATTENDANCE = "attendance"
    DOCUMENTS = "documents"
    TASKS = "tasks"
    HISTORY = "history"


LIST_LABELS = {
    ExportedList.MEMBERS: N_("List of members"),
    ExportedList.REGISTER: N_("List of members, 14 columns"),
    ExportedList.MEETINGS: N_("Meetings of the year"),
    ExportedList.ATTENDANCE: N_("Attendance of the year"),
    ExportedList.DOCUMENTS: N_("Papers issued"),
    ExportedList.TASKS: N_("Tasks"),
    ExportedList.HISTORY: N_("History of the book"),
}


class Exports:
    """Lists of a book, written in the language of `words`; reading only, the book is not changed.

    Every method raises DiskFull, NotWritable or NotReadable; a file that was there before is then whole.
    """

    def __init__(self, book: Book) -> None:
        self._book: Final = book

    def members(
        self, path: Path, words: Messages, *, on: date, everybody: bool = False, full_numbers: bool = False
    ) -> None:
        """Write who is listed on a day, `everybody` with those who left.

        Identity and card numbers are masked, since such lists are passed on; `full_numbers` is a choice that
        somebody must make.
        """
        people = [
            (entry, self._book.members.events(entry.member.id))
            for entry in self._book.members.on(on, everybody=everybody)
        ]
        table = member_table.members_table(people, words, full_numbers=full_numbers)
        write_table(path, self._titled(table, words, ExportedList.MEMBERS))

    def register(self, path: Path, words: Messages, *, on: date, full_numbers: bool = False) -> None:
        """Write the list of a day in the 14 columns of form 7-HSĐV, those who left among them; guests not."""
        people = [
            (entry, self._book.members.events(entry.member.id))
            for entry in self._book.members.on(on, everybody=True)
            if entry.standing.activity is not Activity.VISITING
        ]
        table = register_table.register_table(people, words, full_numbers=full_numbers)
        write_table(path, self._titled(table, words, ExportedList.REGISTER, words.date(on)))

    def meetings(self, path: Path, words: Messages, *, year: int) -> None:
        """Write the meetings of a year with their counts and scores."""
        table = export_tables.meetings_table(self._book.meetings.lines(year), words)
        write_table(path, self._titled(table, words, ExportedList.MEETINGS, str(year)))

    def attendance(self, path: Path, words: Messages, *, year: int) -> None:
        """Write who came to which meeting of a year: people downwards, meetings across."""
        files = [self._book.meetings.file(line.meeting.id) for line in self._book.meetings.lines(year)]
        table = export_tables.attendance_table(files, words)
        write_table(path, self._titled(table, words, ExportedList.ATTENDANCE, str(year)))

    def documents(self, path: Path, words: Messages) -> None:
        """Write the papers that were issued, with their numbers."""
        table = export_tables.documents_table(self._book.reports.documents(), words)
        write_table(path, self._titled(table, words, ExportedList.DOCUMENTS))

    def tasks(
        self, path: Path, words: Messages, *, on: date, lines: Sequence[TaskLine] | None = None
    ) -> None:
        """Write tasks as they stand on a day: those given, else all."""
        shown = self._book.tasks.lines() if lines is None else lines
        table = export_tables.tasks_table(shown, self._book.tasks.names, on, words)
        write_table(path, self._titled(table, words, ExportedList.TASKS, words.date(on)))

    def history(self, path: Path, words: Messages) -> None:
        """Write every act of the book, newest first."""
        table = export_tables.history_table(self._book.history.acts(MOST_ACTS), words)
        write_table(path, self._titled(table, words, ExportedList.HISTORY))

    def _titled(
        self, table: export_tables.Table, words: Messages, kind: ExportedList, more: str = ""
    ) -> export_tables.Table:
        """Name the sheet and say above it whose list it is."""
        title = " ".join(filter(None, (words.gettext(LIST_LABELS[kind]), more)))
        return export_tables.titled(table, title, self._book.organisation().name)


MOST_ACTS: Final = 1_000_000
"""About as many rows as a sheet has."""


def write_template(path: Path, words: Messages) -> None:
    """Write an empty list of members to fill in: headers with notes, offers for sex and standing."""
    write_table(path, member_table.template_table(words))
