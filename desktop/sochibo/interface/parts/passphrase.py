"""PassphraseField: hidden while typed, shown for as long as asked; never saved by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from sochibo.interface.looks.icons import ActButton
from sochibo.messages import N_

if TYPE_CHECKING:
    from sochibo.interface.looks.theme import Theme
    from sochibo.messages import Messages

__all__ = ["PassphraseField"]


class Speaking(Protocol):
    """Whoever has words and looks: a session, or a page that stands before there is one."""

    words: Messages
    theme: Theme


class PassphraseField(QWidget):
    """A line for a passphrase with a button that shows it: typing blind is hard in Vietnamese."""

    def __init__(self, session: Speaking, name: str) -> None:
        super().__init__()
        say = session.words.gettext
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setAccessibleName(name)
        self.line.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.returned = self.line.returnPressed
        self._show = ActButton(session.theme, say(N_("Show what is typed")), icon="eye", kind="tool")
        self._show.setCheckable(True)
        self._show.toggled.connect(self._reveal)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.line, 1)
        inside.addWidget(self._show)
        self.setFocusProxy(self.line)
        self.setAccessibleName(name)

    def text(self) -> str:
        """Return what was typed."""
        return self.line.text()

    def forget(self) -> None:
        """Forget what was typed, as soon as it has done its work."""
        self.line.clear()
        self._show.setChecked(False)

    def _reveal(self, shown: bool) -> None:  # noqa: FBT001 - a signal's one argument
        mode = QLineEdit.EchoMode
        self.line.setEchoMode(mode.Normal if shown else mode.Password)
