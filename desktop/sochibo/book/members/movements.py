"""How the number of members moved, and what the members are: read off the events of everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.rules.members.composition import make_composition
from sochibo.rules.members.movement import check_movement, make_movement

if TYPE_CHECKING:
    from datetime import date

    from sochibo.book.book import Book
    from sochibo.faults import Finding
    from sochibo.rules.members.composition import Composition
    from sochibo.rules.members.movement import Movement
    from sochibo.rules.periods import Period

__all__ = ["Movements"]


class Movements:
    """Both tables are counted anew each time: a date corrected later corrects them too."""

    def __init__(self, book: Book) -> None:
        self._book: Final = book

    def of(self, period: Period) -> Movement:
        """Return the movement of a period."""
        people = [
            (entry.member, self._book.members.events(entry.member.id))
            for entry in self._book.members.on(period.last, everybody=True)
        ]
        return make_movement(people, period.first, period.last)

    def check(self, movement: Movement) -> tuple[Finding, ...]:
        """Return what does not add up, and what nobody told the reason of."""
        return check_movement(movement)

    def composition(self, day: date) -> Composition:
        """Return what the members are on a day."""
        badges = self._book.registers.badges()
        return make_composition(
            [
                (entry, self._book.members.events(entry.member.id), badges.get(entry.member.id, ()))
                for entry in self._book.members.on(day)
            ],
            day,
        )
