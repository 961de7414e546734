"""Where the address of a time stamp authority is given, once for a book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochibo.faults import Fault
from sochibo.interface.parts.blocks import Card, label
from sochibo.interface.parts.fields import LabelledField, LineField
from sochibo.messages import N_

if TYPE_CHECKING:
    from sochibo.interface.session import Session

__all__ = ["StampCard"]


class StampCard(Card):
    """Empty in most books: a seal is good without a stamp, and a stamp needs the internet."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.theme)
        self._session = session
        say = session.words.gettext
        told = N_(
            "A time stamp proves by when a paper was sealed, whatever the clock of this PC says. It comes "
            "from an authority on the internet, which is asked only when you tick “Get a time stamp” as you "
            "seal."
        )
        hint = N_("As the authority published it, for instance http://tsa.ca.gov.vn. Empty: no stamps.")
        name = say(N_("Address of the time stamp authority"))
        self.address = LineField(name, self._keep)
        self.field = LabelledField(session.theme, name, self.address, say(hint))
        self.body.addWidget(label(say(N_("Time stamps")), "title"))
        self.body.addWidget(label(say(told), "soft", wrap=True))
        self.body.addWidget(self.field)

    def reload(self) -> None:
        """Show the address that is kept."""
        self.address.show_text(self._session.book.stamping.address())
        self.address.setReadOnly(self._session.book.read_only)

    def _keep(self, address: str) -> None:
        """Keep what was typed, or say beside the field why it cannot be an address."""
        try:
            changes = self._session.book.stamping.set_address(address)
        except Fault as fault:
            self.field.show_trouble(fault.say(self._session.words))
            return
        self.field.show_trouble("")
        self._session.tell(changes, self)
