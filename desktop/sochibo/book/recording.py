"""A whole meeting read from plain data: what the file of `sochibo meeting add` holds.

Everything that is wrong is told at once, each with its place, and nothing is guessed: an unknown key may
be a misspelt one, and a name that is not on the roll may be another person's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, TypeVar

from sochibo.faults import Finding, Refused, Severity
from sochibo.messages import N_
from sochibo.rules import names
from sochibo.rules.meetings import (
    AbsenceReason,
    AgendaItem,
    AssignedTask,
    Attendance,
    Guest,
    Mark,
    Meeting,
    MeetingKind,
    Vote,
    VoteClass,
    VoteMethod,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sochibo.rules.members import RosterEntry

__all__ = ["KEYS", "MeetingData", "read_meeting"]

KEYS: Final = {
    "": frozenset({
        "kind", "on", "start", "end", "place", "theme", "chair", "minute_taker", "fee", "absent",
        "also_present", "guests", "items", "votes", "tasks", "scores", "conclusion", "rating_note", "adopted",
        "close",
    }),
    "absent": frozenset({"name", "reason", "note", "excused"}),
    "guests": frozenset({"name", "post", "superior", "remarks"}),
    "items": frozenset({"title", "presenter", "text", "conclusion"}),
    "votes": frozenset({"question", "class", "method", "in_favour", "against", "other", "minority"}),
    "tasks": frozenset({"text", "assignees", "due", "done_percent", "result"}),
    "scores": frozenset({"points", "reason"}),
}  # fmt: skip
"""The keys of the data and of its lists; a test compares them with the JSON Schema."""

TEXT_FIELDS: Final = {
    "start": "start", "end": "end", "place": "place", "theme": "theme", "fee": "fee_note",
    "conclusion": "conclusion", "rating_note": "rating_note",
}  # fmt: skip
TIME: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
NAME_AND_YEAR: Final = re.compile(r"(.+?)\s*\((\d{4})\)")

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingData:
    """What was read; ids are still empty."""

    meeting: Meeting
    marks: Mapping[str, Mark] = field(default_factory=dict)
    guests: tuple[Guest, ...] = ()
    items: tuple[AgendaItem, ...] = ()
    votes: tuple[Vote, ...] = ()
    tasks: tuple[AssignedTask, ...] = ()
    scores: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    close: bool = False


def read_meeting(data: Mapping[str, Any], roll_on: Callable[[date], Sequence[RosterEntry]]) -> MeetingData:
    """Read a meeting; raises Refused with everything that is wrong.

    `roll_on` gives the people on the roll of a day. Two people of one name are told apart by the year of
    birth: `Trần Văn An (1961)`.
    """
    reader = _Reader()
    reader.check_keys(data, "")
    kind = reader.choice(data, "kind", MeetingKind)
    on = reader.day(data, "on")
    if kind is None:
        reader.complain("M86", N_("The kind of meeting is missing."), "kind", once=True)
    if on is None:
        reader.complain("M86", N_("The day of the meeting is missing."), "on", once=True)
    if kind is None or on is None:
        raise Refused(reader.findings)
    people = _People(roll_on(on), on, reader)
    values: dict[str, Any] = {TEXT_FIELDS[key]: reader.text(data, key) for key in TEXT_FIELDS if key in data}
    for key, name in (("chair", "chair_id"), ("minute_taker", "minute_taker_id")):
        if key in data:
            values[name] = people.find(reader.text(data, key), key)
    if "adopted" in data:
        values["adopted"] = reader.flag(data, "adopted")
    for key in ("start", "end"):
        if data.get(key) and not TIME.fullmatch(reader.text(data, key)):
            reader.complain("M87", N_("“{value}” is no time such as 19:30."), key, value=data[key])
    read = MeetingData(
        meeting=Meeting(id="", kind=kind, on=on, **values),
        marks=_marks(data, reader, people),
        guests=tuple(_guests(data, reader)),
        items=tuple(_items(data, reader)),
        votes=tuple(_votes(data, reader)),
        tasks=tuple(_tasks(data, reader)),
        scores=_scores(data, reader),
        close=reader.flag(data, "close"),
    )
    if reader.findings:
        raise Refused(reader.findings)
    return read


class _Reader:
    """Takes values out of plain data and collects what is wrong with them."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def complain(self, code: str, template: str, place: str, *, once: bool = False, **fields: object) -> None:
        if not (once and any(finding.place == place for finding in self.findings)):
            self.findings.append(Finding(code, Severity.RED, template, fields, place))

    def check_keys(self, data: Mapping[str, Any], part: str, within: str = "") -> None:
        for key in sorted(set(data) - KEYS[part]):
            self.complain("M85", N_("“{key}” is not known here."), f"{within}{key}", key=key)

    def text(self, data: Mapping[str, Any], key: str, within: str = "") -> str:
        value = data.get(key, "")
        if isinstance(value, str):
            return value
        self._unusable(value, f"{within}{key}")
        return ""

    def flag(self, data: Mapping[str, Any], key: str, within: str = "", *, default: bool = False) -> bool:
        value = data.get(key, default)
        if isinstance(value, bool):
            return value
        self._unusable(value, f"{within}{key}")
        return default

    def count(self, data: Mapping[str, Any], key: str, within: str) -> int:
        value = data.get(key, 0)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        self._unusable(value, f"{within}{key}")
        return 0

    def day(self, data: Mapping[str, Any], key: str, within: str = "") -> date | None:
        value = data.get(key)
        if value is None:
            return None
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            template = N_("“{value}” is no day written as 2026-11-03.")
            self.complain("M81", template, f"{within}{key}", value=value)
            return None

    def choice(
        self, data: Mapping[str, Any], key: str, choices: type[Choice], within: str = ""
    ) -> Choice | None:
        value = data.get(key)
        if value is None:
            return None
        if value in {choice.value for choice in choices}:
            return choices(value)
        known = ", ".join(choice.value for choice in choices)
        template = N_("“{value}” is not one of: {known}.")
        self.complain("M80", template, f"{within}{key}", value=value, known=known)
        return None

    def parts(self, data: Mapping[str, Any], key: str) -> Iterator[tuple[Mapping[str, Any], str]]:
        """Yield the records of a list with their places, `votes.0.`."""
        value = data.get(key, [])
        if not isinstance(value, list):
            self._unusable(value, key)
            return
        for position, part in enumerate(value):
            if isinstance(part, dict):
                self.check_keys(part, key, f"{key}.{position}.")
                yield part, f"{key}.{position}."
            else:
                self._unusable(part, f"{key}.{position}")

    def _unusable(self, value: object, place: str) -> None:
        shown = str(value)[:40]
        self.complain("M84", N_("“{value}” cannot be used for “{key}”."), place, value=shown, key=place)


