"""FoldingActs: a line of lesser acts, or one button with them in a menu where the line finds no room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from sochibo.interface.looks.icons import ActButton
from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from sochibo.interface.session import Session

__all__ = ["FoldingActs"]

_SPACING: Final = 8


class FoldingActs(QWidget):
    """In large type five lines of buttons would push the table out of sight; `more` stands for them then.

    Whoever makes it places `more` among the acts that always stay.
    """

    def __init__(self, session: Session, acts: Sequence[ActButton]) -> None:
        super().__init__()
        self._acts = tuple(acts)
        self.more = ActButton(session.theme, session.words.gettext(N_("More …")))
        self._menu = QMenu(self.more)
        self._menu.aboutToShow.connect(self._fill)
        self.more.setMenu(self._menu)
        self.more.hide()
        self._line = QWidget()
        line = QHBoxLayout(self._line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(_SPACING)
        for act in self._acts:
            line.addWidget(act)
        line.addStretch(1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._line)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def folded(self) -> bool:
        """Tell whether the acts are in the menu."""
        return not self.more.isHidden()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Give way: what finds no room is in the menu."""
        return QSize(0, self.sizeHint().height())

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for one line, or for none where the menu stands for it."""
        return QSize(0, 0 if self.folded else self._line.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fold where the line is too long for the page."""
        super().resizeEvent(event)
        self._fold()

    def event(self, event: QEvent) -> bool:
        """Measure anew when the words of an act change."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._fold()
        return super().event(event)

    def _fold(self) -> None:
        shown = [act for act in self._acts if not act.isHidden()]
        asked = sum(act.sizeHint().width() for act in shown) + _SPACING * max(0, len(shown) - 1)
        folded = asked > self.width()
        if folded != self.folded:
            self.more.setVisible(folded)
            self._line.setVisible(not folded)
            self.updateGeometry()

    def _fill(self) -> None:
        """Offer the acts as they are called and as they can be done now."""
        self._menu.clear()
        for act in self._acts:
            if act.isHidden():
                continue
            item = self._menu.addAction(act.icon(), act.text())
            item.setEnabled(act.isEnabled())
            item.setCheckable(act.isCheckable())
            item.setChecked(act.isChecked())
            item.triggered.connect(lambda _=False, act=act: act.click())
