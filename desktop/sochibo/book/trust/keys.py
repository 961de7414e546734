"""The signing key of a book: on a token or kept here, and its way to the committee and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sochibo.book.changes import Changes
from sochibo.book.papers.countersigning import check_owner
from sochibo.book.trust import keyring
from sochibo.faults import Refused, red
from sochibo.messages import N_
from sochibo.sealing.keys import SigningKey
from sochibo.sealing.tokens import TokenCertificate
from sochibo.storage.records import keys as kept_keys
from sochibo.storage.records import signature_pictures
from sochibo.storage.records.keys import Purpose

if TYPE_CHECKING:
    from sochibo.book.book import Book
    from sochibo.book.trust.trust_papers import Package
    from sochibo.storage.engine.database import Database

__all__ = ["Keys", "SigningKey", "TokenCertificate"]


class Keys:
    """Where the key of a book comes from; reading tokens and opening keys is safe in a worker thread."""

    def __init__(self, database: Database, book: Book) -> None:
        self._database = database
        self._book = book

    def tokens(self) -> tuple[TokenCertificate, ...]:
        """Return the certificates on all tokens plugged in, without a PIN; raises NoDriver or NoToken."""
        from sochibo.sealing import tokens

        return tokens.certificates()

    def use_token(self, chosen: TokenCertificate, pin: str, now: datetime) -> Changes:
        """Seal with a key on a token from now on; the PIN is tried once, and kept nowhere.

        Raises KeyExpired or KeyNotYetValid before the PIN is tried, Refused for another organisation's key.
        """
        from sochibo.sealing.token_keys import open_token

        key = open_token(chosen.reference, chosen.pem, pin, now)
        check_owner(self._book, key)
        keyring.keep(self._database, key, Purpose.SIGNER, now)
        return Changes.REPORTS

    def token_label(self) -> str:
        """Return the label of the token that holds the key in use, empty for a key kept in the book."""
        kept = kept_keys.newest(self._database, Purpose.SIGNER)
        on_token = keyring.token_of(self._database, kept.fingerprint) if kept else None
        return on_token.reference.label if on_token else ""

    def picture(self) -> bytes:
        """Return the picture (PNG) that is drawn where the key in use seals, empty where there is none."""
        if kept_keys.newest(self._database, Purpose.SIGNER) is None:
            return b""
        return signature_pictures.get(self._database, keyring.digest_in_use(self._database))

    def take_picture(self, data: bytes, name: str) -> Changes:
        """Keep the picture of the owner's signature beside the key in use, made small, blue on clear ground.

        It belongs to the person: it is sealed into papers, stands in no history and no dump, and can be
        taken away at any time. `name` is the file's, for the fault. Raises NoKey or the faults of `pictures`.
        """
        from sochibo.sealing.pictures import take_picture

        digest = keyring.digest_in_use(self._database)
        signature_pictures.put(self._database, digest, take_picture(data, name))
        return Changes.REPORTS

    def remove_picture(self) -> Changes:
        """Take the picture away; papers that were sealed with it keep it. Raises NoKey."""
        signature_pictures.remove(self._database, keyring.digest_in_use(self._database))
        return Changes.REPORTS

    def open_file(self, pkcs12: bytes, passphrase: str, now: datetime) -> SigningKey:
        """Open another person's key for one signature, and keep nothing of it.

        Raises WrongKeyPassphrase or KeyNotUsable. Where the trust package in force holds the certificate
        that the committee issued for it, that one is used.
        """
        from sochibo.sealing.keys import check_day, open_key

        # The file keeps the certificate with which it was made; the one issued since may last longer.
        key = self._vouched(open_key(pkcs12, passphrase))
        check_day(key, now)
        return key

    def open_token(self, chosen: TokenCertificate, pin: str, now: datetime) -> SigningKey:
        """Open a key on a token for one signature; the PIN is tried once. Raises the faults of `tokens`."""
        from sochibo.sealing.token_keys import open_token

        return self._vouched(open_token(chosen.reference, chosen.pem, pin, now))

    def draw_with(self, key: SigningKey, picture: bytes, name: str) -> SigningKey:
        """Return an opened key that draws a picture of the signature this once; it is kept nowhere.

        Raises the faults of `pictures` about the file called `name`.
        """
        from sochibo.sealing.pictures import take_picture

        return replace(key, picture=take_picture(picture, name))

    def make_file(self, person: str, passphrase: str, now: datetime) -> tuple[bytes, bytes]:
        """Make a key for another person of this organisation, as the minute-taker, who keeps it as a file.

        Returns the key (PKCS#12) and its enrolment request as a sealed paper; the book keeps neither, and
        seals with its own key as before. Raises Refused without a name or with a passphrase too short.
        """
        from sochibo.book.trust.trust_papers import request_paper
        from sochibo.sealing.keys import KeySubject, make_key, open_key

        keyring.check_passphrase(passphrase)
        if not person.strip():
            raise Refused([red("Q95", N_("Say whose key it is."), "person")])
        organisation = self._book.organisation()
        subject = KeySubject(person.strip(), organisation.name, organisation.id)
        pkcs12 = make_key(subject, passphrase, now)
        return pkcs12, request_paper(self._database, self._book, open_key(pkcs12, passphrase), now)

    def request(self, passphrase: str) -> bytes:
        """Return the enrolment request in PEM, as earlier versions of the program read it."""
        from sochibo.sealing.keys import KeySubject, request_of

        key = keyring.open_kept(self._database, Purpose.SIGNER, passphrase)
        organisation = self._book.organisation()
        if key.token is None and key.subject.organisation_id == organisation.id:
            return request_of(key)
        subject = KeySubject(key.subject.person, organisation.name, organisation.id)
        return request_of(key, subject, datetime.now(UTC))

    def request_paper(self, passphrase: str, now: datetime) -> bytes:
        """Return the enrolment request as a sealed paper to carry to the committee."""
        from sochibo.book.trust.trust_papers import request_paper

        key = keyring.open_kept(self._database, Purpose.SIGNER, passphrase)
        return request_paper(self._database, self._book, key, now)

    def asked(self, request: bytes, now: datetime) -> str:
        """Return the fingerprint of a request that was just written, to be compared at the committee.

        A renewal proves possession by a fresh certificate, so it is not always the key's own.
        """
        from sochibo.book.trust.trust_papers import read_request

        return read_request(request, "", now).fingerprint

    def accept(self, data: bytes, passphrase: str, name: str = "", now: datetime | None = None) -> Changes:
        """Put the certificate that the committee issued beside the key in use.

        `data` is the certificate (PEM, its issuer after it), or a trust package that holds it among others,
        received now unless told when.
        Raises WrongCertificate where it was issued for another key.
        """
        from sochibo.sealing.keys import install_certificate, open_key

        key = keyring.open_kept(self._database, Purpose.SIGNER, passphrase)
        chain = self._chain_for(data, name, now or datetime.now(UTC))
        if key.token is None:
            keyring.renew(self._database, open_key(install_certificate(key, chain), passphrase))
        else:
            keyring.renew(self._database, _renewed(key, chain))
        return Changes.REPORTS

    def _chain_for(self, data: bytes, name: str, now: datetime) -> bytes:
        """Find the certificate of the key in use inside a trust package; other files are returned whole."""
        from sochibo.book.trust.trust_papers import PDF, read_package
        from sochibo.sealing.keys import WrongCertificate

        if not data.startswith(PDF):
            return data
        package = read_package(data, name, self._book.trust.current(), now)
        chain = _chain_among(package, keyring.certificate_in_use(self._database))
        if not chain:
            raise WrongCertificate
        return chain

    def _vouched(self, key: SigningKey) -> SigningKey:
        """Return a key with the certificate that the trust package in force holds for it, if it does."""
        from sochibo.sealing.trust import root_of

        given = None if key.issued else self._book.trust.given()
        chain = _chain_among(given, root_of(key)) if given else b""
        return keyring.with_picture(self._database, _renewed(key, chain) if chain else key)


def _chain_among(package: Package, own: str) -> bytes:
    """Return the newest certificate for the key of another (PEM) with its issuer, empty if there is none."""
    from sochibo.sealing.certificates import same_key
    from sochibo.sealing.trust import read_certificate

    roots = [root for root in package.trust.roots if read_certificate(root.encode()).authority]
    for one in reversed(package.certificates):
        if same_key(one.encode(), own.encode()):
            issuer = "" if one.count("BEGIN") > 1 else "".join(roots[:1])
            return f"{one.rstrip()}\n{issuer}".encode()
    return b""


def _renewed(key: SigningKey, chain: bytes) -> SigningKey:
    """Return an opened key with the certificate that was issued for it."""
    from sochibo.sealing.certificates import facts_of
    from sochibo.sealing.keys import issued_for

    issued, above = issued_for(key, chain)
    facts = facts_of(issued)
    return replace(
        key,
        fingerprint=facts.fingerprint,
        not_before=facts.not_before,
        not_after=facts.not_after,
        issued=True,
        unlocked=(key.unlocked[0], issued, tuple(above)),
    )
