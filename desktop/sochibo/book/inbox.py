"""What a committee receives: its units, its authority, judged files, and the board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sochibo.book import keyring, receiving
from sochibo.book.changes import Changes
from sochibo.faults import Finding, Refused, Severity
from sochibo.messages import N_
from sochibo.rules import names
from sochibo.rules.exchange_papers import Remark
from sochibo.rules.organisations import BookKind
from sochibo.rules.reports import ReportKind
from sochibo.sealing.verdicts import LEVEL_LABELS, Level, Verdict
from sochibo.storage import keys as kept_keys
from sochibo.storage import preferences
from sochibo.storage import submissions as rows
from sochibo.storage.keys import Purpose
from sochibo.storage.submissions import Decision, KeptSigner, KeptUnit, TrustState

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sochibo.book.book import Book
    from sochibo.rules.dates import Month
    from sochibo.sealing.trust import Trust
    from sochibo.storage.database import Database
    from sochibo.storage.submissions import KeptSubmission

__all__ = ["LEVEL_LABELS", "BoardRow", "Inbox", "Level", "Submission", "Unit", "Verdict"]

ROOT_CERTIFICATE = "authority_certificate"
"""The preference that holds the authority's own certificate (PEM), readable without its passphrase."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A cell below the committee; `id` is the organisation id in the cell's own book."""

    id: str
    name: str
    signer: str
    fingerprint: str
    since: date


@dataclass(frozen=True, slots=True)
class Submission:
    """A received file with its verdict of the day it came; unknown things are empty.

    `decision` is the clerk's word on it, `answered` tells that a slip has told it to the unit.
    """

    id: str
    file: str
    sha256: str
    received_at: datetime
    verdict: Verdict
    unit_id: str
    unit: str
    kind: ReportKind | None
    period: str
    number: str
    revision: int
    signer: str
    counts: bool
    decision: Decision | None = None
    remarks: tuple[Remark, ...] = ()
    answered: bool = False


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One unit over the twelve months of a year: the submission that counts, or the newest, or None."""

    unit: Unit
    months: tuple[Submission | None, ...]


