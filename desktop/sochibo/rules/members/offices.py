"""Offices in a cell, and what the rules say of its committee (chi ủy)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sochibo.faults import Finding, red, yellow
from sochibo.messages import N_
from sochibo.rules.members.member_rules import member_rules_on
from sochibo.rules.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = [
    "OFFICE_LABELS", "OFFICE_WORDS", "WAY_LABELS", "GroupMember", "Office", "OfficeKind", "PartyGroup", "Way",
    "check_offices", "heads_cell", "held_on", "leads_cell", "serves_in_cell_committee",
    "serves_in_committee", "words_of",
]  # fmt: skip


class OfficeKind(StrEnum):
    """The offices that a cell gives."""

    SECRETARY = "secretary"
    DEPUTY_SECRETARY = "deputy_secretary"
    COMMITTEE_MEMBER = "committee_member"
    GROUP_LEADER = "group_leader"
    DEPUTY_GROUP_LEADER = "deputy_group_leader"
    OTHER = "other"


class Way(StrEnum):
    """How somebody came to an office."""

    ELECTED = "elected"
    APPOINTED = "appointed"


OFFICE_LABELS: Final = {
    OfficeKind.SECRETARY: N_("Secretary of the cell"),
    OfficeKind.DEPUTY_SECRETARY: N_("Deputy secretary"),
    OfficeKind.COMMITTEE_MEMBER: N_("Member of the cell committee"),
    OfficeKind.GROUP_LEADER: N_("Leader of a Party group"),
    OfficeKind.DEPUTY_GROUP_LEADER: N_("Deputy leader of a Party group"),
    OfficeKind.OTHER: N_("Other office"),
}
OFFICE_WORDS: Final = {
    OfficeKind.SECRETARY: "Bí thư",
    OfficeKind.DEPUTY_SECRETARY: "Phó bí thư",
    OfficeKind.COMMITTEE_MEMBER: "Chi ủy viên",
    OfficeKind.GROUP_LEADER: "Tổ trưởng tổ đảng",
    OfficeKind.DEPUTY_GROUP_LEADER: "Tổ phó tổ đảng",
}
"""What stands in the register and on papers, which are Vietnamese."""

WAY_LABELS: Final = {Way.ELECTED: N_("Elected"), Way.APPOINTED: N_("Appointed")}
GROUP_OFFICES: Final = frozenset({OfficeKind.GROUP_LEADER, OfficeKind.DEPUTY_GROUP_LEADER})
IN_COMMITTEE: Final = frozenset(
    {OfficeKind.SECRETARY, OfficeKind.DEPUTY_SECRETARY, OfficeKind.COMMITTEE_MEMBER}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Somebody in an office for a time; `until` is None while it lasts."""

    id: str
    member_id: str
    kind: OfficeKind
    since: date
    until: date | None = None
    title: str = ""
    group_id: str | None = None
    term_id: str | None = None
    way: Way = Way.ELECTED
    decision: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyGroup:
    """A Party group (tổ đảng) of the cell."""

    id: str
    name: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMember:
    """Somebody in a Party group for a time."""

    id: str
    group_id: str
    member_id: str
    since: date
    until: date | None = None


def held_on(offices: Sequence[Office], day: date) -> tuple[Office, ...]:
    """Return the offices held on a day, highest first."""
    order = list(OfficeKind)
    held = (one for one in offices if one.since <= day and (one.until is None or day <= one.until))
    return tuple(sorted(held, key=lambda one: (order.index(one.kind), one.since)))


def words_of(offices: Sequence[Office], day: date) -> str:
    """Return how one person's offices stand in the register: `Bí thư, Tổ trưởng tổ đảng`.

    Secretary and deputy belong to the cell committee anyway, so that goes without saying.
    """
    held = held_on(offices, day)
    leads = any(one.kind in {OfficeKind.SECRETARY, OfficeKind.DEPUTY_SECRETARY} for one in held)
    said = [
        one.title or OFFICE_WORDS.get(one.kind, "")
        for one in held
        if not (leads and one.kind is OfficeKind.COMMITTEE_MEMBER)
    ]
    return ", ".join(dict.fromkeys(filter(None, said)))


