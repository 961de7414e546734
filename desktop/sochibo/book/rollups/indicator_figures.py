"""What a book counts of its own for the indicators, beyond what its targets count."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sochibo.book.work.target_figures import Stretch, actual_of
from sochibo.rules.counts import Ratio
from sochibo.rules.meetings.meetings import MeetingKind, MeetingState
from sochibo.rules.members.badges import BadgeState
from sochibo.rules.members.members import EventKind, Membership
from sochibo.rules.members.offices import IN_COMMITTEE
from sochibo.rules.periods import quarter_of
from sochibo.rules.ratings.rating_figures import FiguresGroup, Source
from sochibo.rules.ratings.ratings import ReviewKind
from sochibo.rules.scoring.scoring import Rating
from sochibo.rules.units.indicator_papers import LEVEL_INDICATORS, of_figures, of_levels
from sochibo.rules.units.indicators import Count, indicators_for
from sochibo.rules.units.organisations import BookKind
from sochibo.rules.work.targets import Measure, ProgressState, TargetPeriod
from sochibo.storage.records import members as member_store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from sochibo.book.book import Book
    from sochibo.rules.periods import Period
    from sochibo.rules.ratings.rating_figures import RatingFigures
    from sochibo.rules.reports import MeetingFigures
    from sochibo.storage.engine.database import Database

__all__ = ["count_own"]

_THEMATIC: Final = frozenset({MeetingKind.THEMATIC, MeetingKind.COMBINED})
_REGULAR: Final = frozenset({MeetingKind.REGULAR, MeetingKind.COMBINED})
_WHOLE: Final = 100
_OF_COMMITTEE: Final = frozenset({
    *LEVEL_INDICATORS[FiguresGroup.CELLS], "admissions_of_target", "targets_met", "inspections", "planning",
    "fees_collected",
})  # fmt: skip
"""What a committee knows of itself; all else it adds up from its units."""


def count_own(book: Book, database: Database, period: Period, today: date) -> tuple[Count, ...]:
    """Count the indicators of a period from a book's own records, up to today; nothing before its first day.

    An indicator of which the book knows nothing is left out: a nought would be a figure.
    """
    last = min(period.last, today)
    if last < period.first:
        return ()
    stretch = Stretch(book, database, period.first, last)
    committee = book.organisation().kind is BookKind.COMMITTEE
    by_hand = _entered(stretch)
    made = []
    for one in indicators_for(period.kind):
        if committee and one.id not in _OF_COMMITTEE:
            continue
        counter = _COUNTERS.get(one.id)
        found = counter(stretch) if counter else actual_of(one.id, stretch)
        found = by_hand.get(one.id, found) if one.by_hand or found is None else found
        if found is not None and (found.denominator > 0 or not one.is_share):
            made.append(Count(one.id, found.numerator, found.denominator if one.is_share else 1))
    return tuple(made)


def _entered(stretch: Stretch) -> Mapping[str, Ratio]:
    """Return what was entered by hand beside the targets of the year."""
    return {
        line.target.indicator: line.target.by_hand
        for line in stretch.book.targets.lines(stretch.last.year, stretch.last)
        if line.target.by_hand is not None and line.target.unit_id is None
    }


def _figures(stretch: Stretch) -> list[MeetingFigures]:
    """Return the closed meetings of the stretch; each stretch reads them once."""
    known: list[MeetingFigures] | None = stretch.kept.get("figures")
    if known is None:
        known = [
            stretch.book.meetings.figures(meeting.id)
            for meeting in stretch.book.meetings.within(stretch.first, stretch.last)
            if meeting.state in {MeetingState.CLOSED, MeetingState.SEALED}
        ]
        stretch.kept["figures"] = known
    return known


def _roll(stretch: Stretch) -> Ratio:
    standings = [entry.standing for entry in stretch.book.members.on(stretch.last)]
    memberships = [standing.membership for standing in standings if standing.belongs]
    return Ratio(memberships.count(Membership.OFFICIAL), len(memberships))


def _probationary(stretch: Stretch) -> Ratio:
    roll = _roll(stretch)
    return Ratio(roll.denominator - roll.numerator, roll.denominator)


def _recognitions(stretch: Stretch) -> Ratio:
    events = member_store.read_events(stretch.database)
    return Ratio(
        sum(
            event.kind is EventKind.RECOGNITION
            and event.on is not None
            and stretch.first <= event.on.earliest <= stretch.last
            for told in events.values()
            for event in told
        ),
        1,
    )


def _badges(stretch: Stretch) -> Ratio:
    awarded = [
        badge.awarded_on.earliest
        for badges in stretch.book.registers.badges().values()
        for badge in badges
        if badge.state in {BadgeState.AWARDED, BadgeState.POSTHUMOUS} and badge.awarded_on is not None
    ]
    return Ratio(sum(stretch.first <= day <= stretch.last for day in awarded), 1)


def _training(stretch: Stretch) -> Ratio:
    # Partial days compare as text: what is known only by its year counts from its first day.
    found = stretch.database.rows(
        "select count(*) as turns from training"
        " where substr(finished_on || '-01-01', 1, 10) between ? and ? and kind <> 'resolution_study'",
        (stretch.first.isoformat(), stretch.last.isoformat()),
    )
    return Ratio(next(row["turns"] for row in found), 1)


def _has_committee(stretch: Stretch) -> Ratio:
    """Tell whether the cell has a committee of its own: someone beside its secretary and deputy leads it."""
    holders = {
        office.member_id
        for office in stretch.book.registers.offices()
        if office.kind in IN_COMMITTEE
        and office.since <= stretch.last
        and (office.until is None or office.until >= stretch.last)
    }
    return Ratio(int(len(holders) >= _COMMITTEE_OF), 1)


_COMMITTEE_OF: Final = 3
"""A cell with fewer official members than nine has a secretary and perhaps a deputy, and no committee."""


def _officers_replaced(stretch: Stretch) -> Ratio:
    """Count who came into the cell committee in the stretch, but for the day on which a term began."""
    starts = {term.start for term in stretch.book.terms()}
    return Ratio(
        sum(
            office.kind in IN_COMMITTEE
            and stretch.first <= office.since <= stretch.last
            and office.since not in starts
            for office in stretch.book.registers.offices()
        ),
        1,
    )


def _thematic(stretch: Stretch) -> Ratio:
    held = {quarter_of(one.on) for one in _figures(stretch) if one.meeting_kind in _THEMATIC}
    due = set()
    day = stretch.first
    while day <= stretch.last:
        due.add(quarter_of(day))
        day = quarter_of(day).last + timedelta(days=1)
    return Ratio(len(held), len(due))


def _superiors(stretch: Stretch) -> Ratio:
    return Ratio(sum(one.superiors > 0 for one in _figures(stretch)), 1)


def _rated(rating: Rating) -> Callable[[Stretch], Ratio]:
    def count(stretch: Stretch) -> Ratio:
        told = [one.rating for one in _figures(stretch) if one.meeting_kind in _REGULAR and one.rating]
        return Ratio(told.count(rating), len(told))

    return count


def _tasks(stretch: Stretch) -> Ratio:
    due = stretch.book.meetings.tasks_due(stretch.first, stretch.last)
    return Ratio(sum(task.done_percent == _WHOLE for task in due), len(due))


def _tasks_late(stretch: Stretch) -> Ratio:
    done = _tasks(stretch)
    return Ratio(done.denominator - done.numerator, done.denominator)


def _proposals(stretch: Stretch) -> Ratio:
    found = stretch.database.rows(
        "select count(*) as made, coalesce(sum(p.state in ('answered', 'forwarded')), 0) as answered"
        " from proposal as p join meeting as m on m.id = p.meeting_id"
        " where m.\"on\" between ? and ? and p.state <> 'withdrawn'",
        (stretch.first.isoformat(), stretch.last.isoformat()),
    )
    row = next(iter(found))
    return Ratio(row["answered"], row["made"])


def _targets_met(stretch: Stretch) -> Ratio:
    lines = [
        line
        for line in stretch.book.targets.lines(stretch.last.year, stretch.last)
        if line.target.unit_id is None
    ]
    return Ratio(sum(line.progress.state is ProgressState.REACHED for line in lines), len(lines))


def _of_review(stretch: Stretch, group: FiguresGroup) -> RatingFigures | None:
    """Return the figures of the year's review: what was decided, before that what the cell proposes."""
    for period in stretch.book.ratings.periods():
        if period.kind is ReviewKind.YEAR and stretch.first.year <= period.year <= stretch.last.year:
            for source in (Source.DECIDED, Source.PROPOSED):
                figures = stretch.book.ratings.figures(period.id, source).get(group)
                if figures is not None and figures.rated:
                    return figures
    return None