class Inbox:
    """The committee's side; in a cell's book every list is empty and every act raises Refused."""

    def __init__(self, database: Database, book: Book) -> None:
        self._database = database
        self._book = book

    def has_authority(self) -> bool:
        """Tell whether the committee can enrol cells."""
        return kept_keys.newest(self._database, Purpose.AUTHORITY) is not None

    def make_authority(self, passphrase: str, now: datetime) -> Changes:
        """Make the committee's certificate authority and keep it in the book, locked by the passphrase.

        There is one for good: with a second one every certificate issued before would lose its root.
        """
        from sochibo.sealing import keys, trust

        self._refuse_cell()
        keyring.check_passphrase(passphrase)
        if self.has_authority():
            raise _refusal("O91", N_("This committee can enrol cells already."))
        organisation = self._book.organisation()
        pkcs12 = trust.make_authority(organisation.name, organisation.id, passphrase, now)
        authority = keys.open_key(pkcs12, passphrase)
        root = keys.request_of(authority).decode()
        revoked = trust.revoke(authority, (), 1, now).decode()
        with self._act(N_("Set up the enrolment of cells")):
            keyring.keep(self._database, authority, Purpose.AUTHORITY, now)
            preferences.put_first(self._database, ROOT_CERTIFICATE, root)
            rows.put_trust(self._database, TrustState(number=1, revocation_list=revoked, issued_at=now))
        return Changes.INBOX

    def enrol(self, request: bytes, passphrase: str, now: datetime, *, since: date, name: str = "") -> bytes:
        """Enrol a cell by its request: make or update the unit, issue; returns the certificate chain (PEM).

        `since` is the first day for which this person signs for the unit; whoever signed for it before does
        so until the day before. The trust number grows. `name` is the request's file name, for the fault.
        """
        from sochibo.sealing import trust

        self._refuse_cell()
        authority = keyring.open_kept(self._database, Purpose.AUTHORITY, passphrase)
        chain = trust.issue(authority, request, now, name)
        signer, organisation = _signer_of(chain, since)
        number = self._trust_number() + 1
        revoked = trust.revoke(authority, (), number, now).decode()
        fields = {"person": signer.person, "unit": organisation}
        with self._act(N_("Enrolled {person} to sign for {unit}"), fields):
            rows.put_unit(self._database, signer.unit_id, organisation, since)
            for known in rows.signers(self._database):
                if known.unit_id == signer.unit_id and (known.valid_to is None or known.valid_to >= since):
                    last_day = max(known.valid_from, since - timedelta(days=1))
                    rows.end_signer(self._database, known.id, last_day)
            rows.add_signer(self._database, signer)
            rows.put_trust(self._database, TrustState(number=number, revocation_list=revoked, issued_at=now))
        return chain

    def renew_trust(self, passphrase: str, now: datetime) -> Changes:
        """Make the revocation list anew: it lasts 400 days, and no seal is accepted by one that is older."""
        from sochibo.sealing import trust

        self._refuse_cell()
        authority = keyring.open_kept(self._database, Purpose.AUTHORITY, passphrase)
        number = self._trust_number() + 1
        revoked = trust.revoke(authority, (), number, now).decode()
        with self._act(N_("Made the list of revoked certificates anew")):
            rows.put_trust(self._database, TrustState(number=number, revocation_list=revoked, issued_at=now))
        return Changes.INBOX

    def trust_file(self) -> bytes:
        """Return the trust file of the committee (roots, revocation list, register); raises NoAuthority.

        It vouches for the committee's own signers too, so that whoever gets a roll-up can judge it.
        """
        from sochibo.sealing.trust import write_trust

        known = self.trust()
        if known is None:
            raise keyring.NoAuthority
        return write_trust(known)

    def units(self) -> tuple[Unit, ...]:
        """Return the units in Vietnamese order."""
        signers = {signer.unit_id: signer for signer in rows.signers(self._database)}
        kept = sorted(rows.units(self._database), key=lambda unit: _order(unit.name))
        return tuple(_unit(unit, signers.get(unit.id)) for unit in kept if unit.until is None)

    def units_in(self, period: Month) -> tuple[KeptUnit, ...]:
        """Return the units that stood in a month, whoever signs for them, in Vietnamese order.

        Whoever sent for a month stood in it, even if the committee enrolled it only afterwards.
        """
        sent = {kept.unit_id for kept in rows.of_period(self._database, str(period)) if kept.counts}
        return tuple(sorted(
            (
                unit
                for unit in rows.units(self._database)
                if unit.id in sent
                or (unit.since <= period.last() and (unit.until is None or unit.until >= period.first()))
            ),
            key=lambda unit: _order(unit.name),
        ))  # fmt: skip

    def receive(
        self,
        files: Sequence[Path],
        now: datetime,
        progress: Callable[[int, int], bool] = lambda _done, _all: True,
    ) -> tuple[Submission, ...]:
        """Judge and keep files (folders are searched for `*.pdf`), one act; idempotent for the same file.

        `progress` is told how many of how many are done, and returns False to stop; what was judged is kept.
        A file that was held before is judged again: its signer may have been enrolled since.
        """
        self._refuse_cell()
        desk = receiving.Desk(self._database, self._book.path, self.trust(), now)
        try:
            desk.judge_all(receiving.search(files), progress)
        finally:
            # What was judged before a stick was pulled out is kept, then the fault goes on its way.
            with self._act(N_("Received files: {count}"), {"count": desk.judged}):
                kept = desk.file_all()
        return tuple(map(_submission, kept))

    def submissions(self, period: Month | None = None) -> tuple[Submission, ...]:
        """Return what was received, newest first; a month takes in the papers of its days."""
        return tuple(map(_submission, rows.of_period(self._database, str(period) if period else "")))

    def file(self, submission_id: str) -> bytes:
        """Return a received file as it came; raises KeyError, NotReadable or receiving's LostFile."""
        return receiving.kept_file(self._book.path, rows.get(self._database, submission_id))

    def board(self, year: int) -> tuple[BoardRow, ...]:
        """Return units × months of monthly summaries."""
        shown: dict[tuple[str, str], KeptSubmission] = {}
        for kept in rows.of_year(self._database, ReportKind.SUMMARY.value, year):
            place = (kept.unit_id, kept.period)
            if kept.counts or not (place in shown and shown[place].counts):
                shown[place] = kept
        months = [f"{year:04d}-{month:02d}" for month in range(1, 13)]
        return tuple(
            BoardRow(
                unit,
                tuple(
                    _submission(shown[unit.id, month]) if (unit.id, month) in shown else None
                    for month in months
                ),
            )
            for unit in self.units()
        )

    def trust(self) -> Trust | None:
        """Return whom the committee trusts, built from its own tables; None without an authority."""
        from sochibo.sealing.trust import RegisteredSigner, Trust, read_certificate

        state = rows.trust(self._database)
        if state is None:
            return None
        unit_names = {unit.id: unit.name for unit in rows.units(self._database)}
        own = keyring.own_certificates(self._database)
        own_facts = [read_certificate(certificate.encode()) for certificate in own]
        organisation = self._book.organisation()
        return Trust(
            number=state.number,
            issued_at=state.issued_at,
            # A certificate that is itself a root needs no authority above it, which a committee's may lack.
            roots=(preferences.get(self._database, ROOT_CERTIFICATE), *own),
            revocation_lists=(state.revocation_list,),
            signers=tuple(
                RegisteredSigner(
                    fingerprint=signer.fingerprint,
                    organisation_id=signer.unit_id,
                    organisation=unit_names[signer.unit_id],
                    person=signer.person,
                    valid_from=signer.valid_from,
                    valid_to=signer.valid_to,
                )
                for signer in rows.signers(self._database)
            )
            + tuple(
                RegisteredSigner(
                    fingerprint=facts.fingerprint,
                    organisation_id=organisation.id,
                    organisation=organisation.name,
                    person=facts.person,
                    valid_from=facts.not_before.date(),
                )
                for facts in own_facts
            ),
        )

    def _trust_number(self) -> int:
        state = rows.trust(self._database)
        return state.number if state else 0

    def _refuse_cell(self) -> None:
        if self._book.organisation().kind is not BookKind.COMMITTEE:
            raise _refusal("O92", N_("Only a committee's book receives papers."))

    def _act(self, template: str, fields: Mapping[str, object] | None = None) -> AbstractContextManager[None]:
        return self._database.act(template, fields, changes=int(Changes.INBOX.value), lasting=True)


