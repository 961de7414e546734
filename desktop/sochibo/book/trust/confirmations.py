"""The authority's word for the key that seals for a committee, which a trust package carries.

Whoever gets a first package compares the fingerprint of the authority alone. Its certificate travels in every
sealed paper, so a stranger could put a list of his own beside a copy of it. So the authority says, by a
certificate, whose key may seal the package; whatever else stands there is then held by that seal.
"""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Final

from sochibo.book.trust import keyring
from sochibo.faults import Fault
from sochibo.messages import N_
from sochibo.storage.engine import preferences
from sochibo.storage.records import keys as kept_keys
from sochibo.storage.records.keys import Purpose

if TYPE_CHECKING:
    from datetime import datetime

    from sochibo.sealing.keys import SigningKey
    from sochibo.storage.engine.database import Database

__all__ = ["Unconfirmed", "confirm", "confirmation_of"]

CONFIRMED: Final = "confirmed:"
"""The preferences that hold what the authority said (PEM), by the digest of the key that it said it of."""


class Unconfirmed(Fault):
    """The committee's authority has not said yet that the key in use seals for the committee."""

    code = "S38"
    sentence = N_("The authority has not confirmed yet that {person} seals for this committee.")
    advice = N_(
        "Type the passphrase of the authority and choose “Make the list of revoked ones anew”, which "
        "confirms it too; then write the trust package."
    )


def confirm(database: Database, authority: SigningKey, now: datetime) -> str:
    """Let an opened authority confirm the committee's key in use; returns what it said, empty without a key.

    Whatever the authority is opened for brings this along, so nobody types its passphrase for this alone.
    What it said once is good as long as it outlasts the revocation list that travels with it.
    """
    from sochibo.sealing.confirming import confirm
    from sochibo.sealing.trust import LIST_DAYS, read_certificate

    if kept_keys.newest(database, Purpose.SIGNER) is None:
        return ""
    name = CONFIRMED + keyring.digest_in_use(database)
    said = preferences.get(database, name)
    outlasts = now.astimezone(UTC) + timedelta(days=LIST_DAYS)
    if said and read_certificate(said.encode()).not_after > outlasts:
        return said
    said = confirm(authority, keyring.certificate_in_use(database), now)
    if not database.read_only:
        preferences.put(database, name, said)
    return said


def confirmation_of(database: Database, passphrase: str, now: datetime) -> str:
    """Return what the authority said of the key in use, which this passphrase opened; raises Unconfirmed.

    Where it said nothing yet it is asked now, if it happens to have the same passphrase.
    """
    from sochibo.sealing.keys import WrongKeyPassphrase
    from sochibo.sealing.trust import read_certificate

    said = preferences.get(database, CONFIRMED + keyring.digest_in_use(database))
    if said and read_certificate(said.encode()).not_after > now:
        return said
    try:
        return confirm(database, keyring.open_kept(database, Purpose.AUTHORITY, passphrase), now)
    except WrongKeyPassphrase as error:
        raise Unconfirmed(person=keyring.newest(database, Purpose.SIGNER).person) from error
