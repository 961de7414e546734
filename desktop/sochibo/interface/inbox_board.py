"""The board: units by months, each field an icon and a word in its colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochibo.book.inbox import LEVEL_LABELS, Level
from sochibo.interface.submission_panel import LEVEL_SIGNS
from sochibo.interface.table import Column, Tag
from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sochibo.book.inbox import BoardRow
    from sochibo.messages import Messages
    from sochibo.rules.dates import Month

__all__ = ["board_columns", "board_words"]

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
_SHORT = {Level.HOLD: N_("look"), Level.REFUSE: N_("returned")}
# A tag without any text is not drawn, and the tick says enough.
_TICK = " "


def board_columns(words: Messages, today: date) -> tuple[Column[BoardRow], ...]:
    """Return the unit and twelve months; where room is short, coming months give way, then the oldest."""

    def month(place: int) -> Column[BoardRow]:
        number = place + 1
        drop = number + 12 if number > today.month else today.month - place

        def short(line: BoardRow) -> str:
            one = line.months[place]
            return (
                ""
                if one is None
                else words.gettext(_SHORT[one.verdict.level])
                if one.verdict.level in _SHORT
                else _TICK
            )

        def tag(line: BoardRow) -> Tag:
            one = line.months[place]
            tone, icon = LEVEL_SIGNS[one.verdict.level if one else Level.ACCEPT]
            return Tag(tone, icon)

        def spoken(line: BoardRow) -> str:
            one = line.months[place]
            return words.gettext(LEVEL_LABELS[one.verdict.level] if one else N_("not received"))

        return Column(title=_MONTHS[place], text=short, tag=tag, spoken=spoken, tooltip=spoken, drop=drop)

    unit: Column[BoardRow] = Column(title=N_("Unit"), text=lambda line: line.unit.name, stretch=True)
    return (unit, *(month(place) for place in range(12)))


def board_words(lines: Sequence[BoardRow], period: Month, words: Messages) -> str:
    """Say how many units have sent last month's summary."""
    if not lines:
        return words.gettext(N_("No cell is enrolled yet. Begin with “Enrol cells”."))
    month = words.month(period.year, period.month)
    sent = [line.months[period.month - 1] for line in lines]
    fine = sum(1 for one in sent if one is not None and one.counts)
    return words.sentence(
        N_("{month}: {fine} of {all} cells have sent their summary"),
        {"month": month, "fine": fine, "all": len(lines)},
    )
