"""Whom a receiver trusts: roots, revocation lists, and who signs for which unit on which days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from sochibo.faults import Fault
from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cryptography import x509

    from sochibo.sealing.certificates import CertificateFacts
    from sochibo.sealing.keys import SigningKey

__all__ = [
    "RegisteredSigner",
    "Trust",
    "TrustInvalid",
    "authority_of",
    "authority_root",
    "chain_of",
    "check_trust",
    "is_committee",
    "issue",
    "lists_until",
    "make_authority",
    "read_certificate",
    "read_trust",
    "reissue",
    "revoke",
    "root_of",
    "signed_by",
    "write_trust",
]

SCHEMA: Final = "sochibo-trust"
SCHEMA_NUMBER: Final = 1
TRUST_FILE_LIMIT: Final = 4_000_000
REQUEST_LIMIT: Final = 100_000
LIST_DAYS: Final = 400
"""A revocation list lasts over a year: it travels by hand, and a missing one stops the whole inbox."""


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

    def registered(self, fingerprint: str, organisation_id: str, day: date) -> bool:
        """Tell whether a certificate was registered to sign for a unit on a day."""
        return any(
            signer.fingerprint == fingerprint
            and signer.organisation_id == organisation_id
            and signer.valid_from <= day
            and (signer.valid_to is None or day <= signer.valid_to)
            for signer in self.signers
        )


def is_committee(trust: Trust, fingerprint: str, today: date | None = None) -> bool:
    """Tell whether a signer is registered for a committee whose own authority is a root.

    Cells are registered in the same trust file: a good seal alone makes nobody a committee. With `today` it
    must sign for it still: the day that a seal claims is the sealer's own word.
    """
    facts = [read_certificate(root.encode()) for root in trust.roots]
    committees = {one.organisation_id for one in facts if one.authority and one.organisation_id}
    return any(
        signer.fingerprint == fingerprint
        and signer.organisation_id in committees
        and (today is None or signer.valid_to is None or today <= signer.valid_to)
        for signer in trust.signers
    )


@dataclass(frozen=True, slots=True)
class _TrustFile:
    schema: str
    schema_number: int
    trust: Trust


def make_authority(committee: str, organisation_id: str, passphrase: str, now: datetime) -> bytes:
    """Make the committee's own certificate authority (RSA-3072, path length 0, 10 years) as PKCS#12."""
    from sochibo.sealing.keys import KeySubject, make_pkcs12

    return make_pkcs12(KeySubject(committee, committee, organisation_id), passphrase, now, authority=True)


def root_of(key: SigningKey) -> str:
    """Return a key's certificate in PEM, as it stands among a trust's roots: an authority's, or one's own."""
    from cryptography.hazmat.primitives.serialization import Encoding

    _, certificate, _ = key.unlocked
    return certificate.public_bytes(Encoding.PEM).decode()


def chain_of(key: SigningKey) -> str:
    """Return a key's certificate in PEM, and after it those above it that came along."""
    from cryptography.hazmat.primitives.serialization import Encoding

    _, certificate, above = key.unlocked
    return "".join(each.public_bytes(Encoding.PEM).decode() for each in (certificate, *above))


def issue(authority: SigningKey, request: bytes, now: datetime, name: str = "") -> bytes:
    """Issue a two-year certificate for a request (PEM in, PEM chain out); raises TrustInvalid.

    The request's own signature must prove that its sender holds the key; whether the sender is who the
    request says is for people to compare, face to face. `name` is the request's file name.
    """
    from cryptography.hazmat.primitives.serialization import Encoding

    from sochibo.sealing.certificates import facts_of, is_self_signed, make_certificate, usable
    from sochibo.sealing.keys import KeyOfOtherKind, check_day

    check_day(authority, now)
    asked = _certificate(request, name)
    if not is_self_signed(asked) or not usable(asked.public_key()) or facts_of(asked).authority:
        raise TrustInvalid(name=name)
    private, own, _ = authority.unlocked
    if not facts_of(own).authority:
        raise KeyOfOtherKind
    issued = make_certificate(
        asked.subject, asked.public_key(), (own.subject, private), now, until=own.not_valid_after_utc
    )
    return issued.public_bytes(Encoding.PEM) + own.public_bytes(Encoding.PEM)


