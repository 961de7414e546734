"""The judgement of one file by itself: the order of questions, and the verdict of each."""

from __future__ import annotations

import hashlib
import io
import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from sochibo.documents import envelopes, papers
from sochibo.documents.envelopes import Envelope, NewerPayload
from sochibo.faults import Fault, Severity
from sochibo.messages import N_
from sochibo.rules.forms import ALL_ROLES, FORMS
from sochibo.rules.meetings.summaries import check_summary
from sochibo.rules.members.member_papers import MovementReport
from sochibo.rules.members.movement_rollup import movement_adds_up
from sochibo.rules.periods import parse_period
from sochibo.rules.ratings.rating_decisions import RatingDecisionReport, RatingRollupReport
from sochibo.rules.ratings.unit_ratings import ratings_add_up
from sochibo.rules.reports import TELLING, ReportKind, RollupReport, SummaryReport
from sochibo.rules.units.indicator_papers import IndicatorsReport, sums_up
from sochibo.rules.units.rollups import adds_up
from sochibo.sealing.appearances import is_covered
from sochibo.sealing.chains import Chain
from sochibo.sealing.signatures import (
    Seen,
    SignatureRefused,
    Signed,
    examine,
    signed_fields,
)
from sochibo.sealing.structure import check_structure, is_strange
from sochibo.sealing.timestamps import Reliance
from sochibo.sealing.trust import Trust
from sochibo.sealing.verdicts import Level, Verdict, verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sochibo.rules.reports import Report

__all__ = ["CLOCK_SLACK", "Judgement", "SealInfo", "judge"]

CLOCK_SLACK: Final = timedelta(days=1)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SealInfo:
    """Who sealed, as the certificate says, and when, as the signer's PC claimed or a trusted stamp proves."""

    person: str
    organisation: str
    organisation_id: str
    fingerprint: str
    claimed_at: datetime | None
    role: str
    stamped_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A judged file: the verdict, and what could be read of it (never used for totals unless accepted).

    `found` is everything that was not a plain yes, in the order of the questions.
    """

    verdict: Verdict
    sha256: str
    digest: str | None = None
    envelope: Envelope | None = None
    seal: SealInfo | None = None
    found: tuple[Verdict, ...] = ()


@dataclass(slots=True)
class _File:
    """A file while it is judged: what was read of it so far."""

    pdf: bytes
    trust: Trust | None
    received_on: date
    signatures: tuple[Seen, ...] = ()
    envelope: Envelope | None = None

    @property
    def seal(self) -> SealInfo | None:
        """Return the last signature's facts."""
        if not self.signatures:
            return None
        last = self.signatures[-1]
        return SealInfo(
            person=last.facts.person,
            organisation=last.facts.organisation,
            organisation_id=last.facts.organisation_id,
            fingerprint=last.facts.fingerprint,
            claimed_at=last.claimed_at,
            role=last.role,
            stamped_at=last.stamped_at,
        )


def judge(pdf: bytes, trust: Trust | None, received_on: date) -> Judgement:
    """Judge one file by itself, whatever it is; never raises for a bad file.

    In order: limits and structure; exactly the expected signatures and fields; the last signature covers
    the whole file; difference analysis; algorithm; chain to a trusted root with revocation required;
    signer registered for this organisation on this day; claimed time plausible, or the stamped one where a
    trusted time stamp proves it; payload schema; page text equals what the payload renders; arithmetic.
    Whether it is a duplicate or in its right place in a series is for the book to say.

    A refusal ends the questions; a doubt is kept while they go on, because a file that is doubtful for its
    signer and false in its figures is to be returned, not to be enrolled.
    """
    file = _File(pdf, trust, received_on)
    found: dict[Level, Verdict] = {}
    everything = []
    for each in _questions(file):
        everything.append(each)
        found.setdefault(each.level, each)
        if each.level is Level.REFUSE:
            break
    heaviest = next((level for level in reversed(Level) if level in found), None)
    if trust is None and heaviest in {Level.ACCEPT, Level.NOTE, None}:
        outcome = verdict("V17")
        everything.append(outcome)
    else:
        outcome = found[heaviest] if heaviest else verdict("V00")
    return Judgement(
        verdict=outcome,
        sha256=hashlib.sha256(pdf).hexdigest(),
        digest=envelopes.digest(file.envelope) if file.envelope else None,
        envelope=file.envelope,
        seal=file.seal,
        found=tuple(everything),
    )


