"""What a clerk makes of received files (accept, return, set aside), and the slips that tell it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from sochibo.book.changes import Changes
from sochibo.book.inbox.receiving import same_paper
from sochibo.book.papers.issuing import Draft, issue
from sochibo.faults import Finding, Refused, red
from sochibo.messages import N_, Messages
from sochibo.rules import names
from sochibo.rules.reports import ReportKind
from sochibo.rules.units.exchange_papers import AnsweredPaper, ReceiptReport, Remark, ReturnReport
from sochibo.rules.units.organisations import BookKind
from sochibo.sealing.verdicts import Level, Verdict
from sochibo.storage.records import submissions as rows
from sochibo.storage.records.submissions import Decision, KeptSubmission

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from datetime import date, datetime
    from pathlib import Path

    from sochibo.book.book import Book
    from sochibo.rules.reports import Heading
    from sochibo.sealing.keys import SigningKey
    from sochibo.storage.engine.database import Database

__all__ = ["ACCEPTABLE", "Decision", "Decisions", "Remark", "Unanswered"]

ACCEPTABLE: Final = frozenset({"V10", "V18", "V20", "V33"})
"""Doubts that a person may settle; who signed and what the figures say is for no clerk to overlook."""

_VIETNAMESE: Final = "vi"
"""Slips are papers, and papers are always Vietnamese."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A unit that waits for a word: how many of its files count, and how many go back."""

    unit_id: str
    unit: str
    received: int
    returned: int


class Decisions:
    """The clerk's word on received files, and slips for all units at once."""

    def __init__(self, database: Database, book: Book) -> None:
        self._database = database
        self._book = book

    def accept(self, submission_ids: Sequence[str], now: datetime) -> Changes:
        """Let files count whose doubt a person may settle, or take back that they were returned.

        What counts already stays as it is, and of several revisions the newest counts. Raises Refused for
        any that cannot count (X01) or would count beside a newer revision (X04), and where two chosen are the
        same paper (X05); then nothing is changed.
        """
        chosen = rows.all_of(self._database, submission_ids)
        _refuse([finding for one in chosen if not one.counts for finding in self._unfit(one, chosen)])

        def decided(one: KeptSubmission) -> KeptSubmission:
            for other in self._others(one):
                if other.counts:
                    rows.change(self._database, replace(other, counts=False))
            return replace(one, counts=True, decision=Decision.ACCEPTED, remarks=())

        newest = [
            one
            for one in chosen
            if not one.counts
            and not any(other.revision > one.revision and other in chosen for other in self._others(one))
        ]
        return self._decide(N_("Accepted received files: {count}"), newest, now, decided)

    def _unfit(self, one: KeptSubmission, chosen: Sequence[KeptSubmission]) -> Iterator[Finding]:
        """Yield why a file cannot count."""
        if not _may_count(one) or one.unit_id not in {unit.id for unit in rows.units(self._database)}:
            text = N_("“{file}” cannot count ({code}): its signer or its figures are not in order.")
            yield red("X01", text, one.id, file=one.file, code=one.code)
            return
        others = self._others(one)
        if any(other.counts and other.revision > one.revision and other not in chosen for other in others):
            text = N_("A newer revision of “{file}” counts already. Return that one or set it aside first.")
            yield red("X04", text, one.id, file=one.file)
        if any(other.revision == one.revision and other in chosen for other in others):
            text = N_("“{file}” and another of these files are the same paper: choose the one that counts.")
            yield red("X05", text, one.id, file=one.file)

    def _others(self, one: KeptSubmission) -> list[KeptSubmission]:
        """Return the other files of the same paper, whichever revision they are."""
        series = rows.of_series(self._database, one.unit_id, one.kind or "", one.period)
        return [other for other in series if other.id != one.id and same_paper(one, other)]

    def send_back(self, submission_ids: Sequence[str], remarks: Sequence[Remark], now: datetime) -> Changes:
        """Return files with remarks: none of them counts from now on.

        Raises Refused (X02) for a file of which nobody can tell whose it is, (X03) where nothing is said.
        """
        chosen = rows.all_of(self._database, submission_ids)
        told = tuple(
            Remark(one.place, names.clean(one.name), names.clean(one.text))
            for one in remarks
            if one.text.strip()
        )
        findings = [
            red(
                "X02",
                N_("“{file}” does not say whose it is: tell the sender in person."),
                one.id,
                file=one.file,
            )
            for one in chosen
            if not one.unit_id
        ]
        if not told and any(one.level in {Level.ACCEPT, Level.NOTE} for one in chosen):
            findings.append(red("X03", N_("Say what is to be mended, so that the unit knows it."), "remarks"))
        _refuse(findings)
        return self._decide(
            N_("Returned received files: {count}"),
            chosen,
            now,
            lambda one: replace(one, counts=False, decision=Decision.RETURNED, remarks=told),
        )

    def set_aside(self, submission_ids: Sequence[str], now: datetime) -> Changes:
        """Leave files out of every total and every slip, for whatever reason the clerk has."""
        return self._decide(
            N_("Set received files aside: {count}"),
            rows.all_of(self._database, submission_ids),
            now,
            lambda one: replace(one, counts=False, decision=Decision.SET_ASIDE, remarks=()),
        )

    def unanswered(self) -> tuple[Unanswered, ...]:
        """Return the units that a slip would tell something new."""
        return tuple(
            Unanswered(
                unit_id, group[0].unit, sum(one.counts for one in group), sum(not one.counts for one in group)
            )
            for unit_id, group in self._by_unit()
        )

    def issue_slips(self, on: date) -> tuple[str, ...]:
        """Issue a receipt and a return slip for every unit that waits for one, as one act.

        Returns the ids of the papers, to be sealed and sent; a second call has nothing to say.
        """
        self._refuse_cell()
        issued: list[str] = []
        with self._act(N_("Issued receipts and return slips: {units} units"), units=len(self._by_unit())):
            for unit_id, group in self._by_unit():
                for kind, papers in _sorted(group):
                    if not papers:
                        continue
                    document_id = issue(
                        self._database, self._book, _draft(kind, on, unit_id, group[0].unit, papers)
                    )
                    for one in papers:
                        rows.change(self._database, replace(one, answer_id=document_id))
                    issued.append(document_id)
        return tuple(issued)

    def unsent_slips(self) -> tuple[str, ...]:
        """Return the ids of the slips that have not left yet, oldest first."""
        slips = [
            one
            for kind in (ReportKind.RECEIPT, ReportKind.RETURN_SLIP)
            for one in self._book.reports.documents(kind)
            if not self._book.answers.sent(one.id)
        ]
        return tuple(one.id for one in sorted(slips, key=lambda one: (one.issued_on, one.number)))

    def seal_and_send(
        self,
        document_ids: Sequence[str],
        key: SigningKey,
        folder: Path,
        now: datetime,
        progress: Callable[[int, int], bool] = lambda _done, _all: True,
    ) -> tuple[Path, ...]:
        """Seal slips with one opened key and write them to a stick; returns where they lie.

        `progress` returns False to stop; what was written stays.
        """
        written = []
        for number, document_id in enumerate(document_ids, start=1):
            self._book.reports.seal(document_id, key, now)
            written.append(self._book.answers.send(document_id, folder, now))
            if not progress(number, len(document_ids)):
                break
        return tuple(written)

    def _by_unit(self) -> list[tuple[str, list[KeptSubmission]]]:
        waiting = rows.unanswered(self._database)
        return [(unit_id, list(group)) for unit_id, group in groupby(waiting, key=lambda one: one.unit_id)]

    def _decide(
        self,
        template: str,
        chosen: Sequence[KeptSubmission],
        now: datetime,
        decided: Callable[[KeptSubmission], KeptSubmission],
    ) -> Changes:
        self._refuse_cell()
        if not chosen:
            return Changes.NONE
        with self._act(template, count=len(chosen)):
            for one in chosen:
                word = replace(decided(one), decided_at=now, decided_by=self._database.by, answer_id=None)
                rows.change(self._database, word)
        return Changes.INBOX

    def _refuse_cell(self) -> None:
        if self._book.organisation().kind is not BookKind.COMMITTEE:
            raise Refused([red("O92", N_("Only a committee's book receives papers."), "")])

    def _act(self, template: str, **fields: object) -> AbstractContextManager[None]:
        changes = Changes.INBOX | Changes.REPORTS
        return self._database.act(template, fields, changes=int(changes.value), lasting=True)


