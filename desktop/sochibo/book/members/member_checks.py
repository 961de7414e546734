"""What the register has to say about a member and the events: impossible things red, odd ones yellow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sochibo.faults import Finding, Severity
from sochibo.messages import N_
from sochibo.rules.members.member_rules import member_rules_on
from sochibo.rules.members.members import (
    EVENT_LABELS,
    OUT_OF_PARTY,
    STAYS,
    Activity,
    EventKind,
    Membership,
    Standing,
    standing_on,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sochibo.rules.dates import PartialDate
    from sochibo.rules.members.members import Member, MemberEvent

__all__ = ["ENDS", "check_event", "check_line", "check_times"]

_YEAR: Final = 12
IDENTITY_SHAPE: Final = re.compile(r"\d{12}")
CARD_SHAPE: Final = re.compile(r"\d{12}|\d{8}")
"""12 digits since 2/9/2025 (HD 38-HD/BTCTW, 29/9/2025), 8 on older cards."""

ENDS: Final = frozenset(
    {
        EventKind.TRANSFER_OUT,
        EventKind.WITHDRAWAL,
        EventKind.STRIKE_OFF,
        EventKind.EXPULSION,
        EventKind.CANCELLATION,
        EventKind.DEATH,
    }
)
"""Events after which a person no longer belongs to the cell."""

PAUSED: Final = frozenset(
    {
        Activity.EXEMPT,
        Activity.TEMPORARILY_EXEMPT,
        Activity.AWAY,
        Activity.VISITING,
        Activity.SUSPENDED,
        Activity.SPECIAL_DUTY,
    }
)

_SHOWS_PRESENCE: Final = STAYS | {
    EventKind.TRANSFER_IN, EventKind.SUSPENSION, EventKind.SPECIAL_DUTY, EventKind.RESUMPTION,
}  # fmt: skip
"""Events of somebody who belongs to the cell; admission and recognition may have been elsewhere."""

NEEDS_PRESENCE: Final = (ENDS - {EventKind.DEATH}) | {
    EventKind.TEMPORARY_OUT,
    EventKind.EXEMPTION,
    EventKind.TEMPORARY_EXEMPTION,
    EventKind.SUSPENSION,
    EventKind.SPECIAL_DUTY,
}

ALREADY_MEMBER: Final = ("P21", N_("The person is a Party member already."))
NEVER_ADMITTED: Final = ("P22", N_("The person was never admitted: record the admission first."))
ALREADY_OFFICIAL: Final = ("P23", N_("The person is an official member already."))
ALREADY_ACTIVE: Final = ("P24", N_("The person takes part already: there is nothing to return from."))
ALREADY_HERE: Final = ("P25", N_("The person belongs to this cell already."))
ALREADY_DEAD: Final = ("P26", N_("The death is recorded already."))
ALREADY_GONE: Final = ("P27", N_("The person has left this cell already."))


def check_line(member: Member, others: Sequence[Member] = ()) -> list[Finding]:
    """Judge the register line itself; `others` are the members who might bear the same number."""
    found = []
    if not member.name:
        found.append(_red("P01", N_("The name is missing."), "name"))
    if member.identity_no and not IDENTITY_SHAPE.fullmatch(member.identity_no):
        found.append(_yellow("P02", N_("A personal identity number has 12 digits."), "identity_no"))
    if member.card_no and not CARD_SHAPE.fullmatch(member.card_no):
        found.append(
            _yellow("P03", N_("A Party card number has 12 digits, on older cards 8."), "card_no"),
        )
    for place, sentence in (
        ("identity_no", N_("{name} bears the same identity number.")),
        ("card_no", N_("{name} bears the same Party card number.")),
    ):
        number = getattr(member, place)
        found += [
            _yellow("P04", sentence, place, name=other.name)
            for other in others
            if number and getattr(other, place) == number and other.id != member.id
        ]
    return found


def check_times(member: Member, events: Sequence[MemberEvent], today: date) -> list[Finding]:
    """Judge all days against one another; red only where no reading of a partial date saves them."""
    found = []
    if member.birth is not None and member.birth.earliest > today:
        found.append(_red("P11", N_("The date of birth lies in the future."), "birth"))
    death = _first(events, EventKind.DEATH)
    for event in events:
        label = EVENT_LABELS[event.kind]
        if event.on is not None and event.on.earliest > today:
            found.append(
                _red("P12", N_("A date lies in the future: {date}."), "on", date=event.on.vietnamese())
            )
        if event.on is not None and event.until is not None and event.until.latest < event.on.earliest:
            found.append(_red("P13", N_("The end lies before the beginning."), "until"))
        if _is_before(event.on, member.birth):
            found.append(_red("P14", N_("A date lies before the date of birth."), "on", event=label))
        if event.kind is not EventKind.DEATH and _is_before(death, event.on):
            found.append(_red("P15", N_("A date lies after the day of death."), "on", event=label))
    admitted, recognised = _first(events, EventKind.ADMISSION), _first(events, EventKind.RECOGNITION)
    if _is_before(recognised, admitted):
        found.append(_red("P16", N_("The day of recognition lies before the day of admission."), "on"))
    if admitted is not None and member.birth is not None and not found:
        rules = member_rules_on(admitted.latest)
        least, most = _months_between(member.birth, admitted)
        # The upper age is of today's rules: older members came in under other ones.
        too_old = least > rules.oldest * _YEAR and admitted.earliest >= rules.valid_from
        if most < rules.youngest * _YEAR or too_old:
            age = (least if too_old else most) // _YEAR
            found.append(
                _yellow("P17", N_("Admitted at the age of {age}: please check the dates."), "on", age=age)
            )
    return found


def _months_between(birth: PartialDate, day: PartialDate) -> tuple[int, int]:
    """Return the age in months at least and at most: it is counted by month (QĐ 294-QĐ/TW, 26/5/2025, §1)."""
    last, first = birth.latest, birth.earliest
    return (
        (day.earliest.year - last.year) * _YEAR + day.earliest.month - last.month,
        (day.latest.year - first.year) * _YEAR + day.latest.month - first.month,
    )


def check_event(
    event: MemberEvent, before: Sequence[MemberEvent], today: date, *, counted: bool = False
) -> list[Finding]:
    """Judge whether a new event can follow what was; an undated one is judged by the whole history.

    A person with no event at all was never told about: whatever is recorded first is believed, except
    that nobody can be recognised who was never admitted. `counted` tells that finished minutes of an earlier
    day count the person as one of the cell.
    """
    day = event.on.latest if event.on is not None else today
    told = any(old.kind is event.kind and (old.on is not None or event.on is None) for old in before)
    ever = standing_on(before, today).membership is not Membership.NONE
    shown = counted or any(old.kind in _SHOWS_PRESENCE for old in before)
    now = standing_on(before, day)
    wrong = _contradiction(event.kind, now, known=bool(before), told=told, ever=ever)
    wrong = wrong or _needless(event.kind, now, before, shown=shown)
    return [_red(*wrong, "kind")] if wrong else []


def _contradiction(
    kind: EventKind, now: Standing, *, known: bool, told: bool, ever: bool
) -> tuple[str, str] | None:
    """Return code and sentence of what keeps an event from happening to a person of this standing.

    `told` is whether the book has the same event already (an undated one may be told anew with its day),
    `ever` whether the person is a member by the whole history.
    """
    member = now.membership is not Membership.NONE
    gone, active = now.activity is Activity.LEFT, now.activity is Activity.ACTIVE
    dead = gone and now.through is not None and now.through.kind is EventKind.DEATH
    official = now.membership is Membership.OFFICIAL
    cases = (
        (kind is EventKind.RECOGNITION and not (member or ever), *NEVER_ADMITTED),
        (kind is EventKind.RECOGNITION and official and told, *ALREADY_OFFICIAL),
        (kind is EventKind.DEATH and dead, *ALREADY_DEAD),
        (kind is EventKind.ADMISSION and member and told, *ALREADY_MEMBER),
        (kind is EventKind.RESUMPTION and known and now.activity not in PAUSED, *ALREADY_ACTIVE),
        (kind is EventKind.RESTORATION and known and member and active, *ALREADY_HERE),
        (kind in NEEDS_PRESENCE and known and gone, *ALREADY_GONE),
    )
    return next(((code, sentence) for wrong, code, sentence in cases if wrong), None)


def _needless(
    kind: EventKind, now: Standing, before: Sequence[MemberEvent], *, shown: bool
) -> tuple[str, str] | None:
    """Return what keeps somebody from arriving who is here, or from being readmitted who never left.

    Who moves in brings an admission and a recognition along that were elsewhere: alone, they do not show
    that somebody belongs here already.
    """
    arrives = kind is EventKind.TEMPORARY_IN or (
        kind is EventKind.TRANSFER_IN and now.activity is Activity.ACTIVE
    )
    if arrives and now.belongs and shown:
        return ALREADY_HERE
    left = any(one.kind in OUT_OF_PARTY for one in before)
    if kind is EventKind.READMISSION and now.membership is not Membership.NONE and not left:
        return ALREADY_MEMBER
    return None


def _first(events: Sequence[MemberEvent], kind: EventKind) -> PartialDate | None:
    return next((event.on for event in events if event.kind is kind and event.on is not None), None)


def _is_before(earlier: PartialDate | None, later: PartialDate | None) -> bool:
    """Tell whether one day surely lies before the other."""
    return earlier is not None and later is not None and earlier.latest < later.earliest


def _red(code: str, template: str, place: str, **fields: object) -> Finding:
    return Finding(code, Severity.RED, template, fields, place)


def _yellow(code: str, template: str, place: str, **fields: object) -> Finding:
    return Finding(code, Severity.YELLOW, template, fields, place)