def _questions(file: _File) -> Iterator[Verdict]:
    """Yield what is found, question by question; each stands on the ones before it."""
    if code := check_structure(file.pdf):
        yield verdict(code)
        return
    if foreign := _foreign(file.pdf):
        yield foreign
        return
    try:
        signed = examine(file.pdf, file.trust, file.received_on, ALL_ROLES)
    except SignatureRefused as refusal:
        yield verdict(refusal.code)
        return
    file.signatures = signed.signatures
    if is_strange(file.pdf):
        yield verdict("V22")
        return
    read = _read(signed)
    file.envelope = read if isinstance(read, Envelope) else None
    # Of a paper that a newer program made, nobody here knows who is to seal it.
    newer = isinstance(read, Verdict) and read.code == "V09"
    if not newer and _wrong_fields(signed, file.envelope):
        yield verdict("V02")
        return
    for seen in signed.signatures:
        yield from _chain_verdicts(seen, file.trust, file.envelope)
    for seen in signed.signatures:
        yield from _time_verdicts(seen, file.received_on, file.envelope)
    if isinstance(read, Verdict):
        yield read
    else:
        yield from _content_verdicts(file.pdf, read)


def _foreign(pdf: bytes) -> Verdict | None:
    """Tell a file that another program signed, or nobody did, from one of ours: it holds no data of ours."""
    if _has_payload(pdf):
        return None
    try:
        fields = signed_fields(pdf)
    except SignatureRefused as refusal:
        return verdict(refusal.code)
    if not fields:
        return verdict("V02")
    return verdict("V03" if ALL_ROLES & set(fields) else "V24")


def _has_payload(pdf: bytes) -> bool:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf), suppress_warnings=True) as document:
            return papers.ATTACHMENT in document.attachments
    except Exception:  # noqa: BLE001 - a damaged list of attachments holds none that we could name
        return False


def _read(signed: Signed) -> Envelope | Verdict:
    """Read the data from the bytes that were first signed, and from no later revision."""
    try:
        return envelopes.decode(papers.payload_of(signed.first_revision))
    except NewerPayload:
        return verdict("V09")
    except Exception:  # noqa: BLE001 - whatever is wrong with the data, they cannot be read
        return verdict("V08")


def _wrong_fields(signed: Signed, envelope: Envelope | None) -> bool:
    """Tell whether fields, order of signatures and permission are not exactly those of the paper's kind."""
    names = tuple(each.role for each in signed.signatures)
    kinds = [envelope.kind] if envelope else list(FORMS)
    return not any(
        names + signed.empty == roles and signed.permission == (1 if len(roles) == 1 else 2)
        for roles in {FORMS[kind].roles for kind in kinds}
    )


def _chain_verdicts(seen: Seen, trust: Trust | None, envelope: Envelope | None) -> Iterator[Verdict]:
    """Say how a signer stands to the trust; without one only what is bad for everybody."""
    codes = {Chain.UNKNOWN: "V05", Chain.REVOKED: "V06", Chain.UNCHECKED: "V21", Chain.WEAK: "V04"}
    if trust is None and seen.chain is Chain.UNKNOWN:
        return
    if seen.chain is Chain.UNKNOWN and envelope and envelope.kind is ReportKind.ENROLMENT:
        # Sealed by the very key that nobody knows yet.
        yield verdict("V35", unit=envelope.organisation)
    elif seen.chain in codes:
        yield verdict(codes[seen.chain])
    elif envelope and trust and not _registered(seen, trust, envelope):
        yield verdict("V12", signer=seen.facts.person, unit=envelope.organisation)


