"""Requests and trust packages as they travel: written as sealed papers, read as papers or as plain files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, date
from typing import TYPE_CHECKING, Final

from sochibo.book.papers.issuing import Draft, draw_up
from sochibo.messages import N_
from sochibo.rules.reports import ReportKind
from sochibo.rules.units.trust_papers import EnrolmentReport, TrustLine, TrustReport
from sochibo.sealing.trust import Trust, is_committee

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sochibo.book.book import Book
    from sochibo.rules.reports import Heading, Report
    from sochibo.sealing.keys import SigningKey
    from sochibo.sealing.seals import Judgement
    from sochibo.storage.engine.database import Database

__all__ = [
    "UNCONFIRMED",
    "Package",
    "Request",
    "kept_package",
    "kept_trust",
    "read_package",
    "read_request",
    "request_paper",
    "trust_paper",
]

PDF: Final = b"%PDF-"
ROLE: Final = "secretary"
UNCONFIRMED: Final = N_(
    "The committee's authority did not confirm this file, so this is the fingerprint of the whole file: the "
    "committee reads it from the screen on which it was written. Better ask for the sealed package (PDF)."
)
"""Said beside the fingerprint of a package that no authority confirmed."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request to be enrolled; `pem` proves possession of the key, `sealed` that it came as a paper.

    `known_as` is the name under which a committee's register has the unit already, empty for a new one.
    """

    person: str
    organisation: str
    organisation_id: str
    fingerprint: str
    not_after: date
    pem: bytes
    sealed: bool
    on_token: bool = False
    known_as: str = ""


@dataclass(frozen=True, slots=True)
class Package:
    """A trust package: what it says, and the fingerprint of its authority.

    `vouched` tells that a committee sealed it which the book trusts already, `confirmed` that whoever sealed
    it may do so by the word of the authority itself. `to_compare` is what two people compare the first time:
    the fingerprint of the authority where it confirmed, else the digest of the whole file.
    """

    trust: Trust
    fingerprint: str
    sealed_by: str = ""
    vouched: bool = False
    certificates: tuple[str, ...] = ()
    confirmed: bool = False
    to_compare: str = ""


def request_paper(database: Database, book: Book, key: SigningKey, now: datetime) -> bytes:
    """Return a sealed enrolment request for a key."""
    from sochibo.sealing.keys import KeySubject, request_of
    from sochibo.sealing.trust import read_certificate

    organisation = book.organisation()
    subject = KeySubject(key.subject.person, organisation.name, organisation.id)
    named_here = key.token is None and key.subject.organisation_id == organisation.id
    pem = request_of(key, None if named_here else subject, now)
    facts = read_certificate(pem)

    def write(heading: Heading) -> EnrolmentReport:
        return EnrolmentReport(
            heading=heading,
            period=_day(now).isoformat(),
            organisation_id=organisation.id,
            organisation=organisation.name,
            person=facts.person,
            request=pem.decode(),
            fingerprint=facts.fingerprint,
            valid_to=facts.not_after.date(),
            on_token=key.token is not None,
        )

    return _sealed(database, book, ReportKind.ENROLMENT, write, key, now)


def read_request(data: bytes, name: str, now: datetime) -> Request:
    """Read a request, as a sealed paper or in PEM; raises TrustInvalid about the file called `name`.

    Of a paper all must hold but the trust in its signer, which it asks for: an intact seal, pages that say
    what the data say, and a seal by the very key that asks.
    """
    from sochibo.sealing.trust import TrustInvalid, read_certificate

    if not data.startswith(PDF):
        facts = read_certificate(data, name)
        parts = (facts.person, facts.organisation, facts.organisation_id, facts.fingerprint)
        return Request(*parts, facts.not_after.date(), data, sealed=False)
    judged = _judged(data, None, now)
    report = judged.envelope.report if judged.envelope else None
    if judged.verdict.code != "V17" or judged.envelope is None or not isinstance(report, EnrolmentReport):
        raise TrustInvalid(name=name)
    pem = report.request.encode()
    facts = read_certificate(pem, name)
    said = (report.person, report.organisation_id, report.fingerprint, judged.envelope.organisation_id)
    asked = (facts.person, facts.organisation_id, facts.fingerprint, facts.organisation_id)
    if said != asked or not _same_key(data, pem):
        raise TrustInvalid(name=name)
    return Request(
        person=facts.person,
        organisation=report.organisation,
        organisation_id=facts.organisation_id,
        fingerprint=facts.fingerprint,
        not_after=facts.not_after.date(),
        pem=pem,
        sealed=True,
        on_token=report.on_token,
    )


def trust_paper(
    database: Database, book: Book, trust: Trust, key: SigningKey, now: datetime, confirmation: str = ""
) -> bytes:
    """Return a committee's trust package sealed by its own signer, whom the authority confirmed."""
    from sochibo.sealing.trust import lists_until

    kept = {one.fingerprint: one for one in book.authority.signers()}

    def line(fingerprint: str) -> tuple[str, date | None, str]:
        one = kept.get(fingerprint)
        return (one.certificate, one.revoked_since, one.revoked_because) if one else ("", None, "")

    def write(heading: Heading) -> TrustReport:
        return TrustReport(
            heading=heading,
            period=_day(now).isoformat(),
            trust_number=trust.number,
            issued_at=trust.issued_at.astimezone(UTC),
            fingerprint=book.authority.fingerprint(),
            lists_until=lists_until(trust),
            roots=trust.roots,
            revocation_lists=trust.revocation_lists,
            signers=tuple(
                TrustLine(
                    one.organisation_id, one.organisation, one.person, one.fingerprint, one.valid_from,
                    one.valid_to, *line(one.fingerprint),
                )
                for one in trust.signers
            ),
            confirmation=confirmation,
        )  # fmt: skip

    return _sealed(database, book, ReportKind.TRUST, write, key, now)


