"""The papers of a review as they would be today: ballots, lists, summary and report from the book's ratings.

The minutes of the meeting and of the count stand in `rating_minutes`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from sochibo.book.papers.issuing import Draft
from sochibo.messages import N_
from sochibo.rules.members.commendations import LONGEST_RUN, SHORTEST_RUN
from sochibo.rules.members.members import EventKind
from sochibo.rules.ratings.rating_figures import FiguresGroup, RatingFigures, Source
from sochibo.rules.ratings.rating_papers import (
    BallotForm,
    BallotReport,
    Candidate,
    CellRatingLine,
    ExcellenceBallotReport,
    GroupRow,
    ListLine,
    OpinionLine,
    OpinionsReport,
    RatingListReport,
    RatingSummaryReport,
    RatingYearReport,
    ReasonCount,
    StreakCount,
    Tally,
    TargetRow,
    TargetsReport,
    UnratedLine,
    UnratedListReport,
)
from sochibo.rules.ratings.ratings import BallotKind, Level, ReviewKind, Subject
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from sochibo.book.book import Book
    from sochibo.book.ratings.ratings import RatingLine
    from sochibo.rules.members.members import Member
    from sochibo.rules.ratings.ratings import Ballot, MemberRating, OrganisationRating
    from sochibo.rules.reports import Heading, Report

__all__ = [
    "ISSUE_ACTS", "ballot_draft", "cell_line", "excellence_ballot_draft", "form_of", "list_draft",
    "opinions_draft", "report_draft", "source_of", "summary_draft", "targets_draft", "unrated_draft",
    "votes_base",
]  # fmt: skip

ISSUE_ACTS: Final = {
    ReportKind.RATING_MINUTES: N_("Issued the minutes of the review of {period}"),
    ReportKind.RATING_COUNT: N_("Issued the minutes of the count of {period}"),
    ReportKind.RATING_LIST: N_("Issued the list of proposed ratings of {period}"),
    ReportKind.RATING_SUMMARY: N_("Issued the summary of ratings of {period}"),
    ReportKind.UNRATED_LIST: N_("Issued the list of members not yet rated of {period}"),
    ReportKind.RATING_REPORT: N_("Issued the rating report of {period}"),
    ReportKind.TARGETS: N_("Issued the targets of {period}"),
}
"""How the history names the issue of each paper of a review."""

_ENTERED: Final = (EventKind.ADMISSION, EventKind.READMISSION)


def ballot_draft(book: Book, period_id: str, on: date) -> Draft:
    """Return the ballot on levels over all who are rated; those named for HTXS may have one of their own."""
    lines, form = _rated(book, period_id), form_of(book, period_id)
    named = form is BallotForm.TWO
    people = tuple(_candidate(line) for line in lines if not (named and line.rating.nominated))
    return _draft(
        book, period_id, on, ReportKind.BALLOT, lambda head, text: BallotReport(head, text, form, people)
    )


def excellence_ballot_draft(book: Book, period_id: str, on: date) -> Draft:
    """Return the ballot on those named for HTXS."""
    people = tuple(map(_candidate, book.ratings.nominees(period_id)))
    return _draft(
        book,
        period_id,
        on,
        ReportKind.EXCELLENCE_BALLOT,
        lambda head, text: ExcellenceBallotReport(head, text, people),
    )


def opinions_draft(book: Book, period_id: str, on: date) -> Draft:
    """Return what each side proposes for the members, side by side."""
    lines = tuple(
        OpinionLine(
            name=line.name_beside_birth,
            birth=_birth(line.entry.member),
            post=line.entry.member.office,
            own_level=line.rating.own_level,
            employer_level=line.rating.employer_level,
            committee_level=line.rating.committee_level,
            mass_level=line.rating.body_level,
            cell_level=line.rating.proposed_level,
            note=line.rating.remarks,
        )
        for line in _rated(book, period_id)
    )
    return _draft(
        book, period_id, on, ReportKind.OPINIONS, lambda head, text: OpinionsReport(head, text, lines)
    )


def list_draft(book: Book, period_id: str, on: date) -> Draft:
    """Return the list of members with the levels that the cell proposes; who is not subject is left out."""
    lines = tuple(
        ListLine(
            name=line.name_beside_birth,
            birth=_birth(line.entry.member),
            admitted=_admitted(book, line.entry.member.id),
            post=line.entry.member.office,
            tenths=line.rating.total_tenths,
            own_level=line.rating.own_level,
            tally=_tally(line.rating),
            proposed=line.rating.proposed_level,
            reason=line.rating.subject_reason if line.rating.proposed_level is None else None,
            note=line.rating.remarks,
            groups=line.groups,
        )
        for line in book.ratings.lines(period_id)
        if line.rating.subject is not Subject.NOT_SUBJECT
    )
    counts = book.ratings.figures(period_id)[FiguresGroup.MEMBERS]
    note = _cap_note(book, period_id, Source.PROPOSED)
    return _draft(
        book,
        period_id,
        on,
        ReportKind.RATING_LIST,
        lambda head, text: RatingListReport(head, text, lines, counts, note),
    )


def summary_draft(book: Book, period_id: str, on: date) -> Draft:
    """Return the summary of counts, of the decided levels as soon as there are any."""
    source = source_of(book, period_id)
    rows, total = _rows(book, period_id, source)
    return _draft(
        book,
        period_id,
        on,
        ReportKind.RATING_SUMMARY,
        lambda head, text: RatingSummaryReport(head, text, source, rows, total),
    )


def unrated_draft(book: Book, period_id: str, on: date) -> Draft:
    """Return the list of those without a level, with the reasons."""
    found = book.ratings.unrated(period_id)
    pending, exempt = (
        tuple(
            UnratedLine(
                name=one.line.name_beside_birth,
                birth=_birth(one.line.entry.member),
                admitted=_admitted(book, one.line.entry.member.id),
                reviewed=one.reviewed,
                reason=one.reason,
                note=one.line.rating.subject_note,
            )
            for one in found
            if (one.subject is Subject.NOT_SUBJECT) is left_out
        )
        for left_out in (False, True)
    )
    return _draft(
        book,
        period_id,
        on,
        ReportKind.UNRATED_LIST,
        lambda head, text: UnratedListReport(head, text, pending, exempt),
    )


def report_draft(book: Book, period_id: str, on: date, remarks: str = "") -> Draft:
    """Return the yearly report: figures with both bases, reasons, last year, targets, runs of years."""
    period, source = book.ratings.period(period_id), source_of(book, period_id)
    rows, total = _rows(book, period_id, source)
    held_on = book.meetings.file(period.meeting_id).meeting.on if period.meeting_id else None
    ballot = book.ratings.ballots(period_id).get(BallotKind.LEVELS)
    figures = book.ratings.figures(period_id, source)
    runs = Counter(min(years, LONGEST_RUN) for years in book.ratings.runs(period.year).values())
    failing = book.ratings.runs(period.year, Level.NOT_COMPLETED).values()
    reasons = Counter(one.reason for one in book.ratings.unrated(period_id, source) if one.reason)

    def write(heading: Heading, text: str) -> RatingYearReport:
        return RatingYearReport(
            heading=heading,
            period=text,
            basis=source,
            roll=total.total,
            official=figures[FiguresGroup.OFFICIAL].total,
            probationary=figures[FiguresGroup.PROBATIONARY].total,
            held_on=held_on,
            method=ballot.method if ballot else None,
            rows=rows,
            total=total,
            reasons=tuple(ReasonCount(reason, reasons[reason]) for reason in sorted(reasons)),
            last_year=_last_year(book, period.year) if period.kind is ReviewKind.YEAR else None,
            targets=_targets(book, period.year, on),
            streaks=tuple(
                StreakCount(years, runs[years])
                for years in range(SHORTEST_RUN, LONGEST_RUN + 1)
                if runs[years]
            ),
            failing_twice=sum(years >= SHORTEST_RUN for years in failing),
            cell=cell_line(book, period_id),
            remarks=remarks,
            cap_note=_cap_note(book, period_id, source),
        )

    return _draft(book, period_id, on, ReportKind.RATING_REPORT, write)


def targets_draft(book: Book, year: int, on: date) -> Draft:
    """Return the targets of a year with what was reached up to a day."""
    rows, text = _targets(book, year, on), f"{year:04d}"
    return Draft(
        kind=ReportKind.TARGETS,
        period=text,
        issued_on=on,
        rules=(),
        write=lambda heading: TargetsReport(heading, text, on, rows),
    )


def form_of(book: Book, period_id: str) -> BallotForm:
    """Tell how the cell votes: with a second ballot where members are named for HTXS."""
    second = BallotKind.EXCELLENT in book.ratings.ballots(period_id)
    return BallotForm.TWO if second or book.ratings.nominees(period_id) else BallotForm.ONE


def source_of(book: Book, period_id: str) -> Source:
    """Tell which levels are counted: the decided ones as soon as the committee has decided any."""
    decided = any(line.rating.decided_level for line in book.ratings.lines(period_id))
    return Source.DECIDED if decided else Source.PROPOSED


def cell_line(book: Book, period_id: str) -> CellRatingLine | None:
    """Return the cell's own rating, None while nothing was entered."""
    rating = book.ratings.organisation(period_id)
    if not rating.id:
        return None
    return CellRatingLine(
        name=book.organisation().name,
        common_tenths=rating.common_tenths,
        task_tenths=rating.task_tenths,
        own_level=rating.own_level,
        proposed=rating.proposed_level,
        decided=rating.decided_level,
        exemplary=rating.exemplary,
        tally=_tally(rating),
        base=votes_base(book.ratings.ballots(period_id).get(BallotKind.ORGANISATION), rating.vote_base),
    )


