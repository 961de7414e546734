"""Whom a receiver trusts: roots, revocation lists, and who signs for which unit on which days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sochibo.faults import Fault
from sochibo.messages import N_

if TYPE_CHECKING:
    from sochibo.sealing.keys import SigningKey

__all__ = [
    "RegisteredSigner",
    "Trust",
    "TrustInvalid",
    "issue",
    "make_authority",
    "read_trust",
    "revoke",
    "write_trust",
]


class TrustInvalid(Fault):
    """A trust file or enrolment request that cannot be used."""

    code = "S03"
    sentence = N_("“{name}” is not a trust file or request that can be used.")
    advice = N_("Ask for it once more.")


@dataclass(frozen=True, slots=True)
class RegisteredSigner:
    """A certificate registered to sign for a unit from a day on, until one."""

    fingerprint: str
    organisation_id: str
    organisation: str
    person: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Trust:
    """All that judging a signer needs; `number` grows, an older one is refused (PEM texts inside)."""

    number: int
    issued_at: datetime
    roots: tuple[str, ...]
    revocation_lists: tuple[str, ...]
    signers: tuple[RegisteredSigner, ...]


def make_authority(committee: str, organisation_id: str, passphrase: str, now: datetime) -> bytes:
    """Make the committee's own certificate authority (RSA-3072, path length 0, 10 years) as PKCS#12."""
    raise NotImplementedError


def issue(authority: SigningKey, request: bytes, now: datetime) -> bytes:
    """Issue a two-year certificate for a request (PEM in, PEM chain out); raises TrustInvalid."""
    raise NotImplementedError


def revoke(authority: SigningKey, serials: tuple[int, ...], number: int, now: datetime) -> bytes:
    """Return a revocation list (PEM, 400 days) with these serial numbers; an empty one is needed too."""
    raise NotImplementedError


def write_trust(trust: Trust) -> bytes:
    """Return the trust file: canonical JSON."""
    raise NotImplementedError


def read_trust(data: bytes, name: str) -> Trust:
    """Read a trust file; raises TrustInvalid about the file called `name`."""
    raise NotImplementedError
