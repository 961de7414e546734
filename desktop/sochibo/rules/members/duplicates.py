"""Register lines that may mean one person, and the one line that is made of two."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from sochibo.messages import N_
from sochibo.rules.members.members import EventKind, Member
from sochibo.rules.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sochibo.rules.dates import PartialDate
    from sochibo.rules.members.members import MemberEvent

__all__ = ["LIKENESS_LABELS", "Likeness", "Pair", "find_pairs", "fuller", "merged", "spare_events"]


class Likeness(StrEnum):
    """Why two lines may mean one person, the surest first."""

    IDENTITY = "identity"
    CARD = "card"
    NAME_AND_BIRTH = "name_and_birth"
    NAME = "name"


LIKENESS_LABELS: Final = {
    Likeness.IDENTITY: N_("Same identity number"),
    Likeness.CARD: N_("Same Party card number"),
    Likeness.NAME_AND_BIRTH: N_("Same name and date of birth"),
    Likeness.NAME: N_("Same name, one date of birth missing"),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two register lines and why they are alike."""

    first: Member
    second: Member
    likeness: Likeness


def find_pairs(members: Sequence[Member]) -> tuple[Pair, ...]:
    """Return the pairs that may be one person; two of one name with other days of birth are two people."""
    order = list(Likeness)
    found = []
    for first, second in combinations(members, 2):
        likeness = next(_likenesses(first, second), None)
        if likeness is not None:
            found.append(Pair(first, second, likeness))
    return tuple(sorted(found, key=lambda pair: order.index(pair.likeness)))


def merged(keep: Member, other: Member) -> Member:
    """Return the line that is kept, its empty fields filled from the other; what differs goes to the note."""
    changes: dict[str, Any] = {}
    lost = []
    for field in fields(Member):
        mine, theirs = getattr(keep, field.name), getattr(other, field.name)
        if field.name in {"id", "name", "note"} or not theirs or mine == theirs:
            continue
        if not mine:
            changes[field.name] = theirs
        elif field.name == "birth":
            changes[field.name] = fuller(mine, theirs)
        elif (
            isinstance(theirs, str)
            and field.name not in _CODED
            and fold(theirs) != fold(str(mine))
            and field.name not in _NUMBERS
        ):
            lost.append(theirs)
    notes = [keep.note, other.note if other.note != keep.note else "", "; ".join(lost)]
    return replace(keep, **changes, note="\n".join(filter(None, notes)))


def spare_events(keep: Sequence[MemberEvent], other: Sequence[MemberEvent]) -> tuple[str, ...]:
    """Return the ids of events that both tell: the same kind on the same day, or one that knows less of it.

    Of an admission or a recognition told by both with days that fit, the vaguer one is spare.
    """
    spare = []
    for mine in keep:
        for theirs in other:
            if mine.kind is not theirs.kind or not _fits(mine.on, theirs.on):
                continue
            vaguer = theirs if len(_iso(theirs.on)) <= len(_iso(mine.on)) else mine
            if mine.on == theirs.on or mine.kind in _ONCE:
                spare.append(vaguer.id)
    return tuple(dict.fromkeys(spare))


def fuller(mine: PartialDate, theirs: PartialDate) -> PartialDate:
    """Return the more exactly known of two dates that can be the same day, else the first."""
    return theirs if _fits(mine, theirs) and len(theirs.iso) > len(mine.iso) else mine


_CODED: Final = frozenset({"sex"})
"""Texts of ours that nobody reads as they are kept."""

_NUMBERS: Final = frozenset({"identity_no", "card_no"})
"""No identity number ends up in a note."""

_ONCE: Final = frozenset({EventKind.ADMISSION, EventKind.RECOGNITION, EventKind.DEATH})


def _likenesses(first: Member, second: Member) -> Iterator[Likeness]:
    if first.identity_no and first.identity_no == second.identity_no:
        yield Likeness.IDENTITY
    if first.card_no and first.card_no == second.card_no:
        yield Likeness.CARD
    if fold(first.name) == fold(second.name):
        if first.birth is None or second.birth is None:
            yield Likeness.NAME
        elif _fits(first.birth, second.birth):
            yield Likeness.NAME_AND_BIRTH


def _fits(first: PartialDate | None, second: PartialDate | None) -> bool:
    """Tell whether two dates can be the same day, one perhaps less exactly known."""
    return _iso(first).startswith(_iso(second)) or _iso(second).startswith(_iso(first))


def _iso(when: PartialDate | None) -> str:
    return when.iso if when else ""
