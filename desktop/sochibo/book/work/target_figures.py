"""What a book counts for its targets: one function an indicator, all over the same stretch of days."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sochibo.rules.counts import Ratio
from sochibo.rules.dates import Month, months_after
from sochibo.rules.meetings.meetings import MeetingState
from sochibo.rules.members.holidays import working_days_after
from sochibo.rules.members.members import Activity, EventKind, Membership, standing_on
from sochibo.rules.ratings.rating_figures import FiguresGroup, RatingFigures, Source
from sochibo.rules.ratings.ratings import ReviewKind
from sochibo.storage.records import members as member_store
from sochibo.storage.records import targets as store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from sochibo.book.book import Book
    from sochibo.rules.members.members import MemberEvent
    from sochibo.storage.engine.database import Database

__all__ = ["Stretch", "actual_of"]

_AT_REST: Final = frozenset({Activity.EXEMPT, Activity.TEMPORARILY_EXEMPT, Activity.SUSPENDED})
PROBATION_MONTHS: Final = 12
WORKING_DAYS_TO_ACT: Final = 30
"""The cell acts within 30 working days of the end of probation (QĐ 294-QĐ/TW, 26/5/2025, §4.2.1)."""


class Stretch:
    """A book and the days that are counted, both included; `last` never lies after today.

    `kept` holds what one counter read and the next needs too.
    """

    def __init__(self, book: Book, database: Database, first: date, last: date) -> None:
        self.book: Final = book
        self.database: Final = database
        self.first: Final = first
        self.last: Final = last
        self.kept: Final[dict[str, Any]] = {}


def actual_of(indicator: str, stretch: Stretch) -> Ratio | None:
    """Count an indicator; None where the book has nothing to count it by. A count stands over 1."""
    count = _COUNTERS.get(indicator)
    if count is None or stretch.last < stretch.first:
        return None
    found = count(stretch)
    return found if found is not None and found.denominator > 0 else None


def _events(stretch: Stretch) -> Mapping[str, list[MemberEvent]]:
    return member_store.read_events(stretch.database)


def _happened(stretch: Stretch, *kinds: EventKind) -> int:
    """Count events of this cell's own members that lie in the stretch.

    One known only by its month or year counts from its first day. What happened to somebody elsewhere, before
    a transfer in or after one out, is the other cell's to count.
    """
    return sum(
        event.kind in kinds
        and event.on is not None
        and stretch.first <= event.on.earliest <= stretch.last
        and _was_here(events, event.on.earliest)
        for events in _events(stretch).values()
        for event in events
    )


def _was_here(events: Sequence[MemberEvent], day: date) -> bool:
    """Tell whether somebody belonged to the cell on a day or until it."""
    return any(standing_on(events, on).belongs for on in (day, day - timedelta(days=1)))


def _admissions(stretch: Stretch) -> Ratio:
    return Ratio(_happened(stretch, EventKind.ADMISSION, EventKind.READMISSION), 1)


def _admissions_rate(stretch: Stretch) -> Ratio:
    """Return admissions over the members at the beginning."""
    members = sum(standing_on(events, stretch.first).belongs for events in _events(stretch).values())
    return Ratio(_admissions(stretch).numerator, members)


def _screened_out(stretch: Stretch) -> Ratio:
    return Ratio(_happened(stretch, EventKind.STRIKE_OFF, EventKind.WITHDRAWAL), 1)


def _rating_figures(stretch: Stretch, group: FiguresGroup) -> RatingFigures | None:
    """Return the newest decided figures that fall into the stretch; a term is judged by its last year."""
    for period in stretch.book.ratings.periods():
        if period.kind is ReviewKind.YEAR and stretch.first.year <= period.year <= stretch.last.year:
            figures = stretch.book.ratings.figures(period.id, Source.DECIDED)[group]
            if figures.rated:
                return figures
    return None


def _members_good(stretch: Stretch) -> Ratio | None:
    figures = _rating_figures(stretch, FiguresGroup.MEMBERS)
    return figures.good_or_better if figures else None


def _cells_good(stretch: Stretch) -> Ratio | None:
    figures = _rating_figures(stretch, FiguresGroup.CELLS)
    return figures.good_or_better if figures else None


def _excellent_of_better(stretch: Stretch) -> Ratio | None:
    figures = _rating_figures(stretch, FiguresGroup.MEMBERS)
    return figures.excellent_of_better if figures else None


def _weak_cells(stretch: Stretch) -> Ratio | None:
    figures = _rating_figures(stretch, FiguresGroup.CELLS)
    return Ratio(figures.not_completed, 1) if figures else None


def _study_attendance(stretch: Stretch) -> Ratio:
    return store.study_turns(stretch.database, stretch.first, stretch.last)


def _meeting_attendance(stretch: Stretch) -> Ratio:
    """Return presences over expectations of the closed meetings: counts are added, rates never averaged."""
    total = Ratio(0, 0)
    for meeting in stretch.book.meetings.within(stretch.first, stretch.last):
        if meeting.state in {MeetingState.CLOSED, MeetingState.SEALED}:
            total += stretch.book.meetings.figures(meeting.id).attendance
    return total


def _regular_meetings(stretch: Stretch) -> Ratio:
    """Return the months with a regular meeting held, of the months begun."""
    from sochibo.book.meetings.planning import REGULAR_KINDS

    month, months = Month.of(stretch.first), 0
    while month <= Month.of(stretch.last):
        months, month = months + 1, month.next()
    held = {
        meeting.month
        for meeting in stretch.book.meetings.within(stretch.first, stretch.last)
        if meeting.kind in REGULAR_KINDS and meeting.state is not MeetingState.PLANNED
    }
    return Ratio(len(held), months)


def _cells_with_committee(stretch: Stretch) -> Ratio:
    return store.cells_with_committee(stretch.database, stretch.last)


def _of_roll(stretch: Stretch, chosen: frozenset[str]) -> Ratio:
    """Return how many of those who work on the last day are chosen; exempt members do not count."""
    roll = [
        entry.member.id
        for entry in stretch.book.members.on(stretch.last)
        if entry.standing.belongs and entry.standing.activity not in _AT_REST
    ]
    return Ratio(sum(member_id in chosen for member_id in roll), len(roll))


def _members_with_task(stretch: Stretch) -> Ratio:
    return _of_roll(stretch, store.members_with_task(stretch.database, stretch.first, stretch.last))


def _commitments_signed(stretch: Stretch) -> Ratio:
    return _of_roll(stretch, store.commitments(stretch.database, stretch.last.year))


def _probation_on_time(stretch: Stretch) -> Ratio:
    """Return who was recognised in time, of those whose last day for it lies in the stretch.

    An official member counts as one from the end of probation on, however late the cell was (§4.2.2): where
    its resolution is known, the day of that tells whether it was in time.
    """
    in_time = due = 0
    for events in _events(stretch).values():
        admitted = [
            event.on.earliest
            for event in events
            if event.kind in {EventKind.ADMISSION, EventKind.READMISSION} and event.on is not None
        ]
        for day in admitted:
            end = months_after(day, PROBATION_MONTHS)
            limit = working_days_after(end, WORKING_DAYS_TO_ACT)
            if not stretch.first <= limit <= stretch.last or not standing_on(events, limit).belongs:
                continue
            due += 1
            official = standing_on(events, limit).membership is Membership.OFFICIAL
            late = any(
                event.kind is EventKind.RECOGNITION
                and event.on is not None
                and day <= event.on.earliest
                and event.resolved_on is not None
                and event.resolved_on > limit
                for event in events
            )
            in_time += official and not late
    return Ratio(in_time, due)


_COUNTERS: Final[dict[str, Callable[[Stretch], Ratio | None]]] = {
    "admissions": _admissions,
    "admissions_rate": _admissions_rate,
    "members_good": _members_good,
    "cells_good": _cells_good,
    "excellent_of_better": _excellent_of_better,
    "study_attendance": _study_attendance,
    "meeting_attendance": _meeting_attendance,
    "regular_meetings": _regular_meetings,
    "cells_with_committee": _cells_with_committee,
    "weak_cells": _weak_cells,
    "members_with_task": _members_with_task,
    "commitments_signed": _commitments_signed,
    "probation_on_time": _probation_on_time,
    "screened_out": _screened_out,
}
"""Fees stand in another book, so `fees_collected` is entered by hand."""