def _draft(
    book: Book, period_id: str, on: date, kind: ReportKind, write: Callable[[Heading, str], Report]
) -> Draft:
    period = book.ratings.period(period_id)
    return Draft(
        kind=kind,
        period=period.paper_period,
        issued_on=on,
        rules=(period.rule_set,) if period.rule_set else (),
        write=lambda heading: write(heading, period.paper_period),
        review_period_id=period_id,
    )


def _rated(book: Book, period_id: str) -> Sequence[RatingLine]:
    return [line for line in book.ratings.lines(period_id) if line.rating.subject is Subject.RATED]


def _candidate(line: RatingLine) -> Candidate:
    return Candidate(
        name=line.name_beside_birth,
        birth=_birth(line.entry.member),
        post=line.entry.member.office,
        common_tenths=line.rating.common_tenths,
        task_tenths=line.rating.task_tenths,
        own_level=line.rating.own_level,
        body_level=line.rating.committee_level,
    )


def _birth(member: Member) -> str:
    """Return the year of birth, all that the forms ask for."""
    return str(member.birth.earliest.year) if member.birth else ""


def _admitted(book: Book, member_id: str) -> str:
    days = [event.on for event in book.members.events(member_id) if event.kind in _ENTERED and event.on]
    return max(days).vietnamese() if days else ""


