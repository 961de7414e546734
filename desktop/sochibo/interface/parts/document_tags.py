"""How far a paper has come, as a word on its ground."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.book.papers.reports import DOCUMENT_STATE_LABELS, DocumentState
from sochibo.interface.looks.palette import Tone
from sochibo.interface.parts.table import Tag

if TYPE_CHECKING:
    from sochibo.book.papers.reports import Document
    from sochibo.messages import Messages

__all__ = ["DOCUMENT_TAGS", "NOT_ISSUED", "document_words"]

NOT_ISSUED: Final = Tag(Tone.PLAIN, "circle")
DOCUMENT_TAGS: Final = {
    DocumentState.ISSUED: Tag(Tone.ADVICE, "file-text"),
    DocumentState.SEALED: Tag(Tone.ACCENT, "badge-check"),
    DocumentState.SENT: Tag(Tone.ACCENT, "usb"),
    DocumentState.RECEIVED: Tag(Tone.GOOD, "check"),
    DocumentState.RETURNED: Tag(Tone.WRONG, "undo-2"),
}


def document_words(document: Document, words: Messages) -> str:
    """Say how far a paper has come."""
    return words.gettext(DOCUMENT_STATE_LABELS[document.state])
