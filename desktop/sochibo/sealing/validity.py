"""Until when certificates and lists hold, read without the libraries that sign, which start slowly."""

from __future__ import annotations

from datetime import UTC, date

__all__ = ["last_day", "last_day_of_list"]


def last_day(pem: str) -> date:
    """Return the last day of a certificate (PEM) that was checked when it came."""
    from asn1crypto import pem as armour
    from asn1crypto.x509 import Certificate

    found: date = Certificate.load(armour.unarmor(pem.encode())[2]).not_valid_after.astimezone(UTC).date()
    return found


def last_day_of_list(pem: str) -> date:
    """Return the last day of a revocation list (PEM) that was made here."""
    from asn1crypto import pem as armour
    from asn1crypto.crl import CertificateList

    listed = CertificateList.load(armour.unarmor(pem.encode())[2])
    found: date = listed["tbs_cert_list"]["next_update"].native.astimezone(UTC).date()
    return found
