"""What can be read of the reviews of a book: lists, checks, caps, figures, runs of years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from sochibo.book.ratings.rating_lines import RatingLine, cap_entries, figures_of, gone, lines_of
from sochibo.book.ratings.rating_prompts import prompts
from sochibo.faults import Finding, red, yellow
from sochibo.messages import N_
from sochibo.rules.members.commendations import hints_for_cell, hints_for_member, run_of
from sochibo.rules.ratings.caps import CapEntry, read_caps
from sochibo.rules.ratings.rating_checks import (
    RatedPerson,
    check_ballot,
    check_levels,
    check_points,
    check_votes,
    find_rated_twice,
)
from sochibo.rules.ratings.rating_figures import FiguresGroup, Source, count_levels
from sochibo.rules.ratings.rating_proposals import LevelProposal, propose_level
from sochibo.rules.ratings.rating_rules import UnratedYear, read_snapshot
from sochibo.rules.ratings.ratings import (
    LEVELS,
    Level,
    NoLevelReason,
    OrganisationRating,
    ReviewKind,
    Subject,
)
from sochibo.rules.units.organisations import BookKind
from sochibo.storage.records import ratings as store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sochibo.book.book import Book
    from sochibo.rules.members.commendations import Hint
    from sochibo.rules.ratings.caps import CapReading
    from sochibo.rules.ratings.rating_figures import RatingFigures
    from sochibo.rules.ratings.rating_rules import RatingRules
    from sochibo.rules.ratings.ratings import Ballot, BallotKind, RatingRevision, ReviewPeriod
    from sochibo.storage.engine.database import Database

__all__ = ["NO_LEVEL", "OrganisationLine", "RatingReadings", "UnratedLine"]

NO_LEVEL: Final = "R41"
"""The finding about somebody who has neither a level nor a reason: work left to do, not a slip."""


@dataclass(frozen=True, slots=True)
class UnratedLine:
    """One line of the list of those not reviewed or not rated (form F14), with both crosses."""

    line: RatingLine
    reason: NoLevelReason | None
    reviewed: bool

    @property
    def subject(self) -> Subject:
        """Tell whether the person is not subject to rating, or only not yet rated."""
        return self.line.rating.subject


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    """The rating of the cell itself or of a unit, with its name and what is wrong."""

    name: str
    rating: OrganisationRating
    proposal: LevelProposal
    findings: tuple[Finding, ...]


class RatingReadings:
    """What needs no writing; `Ratings` adds the acts."""

    def __init__(self, database: Database, book: Book) -> None:
        self._database: Final = database
        self._book: Final = book

    def periods(self) -> tuple[ReviewPeriod, ...]:
        """Return all reviews, the newest closing day first."""
        return store.periods(self._database)

    def period(self, period_id: str) -> ReviewPeriod:
        """Return one review; raises KeyError."""
        return store.period(self._database, period_id)

    def of_year(self, year: int) -> ReviewPeriod | None:
        """Return the yearly review of a year."""
        return next((one for one in self.periods() if one.kind is ReviewKind.YEAR and one.year == year), None)

    def rules(self, period_id: str) -> RatingRules:
        """Return the rule set that a review keeps."""
        return read_snapshot(self.period(period_id).rules)

    def lines(self, period_id: str) -> tuple[RatingLine, ...]:
        """Return the list of members in the order of names, written or not."""
        period = self.period(period_id)
        return lines_of(self._database, period, read_snapshot(period.rules), self.ballots(period_id))

    def line(self, period_id: str, member_id: str) -> RatingLine:
        """Return one line of the list; raises KeyError for somebody who is not on it."""
        period = self.period(period_id)
        rules, ballots = read_snapshot(period.rules), self.ballots(period_id)
        for line in lines_of(self._database, period, rules, ballots, member_id):
            return line
        raise KeyError(member_id)

    def ballots(self, period_id: str) -> dict[BallotKind, Ballot]:
        """Return the counts of ballots entered so far, by kind."""
        return store.ballots(self._database, period_id)

    def organisation(self, period_id: str) -> OrganisationRating:
        """Return the rating of the book's own organisation; its id is empty while nothing was written."""
        own = self._book.organisation().id
        for rating in store.organisation_ratings(self._database, period_id):
            if rating.organisation_id == own:
                return rating
        return OrganisationRating(id="", period_id=period_id, organisation_id=own)

    def organisations(self, period_id: str) -> tuple[OrganisationLine, ...]:
        """Return the book's own rating and, in a committee's book, those of its units."""
        own = self.organisation(period_id)
        units = {
            row["id"]: row["name"] for row in self._database.rows("select id, name from unit order by name")
        }
        rules, ballots = self.rules(period_id), self.ballots(period_id)
        written = {one.unit_id: one for one in store.organisation_ratings(self._database, period_id)}
        below = [
            written.get(unit_id) or OrganisationRating(id="", period_id=period_id, unit_id=unit_id)
            for unit_id in units
        ]
        name = self._book.organisation().name
        lines = []
        for rating in (own, *below):
            called = units[rating.unit_id] if rating.unit_id else name
            proposal = propose_level(rules, rating)
            findings = (
                *check_points(called, rules, rating),
                *check_votes(called, rating, ballots),
                *check_levels(called, rating, proposal.level),
            )
            lines.append(OrganisationLine(called, rating, proposal, findings))
        return tuple(lines)

    def check(self, period_id: str) -> tuple[Finding, ...]:
        """Return what must be mended (red) or minded (yellow) before a review is closed."""
        lines = self.lines(period_id)
        if not lines and self._book.organisation().kind is BookKind.CELL:
            return (red("R40", N_("Nobody is on the roll of the closing day."), "closing_on"),)
        found = [finding for line in lines for finding in (*line.findings, *line.notes)]
        found += [
            red(
                NO_LEVEL,
                N_("{name} has neither a level nor a reason for having none."),
                "proposed_level",
                name=line.name,
            )
            for line in lines
            if line.rating.subject is Subject.RATED and line.rating.proposed_level is None
        ]
        found += self._twice(lines)
        for ballot in self.ballots(period_id).values():
            found += check_ballot(ballot)
        for organisation in self.organisations(period_id):
            found += organisation.findings
        found += self._heads(period_id, lines)
        found += self._quarters(self.period(period_id), lines)
        found += gone(self._database, self.period(period_id))
        found += prompts(self._book, self.period(period_id), self.rules(period_id).subject, lines)
        return (*found, *self.check_cap(period_id))

    def caps(self, period_id: str, source: Source = Source.PROPOSED) -> tuple[CapReading, ...]:
        """Return the cap on HTXS for the list of members as it stands, one reading for each group."""
        return read_caps(self.rules(period_id).cap, cap_entries(self.lines(period_id), source))

    def cell_caps(self, period_id: str, source: Source = Source.DECIDED) -> tuple[CapReading, ...]:
        """Return the cap on HTXS for the units of a committee's book."""
        levels = [
            rating.decided_level if source is Source.DECIDED else rating.proposed_level
            for rating in store.organisation_ratings(self._database, period_id)
            if rating.unit_id
        ]
        return read_caps(self.rules(period_id).cap, [CapEntry(level) for level in levels])

    def check_cap(self, period_id: str, source: Source = Source.PROPOSED) -> tuple[Finding, ...]:
        """Warn where the list has more HTXS than the cap; never a refusal, the committee decides."""
        found = []
        for reading in self.caps(period_id, source):
            if not reading.over:
                continue
            fields = {"excellent": reading.excellent, "cap": reading.cap, "percent": reading.rule.percent}
            template = N_(
                "Expected at HTXS: {excellent}; the cap of {percent}% is {cap} for this list. The "
                "committee decides for the whole organisation."
            )
            found.append(yellow("R60", template, "cap", **fields))
            if not reading.rule.note.strip():
                why = N_("Write down why the list stays above the cap.")
                found.append(yellow("R61", why, "cap.note"))
        return tuple(found)

    def figures(self, period_id: str, source: Source = Source.PROPOSED) -> dict[FiguresGroup, RatingFigures]:
        """Return the counts by group, of the proposed or of the decided levels, never of both together."""
        figures = figures_of(self.lines(period_id), source)
        cells = [
            (
                Subject.NOT_SUBJECT if one.rating.unrated_reason.strip() else Subject.RATED,
                one.rating.decided_level if source is Source.DECIDED else one.rating.proposed_level,
            )
            for one in self.organisations(period_id)
        ]
        # A committee rates its cells, not itself: its own line is the level above's to count.
        own_only = len(cells) == 1
        return figures | {FiguresGroup.CELLS: count_levels(cells if own_only else cells[1:])}

    def unrated(self, period_id: str, source: Source = Source.PROPOSED) -> tuple[UnratedLine, ...]:
        """Return who has no level, with the reason: the list F14."""
        return tuple(
            UnratedLine(line, line.rating.subject_reason, line.rating.reviewed_on is not None)
            for line in self.lines(period_id)
            if line.rating.subject is not Subject.RATED or line.level(source) is None
        )

    def nominees(self, period_id: str) -> tuple[RatingLine, ...]:
        """Return who stands on the second ballot: those nominated for HTXS."""
        return tuple(
            line
            for line in self.lines(period_id)
            if line.rating.nominated and line.rating.subject is Subject.RATED
        )

    def runs(self, year: int, level: Level = Level.EXCELLENT) -> dict[str, int]:
        """Return by member id how many years in a row, up to this one, the committee decided a level."""
        unrated = self._unrated_year(year)
        counted = {
            member_id: run_of(levels, year, level, unrated)
            for member_id, levels in store.decided_levels(self._database).items()
        }
        return {member_id: years for member_id, years in counted.items() if years}

    def hints(self, year: int) -> tuple[Hint, ...]:
        """Suggest commendations, and whom to look into, from the decided levels up to a year."""
        unrated = self._unrated_year(year)
        decided = store.decided_levels(self._database)
        names = {entry.member.id: entry.member.name for entry in self._book.members.on(
            self._closing_day(year), everybody=True
        )}  # fmt: skip
        found = [
            hint
            for member_id, name in names.items()
            for hint in hints_for_member(name, decided.get(member_id, {}), year, unrated)
        ]
        exemplary = {}
        for period in self.periods():
            if period.kind is ReviewKind.YEAR:
                own = self.organisation(period.id)
                exemplary[period.year] = own.exemplary and own.decided_level is Level.EXCELLENT
        return (*found, *hints_for_cell(self._book.organisation().name, exemplary, year))

    def revisions(self, rating_id: str) -> tuple[RatingRevision, ...]:
        """Return what a rating was before each correction, the oldest first."""
        return store.revisions(self._database, rating_id)

    def _closing_day(self, year: int) -> date:
        known = self.of_year(year)
        return known.closing_on if known else date(year, 12, 31)

    def _unrated_year(self, year: int) -> UnratedYear:
        known = self.of_year(year)
        return read_snapshot(known.rules).unrated_year if known else UnratedYear.BREAKS

    def _twice(self, lines: Sequence[RatingLine]) -> tuple[Finding, ...]:
        """Find one person under two lines of the register."""
        cell = self._book.organisation().name
        return find_rated_twice(
            RatedPerson(
                cell=cell,
                name=line.entry.member.name,
                birth=line.entry.member.birth.iso if line.entry.member.birth else "",
                number=line.entry.member.card_no or line.entry.member.identity_no,
            )
            for line in lines
            if line.rating.subject is Subject.RATED
        )

    def _quarters(self, period: ReviewPeriod, lines: Sequence[RatingLine]) -> list[Finding]:
        """Advise where a leader had a quarter of KHT and is proposed for HTXS of the year.

        Quarters are never averaged; papers that apply QĐ 366-QĐ/TW rule only this out.
        """
        if period.kind is not ReviewKind.YEAR:
            return []
        failed = {
            rating.member_id
            for one in self.periods()
            if one.kind is ReviewKind.QUARTER and one.year == period.year
            for rating in store.ratings(self._database, one.id).values()
            if (rating.decided_level or rating.proposed_level) is Level.NOT_COMPLETED
        }
        template = N_("{name} had a quarter of KHT this year and is proposed for HTXS.")
        return [
            yellow("R44", template, "proposed_level", name=line.name)
            for line in lines
            if line.rating.proposed_level is Level.EXCELLENT and line.rating.member_id in failed
        ]

    def _heads(self, period_id: str, lines: Sequence[RatingLine]) -> list[Finding]:
        """Advise where the secretary stands above the cell's own level."""
        body = self.organisation(period_id).proposed_level
        if body is None or not self.rules(period_id).subject.head_not_above_body:
            return []
        template = N_("{name} heads the cell and is proposed above the level of the cell itself.")
        return [
            yellow("R42", template, "proposed_level", name=line.name)
            for line in lines
            if line.is_head
            and line.rating.proposed_level is not None
            and LEVELS.index(line.rating.proposed_level) < LEVELS.index(body)
        ]
