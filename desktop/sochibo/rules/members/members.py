"""Members, the events of their Party life, and the standing that follows on any day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sochibo.messages import N_
from sochibo.rules.dates import Month, PartialDate

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "EVENT_LABELS", "Activity", "EventKind", "Member", "MemberEvent", "Membership", "RosterEntry", "Sex",
    "Standing", "masked", "standing_on",
]  # fmt: skip


class Sex(StrEnum):
    """Sex as registers print it."""

    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One line of the register (sổ danh sách đảng viên, form 7-HSĐV); empty text where unknown.

    `identity_no` and `card_no` are texts with their leading zeros, masked wherever they are drawn.
    Party dates are no fields here: they are events. `gap_months` are what the Party age is short of beyond
    what the events tell (contact lost, a broken transfer).
    """

    id: str
    name: str
    birth_name: str = ""
    birth: PartialDate | None = None
    sex: Sex | None = None
    ethnicity: str = ""
    religion: str = ""
    home_place: str = ""
    residence: str = ""
    education: str = ""
    political_theory: str = ""
    profession: str = ""
    foreign_language: str = ""
    job_before: str = ""
    job_now: str = ""
    office: str = ""
    phone: str = ""
    identity_no: str = ""
    card_no: str = ""
    cv_no: str = ""
    badge_no: str = ""
    register_no: str = ""
    note: str = ""
    soldier: bool = False
    police: bool = False
    retired: bool = False
    youth_union: bool = False
    card_on: date | None = None
    gap_months: int = 0


OPEN_DIGITS: Final = 4


def masked(number: str) -> str:
    """Return an identity or card number as it may be seen: `0010••••6789`; a short one shows two digits."""
    hidden = max(0, len(number) - 2 * OPEN_DIGITS)
    if not hidden:
        return f"{'•' * max(0, len(number) - 2)}{number[-2:]}"
    return f"{number[:OPEN_DIGITS]}{'•' * hidden}{number[-OPEN_DIGITS:]}"


class EventKind(StrEnum):
    """What can happen in a Party life (QĐ 294-QĐ/TW, 26/5/2025; HD 38-HD/BTCTW, 29/9/2025)."""

    ADMISSION = "admission"
    READMISSION = "readmission"
    RECOGNITION = "recognition"
    TRANSFER_IN = "transfer_in"
    TRANSFER_OUT = "transfer_out"
    TEMPORARY_IN = "temporary_in"
    TEMPORARY_OUT = "temporary_out"
    EXEMPTION = "exemption"
    TEMPORARY_EXEMPTION = "temporary_exemption"
    SUSPENSION = "suspension"
    SPECIAL_DUTY = "special_duty"
    RESUMPTION = "resumption"
    RESTORATION = "restoration"
    WITHDRAWAL = "withdrawal"
    STRIKE_OFF = "strike_off"
    EXPULSION = "expulsion"
    CANCELLATION = "cancellation"
    DEATH = "death"
    NAME_CHANGE = "name_change"


