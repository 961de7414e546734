"""A committee's decision on ratings, taken in by a cell: matched to its members, looked at, then one act."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sochibo.book.changes import Changes
from sochibo.book.papers.answers import NoTrust, SlipDoubtful
from sochibo.faults import Fault, Refused, red
from sochibo.messages import N_
from sochibo.rules.names import clean
from sochibo.rules.ratings.rating_decisions import CellRatingDecisionReport, RatingDecisionReport
from sochibo.rules.ratings.ratings import Level, ReviewKind, Subject
from sochibo.sealing.trust import is_committee
from sochibo.sealing.verdicts import Level as VerdictLevel
from sochibo.storage.records import slips

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sochibo.book.book import Book
    from sochibo.book.ratings.rating_lines import RatingLine
    from sochibo.rules.ratings.rating_decisions import DecidedMember
    from sochibo.sealing.seals import Judgement
    from sochibo.storage.engine.database import Database

__all__ = [
    "UNMATCHED_LABELS", "DecidedRatings", "DecisionDoubtful", "DecisionReading", "MatchedCell",
    "MatchedLevel", "NoDecision", "Unmatched", "UnmatchedLevel",
]  # fmt: skip

_YEAR: Final = re.compile(r"\b\d{4}\b")


class DecisionDoubtful(SlipDoubtful):
    """A decision that our own judgement does not accept, so that no level rests on it."""

    code = "X23"
    advice = N_("Ask the committee for the decision once more. Nothing was changed.")


class NoDecision(Fault):
    """A file that is something else, or one that was not sealed by the committee above."""

    code = "X24"
    sentence = N_("“{name}” is no decision on ratings by the committee above {unit}.")
    advice = N_("Choose the decision that the committee made and sealed. Nothing was changed.")


class Unmatched(StrEnum):
    """Why a line of a decision is not taken in."""

    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"
    ELSEWHERE = "elsewhere"
    NOT_RATED = "not_rated"


UNMATCHED_LABELS: Final = {
    Unmatched.UNKNOWN: N_("nobody of this name and year of birth is on the list"),
    Unmatched.AMBIGUOUS: N_("more than one person has this name and year of birth"),
    Unmatched.ELSEWHERE: N_("named there under another unit"),
    Unmatched.NOT_RATED: N_("not rated in this review"),
}


@dataclass(frozen=True, slots=True)
class MatchedLevel:
    """One member of ours with the level decided; `changes` tells that the book says otherwise."""

    member_id: str
    name: str
    before: Level | None
    level: Level
    changes: bool


@dataclass(frozen=True, slots=True)
class MatchedCell:
    """The level decided of the cell itself, by a decision on cells."""

    before: Level | None
    level: Level
    exemplary: bool
    changes: bool


@dataclass(frozen=True, slots=True)
class UnmatchedLevel:
    """One line of the decision that a person must look at."""

    name: str
    birth: str
    level: Level
    why: Unmatched


@dataclass(frozen=True, slots=True)
class DecisionReading:
    """What a decision would change in a review; nothing is written yet.

    `silent` are those with a level proposed here of whom the decision says nothing; `cell` is what a decision
    on cells says of this one.
    """

    period_id: str
    number: str
    decided_on: date
    sender: str
    matched: tuple[MatchedLevel, ...]
    unmatched: tuple[UnmatchedLevel, ...]
    silent: tuple[str, ...]
    content: bytes
    cell: MatchedCell | None = None

    @property
    def changes(self) -> int:
        """Return how many levels it says something new of."""
        return sum(one.changes for one in self.matched) + (self.cell is not None and self.cell.changes)

    @property
    def corrects(self) -> bool:
        """Tell whether it replaces a level decided before, so that a reason is asked for."""
        told: list[MatchedLevel | MatchedCell] = [*self.matched, *([self.cell] if self.cell else [])]
        return any(one.changes and one.before is not None for one in told)


class DecidedRatings:
    """The way of decided levels into a cell's book: read, shown, taken."""

    def __init__(self, database: Database, book: Book) -> None:
        self._database: Final = database
        self._book: Final = book

    def read(self, content: bytes, name: str, now: datetime) -> DecisionReading:
        """Judge a decision as any file from outside, and match it to the review and the members it names.

        Members are those of the list whose name, letter for letter, and year of birth are the decision's;
        whoever cannot be told for certain is listed, never guessed. Raises NoTrust, DecisionDoubtful,
        NoDecision, or Refused where the review was never begun here or nobody of this cell is named.
        """
        trust = self._book.trust.current()
        if trust is None:
            raise NoTrust(name=name)
        judgement = self._judged(content, now)
        envelope, seal, unit = judgement.envelope, judgement.seal, self._book.organisation().name
        kinds = RatingDecisionReport | CellRatingDecisionReport
        if envelope is not None and not isinstance(envelope.report, kinds):
            raise NoDecision(name=name, unit=unit)
        if judgement.verdict.level not in {VerdictLevel.ACCEPT, VerdictLevel.NOTE}:
            raise DecisionDoubtful(name=name, verdict=judgement.verdict)
        if seal is None or envelope is None or not is_committee(trust, seal.fingerprint):
            raise NoDecision(name=name, unit=unit)
        report = envelope.report
        if isinstance(report, CellRatingDecisionReport):
            return self._read_cell(report, content)
        if not isinstance(report, RatingDecisionReport):
            raise NoDecision(name=name, unit=unit)
        lines = self._book.ratings.lines(self._review_of(report.period))
        matched, unmatched = _match(report, lines, unit)
        if not matched and not unmatched:
            template = N_("The decision {number} names nobody of {unit}.")
            raise Refused([red("X25", template, "", number=report.heading.number, unit=unit)])
        named = {one.member_id for one in matched}
        return DecisionReading(
            period_id=self._review_of(report.period),
            number=report.heading.number,
            decided_on=report.heading.issued_on,
            sender=report.heading.body,
            matched=matched,
            unmatched=unmatched,
            silent=tuple(
                line.name
                for line in lines
                if line.rating.proposed_level is not None and line.entry.member.id not in named
            ),
            content=content,
        )

    def take(self, reading: DecisionReading, now: datetime, *, reason: str = "") -> Changes:
        """Write what a decision says, and keep its file, as one act; taking it again changes nothing.

        Raises Refused where a level decided before would change and no reason is given.
        """
        levels = {one.member_id: one.level for one in reading.matched if one.changes}
        if not reading.changes:
            return Changes.NONE
        fields = {"number": reading.number}
        with self._database.act(
            N_("Took in the decision {number} on ratings"), fields, changes=Changes.RATINGS.value
        ):
            slips.add_decision(
                self._database, reading.content, reading.number, reading.decided_on, now, reading.sender
            )
            if reading.cell is not None:
                return self._take_cell(reading, reading.cell, reason)
            return self._book.ratings.decide(
                reading.period_id, levels, reading.number, reading.decided_on, reason=reason
            )

    def _read_cell(self, report: CellRatingDecisionReport, content: bytes) -> DecisionReading:
        """Return what a decision on cells says of this one; raises Refused where it says nothing."""
        heading, unit = report.heading, self._book.organisation().name
        period_id = self._review_of(report.period)
        found = next((one for one in report.cells if _folded(one.unit) == _folded(unit)), None)
        if found is None:
            template = N_("The decision {number} names nobody of {unit}.")
            raise Refused([red("X25", template, "", number=heading.number, unit=unit)])
        own = self._book.ratings.organisation(period_id)
        said = (own.decided_level, own.exemplary, own.decision, own.decided_on)
        changes = said != (found.level, found.exemplary, heading.number, heading.issued_on)
        cell = MatchedCell(own.decided_level, found.level, found.exemplary, changes)
        return DecisionReading(
            period_id, heading.number, heading.issued_on, heading.body, (), (), (), content, cell
        )

    def _take_cell(self, reading: DecisionReading, cell: MatchedCell, reason: str) -> Changes:
        own = self._book.ratings.organisation(reading.period_id)
        decided = replace(
            own, decided_level=cell.level, exemplary=cell.exemplary, decision=reading.number,
            decided_on=reading.decided_on,
        )  # fmt: skip
        return self._book.ratings.change_organisation(decided, reason=reason)

    def _judged(self, content: bytes, now: datetime) -> Judgement:
        from sochibo.sealing.seals import judge
        from sochibo.sealing.signatures import VIETNAM

        return judge(content, self._book.trust.current(), now.astimezone(VIETNAM).date())

    def _review_of(self, period: str) -> str:
        for one in self._book.ratings.periods():
            if one.kind in {ReviewKind.YEAR, ReviewKind.QUARTER} and one.text == period:
                return one.id
        template = N_("The decision is about {period}, and no review of it was begun in this book.")
        raise Refused([red("X26", template, "", period=period)])


