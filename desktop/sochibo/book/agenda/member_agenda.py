"""What is due about members: probation, stays and exemptions that end, slips, badges."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from sochibo.book.due import AHEAD, DueLine, urgency
from sochibo.messages import N_
from sochibo.rules.dates import months_after
from sochibo.rules.members.badges import BadgeState, badge_due
from sochibo.rules.members.holidays import working_days_after
from sochibo.rules.members.member_rules import deadlines_of, member_rules_on
from sochibo.rules.members.members import EventKind, Membership
from sochibo.rules.members.registers import RegisterKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sochibo.book.book import Book
    from sochibo.rules.members.badges import Badge
    from sochibo.rules.members.member_rules import Deadline
    from sochibo.rules.members.members import MemberEvent, RosterEntry

__all__ = ["candidate_lines", "member_lines"]

_FORGOTTEN: Final = timedelta(days=60)
"""What was due longer ago was done long since and not written down; the member's own page still tells."""

_RETURN: Final = N_("Record the return, or a new decision.")
_SENTENCES: Final = {
    "probation": (N_("Consider the recognition of {name}"), N_("The probation of 12 months ends.")),
    "recognition": (
        N_("Consider the recognition of {name}"),
        N_("The cell acts within 30 working days after the 12 months of probation."),
    ),
    "away_end": (N_("The temporary activity of {name} elsewhere ends"), _RETURN),
    "stay_end": (N_("The temporary activity of {name} here ends"), _RETURN),
    "exemption_end": (N_("The exemption of {name} ends"), _RETURN),
    "suspension_end": (N_("The suspension of {name} ends"), _RETURN),
    "duty_end": (N_("The special duty of {name} ends"), _RETURN),
    "slip": (
        N_("Send the slip about {name} to the committee"),
        N_("It goes up within 30 working days; then write its day into the event."),
    ),
}


def member_lines(book: Book, today: date) -> Iterator[DueLine]:
    """Return what is due about everybody of whom this cell still has something to do."""
    badges = book.registers.badges()
    for entry in book.members.on(today, everybody=True):
        events = book.members.events(entry.member.id)
        yield from _deadlines(entry, events, today)
        if entry.standing.belongs:
            yield from _badge(entry, events, badges.get(entry.member.id, ()), today)
    yield from candidate_lines(book, today)


def candidate_lines(book: Book, today: date) -> Iterator[DueLine]:
    """Return what is due about people on the way to admission (HD 38-HD/BTCTW, 29/9/2025, §I.1.1).

    The committee decides within 45 working days of the cell's resolution; parts of the file are made again
    after 12 months, and the certificate of the awareness class is valid for 60.
    """
    for line in book.registers.lines(RegisterKind.CANDIDATES, today):
        for by, what, why in _of_candidate(line.values, today):
            if by <= today + AHEAD:
                fields = {"name": line.values["name"]}
                yield DueLine(urgency(by, today), what, why, by, "registers:candidates", fields)


def _of_candidate(values: Mapping[str, str], today: date) -> Iterator[tuple[date, str, str]]:
    state, rules = values["state"], member_rules_on(today)
    if state in {"admitted", "dropped"}:
        return
    resolved, certified = _day(values["resolved_on"]), _day(values["certificate_on"])
    if state == "proposed" and resolved is not None:
        why = N_("The committee decides within 45 working days of the cell's resolution.")
        by = working_days_after(resolved, rules.decision_working_days)
        yield by, N_("Ask for the decision on the admission of {name}"), why
        again = months_after(resolved, rules.file_months)
        why = N_("Twelve months after the resolution, parts of the file no longer count.")
        yield again, N_("Renew parts of the admission file of {name}"), why
    until = _day(values["certificate_until"])
    if until is None and certified is not None:
        until = months_after(certified, rules.awareness_months)
    if until is not None:
        why = N_("It is valid for 60 months; afterwards the class is attended again.")
        yield until, N_("The awareness certificate of {name} runs out"), why


def _day(iso: str) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _deadlines(entry: RosterEntry, events: Sequence[MemberEvent], today: date) -> Iterator[DueLine]:
    found = [one for one in deadlines_of(events) if not one.met and one.code in _SENTENCES]
    ended = any(one.code == "probation" and one.by <= today for one in found)
    for one in found:
        # Once the probation has ended, what counts is the day by which the cell must have acted.
        if one.code == ("probation" if ended else "recognition"):
            continue
        late = ended and one.code == "recognition"
        if (one.by > today + AHEAD and not late) or not _concerns(one, entry, today):
            continue
        away = one.event.kind is EventKind.TEMPORARY_OUT and one.code == "stay_end"
        what, why = _SENTENCES["away_end" if away else one.code]
        goal = f"member:{entry.member.id}"
        yield DueLine(urgency(one.by, today), what, why, one.by, goal, {"name": entry.member.name})


def _concerns(deadline: Deadline, entry: RosterEntry, today: date) -> bool:
    if deadline.code == "slip":
        return deadline.by >= today - _FORGOTTEN
    if deadline.code in {"probation", "recognition"}:
        return entry.standing.belongs and entry.standing.membership is Membership.PROBATIONARY
    # Only the state that lasts can end; an exemption after a stay has put the stay aside.
    return entry.standing.listed and entry.standing.through == deadline.event


def _badge(
    entry: RosterEntry, events: Sequence[MemberEvent], badges: Sequence[Badge], today: date
) -> Iterator[DueLine]:
    due = badge_due(entry.member, events, badges, today)
    if due is None or due.state is not BadgeState.DUE or due.file_by > today + AHEAD:
        return
    if due.batch_on < today - _FORGOTTEN:
        return
    what = N_("Propose the badge of {years} years for {name}")
    why = N_("The file goes up 30 working days before the award of {day}.")
    fields = {"name": entry.member.name, "years": due.years, "day": due.batch_on}
    yield DueLine(urgency(due.file_by, today), what, why, due.file_by, f"member:{entry.member.id}", fields)
