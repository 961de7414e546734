"""Going through a window by Tab alone, as whoever has no mouse does, and what is wrong on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QTextBrowser, QWidget
from windows import press, widgets

if TYPE_CHECKING:
    from sochibo.interface.window import Window

__all__ = ["StrayWindows", "tab_troubles"]

MOST: Final = 200
"""More stops than any screen has."""


class StrayWindows(QObject):
    """Notes every window that comes up beside the one there is, if only for a moment.

    A widget that is shown before it has a parent is such a window: it flickers, and takes the keyboard away.
    """

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.seen: list[str] = []
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Look at what is shown, and let everything pass."""
        if isinstance(watched, QWidget) and event.type() is QEvent.Type.Show and watched.isWindow():
            self.seen += [] if watched is self._window else [_name(watched)]
        return False


def tab_troubles(screen: QWidget) -> list[str]:
    """Go once around the window of a page by Tab, and once back; return what went wrong."""
    own = [one for one in widgets(screen) if _takes_tab(one)]
    if not own:
        return []
    there, troubles = _go_around(own[0], Qt.Key.Key_Tab)
    back, troubles_back = _go_around(own[0], Qt.Key.Key_Backtab)
    troubles += [f"backwards {one}" for one in troubles_back]
    troubles += [f"never reaches {_name(one)}" for one in own if one not in there]
    if not troubles and [there[0], *reversed(there[1:])] != back:
        troubles.append("goes another way backwards")
    inside = [screen.isAncestorOf(one) for one in there]
    entries = [place for place, here in enumerate(inside) if here and not inside[place - 1]]
    if len(entries) != (0 if all(inside) else 1):
        return [*troubles, f"enters the page {len(entries)} times"]
    first = entries[0] if entries else min(range(len(there)), key=lambda place: _top(there[place], screen))
    in_turn = [*there[first:], *there[:first]]
    return troubles + _misread([one for one in in_turn if screen.isAncestorOf(one)], screen)


def _go_around(start: QWidget, key: Qt.Key) -> tuple[list[QWidget], list[str]]:
    """Press a key until it comes back to where it began; return every stop, and what went wrong."""
    start.setFocus()
    met: list[QWidget] = [start]
    troubles: list[str] = []
    for _ in range(MOST):
        held = QApplication.focusWidget()
        if held is None:
            return met, [*troubles, f"loses the keyboard after {_name(met[-1])}"]
        press(held, key)
        following = QApplication.focusWidget()
        if following is None or (following is held and isinstance(held, QTextBrowser)):
            # A text of links is gone through link by link, and left behind the last.
            continue
        if following is start:
            return met, troubles
        if following in met:
            return met, [*troubles, f"turns back at {_name(held)} to {_name(following)}"]
        met.append(following)
        if following.visibleRegion().isEmpty():
            troubles.append(f"stops out of sight at {_name(following)}")
    return met, [*troubles, "finds no end"]


def _misread(stops: list[QWidget], screen: QWidget) -> list[str]:
    """Return where the next stop is not the next to be read: in a row to the right, else below.

    From the foot of a column one comes to the head of the next, which is above and to the right.
    """
    places = [QRect(one.mapTo(screen, QPoint(0, 0)), one.size()) for one in stops]
    troubles = []
    for place, following in enumerate(places[1:], start=1):
        before = places[place - 1]
        shared = min(before.bottom(), following.bottom()) - max(before.top(), following.top())
        if shared > min(before.height(), following.height()) / 2:
            read_on = following.left() > before.left()
        else:
            read_on = following.top() > before.top() or following.left() >= before.right()
        if not read_on:
            troubles.append(f"goes from {_name(stops[place - 1])} back to {_name(stops[place])}")
    return troubles


def _top(widget: QWidget, screen: QWidget) -> tuple[int, int]:
    place = widget.mapTo(screen, QPoint(0, 0))
    return place.y(), place.x()


def _takes_tab(widget: QWidget) -> bool:
    takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return takes and widget.isEnabled() and widget.focusProxy() is None


def _name(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.accessibleName()!r}"
