"""The screen before a protected book: its passphrase, or the key from paper when that is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from sochibo.book.upkeep.restoring import is_spoilt
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.looks.palette import Tone
from sochibo.interface.parts.blocks import Banner, Card, label, row, stand_in_the_middle
from sochibo.interface.parts.fields import LabelledField
from sochibo.interface.parts.passphrase import PassphraseField
from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sochibo.faults import Fault
    from sochibo.interface.looks.theme import Theme
    from sochibo.messages import Messages

__all__ = ["UnlockPage"]

_WIDTH: Final = 620
_LINES: Final = 6
_TRIES: Final = 3
"""After so many in vain it may be the file that is wrong, which nobody can tell from outside."""


class UnlockPage(QWidget):
    """One field; troubles are said in place, and what was typed is forgotten as soon as it was tried."""

    asked_start = Signal()
    asked_rescue = Signal()
    """The book is to be brought back from a backup copy."""

    def __init__(
        self,
        words: Messages,
        theme: Theme,
        path: Path,
        unlock: Callable[[str, str], Fault | None],
        *,
        locked: bool = False,
    ) -> None:
        """`unlock` tries a passphrase or a recovery key and returns what went wrong.

        `locked`: the book was open here until somebody, or nobody for a while, locked it.
        """
        super().__init__()
        # The field takes its words and its looks from its page where there is no session yet.
        self.words, self.theme = words, theme
        self.path = path
        self._unlock = unlock
        self._wrong = 0
        self.trouble = Banner(theme, tone=Tone.WRONG, icon="triangle-alert")
        self.trouble.hide()
        column = QVBoxLayout()
        column.setSpacing(theme.px(12))
        column.addWidget(label(path.stem, "big", wrap=True))
        said = (
            words.gettext("The book is locked. Everything is saved.")
            if locked
            else words.gettext("This book is protected by a passphrase.")
        )
        column.addWidget(label(said, "soft", wrap=True))
        column.addWidget(self.trouble)
        self.rescue = self._make_rescue()
        column.addWidget(self.rescue)
        self._card = self._make_card()
        self._paper = self._make_paper()
        for part in (self._card, self._paper):
            column.addWidget(part)
        self._paper.hide()
        other = ActButton(theme, words.gettext("Open another book"), icon="folder-open", kind="link")
        other.clicked.connect(self.asked_start)
        column.addLayout(row(other, None))
        column.addStretch(1)
        stand_in_the_middle(self, column, theme, _WIDTH)

    def first_focus(self) -> None:
        """Put the keyboard into the field in sight."""
        (self.recovery if self._paper.isVisible() else self.passphrase.line).setFocus()

    def go_back(self) -> None:
        """Take one step back: from the recovery key to the passphrase, from there to the start screen."""
        if self._paper.isVisible():
            self._show(paper=False)
        else:
            self.asked_start.emit()

    def show_paper(self) -> None:
        """Ask for the recovery key instead of the passphrase."""
        self._show(paper=True)

    def _make_rescue(self) -> QWidget:
        words, theme = self.words, self.theme
        made = QWidget()
        inside = QVBoxLayout(made)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.px(8))
        self._doubt = label(
            words.gettext(
                "If what you typed is surely right, the file of the book may be damaged. Then look at its "
                "backup copies; looking changes nothing."
            ),
            "soft",
            wrap=True,
        )
        said = words.sentence(N_("Bring “{name}” back from a backup copy …"), {"name": self.path.stem})
        rescue = ActButton(theme, said, icon="history", kind="second")
        rescue.clicked.connect(self.asked_rescue)
        inside.addWidget(self._doubt)
        inside.addLayout(row(rescue, None))
        made.hide()
        return made

    def _make_card(self) -> Card:
        words, theme = self.words, self.theme
        card = Card(theme)
        card.body.setSpacing(theme.px(12))
        name = words.gettext("Passphrase of the book")
        self.passphrase = PassphraseField(self, name)
        self.passphrase.returned.connect(self._try_passphrase)
        card.body.addWidget(LabelledField(theme, name, self.passphrase))
        self.open_button = ActButton(theme, words.gettext("Open the book"), icon="lock", kind="primary")
        self.open_button.clicked.connect(self._try_passphrase)
        forgotten = ActButton(theme, words.gettext("I have forgotten the passphrase"), kind="link")
        forgotten.clicked.connect(self.show_paper)
        card.body.addLayout(row(self.open_button, None, forgotten))
        return card

    def _make_paper(self) -> Card:
        words, theme = self.words, self.theme
        card = Card(theme)
        card.body.setSpacing(theme.px(12))
        self.recovery = QPlainTextEdit()
        name = words.gettext("Recovery key")
        self.recovery.setAccessibleName(name)
        self.recovery.setTabChangesFocus(True)
        self.recovery.setFixedHeight(self.recovery.fontMetrics().lineSpacing() * _LINES + theme.px(16))
        self.recovery.setInputMethodHints(Qt.InputMethodHint.ImhNoPredictiveText)
        hint = words.gettext(
            "Copy the five lines of the recovery paper, or scan its code. Capitals and hyphens do not matter."
        )
        card.body.addWidget(LabelledField(theme, name, self.recovery, hint))
        self.recover_button = ActButton(
            theme, words.gettext("Open with the recovery key"), icon="key-round", kind="primary"
        )
        self.recover_button.clicked.connect(self._try_recovery)
        back = ActButton(theme, words.gettext("Back"), kind="plain")
        back.clicked.connect(self.go_back)
        card.body.addLayout(row(self.recover_button, back, None))
        return card

    def _show(self, *, paper: bool) -> None:
        self.trouble.say("")
        self._card.setVisible(not paper)
        self._paper.setVisible(paper)
        self.first_focus()

    def _try_passphrase(self) -> None:
        if self.passphrase.text():
            self._try(self.open_button, self.words.gettext("Open the book"), self.passphrase.text(), "")

    def _try_recovery(self) -> None:
        # An empty field is a wrong key, not no key.
        typed = self.recovery.toPlainText() or "-"
        self._try(self.recover_button, self.words.gettext("Open with the recovery key"), "", typed)

    def _try(self, button: ActButton, says: str, passphrase: str, recovery: str) -> None:
        self.trouble.say("")
        button.setEnabled(False)
        button.say(self.words.gettext("Opening …"))

        def finish() -> None:
            fault = self._unlock(passphrase, recovery)
            if fault is None:
                self.passphrase.forget()
                self.recovery.clear()
                return
            button.setEnabled(True)
            button.say(says)
            self.trouble.say(fault.say(self.words))
            self._offer_copies(fault)
            # A slip in sixty signs is mended; a passphrase, which nobody sees, is typed anew.
            self.passphrase.forget()
            self.first_focus()

        # The button is drawn first: deriving the key takes half a second on an old PC.
        QTimer.singleShot(30, self, finish)

    def _offer_copies(self, fault: Fault) -> None:
        """Show the way to the copies: at once where the file is spoilt, else once the tries become many."""
        self._wrong += 1
        known = is_spoilt(fault)
        # What is known need not be doubted as well.
        self._doubt.setVisible(not known)
        self.rescue.setVisible(known or self._wrong >= _TRIES)
