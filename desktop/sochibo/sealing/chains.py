"""How a certificate stands to the roots of a trust, with revocation required."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

from sochibo.sealing.certificates import facts_of, is_issued, is_self_signed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from cryptography import x509
    from pyhanko.sign.validation.status import SignatureStatus
    from pyhanko_certvalidator import ValidationContext

    from sochibo.sealing.trust import Trust

__all__ = [
    "Chain", "claims_to_be_root", "context_of", "has_fresh_lists", "held_above", "last_moment",
    "path_among", "path_to_root", "standing",
]  # fmt: skip


class Chain(Enum):
    """How a certificate stands to the roots of a trust."""

    TRUSTED = "trusted"
    UNKNOWN = "unknown"
    REVOKED = "revoked"
    UNCHECKED = "unchecked"
    WEAK = "weak"


def context_of(trust: Trust | None, moment: datetime) -> ValidationContext:
    """Return what pyHanko asks about certificates: these roots and lists at this moment, and nobody else."""
    from asn1crypto import crl, pem, x509
    from pyhanko_certvalidator import ValidationContext

    def der(text: str) -> bytes:
        return bytes(pem.unarmor(text.encode())[2])

    anchors, below = _anchors(trust.roots if trust else ())
    lists = [crl.CertificateList.load(der(text)) for text in trust.revocation_lists] if trust else []
    return ValidationContext(
        trust_roots=[x509.Certificate.load(der(text)) for text in anchors],
        other_certs=[x509.Certificate.load(der(text)) for text in below],
        crls=lists,
        # With "soft-fail" a certificate that the list names passes as trusted, if it names no address.
        revocation_mode="require",
        # A list made after the file came is as good: it holds what the one before it held.
        retroactive_revinfo=True,
        allow_fetching=False,
        moment=moment,
    )


def standing(
    status: SignatureStatus,
    certificate: x509.Certificate,
    along: Iterable[x509.Certificate],
    trust: Trust | None,
    moment: datetime,
) -> Chain:
    """Say what pyHanko found about a signer's certificate; `along` are those that travel with it.

    A certificate of a known root about which only no list could be found is not an unknown one.
    """
    from pyhanko.sign.ades.report import AdESIndeterminate

    if status.trusted:
        return Chain.TRUSTED
    if status.revoked:
        return Chain.REVOKED
    problem = status.trust_problem_indic
    weak = (AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE, AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE)
    if problem in weak:
        return Chain.WEAK
    path = path_to_root(certificate, tuple(along), trust)
    if trust and path and not has_fresh_lists(path[:-1], trust, moment):
        return Chain.UNCHECKED
    return Chain.UNKNOWN


def path_to_root(
    certificate: x509.Certificate, along: Sequence[x509.Certificate], trust: Trust | None
) -> tuple[x509.Certificate, ...]:
    """Return the certificates from one up to the root that vouches for it; empty where none does."""
    from cryptography import x509

    anchors, below = (
        [x509.load_pem_x509_certificate(text.encode()) for text in texts]
        for texts in _anchors(trust.roots if trust else ())
    )
    path = [certificate]
    while True:
        root = next((one for one in anchors if is_issued(one, path[-1])), None)
        if root is not None:
            return (*path, root)
        known = (*along, *below)
        above = next((one for one in known if one not in path and is_issued(one, path[-1])), None)
        if above is None:
            return ()
        path.append(above)


def last_moment(
    certificate: x509.Certificate, along: Sequence[x509.Certificate], trust: Trust | None
) -> datetime:
    """Return until when a certificate is vouched for: its own end, or an earlier one above it.

    pyHanko asks no root for its days, as RFC 5280 allows; but an authority that has run out keeps no list of
    who was revoked any more.
    """
    path = path_to_root(certificate, along, trust) or (certificate,)
    return min(each.not_valid_after_utc for each in path)


def held_above(
    certificate: x509.Certificate, along: Sequence[x509.Certificate]
) -> tuple[x509.Certificate, ...]:
    """Return the certificates that may travel with a signer's: all up to a root, each held by a signature.

    Where the root is not among them, nothing in the file would hold the uppermost one, so none travels.
    """
    path = path_among(certificate, along)
    return path[1:] if is_self_signed(path[-1]) else ()


def path_among(
    certificate: x509.Certificate, along: Sequence[x509.Certificate]
) -> tuple[x509.Certificate, ...]:
    """Return a certificate and those that lead up from it, each the issuer of the one before it."""
    path = [certificate]
    while not is_self_signed(path[-1]):
        above = next((one for one in along if one not in path and is_issued(one, path[-1])), None)
        if above is None:
            break
        path.append(above)
    return tuple(path)


def claims_to_be_root(certificate: x509.Certificate) -> bool:
    """Tell whether a certificate names itself as its issuer, by name or by key, whether or not it is."""
    from cryptography import x509

    found = certificate.extensions
    try:
        own = found.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
        above = found.get_extension_for_class(x509.AuthorityKeyIdentifier).value.key_identifier
    except x509.ExtensionNotFound:
        return certificate.issuer == certificate.subject
    return certificate.issuer == certificate.subject or own == above


def has_fresh_lists(path: Iterable[x509.Certificate], trust: Trust, moment: datetime) -> bool:
    """Tell whether for each certificate there is a list of its issuer that still holds at a moment."""
    from cryptography import x509

    lists = [x509.load_pem_x509_crl(text.encode()) for text in trust.revocation_lists]
    fresh = {each.issuer for each in lists if (each.next_update_utc or moment) >= moment}
    return all(certificate.issuer in fresh for certificate in path)


@lru_cache(maxsize=16)
def _anchors(roots: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Tell trusted certificates (PEM) that stand by themselves from authorities below another of them.

    Taken as an anchor, an authority below a root would be judged by no list at all: pyHanko finds the chain
    of a list only up to an anchor that issued itself.
    """
    from cryptography import x509

    certificates = {text: x509.load_pem_x509_certificate(text.encode()) for text in roots}
    below = tuple(
        text
        for text, one in certificates.items()
        if facts_of(one).authority
        and not is_self_signed(one)
        and any(is_issued(root, one) for root in certificates.values())
    )
    return tuple(text for text in certificates if text not in below), below
