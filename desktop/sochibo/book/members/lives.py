"""The life of one member at a glance: events with what follows from them, what is due, meetings, ratings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from sochibo.rules.meetings.attendance import Ratio, is_expected
from sochibo.rules.members.badges import (
    BadgeDue,
    PartyAge,
    badge_due,
    early_from,
    load_badge_rules,
    party_age,
)
from sochibo.rules.members.member_rules import Deadline, deadlines_of, form_of
from sochibo.rules.members.members import MemberEvent
from sochibo.rules.ratings.ratings import Level
from sochibo.storage.records.ratings import decided_levels

if TYPE_CHECKING:
    from sochibo.book.book import Book
    from sochibo.storage.engine.database import Database

__all__ = ["Life", "LifeDue", "LifeEvent", "Lives", "YearOfMeetings"]

_YEARS: Final = 5
"""How many years back meetings and ratings are shown."""


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """One event with the papers that go with it and the deadlines that follow from it."""

    event: MemberEvent
    papers: tuple[str, ...]
    deadlines: tuple[Deadline, ...]


@dataclass(frozen=True, slots=True)
class YearOfMeetings:
    """How often somebody came in a year, month by month: came of expected, None for a month without."""

    year: int
    months: tuple[Ratio | None, ...]

    @property
    def whole(self) -> Ratio:
        """Return the year's sum."""
        return sum((month for month in self.months if month), Ratio(0, 0))


@dataclass(frozen=True, slots=True)
class LifeDue:
    """What is due of one person: deadlines not met yet, the nearest first, and the next badge."""

    open: tuple[Deadline, ...]
    badge: BadgeDue | None


@dataclass(frozen=True, slots=True)
class Life:
    """Everything the page of a member draws; `open` is what is due, the nearest first."""

    events: tuple[LifeEvent, ...]
    open: tuple[Deadline, ...]
    age: PartyAge | None
    badge: BadgeDue | None
    badge_early: date | None
    levels: tuple[tuple[int, Level | None], ...]
    fee_free: bool


class Lives:
    """Lives are only read; events are recorded by `book.members`."""

    def __init__(self, database: Database, book: Book) -> None:
        self._database: Final = database
        self._book: Final = book

    def of(self, member_id: str, today: date) -> Life:
        """Return the life of one member; raises KeyError."""
        member, events = self._book.members.get(member_id), self._book.members.events(member_id)
        deadlines = deadlines_of(events)
        badge = badge_due(member, events, self._book.registers.badges().get(member_id, ()), today)
        age = party_age(member, events)
        levels = decided_levels(self._database).get(member_id, {})
        return Life(
            events=tuple(
                LifeEvent(
                    event,
                    form_of(event.kind).papers,
                    tuple(one for one in deadlines if one.event.id == event.id),
                )
                for event in events
            ),
            open=tuple(one for one in deadlines if not one.met),
            age=age,
            badge=badge,
            badge_early=early_from(badge.years, badge.anniversary) if badge else None,
            levels=tuple((year, levels[year]) for year in sorted(levels)[-_YEARS:]),
            fee_free=age is not None and age.years_on(today) >= load_badge_rules().fee_free_years,
        )

    def due(self, member_id: str, today: date) -> LifeDue:
        """Return only what is due, without reading meetings; raises KeyError."""
        member, events = self._book.members.get(member_id), self._book.members.events(member_id)
        badges = self._book.registers.badges().get(member_id, ())
        open_ones = tuple(one for one in deadlines_of(events) if not one.met)
        return LifeDue(open_ones, badge_due(member, events, badges, today))

    def meetings(self, member_id: str, today: date) -> tuple[YearOfMeetings, ...]:
        """Count the meetings that took place: expected ones, and those among them that the person came to.

        Every record of these years is read for it, so that it is asked for once, not after every change.
        """
        found = []
        for year in range(today.year - _YEARS + 1, today.year + 1):
            months: list[Ratio | None] = [None] * 12
            for line in self._book.meetings.lines(year):
                if line.meeting.state.value == "planned":
                    continue
                file = self._book.meetings.file(line.meeting.id)
                entry = file.entry_of(member_id)
                if entry is None or not is_expected(entry, file.attendance_rules):
                    continue
                place = line.meeting.on.month - 1
                months[place] = (months[place] or Ratio(0, 0)) + Ratio(int(file.came(entry)), 1)
            if any(months):
                found.append(YearOfMeetings(year, tuple(months)))
        return tuple(found)