class _People:
    """The roll of the day, by name."""

    def __init__(self, roll: Sequence[RosterEntry], day: date, reader: _Reader) -> None:
        self._roll = roll
        self._day = day
        self._reader = reader

    def find(self, name: str, place: str) -> str | None:
        """Return the id of the one person of a name, None (with a finding) if there is not exactly one."""
        wanted = _levelled(name)
        found = [entry.member for entry in self._roll if _levelled(entry.member.name) == wanted]
        if not found and (with_year := NAME_AND_YEAR.fullmatch(name.strip())):
            wanted, year = _levelled(with_year[1]), with_year[2]
            found = [
                entry.member
                for entry in self._roll
                if _levelled(entry.member.name) == wanted
                and entry.member.birth is not None
                and entry.member.birth.iso.startswith(year)
            ]
        if len(found) == 1:
            return found[0].id
        if found:
            template = N_(
                "{count} people on the roll are called “{name}”: add the year of birth in brackets."
            )
            self._reader.complain("M83", template, place, count=len(found), name=name)
        else:
            template = N_("“{name}” is not on the roll of {day}.")
            self._reader.complain("M82", template, place, name=name, day=self._day)
        return None


def _levelled(name: str) -> str:
    return names.clean(name).casefold()


def _marks(data: Mapping[str, Any], reader: _Reader, people: _People) -> dict[str, Mark]:
    marks: dict[str, Mark] = {}

    def put(name: str, place: str, made: Mark) -> None:
        member_id = people.find(name, place)
        if member_id in marks:
            reader.complain("M89", N_("“{name}” is named twice."), place, name=name)
        elif member_id is not None:
            marks[member_id] = Mark(
                meeting_id="", member_id=member_id, attendance=made.attendance, reason=made.reason,
                note=made.note,
            )  # fmt: skip

    for part, within in reader.parts(data, "absent"):
        excused = reader.flag(part, "excused", within, default=True)
        made = Mark(
            meeting_id="",
            member_id="",
            attendance=Attendance.EXCUSED if excused else Attendance.UNEXCUSED,
            reason=reader.choice(part, "reason", AbsenceReason, within) if excused else None,
            note=reader.text(part, "note", within),
        )
        put(reader.text(part, "name", within), f"{within}name", made)
    came = Mark(meeting_id="", member_id="", attendance=Attendance.PRESENT)
    also = data.get("also_present", [])
    for position, name in enumerate(also if isinstance(also, list) else [also]):
        place = f"also_present.{position}"
        put(reader.text({place: name}, place), place, came)
    return marks


