"""A whole meeting read from plain data: what the file of `sochibo meeting add` holds.

Everything that is wrong is told at once, each with its place, and nothing is guessed: an unknown key may
be a misspelt one, and a name that is not on the roll may be another person's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from sochibo.book.upkeep.plain_data import People, Reader
from sochibo.faults import Refused
from sochibo.messages import N_
from sochibo.rules.meetings.meetings import (
    AbsenceReason,
    AgendaItem,
    AssignedTask,
    Attendance,
    Guest,
    Mark,
    Meeting,
    MeetingFormat,
    MeetingKind,
    Vote,
    VoteClass,
    VoteMethod,
)
from sochibo.rules.meetings.proposals import Proposal, ProposalState
from sochibo.rules.meetings.study import StudySession

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from sochibo.rules.members.members import RosterEntry

__all__ = ["KEYS", "MeetingData", "read_meeting"]

KEYS: Final = {
    "": frozenset({
        "kind", "on", "start", "end", "place", "theme", "format", "notice_on", "papers_on", "uploaded_on",
        "chair", "minute_taker", "observer", "fee", "absent", "also_present", "late", "guests", "items",
        "proposals", "studies", "votes", "tasks", "scores", "not_scored", "conclusion", "rating_note",
        "adopted", "close", "number",
    }),
    "absent": frozenset({"name", "reason", "note", "excused", "accepted_by"}),
    "guests": frozenset({"name", "post", "organisation", "superior", "assigned", "remarks"}),
    "items": frozenset({"title", "presenter", "text", "speeches", "conclusion", "finished"}),
    "items.speeches": frozenset({"speaker", "text"}),
    "proposals": frozenset({"text", "member", "state", "answer", "answered_by", "forwarded_to"}),
    "studies": frozenset({"subject", "organiser", "convened", "present"}),
    "votes": frozenset({
        "question", "class", "method", "in_favour", "against", "other", "blank", "invalid", "tellers",
        "minority",
    }),
    "tasks": frozenset({"text", "assignees", "due", "done_percent", "result"}),
    "scores": frozenset({"points", "reason"}),
}  # fmt: skip
"""The keys of the data and of its lists; a test compares them with the JSON Schema."""

TEXT_FIELDS: Final = {
    "start": "start", "end": "end", "place": "place", "theme": "theme", "fee": "fee_note",
    "conclusion": "conclusion", "rating_note": "rating_note", "not_scored": "not_scored_reason",
}  # fmt: skip
TIME: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingData:
    """What was read; ids are still empty."""

    meeting: Meeting
    marks: Mapping[str, Mark] = field(default_factory=dict)
    guests: tuple[Guest, ...] = ()
    items: tuple[AgendaItem, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    studies: tuple[StudySession, ...] = ()
    votes: tuple[Vote, ...] = ()
    tasks: tuple[AssignedTask, ...] = ()
    scores: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    close: bool = False
    number: int | None = None


def read_meeting(data: Mapping[str, Any], roll_on: Callable[[date], Sequence[RosterEntry]]) -> MeetingData:
    """Read a meeting; raises Refused with everything that is wrong.

    `roll_on` gives the people on the roll of a day. Two people of one name are told apart by the year of
    birth: `Trần Văn An (1961)`.
    """
    reader = Reader(KEYS)
    reader.check_keys(data, "")
    kind = reader.choice(data, "kind", MeetingKind)
    on = reader.day(data, "on")
    if kind is None:
        reader.complain("M86", N_("The kind of meeting is missing."), "kind", once=True)
    if on is None:
        reader.complain("M86", N_("The day of the meeting is missing."), "on", once=True)
    if kind is None or on is None:
        raise Refused(reader.findings)
    people = People(roll_on(on), on, reader)
    values = _values(data, reader, people)
    read = MeetingData(
        meeting=Meeting(id="", kind=kind, on=on, **values),
        marks=_marks(data, reader, people),
        guests=tuple(_guests(data, reader)),
        items=tuple(_items(data, reader)),
        proposals=tuple(_proposals(data, reader, people)),
        studies=tuple(_studies(data, reader, on)),
        votes=tuple(_votes(data, reader)),
        tasks=tuple(_tasks(data, reader)),
        scores=_scores(data, reader),
        close=reader.flag(data, "close"),
        number=reader.count(data, "number", "") or None,
    )
    if reader.findings:
        raise Refused(reader.findings)
    return read


def _values(data: Mapping[str, Any], reader: Reader, people: People) -> dict[str, Any]:
    """Return the meeting's own fields but kind and day."""
    values: dict[str, Any] = {TEXT_FIELDS[key]: reader.text(data, key) for key in TEXT_FIELDS if key in data}
    for key, name in (
        ("chair", "chair_id"),
        ("minute_taker", "minute_taker_id"),
        ("observer", "observer_id"),
    ):
        if key in data:
            values[name] = people.find(reader.text(data, key), key)
    for key in ("notice_on", "papers_on", "uploaded_on"):
        values[key] = reader.day(data, key)
    values["format"] = reader.choice(data, "format", MeetingFormat) or MeetingFormat.IN_PERSON
    if "adopted" in data:
        values["adopted"] = reader.flag(data, "adopted")
    for key in ("start", "end"):
        if data.get(key) and not TIME.fullmatch(reader.text(data, key)):
            reader.complain("M87", N_("“{value}” is no time such as 19:30."), key, value=data[key])
    return values


