"""The order in which Tab and Enter go through a screen: as it is read, also for rows that came later.

Qt's own chain is the order in which widgets were made: a card added to a page that stands would come after
the whole window, and who entered such a page from outside would begin in its middle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["focus_beside", "focus_next_field", "reading_order"]

_WHOLE: Final = (
    QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLabel, QLineEdit, QPlainTextEdit,
    QTextEdit,
)  # fmt: skip
"""What is one thing to a person, whatever it is made of."""


def reading_order(inside: QWidget) -> list[QWidget]:
    """Return what Tab reaches inside a window or a page, in the order of its layouts."""
    return [found for found in _walk(inside) if _takes_tab(found) and found.isVisibleTo(inside)]


def focus_beside(window: QWidget, *, forward: bool) -> bool:
    """Give the keyboard to the next or the previous thing of a window; behind its last comes its first."""
    everything, held = list(_walk(window)), QApplication.focusWidget()
    place = everything.index(held) if held in everything else -1
    # What takes the keyboard by a click alone has its place too, though Tab never stops there.
    around = [*everything[place + 1 :], *everything[: max(0, place)]]
    found = (one for one in (around if forward else reversed(around)) if _takes_tab(one) and one.isVisible())
    return _give(next(found, None), forward=forward)


def focus_next_field(field: QWidget) -> None:
    """Go on by Enter: past the buttons that are icons alone, which Enter would press on the way.

    Behind the last field it stays: outside of the page Enter would press what leaves it.
    """
    order = reading_order(_screen_of(field))
    behind = order[order.index(field) + 1 :] if field in order else []
    _give(next((one for one in behind if one.property("kind") != "tool"), None), forward=True)


def _screen_of(field: QWidget) -> QWidget:
    """Return the page around a field: the outermost of what scrolls, for parts of a page may scroll too."""
    screen, around = field.window(), field.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            screen = around
        around = around.parentWidget()
    return screen


def _walk(inside: QWidget) -> Iterator[QWidget]:
    if isinstance(inside, QScrollArea):
        yield inside.widget()
        yield from _walk(inside.widget())
        return
    met: set[QWidget] = set()
    layout = inside.layout()
    for child in _laid_out(layout) if layout is not None else ():
        met.add(child)
        yield from _walk_from(child)
    for other in inside.children():
        if isinstance(other, QWidget) and other not in met and not other.isWindow():
            yield from _walk_from(other)


def _walk_from(widget: QWidget) -> Iterator[QWidget]:
    # Nothing inside of what is hidden takes the keyboard: a dozen pages are kept behind the open one.
    if not widget.isHidden():
        yield widget
        if not isinstance(widget, _WHOLE):
            yield from _walk(widget)


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            return
        # Each is None where an item is the other, whatever Qt's stubs say.
        widget, inner = item.widget(), item.layout()
        if isinstance(widget, QWidget):
            yield widget
        if isinstance(inner, QLayout):
            yield from _laid_out(inner)


def _takes_tab(widget: QWidget) -> bool:
    policy = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(policy) and widget.isEnabled() and widget.focusProxy() is None


def _give(widget: QWidget | None, *, forward: bool) -> bool:
    if widget is None:
        return False
    reason = Qt.FocusReason
    widget.setFocus(reason.TabFocusReason if forward else reason.BacktabFocusReason)
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget)
        around = around.parentWidget()
    return True
