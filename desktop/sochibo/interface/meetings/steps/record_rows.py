"""Rows of fields over a short list that the book takes whole: guests, votes, tasks."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.interface.looks.icons import ActButton
from sochibo.interface.parts.blocks import Card, label, row
from sochibo.interface.parts.fields import flush_fields

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sochibo.book.book import Book
    from sochibo.book.changes import Changes
    from sochibo.interface.meetings.steps.desk import Desk

__all__ = ["RecordRow", "RecordRows"]

R = TypeVar("R")


class RecordRow(Card, Generic[R]):
    """One record as fields; a field that was changed calls `set_values`, which writes."""

    def __init__(self, rows: RecordRows[R]) -> None:
        super().__init__(rows.desk.theme)
        self.rows = rows
        self.record = rows.blank()
        self.first: QWidget | None = None

    def set_values(self, **values: Any) -> None:  # noqa: ANN401 - any field of any record
        """Change some fields of the record and write it."""
        changed = replace(self.record, **values)  # type: ignore[type-var]  # every record is a dataclass
        if changed != self.record:
            self.record = changed
            self.rows.write_row(self, changed)

    def show_record(self, record: R) -> None:
        """Show what the book holds; subclasses fill their fields."""
        self.record = record

    def field(self, name: str) -> QWidget:
        """Return the field that a finding names (`in_favour`); the first one if it is not known."""
        found = getattr(self, name, None)
        return found if isinstance(found, QWidget) else self.first or self


class RecordRows(QWidget, Generic[R]):
    """Some rows and a button that begins one; a begun row is written with its first word."""

    def __init__(self, desk: Desk, add_words: str, title: str = "") -> None:
        super().__init__()
        self.desk = desk
        self._begun = False
        self.rows: list[RecordRow[R]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(desk.theme.px(8))
        if title:
            column.addWidget(label(title, "title"))
        self._column = QVBoxLayout()
        self._column.setSpacing(desk.theme.px(8))
        column.addLayout(self._column)
        self.add = ActButton(desk.theme, add_words, icon="plus", kind="second")
        self.add.clicked.connect(self.begin)
        column.addLayout(row(self.add, None))

    @abstractmethod
    def records(self) -> Sequence[R]:
        """Return what the book holds."""

    @abstractmethod
    def blank(self) -> R:
        """Return a record with nothing in it."""

    @abstractmethod
    def write(self, book: Book, records: Sequence[R]) -> Changes:
        """Give the whole list to the book."""

    @abstractmethod
    def make_row(self) -> RecordRow[R]:
        """Make the fields of one record."""

    def reload(self) -> None:
        """Show the records, keeping the rows and with them the focus."""
        records = list(self.records())
        wanted = len(records) + int(self._begun)
        while len(self.rows) > wanted:
            gone = self.rows.pop()
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.rows) < wanted:
            self.rows.append(self.make_row())
            self._column.addWidget(self.rows[-1])
        for shown, record in zip(self.rows, records, strict=False):
            shown.show_record(record)
        for shown in self.rows:
            shown.setEnabled(not self.desk.locked)
        self.add.setVisible(not self.desk.locked)

    def begin(self) -> None:
        """Begin a row, or go to the one begun before, and put the keyboard into it."""
        self.flush()
        if not self._begun:
            self._begun = True
            self.reload()
            self.rows[-1].show_record(self.blank())
        self.focus_place(str(len(self.rows) - 1))

    def write_row(self, changed: RecordRow[R], record: R) -> None:
        """Write one row's record among the others."""
        place = self.rows.index(changed)
        records = list(self.records())
        begun = place >= len(records)
        if begun:
            records.append(record)
            self._begun = False
        else:
            records[place] = record
        if not self.desk.run(lambda book: self.write(book, records), self) and begun:
            self._begun = True

    def remove_row(self, gone: RecordRow[R]) -> None:
        """Take a row out; undo brings it back."""
        place = self.rows.index(gone)
        records = list(self.records())
        if place >= len(records):
            self._begun = False
            self.reload()
        else:
            del records[place]
            self.desk.run(lambda book: self.write(book, records), self)
        self.add.setFocus()

    def flush(self) -> None:
        """Write what is still in a field."""
        flush_fields(self)

    def focus_place(self, rest: str) -> bool:
        """Put the keyboard into a field: `1.in_favour`, or `1` for the first field of a row."""
        place, _, name = rest.partition(".")
        if not place.isdigit() or int(place) >= len(self.rows):
            self.add.setFocus()
            return False
        self.rows[int(place)].field(name).setFocus()
        return True
