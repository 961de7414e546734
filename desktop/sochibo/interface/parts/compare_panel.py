"""Comparing a fingerprint face to face: large, in groups, with the two answers below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from sochibo.interface.looks.icons import ActButton
from sochibo.interface.parts.blocks import Card, label
from sochibo.interface.parts.flow import flow
from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Callable

    from sochibo.interface.session import Session

__all__ = ["ComparePanel", "fingerprint_lines"]

_GROUP = 4
_GROUPS_A_LINE = 8


def fingerprint_lines(fingerprint: str) -> str:
    """Return a fingerprint as two people read it to each other: eight groups of four a line."""
    upper = fingerprint.upper()
    parts = [upper[place : place + _GROUP] for place in range(0, len(upper), _GROUP)]
    lines = [parts[place : place + _GROUPS_A_LINE] for place in range(0, len(parts), _GROUPS_A_LINE)]
    return "\n".join("   ".join(line) for line in lines)


class ComparePanel(Card):
    """Hidden until something is to be compared; nothing is done before a person says that it is the same."""

    differed = Signal()

    def __init__(self, session: Session, same: str) -> None:
        super().__init__(session.theme, "note")
        self._agreed: Callable[[], None] | None = None
        say = session.words.gettext
        self.title = label("", "title", wrap=True)
        self.groups = label("", "title", wrap=True)
        self.groups.setAccessibleName(say(N_("Fingerprint to compare")))
        self.hint = label("", "soft", wrap=True)
        self.same = ActButton(session.theme, same, icon="check", kind="primary")
        self.same.clicked.connect(self._agree)
        self.other = ActButton(session.theme, say(N_("It differs: do nothing")), icon="x")
        self.other.clicked.connect(self._differ)
        for part in (self.title, self.hint, self.groups):
            self.body.addWidget(part)
        self.body.addWidget(flow(self.same, self.other))
        self.hide()

    def ask(self, title: str, hint: str, fingerprints: tuple[str, ...], agreed: Callable[[], None]) -> None:
        """Show what is to be compared; `agreed` is done once a person says that every group is the same."""
        self._agreed = agreed
        self.title.setText(title)
        self.hint.setText(hint)
        self.groups.setText("\n\n".join(fingerprint_lines(one) for one in fingerprints))
        self.show()
        self.other.setFocus()

    def _agree(self) -> None:
        agreed, self._agreed = self._agreed, None
        self.hide()
        if agreed is not None:
            agreed()

    def _differ(self) -> None:
        self._agreed = None
        self.hide()
        self.differed.emit()
