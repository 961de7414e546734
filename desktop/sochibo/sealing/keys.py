"""Signing keys of cells and committees: made here, or brought as a PKCS#12 file."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final

from sochibo.faults import Fault
from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cryptography import x509

    from sochibo.sealing.certificates import PrivateKey

    Contents = tuple[PrivateKey, x509.Certificate, tuple[x509.Certificate, ...]]

__all__ = [
    "KeyDamaged",
    "KeyExpired",
    "KeyNotUsable",
    "KeyNotYetValid",
    "KeyOfOtherKind",
    "KeySubject",
    "KeyWithoutSecret",
    "SigningKey",
    "TokenReference",
    "WrongCertificate",
    "WrongKeyPassphrase",
    "check_day",
    "contents_of",
    "fingerprint_groups",
    "install_certificate",
    "issued_for",
    "make_key",
    "open_key",
    "pack",
    "request_of",
]  # fmt: skip

KEY_FILE_LIMIT: Final = 1_000_000
ROUNDS: Final = 600_000
"""PBKDF2 rounds of a key file; the library's own 20,000 are too few for a stick that may be lost."""


class WrongKeyPassphrase(Fault):
    """The passphrase does not open the key."""

    code = "S01"
    sentence = N_("The passphrase does not open this key.")
    advice = N_("See whether Caps Lock or the Vietnamese input is on, then try again.")


class KeyNotUsable(Fault):
    """A key file that cannot sign; its subclasses say why."""

    code = "S02"
    sentence = N_("This key cannot seal.")
    advice = N_("Choose another key, or make a new one.")


class KeyDamaged(KeyNotUsable):
    """The file is no PKCS#12 file, or not a whole one."""

    code = "S05"
    sentence = N_("This file is not a key file, or it is damaged.")
    advice = N_("Copy the key file once more, or choose another one.")


class KeyExpired(KeyNotUsable):
    """The certificate has run out."""

    code = "S06"
    sentence = N_("This key could be used until {day} only.")
    advice = N_("Make a new key and let the committee enrol it.")


class KeyNotYetValid(KeyNotUsable):
    """The certificate begins later; usually the clock is wrong."""

    code = "S07"
    sentence = N_("This key can be used from {day} on.")
    advice = N_("See whether the clock of this PC is right.")


class KeyWithoutSecret(KeyNotUsable):
    """The file holds a certificate but no private key."""

    code = "S08"
    sentence = N_("This file holds a certificate without its secret key, so it cannot seal.")


class KeyOfOtherKind(KeyNotUsable):
    """The key is too short, of another kind, or an authority's."""

    code = "S09"
    sentence = N_("A key of this kind is not used for sealing.")


class WrongCertificate(KeyNotUsable):
    """The certificate that came back from the committee was issued for another key, or is damaged."""

    code = "S10"
    sentence = N_("This certificate was not issued for this key, or it is damaged.")
    advice = N_(
        "Ask the committee for the certificate of the request that you handed in. Nothing was changed."
    )


@dataclass(frozen=True, slots=True)
class KeySubject:
    """Whose key it is: a person's name, the organisation's name and its id in the books."""

    person: str
    organisation: str
    organisation_id: str


@dataclass(frozen=True, slots=True)
class TokenReference:
    """Where a key lies: the driver's file, the token by label and serial number, the key by its id (hex)."""

    driver: str
    label: str
    serial: str
    key_id: str


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An opened key; `fingerprint` is the SHA-256 of its certificate, in hex.

    `unlocked` is what the container held, since unlocking costs half a second each time; `pkcs12` and
    `passphrase` stay for keeping the key and for locking it anew. A key on a token has neither: its private
    key in `unlocked` signs, but can be neither read nor kept. `picture` is that of the owner's signature
    (PNG), drawn where the key seals; empty for none.
    """

    subject: KeySubject
    fingerprint: str
    not_before: datetime
    not_after: datetime
    issued: bool
    pkcs12: bytes = field(repr=False)
    passphrase: str = field(repr=False)
    unlocked: Contents = field(repr=False, compare=False)
    token: TokenReference | None = None
    picture: bytes = field(default=b"", repr=False, compare=False)

    def __repr__(self) -> str:
        return f"SigningKey({self.subject.person!r}, {self.fingerprint[:12]}…)"


def make_key(subject: KeySubject, passphrase: str, now: datetime) -> bytes:
    """Make an RSA-3072 key, self-signed for two years, as PKCS#12 (AES-256, 600,000 rounds)."""
    return make_pkcs12(subject, passphrase, now, authority=False)


def make_pkcs12(subject: KeySubject, passphrase: str, now: datetime, *, authority: bool) -> bytes:
    """Make a key for a signer or an authority.

    RSA, although P-256 is shorter and quicker: with P-256 pyHanko marks the file as PDF 2.0, which PDF/A-3
    forbids. Ed25519 is unknown to poppler and OpenSSL 3.0.
    """
    from cryptography.hazmat.primitives.asymmetric import rsa

    from sochibo.sealing.certificates import make_certificate, name_of

    private = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    texts = (subject.person, subject.organisation, subject.organisation_id)
    name = name_of(*(_nfc(text) for text in texts))
    certificate = make_certificate(name, private.public_key(), (name, private), now, authority=authority)
    return pack(private, certificate, (), passphrase)


