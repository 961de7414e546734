"""Papers around a meeting, drawn up from the book: what is to be issued, and what is only printed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sochibo.book.meetings.summaries import NOT_SUMMED
from sochibo.book.papers.issuing import Draft
from sochibo.faults import Refused, red, yellow
from sochibo.messages import N_
from sochibo.rules.meetings.attendance import attendance_rules_on
from sochibo.rules.meetings.attendance_matrix import make_matrix
from sochibo.rules.meetings.meeting_papers import (
    MinutesBook,
    Notice,
    Programme,
    ScoreSheet,
    make_call,
    make_resolution,
    make_sign_in_sheet,
)
from sochibo.rules.meetings.meetings import MeetingState, Score
from sochibo.rules.meetings.resolutions import PAPERS
from sochibo.rules.periods import parse_period
from sochibo.rules.reports import MinutesReport, ReportKind
from sochibo.rules.scoring.score_sheets import score_report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from sochibo.book.book import Book
    from sochibo.faults import Finding
    from sochibo.rules.meetings.meeting_files import MeetingFile
    from sochibo.rules.meetings.minutes_parts import ScoreReport, VoteReport
    from sochibo.rules.reports import Heading, Report

__all__ = [
    "ACTS",
    "MEETING_PAPERS",
    "check_draft",
    "matrix_draft",
    "meeting_draft",
    "minutes_book_draft",
    "resolution_draft",
]

ACTS: Final[Mapping[ReportKind, str]] = {
    ReportKind.RESOLUTION: N_("Issued the resolution of {day}"),
    ReportKind.CONCLUSION: N_("Issued the conclusion of {day}"),
    ReportKind.NOTICE: N_("Issued the notice of the meeting of {day}"),
    ReportKind.PROGRAMME: N_("Issued the programme of the meeting of {day}"),
}
"""How the history tells that a paper of a meeting was issued."""


def meeting_draft(book: Book, kind: ReportKind, meeting_id: str, on: date) -> Draft:
    """Return a paper of a meeting as it would be on a day; raises KeyError.

    Raises Refused for a score sheet of a meeting that is not scored at all.
    """
    return MEETING_PAPERS[kind](book, meeting_id, on)


def resolution_draft(book: Book, meeting_id: str, on: date) -> Draft:
    """Return the resolution or conclusion of a meeting, whichever is written."""
    resolution = book.resolutions.of_meeting(meeting_id)
    minutes = _minutes(book, meeting_id)
    vote = _vote(book.meetings.file(meeting_id), minutes, resolution.vote_id)
    return _draft(
        book,
        PAPERS[resolution.kind],
        meeting_id,
        on,
        lambda heading: make_resolution(heading, minutes, resolution, vote),
    )


def matrix_draft(book: Book, year: int, on: date) -> Draft:
    """Return the attendance of a year, of the meetings held to which the whole cell was called."""
    period = parse_period(f"{year:04d}")
    files = [
        book.meetings.file(meeting.id)
        for meeting in book.meetings.within(period.first, period.last)
        if meeting.state is not MeetingState.PLANNED and meeting.kind not in NOT_SUMMED
    ]
    return Draft(
        kind=ReportKind.ATTENDANCE_MATRIX,
        period=str(period),
        issued_on=on,
        rules=tuple(sorted({file.attendance_rules.id for file in files})),
        write=lambda heading: make_matrix(heading, year, files),
    )


def minutes_book_draft(book: Book, year: int, on: date) -> Draft:
    """Return the minutes book of a year: of every meeting its closed minutes as they stand now."""
    period = parse_period(f"{year:04d}")
    held = book.meetings.within(period.first, period.last)
    closed = [paper for one in held if (paper := book.reports.minutes_of(one.id)) is not None]
    reports = [book.reports.envelope(paper.id).report for paper in closed]
    minutes = tuple(report for report in reports if isinstance(report, MinutesReport))
    return Draft(
        kind=ReportKind.MINUTES_BOOK,
        period=str(period),
        issued_on=on,
        rules=(),
        write=lambda heading: MinutesBook(heading, year, minutes),
    )


def check_draft(book: Book, draft: Draft) -> tuple[Finding, ...]:
    """Say what speaks against issuing a paper of a meeting, red first."""
    if draft.meeting_id is None:
        return ()
    file = book.meetings.file(draft.meeting_id)
    if draft.kind in {ReportKind.RESOLUTION, ReportKind.CONCLUSION}:
        return tuple(_check_resolution(book, file))
    return tuple(_check_call(file, draft.issued_on)) if draft.kind in ACTS else ()


def _check_resolution(book: Book, file: MeetingFile) -> Iterator[Finding]:
    resolution = book.resolutions.of_meeting(file.meeting.id)
    day = file.meeting.on
    if not resolution.text.strip():
        yield red("Q60", N_("The resolution of {day} has no text yet."), "text", day=day)
    if not resolution.title.strip():
        yield red("Q61", N_("The resolution of {day} has no title."), "title", day=day)
    if book.reports.minutes_of(file.meeting.id) is None:
        text = N_("The minutes of {day} are not closed: figures of the resolution may still change.")
        yield yellow("Q62", text, "", day=day)
    if resolution.vote_id is None:
        text = N_("No vote is named by which the resolution of {day} passed.")
        yield yellow("Q63", text, "vote_id", day=day)


def _check_call(file: MeetingFile, on: date) -> Iterator[Finding]:
    day = file.meeting.on
    if on > day:
        yield yellow("Q64", N_("The meeting of {day} is over: nobody is called to it any more."), "", day=day)
    if not any(item.title.strip() for item in file.items):
        yield yellow("Q65", N_("The agenda of {day} is empty."), "items", day=day)
    if not file.meeting.place.strip() or not file.meeting.start.strip():
        yield yellow("Q66", N_("Place or time of the meeting of {day} is missing."), "place", day=day)


def _notice(book: Book, meeting_id: str, on: date) -> Draft:
    file = book.meetings.file(meeting_id)
    return _draft(book, ReportKind.NOTICE, meeting_id, on, lambda heading: make_call(Notice, heading, file))


def _programme(book: Book, meeting_id: str, on: date) -> Draft:
    file = book.meetings.file(meeting_id)
    return _draft(
        book, ReportKind.PROGRAMME, meeting_id, on, lambda heading: make_call(Programme, heading, file)
    )


def _sign_in_sheet(book: Book, meeting_id: str, on: date) -> Draft:
    file = book.meetings.file(meeting_id)
    return _draft(
        book, ReportKind.SIGN_IN_SHEET, meeting_id, on, lambda heading: make_sign_in_sheet(heading, file)
    )


def _score_sheet(book: Book, meeting_id: str, on: date) -> Draft:
    """Return the score sheet: filled where the meeting was scored, else blank for the hand."""
    file = book.meetings.file(meeting_id)
    given = score_report(file)
    score = given or _blank(file)
    return _draft(
        book,
        ReportKind.SCORE_SHEET,
        meeting_id,
        on,
        lambda heading: ScoreSheet(
            heading=heading,
            meeting_id=meeting_id,
            meeting_kind=file.meeting.kind,
            on=file.meeting.on,
            score=score,
            rating_note=file.meeting.rating_note,
            observer=file.name_of(file.meeting.observer_id),
            chair=file.name_of(file.meeting.chair_id),
            blank=given is None,
        ),
    )


def _blank(file: MeetingFile) -> ScoreReport:
    framework = file.framework
    if framework is None:
        text = N_("The meeting of {day} is of a kind that is not scored.")
        raise Refused([red("Q67", text, "scores", day=file.meeting.on)])
    code = framework.criteria[0].code
    nothing = {code: Score(meeting_id=file.meeting.id, criterion=code, tenths=0)}
    made = score_report(replace(file, scores=nothing))
    if made is None:
        raise ValueError(framework.id)
    return made


def _draft(
    book: Book, kind: ReportKind, meeting_id: str, on: date, write: Callable[[Heading], Report]
) -> Draft:
    file = book.meetings.file(meeting_id)
    framework = [file.framework.id] if file.framework else []
    return Draft(
        kind=kind,
        period=file.meeting.on.isoformat(),
        issued_on=on,
        rules=(attendance_rules_on(file.meeting.on).id, *framework),
        write=write,
        meeting_id=meeting_id,
    )


def _minutes(book: Book, meeting_id: str) -> MinutesReport:
    """Return the minutes of a meeting: as closed, else as they would be now."""
    closed = book.reports.minutes_of(meeting_id)
    envelope = book.reports.envelope(closed.id) if closed else book.meetings.minutes_draft(meeting_id)
    if not isinstance(envelope.report, MinutesReport):
        raise TypeError(envelope.report)
    return envelope.report


def _vote(file: MeetingFile, minutes: MinutesReport, vote_id: str | None) -> VoteReport | None:
    """Return a vote as the minutes tell it: both keep the order of the votes."""
    votes = sorted(file.votes, key=lambda vote: vote.position)
    told = (report for vote, report in zip(votes, minutes.votes, strict=False) if vote.id == vote_id)
    return next(told, None)


MEETING_PAPERS: Final[Mapping[ReportKind, Callable[[Book, str, date], Draft]]] = {
    ReportKind.NOTICE: _notice,
    ReportKind.PROGRAMME: _programme,
    ReportKind.SIGN_IN_SHEET: _sign_in_sheet,
    ReportKind.SCORE_SHEET: _score_sheet,
    ReportKind.RESOLUTION: resolution_draft,
    ReportKind.CONCLUSION: resolution_draft,
    ReportKind.COEXISTENCE: lambda book, meeting_id, on: book.coexistence.draft(meeting_id, on),
}
"""What can be drawn up of one meeting besides its minutes."""