def _rating(group: FiguresGroup, name: str) -> Callable[[Stretch], Ratio | None]:
    """Return what counts one indicator of ratings; nothing while nobody of the group is rated."""

    def count(stretch: Stretch) -> Ratio | None:
        figures = _of_review(stretch, group)
        if figures is None:
            return None
        counts = of_figures(figures) if group is FiguresGroup.MEMBERS else of_levels(group, figures)
        return next((Ratio(one.number, one.of) for one in counts if one.indicator == name), None)

    return count


_RATINGS: Final = {
    **{name: _rating(group, name) for group, names in LEVEL_INDICATORS.items() for name in names},
    "members_rated": _rating(FiguresGroup.MEMBERS, "members_rated"),
    "excellent_of_better": _rating(FiguresGroup.MEMBERS, "excellent_of_better"),
}


def _admissions_of_target(stretch: Stretch) -> Ratio | None:
    """Hold who was admitted in the term against the number that the term's target asks for."""
    for line in stretch.book.targets.lines(stretch.last.year, stretch.last):
        target, actual = line.target, line.progress.actual
        asked = target.indicator == "admissions" and target.measure is Measure.COUNT
        if asked and target.period_kind is TargetPeriod.TERM and target.unit_id is None and actual:
            return Ratio(actual.numerator, target.value // 10**target.decimals)
    return None


_COUNTERS: Final[dict[str, Callable[[Stretch], Ratio | None]]] = {
    "cells": lambda _stretch: Ratio(1, 1),
    "cells_with_committee": _has_committee,
    "officers_replaced": _officers_replaced,
    "members": lambda stretch: Ratio(_roll(stretch).denominator, 1),
    "members_official": _roll,
    "members_probationary": _probationary,
    "recognitions": _recognitions,
    "badges": _badges,
    "training": _training,
    "thematic_meetings": _thematic,
    "superiors": _superiors,
    "meetings_good": _rated(Rating.GOOD),
    "meetings_fair": _rated(Rating.FAIR),
    "meetings_average": _rated(Rating.AVERAGE),
    "meetings_poor": _rated(Rating.POOR),
    "tasks_done": _tasks,
    "tasks_late": _tasks_late,
    "proposals_answered": _proposals,
    "targets_met": _targets_met,
    "admissions_of_target": _admissions_of_target,
    **_RATINGS,
}
