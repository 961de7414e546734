"""Papers that a committee makes of those it received: ratings, the cap, movement, indicators, the bridge."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sochibo.book.papers.issuing import Draft
from sochibo.book.ratings.rating_minutes import grounds_of
from sochibo.book.ratings.unit_ratings import RATING_KINDS
from sochibo.book.rollups.bridges import bridge_draft
from sochibo.book.rollups.indicators import TOLD_IN
from sochibo.book.rollups.rollups import check_received
from sochibo.faults import Refused, Severity, red, yellow
from sochibo.messages import N_
from sochibo.rules.members.member_papers import MovementReport, MovementRow
from sochibo.rules.members.movement import MovementLine
from sochibo.rules.members.movement_rollup import add_movements
from sochibo.rules.names import fold
from sochibo.rules.periods import parse_period
from sochibo.rules.ratings.caps import CapBase, CapRule, cap_of
from sochibo.rules.ratings.rating_decisions import (
    CapRow,
    CapTableReport,
    CellRatingDecisionReport,
    DecidedCell,
    DecidedMember,
    RatingDecisionReport,
    RatingRollupReport,
    UnitRow,
)
from sochibo.rules.ratings.rating_figures import FiguresGroup, RatingFigures, Source, count_levels
from sochibo.rules.ratings.rating_papers import RatingSummaryReport
from sochibo.rules.ratings.rating_rules import rules_on
from sochibo.rules.ratings.ratings import Subject
from sochibo.rules.ratings.unit_ratings import add_groups, move_groups
from sochibo.rules.reports import ReportKind, RollupPart
from sochibo.rules.units.organisations import BookKind
from sochibo.rules.units.units import version_on

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import date

    from sochibo.book.book import Book
    from sochibo.faults import Finding
    from sochibo.rules.periods import Period
    from sochibo.rules.ratings.rating_papers import GroupRow
    from sochibo.rules.ratings.unit_ratings import MemberLine
    from sochibo.rules.reports import Heading, Report

__all__ = [
    "COMMITTEE_PAPERS", "DECISIONS", "RATINGS", "cap_table_draft", "cell_decision_draft", "check_paper",
    "committee_draft", "issue_paper", "member_decision_draft", "movement_rollup_draft", "rating_rollup_draft",
    "rating_rows",
]  # fmt: skip

RATINGS: Final = (
    ReportKind.RATING_ROLLUP, ReportKind.RATING_DECISION, ReportKind.CELL_RATING_DECISION,
    ReportKind.CAP_TABLE,
)  # fmt: skip
"""What a committee makes of the ratings of its units."""

_SOURCES: Final[Mapping[ReportKind, tuple[ReportKind, ...]]] = {
    ReportKind.INDICATORS: TOLD_IN,
    ReportKind.MOVEMENT: (ReportKind.MOVEMENT,),
    ReportKind.RATING_ROLLUP: RATING_KINDS,
}
"""What must have been received for a paper that adds up."""

DECISIONS: Final = frozenset({ReportKind.RATING_DECISION, ReportKind.CELL_RATING_DECISION})
"""What goes down to the units: no slip answers it."""


def rating_rows(book: Book, period: Period) -> tuple[UnitRow, ...]:
    """Return what each unit's papers on ratings tell, or what was decided once the decision was issued."""
    lines = book.unit_ratings.lines(period)
    if not book.unit_ratings.is_decided(period):
        return tuple(line.told for line in lines)
    return tuple(
        replace(line.told, figures=line.figures, cell_level=line.level, exemplary=line.exemplary)
        for line in lines
    )


