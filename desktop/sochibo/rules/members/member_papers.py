"""Papers about members: the register, one member's sheet, movement and composition.

Identity and card numbers are masked before they come here, so that no file can hold them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from sochibo.rules.members.composition import CompositionGroup
from sochibo.rules.members.members import EventKind, masked
from sochibo.rules.members.movement import DECREASES, INCREASES, NOBODY, Heads, MovementLine
from sochibo.rules.reports import Form, Heading, ReportKind, RollupPart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sochibo.rules.dates import PartialDate
    from sochibo.rules.members.composition import Composition
    from sochibo.rules.members.members import Member, MemberEvent
    from sochibo.rules.members.movement import Movement

__all__ = [
    "FORMS", "CompanionRegisterReport", "CompositionReport", "HeldReport", "HeldSection",
    "MemberRegisterReport", "MemberRow", "MovementReport", "MovementRow", "MovementTransfer",
    "RegisterColumn",
    "composition_report", "member_row", "movement_report",
]  # fmt: skip

_OUT_OF_PARTY: Final = (
    EventKind.WITHDRAWAL, EventKind.STRIKE_OFF, EventKind.EXPULSION, EventKind.CANCELLATION,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    """One member in the 14 columns of form 7-HSĐV, dates as ISO text of whatever is known of them."""

    register_no: str
    name: str
    birth_name: str
    birth: str
    sex: str
    ethnicity: str
    religion: str
    home_place: str
    education: str
    political_theory: str
    profession: str
    foreign_language: str
    job_before: str
    job_now: str
    admitted: str
    official: str
    card_no: str
    cv_no: str
    badge_no: str
    soldier: bool
    police: bool
    retired: bool
    moved_out: str
    moved_to: str
    moved_in: str
    moved_from: str
    died: str
    died_of: str
    left: str
    left_how: EventKind | None
    note: str


@dataclass(frozen=True, slots=True)
class MemberRegisterReport:
    """The list of members (sổ danh sách đảng viên, form 7-HSĐV) of one day."""

    heading: Heading
    period: str
    rows: tuple[MemberRow, ...]


@dataclass(frozen=True, slots=True)
class RegisterColumn:
    """A column of a companion register; a wide one takes more room."""

    title: str
    wide: bool = False


@dataclass(frozen=True, slots=True)
class CompanionRegisterReport:
    """A companion register of one day, in the words that are printed."""

    heading: Heading
    period: str
    title: str
    columns: tuple[RegisterColumn, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class HeldSection:
    """Something that the book holds on a member, as a small table in the words that are printed."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class HeldReport:
    """Everything the book holds on one member."""

    heading: Heading
    period: str
    name: str
    sections: tuple[HeldSection, ...]


@dataclass(frozen=True, slots=True)
class MovementRow:
    """One line of the movement table."""

    line: MovementLine
    heads: Heads


@dataclass(frozen=True, slots=True)
class MovementTransfer:
    """How many were transferred to or from one organisation, by its name; nobody is named."""

    line: MovementLine
    other: str
    heads: Heads


@dataclass(frozen=True, slots=True)
class MovementReport:
    """The movement table of a period; `increase` and `decrease` are the sums of their lines.

    `transfers` splits the lines of transfers by organisation, so that the committee above can cancel those
    between its units. A committee's paper is added up from those of its units, which `sources` names;
    `internal` are the transfers that cancelled, `one_sided` those that only one of two units told, `missing`
    the units that sent nothing.
    """

    heading: Heading
    period: str
    first: date
    last: date
    rows: tuple[MovementRow, ...]
    increase: Heads
    decrease: Heads
    sources: tuple[RollupPart, ...] = ()
    transfers: tuple[MovementTransfer, ...] = ()
    internal: Heads = NOBODY
    one_sided: int = 0
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CompositionReport:
    """What the members are on a day."""

    heading: Heading
    period: str
    members: int
    women: int
    groups: tuple[CompositionGroup, ...]


def member_row(member: Member, events: Sequence[MemberEvent]) -> MemberRow:
    """Return a member as the register prints one, by the newest event of each kind."""
    moved_out, moved_in = _newest(events, EventKind.TRANSFER_OUT), _newest(events, EventKind.TRANSFER_IN)
    died, left = _newest(events, EventKind.DEATH), _newest(events, *_OUT_OF_PARTY)
    return MemberRow(
        register_no=member.register_no,
        name=member.name,
        birth_name=member.birth_name,
        birth=_iso(member.birth),
        sex=member.sex.value if member.sex else "",
        ethnicity=member.ethnicity,
        religion=member.religion,
        home_place=member.home_place,
        education=member.education,
        political_theory=member.political_theory,
        profession=member.profession,
        foreign_language=member.foreign_language,
        job_before=member.job_before,
        job_now=member.job_now,
        admitted=_day(_newest(events, EventKind.ADMISSION, EventKind.READMISSION)),
        official=_day(_newest(events, EventKind.RECOGNITION)),
        card_no=masked(member.card_no) if member.card_no else "",
        cv_no=member.cv_no,
        badge_no=member.badge_no,
        soldier=member.soldier,
        police=member.police,
        retired=member.retired,
        moved_out=_day(moved_out),
        moved_to=moved_out.other_organisation if moved_out else "",
        moved_in=_day(moved_in),
        moved_from=moved_in.other_organisation if moved_in else "",
        died=_day(died),
        died_of=died.reason if died else "",
        left=_day(left),
        left_how=left.kind if left else None,
        note=member.note,
    )


def movement_report(heading: Heading, period: str, movement: Movement) -> MovementReport:
    """Return a movement as a paper: every line of the form, those without a told reason only where used."""
    shown = [
        line
        for line in MovementLine
        if line not in {MovementLine.UNTOLD_IN, MovementLine.UNTOLD_OUT} or movement.line(line).total
    ]
    order = [MovementLine.START, *INCREASES, *DECREASES, MovementLine.END, MovementLine.RECOGNISED]
    rows = tuple(MovementRow(line, movement.line(line)) for line in order if line in shown)
    transfers = tuple(
        MovementTransfer(line, other, heads) for (line, other), heads in sorted(movement.partners.items())
    )
    return MovementReport(
        heading, period, movement.first, movement.last, rows, movement.increase, movement.decrease, (),
        transfers,
    )  # fmt: skip


def composition_report(heading: Heading, day: date, composition: Composition) -> CompositionReport:
    """Return a composition as a paper."""
    return CompositionReport(
        heading, day.isoformat(), composition.members, composition.women, composition.groups
    )


def _newest(events: Sequence[MemberEvent], *kinds: EventKind) -> MemberEvent | None:
    return next((event for event in reversed(events) if event.kind in kinds), None)


def _day(event: MemberEvent | None) -> str:
    """Return the day of an event; `x` where it happened and nobody knows when."""
    if event is None:
        return ""
    return event.on.iso if event.on else "x"


def _iso(when: PartialDate | None) -> str:
    return when.iso if when else ""


FORMS: Final = {
    ReportKind.MEMBER_REGISTER: Form(MemberRegisterReport, "", ()),
    ReportKind.COMPANION_REGISTER: Form(CompanionRegisterReport, "", ()),
    ReportKind.MEMBER_PAPER: Form(HeldReport, "", ()),
    ReportKind.MOVEMENT: Form(MovementReport, "BC"),
    ReportKind.COMPOSITION: Form(CompositionReport, "BC"),
}
