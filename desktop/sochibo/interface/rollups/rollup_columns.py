"""The columns of a roll-up: counts as they were sent, rates drawn from them and kept nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochibo.interface.looks.palette import Tone
from sochibo.interface.meetings.steps.scores import points_text
from sochibo.interface.parts.table import Column, Tag
from sochibo.messages import N_
from sochibo.rules.scoring.scoring import Rating

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sochibo.messages import Messages
    from sochibo.rules.meetings.attendance import Ratio
    from sochibo.rules.reports import RollupRow

__all__ = ["rollup_columns"]


def rollup_columns(words: Messages, signers: Mapping[str, str]) -> tuple[Column[RollupRow], ...]:
    """Return who it is and whether it sent, then its figures; `signers` are whom to call, by unit."""
    return (*_unit_columns(words, signers), *_figure_columns(words))


def _unit_columns(words: Messages, signers: Mapping[str, str]) -> tuple[Column[RollupRow], ...]:
    def name(line: RollupRow) -> str:
        return line.unit if line.unit_id else words.gettext(N_("Sum"))

    def more(line: RollupRow) -> str:
        if line.ended:
            fields = {"day": line.ended, "unit": line.successor or "–"}
            return words.sentence(N_("until {day}, then {unit}"), fields)
        if line.unit_id and not line.source and signers.get(line.unit_id):
            return words.sentence(N_("call {person}"), {"person": signers[line.unit_id]})
        return ""

    def state(line: RollupRow) -> str:
        if not line.unit_id:
            return ""
        return words.gettext(N_("sent") if line.source else N_("not sent"))

    def papers(line: RollupRow) -> str:
        return f"{line.papers.numerator}/{line.papers.denominator}" if line.papers.denominator else ""

    def number(line: RollupRow) -> str:
        return "" if line.parts else line.source_number

    def sign(line: RollupRow) -> Tag:
        return Tag(Tone.GOOD, "check") if line.source else Tag(Tone.ADVICE, "minus")

    return (
        Column(title=N_("Unit"), text=name, strong=True, stretch=True),
        Column(title=N_("State"), text=state, tag=sign),
        Column(title=N_("Papers"), text=papers, right=True, drop=5),
        Column(title=N_("Number"), text=number, soft=True, drop=4),
        Column(title=N_("Note"), text=more, soft=True, drop=1),
    )


def _figure_columns(words: Messages) -> tuple[Column[RollupRow], ...]:
    def known(text: Callable[[RollupRow], str]) -> Callable[[RollupRow], str]:
        """Leave the figures of a unit that sent nothing empty: a nought would be a figure."""
        return lambda line: text(line) if line.source or not line.unit_id else ""

    def ratio(value: Ratio) -> str:
        return f"{value.numerator}/{value.denominator}" if value.denominator else "–"

    def rate(value: Ratio) -> str:
        return words.percent(value.numerator, value.denominator) if value.denominator else "–"

    def members(line: RollupRow) -> str:
        # Those of a unit that has ended are counted where they went.
        return "–" if line.ended else words.number(line.members)

    def ratings(line: RollupRow) -> str:
        return " · ".join(str(line.ratings.of(rating)) for rating in Rating)

    def score(line: RollupRow) -> str:
        return "" if line.score_tenths is None else points_text(line.score_tenths, words)

    return (
        Column(title=N_("Members"), text=known(members), right=True),
        Column(
            title=N_("Meetings"), text=known(lambda line: words.number(line.meetings)), right=True, drop=2
        ),
        Column(title=N_("Attendance"), text=known(lambda line: ratio(line.attendance)), right=True),
        Column(title=N_("Rate"), text=known(lambda line: rate(line.attendance)), right=True),
        Column(title=N_("Tasks done"), text=known(lambda line: ratio(line.tasks)), right=True, drop=1),
        Column(title=N_("Score"), text=score, right=True, drop=3),
        Column(title=N_("Good · fair · average · poor"), text=known(ratings), right=True, drop=6),
    )