def _marks(data: Mapping[str, Any], reader: Reader, people: People) -> dict[str, Mark]:
    marks: dict[str, Mark] = {}

    def put(name: str, place: str, made: Mark) -> None:
        member_id = people.find(name, place)
        if member_id in marks:
            reader.complain("M89", N_("“{name}” is named twice."), place, name=name)
        elif member_id is not None:
            marks[member_id] = replace(made, member_id=member_id)

    for part, within in reader.parts(data, "absent"):
        excused = reader.flag(part, "excused", within, default=True)
        made = Mark(
            meeting_id="",
            member_id="",
            attendance=Attendance.EXCUSED if excused else Attendance.UNEXCUSED,
            reason=reader.choice(part, "reason", AbsenceReason, within) if excused else None,
            note=reader.text(part, "note", within),
            accepted_by=reader.text(part, "accepted_by", within) if excused else "",
        )
        put(reader.text(part, "name", within), f"{within}name", made)
    came = Mark(meeting_id="", member_id="", attendance=Attendance.PRESENT)
    for key, made in (("also_present", came), ("late", replace(came, late=True))):
        listed = data.get(key, [])
        for position, name in enumerate(listed if isinstance(listed, list) else [listed]):
            place = f"{key}.{position}"
            put(reader.text({place: name}, place), place, made)
    return marks


def _guests(data: Mapping[str, Any], reader: Reader) -> Iterator[Guest]:
    for position, (part, within) in enumerate(reader.parts(data, "guests")):
        yield Guest(
            id="",
            meeting_id="",
            position=position,
            name=reader.text(part, "name", within),
            post=reader.text(part, "post", within),
            superior=reader.flag(part, "superior", within),
            remarks=reader.text(part, "remarks", within),
            organisation=reader.text(part, "organisation", within),
            assigned=reader.flag(part, "assigned", within),
        )


def _items(data: Mapping[str, Any], reader: Reader) -> Iterator[AgendaItem]:
    for position, (part, within) in enumerate(reader.parts(data, "items")):
        said = (
            f"{reader.text(one, 'speaker', place)}: {reader.text(one, 'text', place)}"
            for one, place in reader.parts(part, "speeches", "items.", within)
        )
        yield AgendaItem(
            id="",
            meeting_id="",
            position=position,
            title=reader.text(part, "title", within),
            presenter=reader.text(part, "presenter", within),
            text="\n".join(filter(None, (reader.text(part, "text", within), *said))),
            conclusion=reader.text(part, "conclusion", within),
            finished=reader.flag(part, "finished", within, default=True),
        )


def _proposals(data: Mapping[str, Any], reader: Reader, people: People) -> Iterator[Proposal]:
    for position, (part, within) in enumerate(reader.parts(data, "proposals")):
        member = reader.text(part, "member", within)
        yield Proposal(
            id="",
            meeting_id="",
            position=position,
            text=reader.text(part, "text", within),
            member_id=people.find(member, f"{within}member") if member else None,
            state=reader.choice(part, "state", ProposalState, within) or ProposalState.OPEN,
            answer=reader.text(part, "answer", within),
            answered_by=reader.text(part, "answered_by", within),
            forwarded_to=reader.text(part, "forwarded_to", within),
        )


def _studies(data: Mapping[str, Any], reader: Reader, day: date) -> Iterator[StudySession]:
    for part, within in reader.parts(data, "studies"):
        yield StudySession(
            id="",
            on=day,
            subject=reader.text(part, "subject", within),
            organiser=reader.text(part, "organiser", within),
            convened=reader.count(part, "convened", within),
            present=reader.count(part, "present", within),
        )


def _votes(data: Mapping[str, Any], reader: Reader) -> Iterator[Vote]:
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
            blank=reader.count(part, "blank", within) if "blank" in part else None,
            invalid=reader.count(part, "invalid", within) if "invalid" in part else None,
            tellers=reader.text(part, "tellers", within),
        )


def _tasks(data: Mapping[str, Any], reader: Reader) -> Iterator[AssignedTask]:
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


def _scores(data: Mapping[str, Any], reader: Reader) -> dict[str, tuple[int, str]]:
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
