"""What the next meeting takes over from the last, on which day it falls, and by what it is scored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochibo.rules.dates import Month
from sochibo.rules.meetings import Meeting, MeetingKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from sochibo.book.book import Book

__all__ = ["REGULAR_KINDS", "carried_over", "next_regular_day", "regular_day_of"]

REGULAR_KINDS = frozenset({MeetingKind.REGULAR, MeetingKind.COMBINED})
"""Kinds that are the regular meeting of their month."""


def carried_over(book: Book, kind: MeetingKind, on: date, last: Meeting | None, theme: str) -> Meeting:
    """Return a meeting with what usually stays, still without an id; people only while on the roll."""
    organisation = book.organisation()
    names = {entry.member.id: entry.member.name for entry in book.members.on(on)}
    secretary = next((key for key, name in names.items() if name == organisation.secretary), None)
    chair = last.chair_id if last else secretary
    minute_taker = last.minute_taker_id if last else None
    return Meeting(
        id="",
        kind=kind,
        on=on,
        start=last.start if last else organisation.regular_time,
        place=last.place if last else organisation.regular_place,
        theme=theme,
        chair_id=chair if chair in names else None,
        minute_taker_id=minute_taker if minute_taker in names else None,
        fee_note=last.fee_note if last else "",
    )


def regular_day_of(month: Month, regular_day: int) -> date:
    """Return the regular day of a month; the 31st of a shorter month is its last day."""
    return month.first().replace(day=min(regular_day, month.last().day))


def next_regular_day(book: Book, after: date, within: Callable[[date, date], tuple[Meeting, ...]]) -> date:
    """Return the next regular day, from a day on, whose month has no regular meeting yet."""
    regular_day = book.organisation().regular_day
    month = Month.of(after)
    while True:
        day = regular_day_of(month, regular_day)
        held = any(meeting.kind in REGULAR_KINDS for meeting in within(month.first(), month.last()))
        if day >= after and not held:
            return day
        month = month.next()
