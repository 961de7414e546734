"""The people of a roll by name: two of one name are told apart."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sochibo.rules import names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sochibo.rules.members.members import Member

__all__ = ["told_apart"]


def told_apart(people: Iterable[Member]) -> dict[str, str]:
    """Return each person's name by id; who shares it has the year of birth behind it: `Trần Văn An (1961)`.

    People of one name and one year have their whole day of birth, and those of one day a number.
    """
    same: dict[str, list[Member]] = defaultdict(list)
    for person in people:
        same[names.clean(person.name).casefold()].append(person)
    shown: dict[str, str] = {}
    for group in same.values():
        for person in group:
            shown[person.id] = person.name if len(group) == 1 else f"{person.name} ({_mark(person, group)})"
    return shown


def _mark(person: Member, group: list[Member]) -> str:
    if person.birth is not None:
        for length in (len("1961"), len("1961-02"), len("1961-02-03")):
            text = person.birth.iso[:length]
            if sum(other.birth is not None and other.birth.iso[:length] == text for other in group) == 1:
                return "/".join(reversed(text.split("-")))
    return str(sorted(other.id for other in group).index(person.id) + 1)
