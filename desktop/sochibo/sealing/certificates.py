"""X.509 certificates as this program makes and reads them; the one place that shapes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from sochibo.rules.names import clean

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    PrivateKey = RSAPrivateKey | EllipticCurvePrivateKey

__all__ = [
    "CertificateFacts",
    "facts_of",
    "fingerprint_of",
    "is_issued",
    "is_self_signed",
    "is_weak",
    "key_digest",
    "make_certificate",
    "name_of",
    "same_key",
]

CELL_YEARS: Final = 2
AUTHORITY_YEARS: Final = 10
NAME_LIMIT: Final = 64
"""X.520's upper bound for a name; longer ones are refused by other programs, so ours are cut.

It is meant in letters, but cryptography counts the bytes of a CN, and Vietnamese letters have up to three.
"""
CLOCK_SLACK: Final = timedelta(days=1)
"""Certificates begin a day early: the clocks of two offline PCs never agree."""
LEAST_RSA_BITS: Final = 2048
LEAST_CURVE_BITS: Final = 256


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What a certificate says, as plain values; `fingerprint` is its SHA-256 in hex."""

    person: str
    organisation: str
    organisation_id: str
    fingerprint: str
    serial: int
    not_before: datetime
    not_after: datetime
    authority: bool


def name_of(person: str, organisation: str, organisation_id: str) -> x509.Name:
    """Return the subject: CN is the person, O the organisation, UID the organisation's id in the books."""
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    parts = (
        (NameOID.ORGANIZATION_NAME, organisation),
        (NameOID.USER_ID, organisation_id),
        (NameOID.COMMON_NAME, (person or organisation).encode()[:NAME_LIMIT].decode(errors="ignore")),
    )
    return x509.Name([x509.NameAttribute(oid, text[:NAME_LIMIT]) for oid, text in parts if text])


def make_certificate(
    subject: x509.Name,
    public_key: object,
    issuer: tuple[x509.Name, PrivateKey],
    now: datetime,
    *,
    authority: bool = False,
    until: datetime | None = None,
) -> x509.Certificate:
    """Make a certificate: of an authority (path length 0, 10 years) or of a signer (2 years).

    It ends no later than `until`, the end of the authority that issues it.

    A signer's carries emailProtection beside docSigning, because poppler and OpenSSL know no other use of
    a certificate and call one with docSigning alone untrusted.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.x509.oid import ExtendedKeyUsageOID

    issuer_name, issuer_key = issuer
    begin = now.astimezone(UTC).replace(microsecond=0)
    years = AUTHORITY_YEARS if authority else CELL_YEARS
    end = begin + timedelta(days=365 * years)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer_name)
        .public_key(public_key)  # type: ignore[arg-type] # only keys checked by `usable` come here
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin - CLOCK_SLACK)
        .not_valid_after(min(end, until) if until else end)
        .add_extension(
            x509.BasicConstraints(ca=authority, path_length=0 if authority else None), critical=True
        )
        .add_extension(_key_usage(authority=authority), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)  # type: ignore[arg-type] # as above
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
        )
    )
    if not authority:
        uses = [ExtendedKeyUsageOID.EMAIL_PROTECTION, x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")]
        builder = builder.add_extension(x509.ExtendedKeyUsage(uses), critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


def facts_of(certificate: x509.Certificate) -> CertificateFacts:
    """Read a certificate, also a foreign one; what it does not say is empty."""
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    def text(*oids: x509.ObjectIdentifier) -> str:
        values = (value.value for oid in oids for value in certificate.subject.get_attributes_for_oid(oid))
        return clean(next((value for value in values if isinstance(value, str)), ""))

    try:
        authority = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        authority = False
    return CertificateFacts(
        person=text(NameOID.COMMON_NAME),
        organisation=text(NameOID.ORGANIZATION_NAME),
        organisation_id=text(NameOID.USER_ID),
        fingerprint=fingerprint_of(certificate),
        serial=certificate.serial_number,
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        authority=authority,
    )


def fingerprint_of(certificate: x509.Certificate) -> str:
    """Return the SHA-256 of a certificate in lower-case hex."""
    from cryptography.hazmat.primitives import hashes

    return certificate.fingerprint(hashes.SHA256()).hex()


def is_issued(upper: x509.Certificate, lower: x509.Certificate) -> bool:
    """Tell whether one certificate issued another: by name and by signature, whatever their days."""
    from cryptography.exceptions import InvalidSignature

    try:
        lower.verify_directly_issued_by(upper)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def is_self_signed(certificate: x509.Certificate) -> bool:
    """Tell whether a certificate proves possession of its own key by its own signature."""
    return is_issued(certificate, certificate)


def same_key(one: bytes, other: bytes) -> bool:
    """Tell whether two certificates (PEM) are of the same key."""
    from cryptography import x509

    first, second = (x509.load_pem_x509_certificate(pem).public_key() for pem in (one, other))
    return first == second


def key_digest(certificate: x509.Certificate) -> str:
    """Return the SHA-256 of a certificate's public key, in hex: it stays when the certificate is renewed."""
    import hashlib

    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    public = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(public).hexdigest()


def usable(key: object) -> bool:
    """Tell whether a private or public key is of a kind and size that seals here (RSA ≥ 2048, P-256)."""
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    if isinstance(key, rsa.RSAPrivateKey | rsa.RSAPublicKey):
        return key.key_size >= LEAST_RSA_BITS
    if isinstance(key, ec.EllipticCurvePrivateKey | ec.EllipticCurvePublicKey):
        return isinstance(key.curve, ec.SECP256R1)
    return False


def is_weak(key: object) -> bool:
    """Tell whether a public key is too short to be believed; one of an unknown kind is not called weak."""
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    if isinstance(key, rsa.RSAPublicKey):
        return key.key_size < LEAST_RSA_BITS
    return isinstance(key, ec.EllipticCurvePublicKey) and key.key_size < LEAST_CURVE_BITS


def _key_usage(*, authority: bool) -> x509.KeyUsage:
    from cryptography import x509

    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
