"""Whom a book trusts: a committee by its own register, a cell by the package that its committee gave it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sochibo.book.changes import Changes
from sochibo.faults import Fault
from sochibo.messages import N_
from sochibo.rules.units.organisations import BookKind
from sochibo.storage.records import trust_packages

if TYPE_CHECKING:
    from datetime import datetime

    from sochibo.book.book import Book
    from sochibo.book.trust.trust_papers import Package
    from sochibo.sealing.trust import Trust
    from sochibo.storage.engine.database import Database

__all__ = ["OlderTrust", "Trusting", "UnknownAuthority"]


class OlderTrust(Fault):
    """A trust file that an earlier one has overtaken: it may hide who was revoked since."""

    code = "S22"
    sentence = N_("“{name}” has the number {number}, but this book already has number {known}.")
    advice = N_("Ask the committee for its newest trust file. Nothing was changed.")


class UnknownAuthority(Fault):
    """A trust file that no committee sealed which the book trusts already."""

    code = "S23"
    sentence = N_("“{name}” is vouched for by nobody whom this book trusts already.")
    advice = N_(
        "Take it in under “Keys that are trusted” in the settings, where its fingerprint is compared with "
        "the committee, face to face. Nothing was changed."
    )


class Trusting:
    """The trust in force: what judging a signer needs."""

    def __init__(self, database: Database, book: Book) -> None:
        self._database = database
        self._book = book

    def current(self) -> Trust | None:
        """Return whom the book trusts today; None where it has neither a register nor a package.

        A committee trusts its own register and also whom the level above named, whose slips it receives.
        """
        from sochibo.book.trust.trust_papers import kept_trust

        own = None
        if self._book.organisation().kind is BookKind.COMMITTEE:
            own = self._book.authority.trust()
        content = trust_packages.newest(self._database)
        given = None if content is None else kept_trust(content)
        if own is None or given is None:
            return own or given
        return replace(
            own,
            roots=(*own.roots, *(root for root in given.roots if root not in own.roots)),
            revocation_lists=(*own.revocation_lists, *given.revocation_lists),
            signers=(*own.signers, *given.signers),
        )

    def given(self) -> Package | None:
        """Return the package in force that the book was given, None if none was."""
        from sochibo.book.trust.trust_papers import kept_package

        content = trust_packages.newest(self._database)
        return None if content is None else kept_package(content)

    def number(self) -> int:
        """Return the number of the package that the book was given, 0 if none was."""
        return trust_packages.newest_number(self._database)

    def look(self, data: bytes, name: str, now: datetime) -> Package:
        """Read a trust package (a sealed paper, or JSON) before it is taken; raises TrustInvalid."""
        from sochibo.book.trust.trust_papers import read_package

        return read_package(data, name, self.current(), now)

    def is_known(self, package: Package) -> bool:
        """Tell whether a package may be taken without comparing: a committee that is trusted sealed it.

        The first package of a book is known to nobody, so its fingerprint is compared. That its roots are
        known says nothing: they are no secret, and anybody could name signers of his own beside them.
        """
        return package.vouched and self.given() is not None

    def take(self, data: bytes, name: str, now: datetime, *, compared: bool = False) -> Changes:
        """Keep a trust package; the same number again changes nothing.

        Raises TrustInvalid, OlderTrust where a newer one was taken before, or UnknownAuthority where it is
        not known, unless a person `compared` the fingerprint.
        """
        package = self.look(data, name, now)
        trust, known = package.trust, self.number()
        if trust.number < known:
            raise OlderTrust(name=name, number=trust.number, known=known)
        if trust.number == known:
            return Changes.NONE
        if not compared and not self.is_known(package):
            raise UnknownAuthority(name=name)
        fields = {"number": trust.number}
        with self._database.act(
            N_("Took in the trust file number {number}"),
            fields,
            changes=int(Changes.REPORTS.value),
            lasting=True,
        ):
            trust_packages.add(self._database, data, trust.number, trust.issued_at, now)
        return Changes.REPORTS
