"""A committee's ratings of a year: what its units propose, what it decides itself, and the cap over all."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from sochibo.book.changes import Changes
from sochibo.book.ratings import unit_rating_files
from sochibo.faults import Finding, Refused, red, yellow
from sochibo.messages import N_
from sochibo.rules.names import clean
from sochibo.rules.periods import PeriodKind
from sochibo.rules.ratings.caps import CapBase, CapEntry, CapRule, cap_of, read_cap
from sochibo.rules.ratings.rating_decisions import RatingRollupReport, UnitRow
from sochibo.rules.ratings.rating_figures import RatingFigures, Source
from sochibo.rules.ratings.rating_papers import RatingListReport, RatingSummaryReport, RatingYearReport
from sochibo.rules.ratings.rating_rules import read_snapshot, rules_on
from sochibo.rules.ratings.ratings import Level, OrganisationRating, ReviewKind, ReviewPeriod
from sochibo.rules.ratings.unit_ratings import MemberDecision, MemberLine, UnitLine, add_figures, moved
from sochibo.rules.reports import ReportKind
from sochibo.rules.units.organisations import BookKind
from sochibo.rules.units.units import version_on
from sochibo.storage.records import decided_members, submissions
from sochibo.storage.records import ratings as store

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import date

    from sochibo.book.book import Book
    from sochibo.rules.periods import Period
    from sochibo.rules.reports import Report
    from sochibo.rules.units.units import Unit
    from sochibo.storage.engine.database import Database
    from sochibo.storage.records.submissions import KeptSubmission

__all__ = ["RATING_KINDS", "MemberLine", "UnitLine", "UnitRatings"]

RATING_KINDS: Final = (
    ReportKind.RATING_LIST, ReportKind.RATING_SUMMARY, ReportKind.RATING_REPORT, ReportKind.RATING_ROLLUP,
)  # fmt: skip
"""What units send of their ratings: of two that tell the same, the later in this order counts."""

_Told = dict[ReportKind, "KeptSubmission"]


class UnitRatings:
    """Units with what they sent, and the committee's own levels beside; nothing proposed is written over."""

    def __init__(self, database: Database, book: Book) -> None:
        self._database: Final = database
        self._book: Final = book

    def review(self, period: Period) -> ReviewPeriod | None:
        """Return the committee's review of a year or quarter, if anything of it was decided."""
        kinds = {ReviewKind.YEAR, ReviewKind.QUARTER}
        found = (one for one in self._book.ratings.periods() if one.kind in kinds)
        return next((one for one in found if one.text == str(period)), None)

    def lines(self, period: Period) -> tuple[UnitLine, ...]:
        """Return a line for every unit that stood on the closing day, in the order of their names."""
        papers, review = self._papers(period), self.review(period)
        decided = self._organisations(review)
        decisions = decided_members.all_of(self._database, review.id) if review else {}
        rule, made = self.cap_rule(period), []
        for unit in self._units(period, papers):
            named = tuple(self._named(unit, period, papers.get(unit.id, {}), decisions))
            told = self._row(unit, period, papers.get(unit.id, {}))
            made.append(self._line(told, papers.get(unit.id, {}), named, decided.get(unit.id), rule))
        return tuple(made)

    def members(self, period: Period, unit_id: str | None = None) -> tuple[MemberLine, ...]:
        """Return the members whom the lists of all units, or of one, name, in the order of the lists."""
        papers, review = self._papers(period), self.review(period)
        decisions = decided_members.all_of(self._database, review.id) if review else {}
        return tuple(
            line
            for unit in self._units(period, papers)
            if unit_id in {None, unit.id}
            for line in self._named(unit, period, papers.get(unit.id, {}), decisions)
        )

    def sources(self, line: UnitLine) -> tuple[str, ...]:
        """Return the ids of the received files behind a unit's line."""
        ids = {
            one.digest: one.id for one in submissions.of_period(self._database) if one.digest in line.papers
        }
        return tuple(ids[digest] for digest in line.papers if digest in ids)

    def own(self, period: Period) -> OrganisationRating | None:
        """Return the rating of the committee itself, if any was entered."""
        review = self.review(period)
        return self._book.ratings.organisation(review.id) if review else None

    def cap_rule(self, period: Period) -> CapRule:
        """Return the cap that the committee set for the year, else that of the rules of its last day."""
        review = self.review(period)
        rules = read_snapshot(review.rules) if review else rules_on(period.last)
        return rules.cap if rules else CapRule()

    def body_cap(self, period: Period, lines: Iterable[UnitLine]) -> int:
        """Return how many HTXS the cap gives to all units together."""
        rule = self.cap_rule(period)
        return cap_of(rule, _base(rule, add_figures(lines)))

    def is_decided(self, period: Period) -> bool:
        """Tell whether the decision on members was issued."""
        return self._book.reports.of_period(ReportKind.RATING_DECISION, period) is not None

    def decide_unit(
        self, period: Period, unit_id: str, level: Level | None, *, exemplary: bool = False
    ) -> Changes:
        """Write the committee's level of a unit; without one the proposed level stands. Raises Refused."""
        if exemplary and (level or Level.EXCELLENT) is not Level.EXCELLENT:
            raise Refused([red("R17", N_("Only an organisation at HTXS can be exemplary."), "exemplary")])
        name = self._unit_name(period, unit_id)
        with self._act(N_("Decided on the level of {name} in {period}"), period, unit_id, name):
            review = self._begun(period)
            known = self._organisations(review).get(unit_id)
            made = known or OrganisationRating(id="", period_id=review.id, unit_id=unit_id)
            store.put_organisation_rating(
                self._database, dataclasses.replace(made, decided_level=level, exemplary=exemplary)
            )
        return Changes.RATINGS

    def decide_member(
        self, period: Period, line: MemberLine, level: Level | None, *, reason: str = ""
    ) -> Changes:
        """Write the committee's level of a member; the proposed one again takes the change back."""
        place = f"{line.unit_id}:{line.name}:{line.birth}"
        with self._act(N_("Decided on the level of {name} in {period}"), period, place, line.name):
            review = self._begun(period)
            known = decided_members.all_of(self._database, review.id).get(
                (line.unit_id, line.name, line.birth)
            )
            if level is line.proposed:
                if known:
                    decided_members.remove(self._database, known.id)
                return Changes.RATINGS
            made = known or MemberDecision(
                id="", period_id=review.id, unit_id=line.unit_id, name=line.name, birth=line.birth
            )
            decided_members.put(
                self._database, dataclasses.replace(made, level=level, reason=clean(reason) or made.reason)
            )
        return Changes.RATINGS

    def record(self, period: Period, rows: Sequence[Mapping[str, Any]]) -> int:
        """Write what was decided of units and members from plain rows, as one act; raises Refused."""
        with self._act(N_("Read the decided levels of {period}"), period, "record"):
            return unit_rating_files.record(self, period, rows)

    def set_own(self, period: Period, level: Level | None) -> Changes:
        """Write the level that the committee proposes for itself to the body above it."""
        name = self._book.organisation().name
        with self._act(N_("Decided on the level of {name} in {period}"), period, "own", name):
            own = self._book.ratings.organisation(self._begun(period).id)
            store.put_organisation_rating(self._database, dataclasses.replace(own, proposed_level=level))
        return Changes.RATINGS

    def set_session(self, period: Period, held_on: date | None, grounds: str) -> Changes:
        """Write when the committee met and what its decisions rest on, one a line."""
        with self._act(
            N_("Wrote down the committee's meeting on the ratings of {period}"), period, "session"
        ):
            review = self._begun(period)
            told = "\n".join(filter(None, map(clean, grounds.splitlines())))
            store.change_period(self._database, dataclasses.replace(review, held_on=held_on, grounds=told))
        return Changes.RATINGS

    def set_cap(self, period: Period, cap: CapRule) -> Changes:
        """Write the cap of the year, with the reason for staying above it; raises Refused."""
        with self._act(N_("Changed the cap of {period}"), period, "cap"):
            self._book.ratings.set_cap(self._begun(period).id, cap)
        return Changes.RATINGS

    def check(self, period: Period) -> tuple[Finding, ...]:
        """Return what speaks against deciding: units without papers, the cap, members without a level."""
        found: list[Finding] = []
        lines = self.lines(period)
        silent = [line.told.unit for line in lines if line.figures is None]
        nameless = [
            line.told.unit for line in lines if line.figures and not line.listed and not line.is_committee
        ]
        for code, template, units in (
            ("R101", N_("No ratings sent yet ({n}): {units}."), silent),
            ("R102", N_("Figures sent, but no list of names ({n}): {units}."), nameless),
        ):
            if units:
                found.append(yellow(code, template, "", n=len(units), units=", ".join(units)))
        return (*found, *self._check_cap(period, lines), *self._check_units(period, lines))

    def _check_cap(self, period: Period, lines: Sequence[UnitLine]) -> tuple[Finding, ...]:
        """Ask for a reason where the whole body stays above the cap; one unit alone is no trouble."""
        rule, total, cap = self.cap_rule(period), add_figures(lines), self.body_cap(period, lines)
        if total.excellent <= cap:
            return ()
        fields = {"excellent": total.excellent, "cap": cap, "percent": rule.percent}
        if rule.note.strip():
            template = N_(
                "HTXS in all: {excellent}, above the cap of {percent}%, which is {cap}; the reason is given."
            )
            return (yellow("R103", template, "cap", **fields),)
        template = N_(
            "HTXS in all: {excellent}, above the cap of {percent}%, which is {cap}. Change levels, or write "
            "down why."
        )
        return (red("R104", template, "cap.note", **fields),)

    def _check_units(self, period: Period, lines: Iterable[UnitLine]) -> tuple[Finding, ...]:
        """Warn where more units stand at HTXS than the cap over the units gives."""
        reading = read_cap(self.cap_rule(period), [CapEntry(line.level) for line in lines])
        if not reading.over:
            return ()
        fields = {"excellent": reading.excellent, "cap": reading.cap, "percent": reading.rule.percent}
        template = N_("Units at HTXS: {excellent}, above the cap of {percent}%, which is {cap}.")
        return (yellow("R107", template, "", **fields),)

    def _units(self, period: Period, papers: Collection[str]) -> Iterator[Unit]:
        """Yield the units of the closing day: ratings are of that day, and who stands no longer has none."""
        for unit in self._book.rollups.units(period, also=papers):
            if unit.until is None or unit.until >= period.last:
                yield unit

    def _papers(self, period: Period) -> dict[str, _Told]:
        """Return what counts of each unit for this very period, by kind."""
        told: dict[str, _Told] = {}
        for kind in RATING_KINDS:
            for (unit_id, text), kept in self._book.rollups.papers(period, (kind,)).items():
                if text == str(period):
                    told.setdefault(unit_id, {})[kind] = kept
        return told

    def _line(
        self,
        told: UnitRow,
        papers: _Told,
        named: tuple[MemberLine, ...],
        rating: OrganisationRating | None,
        rule: CapRule,
    ) -> UnitLine:
        figures = told.figures
        if figures is not None and self._basis(papers) is Source.PROPOSED:
            figures = moved(figures, named)
        level = rating.decided_level if rating and rating.decided_level else told.cell_level
        return UnitLine(
            told=told,
            figures=figures,
            level=level,
            exemplary=rating.exemplary if rating else told.exemplary,
            cap=cap_of(rule, _base(rule, figures)) if figures else 0,
            papers=tuple(kept.digest for kept in papers.values()),
            listed=len(named),
            changed=sum(line.changed for line in named),
            is_committee=ReportKind.RATING_ROLLUP in papers,
        )

    def _row(self, unit: Unit, period: Period, papers: _Told) -> UnitRow:
        figures: RatingFigures | None = None
        level: Level | None = None
        source, number, exemplary = None, "", False
        for kept in papers.values():
            report = self._book.rollups.read(kept)
            counts = _counts_of(report)
            if counts is not None:
                figures, source, number = counts, kept.digest, kept.number
            if isinstance(report, RatingRollupReport):
                level = report.own_level
            elif isinstance(report, RatingYearReport) and report.cell:
                level, exemplary = report.cell.decided or report.cell.proposed, report.cell.exemplary
        name = version_on(unit, period.last).name
        return UnitRow(unit.id, name, figures, level, exemplary, source, number)

    def _basis(self, papers: _Told) -> Source:
        """Return whether a unit's figures are of levels decided already."""
        basis = Source.PROPOSED
        for kept in papers.values():
            report = self._book.rollups.read(kept)
            if isinstance(report, RatingSummaryReport | RatingRollupReport):
                basis = report.basis
        return basis

    def _named(
        self,
        unit: Unit,
        period: Period,
        papers: _Told,
        decisions: Mapping[tuple[str, str, str], MemberDecision],
    ) -> Iterable[MemberLine]:
        kept = papers.get(ReportKind.RATING_LIST)
        report = self._book.rollups.read(kept) if kept else None
        if not isinstance(report, RatingListReport):
            return
        name = version_on(unit, period.last).name
        for one in report.lines:
            yield MemberLine(
                unit_id=unit.id,
                unit=name,
                name=one.name,
                birth=one.birth,
                post=one.post,
                tenths=one.tenths,
                own_level=one.own_level,
                proposed=one.proposed,
                why=one.reason,
                note=one.note,
                decision=decisions.get((unit.id, one.name, one.birth)),
                groups=one.groups,
            )

    def _organisations(self, review: ReviewPeriod | None) -> dict[str, OrganisationRating]:
        if review is None:
            return {}
        found = store.organisation_ratings(self._database, review.id)
        return {one.unit_id: one for one in found if one.unit_id}

    def _begun(self, period: Period) -> ReviewPeriod:
        known = self.review(period)
        if known is not None:
            return known
        quarter = int(str(period)[-1]) if period.kind is PeriodKind.QUARTER else None
        kind = ReviewKind.QUARTER if quarter else ReviewKind.YEAR
        return self._book.ratings.period(
            self._book.ratings.make_period(period.first.year, kind=kind, quarter=quarter)
        )

    def _unit_name(self, period: Period, unit_id: str) -> str:
        return version_on(self._book.units.all()[unit_id], period.last).name

    def _act(self, template: str, period: Period, place: str, name: str = "") -> AbstractContextManager[None]:
        if self._book.organisation().kind is not BookKind.COMMITTEE:
            raise Refused([red("O93", N_("Only a committee's book has units below it."), "")])
        if period.kind not in {PeriodKind.YEAR, PeriodKind.QUARTER}:
            raise Refused([red("R100", N_("Ratings are of a year or of a quarter."), "period")])
        fields = {"period": str(period), "name": name} if name else {"period": str(period)}
        return self._database.act(
            template, fields, changes=Changes.RATINGS.value, merge_key=f"unit-ratings:{period}:{place}"
        )


def _base(rule: CapRule, figures: RatingFigures) -> int:
    return figures.good if rule.base is CapBase.GOOD else figures.better


def _counts_of(report: Report | None) -> RatingFigures | None:
    if isinstance(report, RatingListReport):
        return report.counts
    if isinstance(report, RatingSummaryReport):
        return report.total
    return report.members if isinstance(report, RatingRollupReport) else None
