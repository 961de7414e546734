"""What an eye would find on a page, found without one: names that lack, words cut off, parts out of sight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sochibo.interface.window import Window

__all__ = ["faults"]

_SLACK: Final = 2


def faults(window: Window) -> list[str]:
    """Return what is wrong with what a window shows now."""
    found: list[QWidget] = window.findChildren(QWidget)  # type: ignore[assignment]  # the stub forgets the type
    shown = [child for child in found if child.isVisible() and child.window() is window]
    made = []
    for child in shown:
        name = child.accessibleName() or (child.text() if isinstance(child, QLabel | QAbstractButton) else "")
        made += [f"{said}: {type(child).__name__} {name[:60]!r}" for said in _wrong(child, window)]
    frame = window.frame
    if frame is not None:
        hints = frame.page.keys()
        keys = [hint.key for hint in hints]
        made += [f"the key {key} twice" for key in set(keys) if keys.count(key) > 1]
    return made


def _wrong(child: QWidget, window: Window) -> Iterator[str]:
    if child.focusPolicy() & Qt.FocusPolicy.TabFocus and not child.accessibleName():
        yield "no name"
    left = child.mapTo(window, QPoint(0, 0)).x()
    if left < 0 or left + child.width() > window.width():
        yield "out of the window"
    if isinstance(child, QLabel) and child.textFormat() is Qt.TextFormat.PlainText and child.text():
        needed = child.heightForWidth(child.width()) if child.wordWrap() else child.sizeHint().height()
        if child.height() + _SLACK < needed:
            yield f"cut below, {child.height()} of {needed}"
        if not child.wordWrap() and child.width() + _SLACK < child.sizeHint().width():
            yield "cut at the right"
    if (
        isinstance(child, QAbstractButton)
        and child.text()
        and child.width() + _SLACK < child.minimumSizeHint().width()
    ):
        yield "cut at the right"
