"""Imported roots: whether each is trusted, its list of revoked ones, and newer lists when a person asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from sochibo.book.changes import Changes
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.parts.blocks import Card, label, row
from sochibo.interface.parts.flow import flow
from sochibo.messages import N_

if TYPE_CHECKING:
    from sochibo.book.trust.official_roots import OfficialRoot
    from sochibo.book.trust.revocation_lists import FetchedList
    from sochibo.faults import Fault
    from sochibo.interface.session import Session

__all__ = ["RootLists"]


class RootLists(Card):
    """Nobody below an imported root is believed without a fresh list of it, however that came here."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.theme)
        self._session = session
        say = session.words.gettext
        hint = N_(
            "Without a fresh list a seal from this authority waits in the inbox. A list is taken from where "
            "the certificates say that it lies; nobody else is asked, and nothing is sent. When a root is no "
            "longer trusted, what is signed by it from then on waits in the inbox; what was received keeps "
            "its verdict."
        )
        self._shown: list[QWidget] = []
        self._lines = QWidget()
        self._inside = QVBoxLayout(self._lines)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(session.theme.px(4))
        self.fetch_button = ActButton(
            session.theme, say(N_("Fetch the lists from the internet")), icon="download", kind="second"
        )
        self.fetch_button.clicked.connect(self.fetch)
        self.told = label("", "plain", wrap=True)
        self.body.addWidget(label(say(N_("Official roots and their lists of revoked certificates")), "title"))
        for part in (self._lines, flow(self.fetch_button), self.told, label(say(hint), "hint", wrap=True)):
            self.body.addWidget(part)
        self.told.hide()

    def reload(self) -> None:
        """Show each root with the day until which its list holds; hidden where none was imported."""
        roots = self._session.book.official_roots.ever()
        self.setVisible(bool(roots))
        self.fetch_button.setVisible(any(one.ended_on is None for one in roots))
        self.fetch_button.setEnabled(not self._session.book.read_only)
        for old in self._shown:
            self._inside.removeWidget(old)
            old.deleteLater()
        self._shown = [self._line(root) for root in roots]
        for line in self._shown:
            self._inside.addWidget(line)

    def fetch(self) -> None:
        """Fetch off the GUI thread; a person can stop it in the strip."""
        session = self._session
        lists, now = session.book.revocation_lists, session.now()
        self.fetch_button.setEnabled(False)
        self.told.hide()
        session.work(
            lambda: lists.fetch(now, lambda: session.progress(0, 0)),
            self._tell,
            session.words.gettext(N_("Fetching the lists …")),
            self._fail,
        )

    def distrust(self, root: OfficialRoot) -> None:
        """Trust a root no longer, and say what follows and how it is taken back."""
        session = self._session
        now = session.now()
        said = N_(
            "“{name}” is no longer trusted. Hand out the trust package anew. “Trust again” takes this back."
        )
        if session.run(lambda book: book.official_roots.distrust(root.fingerprint, now), self):
            self._say_and_reload(session.words.sentence(said, {"name": root.name}))

    def trust_again(self, root: OfficialRoot) -> None:
        """Trust a root again that was compared when it was imported."""
        session = self._session
        now = session.now()
        said = N_("“{name}” is trusted again. Hand out the trust package anew.")
        if session.run(lambda book: book.official_roots.trust_again(root.fingerprint, now), self):
            self._say_and_reload(session.words.sentence(said, {"name": root.name}))

    def _say_and_reload(self, said: str) -> None:
        self.reload()
        self.told.setText(said)
        self.told.show()

    def _line(self, root: OfficialRoot) -> QWidget:
        """Return what is known of a root, and beside it what can be done."""
        theme, say = self._session.theme, self._session.words.gettext
        if root.ended_on is None:
            button = ActButton(theme, say(N_("Trust it no longer")), icon="x", kind="link")
            button.clicked.connect(lambda: self.distrust(root))
        else:
            button = ActButton(theme, say(N_("Trust again")), icon="undo-2", kind="link")
            button.clicked.connect(lambda: self.trust_again(root))
        button.setAccessibleName(f"{button.text()}: {root.name}")
        button.setEnabled(not self._session.book.read_only)
        line = QWidget()
        inside = row(self._state(root), button)
        inside.setStretch(0, 1)
        line.setLayout(inside)
        return line

    def _state(self, root: OfficialRoot) -> QWidget:
        words, until = self._session.words, root.listed_until
        fields: dict[str, object] = {"name": root.name, "day": until}
        if root.ended_on is not None:
            fields["day"] = root.ended_on
            return label(words.sentence(N_("{name}: not trusted since {day}"), fields), "soft", wrap=True)
        if until is None:
            return label(words.sentence(N_("{name}: no list yet"), fields), "advice", wrap=True)
        if until < self._session.today():
            return label(words.sentence(N_("{name}: the list ran out on {day}"), fields), "advice", wrap=True)
        return label(words.sentence(N_("{name}: the list holds until {day}"), fields), "plain", wrap=True)

    def _tell(self, fetched: tuple[FetchedList, ...]) -> None:
        words = self._session.words
        lines = [f"{one.address}: {one.say(words)}" for one in fetched]
        none = words.gettext(N_("No certificate here says where a list lies. Import the list as a file."))
        if isValid(self):
            self._end("\n".join(lines) or none)
        self._session.tell(Changes.INBOX if any(one.new for one in fetched) else Changes.NONE)

    def _fail(self, fault: Fault) -> None:
        if isValid(self):
            self._end(fault.say(self._session.words))
        else:
            self._session.complain(fault)

    def _end(self, told: str) -> None:
        self.fetch_button.setEnabled(True)
        self.told.setText(told)
        self.told.show()