def _guests(data: Mapping[str, Any], reader: _Reader) -> Iterator[Guest]:
    for position, (part, within) in enumerate(reader.parts(data, "guests")):
        yield Guest(
            id="",
            meeting_id="",
            position=position,
            name=reader.text(part, "name", within),
            post=reader.text(part, "post", within),
            superior=reader.flag(part, "superior", within),
            remarks=reader.text(part, "remarks", within),
        )


def _items(data: Mapping[str, Any], reader: _Reader) -> Iterator[AgendaItem]:
    for position, (part, within) in enumerate(reader.parts(data, "items")):
        yield AgendaItem(
            id="",
            meeting_id="",
            position=position,
            title=reader.text(part, "title", within),
            presenter=reader.text(part, "presenter", within),
            text=reader.text(part, "text", within),
            conclusion=reader.text(part, "conclusion", within),
        )


def _votes(data: Mapping[str, Any], reader: _Reader) -> Iterator[Vote]:
    for position, (part, within) in enumerate(reader.parts(data, "votes")):
        yield Vote(
            id="",
            meeting_id="",
            position=position,
            question=reader.text(part, "question", within),
            vote_class=reader.choice(part, "class", VoteClass, within) or VoteClass.MAJORITY,
            method=reader.choice(part, "method", VoteMethod, within) or VoteMethod.CARD,
            in_favour=reader.count(part, "in_favour", within),
            against=reader.count(part, "against", within),
            other=reader.count(part, "other", within),
            minority=reader.text(part, "minority", within),
        )


def _tasks(data: Mapping[str, Any], reader: _Reader) -> Iterator[AssignedTask]:
    for position, (part, within) in enumerate(reader.parts(data, "tasks")):
        yield AssignedTask(
            id="",
            meeting_id="",
            position=position,
            text=reader.text(part, "text", within),
            assignees=reader.text(part, "assignees", within),
            due=reader.day(part, "due", within),
            done_percent=reader.count(part, "done_percent", within) if "done_percent" in part else None,
            result=reader.text(part, "result", within),
        )


def _scores(data: Mapping[str, Any], reader: _Reader) -> dict[str, tuple[int, str]]:
    """Return points in tenths with the reason for a loss: 4.5 points are 45."""
    scores = data.get("scores", {})
    made: dict[str, tuple[int, str]] = {}
    for code, given in scores.items() if isinstance(scores, dict) else [("", scores)]:
        place = f"scores.{code}".rstrip(".")
        told = given if isinstance(given, dict) else {"points": given}
        reader.check_keys(told, "scores", f"{place}.")
        tenths = _tenths(told.get("points"))
        if code and tenths is not None:
            made[code] = (tenths, reader.text(told, "reason", f"{place}."))
        else:
            template = N_("“{value}” are no points: whole ones or tenths are written as 4 or 4.5.")
            reader.complain("M88", template, place, value=str(told.get("points"))[:40])
    return made


def _tenths(points: object) -> int | None:
    """Return points in tenths; through their text, since 2.3 × 10 is not 23 in binary numbers."""
    if isinstance(points, bool) or not isinstance(points, int | float):
        return None
    tenths = Decimal(str(points)) * 10
    return int(tenths) if tenths.is_finite() and tenths >= 0 and tenths == int(tenths) else None
