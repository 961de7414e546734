"""How a cell of a RecordTable is drawn: text in two lines, tags with an icon, the row in hand with a bar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QToolTip

from sochibo.interface.looks.icons import TONE_ICONS, draw
from sochibo.interface.parts.blocks import tip
from sochibo.interface.parts.table import SECOND, TONE, RecordTable, Tag

if TYPE_CHECKING:
    from PySide6.QtGui import QHelpEvent
    from PySide6.QtWidgets import QAbstractItemView

    from sochibo.interface.looks.theme import Theme
    from sochibo.interface.parts.table import Column

__all__ = ["SIDE", "CellDrawer"]

_Index = QModelIndex | QPersistentModelIndex
SIDE: Final = 14
_TAG_SIDES: Final = 18
_TAG_ICON: Final = 13
_TAG_GAP: Final = 4
_TALL: Final = 10_000


class CellDrawer(QStyledItemDelegate):
    """Draws cells with the theme of the moment; `wraps` breaks long texts instead of ending them in `…`."""

    def __init__(self, theme: Theme, view: QTableView, *, wraps: bool) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self._wraps = wraps
        self.dress()

    def dress(self) -> None:
        """Take fonts of the present size."""
        self._text = self._theme.font()
        self._strong = self._theme.font(15, QFont.Weight.DemiBold)
        self._small = self._theme.small()
        self._tag = self._theme.small(QFont.Weight.Medium)

    def widest(self, table: RecordTable[Any], place: int, rows: int) -> int:
        """Measure the widest text of a column."""
        column = table.columns[place]
        metrics, tags = QFontMetrics(self._font(column)), QFontMetrics(self._tag)
        around = self._theme.px(_TAG_SIDES) + self._theme.px(_TAG_ICON) + self._theme.px(_TAG_GAP)
        widest = 0
        for row in range(rows):
            record = table.record(row)
            text = column.text(record)
            tag = column.tag(record) if column.tag else None
            width = tags.horizontalAdvance(text) + around if tag else metrics.horizontalAdvance(text)
            if tag and tag.fills:
                width = tags.horizontalAdvance(text)
            widest = max(widest, width)
        # One pixel of rounding at each end would already end the text in `…`.
        return widest + 2

    def height(self, table: RecordTable[Any], row: int, place: int, width: int) -> int:
        """Measure how high a cell must be for its texts to be seen whole in a width."""
        column = table.columns[place]
        record = table.record(row)
        if column.tag and column.tag(record):
            return self._theme.row_height
        upper, lower = self._heights(column.text(record), self._second(column, record), column, width)
        return upper + lower + self._theme.px(22)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one cell."""
        colours = self._theme.palette
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect  # type: ignore[attr-defined]  # the stubs lack its fields
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]  # as above
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(colours.accent_soft))
            if index.column() == self._view.columnAt(0):
                bar = QRect(rect.left(), rect.top(), self._theme.px(3), rect.height())
                painter.fillRect(bar, QColor(colours.accent))
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inside = rect.adjusted(self._theme.px(SIDE), 0, -self._theme.px(SIDE), -1)
        tag, text = index.data(TONE), index.data(Qt.ItemDataRole.DisplayRole) or ""
        if isinstance(tag, Tag):
            if tag.fills:
                self._fill(painter, rect, text, tag)
            elif text:
                self._draw_tag(painter, inside, text, tag, right=self._is_right(index))
        else:
            self._draw_text(painter, inside, text, index)
        painter.restore()

    def helpEvent(  # noqa: N802 - Qt's name
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        """Say a text whole that ends in `…`, where a column says nothing of its own."""
        if event.type() is QEvent.Type.ToolTip and not index.data(Qt.ItemDataRole.ToolTipRole):
            QToolTip.showText(event.globalPos(), tip(self.cut_text(index)), view)
            return True
        return super().helpEvent(event, view, option, index)

    def cut_text(self, index: _Index) -> str:
        """Return what a cell does not show whole, nothing where it does."""
        table = self._view.model()
        if not isinstance(table, RecordTable) or not index.isValid():
            return ""
        column: Column[Any] = table.columns[index.column()]
        room = self._view.columnWidth(index.column()) - 2 * self._theme.px(SIDE)
        parts = ((index.data() or "", self._font(column)), (index.data(SECOND) or "", self._small))
        if isinstance(index.data(TONE), Tag):
            room -= self._theme.px(_TAG_SIDES) + self._theme.px(_TAG_ICON) + self._theme.px(_TAG_GAP)
            parts = ((index.data() or "", self._tag), ("", self._small))
        elif self._wraps and column.stretch:
            return ""
        cut = [text for text, font in parts if QFontMetrics(font).horizontalAdvance(text) > room]
        return "\n".join(text for text, _font in parts if text) if cut else ""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802 - Qt's name
        """Leave widths and heights to the view."""
        del option
        return QSize(self._view.columnWidth(index.column()), self._theme.row_height)

    def _font(self, column: Column[Any]) -> QFont:
        return self._strong if column.strong else self._text

    @staticmethod
    def _second(column: Column[Any], record: object) -> str:
        return column.second(record) if column.second else ""

    def _heights(self, text: str, second: str, column: Column[Any], width: int) -> tuple[int, int]:
        """Measure both texts in the width of a column."""
        room = max(1, width - 2 * self._theme.px(SIDE))
        found = []
        for part, font in ((text, self._font(column)), (second, self._small)):
            metrics = QFontMetrics(font)
            if not part:
                found.append(0)
            elif self._wraps and column.stretch:
                box = metrics.boundingRect(QRect(0, 0, room, _TALL), Qt.TextFlag.TextWordWrap, part)
                found.append(box.height())
            else:
                found.append(metrics.height())
        return found[0], found[1]

    def _draw_text(self, painter: QPainter, rect: QRect, text: str, index: _Index) -> None:
        table = self._view.model()
        if not isinstance(table, RecordTable):
            return
        column: Column[Any] = table.columns[index.column()]
        second = index.data(SECOND) or ""
        colours = self._theme.palette
        upper, lower = self._heights(text, second, column, rect.width() + 2 * self._theme.px(SIDE))
        side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
        wraps = self._wraps and column.stretch
        top = rect.top() + (rect.height() - upper - lower) // 2
        ink = colours.soft if column.soft else colours.ink
        for part, font, height, colour in (
            (text, self._font(column), upper, ink),
            (second, self._small, lower, colours.soft),
        ):
            if not part:
                continue
            painter.setFont(font)
            painter.setPen(QColor(colour))
            box = QRect(rect.left(), top, rect.width(), height)
            if wraps:
                painter.drawText(box, int(side | Qt.TextFlag.TextWordWrap), part)
            else:
                shown = QFontMetrics(font).elidedText(part, Qt.TextElideMode.ElideRight, rect.width())
                painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, shown)
            top += height

    def _fill(self, painter: QPainter, rect: QRect, text: str, tag: Tag) -> None:
        """Colour a whole cell, its word or its icon in the middle."""
        px, colours = self._theme.px, self._theme.palette
        ground, ink = colours.ground_of(tag.tone), QColor(colours.ink_of(tag.tone))
        box = QRectF(rect).adjusted(px(2), px(4), -px(2), -px(5))
        painter.setPen(QPen(ink, 1) if ground == colours.card and (text or tag.icon) else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box, px(4), px(4))
        if text:
            painter.setPen(ink)
            painter.setFont(self._tag)
            shown = QFontMetrics(self._tag).elidedText(text, Qt.TextElideMode.ElideRight, round(box.width()))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
        elif tag.icon:
            side = px(_TAG_ICON)
            middle = box.center()
            draw(painter, tag.icon, QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side), ink)

    def _is_right(self, index: _Index) -> bool:
        table = self._view.model()
        return isinstance(table, RecordTable) and table.columns[index.column()].right

    def _draw_tag(self, painter: QPainter, rect: QRect, text: str, tag: Tag, *, right: bool) -> None:
        px, colours = self._theme.px, self._theme.palette
        metrics = QFontMetrics(self._tag)
        height = metrics.height() + px(4)
        icon, gap, side = px(_TAG_ICON), px(_TAG_GAP), px(_TAG_SIDES) / 2
        inner = min(metrics.horizontalAdvance(text) + 2, rect.width() - 2 * side - icon - gap)
        width = inner + icon + gap + 2 * side
        left = rect.right() - width if right else rect.left()
        box = QRectF(left + 0.5, rect.center().y() - height / 2 + 0.5, width, height)
        ground, ink = colours.ground_of(tag.tone), QColor(colours.ink_of(tag.tone))
        # Where a palette has no tinted grounds, a line holds the tag together.
        painter.setPen(QPen(ink, 1) if ground == colours.card else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box, px(5), px(5))
        where = QRectF(box.left() + side, box.center().y() - icon / 2, icon, icon)
        draw(painter, tag.icon or TONE_ICONS[tag.tone], where, ink)
        painter.setPen(ink)
        painter.setFont(self._tag)
        words = QRectF(where.right() + gap, box.top(), inner, height)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, round(inner))
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
