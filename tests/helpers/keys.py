"""Real keys, certificates and trusts for tests; each is made once a run, because RSA takes its time."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from functools import cache
from typing import Final

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509 import load_pem_x509_certificates

from sochibo.sealing.certificates import make_certificate, name_of
from sochibo.sealing.keys import SigningKey, open_key, pack, request_of
from sochibo.sealing.trust import RegisteredSigner, Trust, issue, revoke, root_of

__all__ = [
    "BITS", "COMMITTEE", "DAY", "ISSUED", "NOW", "PASSPHRASE", "UNIT", "VIETNAM", "authority", "cell_key",
    "own_key", "private_key", "registered", "serial_of", "trust",
]  # fmt: skip

VIETNAM: Final = timezone(timedelta(hours=7))
NOW: Final = datetime(2026, 12, 1, 9, 30, tzinfo=VIETNAM)
DAY: Final = date(2026, 12, 2)
"""The day on which the committee receives what was sealed `NOW`."""
ISSUED: Final = datetime(2026, 10, 1, 8, 0, tzinfo=VIETNAM)
FOUNDED: Final = datetime(2024, 1, 2, 8, 0, tzinfo=VIETNAM)
PASSPHRASE: Final = "mật khẩu thử 1"  # noqa: S105 - of keys that live for one test run
UNIT: Final = "0197a0c0-0000-7000-8000-0000000000ce"
"""The organisation of the sample reports."""
COMMITTEE: Final = "Đảng ủy xã Đông Hòa"
BITS: Final = 2048
"""Three times as quick as the 3072 of a real key, which are tested once."""
FEW_ROUNDS: Final = 2_000
"""Of key derivation: the 600,000 of a real key file are tested once, not at every seal."""


@cache
def private_key(slot: str, bits: int) -> rsa.RSAPrivateKey:  # noqa: ARG001 - the cache knows slots apart
    """Return the private key of a slot; the name of the slot stands for the drawer it lies in."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


@cache
def authority(slot: str = "committee") -> SigningKey:
    """Return a committee's authority; another slot makes a false one of the same name."""
    private = private_key(f"authority {slot}", BITS)
    name = name_of(COMMITTEE, COMMITTEE, "0197a0c0-0000-7000-8000-0000000000dd")
    root = make_certificate(name, private.public_key(), (name, private), FOUNDED, authority=True)
    return open_key(pack(private, root, (), PASSPHRASE, FEW_ROUNDS), PASSPHRASE)


@cache
def own_key(
    slot: str = "secretary", unit: str = UNIT, person: str = "Nguyễn Văn Mẫu", bits: int = BITS
) -> SigningKey:
    """Return a key as a cell makes it, with a certificate signed by itself."""
    private = private_key(slot, bits)
    name = name_of(person, "Chi bộ Thôn 4", unit)
    certificate = make_certificate(name, private.public_key(), (name, private), ISSUED)
    return open_key(pack(private, certificate, (), PASSPHRASE, FEW_ROUNDS), PASSPHRASE)


@cache
def cell_key(
    slot: str = "secretary", unit: str = UNIT, by: str = "committee", issued: datetime = ISSUED
) -> SigningKey:
    """Return a key with a certificate issued by a committee."""
    asked = own_key(slot, unit)
    chain = load_pem_x509_certificates(issue(authority(by), request_of(asked), issued))
    return open_key(pack(private_key(slot, BITS), chain[0], chain[1:], PASSPHRASE, FEW_ROUNDS), PASSPHRASE)


def registered(key: SigningKey, unit: str = UNIT, until: date | None = None) -> RegisteredSigner:
    """Return the line of the register for a key."""
    subject = key.subject
    return RegisteredSigner(
        key.fingerprint, unit, subject.organisation, subject.person, date(2026, 10, 1), until
    )


def trust(
    *signers: RegisteredSigner,
    revoked: dict[int, datetime] | None = None,
    listed: datetime | None = ISSUED,
) -> Trust:
    """Return a committee's trust; `listed` is the day of its revocation list, None for none."""
    revoked = revoked or {}
    lists = (revoke(authority(), tuple(revoked), 1, listed, revoked).decode(),) if listed else ()
    return Trust(1, ISSUED, (root_of(authority()),), lists, signers)


def serial_of(key: SigningKey) -> int:
    """Return the serial number of a key's certificate, by which it is revoked."""
    from sochibo.sealing.keys import contents_of

    return contents_of(key.pkcs12, key.passphrase)[1].serial_number
