"""RecordTable: the one table model, over records and declared columns, and the view that draws it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from sochibo.interface.looks.palette import Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sochibo.messages import Messages

__all__ = ["RECORD", "SECOND", "TONE", "Column", "RecordTable", "Tag"]

R = TypeVar("R")
RECORD = Qt.ItemDataRole.UserRole
TONE = Qt.ItemDataRole.UserRole + 1
SECOND = Qt.ItemDataRole.UserRole + 2
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Tag:
    """A word on a coloured ground with the icon of its tone (or another): `✓ Present`.

    One that `fills` colours its whole cell, with the word alone in the middle, or the icon where there is
    none: for boards of many small fields.
    """

    tone: Tone
    icon: str = ""
    fills: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[R]):
    """One column: `title` is an N_ message id, `text` draws a record, `order` sorts it (else by text).

    `second` is a smaller line under the text, `tag` puts the text on a coloured ground, `stretch` takes the
    room left over, `drop` tells how early the column gives way when room is short (0 never, larger earlier),
    `spoken` replaces the text for a screen reader, `centred` puts the title in the middle.
    """

    title: str
    text: Callable[[R], str]
    order: Callable[[R], Any] | None = None
    second: Callable[[R], str] | None = None
    tag: Callable[[R], Tag | None] | None = None
    tooltip: Callable[[R], str] | None = None
    spoken: Callable[[R], str] | None = None
    right: bool = False
    centred: bool = False
    strong: bool = False
    soft: bool = False
    stretch: bool = False
    drop: int = 0


class RecordTable(QAbstractTableModel, Generic[R]):
    """A table of records; `data(RECORD)` returns the very record.

    It sorts its own list instead of standing behind a proxy: QSortFilterProxyModel silently leaves Python
    tuples unsorted. Filtering is done by showing fewer records.
    """

    def __init__(self, words: Messages, columns: Sequence[Column[R]], key: Callable[[R], object]) -> None:
        """`key` tells which records are the same one (its id), so that a selection survives a reload."""
        super().__init__()
        self._words = words
        self._key = key
        self.columns = tuple(columns)
        self._records: list[R] = []
        self._sorted: tuple[int, Qt.SortOrder] | None = None

    @property
    def records(self) -> tuple[R, ...]:
        """Return the records in the order shown."""
        return tuple(self._records)

    def show_records(self, records: Sequence[R]) -> None:
        """Show these; where only values differ the rows stay, and with them selection and scroll position."""
        new = self._in_order(records)
        if [self._key(record) for record in new] == [self._key(record) for record in self._records]:
            self._records = new
            if new:
                self.dataChanged.emit(self.index(0, 0), self.index(len(new) - 1, len(self.columns) - 1))
            return
        self.beginResetModel()
        self._records = new
        self.endResetModel()

    def change_columns(self, columns: Sequence[Column[R]]) -> None:
        """Show other columns of the same records."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self._sorted = None
        self.endResetModel()

    def record(self, row: int) -> R:
        """Return the record of a row."""
        return self._records[row]

    def row_of(self, key: object) -> int:
        """Return the row of the record with a key, -1 if it is not shown."""
        return next((row for row, record in enumerate(self._records) if self._key(record) == key), -1)

    def key_of(self, row: int) -> object:
        """Return the key of the record in a row."""
        return self._key(self._records[row])

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's name and its own default
        """Return how many records are shown."""
        return 0 if parent.isValid() else len(self._records)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 - as above
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's QVariant
        """Return what a cell shows, says or stands for."""
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        record = self._records[index.row()]
        if role == RECORD:
            return record
        draw = {
            Qt.ItemDataRole.DisplayRole: column.text,
            Qt.ItemDataRole.ToolTipRole: column.tooltip,
            Qt.ItemDataRole.AccessibleTextRole: column.spoken or self._speaker(column),
            SECOND: column.second,
            TONE: column.tag,
        }.get(role)
        if draw is not None:
            return draw(record)
        if role == Qt.ItemDataRole.TextAlignmentRole and column.right:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's QVariant
        """Return the title of a column."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        column = self.columns[section]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._words.gettext(column.title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            if column.centred:
                side = Qt.AlignmentFlag.AlignHCenter
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 is the order in which the records came next time."""
        self._sorted = (column, order) if column >= 0 else None
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        keys = [self.key_of(index.row()) for index in before]
        self._records = self._in_order(self._records)
        rows = {self._key(record): row for row, record in enumerate(self._records)}
        after = [self.index(rows[key], index.column()) for key, index in zip(keys, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _in_order(self, records: Sequence[R]) -> list[R]:
        if self._sorted is None:
            return list(records)
        place, order = self._sorted
        column = self.columns[place]
        return sorted(records, key=column.order or column.text, reverse=order is Qt.SortOrder.DescendingOrder)

    @staticmethod
    def _speaker(column: Column[R]) -> Callable[[R], str]:
        """Read the second line too."""
        if column.second is None:
            return column.text
        second = column.second
        return lambda record: f"{column.text(record)}. {second(record)}"
