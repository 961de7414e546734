"""The view of a RecordTable: much air, fine lines, tags, and rows that grow with the type."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QScrollArea, QSizePolicy, QTableView

from sochibo.interface.parts.cells import SIDE, CellDrawer

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from sochibo.interface.looks.theme import Theme
    from sochibo.interface.parts.table import RecordTable

__all__ = ["TableView"]

_Index = QModelIndex | QPersistentModelIndex
_TWO_LINES: Final = 66
_MEASURED: Final = 200
_WIDEST: Final = 420
_NARROWEST_STRETCH: Final = 190
_NARROWEST: Final = 96
_TITLE_ROOM: Final = 10
_AROUND: Final = 16


class TableView(QTableView):
    """A table one reads by row: arrows choose, Enter or a double click opens, Tab goes on."""

    opened = Signal(object)
    """The record that Enter, a double click (or a click, if asked for) opens."""
    chosen = Signal(object)
    """The record in hand, or None."""

    def __init__(
        self,
        theme: Theme,
        model: RecordTable[Any],
        name: str,
        *,
        grows: bool = False,
        header: bool = True,
        click_opens: bool = False,
    ) -> None:
        """`name` is for screen readers; `grows` shows every row at once and lets the page scroll."""
        super().__init__()
        self._theme = theme
        self._table = model
        self._grows = grows
        self._every = False
        self._rows_asked = 0
        self._current_key: object = None
        self._drawer = CellDrawer(theme, self, wraps=grows)
        self.setModel(model)
        self.setItemDelegate(self._drawer)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self._prepare_titles(shown=header)
        if grows:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.doubleClicked.connect(self._open)
        if click_opens:
            self.clicked.connect(self._open)
        self.selectionModel().currentRowChanged.connect(self._choose)
        model.modelReset.connect(self._restore)
        model.dataChanged.connect(self._lay_out)
        theme.changed.connect(self._dress)
        self._dress()

    def _prepare_titles(self, *, shown: bool) -> None:
        top = self.horizontalHeader()
        top.setVisible(shown)
        top.setHighlightSections(False)
        top.setTextElideMode(Qt.TextElideMode.ElideRight)
        top.setSectionsClickable(False)
        top.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        top.setMinimumSectionSize(1)

    def record(self) -> Any:  # noqa: ANN401 - a view of any record
        """Return the record in hand, None if there is none."""
        current = self.currentIndex()
        return self._table.record(current.row()) if current.isValid() else None

    def show_all_columns(self, *, every: bool) -> None:
        """Give every column the width it asks for and scroll sideways, where a form must be seen whole."""
        self._every = every
        policy = Qt.ScrollBarPolicy
        self.setHorizontalScrollBarPolicy(policy.ScrollBarAsNeeded if every else policy.ScrollBarAlwaysOff)
        self._dress()

    def ask_for(self, rows: int) -> None:
        """Ask for a few rows only and take what height is left, where much else stands around the table."""
        # Not the policy `Ignored`: a page that scrolls would count no height at all for the table.
        self._rows_asked = rows
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.updateGeometry()

    def choose(self, key: object) -> bool:
        """Take the record with a key in hand; False if it is not shown."""
        row = self._table.row_of(key)
        if row < 0:
            return False
        self.setCurrentIndex(self._table.index(row, 0))
        return True

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for every row where the page scrolls, else for a fair share."""
        # Hidden, not visible: before the window is shown nothing is visible, and yet it is measured.
        top = self.horizontalHeader()
        head = 0 if top.isHidden() else top.sizeHint().height()
        rows = self.verticalHeader().length()
        if self._rows_asked:
            rows = self._rows_asked * self.verticalHeader().defaultSectionSize()
        elif not self._grows:
            rows = min(rows, self._theme.px(320))
        height = head + rows + 2 * self._theme.px(2) + 4
        return QSize(self._theme.px(320), height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Be content with a few rows."""
        if self._grows or self._rows_asked:
            return QSize(self._theme.px(160), self.sizeHint().height())
        return QSize(self._theme.px(160), self._theme.px(160))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open the record in hand by Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Give the columns their widths anew."""
        super().resizeEvent(event)
        self._lay_out()

    def _dress(self) -> None:
        self._drawer.dress()
        two = any(column.second for column in self._table.columns)
        self.verticalHeader().setDefaultSectionSize(
            self._theme.px(_TWO_LINES) if two else self._theme.row_height
        )
        self._lay_out()
        self.updateGeometry()

    def _open(self, index: _Index) -> None:
        self.opened.emit(self._table.record(index.row()))

    def _choose(self, current: QModelIndex) -> None:
        if current.isValid():
            self._current_key = self._table.key_of(current.row())
            self.chosen.emit(self._table.record(current.row()))
            self._bring(current)
        else:
            self.chosen.emit(None)
        self.viewport().update()

    def _bring(self, current: QModelIndex) -> None:
        """Scroll the page to the row in hand: a table that shows every row never scrolls itself."""
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        inside = area.widget() if area is not None else None
        if not self._grows or not self.hasFocus() or area is None or inside is None:
            return
        row = self.visualRect(current)
        for y in (row.bottom(), row.top()):
            point = self.viewport().mapTo(inside, QPoint(0, y))
            area.ensureVisible(0, point.y(), 0, self._theme.px(_AROUND))

    def _restore(self) -> None:
        """Take the same record in hand after a reload, else the first."""
        self._dress()
        key = self._current_key
        if not self.choose(key) and self._table.rowCount():
            self.setCurrentIndex(self._table.index(0, 0))

    def _lay_out(self) -> None:
        # The style sheet draws titles in this type, but Qt measures where they end in the header's own, which
        # the sheet takes back whenever the table comes into another window.
        self.horizontalHeader().setFont(self._theme.small(QFont.Weight.DemiBold))
        room = self.viewport().width()
        columns = self._table.columns
        asked = [self._asked(place) for place in range(len(columns))]
        shown = set(range(len(columns)))
        giving = sorted((p for p in shown if columns[p].drop), key=lambda p: -columns[p].drop)
        for place in giving:
            if sum(asked[p] for p in shown) <= room:
                break
            shown.discard(place)
        # Where the column that stretches gave way, the widest of the others takes its room.
        widest = sorted(shown, key=lambda place: asked[place])[-1:]
        stretched = [p for p in sorted(shown) if columns[p].stretch] or widest
        rest = max(0, room - sum(asked[p] for p in shown))
        if not self._every:
            self._squeeze(asked, shown, room)
        for place in range(len(columns)):
            self.setColumnHidden(place, place not in shown)
            if place in shown:
                extra = rest // len(stretched) if place in stretched else 0
                self.setColumnWidth(place, asked[place] + extra)
        self._raise_rows()

    def _squeeze(self, asked: list[int], shown: set[int], room: int) -> None:
        """Where even the columns that stay find no room, narrow them: a text ends in `…`, none is cut.

        What stretches gives way first, and a state last: half a state may be another one.
        """
        least, columns = self._theme.px(_NARROWEST), self._table.columns
        ranks = [0 if column.stretch else 2 if column.tag else 1 for column in columns]
        for rank in range(3):
            over = sum(asked[place] for place in shown) - room
            places = [place for place in shown if ranks[place] == rank and asked[place] > least]
            spare = sum(asked[place] - least for place in places)
            if over <= 0 or not spare:
                continue
            part = min(1.0, over / spare)
            for place in places:
                asked[place] -= ceil((asked[place] - least) * part)

    def _raise_rows(self) -> None:
        """Where every row is seen at once, let long texts break instead of cutting them."""
        if not self._grows:
            return
        usual = self.verticalHeader().defaultSectionSize()
        before = self.verticalHeader().length()
        places = [place for place in range(len(self._table.columns)) if not self.isColumnHidden(place)]
        for row in range(self._table.rowCount()):
            heights = (
                self._drawer.height(self._table, row, place, self.columnWidth(place)) for place in places
            )
            self.setRowHeight(row, max(usual, *heights))
        if self.verticalHeader().length() != before:
            self.updateGeometry()

    def _asked(self, place: int) -> int:
        """Return the width a column asks for: its widest text, or a fair minimum where it stretches."""
        column = self._table.columns[place]
        title = self._theme.small(QFont.Weight.DemiBold)
        side = 2 * self._theme.px(SIDE)
        # Qt keeps a little room of its own beside a title, and would end it in `…` without.
        head = self._theme.px(_TITLE_ROOM) + QFontMetrics(title).horizontalAdvance(
            str(self._table.headerData(place, Qt.Orientation.Horizontal))
        )
        if column.stretch:
            return max(head + side, self._theme.px(_NARROWEST_STRETCH))
        widest = self._drawer.widest(self._table, place, min(self._table.rowCount(), _MEASURED))
        return (
            max(0 if self.horizontalHeader().isHidden() else head, min(widest, self._theme.px(_WIDEST)))
            + side
        )