def _may_count(one: KeptSubmission) -> bool:
    return bool(one.envelope) and (one.level in {Level.ACCEPT, Level.NOTE} or one.code in ACCEPTABLE)


def _sorted(
    group: Sequence[KeptSubmission],
) -> tuple[tuple[ReportKind, list[KeptSubmission]], ...]:
    return (
        (ReportKind.RECEIPT, [one for one in group if one.counts]),
        (ReportKind.RETURN_SLIP, [one for one in group if not one.counts]),
    )


def _draft(kind: ReportKind, on: date, unit_id: str, unit: str, papers: Sequence[KeptSubmission]) -> Draft:
    answered = tuple(_answered(one, ReportKind(one.kind)) for one in papers if one.kind and one.period)
    report = ReceiptReport if kind is ReportKind.RECEIPT else ReturnReport

    def write(heading: Heading) -> ReceiptReport | ReturnReport:
        return report(heading, on.isoformat(), unit_id, unit, answered)

    return Draft(kind=kind, period=on.isoformat(), issued_on=on, rules=(), write=write, alone=True)


def _answered(one: KeptSubmission, kind: ReportKind) -> AnsweredPaper:
    return AnsweredPaper(
        kind=kind,
        period=one.period,
        number=one.number,
        revision=one.revision,
        digest=one.digest,
        received_on=one.received_at.astimezone().date(),
        code=one.code,
        verdict=Verdict(one.code, Level(one.level), one.fields).sentence(Messages(_VIETNAMESE)),
        remarks=one.remarks,
    )


def _refuse(findings: Sequence[Finding]) -> None:
    if findings:
        raise Refused(findings)