def read_package(data: bytes, name: str, known: Trust | None, now: datetime) -> Package:
    """Read a trust package, a sealed paper or JSON; raises TrustInvalid about the file called `name`."""
    from sochibo.sealing.confirming import is_confirmed
    from sochibo.sealing.signatures import signers_of
    from sochibo.sealing.trust import TrustInvalid, authority_of, check_trust, read_trust
    from sochibo.sealing.verdicts import Level

    digest = hashlib.sha256(data).hexdigest()
    if not data.startswith(PDF):
        trust = read_trust(data, name)
        return Package(trust, authority_of(trust), to_compare=digest)
    judged = _judged(data, None, now)
    report = judged.envelope.report if judged.envelope else None
    if judged.verdict.code != "V17" or not isinstance(report, TrustReport):
        raise TrustInvalid(name=name)
    trust = _trust_of(report)
    check_trust(trust, name)
    if authority_of(trust) != report.fingerprint:
        raise TrustInvalid(name=name)
    vouched = False
    if known is not None:
        again = _judged(data, known, now)
        accepted = again.verdict.level in {Level.ACCEPT, Level.NOTE}
        sealer = again.seal.fingerprint if again.seal else ""
        vouched = accepted and is_committee(known, sealer, _day(now))
    confirmed = is_confirmed(report.confirmation, trust, signers_of(data)[-1], now)
    return Package(
        trust=trust,
        fingerprint=report.fingerprint,
        sealed_by=judged.seal.person if judged.seal else "",
        vouched=vouched,
        certificates=_certificates(report),
        confirmed=confirmed,
        to_compare=report.fingerprint if confirmed else digest,
    )


def kept_trust(content: bytes) -> Trust:
    """Return the trust of a package that was looked at when it came."""
    return kept_package(content).trust


def kept_package(content: bytes) -> Package:
    """Read a package that was looked at when it came."""
    from sochibo.documents import envelopes, papers
    from sochibo.sealing.trust import TrustInvalid, authority_of, read_trust

    if not content.startswith(PDF):
        trust = read_trust(content, "")
        return Package(trust, authority_of(trust))
    report = envelopes.decode(papers.payload_of(content)).report
    if not isinstance(report, TrustReport):
        raise TrustInvalid(name="")
    return Package(_trust_of(report), report.fingerprint, certificates=_certificates(report))


def _certificates(report: TrustReport) -> tuple[str, ...]:
    return tuple(one.certificate for one in report.signers if one.certificate)


def _trust_of(report: TrustReport) -> Trust:
    from sochibo.sealing.trust import RegisteredSigner

    return Trust(
        number=report.trust_number,
        issued_at=report.issued_at,
        roots=report.roots,
        revocation_lists=report.revocation_lists,
        signers=tuple(
            RegisteredSigner(
                one.fingerprint,
                one.organisation_id,
                one.organisation,
                one.person,
                one.valid_from,
                one.valid_to,
            )
            for one in report.signers
        ),
    )


def _sealed(
    database: Database,
    book: Book,
    kind: ReportKind,
    write: Callable[[Heading], Report],
    key: SigningKey,
    now: datetime,
) -> bytes:
    from sochibo.documents.papers import assemble
    from sochibo.sealing.seals import seal

    day = _day(now)

    def signed(heading: Heading) -> Report:
        # Whoever asks or vouches signs, who is not always the secretary whom other papers name.
        return write(replace(heading, signer=key.subject.person))

    draft = Draft(kind, day.isoformat(), day, (), signed, alone=True)
    return seal(assemble(draw_up(database, book, draft)), key, ROLE, now)


def _judged(pdf: bytes, trust: Trust | None, now: datetime) -> Judgement:
    from sochibo.sealing.seals import judge

    return judge(pdf, trust, _day(now))


def _same_key(pdf: bytes, pem: bytes) -> bool:
    """Tell whether the key that sealed a request is the one that asks."""
    from sochibo.sealing.certificates import same_key
    from sochibo.sealing.signatures import signers_of

    return all(same_key(each.encode(), pem) for each in signers_of(pdf))


def _day(now: datetime) -> date:
    from sochibo.sealing.signatures import VIETNAM

    return now.astimezone(VIETNAM).date()