def reissue(authority: SigningKey, certificate: bytes, now: datetime) -> bytes:
    """Issue a new two-year certificate for the person and key of an earlier one (PEM in, PEM chain out)."""
    from cryptography.hazmat.primitives.serialization import Encoding

    from sochibo.sealing.certificates import make_certificate
    from sochibo.sealing.keys import check_day

    check_day(authority, now)
    known = _certificate(certificate, "")
    private, own, _ = authority.unlocked
    issued = make_certificate(
        known.subject, known.public_key(), (own.subject, private), now, until=own.not_valid_after_utc
    )
    return issued.public_bytes(Encoding.PEM) + own.public_bytes(Encoding.PEM)


def read_certificate(pem: bytes, name: str = "") -> CertificateFacts:
    """Return what a request, an issued certificate (the first of its chain) or a root says.

    Raises TrustInvalid about the file called `name`.
    """
    from sochibo.sealing.certificates import facts_of

    return facts_of(_certificate(pem, name))


def revoke(
    authority: SigningKey,
    serials: tuple[int, ...],
    number: int,
    now: datetime,
    since: Mapping[int, datetime] | None = None,
) -> bytes:
    """Return a revocation list (PEM, 400 days) with these serial numbers; an empty one is needed too.

    `since` tells from when each is revoked, now if it is not named: what was received before that moment
    keeps its verdict.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.serialization import Encoding

    private, own, _ = authority.unlocked
    moment = now.astimezone(UTC).replace(microsecond=0)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(own.subject)
        .last_update(moment)
        .next_update(moment + timedelta(days=LIST_DAYS))
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(private.public_key()), critical=False
        )
    )
    for serial in sorted(set(serials)):
        begin = (since or {}).get(serial, now).astimezone(UTC).replace(microsecond=0)
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(begin).build()
        builder = builder.add_revoked_certificate(entry)
    return builder.sign(private, hashes.SHA256()).public_bytes(Encoding.PEM)


def write_trust(trust: Trust) -> bytes:
    """Return the trust file: canonical JSON."""
    import msgspec
    import rfc8785

    return rfc8785.dumps(msgspec.to_builtins(_TrustFile(SCHEMA, SCHEMA_NUMBER, trust)))


def read_trust(data: bytes, name: str) -> Trust:
    """Read a trust file; raises TrustInvalid about the file called `name`.

    Canonical JSON can be written in one way only, so a file that is not what its content would be written
    as (unknown fields, doubled keys, another order) is refused without a rule for each.
    """
    import msgspec

    from sochibo.documents import decoding

    if len(data) > TRUST_FILE_LIMIT:
        raise TrustInvalid(name=name)
    try:
        file: _TrustFile = decoding.decode(data, _TrustFile)
        canonical = write_trust(file.trust) == data
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise TrustInvalid(name=name) from error
    if not canonical or file.schema != SCHEMA or file.schema_number != SCHEMA_NUMBER:
        raise TrustInvalid(name=name)
    check_trust(file.trust, name)
    return file.trust


def authority_root(trust: Trust) -> str:
    """Return the authority itself (PEM), the first root that may issue; empty if none."""
    return next((root for root in trust.roots if read_certificate(root.encode()).authority), "")


def authority_of(trust: Trust) -> str:
    """Return the fingerprint of the authority itself; empty if none."""
    root = authority_root(trust)
    return read_certificate(root.encode()).fingerprint if root else ""


def lists_until(trust: Trust) -> date:
    """Return the last day on which every revocation list still holds."""
    from cryptography import x509

    ends = [
        revoked.next_update_utc.astimezone(UTC).date()
        for revoked in (x509.load_pem_x509_crl(text.encode()) for text in trust.revocation_lists)
        if revoked.next_update_utc is not None
    ]
    return min(ends, default=trust.issued_at.date())


def check_trust(trust: Trust, name: str) -> None:
    """Refuse a trust with a revocation list that none of its roots signed."""
    from cryptography import x509

    roots = [_certificate(root.encode(), name) for root in trust.roots]
    for text in trust.revocation_lists:
        try:
            revoked = x509.load_pem_x509_crl(text.encode())
        except ValueError as error:
            raise TrustInvalid(name=name) from error
        if not any(signed_by(revoked, root) for root in roots):
            raise TrustInvalid(name=name)


def signed_by(revoked: x509.CertificateRevocationList, root: x509.Certificate) -> bool:
    """Tell whether a root itself signed a revocation list."""
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    key = root.public_key()
    if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        return False
    return revoked.issuer == root.subject and revoked.is_signature_valid(key)


def _certificate(pem: bytes, name: str) -> x509.Certificate:
    from cryptography import x509

    if len(pem) > REQUEST_LIMIT:
        raise TrustInvalid(name=name)
    try:
        return x509.load_pem_x509_certificate(pem)
    except ValueError as error:
        raise TrustInvalid(name=name) from error
