"""Keys kept in a book: taken in, opened, and asked for a passphrase that is worth its name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sochibo.book.changes import Changes
from sochibo.faults import Fault, Finding, Refused, Severity
from sochibo.messages import N_
from sochibo.storage import keys as rows
from sochibo.storage import preferences, submissions
from sochibo.storage.keys import KeptKey, Purpose

if TYPE_CHECKING:
    from datetime import datetime

    from sochibo.sealing.keys import SigningKey
    from sochibo.storage.database import Database

__all__ = [
    "NoAuthority", "NoKey", "check_passphrase", "keep", "newest", "open_kept", "own_certificates", "renew",
]  # fmt: skip

LEAST_SIGNS: Final = 6
OWN_CERTIFICATE: Final = "own_certificate:"
"""The preferences that hold the certificates (PEM) of this book's own signers, by fingerprint."""
LASTING = int((Changes.REPORTS | Changes.INBOX).value)


class NoKey(Fault):
    """The book holds no key yet."""

    code = "S20"
    sentence = N_("This book holds no key for sealing yet.")
    advice = N_("Make a key first, or take one from a file.")


class NoAuthority(Fault):
    """The committee's book holds no authority yet."""

    code = "S21"
    sentence = N_("This committee cannot enrol cells yet.")
    advice = N_("Set up enrolment first; it is done once.")


def check_passphrase(passphrase: str) -> None:
    """Refuse a passphrase that is too short to lock anything."""
    if len(passphrase.strip()) < LEAST_SIGNS:
        template = N_("A passphrase needs at least {least} signs.")
        raise Refused([Finding("Q96", Severity.RED, template, {"least": LEAST_SIGNS}, "passphrase")])


def newest(database: Database, purpose: Purpose) -> KeptKey:
    """Return the key in use; raises NoKey or NoAuthority."""
    kept = rows.newest(database, purpose)
    if kept is None:
        raise NoKey if purpose is Purpose.SIGNER else NoAuthority
    return kept


def open_kept(database: Database, purpose: Purpose, passphrase: str) -> SigningKey:
    """Open the key in use; raises NoKey, NoAuthority or WrongKeyPassphrase."""
    from sochibo.sealing.keys import open_key

    return open_key(newest(database, purpose).pkcs12, passphrase)


def keep(database: Database, key: SigningKey, purpose: Purpose, now: datetime) -> None:
    """Keep a key, which is then the one in use; outside undo, since a key that was used cannot be unmade."""
    kept = _kept(key, purpose)
    fields = {"person": kept.person}
    with database.act(N_("Kept the key of {person}"), fields, changes=LASTING, lasting=True):
        rows.add(database, kept, now)
        if purpose is Purpose.SIGNER:
            _vouch(database, key)


def renew(database: Database, key: SigningKey) -> None:
    """Write the signing key in use anew, with the certificate that was issued for it."""
    kept = _kept(key, Purpose.SIGNER, newest(database, Purpose.SIGNER).id)
    fields = {"person": kept.person}
    template = N_("Took in the certificate of {person}")
    with database.act(template, fields, changes=LASTING, lasting=True):
        rows.replace(database, kept)
        _vouch(database, key)


def own_certificates(database: Database) -> tuple[str, ...]:
    """Return the certificates (PEM) of all who ever sealed for this book, readable without a passphrase."""
    return tuple(preferences.named(database, OWN_CERTIFICATE).values())


def _vouch(database: Database, key: SigningKey) -> None:
    """Keep a signer's certificate; a committee's trust then holds more than before, so its number grows."""
    from sochibo.sealing.trust import root_of

    name = OWN_CERTIFICATE + key.fingerprint
    if preferences.get(database, name):
        return
    preferences.put_first(database, name, root_of(key))
    state = submissions.trust(database)
    if state is not None:
        submissions.put_trust(database, replace(state, number=state.number + 1))


def _kept(key: SigningKey, purpose: Purpose, row_id: str = "") -> KeptKey:
    return KeptKey(
        id=row_id,
        purpose=purpose,
        person=key.subject.person,
        fingerprint=key.fingerprint,
        not_after=key.not_after.date(),
        issued=key.issued,
        pkcs12=key.pkcs12,
    )