def heads_cell(office: str) -> bool:
    """Tell whether what the register says of somebody's office is that of secretary of the cell.

    Others are called secretary too: who leads the Youth Union (`Bí thư Đoàn`), or the committee above.
    """
    return any(_HEAD.match(part) for part in _parts(office))


def leads_cell(office: str) -> bool:
    """Tell whether what the register says of somebody's office is that of secretary or deputy of the cell."""
    return any(_LEADER.match(part) for part in _parts(office))


def serves_in_cell_committee(office: str) -> bool:
    """Tell whether somebody's office is one in the committee of the cell, secretary and deputy included."""
    return leads_cell(office) or any(part.startswith("chi uy") for part in _parts(office))


def serves_in_committee(office: str) -> bool:
    """Tell whether somebody's office is one in a Party committee, that of the cell or one above it."""
    return serves_in_cell_committee(office) or any(_ABOVE.match(part) for part in _parts(office))


_HEAD: Final = re.compile(
    r"bi thu(?!\s+(?:(?:chi|lien chi|xa|phuong|huyen|tinh)\s+)?(?:doan|dang uy|dang bo|huyen uy|tinh uy)\b)"
)
_LEADER: Final = re.compile(rf"(?:pho\s+|p\.\s*)?{_HEAD.pattern}")
_ABOVE: Final = re.compile(r"(?:pho\s+)?bi thu (?:dang uy|dang bo|huyen uy|tinh uy)|uy vien|dang uy")


def _parts(office: str) -> list[str]:
    """Return the offices that stand in one field, folded: they are joined by commas, or by `kiêm`."""
    return [part.strip() for part in re.split(r"[,;/]|\s[–-]\s|\bkiem\b", fold(office))]


def check_offices(
    offices: Sequence[Office], official: int, members: int, groups: int, day: date
) -> tuple[Finding, ...]:
    """Compare offices with the rules of a cell of `official` official and `members` members in all.

    A cell of 9 official members elects a committee of at most 7, then from it a secretary and one deputy; a
    smaller one has a secretary and, where needed, one deputy (QĐ 294-QĐ/TW, 26/5/2025, §23.2). From 30
    members on it divides into groups (§20.3.2). Everything is advice: appointments and first terms differ.
    """
    return tuple(_findings(held_on(offices, day), official, members, groups, day))


def _findings(
    held: Sequence[Office], official: int, members: int, groups: int, day: date
) -> Iterator[Finding]:
    rules = member_rules_on(day)
    kinds = [one.kind for one in held]
    committee = {one.member_id for one in held if one.kind in IN_COMMITTEE}
    secretaries = kinds.count(OfficeKind.SECRETARY)
    elects = official >= rules.committee_from_official
    if not secretaries:
        yield yellow("P51", N_("No secretary is recorded."), "offices")
    if secretaries > 1:
        yield red("P52", N_("{n} secretaries are recorded for the same day."), "offices", n=secretaries)
    if kinds.count(OfficeKind.DEPUTY_SECRETARY) > 1:
        yield yellow("P53", N_("A cell elects one deputy secretary."), "offices")
    if (
        elects
        and OfficeKind.COMMITTEE_MEMBER not in kinds
        and len(committee) < len(("secretary", "deputy", "one"))
    ):
        text = N_("The cell has {n} official members: from {least} on it elects a cell committee.")
        yield yellow("P54", text, "offices", n=official, least=rules.committee_from_official)
    if not elects and OfficeKind.COMMITTEE_MEMBER in kinds:
        text = N_("A cell of fewer than {least} official members has no cell committee; it has {n}.")
        yield yellow("P55", text, "offices", n=official, least=rules.committee_from_official)
    if len(committee) > rules.committee_most:
        text = N_("The cell committee has {n} members; at most {most} are allowed.")
        yield yellow("P56", text, "offices", n=len(committee), most=rules.committee_most)
    if members and official < rules.least_official:
        text = N_("A cell needs at least {least} official members; this one has {n}.")
        yield yellow("P57", text, "offices", n=official, least=rules.least_official)
    if members >= rules.groups_from_members and not groups:
        text = N_("The cell has {n} members: from {least} on it divides into Party groups.")
        yield yellow("P58", text, "groups", n=members, least=rules.groups_from_members)
