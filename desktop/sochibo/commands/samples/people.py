"""The invented members of the sample cell, and what happened to them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Final

from sochibo.rules.members.members import EventKind

__all__ = ["CHAIR", "DEPUTY", "MINUTE_TAKER", "Person", "SampleEvent", "attending", "later_events", "people"]

CHAIR: Final = "Nguyễn Văn Bưởi"
DEPUTY: Final = "Trần Thị Sen"
MINUTE_TAKER: Final = "Lê Thị Quýt"

_ENDS: Final = frozenset(EventKind) - {EventKind.TEMPORARY_IN, EventKind.ADMISSION}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One line of the sample roster, in Vietnamese words, its dates in ISO as far as they are known."""

    name: str
    sex: str
    birth: str
    admission: str
    recognition: str = ""
    education: str = ""
    profession: str = ""
    theory: str = ""
    office: str = ""
    job: str = ""
    status: str = "Đang sinh hoạt"
    ethnicity: str = "Kinh"

    @property
    def admitted_on(self) -> date:
        """Return the first day that the admission can mean."""
        return date.fromisoformat((self.admission + "-01-01")[:10])


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleEvent:
    """What happened to a person after the roster was written, or what a roster has no column for."""

    name: str
    kind: EventKind
    on: str
    until: str = ""
    decision: str = ""
    note: str = ""


def people() -> tuple[Person, ...]:
    """Return everyone, also those who came later and those who left."""
    return tuple(Person(**row) for row in _data()["people"])


def later_events() -> tuple[SampleEvent, ...]:
    """Return the events that the book records one by one."""
    return tuple(SampleEvent(**{**row, "kind": EventKind(row["kind"])}) for row in _data()["events"])


def attending(day: date) -> tuple[Person, ...]:
    """Return the sample members who would come to a meeting on a day; visitors are left out."""
    gone = {
        event.name for event in later_events() if event.kind in _ENDS and date.fromisoformat(event.on) <= day
    }
    guests = {event.name for event in later_events() if event.kind is EventKind.TEMPORARY_IN}
    return tuple(
        person
        for person in people()
        if person.status != "Miễn sinh hoạt"
        and person.name not in gone | guests
        and person.admitted_on <= day
    )


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("people.toml").read_text("utf-8"))