def rating_rollup_draft(book: Book, period: Period, on: date) -> Draft:
    """Return the committee's report on ratings (F11); a committee below counts with all its cells."""
    rows = rating_rows(book, period)
    reports = _reports(book, period, {row.unit_id for row in rows})
    bases = [report.basis for report in reports.values()]
    # Figures are called decided only where the committee decided, or every unit's are decided already.
    sent_decided = bool(bases) and all(one is Source.DECIDED for one in bases)
    decided = book.unit_ratings.is_decided(period)
    members = sum((row.figures for row in rows if row.figures), RatingFigures())
    below = {unit_id: one for unit_id, one in reports.items() if isinstance(one, RatingRollupReport)}
    # A committee below is no cell, but its cells have their levels.
    cells = count_levels(
        (Subject.RATED, row.cell_level) for row in rows if row.figures and row.unit_id not in below
    )
    cells = sum((report.cells for report in below.values()), cells)
    review, own = book.unit_ratings.review(period), book.unit_ratings.own(period)
    groups, groups_basis = _groups(book, period, reports)
    last_year = _last_year(book, period)
    return _draft(
        ReportKind.RATING_ROLLUP,
        period,
        on,
        lambda heading: RatingRollupReport(
            heading=heading,
            period=str(period),
            basis=Source.DECIDED if decided or sent_decided else Source.PROPOSED,
            held_on=review.held_on if review else None,
            rows=rows,
            members=members,
            cells=cells,
            groups=groups,
            groups_basis=groups_basis,
            last_year=last_year,
            own_level=own.proposed_level if own else None,
        ),
    )


def cap_table_draft(book: Book, period: Period, on: date) -> Draft:
    """Return the committee's own check of the cap (F16): unit by unit, and for the whole body.

    The list is checked as it stands: with the levels that the committee has changed already.
    """
    rules, rule = rules_on(period.last), book.unit_ratings.cap_rule(period)
    told = [(line.told.unit, line.figures) for line in book.unit_ratings.lines(period) if line.figures]
    rows = tuple(_cap_row(unit, figures, rule) for unit, figures in told)
    total = _cap_row("", sum((figures for _, figures in told), RatingFigures()), rule)
    note = rule.note if total.figures.excellent > total.cap else ""
    return _draft(
        ReportKind.CAP_TABLE,
        period,
        on,
        lambda heading: CapTableReport(heading, str(period), rule.percent, rule.base, rows, total, note),
        rules=(rules.id,) if rules else (),
    )


def member_decision_draft(book: Book, period: Period, on: date) -> Draft:
    """Return the decision on members (F12): the lists of all cells, with the committee's own levels."""
    members = tuple(
        DecidedMember(line.name, line.birth, line.unit, line.level)
        for line in book.unit_ratings.members(period)
        if line.level is not None
    )
    figures = count_levels((Subject.RATED, one.level) for one in members)
    grounds = _grounds(book, period)
    return _draft(
        ReportKind.RATING_DECISION,
        period,
        on,
        lambda heading: RatingDecisionReport(heading, str(period), grounds, members, figures),
    )


def cell_decision_draft(book: Book, period: Period, on: date) -> Draft:
    """Return the decision on cells (F13): as the committee decided, else as the cells propose."""
    cells = tuple(
        DecidedCell(line.told.unit, line.level, line.exemplary)
        for line in book.unit_ratings.lines(period)
        if line.level is not None
    )
    figures = count_levels((Subject.RATED, cell.level) for cell in cells)
    grounds = _grounds(book, period)
    return _draft(
        ReportKind.CELL_RATING_DECISION,
        period,
        on,
        lambda heading: CellRatingDecisionReport(heading, str(period), grounds, cells, figures),
    )


def check_paper(book: Book, kind: ReportKind, period: Period, on: date | None = None) -> tuple[Finding, ...]:
    """Return what speaks against issuing a committee's paper of a period on a day, red first."""
    if kind is ReportKind.ROLLUP:
        found = list(book.rollups.check(period))
    else:
        found = [*_check_sources(book, kind, period)]
    if kind in RATINGS:
        found += _check_ratings(book, kind, period)
    if on is not None and on <= period.last:
        text = N_("This period has not ended yet: it runs until {day}.")
        found.append(yellow("Q79", text, "", day=period.last))
    return tuple(sorted(found, key=lambda finding: finding.severity is not Severity.RED))


