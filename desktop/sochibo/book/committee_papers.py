"""Papers that a committee makes of those it received: ratings, the cap, movement, indicators, the bridge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.book.bridges import bridge_draft
from sochibo.book.issuing import Draft
from sochibo.faults import Refused, red
from sochibo.messages import N_
from sochibo.rules.caps import CapBase, CapRule, cap_of
from sochibo.rules.member_papers import MovementReport, MovementRow
from sochibo.rules.movement import NOBODY, MovementLine
from sochibo.rules.organisations import BookKind
from sochibo.rules.rating_decisions import (
    CapRow,
    CapTableReport,
    CellRatingDecisionReport,
    DecidedCell,
    RatingRollupReport,
    UnitRow,
)
from sochibo.rules.rating_figures import RatingFigures, Source, count_levels
from sochibo.rules.rating_papers import RatingSummaryReport, RatingYearReport
from sochibo.rules.rating_rules import rules_on
from sochibo.rules.ratings import Subject
from sochibo.rules.reports import ReportKind, RollupPart
from sochibo.rules.units import version_on

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from sochibo.book.book import Book
    from sochibo.rules.periods import Period
    from sochibo.rules.ratings import Level
    from sochibo.rules.units import Unit
    from sochibo.storage.submissions import KeptSubmission

__all__ = [
    "COMMITTEE_PAPERS", "cap_table_draft", "cell_decision_draft", "committee_draft", "issue_paper",
    "movement_rollup_draft", "rating_rollup_draft", "rating_rows",
]  # fmt: skip


def rating_rows(book: Book, period: Period) -> tuple[UnitRow, ...]:
    """Return what each unit's papers on ratings tell: a cell's summary and report, a committee's roll-up."""
    kinds = (ReportKind.RATING_SUMMARY, ReportKind.RATING_REPORT, ReportKind.RATING_ROLLUP)
    papers = {kind: book.rollups.papers(period, (kind,)) for kind in kinds}
    senders = {unit_id for found in papers.values() for unit_id, _ in found}
    return tuple(
        _rating_row(
            book, unit, period, {kind: found.get((unit.id, str(period))) for kind, found in papers.items()}
        )
        for unit in book.rollups.units(period, also=senders)
        # Ratings are of the closing day: who stands no longer has none.
        if unit.until is None or unit.until >= period.last
    )


def rating_rollup_draft(book: Book, period: Period, on: date) -> Draft:
    """Return the committee's report on ratings (F11); a committee below counts with all its cells."""
    rows = rating_rows(book, period)
    bases = [report.basis for report in _reports(book, period).values()]
    # Figures are called decided only where every unit's are.
    basis = Source.DECIDED if bases and all(one is Source.DECIDED for one in bases) else Source.PROPOSED
    members = sum((row.figures for row in rows if row.figures), RatingFigures())
    cells = count_levels((Subject.RATED, row.cell_level) for row in rows if row.figures)
    for report in _reports(book, period).values():
        if isinstance(report, RatingRollupReport):
            # The committee below has no level as a cell, but its cells have theirs.
            cells = cells + report.cells + RatingFigures(unrated=-1)
    return Draft(
        kind=ReportKind.RATING_ROLLUP,
        period=str(period),
        issued_on=on,
        rules=(),
        write=lambda head: RatingRollupReport(head, str(period), basis, None, rows, members, cells),
    )


def cap_table_draft(book: Book, period: Period, on: date) -> Draft:
    """Return the committee's own check of the cap (F16): unit by unit, and for the whole body."""
    rules = rules_on(period.last)
    rule = rules.cap if rules else CapRule()
    told = [(row.unit, row.figures) for row in rating_rows(book, period) if row.figures]
    rows = tuple(_cap_row(unit, figures, rule) for unit, figures in told)
    total = _cap_row("", sum((figures for _, figures in told), RatingFigures()), rule)
    return Draft(
        kind=ReportKind.CAP_TABLE,
        period=str(period),
        issued_on=on,
        rules=(rules.id,) if rules else (),
        write=lambda head: CapTableReport(head, str(period), rule.percent, rule.base, rows, total),
    )


