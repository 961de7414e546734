"""A cell's papers on their way: when they left, and what the committee answered."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sochibo import files
from sochibo.book.changes import Changes
from sochibo.book.inbox.received_files import SIZE_LIMIT
from sochibo.book.inbox.receiving import search
from sochibo.book.papers import sending
from sochibo.faults import Fault, Refused, red
from sochibo.messages import N_
from sochibo.rules import names
from sochibo.rules.reports import ReportKind
from sochibo.rules.units.exchange_papers import ReceiptReport, ReturnReport
from sochibo.sealing.trust import is_committee
from sochibo.sealing.verdicts import Level
from sochibo.storage.records import documents as papers
from sochibo.storage.records import slips
from sochibo.storage.records.slips import Answer, Dispatch

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sochibo.book.book import Book
    from sochibo.messages import Messages
    from sochibo.sealing.seals import Judgement
    from sochibo.sealing.verdicts import Verdict
    from sochibo.storage.engine.database import Database

__all__ = ["Answer", "Answers", "Dispatch", "NoTrust", "NotForUs", "SlipDoubtful", "Taken", "ToCompare"]

TRUST_SUFFIX: Final = ".json"
NAMED_AT_MOST: Final = 3
FROM_ABOVE: Final = frozenset({".pdf", TRUST_SUFFIX})


class SlipDoubtful(Fault):
    """A slip that our own judgement does not accept, so that it turns nothing green."""

    code = "X20"
    sentence = N_("“{name}” was not taken in: {reason}")
    advice = N_("Ask the committee for the slip once more. Nothing was changed.")

    def __init__(self, *, name: str, verdict: Verdict) -> None:
        super().__init__(name=name, verdict=verdict)
        self._name, self._verdict = name, verdict

    def say(self, words: Messages) -> str:
        """Return the sentence with what was found about the file."""
        fields = {"name": self._name, "reason": self._verdict.sentence(words)}
        return f"{words.sentence(self.sentence, fields)} {words.gettext(self.advice)} ({self.code})"


class NotForUs(Fault):
    """A file that is no slip, or one that answers another unit."""

    code = "X21"
    sentence = N_("“{name}” is no receipt or return slip for {unit}.")
    advice = N_("Choose the file that the committee made for this unit. Nothing was changed.")


class NoTrust(Fault):
    """A slip came before the book was told whom to trust."""

    code = "X22"
    sentence = N_("This book does not know yet whose seal to trust, so “{name}” cannot be judged.")
    advice = N_("Take in the trust file of the committee first, then this file again.")


@dataclass(frozen=True, slots=True)
class ToCompare:
    """A trust package that was not taken in yet: where it lies, and the fingerprint that people compare.

    It is that of the authority, or of the whole file where no authority `confirmed` who sealed it.
    """

    path: Path
    number: int
    fingerprint: str
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of files: answers by slips, new trust files, and what was in the way of others.

    `countersigned` counts papers of this book that came back with one signature more. `to_compare` are trust
    packages that nobody vouches for whom the book trusts: people compare their fingerprint first.
    `passed_over` are files of a folder that hold nothing of this program, as a stick of a family has many.
    """

    answers: tuple[Answer, ...] = ()
    trusts: int = 0
    troubles: tuple[Fault, ...] = ()
    countersigned: int = 0
    to_compare: tuple[ToCompare, ...] = ()
    passed_over: tuple[str, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Tell whether nothing came of the files and nothing was in the way."""
        return replace(self, passed_over=()) == Taken()

    def say_passed_over(self, words: Messages) -> str:
        """Name the files that hold nothing of this program: one of them may be a slip that was damaged."""
        more = ", …" if len(self.passed_over) > NAMED_AT_MOST else ""
        fields = {"n": len(self.passed_over), "names": ", ".join(self.passed_over[:NAMED_AT_MOST]) + more}
        return words.sentence(
            N_("Passed over, since they hold nothing of this program: {n} ({names})"), fields
        )


class Answers:
    """What left, and what came back."""

    def __init__(self, database: Database, book: Book) -> None:
        self._database = database
        self._book = book

    def send(self, document_id: str, folder: Path, now: datetime) -> Path:
        """Write a sealed paper to a stick, read it back, and only then record that it was sent.

        Returns where it lies; a listing beside it names every file with its digest, and no file that lies
        there is ever overwritten. A book that is open elsewhere sends too, and records nothing. Raises
        Refused for a paper without a seal, or a fault of the folder.
        """
        sealed = papers.sealed(self._database, document_id)
        if sealed is None:
            raise Refused([red("Q94", N_("Only a sealed paper can be sent."), "")])
        path = sending.write(folder, self._book.reports.file_name(document_id), sealed)
        document = papers.get(self._database, document_id)
        sending.list_file(path, document, now)
        if self._database.read_only:
            return path
        dispatch = Dispatch(
            document_id=document_id,
            sent_at=now,
            place=folder.name or folder.anchor,
            file=path.name,
            sha256=hashlib.sha256(sealed).hexdigest(),
        )
        fields = {"file": path.name}
        changes = int((Changes.REPORTS | Changes.MEETINGS).value)
        with self._database.act(N_("Wrote “{file}” to a stick"), fields, changes=changes, lasting=True):
            slips.add_dispatch(self._database, dispatch)
        return path

    def sent(self, document_id: str) -> tuple[Dispatch, ...]:
        """Return when a paper left and where to, the newest time first."""
        return slips.dispatches_of(self._database, document_id)

    def to(self, document_id: str) -> tuple[Answer, ...]:
        """Return what the committee answered to a paper, the newest first."""
        return slips.answers_to(self._database, document_id)

    def take(self, content: bytes, name: str, now: datetime) -> tuple[Answer, ...]:
        """Take in a receipt or return slip; the same one again changes nothing.

        Returns what it says of papers of this book. Raises SlipDoubtful where its seal or its data are not
        beyond doubt, NotForUs where it is something else or answers another unit, NoTrust where the book
        was never told whose seal counts.
        """
        trust = self._book.trust.current()
        if trust is None:
            raise NoTrust(name=name)
        judgement = self._judged(content, now)
        if judgement.envelope is None:
            raise SlipDoubtful(name=name, verdict=judgement.verdict)
        report, unit = judgement.envelope.report, self._book.organisation()
        # A slip for another unit is no trouble of ours, whatever is wrong with it.
        if not isinstance(report, ReceiptReport | ReturnReport) or report.unit_id != unit.id:
            raise NotForUs(name=name, unit=unit.name)
        if judgement.verdict.level not in {Level.ACCEPT, Level.NOTE}:
            raise SlipDoubtful(name=name, verdict=judgement.verdict)
        if judgement.seal is None or not is_committee(trust, judgement.seal.fingerprint):
            raise NotForUs(name=name, unit=unit.name)
        answers = self._answers(report, now)
        if answers and not slips.is_known(self._database, content):
            fields = {"number": report.heading.number}
            changes = int((Changes.REPORTS | Changes.MEETINGS).value)
            with self._database.act(N_("Took in the slip {number}"), fields, changes=changes, lasting=True):
                slips.add(self._database, content, answers)
        return answers

    def take_all(self, paths: Sequence[Path], now: datetime) -> Taken:
        """Take in whatever a stick from above holds (folders are searched): trust files first, then the rest.

        What is no slip for this unit is passed over where it lies in a folder, and told where it was chosen;
        what holds nothing of this program is not even judged there.
        A trust package that a trusted committee vouches for is taken by its number; of any other the
        fingerprint is compared by people, so it is only named.
        """
        taken = Taken()
        slips_found: list[tuple[Path, bytes, bool]] = []
        for path, chosen in ((one, named == one) for named in paths for one in search([named], FROM_ABOVE)):
            try:
                content = files.read_whole(path, SIZE_LIMIT)
                kind = _kind_of(path, content, chosen=chosen)
                if kind is ReportKind.TRUST:
                    taken = self._with_trust(taken, path, content, now, chosen=chosen)
                elif kind or chosen:
                    slips_found.append((path, content, chosen))
                else:
                    taken = replace(taken, passed_over=(*taken.passed_over, names.clean(path.name)))
            except files.TooLarge as fault:
                taken = replace(taken, troubles=(*taken.troubles, fault)) if chosen else taken
            except Fault as fault:
                taken = replace(taken, troubles=(*taken.troubles, fault))
        for path, content, chosen in slips_found:
            try:
                if self._book.countersigning.take_back(content, path.name, now):
                    taken = replace(taken, countersigned=taken.countersigned + 1)
                else:
                    taken = replace(taken, answers=(*taken.answers, *self.take(content, path.name, now)))
            except NotForUs as fault:
                taken = replace(taken, troubles=(*taken.troubles, fault)) if chosen else taken
            except Fault as fault:
                taken = replace(taken, troubles=(*taken.troubles, fault))
        return taken

    def _with_trust(self, taken: Taken, path: Path, content: bytes, now: datetime, *, chosen: bool) -> Taken:
        """Take a trust package in, or name it to be compared; one overtaken is told if it was chosen."""
        trust = self._book.trust
        package = trust.look(content, path.name, now)
        if not chosen and package.trust.number < trust.number():
            return taken
        if package.trust.number > trust.number() and not trust.is_known(package):
            found = ToCompare(path, package.trust.number, package.to_compare, package.confirmed)
            return replace(taken, to_compare=(*taken.to_compare, found))
        return replace(taken, trusts=taken.trusts + bool(trust.take(content, path.name, now)))

    def _judged(self, content: bytes, now: datetime) -> Judgement:
        from sochibo.sealing.seals import judge
        from sochibo.sealing.signatures import VIETNAM

        return judge(content, self._book.trust.current(), now.astimezone(VIETNAM).date())

    def _answers(self, report: ReceiptReport | ReturnReport, now: datetime) -> tuple[Answer, ...]:
        """Return what a slip says of papers that this book issued; it finds them by their digest."""
        kind = ReportKind.RECEIPT if isinstance(report, ReceiptReport) else ReportKind.RETURN_SLIP
        ours = {one.digest: one.id for one in papers.all_of(self._database)}
        return tuple(
            Answer(
                document_id=ours[one.digest],
                kind=kind,
                number=report.heading.number,
                issued_on=report.heading.issued_on,
                received_at=now,
                sender=report.heading.body,
                code=one.code,
                verdict=one.verdict,
                remarks=one.remarks,
            )
            for one in report.papers
            if one.digest in ours
        )


def _kind_of(path: Path, content: bytes, *, chosen: bool) -> ReportKind | None:
    """Tell what a file says it is, None for one that holds nothing of this program.

    Whatever a person chose by its name as a trust file is looked at as one.
    """
    from sochibo.documents import envelopes, papers
    from sochibo.sealing.trust import SCHEMA

    if path.suffix.lower() == TRUST_SUFFIX:
        return ReportKind.TRUST if chosen or SCHEMA.encode() in content else None
    try:
        return envelopes.decode(papers.payload_of(content)).kind
    except Fault:
        return None
