"""The list of a review: who is on it, what was entered, what the rules make of it, and what is wrong."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from sochibo.faults import Finding
from sochibo.rules.members.members import Membership, RosterEntry, standing_on
from sochibo.rules.members.offices import heads_cell, leads_cell, serves_in_committee, words_of
from sochibo.rules.members.rolls import told_apart
from sochibo.rules.names import sort_key
from sochibo.rules.ratings.caps import CapEntry
from sochibo.rules.ratings.rating_checks import check_levels, check_points, check_subject, check_votes
from sochibo.rules.ratings.rating_figures import FiguresGroup, Source, count_levels
from sochibo.rules.ratings.rating_proposals import LevelProposal, propose_level
from sochibo.rules.ratings.rating_subjects import SubjectStatus, left_during, subject_on
from sochibo.rules.ratings.ratings import Level, MemberRating, RatingScore, ReviewKind
from sochibo.storage.records import members as member_store
from sochibo.storage.records import ratings as store
from sochibo.storage.records import registers as register_store

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence
    from datetime import date

    from sochibo.rules.members.members import Member
    from sochibo.rules.members.offices import Office
    from sochibo.rules.ratings.rating_figures import RatingFigures
    from sochibo.rules.ratings.rating_rules import RatingRules
    from sochibo.rules.ratings.ratings import Ballot, BallotKind, ReviewPeriod
    from sochibo.storage.engine.database import Database

__all__ = ["RatingLine", "cap_entries", "computed", "figures_of", "gone", "lines_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingLine:
    """One member on the list; `rating.id` is empty while nothing was written.

    `status` is what follows from the events, `rating.subject` what counts (a person may have chosen it by
    hand). `notes` are things to mind, `findings` what is wrong or missing. `years` are the levels decided
    before, by year.
    """

    entry: RosterEntry
    rating: MemberRating
    scores: Mapping[str, RatingScore] = field(default_factory=dict)
    status: SubjectStatus
    proposal: LevelProposal
    findings: tuple[Finding, ...] = ()
    is_head: bool = False
    in_committee: bool = False
    years: Mapping[int, Level | None] = field(default_factory=dict)
    told_apart: str = ""

    @property
    def name(self) -> str:
        """Return the member's name, with the year of birth where several of the register bear it."""
        return self.told_apart or self.entry.member.name

    @property
    def name_beside_birth(self) -> str:
        """Return the name for lists with the year of birth: more stands with it only where that is shared."""
        member = self.entry.member
        year = member.birth.iso[:4] if member.birth else ""
        return member.name if self.name == f"{member.name} ({year})" else self.name

    @property
    def groups(self) -> tuple[FiguresGroup, ...]:
        """Return the rows of the summary (F10) in which the member is counted."""
        probationary = self.entry.standing.membership is Membership.PROBATIONARY
        whole = FiguresGroup.PROBATIONARY if probationary else FiguresGroup.OFFICIAL
        return (whole, FiguresGroup.COMMITTEE) if self.in_committee else (whole,)

    @property
    def notes(self) -> tuple[Finding, ...]:
        """Return what the member's year asks to be minded."""
        return self.status.notes

    def level(self, source: Source) -> Level | None:
        """Return the level proposed here or decided above."""
        return self.rating.proposed_level if source is Source.PROPOSED else self.rating.decided_level