def _check_sources(book: Book, kind: ReportKind, period: Period) -> tuple[Finding, ...]:
    """Ask for something to add up; a paper of ratings names who is missing itself."""
    if kind not in _SOURCES or book.organisation().kind is not BookKind.COMMITTEE:
        return ()
    exact = kind is not ReportKind.INDICATORS
    sent = {
        unit_id
        for unit_id, told in book.rollups.papers(period, _SOURCES[kind])
        if told == str(period) or not exact
    }
    found = check_received(len(sent), len(book.rollups.units(period, also=sent)))
    return tuple(one for one in found if kind not in RATINGS or one.severity is Severity.RED)


def _check_ratings(book: Book, kind: ReportKind, period: Period) -> list[Finding]:
    found = list(book.unit_ratings.check(period))
    if kind is not ReportKind.RATING_DECISION:
        # Only who decides must give the reason; a report or a table shows the list as it stands.
        found = [replace(one, severity=Severity.YELLOW) for one in found]
    if kind is ReportKind.RATING_DECISION and not book.unit_ratings.members(period):
        template = N_("No list of proposed levels has been received for {period}.")
        found.append(red("R105", template, "", period=str(period)))
    if kind is ReportKind.CELL_RATING_DECISION and not any(
        line.level for line in book.unit_ratings.lines(period)
    ):
        found.append(red("R106", N_("No unit has a level for {period} yet."), "", period=str(period)))
    return found


def movement_rollup_draft(book: Book, period: Period, on: date) -> Draft:
    """Return the movement of all units as one table, in which nobody moves from one of them to another."""
    papers = book.rollups.papers(period, (ReportKind.MOVEMENT,))
    told: dict[str, MovementReport] = {}
    sources, missing = [], []
    for unit in book.rollups.units(period, also={unit_id for unit_id, _ in papers}):
        kept, name = papers.get((unit.id, str(period))), version_on(unit, period.last).name
        report = book.rollups.read(kept) if kept else None
        if kept and isinstance(report, MovementReport):
            told[unit.id] = report
            sources.append(RollupPart(kept.period, kept.number, kept.digest, name))
        else:
            missing.append(name)
    units = {fold(version.name): unit.id for unit in book.units.all().values() for version in unit.versions}
    made = add_movements(told, units)
    rows = tuple(MovementRow(line, made.lines[line]) for line in MovementLine if line in made.lines)
    return _draft(
        ReportKind.MOVEMENT,
        period,
        on,
        lambda heading: MovementReport(
            heading, str(period), period.first, period.last, rows, made.increase, made.decrease,
            tuple(sources), made.transfers, made.internal, made.one_sided, tuple(missing),
        ),
    )  # fmt: skip


COMMITTEE_PAPERS: Final[Mapping[ReportKind, tuple[str, Callable[[Book, Period, date], Draft]]]] = {
    ReportKind.INDICATORS: (
        N_("Issued the indicators of {period}"), lambda book, period, on: book.indicators.draft(period, on)
    ),
    ReportKind.BRIDGE: (N_("Issued the bridge of organisations of {period}"), bridge_draft),
    ReportKind.RATING_ROLLUP: (N_("Issued the roll-up of ratings of {period}"), rating_rollup_draft),
    ReportKind.RATING_DECISION: (
        N_("Issued the decision on the ratings of members of {period}"), member_decision_draft
    ),
    ReportKind.CELL_RATING_DECISION: (
        N_("Issued the decision on the ratings of cells of {period}"), cell_decision_draft
    ),
    ReportKind.CAP_TABLE: ("", cap_table_draft),
    ReportKind.MOVEMENT: (N_("Issued the movement of {period}"), movement_rollup_draft),
}  # fmt: skip
"""How the history names the issue, and what makes the paper; without a name it is only printed."""