def _tally(rating: MemberRating | OrganisationRating) -> Tally | None:
    votes = [rating.votes(level) for level in Level]
    if all(count is None for count in (*votes, rating.votes_unrated)):
        return None
    excellent, good, completed, failed = (count or 0 for count in votes)
    return Tally(excellent, good, completed, failed, rating.votes_unrated or 0)


def votes_base(ballot: Ballot | None, kept: int | None) -> int:
    """Return over how many papers votes are counted: the valid ones, else the number kept with the rating."""
    valid = ballot.valid_papers if ballot is not None else None
    return (kept or 0) if valid is None else valid


def _rows(book: Book, period_id: str, source: Source) -> tuple[tuple[GroupRow, ...], RatingFigures]:
    """Return the rows of the summary that count somebody, and all members together."""
    figures = book.ratings.figures(period_id, source)
    shown = (FiguresGroup.OFFICIAL, FiguresGroup.PROBATIONARY, FiguresGroup.COMMITTEE, FiguresGroup.CELLS)
    rows = tuple(GroupRow(group, figures[group]) for group in shown if figures[group].subject)
    return rows, figures[FiguresGroup.MEMBERS]


def _last_year(book: Book, year: int) -> RatingFigures | None:
    before = book.ratings.of_year(year - 1)
    if before is None:
        return None
    return book.ratings.figures(before.id, source_of(book, before.id))[FiguresGroup.MEMBERS]


def _targets(book: Book, year: int, on: date) -> tuple[TargetRow, ...]:
    return tuple(
        TargetRow(
            indicator=line.target.indicator,
            comparison=line.target.comparison,
            measure=line.target.measure,
            value=line.target.value,
            decimals=line.target.decimals,
            actual=line.progress.actual,
            done=line.progress.done,
            state=line.progress.state,
            source=line.target.source,
        )
        for line in book.targets.lines(year, on)
        if line.target.unit_id is None
    )


def _cap_note(book: Book, period_id: str, source: Source) -> str:
    """Return why the list stays above the cap, where it does."""
    readings = book.ratings.caps(period_id, source)
    return next((one.rule.note for one in readings if one.over and one.rule.note.strip()), "")
