"""The sidebar: whose book it is, and its rooms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from sochibo.interface.looks.icons import draw
from sochibo.interface.parts.blocks import label
from sochibo.interface.rooms import ROOMS, Room, stands

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QEnterEvent, QKeyEvent, QPaintEvent

    from sochibo.interface.looks.theme import Theme
    from sochibo.interface.session import Session

__all__ = ["Sidebar"]

_WIDE: Final = 212
_NARROW: Final = 62
_BAND: Final = 6
_MANY: Final = 99


class Sidebar(QWidget):
    """Rooms with icon, word and count; folded, the icons alone. Tooltips name the word and its keys."""

    entered = Signal(str)
    """The goal of the room a person asked for."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._theme = session.theme
        self._folded = False
        self.setObjectName("Sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._band = QFrame()
        self._band.setObjectName("Band")
        self._name = label("", wrap=True)
        self._name.setObjectName("Organisation")
        self._superior = label("", wrap=True)
        self._superior.setObjectName("Superior")
        kind = session.book.organisation().kind
        rooms = [room for room in ROOMS if kind in room.kinds and stands(room.goal)]
        self._buttons = [_RoomButton(session, room, place) for place, room in enumerate(rooms, start=1)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addWidget(self._band)
        self._head = QVBoxLayout()
        self._head.addWidget(self._name)
        self._head.addWidget(self._superior)
        column.addLayout(self._head)
        self._rooms = QVBoxLayout()
        for button in self._buttons:
            if button.room.goal == "settings":
                self._rooms.addStretch(1)
            self._rooms.addWidget(button)
            button.clicked.connect(lambda _checked=False, goal=button.room.goal: self.entered.emit(goal))
        column.addLayout(self._rooms, 1)
        self._theme.changed.connect(self._dress)
        self.show_organisation()
        self._dress()

    @property
    def goals(self) -> tuple[str, ...]:
        """Return the rooms from top to bottom, as Alt 1 to 8 reach them."""
        return tuple(button.room.goal for button in self._buttons)

    def show_organisation(self) -> None:
        """Show whose book it is."""
        organisation = self._session.book.organisation()
        self._name.setText(organisation.name)
        self._superior.setText(organisation.superior)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many things wait in each room."""
        for button in self._buttons:
            button.show_count(counts.get(button.room.goal, 0))

    def show_room(self, goal: str) -> None:
        """Mark the room one is in."""
        for button in self._buttons:
            button.setChecked(button.room.goal == goal)

    def fold(self, *, folded: bool) -> None:
        """Show icons alone, where the window is narrow or the type large."""
        if folded != self._folded:
            self._folded = folded
            self._dress()

    def wide(self) -> int:
        """Return the width with words, at the present type size."""
        return self._theme.px(_WIDE)

    def _dress(self) -> None:
        px = self._theme.px
        self.setFixedWidth(px(_NARROW) if self._folded else self.wide())
        self._band.setFixedHeight(px(_BAND))
        self._name.setVisible(not self._folded)
        self._superior.setVisible(not self._folded)
        self._head.setContentsMargins(px(18), px(14), px(10), px(12))
        self._head.setSpacing(px(3))
        self._rooms.setContentsMargins(px(8), px(2), px(8), px(12))
        self._rooms.setSpacing(px(2))
        for button in self._buttons:
            button.fold(folded=self._folded)


class _RoomButton(QAbstractButton):
    """One room; drawn by hand, since no style sheet sets a count at the right of a word."""

    def __init__(self, session: Session, room: Room, place: int) -> None:
        super().__init__()
        self._session = session
        self._theme: Theme = session.theme
        self.room = room
        self._count = 0
        self._folded = False
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setText(session.words.gettext(room.name))
        self.setToolTip(f"{self.text()} (Alt {place})")
        self.setAccessibleDescription(f"Alt {place}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """Show how many things wait here, also to a screen reader."""
        self._count = count
        words = self._session.words
        waits = words.ngettext("{n} thing to do", "{n} things to do", count).format(n=words.number(count))
        self.setAccessibleName(f"{self.text()}, {waits}" if count else self.text())
        self.update()

    def fold(self, *, folded: bool) -> None:
        """Show the icon alone."""
        self._folded = folded
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the height of a table row."""
        return QSize(self._theme.px(44), self._theme.row_height)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter the room by Enter too."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Redraw under the mouse."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Redraw without the mouse."""
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw ground, icon, word and count."""
        del event
        px, colours = self._theme.px, self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        here = self.isChecked()
        painter.setPen(Qt.PenStyle.NoPen)
        if here or self.underMouse():
            painter.setBrush(QColor(colours.accent if here else colours.hover))
            painter.drawRoundedRect(box, px(8), px(8))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.ink if here else colours.accent), 2))
            painter.drawRoundedRect(box, px(8), px(8))
        ink = QColor(colours.on_accent if here else colours.ink)
        side = px(20)
        left = (self.width() - side) / 2 if self._folded else px(11)
        draw(painter, self.room.icon, QRectF(left, (self.height() - side) / 2, side, side), ink)
        right = self._draw_count(painter, here=here) if self._count else self.width() - px(8)
        if not self._folded:
            painter.setFont(self._theme.font(15, QFont.Weight.Medium))
            painter.setPen(ink)
            words = QRectF(px(41), 0, right - px(41), self.height())
            shown = painter.fontMetrics().elidedText(
                self.text(), Qt.TextElideMode.ElideRight, int(words.width())
            )
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.end()

    def _draw_count(self, painter: QPainter, *, here: bool) -> float:
        """Draw the count at the right end and return where it begins."""
        px, colours = self._theme.px, self._theme.palette
        font = self._theme.font(11 if self._folded else 13, QFont.Weight.DemiBold)
        text = str(self._count) if self._count <= _MANY else f"{_MANY}+"
        metrics = QFontMetrics(font)
        height = metrics.height() + px(2)
        width = max(height, metrics.horizontalAdvance(text) + px(12))
        top = px(2) if self._folded else (self.height() - height) / 2
        pill = QRectF(self.width() - width - (px(1) if self._folded else px(9)), top, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.on_accent if here else colours.wrong))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(QColor(colours.accent if here else colours.on_wrong))
        painter.setFont(font)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
        return pill.left() - px(4)
