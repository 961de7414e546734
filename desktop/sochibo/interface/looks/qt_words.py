"""Qt's own words in our language: PySide6 ships no Vietnamese catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTranslator

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from sochibo.messages import Messages

__all__ = ["QT_WORDS", "QtWords"]


def pgettext(context: str, text: str) -> str:
    """Mark a word of Qt for translation; the context keeps `Name` of a file from `Name` of a member."""
    del context
    return text


QT_WORDS: Final = (
    pgettext("Qt", "OK"), pgettext("Qt", "Save"), pgettext("Qt", "Save All"), pgettext("Qt", "Open"),
    pgettext("Qt", "Yes"), pgettext("Qt", "Yes to All"), pgettext("Qt", "No"), pgettext("Qt", "No to All"),
    pgettext("Qt", "Abort"), pgettext("Qt", "Retry"), pgettext("Qt", "Ignore"), pgettext("Qt", "Close"),
    pgettext("Qt", "Cancel"), pgettext("Qt", "Discard"), pgettext("Qt", "Help"), pgettext("Qt", "Apply"),
    pgettext("Qt", "Reset"), pgettext("Qt", "Restore Defaults"), pgettext("Qt", "Undo"),
    pgettext("Qt", "Redo"), pgettext("Qt", "Cut"), pgettext("Qt", "Copy"), pgettext("Qt", "Paste"),
    pgettext("Qt", "Delete"), pgettext("Qt", "Select All"), pgettext("Qt", "Copy Link Location"),
    pgettext("Qt", "Show Details..."), pgettext("Qt", "Hide Details..."), pgettext("Qt", "Look in:"),
    pgettext("Qt", "File name:"), pgettext("Qt", "Files of type:"), pgettext("Qt", "Back"),
    pgettext("Qt", "Forward"), pgettext("Qt", "Parent Directory"), pgettext("Qt", "Create New Folder"),
    pgettext("Qt", "List View"), pgettext("Qt", "Detail View"), pgettext("Qt", "Go back"),
    pgettext("Qt", "Go forward"), pgettext("Qt", "Go to the parent directory"),
    pgettext("Qt", "Create a New Folder"), pgettext("Qt", "Change to list view mode"),
    pgettext("Qt", "Change to detail view mode"), pgettext("Qt", "Sidebar"),
    pgettext("Qt", "List of places and bookmarks"), pgettext("Qt", "Files"), pgettext("Qt", "All Files (*)"),
    pgettext("Qt", "Directories"), pgettext("Qt", "Directory:"), pgettext("Qt", "Choose"),
    pgettext("Qt", "Rename"), pgettext("Qt", "Show hidden files"), pgettext("Qt", "New Folder"),
    pgettext("Qt", "Name"), pgettext("Qt", "Size"), pgettext("Qt", "Type"), pgettext("Qt", "Date Modified"),
    pgettext("Qt", "My Computer"), pgettext("Qt", "Computer"), pgettext("Qt", "Open File"),
    pgettext("Qt", "Save As"), pgettext("Qt", "Recent Places"), pgettext("Qt", "Show"),
    pgettext("Qt", "File"), pgettext("Qt", "Folder"), pgettext("Qt", "Drive"), pgettext("Qt", "Remove"),
    pgettext("Qt", "Unknown"), pgettext("Qt", "Alias"), pgettext("Qt", "Shortcut"),
    pgettext("Qt", "All files (*)"), pgettext("Qt", "Select one or more files to open"),
    pgettext("Qt", "List of files"), pgettext("Qt", "Insert Unicode control character"),
    pgettext("Qt", "Dialog"), pgettext("Qt", "Select"), pgettext("Qt", "Find Directory"),
)  # fmt: skip
"""English words of Qt's buttons, menus and file dialog; a test opens these and fails on any missing."""

_KNOWN: Final = frozenset(QT_WORDS)


class QtWords(QTranslator):
    """Answers Qt from our catalogue."""

    def __init__(self, words: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.unknown: set[tuple[str, str]] = set()

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        """Say that there are words here: Qt does not ask an empty translator."""
        return False

    def translate(  # type: ignore[override]  # Qt takes a null string, which the stub does not know
        self, context: str, text: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """Translate a word of Qt.

        Unknown words must be answered by None: an empty text would blank the menu entry. `&` marks a key
        in some of Qt's words and not in others, so the lookup is without it.
        """
        del disambiguation, n
        plain = text.replace("&", "").strip()
        if plain in _KNOWN:
            return self._words.pgettext("Qt", plain)
        self.unknown.add((context, text))
        return None
