"""What travels between a unit and its committee about keys: who asks to sign, and who is trusted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sochibo.rules.reports import Form, Heading, ReportKind

__all__ = ["FORMS", "EnrolmentReport", "TrustLine", "TrustReport"]


@dataclass(frozen=True, slots=True)
class EnrolmentReport:
    """A unit asks its committee to enrol a key; `period` is the day.

    `request` is the certificate (PEM) that proves possession of the key, `fingerprint` the SHA-256 of it,
    which two people compare face to face; `on_token` tells where the key lies.
    """

    heading: Heading
    period: str
    organisation_id: str
    organisation: str
    person: str
    request: str
    fingerprint: str
    valid_to: date
    on_token: bool = False


@dataclass(frozen=True, slots=True)
class TrustLine:
    """One person who signs, or signed, for one unit; `certificate` is PEM."""

    organisation_id: str
    organisation: str
    person: str
    fingerprint: str
    valid_from: date
    valid_to: date | None
    certificate: str = ""
    revoked_since: date | None = None
    revoked_because: str = ""


@dataclass(frozen=True, slots=True)
class TrustReport:
    """Whom a committee trusts, under a number that grows; `period` is the day of issue.

    `fingerprint` is that of the committee's authority, which is compared once when a book is given its first
    package. `roots` and `revocation_lists` are PEM; the lists hold until `lists_until`. `confirmation` is the
    certificate (PEM) by which the authority says that the key that seals this package speaks for it.
    """

    heading: Heading
    period: str
    trust_number: int
    issued_at: datetime
    fingerprint: str
    lists_until: date
    roots: tuple[str, ...]
    revocation_lists: tuple[str, ...]
    signers: tuple[TrustLine, ...]
    confirmation: str = ""


FORMS: Final = {
    ReportKind.ENROLMENT: Form(EnrolmentReport, ""),
    ReportKind.TRUST: Form(TrustReport, ""),
}
