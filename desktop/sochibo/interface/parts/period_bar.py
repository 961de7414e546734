"""PeriodBar: which month, quarter, half-year or year is shown, and the steps to the one before and after."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from sochibo.book.papers.period_words import PERIOD_LABELS, say_period
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.parts.blocks import label
from sochibo.interface.parts.fields import ChoiceField
from sochibo.interface.parts.flow import flow
from sochibo.messages import N_
from sochibo.rules.periods import Period, PeriodKind, half_of, month_of, quarter_of, year_of

if TYPE_CHECKING:
    from datetime import date

    from sochibo.interface.session import Session

__all__ = ["PeriodBar", "period_around"]

_MAKE: Final = {
    PeriodKind.MONTH: month_of,
    PeriodKind.QUARTER: quarter_of,
    PeriodKind.HALF: half_of,
    PeriodKind.YEAR: year_of,
}


def period_around(day: date, kind: PeriodKind) -> Period:
    """Return the period of a length in which a day lies."""
    return _MAKE[kind](day)


class PeriodBar(QWidget):
    """Arrows and a choice of length; whoever shows a period listens to `turned`."""

    turned = Signal()

    def __init__(self, session: Session, period: Period, *beside: QWidget) -> None:
        """`beside` stands at the end of the line."""
        super().__init__()
        self._session = session
        self.period = period
        theme, say = session.theme, session.words.gettext
        self.kind: ChoiceField[PeriodKind] = ChoiceField(
            theme,
            say(N_("Length of the period")),
            [(kind, say(PERIOD_LABELS[kind])) for kind in _MAKE],
            self._choose,
        )
        self.kind.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.before = ActButton(theme, say(N_("Period before")), icon="chevron-left", kind="tool")
        self.before.clicked.connect(self._go_before)
        self.after = ActButton(theme, say(N_("Period after")), icon="chevron-right", kind="tool")
        self.after.clicked.connect(self._go_after)
        self.head = label("", "big")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(flow(self.kind, self.before, self.head, self.after, *beside))
        self.reload()

    def reload(self) -> None:
        """Name the period."""
        self.kind.show_value(self.period.kind)
        self.head.setText(say_period(self._session.words, self.period))

    def turn(self, period: Period) -> None:
        """Show another period."""
        self.period = period
        self.reload()
        self.turned.emit()

    def _choose(self, kind: PeriodKind) -> None:
        # The last day: from a year one comes to its December, from a month to the quarter it lies in.
        day = min(self.period.last, max(self._session.today(), self.period.first))
        self.turn(period_around(day, kind))

    def _go_before(self) -> None:
        self.turn(period_around(self.period.first - timedelta(days=1), self.period.kind))

    def _go_after(self) -> None:
        self.turn(period_around(self.period.last + timedelta(days=1), self.period.kind))
