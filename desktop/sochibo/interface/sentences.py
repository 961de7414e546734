"""Labels of whole sentences, and fields under them, which claim no more height than their lines need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from sochibo.interface.fields import LabelledField
from sochibo.interface.page import label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from sochibo.interface.theme import Theme

__all__ = ["labelled", "sentence_label"]


def sentence_label(text: str = "", kind: str = "plain") -> QLabel:
    """Return a label that wraps.

    QLabel reckons its height for its minimum width if one is set: with a width of 1 each word would claim
    a line of its own, and every page would scroll.
    """
    made = label(text, kind, wrap=True)
    made.setMinimumWidth(0)
    return made


def labelled(theme: Theme, words: str, field: QWidget, hint: str = "") -> LabelledField:
    """Return a field under its label, both labels free to be narrow for the same reason."""
    made = LabelledField(theme, words, field, hint)
    captions: list[QLabel] = made.findChildren(QLabel)  # type: ignore[assignment]  # the stub forgets the type
    for caption in captions:
        caption.setMinimumWidth(0)
    return made
