"""What is due in a book: the list of the page Hôm nay."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sochibo.book.agenda.answer_agenda import answer_lines
from sochibo.book.agenda.member_agenda import member_lines
from sochibo.book.agenda.rating_agenda import rating_lines
from sochibo.book.agenda.work_agenda import work_lines
from sochibo.book.due import AHEAD, DUE_LABELS, Due, DueLine, urgency
from sochibo.book.meetings.planning import REGULAR_KINDS, regular_day_of
from sochibo.book.trust.trust_lines import trust_due_lines
from sochibo.messages import N_
from sochibo.rules.dates import Month
from sochibo.rules.meetings.meetings import MeetingState
from sochibo.rules.meetings.practice import papers_due, summary_due
from sochibo.rules.reports import ReportKind
from sochibo.rules.units.organisations import BookKind
from sochibo.sealing.verdicts import Level
from sochibo.storage.records.documents import DocumentState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sochibo.book.book import Book
    from sochibo.rules.meetings.meetings import Meeting

__all__ = ["DUE_LABELS", "Due", "DueLine", "due_lines"]

BEHIND: Final = timedelta(days=366)
"""Meetings longer ago are history that was entered later, not work left undone."""

OLDER_REVISION: Final = "V16"


def due_lines(book: Book, today: date) -> tuple[DueLine, ...]:
    """Return what is due, most urgent first.

    Cell: the month's regular meeting (none prepared, prepared, being recorded), minutes not closed or not
    sealed within 2 days of the meeting (HD 42-HD/BTCTW, 28/10/2025), last month's summary not issued or not
    sealed, probation ending, exemption or temporary stay past its end, no members yet, no key yet; absences,
    months without a meeting, quarters without a theme, drafts and tasks due (`work_lines`).
    Committee: units that have not sent last month's summary, files to be looked at, no authority, no units.
    """
    of_kind = _of_cell if book.organisation().kind is BookKind.CELL else _of_committee
    order = list(Due)
    return tuple(sorted(
        of_kind(book, today), key=lambda line: (order.index(line.due), line.by or today)
    ))  # fmt: skip


def _of_cell(book: Book, today: date) -> Iterator[DueLine]:
    roll = book.members.on(today)
    if not roll:
        what, why = N_("Enter the members of the cell"), N_("Attendance and votes are counted over them.")
        yield DueLine(Due.TODAY, what, why, None, "members")
        return
    has_key = book.reports.key() is not None
    if not has_key:
        what, why = N_("Make the key that seals"), N_("Without it minutes and summaries cannot be sealed.")
        yield DueLine(Due.SOON, what, why, None, "key")
    meetings = book.meetings.within(today - BEHIND, today + AHEAD)
    yield from _regular_meeting(book, today, meetings)
    for meeting in meetings:
        yield from _meeting(meeting, today, has_key=has_key)
    yield from _summary(book, today, has_key=has_key)
    yield from answer_lines(book, today)
    yield from work_lines(book, today, meetings)
    yield from member_lines(book, today)
    yield from rating_lines(book, today)
    yield from trust_due_lines(book, today)


def _regular_meeting(book: Book, today: date, meetings: tuple[Meeting, ...]) -> Iterator[DueLine]:
    month = Month.of(today)
    if any(meeting.kind in REGULAR_KINDS and meeting.month == month for meeting in meetings):
        return
    day = regular_day_of(month, book.organisation().regular_day)
    what = N_("Prepare the regular meeting of {day}")
    why = N_("The cell meets once a month, and no meeting is prepared for this one.")
    yield DueLine(urgency(day, today), what, why, day, "new-meeting", {"day": day})


def _meeting(meeting: Meeting, today: date, *, has_key: bool) -> Iterator[DueLine]:
    by = papers_due(meeting.on)
    why = N_("The papers go to the committee within {days} days of the meeting.")
    fields = {"day": meeting.on, "days": (by - meeting.on).days}
    goal = f"meeting:{meeting.id}"
    match meeting.state:
        case MeetingState.PLANNED if meeting.on <= today:
            what, why = N_("Record the meeting of {day}"), N_("It is prepared, and nothing is recorded yet.")
            yield DueLine(urgency(meeting.on, today), what, why, meeting.on, goal, fields)
        case MeetingState.PLANNED:
            what, why = N_("Hold the meeting of {day}"), N_("It is prepared.")
            yield DueLine(urgency(meeting.on, today), what, why, meeting.on, goal, fields)
        case MeetingState.RECORDING:
            what = N_("Close the minutes of {day}")
            yield DueLine(urgency(by, today), what, why, by, goal, fields)
        case MeetingState.CLOSED if has_key:
            what = N_("Seal the minutes of {day}")
            yield DueLine(urgency(by, today), what, why, by, goal, fields)
        case _:
            return


def _summary(book: Book, today: date, *, has_key: bool) -> Iterator[DueLine]:
    month = Month.of(today).previous()
    if not book.meetings.within(month.last() - BEHIND, month.last()):
        return
    by = summary_due(month)
    document = book.reports.of_period(ReportKind.SUMMARY, month)
    fields = {"month": f"{month.month:02d}/{month.year}"}
    why = N_("The committee rolls the month up from the summaries of its cells.")
    goal = f"report:{month}"
    if document is None:
        yield DueLine(urgency(by, today), N_("Issue the summary of {month}"), why, by, goal, fields)
    elif document.state is DocumentState.ISSUED and has_key:
        yield DueLine(urgency(by, today), N_("Seal the summary of {month}"), why, by, goal, fields)
    elif document.state is DocumentState.SEALED:
        yield DueLine(urgency(by, today), N_("Send the summary of {month}"), why, by, goal, fields)


def _of_committee(book: Book, today: date) -> Iterator[DueLine]:
    if not book.authority.exists():
        what = N_("Set up the enrolment of cells")
        yield DueLine(Due.TODAY, what, N_("Only seals of enrolled people are accepted."), None, "key")
        return
    if not book.inbox.units():
        what = N_("Enrol the first cell")
        why = N_("It brings its request on a stick; compare the fingerprint face to face.")
        yield DueLine(Due.TODAY, what, why, None, "inbox")
        return
    held = [
        one
        for one in book.inbox.submissions()
        if one.verdict.level is Level.HOLD and one.verdict.code != OLDER_REVISION
    ]
    if held:
        what, why = (
            N_("Received files to be looked at: {n}"),
            N_("They could neither be accepted nor refused."),
        )
        yield DueLine(Due.TODAY, what, why, None, "inbox", {"n": len(held)})
    yield from _missing(book, today)
    yield from trust_due_lines(book, today)


def _missing(book: Book, today: date) -> Iterator[DueLine]:
    month = Month.of(today).previous()
    sent = {one.unit_id for one in book.inbox.submissions(month) if one.counts and one.period == str(month)}
    missing = [unit.name for unit in book.inbox.units_in(month) if unit.id not in sent]
    if not missing:
        return
    by = summary_due(month)
    fields = {"n": len(missing), "month": f"{month.month:02d}/{month.year}", "units": ", ".join(missing)}
    what = N_("Cells whose summary of {month} has not come: {n}")
    yield DueLine(urgency(by, today), what, N_("Ask them for it: {units}."), by, "inbox", fields)