def pack(
    private: PrivateKey,
    certificate: x509.Certificate,
    chain: Sequence[x509.Certificate],
    passphrase: str,
    rounds: int = ROUNDS,
) -> bytes:
    """Lock key and certificates in PKCS#12."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import PrivateFormat, pkcs12

    lock = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(rounds)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(SHA256())
        .build(_nfc(passphrase).encode())
    )
    return pkcs12.serialize_key_and_certificates(b"sochibo", private, certificate, list(chain), lock)


def open_key(pkcs12: bytes, passphrase: str, now: datetime | None = None) -> SigningKey:
    """Open a key; raises WrongKeyPassphrase or KeyNotUsable. The passphrase is taken in NFC.

    With `now`, a key that has expired or is not yet valid is refused here already; `seal` refuses it anyway.
    """
    from sochibo.sealing.certificates import facts_of, is_self_signed

    passphrase = _nfc(passphrase)
    unlocked = contents_of(pkcs12, passphrase)
    _, certificate, _ = unlocked
    facts = facts_of(certificate)
    key = SigningKey(
        subject=KeySubject(facts.person, facts.organisation, facts.organisation_id),
        fingerprint=facts.fingerprint,
        not_before=facts.not_before,
        not_after=facts.not_after,
        issued=not is_self_signed(certificate),
        pkcs12=pkcs12,
        passphrase=passphrase,
        unlocked=unlocked,
    )
    if now is not None:
        check_day(key, now)
    return key


def check_day(key: SigningKey, now: datetime) -> None:
    """Raise KeyExpired or KeyNotYetValid unless the key may be used now."""
    if now > key.not_after:
        raise KeyExpired(day=key.not_after.date())
    if now < key.not_before:
        raise KeyNotYetValid(day=key.not_before.date())


def contents_of(pkcs12: bytes, passphrase: str) -> Contents:
    """Unlock PKCS#12: the private key, its certificate, the certificates above it."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric import ec, rsa
    from cryptography.hazmat.primitives.serialization import pkcs12 as container

    from sochibo.sealing.certificates import usable

    _check_container(pkcs12)
    try:
        opened = container.load_pkcs12(pkcs12, _nfc(passphrase).encode())
    except UnsupportedAlgorithm as error:
        raise KeyOfOtherKind from error
    except ValueError as error:
        # The library has one error for a wrong passphrase and for bytes damaged inside the lock: the same
        # checksum fails for both. The wrong passphrase is by far the likelier.
        raise WrongKeyPassphrase from error
    if opened.key is None or opened.cert is None:
        raise KeyWithoutSecret
    if not isinstance(opened.key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) or not usable(opened.key):
        raise KeyOfOtherKind
    chain = tuple(extra.certificate for extra in opened.additional_certs)
    return opened.key, opened.cert.certificate, chain


def request_of(key: SigningKey, subject: KeySubject | None = None, now: datetime | None = None) -> bytes:
    """Return the enrolment request: the certificate in PEM, which proves possession and holds no secret.

    `subject` is who asks where the key's own certificate names somebody else, as an official one does that
    knows nothing of the ids in the books. `now` dates a fresh one, else the key's beginning.
    """
    from cryptography.hazmat.primitives.serialization import Encoding

    from sochibo.sealing.certificates import is_self_signed, make_certificate, name_of

    private, certificate, _ = key.unlocked
    named = certificate.subject
    if subject is not None:
        texts = (subject.person, subject.organisation, subject.organisation_id)
        named = name_of(*(_nfc(text) for text in texts))
    if not is_self_signed(certificate) or named != certificate.subject:
        # A renewal: the issued certificate proves nothing about its key, so a fresh one does.
        owner = (named, private)
        certificate = make_certificate(named, private.public_key(), owner, now or key.not_before)
    return certificate.public_bytes(Encoding.PEM)


def install_certificate(key: SigningKey, chain: bytes) -> bytes:
    """Put the certificate issued by the committee (PEM, issuer after it) beside the key; returns PKCS#12."""
    issued, above = issued_for(key, chain)
    return pack(key.unlocked[0], issued, above, key.passphrase)


def issued_for(key: SigningKey, chain: bytes) -> tuple[x509.Certificate, list[x509.Certificate]]:
    """Read a certificate issued for this very key, and those above it; raises WrongCertificate."""
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature

    private, _, _ = key.unlocked
    try:
        issued, *above = x509.load_pem_x509_certificates(chain)
        for lower, upper in zip((issued, *above), above, strict=False):
            lower.verify_directly_issued_by(upper)
    except (ValueError, TypeError, InvalidSignature) as error:
        raise WrongCertificate from error
    if issued.public_key() != private.public_key():
        raise WrongCertificate
    return issued, above


def fingerprint_groups(fingerprint: str) -> str:
    """Return a fingerprint as people compare it face to face: groups of four, `A1B2 C3D4 …`."""
    digits = fingerprint.upper()
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def _check_container(data: bytes) -> None:
    """Tell a file that is no PKCS#12 at all from one with another passphrase."""
    from asn1crypto.pkcs12 import Pfx

    if len(data) > KEY_FILE_LIMIT:
        raise KeyDamaged
    try:
        sound = Pfx.load(data, strict=True)["version"].native == "v3"
    except (ValueError, TypeError, KeyError) as error:
        raise KeyDamaged from error
    if not sound:
        raise KeyDamaged


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