EVENT_LABELS = {
    EventKind.ADMISSION: N_("Admission"),
    EventKind.READMISSION: N_("Readmission"),
    EventKind.RECOGNITION: N_("Recognition as official member"),
    EventKind.TRANSFER_IN: N_("Transfer in"),
    EventKind.TRANSFER_OUT: N_("Transfer out"),
    EventKind.TEMPORARY_IN: N_("Temporary activity here"),
    EventKind.TEMPORARY_OUT: N_("Temporary activity elsewhere"),
    EventKind.EXEMPTION: N_("Exemption"),
    EventKind.TEMPORARY_EXEMPTION: N_("Temporary exemption"),
    EventKind.SUSPENSION: N_("Suspension"),
    EventKind.SPECIAL_DUTY: N_("Special duty"),
    EventKind.RESUMPTION: N_("Return to activity"),
    EventKind.RESTORATION: N_("Membership restored"),
    EventKind.WITHDRAWAL: N_("Withdrawal from the Party"),
    EventKind.STRIKE_OFF: N_("Strike-off"),
    EventKind.EXPULSION: N_("Expulsion"),
    EventKind.CANCELLATION: N_("Admission cancelled"),
    EventKind.DEATH: N_("Death"),
    EventKind.NAME_CHANGE: N_("Change of name"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberEvent:
    """One event; `on` is None where it lies before all records with its date unknown.

    `until` is the planned end of an exemption or a temporary stay; passing it changes nothing by itself
    (the program reminds, the cell decides), only a RESUMPTION does. `on` of an admission is the day of the
    ceremony, `decided_on` the day from which the Party age counts. `resolved_on` with `vote_base`,
    `in_favour` and `against` is the cell's own resolution; `notified_on` the day of the slip (phiếu báo) to
    the level above.
    """

    id: str
    member_id: str
    kind: EventKind
    on: PartialDate | None = None
    until: PartialDate | None = None
    decision: str = ""
    note: str = ""
    decided_on: date | None = None
    decided_by: str = ""
    resolved_on: date | None = None
    meeting_id: str | None = None
    vote_base: int | None = None
    in_favour: int | None = None
    against: int | None = None
    helpers: str = ""
    reason: str = ""
    other_organisation: str = ""
    fees_paid_until: Month | None = None
    certificate: str = ""
    former_name: str = ""
    notified_on: date | None = None


class Membership(StrEnum):
    """What a person is in the Party."""

    NONE = "none"
    PROBATIONARY = "probationary"
    OFFICIAL = "official"


class Activity(StrEnum):
    """How a person takes part in this cell."""

    ACTIVE = "active"
    EXEMPT = "exempt"
    TEMPORARILY_EXEMPT = "temporarily_exempt"
    AWAY = "away"
    VISITING = "visiting"
    SUSPENDED = "suspended"
    SPECIAL_DUTY = "special_duty"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Standing:
    """What one person is on one day; `because` is the event that last changed it.

    `through` is the event by which the person takes part as told, where that is in another way than most:
    a recognition after it changes what the person is, and not that.
    """

    membership: Membership
    activity: Activity
    because: MemberEvent | None = None
    through: MemberEvent | None = None

    @property
    def belongs(self) -> bool:
        """Tell whether the person counts in this cell's number of members (đảng số).

        A guest in temporary activity counts at home, not here (QĐ 294-QĐ/TW, 26/5/2025, §6.3.2).
        """
        return self.membership is not Membership.NONE and self.activity not in {
            Activity.VISITING,
            Activity.LEFT,
        }

    @property
    def listed(self) -> bool:
        """Tell whether the person stands on the roll of a meeting: a member, or a temporary one."""
        return self.belongs or self.activity is Activity.VISITING


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """A person on the roll of one day, with the standing of that day."""

    member: Member
    standing: Standing


PAUSES: Final = {
    EventKind.TEMPORARY_OUT: Activity.AWAY,
    EventKind.EXEMPTION: Activity.EXEMPT,
    EventKind.TEMPORARY_EXEMPTION: Activity.TEMPORARILY_EXEMPT,
    EventKind.SUSPENSION: Activity.SUSPENDED,
    EventKind.SPECIAL_DUTY: Activity.SPECIAL_DUTY,
    EventKind.RESUMPTION: Activity.ACTIVE,
}
"""What becomes of someone who is here; only RESUMPTION ends such a state."""

OUT_OF_PARTY: Final = frozenset(
    {EventKind.WITHDRAWAL, EventKind.STRIKE_OFF, EventKind.EXPULSION, EventKind.CANCELLATION}
)
EXITS: Final = OUT_OF_PARTY | {EventKind.TRANSFER_OUT, EventKind.DEATH}
ARRIVALS: Final = frozenset({EventKind.TRANSFER_IN, EventKind.TEMPORARY_IN})
STAYS: Final = frozenset({EventKind.TEMPORARY_OUT, EventKind.EXEMPTION, EventKind.TEMPORARY_EXEMPTION})
"""Events that only someone who is here can have."""


def standing_on(events: Sequence[MemberEvent], day: date) -> Standing:
    """Derive what a person is on a day from the events up to and including it.

    An event known only by month or year is taken to lie on the first day it can mean; undated events
    come first. Events of one day apply in the order in which the book lists them. Someone of whom only
    later events are known (a transfer in, a temporary stay) counts as an official member. Later events tell
    one thing: who arrives only after the day was elsewhere on it, whenever the admission was.
    """
    membership: Membership | None = None  # None is "not told yet", Membership.NONE "no longer in the Party"
    former: Membership | None = None
    activity = Activity.ACTIVE
    because: MemberEvent | None = None
    through: MemberEvent | None = None
    dated = [(event.on.earliest if event.on else date.min, event) for event in events]
    for _, event in sorted((pair for pair in dated if pair[0] <= day), key=lambda pair: pair[0]):
        before = (membership, activity)
        if membership is not Membership.NONE:
            former = membership
        activity = _activity_after(activity, event.kind, out_of_party=membership is Membership.NONE)
        membership = _membership_after(membership, event.kind, former)
        renewed = PAUSES.get(event.kind) is activity
        if renewed or activity is not before[1]:
            through = event
        if because is None or renewed or (membership, activity) != before:
            because = event
    if because is None:
        return Standing(Membership.NONE, activity)
    if activity is not Activity.LEFT and (arrival := _arrival_after(dated, day, activity)):
        activity, because, through = Activity.LEFT, arrival, arrival
    told = Membership.OFFICIAL if membership is None else membership
    return Standing(told, activity, because, None if activity is Activity.ACTIVE else through)


def _arrival_after(
    dated: Sequence[tuple[date, MemberEvent]], day: date, activity: Activity
) -> MemberEvent | None:
    """Return the arrival by which a person came here only after a day, if that is what comes next."""
    later = sorted((pair for pair in dated if pair[0] > day), key=lambda pair: pair[0])
    told = next((event for _, event in later if event.kind in ARRIVALS | EXITS | STAYS), None)
    if told is None or told.kind not in ARRIVALS:
        return None
    # A guest whose stay turns into a membership was here before.
    return None if activity is Activity.VISITING else told


def _activity_after(activity: Activity, kind: EventKind, *, out_of_party: bool) -> Activity:
    """Return how a person takes part after an event.

    What was told without a day (an exemption taken from a roster) is not ended by an older, dated
    admission or transfer. A guest stays one until the stay ends: pauses are the home cell's to decide.
    """
    if kind in EXITS:
        return Activity.LEFT
    if kind is EventKind.TEMPORARY_IN:
        return Activity.VISITING
    if activity is Activity.LEFT:
        back = {EventKind.TRANSFER_IN, EventKind.READMISSION, EventKind.RESTORATION}
        returns = kind in back or (kind is EventKind.ADMISSION and out_of_party)
        return Activity.ACTIVE if returns else activity
    if activity is Activity.VISITING:
        return {EventKind.TRANSFER_IN: Activity.ACTIVE, EventKind.RESUMPTION: Activity.LEFT}.get(
            kind, activity
        )
    if kind is EventKind.RESTORATION and activity is Activity.SUSPENDED:
        return Activity.ACTIVE
    return PAUSES.get(kind, activity)


def _membership_after(
    membership: Membership | None, kind: EventKind, former: Membership | None
) -> Membership | None:
    """Return what a person is in the Party after an event; a late, undated admission undoes no recognition.

    Readmission starts a new probation (QĐ 294-QĐ/TW, 26/5/2025, §3.5).
    """
    if kind in OUT_OF_PARTY:
        return Membership.NONE
    if kind is EventKind.READMISSION:
        return Membership.PROBATIONARY
    if kind is EventKind.ADMISSION and membership in {None, Membership.NONE}:
        return Membership.PROBATIONARY
    if kind is EventKind.RECOGNITION and membership is not Membership.NONE:
        return Membership.OFFICIAL
    if kind is EventKind.RESTORATION and membership is Membership.NONE:
        return former
    return membership
