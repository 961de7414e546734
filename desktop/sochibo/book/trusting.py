"""Whom a book trusts: a committee by its own register, a cell by the package that its committee gave it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochibo.book.changes import Changes
from sochibo.faults import Fault
from sochibo.messages import N_
from sochibo.rules.organisations import BookKind
from sochibo.storage import trust_packages

if TYPE_CHECKING:
    from datetime import datetime

    from sochibo.book.book import Book
    from sochibo.sealing.trust import Trust
    from sochibo.storage.database import Database

__all__ = ["OlderTrust", "Trusting"]


class OlderTrust(Fault):
    """A trust file that an earlier one has overtaken: it may hide who was revoked since."""

    code = "S22"
    sentence = N_("“{name}” has the number {number}, but this book already has number {known}.")
    advice = N_("Ask the committee for its newest trust file. Nothing was changed.")


class Trusting:
    """The trust in force: what judging a signer needs."""

    def __init__(self, database: Database, book: Book) -> None:
        self._database = database
        self._book = book

    def current(self) -> Trust | None:
        """Return whom the book trusts today; None where it has neither a register nor a package."""
        from sochibo.sealing.trust import read_trust

        if self._book.organisation().kind is BookKind.COMMITTEE:
            own = self._book.authority.trust()
            if own is not None:
                return own
        content = trust_packages.newest(self._database)
        return None if content is None else read_trust(content, "")

    def number(self) -> int:
        """Return the number of the package that the book was given, 0 if none was."""
        return trust_packages.newest_number(self._database)

    def take(self, data: bytes, name: str, now: datetime) -> Changes:
        """Keep a trust file; the same number again changes nothing.

        Raises TrustInvalid, or OlderTrust where a newer one was taken before.
        """
        from sochibo.sealing.trust import read_trust

        trust = read_trust(data, name)
        known = self.number()
        if trust.number < known:
            raise OlderTrust(name=name, number=trust.number, known=known)
        if trust.number == known:
            return Changes.NONE
        fields = {"number": trust.number}
        with self._database.act(
            N_("Took in the trust file number {number}"),
            fields,
            changes=int(Changes.REPORTS.value),
            lasting=True,
        ):
            trust_packages.add(self._database, data, trust.number, trust.issued_at, now)
        return Changes.REPORTS
