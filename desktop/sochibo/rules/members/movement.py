"""How the number of members moved in a period, and what the members are: counts that add up.

Only counts leave this module; who stands behind a line is told by member ids for the screen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sochibo.faults import Finding, red, yellow
from sochibo.messages import N_
from sochibo.rules.members.members import EventKind, Membership, Sex, standing_on
from sochibo.rules.names import clean, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sochibo.rules.members.members import Member, MemberEvent, Standing

__all__ = [
    "DECREASES", "INCREASES", "LINE_LABELS", "SPLIT_LABELS", "Heads", "Movement", "MovementLine",
    "check_movement", "heads_of", "is_minority", "is_religious", "is_youth", "make_movement",
]  # fmt: skip

_MAJORITY: Final = frozenset({"", "kinh", "viet"})
_NO_RELIGION: Final = frozenset(
    {"", "khong", "khong theo", "khong co", "ko", "khong ton giao", "0", "-", "–"}
)
YOUTH_UNTIL: Final = 30
"""Age up to which a member of the Youth Union is counted as one (statistics count 18 to 30)."""


class MovementLine(StrEnum):
    """The lines of the table, in its order; `UNTOLD_*` only where no event says why."""

    START = "start"
    ADMITTED = "admitted"
    READMITTED = "readmitted"
    TRANSFERRED_IN = "transferred_in"
    RESTORED = "restored"
    UNTOLD_IN = "untold_in"
    DIED = "died"
    EXPELLED = "expelled"
    STRUCK_OFF = "struck_off"
    WITHDREW = "withdrew"
    TRANSFERRED_OUT = "transferred_out"
    CANCELLED = "cancelled"
    UNTOLD_OUT = "untold_out"
    END = "end"
    RECOGNISED = "recognised"


LINE_LABELS: Final = {
    MovementLine.START: N_("Members at the beginning"),
    MovementLine.ADMITTED: N_("Admitted"),
    MovementLine.READMITTED: N_("Readmitted"),
    MovementLine.TRANSFERRED_IN: N_("Transferred in"),
    MovementLine.RESTORED: N_("Restored"),
    MovementLine.UNTOLD_IN: N_("Came, reason not recorded"),
    MovementLine.DIED: N_("Died"),
    MovementLine.EXPELLED: N_("Expelled"),
    MovementLine.STRUCK_OFF: N_("Struck off"),
    MovementLine.WITHDREW: N_("Withdrew"),
    MovementLine.TRANSFERRED_OUT: N_("Transferred out"),
    MovementLine.CANCELLED: N_("Admission cancelled"),
    MovementLine.UNTOLD_OUT: N_("Left, reason not recorded"),
    MovementLine.END: N_("Members at the end"),
    MovementLine.RECOGNISED: N_("Of these recognised as official in the period"),
}
INCREASES: Final = (
    MovementLine.ADMITTED, MovementLine.READMITTED, MovementLine.TRANSFERRED_IN, MovementLine.RESTORED,
    MovementLine.UNTOLD_IN,
)  # fmt: skip
DECREASES: Final = (
    MovementLine.DIED, MovementLine.EXPELLED, MovementLine.STRUCK_OFF, MovementLine.WITHDREW,
    MovementLine.TRANSFERRED_OUT, MovementLine.CANCELLED, MovementLine.UNTOLD_OUT,
)  # fmt: skip
_TRANSFERS: Final = frozenset({MovementLine.TRANSFERRED_IN, MovementLine.TRANSFERRED_OUT})
_CAME: Final = {
    EventKind.ADMISSION: MovementLine.ADMITTED,
    EventKind.READMISSION: MovementLine.READMITTED,
    EventKind.TRANSFER_IN: MovementLine.TRANSFERRED_IN,
    EventKind.RESTORATION: MovementLine.RESTORED,
}
_WENT: Final = {
    EventKind.DEATH: MovementLine.DIED,
    EventKind.EXPULSION: MovementLine.EXPELLED,
    EventKind.STRIKE_OFF: MovementLine.STRUCK_OFF,
    EventKind.WITHDRAWAL: MovementLine.WITHDREW,
    EventKind.TRANSFER_OUT: MovementLine.TRANSFERRED_OUT,
    EventKind.CANCELLATION: MovementLine.CANCELLED,
}


@dataclass(frozen=True, slots=True)
class Heads:
    """A number of people and how many of them are what the table splits by; adding is all one may do."""

    total: int = 0
    women: int = 0
    minority: int = 0
    religious: int = 0
    youth: int = 0
    probationary: int = 0

    def __add__(self, other: Heads) -> Heads:
        return Heads(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Heads)))

    def __sub__(self, other: Heads) -> Heads:
        return Heads(*(getattr(self, one.name) - getattr(other, one.name) for one in fields(Heads)))


SPLIT_LABELS: Final = {
    "total": N_("In all"),
    "women": N_("Women"),
    "minority": N_("Ethnic minorities"),
    "religious": N_("With a religion"),
    "youth": N_("Youth Union, 18 to 30"),
    "probationary": N_("Probationary"),
}
NOBODY: Final = Heads()


@dataclass(frozen=True, slots=True)
class Movement:
    """One period: heads by line, and the member ids behind each line (a person may stand there twice).

    `partners` splits transfers by the organisation from which or to which, where the event names one.
    """

    first: date
    last: date
    lines: Mapping[MovementLine, Heads]
    people: Mapping[MovementLine, tuple[str, ...]] = field(default_factory=dict)
    partners: Mapping[tuple[MovementLine, str], Heads] = field(default_factory=dict)

    def line(self, name: MovementLine) -> Heads:
        """Return one line, zeros where nothing happened."""
        return self.lines.get(name, NOBODY)

    @property
    def increase(self) -> Heads:
        """Return everybody who came."""
        return sum((self.line(name) for name in INCREASES), NOBODY)

    @property
    def decrease(self) -> Heads:
        """Return everybody who went."""
        return sum((self.line(name) for name in DECREASES), NOBODY)


def make_movement(
    people: Iterable[tuple[Member, Sequence[MemberEvent]]], first: date, last: date
) -> Movement:
    """Follow everybody through a period, both days included, from one change of belonging to the next."""
    lines: dict[MovementLine, Heads] = {}
    behind: dict[MovementLine, list[str]] = {}
    partners: dict[tuple[MovementLine, str], Heads] = {}

    def count(name: MovementLine, member: Member, membership: Membership) -> None:
        lines[name] = lines.get(name, NOBODY) + heads_of(member, membership, last)
        behind.setdefault(name, []).append(member.id)

    for member, events in people:
        now = standing_on(events, first - timedelta(days=1))
        if now.belongs:
            count(MovementLine.START, member, now.membership)
        for day in _days(events, first, last):
            then = standing_on(events, day)
            because = _cause(events, day, then)
            for name, membership in _changes(now, then, because):
                count(name, member, membership)
                other = clean(because.other_organisation) if because else ""
                if other and name in _TRANSFERS:
                    moved = partners.get((name, other), NOBODY)
                    partners[name, other] = moved + heads_of(member, membership, last)
            now = then
        if now.belongs:
            count(MovementLine.END, member, now.membership)
    return Movement(first, last, lines, {name: tuple(ids) for name, ids in behind.items()}, partners)


def check_movement(movement: Movement) -> tuple[Finding, ...]:
    """Check the identity start + increase − decrease = end, for all and for each split.

    Probationary members leave their column by recognition too. A change without its event is advice: the
    sum is right, but nobody can say why.
    """
    return tuple(_findings(movement))


def heads_of(member: Member, membership: Membership, day: date) -> Heads:
    """Return one person as heads of 0 and 1."""
    return Heads(
        total=1,
        women=int(member.sex is Sex.FEMALE),
        minority=int(is_minority(member)),
        religious=int(is_religious(member)),
        youth=int(is_youth(member, day)),
        probationary=int(membership is Membership.PROBATIONARY),
    )


def is_minority(member: Member) -> bool:
    """Tell whether somebody belongs to an ethnic minority; who left the field empty is not counted."""
    return fold(member.ethnicity).strip() not in _MAJORITY


def is_religious(member: Member) -> bool:
    """Tell whether somebody has a religion; who left the field empty is not counted."""
    return fold(member.religion).strip() not in _NO_RELIGION


def is_youth(member: Member, day: date) -> bool:
    """Tell whether somebody counts as of the Youth Union on a day, by age too where it is known."""
    if not member.youth_union or member.birth is None:
        return member.youth_union
    return day.year - member.birth.earliest.year <= YOUTH_UNTIL


def _days(events: Sequence[MemberEvent], first: date, last: date) -> list[date]:
    days = {event.on.earliest for event in events if event.on is not None}
    return sorted(day for day in days if first <= day <= last)


def _cause(events: Sequence[MemberEvent], day: date, after: Standing) -> MemberEvent | None:
    """Return the event by which somebody came or went on a day.

    Who brings a long life along from elsewhere is what the last event of it made of them: the transfer in
    changes nothing of that, and yet it is why they came.
    """
    if after.because is not None and after.because.on is not None and after.because.on.earliest == day:
        return after.because
    told = (event for event in reversed(events) if event.on is not None and event.on.earliest == day)
    return next((event for event in told if event.kind in _CAME or event.kind in _WENT), after.because)


def _changes(
    before: Standing, after: Standing, because: MemberEvent | None
) -> Iterator[tuple[MovementLine, Membership]]:
    kind = because.kind if because else None
    if after.belongs and not before.belongs:
        yield (_CAME.get(kind, MovementLine.UNTOLD_IN) if kind else MovementLine.UNTOLD_IN), after.membership
    elif before.belongs and not after.belongs:
        yield (
            (_WENT.get(kind, MovementLine.UNTOLD_OUT) if kind else MovementLine.UNTOLD_OUT),
            before.membership,
        )
    elif before.belongs and before.membership is not after.membership:
        yield MovementLine.RECOGNISED, before.membership


def _findings(movement: Movement) -> Iterator[Finding]:
    sums = movement.line(MovementLine.START) + movement.increase - movement.decrease
    end = movement.line(MovementLine.END)
    recognised = movement.line(MovementLine.RECOGNISED)
    for name in SPLIT_LABELS:
        expected = getattr(sums, name) - (recognised.probationary if name == "probationary" else 0)
        if expected != getattr(end, name):
            text = N_("Beginning, increase and decrease give {sum}, but {end} stand at the end.")
            yield red("P61", text, name, sum=expected, end=getattr(end, name))
    untold = Counter(
        {name: movement.line(name).total for name in (MovementLine.UNTOLD_IN, MovementLine.UNTOLD_OUT)}
    ).total()
    if untold:
        yield yellow("P62", N_("{n} changes have no event that says why."), "untold", n=untold)
