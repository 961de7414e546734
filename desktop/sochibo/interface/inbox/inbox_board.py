"""The board: units by months, each field coloured and worded."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from sochibo.book.inbox.decisions import Decision
from sochibo.book.inbox.inbox import Level
from sochibo.interface.looks.palette import Tone
from sochibo.interface.parts.table import Column, Tag
from sochibo.messages import N_
from sochibo.rules.dates import Month
from sochibo.rules.meetings.practice import summary_due
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sochibo.book.inbox.inbox import BoardRow, Submission
    from sochibo.messages import Messages

__all__ = ["Board", "Standing", "board_columns", "board_words"]

_MONTHS = (
    N_("M1"),
    N_("M2"),
    N_("M3"),
    N_("M4"),
    N_("M5"),
    N_("M6"),
    N_("M7"),
    N_("M8"),
    N_("M9"),
    N_("M10"),
    N_("M11"),
    N_("M12"),
)


_KINDS = frozenset({ReportKind.SUMMARY, ReportKind.ROLLUP})
"""What a unit sends of a month: a cell its summary, a committee its roll-up."""


class Standing(Enum):
    """How a unit stands for one month: a word for the field, a whole one for the ear, and a sign."""

    AHEAD = ("", N_("not yet due"), Tone.PLAIN, "")
    AWAITED = ("", N_("awaited"), Tone.PLAIN, "circle")
    OVERDUE = (N_("missing"), N_("not received, and the day it was due is past"), Tone.WRONG, "x")
    FINE = ("", N_("received in time"), Tone.GOOD, "check")
    LATE = (N_("late"), N_("received after the day it was due"), Tone.ADVICE, "clock")
    HELD = (N_("look"), N_("received, to be looked at"), Tone.ADVICE, "triangle-alert")
    RETURNED = (N_("returned"), N_("refused, to be sent again"), Tone.WRONG, "x")

    def __init__(self, short: str, spoken: str, tone: Tone, icon: str) -> None:
        self.short = short
        self.spoken = spoken
        self.tone = tone
        self.icon = icon


class Board:
    """A year of units by months; when each unit first sent an accepted summary tells whether it was late.

    A correction that came later does not make late what was sent in time.
    """

    def __init__(self, today: date) -> None:
        self.today = today
        self.lines: tuple[BoardRow, ...] = ()
        self._arrived: dict[tuple[str, str], date] = {}

    def show(self, lines: Sequence[BoardRow], received: Sequence[Submission]) -> None:
        """Take the lines of the year, and what was received at all."""
        self.lines = tuple(lines)
        self._arrived = {}
        for one in received:
            if one.kind in _KINDS and one.verdict.level in {Level.ACCEPT, Level.NOTE}:
                day = one.received_at.astimezone().date()
                place = one.unit_id, one.period
                self._arrived[place] = min(day, self._arrived.get(place, day))

    def standing(self, line: BoardRow, period: Month) -> Standing:
        """Judge one field."""
        one, due = line.months[period.month - 1], summary_due(period)
        if one is not None and (one.verdict.level is Level.REFUSE or one.decision is Decision.RETURNED):
            return Standing.RETURNED
        if one is not None and not one.counts and one.verdict.level is Level.HOLD:
            return Standing.HELD
        if one is not None:
            arrived = self._arrived.get((line.unit.id, one.period), one.received_at.astimezone().date())
            return Standing.LATE if arrived > due else Standing.FINE
        if period.last() >= self.today or line.unit.since > period.last():
            return Standing.AHEAD
        return Standing.OVERDUE if self.today > due else Standing.AWAITED


def board_columns(board: Board, words: Messages) -> tuple[Column[BoardRow], ...]:
    """Return the unit and twelve months; where room is short, coming months give way, then the oldest."""
    today = board.today

    def month(place: int) -> Column[BoardRow]:
        number = place + 1
        period = Month(today.year, number)
        drop = number + 12 if number > today.month else today.month - place

        def short(line: BoardRow) -> str:
            said = board.standing(line, period).short
            return words.gettext(said) if said else ""

        def tag(line: BoardRow) -> Tag:
            found = board.standing(line, period)
            return Tag(found.tone, found.icon, fills=True)

        def spoken(line: BoardRow) -> str:
            return words.gettext(board.standing(line, period).spoken)

        return Column(
            title=_MONTHS[place], text=short, tag=tag, spoken=spoken, tooltip=spoken, drop=drop, centred=True
        )

    unit: Column[BoardRow] = Column(title=N_("Unit"), text=lambda line: line.unit.name, stretch=True)
    return (unit, *(month(place) for place in range(12)))


def board_words(board: Board, period: Month, words: Messages) -> str:
    """Say how many units have sent last month's summary, and how many are overdue."""
    if not board.lines:
        return words.gettext(N_("No cell is enrolled yet. Begin with “Enrol cells”."))
    month = words.month(period.year, period.month)
    # The board is of one year: in January last month stands on another.
    standings = (
        [board.standing(line, period) for line in board.lines] if period.year == board.today.year else []
    )
    fields = {
        "month": month,
        "fine": sum(one in {Standing.FINE, Standing.LATE} for one in standings),
        "all": len(board.lines),
        "overdue": standings.count(Standing.OVERDUE),
    }
    said = N_("{month}: {fine} of {all} cells have sent their summary")
    if fields["overdue"]:
        said = N_("{month}: {fine} of {all} cells have sent their summary, {overdue} overdue")
    return words.sentence(said, fields)
