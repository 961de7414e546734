"""Keys kept in a book: taken in, opened, and asked for a passphrase that is worth its name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from sochibo.book.changes import Changes
from sochibo.faults import Fault, Finding, Refused, Severity
from sochibo.messages import N_
from sochibo.sealing.keys import TokenReference
from sochibo.storage.engine import preferences
from sochibo.storage.records import keys as rows
from sochibo.storage.records import signature_pictures, submissions
from sochibo.storage.records.keys import KeptKey, Purpose

if TYPE_CHECKING:
    from datetime import date, datetime

    from sochibo.sealing.keys import SigningKey
    from sochibo.storage.engine.database import Database

__all__ = [
    "KeptToken", "NoAuthority", "NoKey", "certificate_in_use", "check_passphrase", "digest_in_use", "keep",
    "newest", "open_kept", "own_signers", "renew", "token_of", "with_picture",
]  # fmt: skip

LEAST_SIGNS: Final = 6
OWN_CERTIFICATE: Final = "own_certificate:"
"""The preferences that hold the certificates (PEM) of this book's own signers, by fingerprint."""
TOKEN: Final = "token:"  # noqa: S105 - the name of a place, no secret
"""The preferences that say where the keys on tokens lie, with their certificates (PEM), by fingerprint.

A token cannot always be given the certificate that a committee issued for its key, so it is kept here.
"""
LASTING = int((Changes.REPORTS | Changes.INBOX).value)


@dataclass(frozen=True, slots=True)
class KeptToken:
    """A key on a token, as the book knows it: where it lies, its certificate and those above it (PEM)."""

    reference: TokenReference
    chain: str


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
    """Open the key in use, of a token by its PIN; raises NoKey, NoAuthority or WrongKeyPassphrase.

    A signer's key comes with the picture of the signature, where one is kept.
    """
    from sochibo.sealing.keys import open_key

    kept = newest(database, purpose)
    on_token = token_of(database, kept.fingerprint)
    if on_token is not None:
        from sochibo.sealing.token_keys import open_token

        return with_picture(database, open_token(on_token.reference, on_token.chain, passphrase))
    key = open_key(kept.pkcs12, passphrase)
    return with_picture(database, key) if purpose is Purpose.SIGNER else key


def with_picture(database: Database, key: SigningKey) -> SigningKey:
    """Return a key with the picture of its owner's signature, where the book keeps one for it."""
    from sochibo.sealing.certificates import key_digest

    return replace(key, picture=signature_pictures.get(database, key_digest(key.unlocked[1])))


def digest_in_use(database: Database) -> str:
    """Return the digest of the public key of the signer in use, by which a picture is kept; raises NoKey."""
    from cryptography import x509

    from sochibo.sealing.certificates import key_digest

    return key_digest(x509.load_pem_x509_certificate(certificate_in_use(database).encode()))


def token_of(database: Database, fingerprint: str) -> KeptToken | None:
    """Return where a key lies that is on a token, None for one kept in the book."""
    text = preferences.get(database, TOKEN + fingerprint)
    if not text:
        return None
    from sochibo.documents import decoding

    reference, chain = decoding.decode(text, tuple[TokenReference, str])
    return KeptToken(reference, chain)


def keep(database: Database, key: SigningKey, purpose: Purpose, now: datetime) -> None:
    """Keep a key, which is then the one in use; outside undo, since a key that was used cannot be unmade."""
    kept = _kept(key, purpose)
    fields = {"person": kept.person}
    with database.act(N_("Kept the key of {person}"), fields, changes=LASTING, lasting=True):
        rows.add(database, kept, now)
        _note_token(database, key)
        if purpose is Purpose.SIGNER:
            _vouch(database, key)


def renew(database: Database, key: SigningKey) -> None:
    """Write the signing key in use anew, with the certificate that was issued for it."""
    kept = _kept(key, Purpose.SIGNER, newest(database, Purpose.SIGNER).id)
    fields = {"person": kept.person}
    template = N_("Took in the certificate of {person}")
    with database.act(template, fields, changes=LASTING, lasting=True):
        rows.replace(database, kept)
        _note_token(database, key)
        _vouch(database, key)


def certificate_in_use(database: Database) -> str:
    """Return the certificate (PEM) of the signing key in use, without its passphrase; raises NoKey."""
    return preferences.get(database, OWN_CERTIFICATE + newest(database, Purpose.SIGNER).fingerprint)


def own_signers(database: Database) -> dict[str, date | None]:
    """Return the certificates (PEM) of all who ever sealed for this book, readable without a passphrase.

    With each the last day on which it seals: the one on which another key took its place, None for the key in
    use. Whoever leaves may keep the token.
    """
    from cryptography import x509

    from sochibo.sealing.certificates import key_digest
    from sochibo.sealing.signatures import VIETNAM

    own = preferences.named(database, OWN_CERTIFICATE)
    digests = {
        print_: key_digest(x509.load_pem_x509_certificate(pem.encode())) for print_, pem in own.items()
    }
    kept = [(digests.get(print_), at) for print_, at in rows.kept_since(database, Purpose.SIGNER)]
    ended = {before: at.astimezone(VIETNAM).date() for (before, _), (_, at) in pairwise(kept)}
    if kept:
        # It may have been in use before, too.
        ended.pop(kept[-1][0], None)
    return {pem: ended.get(digests[print_]) for print_, pem in own.items()}


def _note_token(database: Database, key: SigningKey) -> None:
    if key.token is None or preferences.get(database, TOKEN + key.fingerprint):
        return
    import msgspec

    from sochibo.sealing.trust import chain_of

    text = msgspec.json.encode((key.token, chain_of(key))).decode()
    preferences.put_first(database, TOKEN + key.fingerprint, text)


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
