"""The wish for a time stamp on the seal that is about to be made: offered, never kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.interface.parts.blocks import label
from sochibo.interface.parts.fields import TickField
from sochibo.messages import N_

if TYPE_CHECKING:
    from sochibo.book.papers.stamping import StampSource
    from sochibo.faults import Fault
    from sochibo.interface.session import Session

__all__ = ["StampTick"]


class StampTick(QWidget):
    """Not there unless the book knows an authority; without a tick in this very sealing nobody is asked."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.tick = TickField(session.theme, session.words.gettext(N_("Get a time stamp")), lambda _on: None)
        self._hint = label("", "hint", wrap=True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(session.theme.px(2))
        inside.addWidget(self.tick)
        inside.addWidget(self._hint)

    def offer(self, *, sealing: bool) -> None:
        """Show it where something is to be sealed and the book knows whom to ask."""
        words, stamping = self._session.words, self._session.book.stamping
        host = stamping.host() if sealing else ""
        self.setVisible(bool(host))
        said = N_("Asks {host} over the internet. Only the digest of the seal is sent, nothing of the paper.")
        self._hint.setText(words.sentence(said, {"host": host}))

    def forget(self) -> None:
        """Take the tick away: the next seal is asked for anew."""
        self.tick.show_value(value=False)

    def source(self) -> StampSource | None:
        """Return what sealing is to ask, None without a tick; a person can stop the waiting in the strip."""
        session = self._session
        if not self.tick.isChecked() or self.isHidden():
            return None
        return session.book.stamping.source(lambda: session.progress(0, 0))

    def failed(self, fault: Fault) -> bool:
        """Tell whether a seal was not made because of its stamp, so that one without is offered."""
        return self.tick.isChecked() and self._session.book.stamping.concerns(fault)
