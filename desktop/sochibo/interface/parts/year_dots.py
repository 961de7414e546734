"""YearDots: the meetings of a year as twelve small fields, one below the other year by year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from sochibo.book.members.lives import YearOfMeetings
    from sochibo.interface.session import Session

__all__ = ["YearDots"]

_LINE: Final = 24
_SIDE: Final = 13
_GAP: Final = 4
_YEAR: Final = 50
_RATE: Final = 60
_MONTHS: Final = 12


class YearDots(QWidget):
    """A filled field: came to all of the month; a half one: to some; an empty one with a cross: to none."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._years: tuple[YearOfMeetings, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_years(self, years: Sequence[YearOfMeetings]) -> None:
        """Show these years, the newest at the foot."""
        self._years = tuple(years)
        said = "; ".join(
            self._session.words.sentence(
                N_("{year}: came to {came} of {expected} meetings"),
                {"year": str(one.year), "came": one.whole.numerator, "expected": one.whole.denominator},
            )
            for one in self._years
        )
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for one line a year."""
        px = self._session.theme.px
        width = _YEAR + _MONTHS * (_SIDE + _GAP) + _RATE
        return QSize(px(width), px(_LINE) * len(self._years))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Draw smaller fields rather than push the page out of the window."""
        return QSize(self._session.theme.px(150), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the years."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, year in enumerate(self._years):
            self._draw_year(painter, number, year)
        painter.end()

    def _draw_year(self, painter: QPainter, number: int, year: YearOfMeetings) -> None:
        theme = self._session.theme
        line, colours = theme.px(_LINE), theme.palette
        top = number * line
        left, right = theme.px(_YEAR), theme.px(_RATE)
        step = min(theme.px(_SIDE + _GAP), max(4.0, (self.width() - left - right) / _MONTHS))
        side = min(theme.px(_SIDE), step - 2)
        painter.setPen(QColor(colours.soft))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0, top, left, line), middle | Qt.AlignmentFlag.AlignLeft, str(year.year))
        for month, ratio in enumerate(year.months):
            field = QRectF(left + month * step, top + (line - side) / 2, side, side)
            if ratio is None:
                painter.setPen(QPen(QColor(colours.line), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(field, 2, 2)
                continue
            full = ratio.numerator == ratio.denominator
            painter.setPen(QPen(QColor(colours.good if ratio.numerator else colours.wrong), 1.5))
            painter.setBrush(QColor(colours.good) if full else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(field, 2, 2)
            if not ratio.numerator:
                painter.drawLine(field.topLeft(), field.bottomRight())
                painter.drawLine(field.topRight(), field.bottomLeft())
            elif not full:
                half = QRectF(field.left(), field.center().y(), field.width(), field.height() / 2)
                painter.fillRect(half, QColor(colours.good))
        painter.setPen(QColor(colours.ink))
        whole = year.whole
        place = QRectF(left + _MONTHS * step, top, right, line)
        painter.drawText(place, middle | Qt.AlignmentFlag.AlignLeft, f"{whole.numerator}/{whole.denominator}")
