"""Summaries of a cell's meetings, from its book: a month, a quarter, a half-year or a year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.book.papers.issuing import Draft
from sochibo.faults import red, yellow
from sochibo.messages import N_
from sochibo.rules.meetings.attendance import attendance_rules_on
from sochibo.rules.meetings.meetings import MeetingKind, MeetingState
from sochibo.rules.meetings.summaries import make_summary
from sochibo.rules.periods import PeriodKind
from sochibo.rules.reports import ReportKind
from sochibo.rules.units.organisations import BookKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sochibo.book.book import Book
    from sochibo.faults import Finding
    from sochibo.rules.meetings.meetings import Meeting
    from sochibo.rules.periods import Period

__all__ = ["NOT_SUMMED", "SUMMARY_ACTS", "SUMMARY_PERIODS", "summary_draft", "unready"]

NOT_SUMMED: Final = frozenset({MeetingKind.CELL_COMMITTEE, MeetingKind.GROUP})
"""Meetings to which not the whole cell is called: its attendance says nothing about them."""

SUMMARY_PERIODS: Final = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR)
"""How long the periods are for which meetings are summed up."""

SUMMARY_ACTS: Final = {
    PeriodKind.MONTH: N_("Issued the summary of {month}"),
    PeriodKind.QUARTER: N_("Issued the summary of quarter {month}"),
    PeriodKind.HALF: N_("Issued the summary of half-year {month}"),
    PeriodKind.YEAR: N_("Issued the summary of the year {month}"),
}


def summary_draft(book: Book, period: Period, on: date, remarks: str = "") -> Draft:
    """Return the summary of a period: members of its last day, meetings held and tasks due in it."""
    recorded = [one for one in _called(book, period) if one.state is not MeetingState.PLANNED]
    figures = [book.meetings.figures(meeting.id) for meeting in recorded]
    used = (book.scoring.framework_of(meeting) for meeting in recorded)
    frameworks = {framework.id for framework in used if framework}
    roll = book.members.on(period.last)
    tasks = book.meetings.tasks_due(period.first, period.last)
    return Draft(
        kind=ReportKind.SUMMARY,
        period=str(period),
        issued_on=on,
        rules=(attendance_rules_on(period.last).id, *sorted(frameworks)),
        write=lambda heading: make_summary(heading, period, roll, figures, tasks, remarks),
    )


def unready(book: Book, period: Period, on: date) -> Iterator[Finding]:
    """Say what a book has to say against a summary, beyond the summary's own figures."""
    if book.organisation().kind is not BookKind.CELL:
        yield red("Q97", N_("Only a cell's book has summaries of meetings."), "")
    if period.kind not in SUMMARY_PERIODS:
        yield red("Q20", N_("Meetings are summed up by month, quarter, half-year or year."), "period")
    if on <= period.last:
        yield yellow("Q98", N_("The period of this summary has not ended yet."), "")
    for meeting in _called(book, period):
        if meeting.state is MeetingState.PLANNED:
            text = N_("The meeting of {day} was only prepared and is left out.")
            yield yellow("Q99", text, f"meetings.{meeting.id}", day=meeting.on)


def _called(book: Book, period: Period) -> list[Meeting]:
    """Return the meetings to which the whole cell was called."""
    found = book.meetings.within(period.first, period.last)
    return [meeting for meeting in found if meeting.kind not in NOT_SUMMED]
