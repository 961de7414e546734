"""What a committee receives: its units, its authority, judged files, and the board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sochibo.book.changes import Changes
from sochibo.book.inbox import receiving
from sochibo.book.inbox.received_keys import is_key_due
from sochibo.book.papers.paper_figures import PaperFigure, figures_of
from sochibo.book.upkeep.backups import Reason
from sochibo.faults import Finding, NotReadable, Refused, Severity
from sochibo.messages import N_
from sochibo.rules import names
from sochibo.rules.reports import ReportKind
from sochibo.rules.units.exchange_papers import Remark
from sochibo.rules.units.organisations import BookKind
from sochibo.rules.units.remark_places import PaperPlace, places_of
from sochibo.sealing.checks import OUTCOME_LABELS, Check, Outcome, checks_of
from sochibo.sealing.verdicts import LEVEL_LABELS, Level, Verdict
from sochibo.storage.engine.connection import ReadOnlyBook
from sochibo.storage.records import submissions as rows
from sochibo.storage.records.submissions import Decision, KeptSigner, KeptUnit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sochibo.book.book import Book
    from sochibo.rules.dates import Month
    from sochibo.rules.reports import Report
    from sochibo.storage.engine.database import Database
    from sochibo.storage.records.submissions import KeptSubmission

__all__ = [
    "LEVEL_LABELS", "OUTCOME_LABELS", "BoardRow", "Check", "Inbox", "Level", "Outcome", "Submission", "Unit",
    "Verdict",
]  # fmt: skip


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

    def units(self) -> tuple[Unit, ...]:
        """Return the units in Vietnamese order."""
        signers = {signer.unit_id: signer for signer in rows.signers(self._database)}
        kept = sorted(rows.units(self._database), key=lambda unit: names.natural_key(unit.name))
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
            key=lambda unit: names.natural_key(unit.name),
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
        self._refuse_others()
        if is_key_due(self._database):
            # The copy holds the key before the first file is locked with it.
            self._book.backups.make(Reason.IMPORT, now)
        desk = receiving.Desk(self._database, self._book.trust.current(), now)
        try:
            desk.judge_all(receiving.search(files), progress)
        finally:
            # What was judged before a stick was pulled out is kept, then the fault goes on its way.
            with self._act(N_("Received files: {count}"), {"count": desk.judged}):
                kept = desk.file_all()
        return tuple(map(_submission, kept))

    def packed(self, files: Sequence[Path]) -> tuple[str, ...]:
        """Return the names of packed files in folders: papers may lie in them, and nobody looks into them."""
        try:
            folders = [one for one in files if one.is_dir()]
            return tuple(names.clean(one.name) for one in receiving.search(folders, receiving.PACKED))
        except (NotReadable, OSError):  # the stick went: whoever reads the papers says so
            return ()

    def judge_again(
        self, now: datetime, progress: Callable[[int, int], bool] = lambda _done, _all: True
    ) -> tuple[Submission, ...]:
        """Judge anew what is in doubt and was not decided, since the trust may have changed meanwhile.

        Returns the files whose verdict is another one now, as one act; none if nothing changed.
        """
        self._refuse_others()
        held = [
            one
            for one in rows.of_period(self._database)
            if one.level == Level.HOLD and not one.decision and one.sha256
        ]
        desk = receiving.Desk(self._database, self._book.trust.current(), now)
        desk.judge_kept(held, progress)
        before = {one.id: one.code for one in held}
        if not desk.judged:
            return ()
        with self._act(N_("Judged files in doubt again: {count}"), {"count": desk.judged}):
            kept = desk.file_all()
        return tuple(_submission(one) for one in kept if one.code != before.get(one.id))

    def submissions(self, period: Month | None = None) -> tuple[Submission, ...]:
        """Return what was received, newest first; a month takes in the papers of its days."""
        return tuple(map(_submission, rows.of_period(self._database, str(period) if period else "")))

    def file(self, submission_id: str) -> bytes:
        """Return a received file as it came; raises KeyError or received_files' LostFile."""
        return receiving.kept_file(self._database, rows.get(self._database, submission_id))

    def checks(self, submission_id: str) -> tuple[Check, ...]:
        """Return every question that a file was asked, in order, with what became of it on that day."""
        kept = rows.get(self._database, submission_id)
        return checks_of([Verdict(one.code, Level(one.level), one.fields) for one in kept.found])

    def figures(self, submission_id: str) -> tuple[PaperFigure, ...]:
        """Return the headline figures of a received paper, as its data say them."""
        report = self._report(submission_id)
        return figures_of(report) if report else ()

    def places(self, submission_id: str) -> tuple[PaperPlace, ...]:
        """Return the fields of a received paper at which a remark may point, the whole paper first."""
        report = self._report(submission_id)
        return places_of(report) if report else ()

    def board(self, year: int) -> tuple[BoardRow, ...]:
        """Return units × months of monthly summaries, of committees below their monthly roll-ups."""
        shown: dict[tuple[str, str], KeptSubmission] = {}
        kinds = (ReportKind.SUMMARY, ReportKind.ROLLUP)
        for kept in (one for kind in kinds for one in rows.of_year(self._database, kind.value, year)):
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

    def _report(self, submission_id: str) -> Report | None:
        from sochibo.documents.envelopes import decode

        envelope = rows.get(self._database, submission_id).envelope
        return decode(envelope.encode()).report if envelope else None

    def _refuse_others(self) -> None:
        """Refuse a cell's book, and one that somebody has open elsewhere before anything is judged for it."""
        if self._book.organisation().kind is not BookKind.COMMITTEE:
            raise _refusal("O92", N_("Only a committee's book receives papers."))
        if self._database.read_only:
            raise ReadOnlyBook(name=self._database.path.name)

    def _act(self, template: str, fields: Mapping[str, object] | None = None) -> AbstractContextManager[None]:
        return self._database.act(template, fields, changes=int(Changes.INBOX.value), lasting=True)


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


def _refusal(code: str, template: str) -> Refused:
    return Refused([Finding(code, Severity.RED, template)])
