"""What a book knows of signers and their days, as screens show it and as the page of today reminds of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochibo.book.due import Due, DueLine, urgency
from sochibo.messages import N_
from sochibo.rules.units.organisations import BookKind
from sochibo.rules.units.signers import WARNING, SignerLine, SignerState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sochibo.book.book import Book

__all__ = ["given_lines", "register_lines", "trust_due_lines"]


def register_lines(book: Book) -> tuple[SignerLine, ...]:
    """Return the committee's register, unit by unit, the newest signer first.

    Light enough for the page of today: it loads no library that seals.
    """
    from sochibo.sealing.validity import last_day

    names = {unit.id: unit.name for unit in book.inbox.units()}
    lines = [
        SignerLine(
            unit_id=one.unit_id,
            unit=names.get(one.unit_id, ""),
            person=one.person,
            fingerprint=one.fingerprint,
            valid_from=one.valid_from,
            valid_to=one.valid_to,
            not_after=last_day(one.certificate),
            revoked_since=one.revoked_since,
            revoked_because=one.revoked_because,
        )
        for one in book.authority.signers()
    ]
    return tuple(sorted(lines, key=lambda line: (line.unit, line.unit_id, -line.valid_from.toordinal())))


def given_lines(book: Book) -> tuple[SignerLine, ...]:
    """Return the signers of the package that the book was given, in its order."""
    given = book.trust.given()
    if given is None:
        return ()
    return tuple(
        SignerLine(
            unit_id=one.organisation_id,
            unit=one.organisation,
            person=one.person,
            fingerprint=one.fingerprint,
            valid_from=one.valid_from,
            valid_to=one.valid_to,
        )
        for one in given.trust.signers
    )


def trust_due_lines(book: Book, today: date) -> Iterator[DueLine]:
    """Say in time what runs out, and whose key nobody above knows yet.

    What a cell seals before it is enrolled waits at its committee for ever: a seal cannot be put on anew.
    """
    key = book.reports.key()
    if key is not None and key.not_after < today + WARNING:
        what, why = (
            N_("Renew the key of {person}"),
            N_("It seals until {day}; the new certificate comes by hand."),
        )
        fields: dict[str, object] = {"person": key.person, "day": key.not_after}
        yield DueLine(urgency(key.not_after, today), what, why, key.not_after, "key", fields)
    if book.organisation().kind is not BookKind.COMMITTEE:
        if key is not None and not key.issued:
            what = N_("Enrol the key of {person} with the committee")
            why = N_("Until then the committee does not know whose seal it is.")
            yield DueLine(Due.SOON, what, why, None, "key", {"person": key.person})
        return
    until = book.authority.listed_until()
    if until is not None and until < today + WARNING:
        what = N_("Make the list of revoked certificates anew")
        why = N_("After {day} no seal is accepted by the old one.")
        yield DueLine(urgency(until, today), what, why, until, "trust", {"day": until})
    for line in register_lines(book):
        if line.not_after and line.state(today) in {SignerState.ENDS_SOON, SignerState.EXPIRED}:
            what = N_("Renew the certificate of {person}, {unit}")
            why = N_("After {day} nobody seals for this unit.")
            fields = {"person": line.person, "unit": line.unit, "day": line.not_after}
            due = Due.SOON if line.not_after > today else Due.OVERDUE
            yield DueLine(due, what, why, line.not_after, "trust", fields)
