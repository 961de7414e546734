"""The picture of the signature that is drawn where the key seals: chosen, looked at, taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy
from shiboken6 import isValid

from sochibo import files
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.parts import choosers
from sochibo.interface.parts.blocks import Card, label
from sochibo.interface.parts.flow import flow
from sochibo.messages import N_

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.book.changes import Changes
    from sochibo.faults import Fault
    from sochibo.interface.session import Session

__all__ = ["PICTURES", "PictureCard"]

PICTURES = "PNG, JPEG (*.png *.jpg *.jpeg)"
_LIMIT = 16_000_000
_HIGH = 96


class PictureCard(Card):
    """Shown as it will stand on paper: blue ink on white, whatever the colours of the window."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.theme)
        self._session = session
        theme, say = session.theme, session.words.gettext
        told = N_(
            "If you wish, a picture of your signature is drawn above your name wherever you seal. Sign on "
            "white paper with a dark pen, then scan or photograph it. The picture proves nothing: the seal "
            "does. It stays in this book, goes out only on papers that you seal, and can be removed at any "
            "time."
        )
        self.shown = QLabel()
        self.shown.setAccessibleName(say(N_("Picture of the signature")))
        self.shown.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        # In a dark window blue ink on a dark ground would not be seen.
        self.shown.setProperty("kind", "paper")
        self.choose_button = ActButton(
            theme, say(N_("Choose a picture …")), icon="folder-open", kind="second"
        )
        self.choose_button.clicked.connect(self.choose)
        self.remove_button = ActButton(theme, say(N_("Remove the picture")), icon="trash-2", kind="link")
        self.remove_button.clicked.connect(self.remove)
        self.trouble = label("", "wrong", wrap=True)
        self.body.addWidget(label(say(N_("Picture of the signature (not necessary)")), "title"))
        self.body.addWidget(label(say(told), "soft", wrap=True))
        for part in (self.shown, flow(self.choose_button, self.remove_button), self.trouble):
            self.body.addWidget(part)
        self.trouble.hide()

    def reload(self) -> None:
        """Show the picture that is kept; without a key there is nobody whose it could be."""
        book = self._session.book
        self.setVisible(book.reports.key() is not None and not book.read_only)
        kept = book.keys.picture()
        self.shown.setVisible(bool(kept))
        self.remove_button.setVisible(bool(kept))
        if kept:
            picture = QPixmap()
            picture.loadFromData(kept)
            high = self._session.theme.px(_HIGH)
            self.shown.setPixmap(picture.scaledToHeight(high, Qt.TransformationMode.SmoothTransformation))

    def choose(self) -> None:
        """Ask for a scan or photograph."""
        asked = self._session.words.gettext(N_("Choose the picture of the signature"))
        path = choosers.choose_file(self, asked, PICTURES)
        if path is not None:
            self.take(path)

    def take(self, path: Path) -> None:
        """Make a picture of ink out of a file and keep it."""
        keys = self._session.book.keys
        self._say("")
        self.choose_button.setEnabled(False)
        self._session.work(
            lambda: keys.take_picture(files.read_whole(path, _LIMIT), path.name),
            self._taken,
            self._session.words.gettext(N_("Working …")),
            self._fail,
        )

    def remove(self) -> None:
        """Wipe the picture."""
        self._say("")
        self._session.tell(self._session.book.keys.remove_picture(), self)
        self.reload()
        self.choose_button.setFocus()

    def _taken(self, changes: Changes) -> None:
        if isValid(self):
            self.choose_button.setEnabled(True)
            self.reload()
        self._session.tell(changes)

    def _fail(self, fault: Fault) -> None:
        if not isValid(self):
            self._session.complain(fault)
            return
        self.choose_button.setEnabled(True)
        self._say(fault.say(self._session.words))

    def _say(self, trouble: str) -> None:
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
