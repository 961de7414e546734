"""What the book knows that should be thought of before a review is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochibo.book.meetings.summaries import NOT_SUMMED
from sochibo.rules.meetings.meetings import MeetingState
from sochibo.rules.ratings.rating_prompts import ill_months, prompt_for_illness, prompt_for_new_organisation
from sochibo.rules.ratings.rating_subjects import first_day_of
from sochibo.rules.ratings.ratings import Level, ReviewKind, Subject
from sochibo.rules.units.organisations import BookKind
from sochibo.rules.units.units import UnitEventKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sochibo.book.book import Book
    from sochibo.book.ratings.rating_lines import RatingLine
    from sochibo.faults import Finding
    from sochibo.rules.ratings.rating_rules import SubjectRules
    from sochibo.rules.ratings.ratings import ReviewPeriod

__all__ = ["prompts"]


def prompts(
    book: Book, period: ReviewPeriod, rules: SubjectRules, lines: Sequence[RatingLine]
) -> tuple[Finding, ...]:
    """Return advice on long illness and on organisations founded lately, the people first."""
    return (*_illness(book, period, rules, lines), *_foundings(book, period, rules))


def _illness(
    book: Book, period: ReviewPeriod, rules: SubjectRules, lines: Sequence[RatingLine]
) -> Iterator[Finding]:
    quarter = period.kind is ReviewKind.QUARTER
    limit = rules.sick_months_quarter if quarter else rules.sick_months
    if not limit:
        return
    held = [
        (meeting.on, book.meetings.marks(meeting.id))
        for meeting in book.meetings.within(first_day_of(period), period.closing_on)
        if meeting.state is not MeetingState.PLANNED and meeting.kind not in NOT_SUMMED
    ]
    for line in lines:
        if line.rating.subject is not Subject.RATED:
            continue
        if not quarter and line.rating.proposed_level in {Level.COMPLETED, Level.NOT_COMPLETED}:
            continue
        months = ill_months((day, marks.get(line.rating.member_id)) for day, marks in held)
        found = prompt_for_illness(line.name, months, limit, quarter=quarter)
        if found is not None:
            yield found


def _foundings(book: Book, period: ReviewPeriod, rules: SubjectRules) -> Iterator[Finding]:
    closing, months = period.closing_on, rules.new_organisation_months
    organisation = book.organisation()
    if organisation.kind is BookKind.CELL:
        first = min((term.start for term in book.terms()), default=None)
        earlier = book.meetings.years()
        # A book that tells of meetings before its first term is not that of a new cell.
        if first is not None and earlier and book.meetings.lines(earlier[-1])[0].meeting.on < first:
            return
        found = [prompt_for_new_organisation(organisation.name, first, closing, months, certain=False)]
    else:
        names = {branch.unit.id: branch.version.name for branch in book.units.on(closing)}
        found = [
            prompt_for_new_organisation(names[unit_id], event.on, closing, months, certain=True)
            for event in book.units.events()
            if event.kind is UnitEventKind.FOUNDING
            for unit_id in event.after
            if unit_id in names
        ]
    yield from (one for one in found if one is not None)
