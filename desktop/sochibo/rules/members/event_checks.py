"""What is wrong or odd about the papers of one event: votes, decisions, slips, deadlines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.faults import red, yellow
from sochibo.messages import N_
from sochibo.rules.dates import Precision, months_after
from sochibo.rules.members.holidays import working_days_after
from sochibo.rules.members.member_rules import member_rules_on
from sochibo.rules.members.members import EventKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from sochibo.faults import Finding
    from sochibo.rules.members.members import MemberEvent

__all__ = ["check_details"]

_TWO_THIRDS: Final = frozenset(
    {
        EventKind.ADMISSION,
        EventKind.READMISSION,
        EventKind.RECOGNITION,
        EventKind.STRIKE_OFF,
        EventKind.EXPULSION,
    }
)
"""Proposals that need two thirds of the official members (QĐ 294-QĐ/TW, 26/5/2025, §9.3.4)."""

_ADMISSIONS: Final = frozenset({EventKind.ADMISSION, EventKind.READMISSION})
_CEREMONY_WORKING_DAYS: Final = 30
"""From the decision to the ceremony (QĐ 294-QĐ/TW, 26/5/2025, §4.1)."""

_OFTEN_UNDATED: Final = frozenset({EventKind.ADMISSION, EventKind.RECOGNITION, EventKind.EXEMPTION})
"""What old registers tell without a day; who forgets that of a departure takes somebody off every roll."""

_TRANSFERS: Final = frozenset({EventKind.TRANSFER_IN, EventKind.TRANSFER_OUT})


def check_details(event: MemberEvent, others: Sequence[MemberEvent], today: date) -> list[Finding]:
    """Judge what was written beside the day of an event; red only what cannot be."""
    undated = event.on is None and event.kind not in _OFTEN_UNDATED
    return [
        *(
            [yellow("P40", N_("Without its day this event is taken to lie before all others."), "on")]
            if undated and any(one.on is not None for one in others)
            else []
        ),
        *_votes(event),
        *_days(event, today),
        *_deadlines(event, others),
        *(
            [yellow("P47", N_("Say from or to which organisation."), "other_organisation")]
            if event.kind in _TRANSFERS and not event.other_organisation
            else []
        ),
    ]


def _votes(event: MemberEvent) -> Iterator[Finding]:
    base, in_favour, against = event.vote_base, event.in_favour, event.against
    if base is None or in_favour is None:
        return
    if in_favour + (against or 0) > base:
        yield red("P41", N_("More votes were given than there are voters."), "in_favour")
    elif event.kind in _TWO_THIRDS and 3 * in_favour < 2 * base:
        text = N_("Two thirds of the official members are needed: {needed} of {base}; {n} were in favour.")
        yield yellow("P42", text, "in_favour", needed=-(-2 * base // 3), base=base, n=in_favour)


def _days(event: MemberEvent, today: date) -> Iterator[Finding]:
    for name in ("decided_on", "resolved_on", "notified_on"):
        day = getattr(event, name)
        if day is not None and day > today:
            yield red("P43", N_("A date lies in the future: {date}."), name, date=day)
    if (
        event.decided_on is not None
        and event.resolved_on is not None
        and event.decided_on < event.resolved_on
    ):
        yield yellow("P44", N_("The decision is older than the cell's resolution."), "decided_on")


def _deadlines(event: MemberEvent, others: Sequence[MemberEvent]) -> Iterator[Finding]:
    if event.on is None or event.on.precision is not Precision.DAY:
        return
    day = event.on.earliest
    if event.kind in _ADMISSIONS and event.decided_on is not None:
        if day < event.decided_on:
            yield yellow("P45", N_("The ceremony lies before the decision."), "on")
        elif day > working_days_after(event.decided_on, _CEREMONY_WORKING_DAYS):
            text = N_("The ceremony was held more than {n} working days after the decision.")
            yield yellow("P45", text, "on", n=_CEREMONY_WORKING_DAYS)
    admitted = [
        one.on.earliest
        for one in others
        if one.kind in _ADMISSIONS and one.on is not None and one.on.precision is Precision.DAY
    ]
    # Who was readmitted later has a recognition after each of the two.
    begun = max((one for one in admitted if one <= day), default=None)
    if event.kind is EventKind.RECOGNITION and begun is not None:
        ends = months_after(begun, member_rules_on(day).probation_months)
        if begun >= member_rules_on(day).valid_from and day != ends:
            text = N_("An official member counts as one from {date} on, even when the decision came later.")
            yield yellow("P46", text, "on", date=ends)
