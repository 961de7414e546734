"""The list of a review: one row a member, rated by a digit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochibo.interface.looks.palette import Tone
from sochibo.interface.parts.keyed_table import KeyedTable
from sochibo.interface.parts.table import Column, RecordTable, Tag
from sochibo.interface.ratings.rating_words import basis_tag, level_tag, level_word, points_text, say_basis
from sochibo.messages import N_
from sochibo.rules.ratings.ratings import Subject

if TYPE_CHECKING:
    from sochibo.book.ratings.ratings import RatingLine
    from sochibo.interface.looks.theme import Theme
    from sochibo.messages import Messages
    from sochibo.rules.ratings.ratings import Level

__all__ = ["RatingTable", "key_of"]


def key_of(line: RatingLine) -> str:
    """Return the member's id: a rating has none of its own before it is written."""
    return line.entry.member.id


class RatingTable(KeyedTable):
    """Proposed and decided levels side by side, and what they rest on."""

    def __init__(self, theme: Theme, words: Messages) -> None:
        self._words = words
        self._numbers: dict[str, int] = {}
        self.lines: RecordTable[RatingLine] = RecordTable(words, self._columns(), key=key_of)
        super().__init__(theme, self.lines, words.gettext(N_("Ratings")), lambda line: line.name)

    def show_lines(self, lines: tuple[RatingLine, ...]) -> None:
        """Show the list in its order."""
        self._numbers = {key_of(line): number for number, line in enumerate(lines, start=1)}
        self.lines.show_records(lines)

    def _columns(self) -> tuple[Column[RatingLine], ...]:
        words = self._words

        def word(line: RatingLine, level: Level | None) -> str:
            if level is None and line.rating.subject is Subject.NOT_SUBJECT:
                return words.gettext(N_("not subject"))
            return level_word(level, words)

        return (
            Column(
                title=N_("No."),
                text=lambda line: str(self._numbers.get(key_of(line), "")),
                right=True,
                soft=True,
                drop=2,
            ),
            Column(title=N_("Name"), text=lambda line: line.name, strong=True),
            Column(
                title=N_("Points"),
                text=lambda line: points_text(line.rating.total_tenths, words),
                right=True,
                drop=1,
            ),
            Column(
                title=N_("Cell proposes"),
                text=lambda line: word(line, line.rating.proposed_level),
                tag=lambda line: _tag(line, line.rating.proposed_level),
            ),
            Column(
                title=N_("Decided"),
                text=lambda line: word(line, line.rating.decided_level),
                tag=lambda line: _tag(line, line.rating.decided_level),
            ),
            Column(
                title=N_("Basis"),
                text=lambda line: say_basis(line, words),
                tag=basis_tag,
                tooltip=lambda line: say_basis(line, words),
                soft=True,
                stretch=True,
                drop=3,
            ),
        )


def _tag(line: RatingLine, level: Level | None) -> Tag | None:
    """Return the tag of a level; who is not subject to rating has one too, since the word says why."""
    if level is None and line.rating.subject is Subject.NOT_SUBJECT:
        return Tag(Tone.PLAIN, "minus")
    return level_tag(level)
