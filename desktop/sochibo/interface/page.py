"""Page: the base of every screen in the window's right part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QSizePolicy, QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.interface.icons import TONE_ICONS, Glyph
from sochibo.interface.palette import Tone

if TYPE_CHECKING:
    from sochibo.interface.session import Session
    from sochibo.interface.theme import Theme

__all__ = ["Banner", "Card", "KeyHint", "Page", "label", "row"]


@dataclass(frozen=True, slots=True)
class KeyHint:
    """A key and what it does here, as the strip at the foot shows it (`F6`, `Next step`)."""

    key: str
    does: str


class Page(QWidget):
    """One screen; the window draws its title above it, its keys below it, and F1 opens its help.

    Subclasses set `concerns` (reload when such changes come), `help_name` (the Markdown page) and build
    their widgets in `__init__` with the session; they never touch the window itself. The window puts the
    page into a scroll area and calls `reload` before it is first shown. Margins are the window's.
    """

    concerns: ClassVar[Changes] = Changes.NONE
    help_name: str = "start"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setObjectName("Body")

    def title(self) -> tuple[str, ...]:
        """Return the breadcrumb, the last part being this page."""
        raise NotImplementedError

    def subtitle(self) -> str:
        """Return what stands softly behind the title (a day), empty for nothing."""
        return ""

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of this page."""
        return ()

    def reload(self) -> None:
        """Show what the book holds now, keeping selection, focus and scroll position."""

    def flush(self) -> None:
        """Write what is still in a field, also what is being composed; called before anything leaves."""
        from sochibo.interface.fields import flush_fields

        flush_fields(self)

    def go_back(self) -> bool:
        """Take one step back inside the page; False if there is none (then the window leaves the page)."""
        return False

    def first_focus(self) -> QWidget | None:
        """Return what has the keyboard when the page is opened."""
        return None


def label(text: str, kind: str = "plain", *, wrap: bool = False) -> QLabel:
    """Return a label of plain text in one of the style sheet's kinds (`title`, `soft`, `hint`, `big` …)."""
    made = QLabel(text)
    # A name with `<` in it must never be taken for markup.
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("kind", kind)
    made.setWordWrap(wrap)
    if wrap:
        # Else a wrapped label claims one long line as its width and pushes the page out of the window.
        # No setMinimumWidth: QLabel would take it for the width at which its height is measured.
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return made


def row(*parts: QWidget | QLayout | None, spacing: int = 8) -> QHBoxLayout:
    """Return things side by side; None is the gap that takes what is left."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    for part in parts:
        if part is None:
            made.addStretch(1)
        elif isinstance(part, QWidget):
            made.addWidget(part)
        else:
            made.addLayout(part)
    return made


class Card(QFrame):
    """A white field with a fine line around it; things stand in `body`, one below the other."""

    def __init__(self, theme: Theme, kind: str = "card") -> None:
        super().__init__()
        self.setProperty("kind", kind)
        self.body = QVBoxLayout(self)
        side = theme.px(16)
        self.body.setContentsMargins(side, side, side, side)
        self.body.setSpacing(theme.px(8))


class Banner(QFrame):
    """One calm sentence over the page, with icon and word, about something that lasts (read-only, wrong)."""

    def __init__(self, theme: Theme, text: str = "", tone: Tone = Tone.ADVICE, icon: str = "") -> None:
        super().__init__()
        self.setProperty("kind", "banner-wrong" if tone is Tone.WRONG else "banner-advice")
        self._words = label(text, wrap=True)
        self.setAccessibleName(text)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        inside.setSpacing(theme.px(10))
        inside.addWidget(Glyph(theme, icon or TONE_ICONS[tone], tone), 0, Qt.AlignmentFlag.AlignTop)
        inside.addWidget(self._words, 1)

    def say(self, text: str) -> None:
        """Change the sentence; an empty one hides the banner."""
        self._words.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
