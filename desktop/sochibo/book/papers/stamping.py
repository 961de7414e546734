"""Time stamps on seals of this book: whose, and that nobody is asked for one unless a person wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.book.changes import Changes
from sochibo.faults import Fault, Refused, red
from sochibo.messages import N_
from sochibo.sealing.fetching import FetchFailed, StampSource, check_address
from sochibo.storage.engine import preferences

if TYPE_CHECKING:
    from collections.abc import Callable

    from sochibo.storage.engine.database import Database

__all__ = ["StampSource", "Stamping"]

ADDRESS: Final = "time_stamp_address"


class Stamping:
    """The book knows an address at most; that it is asked is wished anew at every sealing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def address(self) -> str:
        """Return the address of the time stamp authority, empty where none was given."""
        return preferences.get(self._database, ADDRESS)

    def host(self) -> str:
        """Return the machine that would be asked, as it is said to people; empty without an address."""
        address = self.address()
        return check_address(address) if address else ""

    def set_address(self, address: str) -> Changes:
        """Keep another address, or none; raises AddressUnusable. Nobody is asked for that."""
        wanted = address.strip()
        if wanted == self.address():
            return Changes.NONE
        if wanted:
            check_address(wanted)
        preferences.put(self._database, ADDRESS, wanted)
        return Changes.REPORTS

    def source(self, keep_on: Callable[[], bool] = lambda: True, address: str = "") -> StampSource:
        """Return what sealing asks for a stamp: the book's authority unless another address is given.

        Raises Refused where there is no address (Q84).
        """
        wanted = address or self.address()
        if not wanted:
            text = N_("This book knows no time stamp authority.")
            raise Refused([red("Q84", text, "time_stamp")])
        check_address(wanted)
        return StampSource(wanted, keep_on)

    def concerns(self, fault: Fault) -> bool:
        """Tell whether sealing failed for want of a stamp alone: without one it can be tried again."""
        from sochibo.sealing.seals import ClockWrong

        return isinstance(fault, FetchFailed | ClockWrong)