def cell_decision_draft(
    book: Book,
    period: Period,
    on: date,
    grounds: tuple[str, ...] = (),
    levels: Mapping[str, Level] | None = None,
) -> Draft:
    """Return the decision on cells (F13): as the committee decided by unit id, else as the cells propose."""
    decided = dict(levels or {})
    cells = tuple(
        DecidedCell(row.unit, level, row.exemplary)
        for row in rating_rows(book, period)
        if (level := decided.get(row.unit_id, row.cell_level)) is not None
    )
    figures = count_levels((Subject.RATED, cell.level) for cell in cells)
    return Draft(
        kind=ReportKind.CELL_RATING_DECISION,
        period=str(period),
        issued_on=on,
        rules=(),
        write=lambda head: CellRatingDecisionReport(head, str(period), grounds, cells, figures),
    )


def movement_rollup_draft(book: Book, period: Period, on: date) -> Draft:
    """Return the movement of all units as one table; what moved between two of them stands on both sides."""
    lines = {MovementLine.START: NOBODY, MovementLine.END: NOBODY}
    increase, decrease = NOBODY, NOBODY
    sources = []
    for kept in book.rollups.papers(period, (ReportKind.MOVEMENT,)).values():
        report = book.rollups.read(kept)
        if kept.period != str(period) or not isinstance(report, MovementReport):
            continue
        for row in report.rows:
            lines[row.line] = lines.get(row.line, NOBODY) + row.heads
        increase, decrease = increase + report.increase, decrease + report.decrease
        sources.append(RollupPart(kept.period, kept.number, kept.digest))
    rows = tuple(MovementRow(line, lines[line]) for line in MovementLine if line in lines)
    return Draft(
        kind=ReportKind.MOVEMENT,
        period=str(period),
        issued_on=on,
        rules=(),
        write=lambda head: MovementReport(
            head, str(period), period.first, period.last, rows, increase, decrease, tuple(sources)
        ),
    )


COMMITTEE_PAPERS: Final[Mapping[ReportKind, tuple[str, Callable[[Book, Period, date], Draft]]]] = {
    ReportKind.INDICATORS: (
        N_("Issued the indicators of {period}"), lambda book, period, on: book.indicators.draft(period, on)
    ),
    ReportKind.BRIDGE: (N_("Issued the bridge of organisations of {period}"), bridge_draft),
    ReportKind.RATING_ROLLUP: (N_("Issued the roll-up of ratings of {period}"), rating_rollup_draft),
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
    template, make = COMMITTEE_PAPERS[kind]
    return book.reports.issue_draft(template, make(book, period, on), period=str(period))


def _reports(book: Book, period: Period) -> dict[str, RatingSummaryReport | RatingRollupReport]:
    found: dict[str, RatingSummaryReport | RatingRollupReport] = {}
    for kind in (ReportKind.RATING_SUMMARY, ReportKind.RATING_ROLLUP):
        for (unit_id, told), kept in book.rollups.papers(period, (kind,)).items():
            report = book.rollups.read(kept)
            if told == str(period) and isinstance(report, RatingSummaryReport | RatingRollupReport):
                found[unit_id] = report
    return found


def _rating_row(
    book: Book, unit: Unit, period: Period, papers: Mapping[ReportKind, KeptSubmission | None]
) -> UnitRow:
    figures: RatingFigures | None = None
    level: Level | None = None
    source: str | None = None
    exemplary, number = False, ""
    for kept in papers.values():
        if kept is None:
            continue
        report = book.rollups.read(kept)
        if isinstance(report, RatingSummaryReport):
            figures, source, number = report.total, kept.digest, kept.number
        elif isinstance(report, RatingRollupReport):
            figures, source, number = report.members, kept.digest, kept.number
        elif isinstance(report, RatingYearReport) and report.cell:
            level, exemplary = report.cell.decided or report.cell.proposed, report.cell.exemplary
    name = version_on(unit, period.last).name
    return UnitRow(unit.id, name, figures, level, exemplary, source, number)


def _cap_row(unit: str, figures: RatingFigures, rule: CapRule) -> CapRow:
    base = figures.good if rule.base is CapBase.GOOD else figures.better
    return CapRow(unit, figures, cap_of(rule, base))
