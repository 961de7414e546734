"""The columns of a committee's ratings: units with their figures and the cap, members with both levels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sochibo.book.ratings.unit_ratings import UnitLine
from sochibo.interface.looks.palette import Tone
from sochibo.interface.parts.table import Column, Tag
from sochibo.interface.ratings.rating_words import level_tag, level_word, points_text, say_reason
from sochibo.messages import N_
from sochibo.rules.ratings.rating_figures import RatingFigures
from sochibo.rules.ratings.ratings import LEVEL_SIGNS, LEVELS, Level

if TYPE_CHECKING:
    from sochibo.book.ratings.unit_ratings import MemberLine
    from sochibo.messages import Messages

__all__ = ["Line", "member_columns", "unit_columns"]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the overview: a unit, or all of them together (`of` is nothing then)."""

    name: str
    of: UnitLine | None
    figures: RatingFigures | None
    cap: int

    @property
    def key(self) -> str:
        """Return the unit's id; empty for the sum."""
        return self.of.told.unit_id if self.of else ""


def unit_columns(words: Messages) -> tuple[Column[Line], ...]:
    """Return who it is, its figures as they stand, the cap, and both levels of the unit itself."""

    def count(level: Level) -> Column[Line]:
        def text(line: Line) -> str:
            return words.number(line.figures.count(level)) if line.figures else ""

        return Column(title=LEVEL_SIGNS[level], text=text, right=True)

    def number(line: Line, name: str) -> str:
        return words.number(getattr(line.figures, name)) if line.figures else ""

    def cap(line: Line) -> str:
        return words.number(line.cap) if line.figures else ""

    def cap_tag(line: Line) -> Tag | None:
        if line.figures is None or line.figures.excellent <= line.cap:
            return None
        # The cap belongs to the whole body: one unit above it is worth a look, no more.
        return Tag(Tone.ADVICE if line.of else Tone.WRONG, "triangle-alert")

    return (
        Column(
            title=N_("Unit"), text=lambda line: line.name, second=lambda line: _state(line, words),
            strong=True, stretch=True,
        ),
        Column(title=N_("To be rated"), text=lambda line: number(line, "subject"), right=True, drop=2),
        *map(count, LEVELS),
        Column(title=N_("No level yet"), text=lambda line: number(line, "unrated"), right=True, drop=3),
        Column(title=N_("Cap"), text=cap, tag=cap_tag, right=True, drop=1),
        Column(
            title=N_("Unit proposes"),
            text=lambda line: level_word(line.of.told.cell_level, words) if line.of else "",
            tag=lambda line: level_tag(line.of.told.cell_level) if line.of else None,
            drop=4,
        ),
        Column(
            title=N_("Committee decides"),
            text=lambda line: _decided(line, words),
            tag=lambda line: level_tag(line.of.level) if line.of else None,
        ),
    )  # fmt: skip


def member_columns(words: Messages) -> tuple[Column[MemberLine], ...]:
    """Return a member as the list names them, with what the cell proposes and what stands now."""

    def why(line: MemberLine) -> str:
        if line.decision and line.decision.reason:
            return line.decision.reason
        if line.changed:
            return words.gettext(N_("other than proposed"))
        return say_reason(line.why, line.note, words) if line.proposed is None else line.note

    return (
        Column(title=N_("Name"), text=lambda line: line.name, second=lambda line: line.post, strong=True),
        Column(title=N_("Born"), text=lambda line: line.birth, drop=2),
        Column(title=N_("Points"), text=lambda line: points_text(line.tenths, words), right=True, drop=1),
        Column(
            title=N_("Cell proposes"),
            text=lambda line: level_word(line.proposed, words),
            tag=lambda line: level_tag(line.proposed),
        ),
        Column(
            title=N_("Committee decides"),
            text=lambda line: level_word(line.level, words),
            tag=lambda line: level_tag(line.level),
        ),
        Column(
            title=N_("Note"), text=why, tooltip=why, soft=True, stretch=True, drop=3,
            tag=lambda line: Tag(Tone.ADVICE) if line.changed else None,
        ),
    )  # fmt: skip


def _decided(line: Line, words: Messages) -> str:
    if line.of is None:
        return ""
    said = level_word(line.of.level, words)
    return f"{said} · {words.gettext(N_('exemplary'))}" if line.of.exemplary else said


def _state(line: Line, words: Messages) -> str:
    if line.of is None:
        return ""
    if line.figures is None:
        return words.gettext(N_("has sent nothing"))
    if line.of.changed:
        return words.sentence(N_("{n} levels changed"), {"n": line.of.changed})
    return words.gettext(N_("as proposed")) if line.of.listed else words.gettext(N_("figures only"))
