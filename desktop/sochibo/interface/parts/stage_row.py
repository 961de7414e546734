"""The way of a paper in five words, with what is done and what is next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from sochibo.book.papers.reports import DocumentState
from sochibo.interface.looks.icons import Glyph
from sochibo.interface.looks.palette import Tone
from sochibo.interface.parts.blocks import label
from sochibo.interface.parts.flow import FlowLayout
from sochibo.messages import N_

if TYPE_CHECKING:
    from sochibo.interface.session import Session

__all__ = ["StageRow"]

_STAGES: Final = (N_("1 Check"), N_("2 Issue"), N_("3 Seal"), N_("4 Send"), N_("5 Receipt"))
_DONE: Final = {
    DocumentState.ISSUED: 2,
    DocumentState.SEALED: 3,
    DocumentState.SENT: 4,
    DocumentState.RETURNED: 4,
    DocumentState.RECEIVED: 5,
}


class StageRow(QWidget):
    """Five stages in a line that breaks where room is short; four where nobody answers by a slip."""

    def __init__(self, session: Session, *, answered: bool = True) -> None:
        super().__init__()
        self._stages = _STAGES if answered else _STAGES[:-1]
        self._session = session
        self._line = FlowLayout(session.theme.px(14))
        self.setLayout(self._line)
        self.done = -1
        self._parts: list[QWidget] = []

    def show_stage(self, state: DocumentState | None, *, ready: bool) -> None:
        """Show how far a paper is: no state yet, and whether it is ready to be issued."""
        done = _DONE[state] if state else int(ready)
        returned = state is DocumentState.RETURNED
        if (done, returned) == (self.done, self.property("returned")):
            return
        self.done = done
        self.setProperty("returned", returned)
        for part in self._parts:
            part.hide()
            part.deleteLater()
        while self._line.count():
            self._line.takeAt(0)
        self._parts = [self._stage(number, returned=returned) for number in range(len(self._stages))]
        for part in self._parts:
            self._line.addWidget(part)
        say = self._session.words.gettext
        reached = N_("5 Returned") if returned else self._stages[min(done, len(self._stages) - 1)]
        self.setAccessibleName(say(reached))

    def _stage(self, number: int, *, returned: bool) -> QWidget:
        theme, say = self._session.theme, self._session.words.gettext
        wrong = returned and number == len(_STAGES) - 1
        if number < self.done:
            icon, tone, kind = "check", Tone.GOOD, "plain"
        elif wrong:
            icon, tone, kind = "undo-2", Tone.WRONG, "wrong"
        elif number == self.done:
            icon, tone, kind = "chevron-right", Tone.ACCENT, "strong"
        else:
            icon, tone, kind = "circle", Tone.PLAIN, "soft"
        part = QWidget()
        inside = QHBoxLayout(part)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.px(5))
        inside.addWidget(Glyph(theme, icon, tone))
        inside.addWidget(label(say(N_("5 Returned") if wrong else _STAGES[number]), kind))
        return part