def committee_draft(book: Book, kind: ReportKind, period: Period, on: date) -> Draft:
    """Return a paper of a period as it would be now."""
    return COMMITTEE_PAPERS[kind][1](book, period, on)


def issue_paper(book: Book, kind: ReportKind, period: Period, on: date) -> str:
    """Issue a paper of a period; returns its id. All but indicators are refused in a cell's book (O93)."""
    if kind is not ReportKind.INDICATORS and book.organisation().kind is not BookKind.COMMITTEE:
        raise Refused([red("O93", N_("Only a committee's book has units below it."), "")])
    wrong = [finding for finding in check_paper(book, kind, period) if finding.severity is Severity.RED]
    if wrong:
        raise Refused(wrong)
    template, make = COMMITTEE_PAPERS[kind]
    return book.reports.issue_draft(template, make(book, period, on), period=str(period))


def _groups(
    book: Book, period: Period, reports: Mapping[str, RatingSummaryReport | RatingRollupReport]
) -> tuple[tuple[GroupRow, ...], Source]:
    """Return the groups of all units with the levels decided, and whether that is so of every unit.

    Where a list does not tell in which groups a member counts, they stay as the cell proposed them until it
    has taken the decision in and sends them anew.
    """
    named: dict[str, list[MemberLine]] = {}
    for line in book.unit_ratings.members(period) if book.unit_ratings.is_decided(period) else ():
        named.setdefault(line.unit_id, []).append(line)
    told, settled = [], bool(reports)
    for unit_id, report in reports.items():
        if isinstance(report, RatingRollupReport):
            rows, basis = report.groups, report.groups_basis
        else:
            rows, basis = report.rows, report.basis
        lines = named.get(unit_id, [])
        if basis is Source.PROPOSED and lines and all(line.groups for line in lines if line.changed):
            rows, basis = move_groups(rows, lines), Source.DECIDED
        # The cells have figures of their own, of the levels that the committee gives them.
        told.append([row for row in rows if row.group is not FiguresGroup.CELLS])
        settled &= basis is Source.DECIDED
    return add_groups(told), Source.DECIDED if settled else Source.PROPOSED


def _reports(
    book: Book, period: Period, units: Collection[str]
) -> dict[str, RatingSummaryReport | RatingRollupReport]:
    """Return what counts of those units: of two papers of one unit the roll-up."""
    found: dict[str, RatingSummaryReport | RatingRollupReport] = {}
    for kind in (ReportKind.RATING_SUMMARY, ReportKind.RATING_ROLLUP):
        for (unit_id, told), kept in book.rollups.papers(period, (kind,)).items():
            report = book.rollups.read(kept)
            exact = told == str(period) and unit_id in units
            if exact and isinstance(report, RatingSummaryReport | RatingRollupReport):
                found[unit_id] = report
    return found


def _last_year(book: Book, period: Period) -> RatingFigures | None:
    """Return the members' figures of a year before, as they were issued."""
    before = parse_period(f"{period.first.year - 1:04d}{period.text[4:]}")
    document = book.reports.of_period(ReportKind.RATING_ROLLUP, before)
    report = book.reports.envelope(document.id).report if document else None
    return report.members if isinstance(report, RatingRollupReport) else None


def _grounds(book: Book, period: Period) -> tuple[str, ...]:
    """Return what a decision rests on: what was written down, else the rules of the period."""
    review, rules = book.unit_ratings.review(period), rules_on(period.last)
    if review and review.grounds:
        return tuple(review.grounds.splitlines())
    return grounds_of(rules) if rules else ()


def _draft(
    kind: ReportKind,
    period: Period,
    on: date,
    write: Callable[[Heading], Report],
    rules: tuple[str, ...] = (),
) -> Draft:
    return Draft(kind=kind, period=str(period), issued_on=on, rules=rules, write=write)


def _cap_row(unit: str, figures: RatingFigures, rule: CapRule) -> CapRow:
    base = figures.good if rule.base is CapBase.GOOD else figures.better
    return CapRow(unit, figures, cap_of(rule, base))
