"""Files on a committee's desk: found, judged one by one, kept as they came, and put in their place."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sochibo import faults
from sochibo.book.inbox import received_files
from sochibo.book.inbox.received_files import LostFile, clear_drafts, folder_of
from sochibo.book.inbox.received_keys import keys_of
from sochibo.rules import names
from sochibo.rules.members.people_named import people_named
from sochibo.rules.reports import MinutesReport, ReportKind
from sochibo.sealing.verdicts import Level, Verdict, verdict
from sochibo.storage.records import submissions as rows
from sochibo.storage.records.organisations import read_organisation
from sochibo.storage.records.submissions import Decision, Found, KeptSubmission

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime
    from pathlib import Path

    from sochibo.documents.envelopes import Envelope
    from sochibo.rules.members.people_named import Person
    from sochibo.sealing.seals import Judgement
    from sochibo.sealing.trust import Trust
    from sochibo.storage.engine.database import Database

__all__ = ["Desk", "LostFile", "kept_file", "same_paper", "search"]

PAPERS: Final = frozenset({".pdf"})
PACKED: Final = frozenset({".zip", ".rar", ".7z"})
COUNTING: Final = frozenset({Level.ACCEPT, Level.NOTE})
CHAINED: Final = frozenset({ReportKind.SUMMARY, ReportKind.ROLLUP})
"""Kinds of which every paper is sent: only there a gap in the series means that one is missing."""


class _Judged(NamedTuple):
    """A file with its judgement, before anybody asks whether it is in its right place.

    Without a judgement the file could not be read whole, and was not kept.
    """

    position: int
    name: str
    judgement: Judgement | None

    @property
    def envelope(self) -> Envelope | None:
        return self.judgement.envelope if self.judgement else None

    @property
    def series(self) -> tuple[str, str, str, int, int]:
        """Return what sorts papers as they were issued: revisions and months one after the other."""
        envelope = self.envelope
        if envelope is None:
            return ("", "", "", 0, self.position)
        day = envelope.issued_on.isoformat()
        return (envelope.organisation_id, envelope.kind.value, day, envelope.revision, self.position)


def search(paths: Sequence[Path], endings: Collection[str] = PAPERS) -> tuple[Path, ...]:
    """Return the files meant; folders are searched to any depth for names that end so.

    Raises NotReadable for what is not there.
    """
    found: list[Path] = []
    for path in paths:
        try:
            if path.is_dir():
                inside = (one for one in path.rglob("*") if one.suffix.lower() in endings and one.is_file())
                # A Mac leaves `._name.pdf` beside every file it copies to a stick.
                found += sorted(one for one in inside if not one.name.startswith("."))
                continue
            there = path.exists()
        except OSError as error:  # the stick went while it was searched
            raise faults.NotReadable(name=path.name) from error
        if not there:
            raise faults.NotReadable(name=path.name)
        found.append(path)
    return tuple(found)


def kept_file(database: Database, kept: KeptSubmission) -> bytes:
    """Return a received file as it came; raises LostFile."""
    return received_files.read(folder_of(database.path), kept.sha256, keys_of(database), kept.file)


class Desk:
    """One delivery: judge and keep the files first, then file them in the book, inside an act."""

    def __init__(self, database: Database, trust: Trust | None, now: datetime) -> None:
        self._database = database
        self._trust = trust
        self._now = now
        self._pile: list[_Judged] = []
        self._people: dict[tuple[str, str], dict[Person, tuple[str, str]]] = {}

    @property
    def judged(self) -> int:
        """Return how many files were judged."""
        return len(self._pile)

    def judge_all(self, paths: Sequence[Path], progress: Callable[[int, int], bool]) -> None:
        """Judge files and keep them beside the book; stops where `progress` says so.

        Raises NotReadable where the folder has gone, or a fault of the place where files are kept. A file
        that alone cannot be read gets a verdict like any other.
        """
        from sochibo.book.inbox.jury import Bench, judge_each
        from sochibo.sealing.signatures import VIETNAM

        today, folder = self._now.astimezone(VIETNAM).date(), folder_of(self._database.path)
        bench = Bench(self._trust, today, folder, keys_of(self._database))
        clear_drafts(bench.folder)
        for position, judgement in judge_each(bench, paths, lambda done: progress(done, len(paths))):
            self._pile.append(_Judged(position, names.clean(paths[position].name), judgement))

    def judge_kept(
        self, held: Sequence[KeptSubmission], progress: Callable[[int, int], bool] = lambda _done, _all: True
    ) -> None:
        """Judge kept files anew by the trust of today, each as of the day on which it came.

        A file that is no longer whole beside the book keeps the verdict it has.
        """
        from sochibo.sealing.seals import judge
        from sochibo.sealing.signatures import VIETNAM

        for position, one in enumerate(held):
            with contextlib.suppress(LostFile):
                content = kept_file(self._database, one)
                judgement = judge(content, self._trust, one.received_at.astimezone(VIETNAM).date())
                self._pile.append(_Judged(position, one.file, judgement))
            if not progress(position + 1, len(held)):
                return

    def file_all(self) -> tuple[KeptSubmission, ...]:
        """Record every judged file with its final verdict; in the order in which the files were given."""
        in_series = sorted(self._pile, key=lambda one: one.series)
        done = [(judged.position, self._file(judged)) for judged in in_series]
        return tuple(kept for _, kept in sorted(done, key=lambda pair: pair[0]))

    def _file(self, judged: _Judged) -> KeptSubmission:
        if judged.judgement is None or not judged.judgement.sha256:
            unread = judged.judgement.verdict if judged.judgement else verdict("V01")
            return KeptSubmission(
                sha256="", file=judged.name, received_at=self._now, level=unread.level.value, code=unread.code
            )
        earlier = rows.by_sha256(self._database, judged.judgement.sha256)
        if earlier and (earlier.level != Level.HOLD or earlier.decision):
            return self._known(earlier, judged.name)
        final = self._verdict_of(judged.judgement)
        kept = KeptSubmission(
            id=earlier.id if earlier else "",
            sha256=judged.judgement.sha256,
            file=judged.name,
            received_at=earlier.received_at if earlier else self._now,
            level=final.level.value,
            code=final.code,
            fields=final.fields,
            counts=final.level in COUNTING,
            found=_found(judged.judgement, final),
            **_described(judged.judgement),
        )
        if kept.counts and judged.envelope:
            for older in self._of_same_paper(judged.envelope):
                rows.change(self._database, replace(older, counts=False))
        if kept.level in COUNTING and kept.digest:
            self._came.add((kept.unit_id, kept.digest))
        if earlier:
            rows.change(self._database, kept)
            return kept
        return replace(kept, id=rows.add(self._database, kept))

    def _known(self, earlier: KeptSubmission, name: str) -> KeptSubmission:
        """Answer for a file that came before: a refusal stays one, anything else is counted once at most."""
        if earlier.level == Level.REFUSE:
            return replace(earlier, file=name)
        code = "V36" if earlier.decision in {Decision.RETURNED, Decision.SET_ASIDE} else "V13"
        again = verdict(code, day=earlier.received_at.astimezone(self._now.tzinfo).date())
        return replace(earlier, file=name, level=again.level.value, code=again.code, fields=again.fields)

    def _verdict_of(self, judgement: Judgement) -> Verdict:
        """Return the verdict of a file in its place among the others; a refusal stays whatever the place."""
        envelope = judgement.envelope
        if envelope is None or judgement.verdict.level is Level.REFUSE:
            return judgement.verdict
        known = envelope.organisation_id in self._units
        if not known and not self._is_ours(envelope):
            return verdict("V19")
        if judgement.verdict.level not in COUNTING:
            return judgement.verdict
        if not known:
            return verdict("V14", unit=envelope.organisation)
        return self._in_series(envelope, judgement)

    def _in_series(self, envelope: Envelope, judgement: Judgement) -> Verdict:
        """Return the verdict of a paper of our own unit beside what the unit sent before."""
        newest, alone = next(iter(self._of_same_paper(envelope)), None), judgement.verdict
        if newest and newest.digest == judgement.digest and newest.decision is not Decision.RETURNED:
            # Minutes may come twice: sealed by the chair, and once more when the minute-taker signed too.
            return verdict("V34")
        if newest and envelope.revision < newest.revision:
            return verdict("V16")
        if newest and (envelope.revision == newest.revision or not envelope.replaces):
            return verdict("V18")
        missing = [envelope.previous if envelope.kind in CHAINED else None, envelope.replaces]
        came = all((envelope.organisation_id, digest) in self._came for digest in missing if digest)
        twice = self._elsewhere(envelope)
        if alone.level is not Level.ACCEPT:
            return alone
        return twice or (alone if came else verdict("V15"))

    def _elsewhere(self, envelope: Envelope) -> Verdict | None:
        """Return a note on a person whom the paper of another unit names for the same period."""
        from sochibo.documents.envelopes import decode

        named = people_named(envelope.report)
        if not named:
            return None
        series = envelope.kind.value, envelope.period
        if series not in self._people:
            known = self._people[series] = {}
            for kept in rows.of_period(self._database, envelope.period):
                if kept.counts and kept.kind == envelope.kind and kept.envelope:
                    report = decode(kept.envelope.encode()).report
                    known |= dict.fromkeys(people_named(report), (kept.unit_id, kept.unit))
        known = self._people[series]
        own = envelope.organisation_id, envelope.organisation
        found = [(key, known[key][1]) for key in named if known.get(key, own)[0] != own[0]]
        known |= dict.fromkeys(named.keys() - {key for key, _ in found}, own)
        return verdict("V26", person=named[found[0][0]], unit=found[0][1]) if found else None

    def _is_ours(self, envelope: Envelope) -> bool:
        """Tell whether a paper names this committee, or its Party organisation, as the body above it."""
        from sochibo.documents.words.phrases import committee_above

        own = read_organisation(self._database).name
        said = {names.fold(envelope.superior), names.fold(committee_above(envelope.superior))}
        return names.fold(own) in said or names.fold(committee_above(own)) in said

    def _of_same_paper(self, envelope: Envelope) -> list[KeptSubmission]:
        """Return the accepted revisions of a paper, newest first."""
        series = rows.of_series(
            self._database, envelope.organisation_id, envelope.kind.value, envelope.period
        )
        return [
            kept
            for kept in series
            if (kept.level in COUNTING or kept.decision is Decision.ACCEPTED)
            and _meeting_of(kept) == _meeting_in(envelope)
        ]

    @cached_property
    def _units(self) -> frozenset[str]:
        """Return the units below, read once for a delivery, in which none comes or goes."""
        return frozenset(unit.id for unit in rows.units(self._database))

    @cached_property
    def _came(self) -> set[tuple[str, str]]:
        """Return unit and digest of all good papers, those of this delivery too as they are filed.

        Looked up paper by paper, each would be searched among those of all years.
        """
        return rows.digests(self._database, COUNTING)


def same_paper(one: KeptSubmission, other: KeptSubmission) -> bool:
    """Tell whether two files of one unit, kind and period are one paper: a day may have two meetings."""
    return _meeting_of(one) == _meeting_of(other)


def _meeting_of(kept: KeptSubmission) -> str:
    from sochibo.documents.envelopes import decode

    if kept.kind != ReportKind.MINUTES or not kept.envelope:
        return ""
    return _meeting_in(decode(kept.envelope.encode()))


def _meeting_in(envelope: Envelope) -> str:
    return envelope.report.meeting_id if isinstance(envelope.report, MinutesReport) else ""


def _found(judgement: Judgement, final: Verdict) -> tuple[Found, ...]:
    """Return all that was found about a file, by itself and in its place."""
    everything = judgement.found if final in judgement.found else (*judgement.found, final)
    return tuple(Found(one.level.value, one.code, one.fields) for one in everything if one.code != "V00")


def _described(judgement: Judgement) -> dict[str, Any]:
    """Return what could be read of a file, as fields of its record."""
    from sochibo.documents.envelopes import encode

    signer = judgement.seal.person if judgement.seal else ""
    envelope = judgement.envelope
    if envelope is None:
        return {"signer": signer}
    return {
        "signer": signer,
        "unit_id": envelope.organisation_id,
        "unit": envelope.organisation,
        "kind": envelope.kind.value,
        "period": envelope.period,
        "number": envelope.number,
        "revision": envelope.revision,
        "digest": judgement.digest or "",
        "envelope": encode(envelope).decode(),
    }
