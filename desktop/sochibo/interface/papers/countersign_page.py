"""A sealed file on a stick that waits for a second signature: looked at, signed, written back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from sochibo import files
from sochibo.book.changes import Changes
from sochibo.faults import Fault
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.page import Page
from sochibo.interface.papers.countersign_card import CountersignCard
from sochibo.interface.parts import choosers
from sochibo.interface.parts.blocks import label
from sochibo.interface.parts.flow import flow, stand_beside
from sochibo.interface.parts.preview import Preview
from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QResizeEvent

    from sochibo.interface.session import Session

__all__ = ["CountersignPage"]

_LIMIT: Final = 30_000_000
_BESIDE: Final = 780


class CountersignPage(Page):
    """For whoever signs at another PC than the chair: the file comes and goes on the stick."""

    concerns: ClassVar[Changes] = Changes.NONE
    help_name = "countersign"

    def __init__(self, session: Session, goal: str) -> None:
        del goal
        super().__init__(session)
        theme, say = session.theme, session.words.gettext
        self._path: Path | None = None
        told = N_(
            "Choose the sealed file, for instance minutes that the chair has sealed. Read its pages, then "
            "sign: the same file is written back with both signatures."
        )
        self.choose_button = ActButton(theme, say(N_("Choose the file …")), icon="usb", kind="second")
        self.choose_button.clicked.connect(self.choose)
        self.trouble = label("", "wrong", wrap=True)
        self.told = label("", "good", wrap=True)
        self.card = CountersignCard(session, alone=True)
        self.card.signed.connect(self._signed)
        self.preview = Preview(session)
        left = QVBoxLayout()
        left.setSpacing(theme.px(12))
        for part in (
            label(say(told), "soft", wrap=True),
            flow(self.choose_button),
            self.trouble,
            self.told,
            self.card,
        ):
            left.addWidget(part)
        left.addStretch(1)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(theme.px(20))
        self._line.addLayout(left, 1)
        self._line.addWidget(self.preview, 1)
        self.preview.show_text(say(N_("The pages of the file stand here before it is signed.")))
        self._say("")

    def title(self) -> tuple[str, ...]:
        """Return the way here."""
        words = self.session.words
        return words.gettext(N_("Reports")), words.gettext(N_("Countersign a file"))

    def first_focus(self) -> QWidget | None:
        """Begin with the file."""
        return self.choose_button

    def receive(self, paths: Sequence[Path]) -> None:
        """Take a file that was dropped on the window."""
        if paths and paths[0].is_file():
            self._look(paths[0])

    def choose(self) -> None:
        """Ask for the file."""
        asked = self.session.words.gettext(N_("Choose the sealed file"))
        path = choosers.choose_file(self, asked, "PDF (*.pdf)")
        if path is not None:
            self._look(path)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the pages below where there is no room beside."""
        super().resizeEvent(event)
        beside = stand_beside(self._line, self.width(), self.session.theme.px(_BESIDE))
        self.preview.show_whole(whole=not beside)

    def _look(self, path: Path) -> None:
        """Show the pages and whose signature is missing."""
        session = self.session
        self._path = None
        self.card.show_waiting(None)
        try:
            content = files.read_whole(path, _LIMIT)
            waiting = session.book.countersigning.look(content, path.name, session.now())
        except Fault as fault:
            self._say(fault.say(session.words))
            self.preview.show_text("")
            return
        self._say("")
        self._path = path
        self.preview.show_pdf(content)
        countersigning = session.book.countersigning
        self.card.show_waiting(waiting, partial(countersigning.sign_file, path, seen=content))
        self.card.first_focus().setFocus()

    def _signed(self) -> None:
        path, session = self._path, self.session
        if path is None:
            return
        self.card.show_waiting(None)
        said = session.words.sentence(
            N_("“{name}” was written back with both signatures, read back and found whole."),
            {"name": path.name},
        )
        self._say("", said)
        session.tell(Changes.REPORTS | Changes.MEETINGS)
        session.told.emit(said)
        try:
            self.preview.show_pdf(files.read_whole(path, _LIMIT))
        except Fault as fault:
            self._say(fault.say(session.words), said)
        self.choose_button.setFocus()

    def _say(self, trouble: str, good: str = "") -> None:
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        self.told.setText(good)
        self.told.setVisible(bool(good))
