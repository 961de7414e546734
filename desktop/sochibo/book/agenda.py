"""What is due in a book: the list of the page Hôm nay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sochibo.book.planning import REGULAR_KINDS, regular_day_of
from sochibo.messages import N_
from sochibo.rules.dates import Month
from sochibo.rules.meetings import MeetingState
from sochibo.rules.members import Activity, EventKind, Membership
from sochibo.rules.organisations import BookKind
from sochibo.rules.practice import papers_due, summary_due
from sochibo.rules.reports import ReportKind
from sochibo.sealing.verdicts import Level
from sochibo.storage.documents import DocumentState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sochibo.book.book import Book
    from sochibo.rules.meetings import Meeting
    from sochibo.rules.members import RosterEntry

__all__ = ["DUE_LABELS", "Due", "DueLine", "due_lines"]

SOON_DAYS: Final = 7
AHEAD: Final = timedelta(days=31)
"""What falls later than this is not shown yet."""

BEHIND: Final = timedelta(days=366)
"""Meetings longer ago are history that was entered later, not work left undone."""

OLDER_REVISION: Final = "V16"


class Due(StrEnum):
    """How urgent a line is."""

    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"


DUE_LABELS = {
    Due.OVERDUE: N_("Overdue"),
    Due.TODAY: N_("Today"),
    Due.SOON: N_("Soon"),
    Due.LATER: N_("This month"),
}


@dataclass(frozen=True, slots=True)
class DueLine:
    """One thing to do: what (a template), why, by when, and where to go.

    `goal` is `meeting:<id>`, `new-meeting`, `report:<period>`, `member:<id>`, `inbox`, `key` or `members`.
    """

    due: Due
    what: str
    why: str
    by: date | None
    goal: str
    fields: Mapping[str, object] = field(default_factory=dict)


def due_lines(book: Book, today: date) -> tuple[DueLine, ...]:
    """Return what is due, most urgent first.

    Cell: the month's regular meeting (none prepared, prepared, being recorded), minutes not closed or not
    sealed within 2 days of the meeting (HD 42-HD/BTCTW, 28/10/2025), last month's summary not issued or not
    sealed, probation ending, exemption or temporary stay past its end, no members yet, no key yet.
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
    for entry in roll:
        yield from _probation(book, entry, today)
        yield from _planned_end(entry, today)


def _regular_meeting(book: Book, today: date, meetings: tuple[Meeting, ...]) -> Iterator[DueLine]:
    month = Month.of(today)
    if any(meeting.kind in REGULAR_KINDS and meeting.month == month for meeting in meetings):
        return
    day = regular_day_of(month, book.organisation().regular_day)
    what = N_("Prepare the regular meeting of {day}")
    why = N_("The cell meets once a month, and no meeting is prepared for this one.")
    yield DueLine(_urgency(day, today), what, why, day, "new-meeting", {"day": day})


def _meeting(meeting: Meeting, today: date, *, has_key: bool) -> Iterator[DueLine]:
    by = papers_due(meeting.on)
    why = N_("The papers go to the committee within {days} days of the meeting.")
    fields = {"day": meeting.on, "days": (by - meeting.on).days}
    goal = f"meeting:{meeting.id}"
    match meeting.state:
        case MeetingState.PLANNED if meeting.on <= today:
            what, why = N_("Record the meeting of {day}"), N_("It is prepared, and nothing is recorded yet.")
            yield DueLine(_urgency(meeting.on, today), what, why, meeting.on, goal, fields)
        case MeetingState.PLANNED:
            what, why = N_("Hold the meeting of {day}"), N_("It is prepared.")
            yield DueLine(_urgency(meeting.on, today), what, why, meeting.on, goal, fields)
        case MeetingState.RECORDING:
            what = N_("Close the minutes of {day}")
            yield DueLine(_urgency(by, today), what, why, by, goal, fields)
        case MeetingState.CLOSED if has_key:
            what = N_("Seal the minutes of {day}")
            yield DueLine(_urgency(by, today), what, why, by, goal, fields)
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
        yield DueLine(_urgency(by, today), N_("Issue the summary of {month}"), why, by, goal, fields)
    elif document.state is DocumentState.ISSUED and has_key:
        yield DueLine(_urgency(by, today), N_("Seal the summary of {month}"), why, by, goal, fields)


def _probation(book: Book, entry: RosterEntry, today: date) -> Iterator[DueLine]:
    """Remind of the end of probation, 12 months from admission (Charter art. 5)."""
    if entry.standing.membership is not Membership.PROBATIONARY:
        return
    admitted = [
        event.on.earliest
        for event in book.members.events(entry.member.id)
        if event.kind in {EventKind.ADMISSION, EventKind.READMISSION} and event.on is not None
    ]
    if not admitted:
        return
    by = _year_after(max(admitted))
    if by <= today + AHEAD:
        what = N_("Consider the recognition of {name}")
        why = N_("The probation of 12 months ends.")
        goal = f"member:{entry.member.id}"
        yield DueLine(_urgency(by, today), what, why, by, goal, {"name": entry.member.name})


def _planned_end(entry: RosterEntry, today: date) -> Iterator[DueLine]:
    """Remind of an exemption or a temporary stay that has run out; only the cell can end it."""
    because, activity = entry.standing.because, entry.standing.activity
    if activity is Activity.ACTIVE or because is None or because.until is None:
        return
    by = because.until.latest
    if by > today + AHEAD:
        return
    ends = {
        Activity.EXEMPT: N_("The exemption of {name} ends"),
        Activity.TEMPORARILY_EXEMPT: N_("The exemption of {name} ends"),
        Activity.AWAY: N_("The temporary activity of {name} elsewhere ends"),
        Activity.VISITING: N_("The temporary activity of {name} here ends"),
        Activity.SUSPENDED: N_("The suspension of {name} ends"),
        Activity.SPECIAL_DUTY: N_("The special duty of {name} ends"),
    }
    why = N_("Record the return, or a new decision.")
    goal = f"member:{entry.member.id}"
    if what := ends.get(activity):
        yield DueLine(_urgency(by, today), what, why, by, goal, {"name": entry.member.name})


def _of_committee(book: Book, today: date) -> Iterator[DueLine]:
    if not book.inbox.has_authority():
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


def _missing(book: Book, today: date) -> Iterator[DueLine]:
    month = Month.of(today).previous()
    sent = {one.unit_id for one in book.inbox.submissions(month) if one.counts and one.period == str(month)}
    missing = [unit.name for unit in book.inbox.units_in(month) if unit.id not in sent]
    if not missing:
        return
    by = summary_due(month)
    fields = {"n": len(missing), "month": f"{month.month:02d}/{month.year}", "units": ", ".join(missing)}
    what = N_("Cells whose summary of {month} has not come: {n}")
    yield DueLine(_urgency(by, today), what, N_("Ask them for it: {units}."), by, "inbox", fields)


def _urgency(by: date, today: date) -> Due:
    if by < today:
        return Due.OVERDUE
    if by == today:
        return Due.TODAY
    return Due.SOON if by <= today + timedelta(days=SOON_DAYS) else Due.LATER


def _year_after(day: date) -> date:
    """Return the same day a year later; 29 February becomes 28."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