def _registered(each: Seen, trust: Trust, envelope: Envelope) -> bool:
    made, facts = each.made_at, each.facts
    possible = made is not None and facts.not_before <= made <= facts.not_after
    # A time that cannot be has a verdict of its own, which one about the register should not hide.
    day = made.date() if made and possible else envelope.issued_on
    return trust.registered(facts.fingerprint, envelope.organisation_id, day)


def _time_verdicts(seen: Seen, received_on: date, envelope: Envelope | None) -> Iterator[Verdict]:
    """Doubt a time that cannot be: the stamped one, or the claimed one, which without a stamp proves nothing.

    A stamp proves that the seal was there before its certificate, or an authority above it, ran out, whenever
    the file comes.
    """
    made, facts, stamped = seen.made_at, seen.facts, seen.stamped_at
    yield from _stamp_verdicts(seen)
    if made is None:
        yield verdict("V10", claimed="–")
        return
    if made > seen.until or (stamped is None and received_on > seen.until.date()):
        yield verdict("V20")
    too_early = envelope is not None and made.date() < envelope.issued_on - CLOCK_SLACK
    if made < facts.not_before or made.date() > received_on + CLOCK_SLACK or too_early:
        yield verdict("V10", claimed=made)


def _stamp_verdicts(seen: Seen) -> Iterator[Verdict]:
    """Say what a time stamp proves, or why it proves nothing; then the file is judged as one without."""
    stamp, stamped, claimed = seen.stamp, seen.stamped_at, seen.claimed_at
    if stamp is None:
        return
    if stamped is None:
        yield verdict(_USELESS_STAMPS[stamp.reliance], authority=stamp.authority)
    elif claimed is None or abs(claimed - stamped) > CLOCK_SLACK:
        yield verdict("V32", claimed=claimed or "–", stamped=stamped)
    else:
        yield verdict("V27", stamped=stamped)


_USELESS_STAMPS: Final = {
    Reliance.UNKNOWN: "V28", Reliance.UNCHECKED: "V30", Reliance.REVOKED: "V31", Reliance.BROKEN: "V29",
}  # fmt: skip


def _content_verdicts(pdf: bytes, envelope: Envelope) -> Iterator[Verdict]:
    """Compare pages with data, and the data with themselves."""
    try:
        comparison = papers.same_pages(pdf, envelope)
        covered = is_covered(pdf, envelope)
    except Fault:
        yield verdict("V07")
        return
    except Exception as error:  # noqa: BLE001 - no file may stop an inbox, but this one shows a mistake of ours
        # The error's own words could hold someone's name, so only its kind is logged.
        _log.error("pages could not be compared: %s", type(error).__name__)
        yield verdict("V07")
        return
    if covered:
        yield verdict("V22")
        return
    if comparison.difference is not None:
        yield verdict("V07")
    elif not comparison.alike:
        yield verdict("V33")
    elif not comparison.whole:
        yield verdict("V25")
    if envelope.kind in TELLING and parse_period(envelope.period).first > envelope.issued_on:
        yield verdict("V11", finding=N_("It is dated before the days on which it reports."))
        return
    if isinstance(envelope.report, SummaryReport):
        yield from _arithmetic(envelope.report)
    elif _false_sum(envelope.report):
        yield verdict("V11", finding=N_("The rows of the roll-up do not add up to its total."))


def _false_sum(report: Report) -> bool:
    """Tell whether a total is not that of its rows, or a list not what its figures say."""
    if isinstance(report, RollupReport):
        return not adds_up(report)
    if isinstance(report, MovementReport):
        return not movement_adds_up(report)
    if isinstance(report, RatingRollupReport | RatingDecisionReport):
        return not ratings_add_up(report)
    return isinstance(report, IndicatorsReport) and not sums_up(report)


def _arithmetic(report: SummaryReport) -> Iterator[Verdict]:
    try:
        findings = check_summary(report)
    except (Fault, ArithmeticError, ValueError, TypeError, LookupError):
        yield verdict("V08")
        return
    for finding in findings:
        if finding.severity is Severity.RED:
            yield verdict("V11", **{**finding.fields, "finding": finding.template})