def _match(
    report: RatingDecisionReport, lines: Sequence[RatingLine], unit: str
) -> tuple[tuple[MatchedLevel, ...], tuple[UnmatchedLevel, ...]]:
    """Match the lines of a decision to the list of a review, in the order of the decision."""
    matched: list[MatchedLevel] = []
    unmatched: list[UnmatchedLevel] = []
    known: dict[tuple[str, str], list[RatingLine]] = {}
    for line in lines:
        birth = line.entry.member.birth
        known.setdefault((_folded(line.name_beside_birth), birth.iso[:4] if birth else ""), []).append(line)
    told = Counter(_key(one) for one in report.members if _is_of(one, unit))
    for one in report.members:
        ours = known.get(_key(one), [])
        if not _is_of(one, unit) and (not ours or told[_key(one)]):
            continue
        why = _doubt(one, ours, unit, told[_key(one)])
        if why is not None:
            unmatched.append(UnmatchedLevel(one.name, one.birth, one.level, why))
            continue
        rating = ours[0].rating
        said = (rating.decided_level, rating.decision, rating.decided_on)
        changes = said != (one.level, report.heading.number, report.heading.issued_on)
        matched.append(
            MatchedLevel(
                ours[0].entry.member.id, ours[0].name, rating.decided_level, one.level, changes=changes
            )
        )
    return tuple(matched), tuple(unmatched)


def _doubt(one: DecidedMember, ours: Sequence[RatingLine], unit: str, told: int) -> Unmatched | None:
    if not _is_of(one, unit):
        return Unmatched.ELSEWHERE
    if not ours or not _key(one)[1]:
        return Unmatched.UNKNOWN
    if len(ours) > 1 or told > 1:
        return Unmatched.AMBIGUOUS
    return None if ours[0].rating.subject is Subject.RATED else Unmatched.NOT_RATED


def _is_of(one: DecidedMember, unit: str) -> bool:
    return _folded(one.unit) == _folded(unit)


def _key(one: DecidedMember) -> tuple[str, str]:
    found = _YEAR.search(one.birth)
    return _folded(one.name), found.group() if found else ""


def _folded(text: str) -> str:
    """Ignore capitals and spaces, never marks: Ân and An are two people."""
    return " ".join(clean(text).casefold().split())
