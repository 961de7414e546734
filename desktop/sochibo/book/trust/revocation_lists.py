"""Revocation lists of imported roots: where they are to be had, and fetched when a person asks for it."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from sochibo.book.inbox.received_files import LostFile
from sochibo.book.inbox.receiving import kept_file
from sochibo.faults import Fault
from sochibo.messages import N_
from sochibo.storage.records import submissions as rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from sochibo.book.book import Book
    from sochibo.messages import Messages
    from sochibo.storage.engine.database import Database
    from sochibo.storage.records.submissions import KeptSubmission

__all__ = ["FetchedList", "RevocationLists"]

MOST_FILES: Final = 50
"""Received files that are looked into for addresses; those of one authority all name the same."""
WAITING: Final = frozenset({"V21", "V30"})
"""Verdicts that a newer list may change."""


@dataclass(frozen=True, slots=True)
class FetchedList:
    """What came of one address: a list that holds until a day, new or already kept, or what went wrong."""

    address: str
    until: date | None = None
    new: bool = False
    stale: bool = False
    trouble: Fault | None = None

    def say(self, words: Messages) -> str:
        """Say in one sentence what came of it."""
        if self.trouble is not None:
            return self.trouble.say(words)
        said = N_("Nothing newer than the list that is kept, which holds until {day}.")
        if self.new:
            said = N_("A newer list was taken in; it holds until {day}.")
        if self.stale:
            said = N_("The list there ran out on {day}: its authority has made no newer one.")
        return words.sentence(said, {"day": self.until})


class RevocationLists:
    """Judging never asks a network: it uses the lists that lie in the book, however they came there.

    A list is fetched from where certificates say that it lies, and taken only if an imported root signed it.
    """

    def __init__(self, database: Database, book: Book) -> None:
        self._database = database
        self._book = book

    def addresses(self) -> tuple[str, ...]:
        """Return where lists are to be had, as the certificates of imported roots and below them name it.

        Looked into are the roots, whoever is registered with an official certificate, and received files
        that wait for a list.
        """
        from sochibo.sealing.foreign_roots import issued_by, list_addresses

        roots = [root.pem for root in self._book.official_roots.all()]
        if not roots:
            return ()
        below = [pem for pem in self._certificates(roots) if pem and issued_by(pem, roots)]
        return tuple(sorted({address for pem in below for address in list_addresses(pem)}))

    def fetch(self, now: datetime, keep_on: Callable[[], bool] = lambda: True) -> tuple[FetchedList, ...]:
        """Fetch every list and keep those that are newer; safe in a worker thread.

        What fails for one address is told with it and does not stop the others; FetchStopped does.
        """
        from sochibo.sealing.fetching import FetchStopped

        told = []
        for address in self.addresses():
            try:
                told.append(self._fetch(address, now, keep_on))
            except FetchStopped:
                raise
            except Fault as fault:
                told.append(FetchedList(address, trouble=fault))
        return tuple(told)

    def _fetch(self, address: str, now: datetime, keep_on: Callable[[], bool]) -> FetchedList:
        from sochibo.sealing.fetching import AnswerUnusable, Question, fetch
        from sochibo.sealing.foreign_roots import LIMIT, read_list
        from sochibo.sealing.trust import TrustInvalid

        question = Question(address, LIMIT)
        data = fetch(question, keep_on)
        try:
            listed = read_list(data, [root.pem for root in self._book.official_roots.all()], question.host)
        except TrustInvalid as error:
            raise AnswerUnusable(host=question.host) from error
        changes = self._book.official_roots.take_list(data, question.host, now)
        return FetchedList(address, listed.until, new=bool(changes), stale=listed.until < now.date())

    def _certificates(self, roots: list[str]) -> Iterator[str]:
        from sochibo.sealing.signatures import signers_of, stamps_of

        yield from roots
        for signer in rows.signers(self._database):
            yield signer.certificate
        for kept in self._waiting():
            # A file that is no longer whole names no address.
            with contextlib.suppress(LostFile):
                content = kept_file(self._database, kept)
                yield from signers_of(content)
                yield from (pem for _, pem in stamps_of(content))

    def _waiting(self) -> list[KeptSubmission]:
        """Return the newest files whose signer or stamp could not be judged for want of a list."""
        newest = rows.of_period(self._database)
        held = [one for one in newest if WAITING & {one.code, *(found.code for found in one.found)}]
        return held[:MOST_FILES]
