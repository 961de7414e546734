"""What follows from the events of a Party life, as dated data (`resources/rules/member-events.toml`)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sochibo import paths
from sochibo.messages import N_
from sochibo.rules.dates import PartialDate, months_after
from sochibo.rules.members.holidays import working_days_after
from sochibo.rules.members.members import EXITS, EventKind, MemberEvent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = [
    "DEADLINE_LABELS", "Deadline", "DeadlineRule", "EventForm", "MemberRules", "deadlines_of", "form_of",
    "load_event_forms", "load_member_rules", "member_rules_on", "probation_due", "probation_ends",
]  # fmt: skip

DEADLINE_LABELS: Final = {
    "probation": N_("Probation ends"),
    "recognition": N_("The cell considers the recognition"),
    "committee_decision": N_("The committee decides"),
    "stay_end": N_("Temporary activity ends"),
    "exemption_end": N_("Exemption ends"),
    "suspension_end": N_("Suspension ends"),
    "duty_end": N_("Special duty ends"),
    "papers_presented": N_("Papers are presented at the new place"),
    "slip": N_("Slip to the committee"),
    "complaint": N_("Last day for a complaint"),
}


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """One deadline: so many months and then so many working days after a day of an event."""

    kinds: frozenset[EventKind]
    code: str
    after: str
    months: int = 0
    working_days: int = 0
    met_by: frozenset[EventKind] = frozenset()
    met_field: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class MemberRules:
    """One edition; the figures are explained where they stand, in the file."""

    id: str
    document: str
    valid_from: date
    probation_months: int
    committee_from_official: int
    committee_most: int
    least_official: int
    most_members: int
    groups_from_members: int
    awareness_months: int
    file_months: int
    decision_working_days: int
    youngest: int
    oldest: int
    deadlines: tuple[DeadlineRule, ...] = ()


@dataclass(frozen=True, slots=True)
class EventForm:
    """What is asked of an event beside day, decision and note (`votes` is three numbers), and its papers."""

    kind: EventKind
    fields: tuple[str, ...]
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which something should follow an event; `met` once it did, or no longer can."""

    code: str
    event: MemberEvent
    by: date
    met: bool
    article: str = ""

    @property
    def label(self) -> str:
        """Return what is to be done, as a message id."""
        return DEADLINE_LABELS[self.code]


@cache
def load_member_rules() -> tuple[MemberRules, ...]:
    """Read the shipped editions, oldest first."""
    known = {field.name for field in fields(MemberRules)} - {"deadlines"}
    made = (
        MemberRules(
            **{name: row[name] for name in known}, deadlines=tuple(map(_deadline_rule, row["deadline"]))
        )
        for row in _data()["edition"]
    )
    return tuple(sorted(made, key=lambda rules: rules.valid_from))


def member_rules_on(day: date) -> MemberRules:
    """Return the edition in force on a day; a day before all of them is judged by the oldest."""
    known = load_member_rules()
    return next((rules for rules in reversed(known) if rules.valid_from <= day), known[0])


@cache
def load_event_forms() -> Mapping[EventKind, EventForm]:
    """Read what each kind of event asks for."""
    return {
        EventKind(row["kind"]): EventForm(EventKind(row["kind"]), tuple(row["fields"]), tuple(row["papers"]))
        for row in _data()["event"]
    }


def form_of(kind: EventKind) -> EventForm:
    """Return what one kind of event asks for."""
    return load_event_forms()[kind]


def deadlines_of(events: Sequence[MemberEvent]) -> tuple[Deadline, ...]:
    """Return what has to follow the events of one person, in the order of days.

    An event without its full day has no deadlines, except that a probation of which only month or year of
    the beginning is known is counted from the first day it can mean.
    """
    found = [one for event in events for one in _of_event(event, events)]
    return tuple(sorted(found, key=lambda one: one.by))


def probation_ends(events: Sequence[MemberEvent]) -> date | None:
    """Return the day on which the newest probation ends (QĐ 294-QĐ/TW, 26/5/2025, §4.2.2)."""
    return _newest(events, "probation")


def probation_due(events: Sequence[MemberEvent]) -> date | None:
    """Return the day by which the cell must have considered the recognition (§4.2.1: 30 working days)."""
    return _newest(events, "recognition")


def _newest(events: Sequence[MemberEvent], code: str) -> date | None:
    open_ones = [one.by for one in deadlines_of(events) if one.code == code and not one.met]
    return max(open_ones, default=None)


def _of_event(event: MemberEvent, events: Sequence[MemberEvent]) -> Iterator[Deadline]:
    day = event.on.earliest if event.on else date.min
    for rule in member_rules_on(day).deadlines:
        start = _start(event, rule)
        if event.kind not in rule.kinds or start is None:
            continue
        by = months_after(start, rule.months) if rule.months else start
        by = working_days_after(by, rule.working_days)
        met = bool(rule.met_field and getattr(event, rule.met_field)) or _is_followed(event, events, rule)
        yield Deadline(rule.code, event, by, met, rule.article)


def _start(event: MemberEvent, rule: DeadlineRule) -> date | None:
    """Return the day from which a rule counts; what lies before its edition asks for no slips."""
    value: PartialDate | date | None = getattr(event, rule.after)
    if value is None:
        return None
    old = event.on is None or event.on.earliest < load_member_rules()[0].valid_from
    if rule.met_field and old:
        return None
    if isinstance(value, PartialDate):
        return value.latest if rule.after == "until" else value.earliest
    return value


def _is_followed(event: MemberEvent, events: Sequence[MemberEvent], rule: DeadlineRule) -> bool:
    """Tell whether a later event meets a deadline, or ends it because the person left.

    A recognition told without its day is that of the first admission, whenever that was: nobody who is an
    official member still waits for the end of a probation.
    """
    day = event.on.earliest if event.on else date.min
    place = list(events).index(event)
    for number, other in enumerate(events):
        on = other.on.earliest if other.on else date.min
        later = on > day or (on == day and number > place)
        if event.kind is EventKind.ADMISSION and other.kind is EventKind.RECOGNITION and other.on is None:
            later = True
        if later and (other.kind in rule.met_by or (other.kind in EXITS and not rule.met_field)):
            return True
    return False


def _deadline_rule(row: dict[str, Any]) -> DeadlineRule:
    return DeadlineRule(
        kinds=frozenset(map(EventKind, row["kinds"])),
        code=row["code"],
        after=row["after"],
        months=row.get("months", 0),
        working_days=row.get("working_days", 0),
        met_by=frozenset(map(EventKind, row.get("met_by", ()))),
        met_field=row.get("met_field", ""),
        article=row.get("article", ""),
    )


@cache
def _data() -> dict[str, Any]:
    file = paths.shipped("resources") / "rules" / "member-events.toml"
    return tomllib.loads(file.read_text("utf-8"))
