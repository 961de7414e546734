"""Roots and revocation lists of other authorities, in the forms in which they are handed out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from sochibo.sealing.certificates import facts_of, fingerprint_of, is_issued
from sochibo.sealing.trust import TrustInvalid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cryptography import x509

__all__ = ["ForeignList", "issued_by", "list_addresses", "read_list", "read_roots", "without_root"]

LIMIT: Final = 20_000_000
"""Lists of an authority of a whole state are long."""


@dataclass(frozen=True, slots=True)
class ForeignList:
    """A revocation list: the fingerprint of the root that signed it, from when until when, and PEM."""

    root: str
    since: datetime
    until: date
    pem: str


def read_roots(data: bytes, name: str) -> tuple[str, ...]:
    """Return the roots in a file (PEM, DER, P7B) in PEM; raises TrustInvalid about the file called `name`."""
    from cryptography.hazmat.primitives.serialization import Encoding

    found = _certificates(data) if len(data) <= LIMIT else []
    if not found or not all(facts_of(one).authority for one in found):
        raise TrustInvalid(name=name)
    return tuple(one.public_bytes(Encoding.PEM).decode() for one in found)


def issued_by(pem: str, roots: Sequence[str]) -> bool:
    """Tell whether one of the roots itself issued a certificate."""
    from cryptography import x509

    certificate = x509.load_pem_x509_certificate(pem.encode())
    return any(is_issued(x509.load_pem_x509_certificate(root.encode()), certificate) for root in roots)


def without_root(pems: Sequence[str]) -> tuple[str, ...]:
    """Return the names of authorities whose own issuer is not among the given certificates."""
    from cryptography import x509

    certificates = [x509.load_pem_x509_certificate(pem.encode()) for pem in pems]
    facts = [facts_of(one) for one, pem in zip(certificates, pems, strict=True) if not issued_by(pem, pems)]
    return tuple(one.person or one.organisation for one in facts)


def list_addresses(pem: str) -> tuple[str, ...]:
    """Return where a certificate says that its issuer's list lies; plain HTTP will do: lists are signed."""
    from cryptography import x509

    certificate = x509.load_pem_x509_certificate(pem.encode())
    try:
        points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except (x509.ExtensionNotFound, ValueError):
        return ()
    names = (name for point in points for name in point.full_name or ())
    return tuple(
        name.value
        for name in names
        if isinstance(name, x509.UniformResourceIdentifier) and name.value.startswith("http://")
    )


def read_list(data: bytes, roots: Sequence[str], name: str) -> ForeignList:
    """Read a revocation list (PEM or DER) that one of the roots signed; raises TrustInvalid."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    from sochibo.sealing.trust import signed_by

    if len(data) > LIMIT:
        raise TrustInvalid(name=name)
    try:
        text = data.lstrip().startswith(b"-----BEGIN")
        revoked = x509.load_pem_x509_crl(data) if text else x509.load_der_x509_crl(data)
    except ValueError as error:
        raise TrustInvalid(name=name) from error
    for pem in roots:
        root = x509.load_pem_x509_certificate(pem.encode())
        if signed_by(revoked, root) and revoked.next_update_utc is not None:
            until = revoked.next_update_utc.astimezone(UTC).date()
            written = revoked.public_bytes(Encoding.PEM).decode()
            return ForeignList(fingerprint_of(root), revoked.last_update_utc, until, written)
    raise TrustInvalid(name=name)


def _certificates(data: bytes) -> list[x509.Certificate]:
    """Read certificates in whichever form they came; none where it is none of these."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import pkcs7

    readers = (
        x509.load_pem_x509_certificates,
        lambda given: [x509.load_der_x509_certificate(given)],
        pkcs7.load_pem_pkcs7_certificates,
        pkcs7.load_der_pkcs7_certificates,
    )
    for reader in readers:
        try:
            return list(reader(data))
        except (ValueError, TypeError):
            continue
    return []
