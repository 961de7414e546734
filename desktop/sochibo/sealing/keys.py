"""Signing keys of cells and committees: made here, or brought as a PKCS#12 file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sochibo.faults import Fault
from sochibo.messages import N_

__all__ = [
    "KeyNotUsable",
    "KeySubject",
    "SigningKey",
    "WrongKeyPassphrase",
    "fingerprint_groups",
    "install_certificate",
    "make_key",
    "open_key",
    "request_of",
]  # fmt: skip


class WrongKeyPassphrase(Fault):
    """The passphrase does not open the key."""

    code = "S01"
    sentence = N_("The passphrase does not open this key.")
    advice = N_("See whether Caps Lock or the Vietnamese input is on, then try again.")


class KeyNotUsable(Fault):
    """A key file that cannot sign: expired, not yet valid, damaged, or of another kind."""

    code = "S02"
    sentence = N_("This key cannot seal: {why}")
    advice = N_("Choose another key, or make a new one.")


@dataclass(frozen=True, slots=True)
class KeySubject:
    """Whose key it is: a person's name, the organisation's name and its id in the books."""

    person: str
    organisation: str
    organisation_id: str


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An opened key; `fingerprint` is the SHA-256 of its certificate, in hex.

    `pkcs12` and `passphrase` stay here so that the libraries are loaded only when a seal is made.
    """

    subject: KeySubject
    fingerprint: str
    not_before: datetime
    not_after: datetime
    issued: bool
    pkcs12: bytes
    passphrase: str

    def __repr__(self) -> str:
        return f"SigningKey({self.subject.person!r}, {self.fingerprint[:12]}…)"


def make_key(subject: KeySubject, passphrase: str, now: datetime) -> bytes:
    """Make an RSA-3072 key with a self-signed certificate of two years, as PKCS#12 (AES-256, 600,000 rounds)."""
    raise NotImplementedError


def open_key(pkcs12: bytes, passphrase: str) -> SigningKey:
    """Open a key; raises WrongKeyPassphrase or KeyNotUsable. The passphrase is taken in NFC."""
    raise NotImplementedError


def request_of(key: SigningKey) -> bytes:
    """Return the enrolment request: the certificate in PEM, which proves possession and holds no secret."""
    raise NotImplementedError


def install_certificate(key: SigningKey, chain: bytes) -> bytes:
    """Put the certificate issued by the committee (PEM, issuer after it) beside the key; returns PKCS#12."""
    raise NotImplementedError


def fingerprint_groups(fingerprint: str) -> str:
    """Return a fingerprint as people compare it face to face: groups of four, `A1B2 C3D4 …`."""
    raise NotImplementedError
