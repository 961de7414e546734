"""Help: one Markdown page a screen, read from the program's own files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtGui import QFont, QTextBlockFormat, QTextCursor, QTextFormat
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from sochibo import paths
from sochibo.interface.page import KeyHint, Page

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QTextBlock, QTextDocument, QTextFragment

    from sochibo.interface.looks.theme import Theme
    from sochibo.interface.session import Session

__all__ = ["HelpPage", "help_file"]

INDEX: Final = "index"
_WIDTH: Final = 860
_NORMAL: Final = QFont.Weight.Normal
_HEADINGS: Final = {1: (21, 0, 10), 2: (16, 18, 6)}
"""Type size, room above and below of the two levels of headings."""


def help_file(language: str, name: str) -> Path:
    """Return the help page of a screen, or the index where there is none."""
    folder = paths.shipped("resources") / "help" / language
    page = folder / f"{name}.md"
    return (
        page
        if name.replace("_", "").replace("-", "").isalnum() and page.is_file()
        else folder / f"{INDEX}.md"
    )


class HelpPage(Page):
    """One page of help; links lead to other pages of help and nowhere else."""

    help_name = INDEX

    def __init__(self, session: Session, goal: str) -> None:
        super().__init__(session)
        self._names = [goal.partition(":")[2] or INDEX]
        self._browser = _Browser()
        self._browser.setAccessibleName(session.words.gettext("Help"))
        self._browser.anchorClicked.connect(self._follow)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        # Lines longer than this are hard to read.
        self._browser.setMaximumWidth(session.theme.px(_WIDTH))
        column.addWidget(self._browser)

    def title(self) -> tuple[str, ...]:
        """Return the word."""
        return (self.session.words.gettext("Help"),)

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of reading."""
        words = self.session.words
        return (
            KeyHint("↑↓", words.gettext("read on")),
            KeyHint("Tab", words.gettext("next link")),
        )

    def reload(self) -> None:
        """Show the page in hand."""
        text = help_file(self.session.words.language, self._names[-1]).read_text("utf-8")
        self._browser.document().setDefaultFont(self.session.theme.font())
        self._browser.document().setDocumentMargin(self.session.theme.px(8))
        self._browser.setMarkdown(text)
        set_out(self._browser.document(), self.session.theme)

    def go_back(self) -> bool:
        """Go back to the page of help before."""
        if len(self._names) == 1:
            return False
        self._names.pop()
        self.reload()
        return True

    def first_focus(self) -> QWidget:
        """Return the text."""
        return self._browser

    def _follow(self, link: QUrl) -> None:
        """Go to another page of help; a link out of the program does nothing, for there is no network."""
        name = link.toString()
        if link.isRelative() and name.endswith(".md") and "/" not in name:
            self._names.append(name.removesuffix(".md"))
            self.reload()


def set_out(document: QTextDocument, theme: Theme) -> None:
    """Give headings, lists and keys the window's own type and air, which Markdown leaves to Qt's defaults."""
    block = document.begin()
    while block.isValid():
        cursor = QTextCursor(block)
        shape = block.blockFormat()
        size, above, below = _HEADINGS.get(shape.headingLevel(), (15, 3, 3))
        shape.setTopMargin(theme.px(above))
        shape.setBottomMargin(theme.px(below))
        shape.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setBlockFormat(shape)
        for fragment in _fragments(block):
            form = fragment.charFormat()
            strong = bool(shape.headingLevel()) or form.fontFixedPitch() or form.fontWeight() > _NORMAL
            # Any adjustment left, even 0, would overrule the size.
            form.clearProperty(QTextFormat.Property.FontSizeAdjustment.value)
            form.setFont(theme.font(size, QFont.Weight.DemiBold if strong else _NORMAL))
            cursor.setPosition(fragment.position())
            cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(form)
        block = block.next()


def _fragments(block: QTextBlock) -> list[QTextFragment]:
    """Return the runs of one form; a list, for changing a run would end the walk over them."""
    return [run.fragment() for run in block.begin()]  # type: ignore[attr-defined]  # the stub has no __iter__


class _Browser(QTextBrowser):
    """A browser that loads nothing by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: ANN401, N802 - Qt's name and its QVariant
        """Load no picture and no page."""
        del kind, name
        return None