def lines_of(
    database: Database,
    period: ReviewPeriod,
    rules: RatingRules,
    ballots: Mapping[BallotKind, Ballot],
    member_id: str | None = None,
) -> tuple[RatingLine, ...]:
    """Return the list in the order of names, or only the line of one member, reading no more than it needs.

    While a review is open these are the members of its closing day; once closed, those who were on the list
    then, whatever is learnt of them later.
    """
    written = store.ratings(database, period.id, member_id)
    scores = store.scores(database, period.id, member_id)
    decided = store.decided_levels(database, member_id)
    offices: dict[str, list[Office]] = {}
    for office in register_store.read_offices(database, member_id):
        offices.setdefault(office.member_id, []).append(office)
    events = member_store.read_events(database, member_id)
    people = member_store.read_members(database)
    shown = told_apart(people)
    people = [one for one in people if member_id in {None, one.id}]
    people.sort(key=lambda one: (sort_key(one.name), one.id))
    judge = partial(_line, rules=rules, ballots=ballots)
    lines = []
    for person in people:
        entry = RosterEntry(
            _in_office(person, offices.get(person.id, []), period.closing_on),
            standing_on(events.get(person.id, ()), period.closing_on),
        )
        if not (person.id in written if period.locked else _is_listed(entry, period, written)):
            continue
        status = subject_on(shown[person.id], events.get(person.id, ()), period, rules.subject)
        known = written.get(person.id)
        rating = known or MemberRating(id="", period_id=period.id, member_id=person.id)
        if not (rating.subject_manual or period.locked):
            rating = dataclasses.replace(rating, subject=status.subject, subject_reason=status.reason)
        years = decided.get(person.id, {})
        lines.append(judge(entry, rating, scores.get(rating.id, {}), status, years, shown[person.id]))
    return tuple(lines)


def _in_office(person: Member, offices: Sequence[Office], day: date) -> Member:
    """Return a member with the offices of a day; where none was ever recorded the register line counts."""
    return dataclasses.replace(person, office=words_of(offices, day)) if offices else person


def _is_listed(entry: RosterEntry, period: ReviewPeriod, written: Container[str]) -> bool:
    """Tell whether somebody is on an open list: quarters are about leaders (KL 198-KL/TW, 8/10/2025)."""
    if period.kind is not ReviewKind.QUARTER:
        return entry.standing.belongs
    leads = leads_cell(entry.member.office)
    return entry.standing.belongs and (leads or entry.member.id in written)


def _line(
    entry: RosterEntry,
    rating: MemberRating,
    scores: Mapping[str, RatingScore],
    status: SubjectStatus,
    years: Mapping[int, Level | None],
    name: str,
    *,
    rules: RatingRules,
    ballots: Mapping[BallotKind, Ballot],
) -> RatingLine:
    proposal = propose_level(rules, rating, scores)
    findings = (
        *check_points(name, rules, rating, scores),
        *check_votes(name, rating, ballots),
        *check_subject(name, rating),
        *check_levels(name, rating, proposal.level),
    )
    return RatingLine(
        entry=entry,
        rating=rating,
        scores=scores,
        status=status,
        proposal=proposal,
        findings=findings,
        is_head=heads_cell(entry.member.office),
        in_committee=serves_in_committee(entry.member.office),
        years=years,
        told_apart=name,
    )


def computed(rules: RatingRules, rating: MemberRating, scores: Mapping[str, RatingScore]) -> MemberRating:
    """Return a rating with the level that the rules make of it."""
    return dataclasses.replace(rating, computed_level=propose_level(rules, rating, scores).level)


def gone(database: Database, period: ReviewPeriod) -> tuple[Finding, ...]:
    """Say who was here during a review and is not on its list."""
    events = member_store.read_events(database)
    people = sorted(member_store.read_members(database), key=lambda one: (sort_key(one.name), one.id))
    shown = told_apart(people)
    said = (left_during(shown[person.id], events.get(person.id, ()), period) for person in people)
    return tuple(finding for finding in said if finding is not None)


def figures_of(lines: Iterable[RatingLine], source: Source) -> dict[FiguresGroup, RatingFigures]:
    """Return the counts of members by group; official and probationary members add up to all."""
    listed = tuple(lines)
    shown = (FiguresGroup.OFFICIAL, FiguresGroup.PROBATIONARY, FiguresGroup.COMMITTEE)
    chosen = {
        FiguresGroup.MEMBERS: listed,
        **{group: [line for line in listed if group in line.groups] for group in shown},
    }
    return {
        group: count_levels((line.rating.subject, line.level(source)) for line in some)
        for group, some in chosen.items()
    }


def cap_entries(lines: Iterable[RatingLine], source: Source) -> list[CapEntry]:
    """Return the list as the cap reads it."""
    return [CapEntry(line.level(source), line.is_head, line.rating.cap_group) for line in lines]