def _signer_of(chain: bytes, since: date) -> tuple[KeptSigner, str]:
    """Return the signer that a freshly issued certificate names, and the name of the organisation."""
    from sochibo.sealing.trust import read_certificate

    facts = read_certificate(chain)
    signer = KeptSigner(
        unit_id=facts.organisation_id,
        person=facts.person,
        fingerprint=facts.fingerprint,
        serial=str(facts.serial),
        valid_from=since,
        certificate=chain.decode(),
    )
    return signer, facts.organisation


def _unit(kept: KeptUnit, signer: KeptSigner | None) -> Unit:
    return Unit(
        id=kept.id,
        name=kept.name,
        signer=signer.person if signer else "",
        fingerprint=signer.fingerprint if signer else "",
        since=kept.since,
    )


def _submission(kept: KeptSubmission) -> Submission:
    return Submission(
        id=kept.id,
        file=kept.file,
        sha256=kept.sha256,
        received_at=kept.received_at,
        verdict=Verdict(kept.code, Level(kept.level), kept.fields),
        unit_id=kept.unit_id,
        unit=kept.unit,
        kind=ReportKind(kept.kind) if kept.kind else None,
        period=kept.period,
        number=kept.number,
        revision=kept.revision,
        signer=kept.signer,
        counts=kept.counts,
        decision=kept.decision,
        remarks=kept.remarks,
        answered=kept.answer_id is not None,
    )


def _order(name: str) -> tuple[tuple[int, object], ...]:
    """Return a key that sorts names of organisations: word by word, numbers by value."""
    return tuple((0, int(word)) if word.isdecimal() else (1, names.sort_key(word)) for word in name.split())


def _refusal(code: str, template: str) -> Refused:
    return Refused([Finding(code, Severity.RED, template)])
