"""Qt's own words in our language: PySide6 ships no Vietnamese catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTranslator

from sochibo.messages import N_

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from sochibo.messages import Messages

__all__ = ["QT_WORDS", "QtWords"]

QT_WORDS: Final = (
    N_("OK"), N_("Save"), N_("Save All"), N_("Open"), N_("Yes"), N_("Yes to All"), N_("No"), N_("No to All"),
    N_("Abort"), N_("Retry"), N_("Ignore"), N_("Close"), N_("Cancel"), N_("Discard"), N_("Help"), N_("Apply"),
    N_("Reset"), N_("Restore Defaults"), N_("Undo"), N_("Redo"), N_("Cut"), N_("Copy"), N_("Paste"),
    N_("Delete"), N_("Select All"), N_("Copy Link Location"), N_("Show Details..."), N_("Hide Details..."),
    N_("Look in:"), N_("File name:"), N_("Files of type:"), N_("Back"), N_("Forward"), N_("Parent Directory"),
    N_("Create New Folder"), N_("List View"), N_("Detail View"), N_("Go back"), N_("Go forward"),
    N_("Go to the parent directory"), N_("Create a New Folder"), N_("Change to list view mode"),
    N_("Change to detail view mode"), N_("Sidebar"), N_("List of places and bookmarks"), N_("Files"),
    N_("All Files (*)"), N_("Directories"), N_("Directory:"), N_("Choose"), N_("Rename"),
    N_("Show hidden files"), N_("New Folder"), N_("Name"), N_("Size"), N_("Type"), N_("Date Modified"),
    N_("My Computer"), N_("Computer"), N_("Open File"), N_("Save As"), N_("Recent Places"), N_("Show"),
    N_("File"), N_("Folder"), N_("Drive"), N_("Remove"), N_("Unknown"), N_("Alias"), N_("Shortcut"),
    N_("All files (*)"), N_("Select one or more files to open"), N_("List of files"),
    N_("Insert Unicode control character"), N_("Dialog"), N_("Select"), N_("Find Directory"),
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
        plain = text.replace("&", "")
        if plain in _KNOWN:
            return self._words.gettext(plain)
        self.unknown.add((context, text))
        return None
