"""Labels of whole sentences, which break into lines without claiming a page of height."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochibo.interface.page import label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

__all__ = ["sentence_label"]


def sentence_label(text: str = "", kind: str = "plain") -> QLabel:
    """Return a label that wraps.

    QLabel reckons its height for its minimum width if one is set: with a width of 1 each word would claim
    a line of its own, and every page would scroll.
    """
    made = label(text, kind, wrap=True)
    made.setMinimumWidth(0)
    return made
