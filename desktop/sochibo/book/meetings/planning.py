"""What the next meeting takes over from the last, on which day it falls, and by what it is scored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from sochibo.rules.dates import Month
from sochibo.rules.meetings.attendance import attendance_rules_on, is_expected
from sochibo.rules.meetings.meetings import AgendaItem, Meeting, MeetingKind
from sochibo.rules.meetings.plans import next_in_turn, regular_day_of
from sochibo.rules.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from sochibo.book.book import Book

__all__ = ["REGULAR_KINDS", "Turns", "carried_items", "carried_over", "next_regular_day", "regular_day_of"]

Turns: TypeAlias = Mapping[str, Sequence[str]]
"""Who presented the items of a folded title, oldest first."""

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


def carried_items(book: Book, on: date, last: Sequence[AgendaItem], turns: Turns) -> tuple[AgendaItem, ...]:
    """Return the agenda that follows the last one, still without ids: titles, minutes, who presents.

    What came up again and is finished stays away; what is unfinished comes up again and knows whence. An item
    that went from member to member (`turns` holds who presented which title before) goes to the next in turn.
    """
    rules = attendance_rules_on(on)
    present = [entry.member.id for entry in book.members.on(on) if is_expected(entry, rules)]
    taken = [who for told in turns.values() for who in told]
    given: dict[str, int] = {}
    made: list[AgendaItem] = []
    for item in last:
        if item.carried_from is not None and item.finished:
            continue
        presenter, told = item.presenter_id, turns.get(fold(item.title), ())
        if presenter is not None and len(set(told[-2:])) > 1:
            presenter = next_in_turn(present, taken, given) or None
            given[presenter or ""] = given.get(presenter or "", 0) + 1
        kept = presenter in present
        made.append(
            AgendaItem(
                id="",
                meeting_id="",
                position=len(made),
                title=item.title,
                presenter=item.presenter if kept and presenter == item.presenter_id else "",
                presenter_id=presenter if kept else None,
                minutes=item.minutes,
                carried_from=None if item.finished else item.id,
            )
        )
    return tuple(made)


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
