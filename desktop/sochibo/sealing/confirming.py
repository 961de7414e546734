"""What an authority says of the key that seals for its own committee."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochibo.sealing.certificates import facts_of, make_certificate, name_of, same_key
from sochibo.sealing.foreign_roots import issued_by
from sochibo.sealing.trust import TrustInvalid, authority_root, read_certificate

if TYPE_CHECKING:
    from datetime import datetime

    from sochibo.sealing.keys import SigningKey
    from sochibo.sealing.trust import Trust

__all__ = ["confirm", "is_confirmed"]


def confirm(authority: SigningKey, certificate: str, now: datetime) -> str:
    """Let an authority say that the key of a certificate (PEM) speaks for its committee; returns PEM.

    A certificate says it, of the same key for the committee itself, which nobody is ever enrolled for.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    private, own, _ = authority.unlocked
    sealer, committee = x509.load_pem_x509_certificate(certificate.encode()), facts_of(own)
    name = name_of(facts_of(sealer).person, committee.organisation, committee.organisation_id)
    issuer = (own.subject, private)
    said = make_certificate(name, sealer.public_key(), issuer, now, until=own.not_valid_after_utc)
    return said.public_bytes(Encoding.PEM).decode()


def is_confirmed(confirmation: str, trust: Trust, sealer: str, now: datetime) -> bool:
    """Tell whether the authority of a trust confirmed, for now, that the key of a sealer speaks for it (PEM).

    Its root alone proves nothing: it is no secret, and travels in every sealed paper.
    """
    root = authority_root(trust)
    try:
        said = read_certificate(confirmation.encode())
    except TrustInvalid:
        return False
    return (
        issued_by(confirmation, [root] if root else [])
        and same_key(confirmation.encode(), sealer.encode())
        and said.organisation_id == read_certificate(root.encode()).organisation_id != ""
        and said.not_before <= now <= said.not_after
    )
