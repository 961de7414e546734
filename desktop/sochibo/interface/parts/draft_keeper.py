"""DraftKeeper: a form that is recorded whole is in the book within a second all the same, as a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from sochibo.book.changes import Changes
from sochibo.faults import Fault
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.parts.blocks import label, row
from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sochibo.book.drafts import TypedDraft
    from sochibo.interface.session import Session

__all__ = ["DraftKeeper", "keep_draft", "say_draft"]

_WITHIN_MS: Final = 700


def keep_draft(session: Session, place: str, values: Mapping[str, str]) -> None:
    """Keep what is typed; a disk that takes nothing is told, and the text stays in its field."""
    try:
        session.book.drafts.keep(place, values)
    except Fault as fault:
        session.complain(fault)
        return
    # No page shows a draft, but the one file must hold it once the person rests.
    session.tell(Changes.NONE)


def say_draft(session: Session, draft: TypedDraft) -> str:
    """Say when a draft was typed: `Bản đang gõ dở lúc 09:41`; with its day where that is not today."""
    words, at = session.words, draft.at.astimezone()
    if at.date() == session.now().date():
        return words.sentence(N_("Typed at {time} and not recorded yet"), {"time": f"{at:%H:%M}"})
    return words.sentence(N_("Typed on {moment} and not recorded yet"), {"moment": at})


class DraftKeeper(QWidget):
    """A note over the form that says what was brought back; hidden while there is nothing to say."""

    def __init__(
        self, session: Session, read: Callable[[], dict[str, str]], show: Callable[[Mapping[str, str]], None]
    ) -> None:
        """`read` returns the texts of the form as typed, `show` puts them back."""
        super().__init__()
        self.session = session
        self.place = ""
        self._read = read
        self._show = show
        self._first: dict[str, str] = {}
        self._said = label("", "advice", wrap=True)
        self.drop = ActButton(session.theme, session.words.gettext(N_("Throw it away")), kind="link")
        self.drop.clicked.connect(self.throw_away)
        line = row(self._said, self.drop)
        line.setStretch(0, 1)
        self.setLayout(line)
        self._soon = QTimer(self, singleShot=True, interval=_WITHIN_MS)
        self._soon.timeout.connect(self.flush)
        self.hide()

    def begin(self, place: str) -> None:
        """Watch a form that was just opened, and bring back what was typed there and not recorded."""
        self._soon.stop()
        self.place, self._first = place, self._read()
        draft = self.session.book.drafts.of(place)
        if draft is not None:
            self._show(draft.values)
            self._said.setText(say_draft(self.session, draft))
        self.setVisible(draft is not None)

    def touch(self) -> None:
        """Hear that something was typed: it is kept within the second, also in the midst of typing."""
        if self.place and not self._soon.isActive():
            self._soon.start()

    def flush(self) -> None:
        """Keep what is typed now; what is as it was at first is no draft."""
        self._soon.stop()
        if self.place:
            typed = self._read()
            keep_draft(self.session, self.place, {} if typed == self._first else typed)

    def leave(self) -> None:
        """Keep what is typed, and watch no longer: the form is put away."""
        self.flush()
        self.place = ""
        self.hide()

    def end(self) -> None:
        """Forget the draft: its form was recorded."""
        self._soon.stop()
        place, self.place = self.place, ""
        if place:
            keep_draft(self.session, place, {})
        self.hide()

    def throw_away(self) -> None:
        """Put the form back as it was when it was opened."""
        self._soon.stop()
        self._show(self._first)
        keep_draft(self.session, self.place, {})
        self.hide()
