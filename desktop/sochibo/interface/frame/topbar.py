"""The bar above the page: where one is, the search, undo and redo by name, and the type size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from sochibo.interface.frame.search_box import SearchBox
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.parts.blocks import tip
from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from sochibo.interface.session import Session

__all__ = ["TopBar"]


class TopBar(QWidget):
    """Breadcrumb at the left, tools at the right."""

    asked_undo = Signal()
    asked_redo = Signal()
    asked_up = Signal()
    """The first part of the breadcrumb was clicked."""
    asked_size = Signal(int)
    """Steps of type size, up or down."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._theme = session.theme
        self.setObjectName("TopBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        words = session.words
        self.title = QLabel()
        self.title.setProperty("kind", "page-title")
        self.title.setTextFormat(Qt.TextFormat.RichText)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse)
        self.title.linkActivated.connect(self.asked_up)
        self._undo = ActButton(self._theme, words.gettext("Undo"), icon="undo-2", kind="tool")
        self._redo = ActButton(self._theme, words.gettext("Redo"), icon="redo-2", kind="tool")
        self._smaller = ActButton(
            self._theme, words.gettext("Smaller type (Ctrl −)"), icon="a-arrow-down", kind="tool"
        )
        self._larger = ActButton(
            self._theme, words.gettext("Larger type (Ctrl +)"), icon="a-arrow-up", kind="tool"
        )
        self._undo.clicked.connect(self.asked_undo)
        self._redo.clicked.connect(self.asked_redo)
        self._smaller.clicked.connect(lambda: self.asked_size.emit(-1))
        self._larger.clicked.connect(lambda: self.asked_size.emit(1))
        self._line = QHBoxLayout(self)
        self._line.addWidget(self.title, 1)
        self._line.addWidget(SearchBox(session))
        for tool in (self._undo, self._redo, self._smaller, self._larger):
            self._line.addWidget(tool)
        self._parts: tuple[str, ...] = ()
        self._subtitle = ""
        self._theme.changed.connect(self._dress)
        self._dress()

    def show_title(self, parts: Sequence[str], subtitle: str = "") -> None:
        """Show where one is; the last part is the page itself."""
        self._parts = tuple(parts)
        self._subtitle = subtitle
        self.title.setAccessibleName(" › ".join(self._parts))
        self.title.setToolTip(tip(" › ".join(self._parts)))
        self._draw_title()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Let as much of the title be seen as there is room for."""
        super().resizeEvent(event)
        self._line.activate()
        self._draw_title()

    def _draw_title(self) -> None:
        """Draw the breadcrumb; where it does not fit, first the subtitle goes, then the rooms above."""
        font = QFont(self.title.font())
        font.setWeight(QFont.Weight.DemiBold)
        width, measure = self.title.width(), QFontMetrics(font)
        shown, behind = list(self._parts), f" · {self._subtitle}" if self._subtitle else ""
        if measure.horizontalAdvance(" › ".join(shown) + behind) > width:
            behind = ""
        while len(shown) > 1 and measure.horizontalAdvance(" › ".join(shown)) > width:
            shown.pop(0)
        colours = self._theme.palette
        soft = f'<span style="color:{colours.soft}">'
        drawn = [f"{soft}{_escaped(part)}</span>" for part in shown[:-1]]
        if drawn and len(shown) == len(self._parts):
            top = _escaped(shown[0])
            drawn[0] = f'<a href="up" style="color:{colours.soft}; text-decoration:none">{top}</a>'
        if shown:
            here = _escaped(measure.elidedText(shown[-1], Qt.TextElideMode.ElideRight, width))
            drawn.append(f'<span style="font-weight:600; color:{colours.ink}">{here}</span>')
        self.title.setText(f"{soft} › </span>".join(drawn) + f"{soft}{_escaped(behind)}</span>")

    def show_history(self) -> None:
        """Name what undo and redo would do."""
        history, words = self._session.book.history, self._session.words
        writable = not self._session.book.read_only
        for button, act, name, key in (
            (self._undo, history.undoable(), N_("Undo: {act} (Ctrl Z)"), words.gettext("Nothing to undo")),
            (self._redo, history.redoable(), N_("Redo: {act} (Ctrl Y)"), words.gettext("Nothing to redo")),
        ):
            button.setEnabled(act is not None and writable)
            button.say(words.sentence(name, {"act": act.say(words)}) if act else key)

    def _dress(self) -> None:
        px = self._theme.px
        self._line.setContentsMargins(px(24), px(11), px(24), px(11))
        self._line.setSpacing(px(10))
        self._smaller.setEnabled(self._theme.larger(-1) != self._theme.percent)
        self._larger.setEnabled(self._theme.larger(1) != self._theme.percent)
        self.show_title(self._parts, self._subtitle)


def _escaped(text: str) -> str:
    """Write a name so that no `<` in it is taken for markup."""
    from html import escape

    return escape(text)
