"""The order in which Tab and Enter go through a page: as it is read, also for rows that came later.

Qt's own chain is the order in which widgets were made: a card added to a page that stands would come after
the whole window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["focus_beside", "focus_next_field", "reading_order"]

_WHOLE: Final = (QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit)
"""What is one field to a person, whatever it is made of."""


def reading_order(page: QWidget) -> list[QWidget]:
    """Return what Tab reaches inside a page, in the order of its layouts."""
    return [found for found in _walk(page) if _takes_tab(found) and found.isVisibleTo(page)]


def focus_beside(page: QWidget, *, forward: bool) -> bool:
    """Give the keyboard to the next or the previous thing of a page; from its ends out into the window."""
    order, held = reading_order(page), QApplication.focusWidget()
    if held in order:
        place = order.index(held) + (1 if forward else -1)
        if 0 <= place < len(order):
            _give(order[place], forward=forward)
            return True
    return _leave(page, forward=forward)


def focus_next_field(field: QWidget) -> None:
    """Go on by Enter: past the buttons that are icons alone, which Enter would press on the way."""
    start = QApplication.focusWidget()
    while field.focusNextPrevChild(True):
        held = QApplication.focusWidget()
        if held is None or held is start or held.property("kind") != "tool":
            return
        field = held


def _walk(inside: QWidget) -> Iterator[QWidget]:
    if isinstance(inside, QScrollArea):
        yield inside.widget()
        yield from _walk(inside.widget())
        return
    met: set[QWidget] = set()
    layout = inside.layout()
    for child in _laid_out(layout) if layout is not None else ():
        met.add(child)
        yield child
        if not isinstance(child, _WHOLE):
            yield from _walk(child)
    for other in inside.children():
        if isinstance(other, QWidget) and other not in met and not other.isWindow():
            yield other
            if not isinstance(other, _WHOLE):
                yield from _walk(other)


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


def _leave(page: QWidget, *, forward: bool) -> bool:
    """Go along Qt's chain to the first thing outside of the page."""
    step = QWidget.nextInFocusChain if forward else QWidget.previousInFocusChain
    here = step(page)
    while here is not None and here is not page:
        if not page.isAncestorOf(here) and _takes_tab(here) and here.isVisible():
            _give(here, forward=forward)
            return True
        here = step(here)
    return False


def _give(widget: QWidget, *, forward: bool) -> None:
    reason = Qt.FocusReason
    widget.setFocus(reason.TabFocusReason if forward else reason.BacktabFocusReason)
