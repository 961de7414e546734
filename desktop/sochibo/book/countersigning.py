"""A second person's signature on a paper that has room for it: the minute-taker's on minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochibo.book.changes import Changes
from sochibo.faults import Refused, red
from sochibo.messages import N_
from sochibo.rules.forms import FORMS
from sochibo.storage import documents as papers

if TYPE_CHECKING:
    from datetime import datetime

    from sochibo.book.book import Book
    from sochibo.sealing.keys import SigningKey
    from sochibo.storage.database import Database

__all__ = ["check_owner", "countersign", "open_roles"]


def check_owner(book: Book, key: SigningKey) -> None:
    """Refuse a key that names another organisation; one that names none signs for whoever holds it."""
    theirs = key.subject.organisation_id
    # Official certificates have a number of another kind here (`CCCD:…`), which says nothing of our books.
    if theirs and ":" not in theirs and theirs != book.organisation().id:
        template = N_("This key was made for “{organisation}”.")
        raise Refused([red("Q93", template, "", organisation=key.subject.organisation)])


def open_roles(database: Database, document_id: str) -> tuple[str, ...]:
    """Return the fields for signatures of a sealed paper that are still empty, in the order of signing."""
    from sochibo.sealing.signatures import signed_fields

    sealed = papers.sealed(database, document_id)
    if sealed is None:
        return ()
    signed = signed_fields(sealed)
    return tuple(role for role in FORMS[papers.get(database, document_id).kind].roles if role not in signed)


def countersign(database: Database, document_id: str, key: SigningKey, now: datetime) -> bytes:
    """Put the next signature on a sealed paper with another person's key; returns the file, which is kept.

    The first signature stays what it is: what follows is appended to the file. Raises Refused where nothing
    is left to sign or the same key signed before, and sealing's faults.
    """
    from sochibo.documents.papers import Paper, assemble
    from sochibo.sealing.seals import seal
    from sochibo.sealing.signatures import signers_of
    from sochibo.sealing.trust import read_certificate

    document, sealed = papers.get(database, document_id), papers.sealed(database, document_id)
    roles = open_roles(database, document_id)
    if sealed is None or not roles:
        raise Refused([red("Q88", N_("This paper has no room for another signature."), "")])
    if key.fingerprint in {read_certificate(pem.encode()).fingerprint for pem in signers_of(sealed)}:
        raise Refused(
            [red("Q89", N_("This key has signed the paper already: another person signs now."), "")]
        )
    paper = assemble(papers.envelope(database, document_id))
    both = seal(Paper(sealed, paper.spaces), key, roles[0], now)
    changes = Changes.REPORTS | Changes.MEETINGS
    fields = {"number": document.number}
    with database.act(N_("Countersigned {number}"), fields, changes=int(changes.value), lasting=True):
        papers.keep_countersigned(database, document_id, roles[0], both, key.subject.person, now)
    return both
