"""The companion registers that a unit keeps beside the list of members (HD 38-HD/BTCTW, 29/9/2025, §V.1).

Some are written in by people, each over one table with declared fields; the others follow from the events
and the register lines, and are only read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sochibo.faults import Finding, red, yellow
from sochibo.messages import N_
from sochibo.rules.dates import PartialDate, parse_partial
from sochibo.rules.members.offices import GROUP_OFFICES, OfficeKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

__all__ = [
    "DERIVED", "REGISTER_LABELS", "Field", "FieldKind", "Register", "RegisterKind",
    "RegisterLine", "check_line",
]  # fmt: skip


class RegisterKind(StrEnum):
    """The registers, in the order in which they are offered."""

    CANDIDATES = "candidates"
    PROBATIONARY = "probationary"
    TRAINING = "training"
    TRANSFERS = "transfers"
    TEMPORARY = "temporary"
    RESIDENCE = "residence"
    LEFT = "left"
    DECEASED = "deceased"
    CARDS = "cards"
    DOSSIERS = "dossiers"
    SUPPLEMENTS = "supplements"
    BADGES = "badges"
    REWARDS = "rewards"
    COMMITMENTS = "commitments"
    OFFICES = "offices"
    GROUPS = "groups"
    GROUP_MEMBERS = "group_members"
    RESOLUTIONS = "resolutions"


REGISTER_LABELS: Final = {
    RegisterKind.CANDIDATES: N_("People on the way to admission"),
    RegisterKind.PROBATIONARY: N_("Probationary members"),
    RegisterKind.TRAINING: N_("Courses and certificates"),
    RegisterKind.TRANSFERS: N_("Transfers and their slips"),
    RegisterKind.TEMPORARY: N_("Temporary activity"),
    RegisterKind.RESIDENCE: N_("Introduced to the place of residence"),
    RegisterKind.LEFT: N_("Members who left the Party"),
    RegisterKind.DECEASED: N_("Deceased members"),
    RegisterKind.CARDS: N_("Party cards handed over"),
    RegisterKind.DOSSIERS: N_("Dossiers handed over and lent"),
    RegisterKind.SUPPLEMENTS: N_("Yearly supplements to the dossiers"),
    RegisterKind.BADGES: N_("Party badges"),
    RegisterKind.REWARDS: N_("Rewards"),
    RegisterKind.COMMITMENTS: N_("Yearly commitments"),
    RegisterKind.OFFICES: N_("Offices"),
    RegisterKind.GROUPS: N_("Party groups"),
    RegisterKind.GROUP_MEMBERS: N_("Members of the Party groups"),
    RegisterKind.RESOLUTIONS: N_("Resolutions of the cell"),
}
DERIVED: Final = frozenset(
    {
        RegisterKind.PROBATIONARY,
        RegisterKind.TRANSFERS,
        RegisterKind.TEMPORARY,
        RegisterKind.LEFT,
        RegisterKind.DECEASED,
        RegisterKind.CARDS,
        RegisterKind.RESOLUTIONS,
    }
)
"""Registers that nobody writes in: they follow from what is recorded elsewhere."""


class FieldKind(StrEnum):
    """What a field of a register holds."""

    TEXT = "text"
    DAY = "day"
    PARTIAL = "partial"
    YEAR = "year"
    MONTH = "month"
    NUMBER = "number"
    CHOICE = "choice"
    MEMBER = "member"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a register: its column in the table, its words, and what it takes."""

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    choices: Mapping[str, str] | None = None
    needed: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Register:
    """A register that people write in: its table, what its rows have in common, and its fields.

    `once` names the fields that together stand in it only once.
    """

    kind: RegisterKind
    table: str
    fields: tuple[Field, ...]
    fixed: Mapping[str, str]
    once: tuple[str, ...] = ()

    def field(self, name: str) -> Field:
        """Return a field by its name; raises KeyError."""
        for one in self.fields:
            if one.name == name:
                return one
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One line: its id, and its values as the table keeps them (`2026-11-03`, `awarded`), by field name."""

    id: str
    values: Mapping[str, str]


def check_line(
    register: Register, line: RegisterLine, others: Sequence[RegisterLine], today: date
) -> tuple[Finding, ...]:
    """Judge a line before it is recorded; places are field names."""
    return tuple(_findings(register, line, others, today))


def _findings(
    register: Register, line: RegisterLine, others: Sequence[RegisterLine], today: date
) -> Iterator[Finding]:
    for field in register.fields:
        yield from _of_field(field, line.values.get(field.name, ""), today)
    for first, last in _ORDERS:
        if _is_after(line.values.get(first, ""), line.values.get(last, "")):
            yield red("P74", N_("The end lies before the beginning."), last)
    if register.kind is RegisterKind.OFFICES:
        yield from _of_office(line.values)
    if register.once and any(_same(register.once, line, other) for other in others):
        yield red("P77", N_("This stands in the register already."), register.once[-1])


def _of_field(field: Field, value: str, today: date) -> Iterator[Finding]:
    if field.needed and not value:
        yield red("P71", N_("Please fill this in."), field.name)
    elif field.kind is FieldKind.YEAR and value and not _is_year(value):
        yield red("P72", N_("A year has four digits."), field.name)
    elif (
        value and field.kind in _DATES and field.name not in _MAY_COME and PartialDate(value).earliest > today
    ):
        yield yellow("P73", N_("This day lies in the future."), field.name)


def _of_office(values: Mapping[str, str]) -> Iterator[Finding]:
    kind = values.get("kind", "")
    if kind in set(GROUP_OFFICES) and not values.get("group_id"):
        yield red("P75", N_("Say which Party group it is."), "group_id")
    if kind == OfficeKind.OTHER and not values.get("title"):
        yield red("P76", N_("Say what the office is called."), "title")


_DATES: Final = frozenset({FieldKind.DAY, FieldKind.PARTIAL})
_ORDERS: Final = (
    ("since", "until"),
    ("on", "back_on"),
    ("certificate_on", "certificate_until"),
    ("finished_on", "valid_until"),
)
_MAY_COME: Final = frozenset({"until", "certificate_until", "valid_until", "batch_on", "back_on"})


def _is_year(text: str) -> bool:
    when = parse_partial(text)
    return when is not None and when.iso == text and len(text) == len("2026")


def _is_after(first: str, last: str) -> bool:
    return bool(first and last) and PartialDate(last).latest < PartialDate(first).earliest


def _same(once: Sequence[str], line: RegisterLine, other: RegisterLine) -> bool:
    return other.id != line.id and all(
        str(other.values.get(name, "")) == str(line.values.get(name, "")) for name in once
    )
