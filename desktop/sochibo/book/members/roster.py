"""A roster against the book: who is new, who is known already, and what would be recorded."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sochibo.book.members.member_checks import check_line, check_times
from sochibo.faults import Finding, Severity
from sochibo.messages import N_
from sochibo.rules.members.duplicates import fuller
from sochibo.rules.members.members import Member, MemberEvent, masked
from sochibo.rules.names import fold
from sochibo.storage.engine import preferences
from sochibo.storage.engine.identity import new_id
from sochibo.storage.records import members as storage
from sochibo.storage.sheets.bare_sheet import look_at
from sochibo.storage.sheets.roster import read_roster
from sochibo.storage.sheets.roster_sheet import NoNames, headers_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from sochibo.rules.dates import PartialDate
    from sochibo.storage.engine.database import Database
    from sochibo.storage.sheets.roster import RosterLine

__all__ = [
    "NoNames",
    "RosterPreview",
    "RosterRow",
    "RosterStart",
    "preview",
    "record",
    "remember",
    "start_of",
]

LAYOUT: Final = "roster layout "
"""Begins the names of preferences that hold, for one header row, which column is which field."""


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One row of a roster as it would be recorded.

    `number` is the row in the sheet, counted from 1 as Excel shows it; `matches` is the id of the member
    already in the book. A row with a red finding is left out of the import.
    """

    number: int
    member: Member
    events: tuple[MemberEvent, ...]
    findings: tuple[Finding, ...] = ()
    matches: str | None = None

    @property
    def usable(self) -> bool:
        """Tell whether the row can be recorded."""
        return not any(finding.severity is Severity.RED for finding in self.findings)


@dataclass(frozen=True, slots=True)
class RosterPreview:
    """A roster as read: which header means what, and every row; nothing is written yet.

    `layout` names the header row. `remembered` tells that the columns are those somebody chose before for
    such a header row, `mapping` is the choice made now, which the import will remember.
    """

    file: str
    sheet: str
    columns: tuple[tuple[str, str], ...]
    unknown_columns: tuple[str, ...]
    rows: tuple[RosterRow, ...]
    layout: str = ""
    remembered: bool = False
    mapping: Mapping[str, str] | None = None
    bare: bool = False


@dataclass(frozen=True, slots=True)
class RosterStart:
    """How a list begins in which no column of names was found: what a person needs to say what is what.

    `headers` are what may be its headers with examples, empty where no row looks like one. Without a header
    its columns go by `letters`, `fields` are what these seem to hold, and `rows` the first rows by number.
    `bare` tells that the first row seems to be a person already. Long numbers are masked.
    """

    headers: tuple[tuple[str, tuple[str, ...]], ...]
    letters: tuple[str, ...]
    fields: Mapping[str, str]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    bare: bool


_FIRST_ROWS: Final = 5
_LONG_NUMBER: Final = re.compile(r"\d{9,}")


def start_of(path: Path) -> RosterStart:
    """Look at a list in which no column of names was found; raises faults of files."""
    sheet, headers = look_at(path, _FIRST_ROWS), headers_of(path)
    return RosterStart(
        headers=tuple(
            (header, tuple(map(_unseen, examples)))
            for header, examples in headers
            # Somebody's number heads no column.
            if not _LONG_NUMBER.fullmatch(header)
        ),
        letters=sheet.letters,
        fields=sheet.fields,
        rows=tuple((number, tuple(map(_unseen, row))) for number, row in sheet.rows),
        bare=not headers or not sheet.has_header,
    )


def _unseen(text: str) -> str:
    return masked(text) if _LONG_NUMBER.fullmatch(text) else text


def preview(
    database: Database,
    path: Path,
    today: date,
    mapping: Mapping[str, str] | None = None,
    *,
    bare: bool = False,
) -> RosterPreview:
    """Read a roster and say of every row what would become of it; writes nothing."""
    layouts = {} if mapping is not None else preferences.named(database, LAYOUT)
    chosen_before = {layout: json.loads(chosen) for layout, chosen in layouts.items()}
    roster = read_roster(path, today, mapping=mapping, layouts=chosen_before, bare=bare)
    known = storage.read_members(database)
    events = storage.read_events(database)
    rows: list[RosterRow] = []
    for line in roster.lines:
        rows.append(_row(line, rows, known, events, today))
    return RosterPreview(
        file=path.name,
        sheet=roster.sheet,
        columns=roster.columns,
        unknown_columns=roster.unknown,
        rows=tuple(rows),
        layout=roster.layout,
        remembered=roster.remembered,
        mapping=mapping,
        bare=bare,
    )


def remember(database: Database, shown: RosterPreview) -> None:
    """Keep a person's choice of columns for the next list with the same header row; one without has none."""
    if shown.mapping is not None and shown.layout:
        text = json.dumps(dict(shown.mapping), ensure_ascii=False, sort_keys=True)
        if preferences.get(database, LAYOUT + shown.layout) != text:
            preferences.put(database, LAYOUT + shown.layout, text)


def record(database: Database, shown: RosterPreview) -> None:
    """Record the usable rows, inside an act.

    Rows are compared with the book anew: a preview that is recorded twice, or late, adds nobody twice. They
    are never compared with one another: a list may name two people who are called the same.
    """
    known = storage.read_members(database)
    events = storage.read_events(database)
    for row in shown.rows:
        if not row.usable:
            continue
        found = next((member for member in known if member.id == row.matches), None)
        found = found or _match(row.member, known) or _recorded(row.member, known)
        if found is None:
            made = dataclasses.replace(row.member, id=new_id())
            storage.add_member(database, made)
            theirs: Sequence[MemberEvent] = row.events
        else:
            made = _completed(found, row.member)
            storage.change_member(database, made)
            theirs = _missing_events(row.events, events.get(made.id, ()))
            known.remove(found)
        _add_events(database, made.id, theirs, events)


def _recorded(person: Member, known: Sequence[Member]) -> Member | None:
    """Find the very line that an earlier recording of the same rows has written."""
    return next((one for one in known if dataclasses.replace(one, id=person.id) == person), None)


def _add_events(
    database: Database, member_id: str, theirs: Iterable[MemberEvent], events: dict[str, list[MemberEvent]]
) -> None:
    for event in theirs:
        made = dataclasses.replace(event, id=new_id(), member_id=member_id)
        undated = [old for old in events.get(member_id, ()) if old.kind is event.kind and old.on is None]
        for old in undated:
            storage.remove_event(database, old.id)
        storage.add_event(database, made)
        events.setdefault(member_id, []).append(made)


def _row(
    line: RosterLine,
    before: Sequence[RosterRow],
    known: Sequence[Member],
    events: dict[str, list[MemberEvent]],
    today: date,
) -> RosterRow:
    findings = list(line.findings)
    twin = next((row for row in before if row.usable and _same(line.member, row.member)), None)
    if twin is not None:
        findings.append(
            _finding("P51", Severity.RED, N_("The same person stands in row {row}."), row=twin.number)
        )
    match = _match(line.member, known)
    if twin is None:
        findings += _namesakes(line.member, match, before)
    if match is None:
        findings += [f for f in check_line(line.member, known) if f.code != "P01"]
        findings += check_times(line.member, line.events, today)
        return RosterRow(line.number, line.member, line.events, tuple(findings))
    if match.birth is None or line.member.birth is None:
        numbers = {match.identity_no, match.card_no} & {line.member.identity_no, line.member.card_no} - {""}
        if not numbers:
            sentence = N_("Taken to be {name}, who is in the book already.")
            findings.append(_finding("P52", Severity.YELLOW, sentence, name=match.name))
    completed = _completed(match, line.member)
    old = events.get(match.id, [])
    new = _missing_events(line.events, old)
    findings += check_line(completed)
    findings += [
        f for f in check_times(completed, (*old, *new), today) if f not in check_times(match, old, today)
    ]
    return RosterRow(line.number, completed, tuple(new), tuple(findings), match.id)


def _namesakes(person: Member, match: Member | None, before: Sequence[RosterRow]) -> Iterator[Finding]:
    """Say of rows that cannot be told apart whether they are two people, or one of them is left out."""
    for row in before:
        if match is not None and row.usable and row.matches == match.id:
            text = N_("Row {row} is taken to be {name} already: enter a date of birth to tell them apart.")
            yield _finding("P59", Severity.RED, text, row=row.number, name=match.name)
            return
        unknown = row.member.birth is None or person.birth is None
        if match is None and row.usable and unknown and fold(row.member.name) == fold(person.name):
            if not _numbers_differ(row.member, person):
                text = N_("Row {row} has the same name; both are recorded as two people: please check.")
                yield _finding("P60", Severity.YELLOW, text, row=row.number)
            return


def _match(person: Member, known: Sequence[Member]) -> Member | None:
    """Find a person in the book: by identity number, by card, by name and birth, by a name that is alone.

    Numbers that both have and that differ tell two people apart, whatever they are called.
    """
    for number in ("identity_no", "card_no"):
        told = getattr(person, number)
        found = next((member for member in known if told and getattr(member, number) == told), None)
        if found is not None:
            return found
    namesakes = [
        member
        for member in known
        if fold(member.name) == fold(person.name) and not _numbers_differ(member, person)
    ]
    born = [member for member in namesakes if _may_be_one_day(member.birth, person.birth)]
    sure = [member for member in born if member.birth is not None and person.birth is not None]
    return sure[0] if len(sure) == 1 else born[0] if len(born) == 1 else None


def _same(one: Member, other: Member) -> bool:
    """Tell whether two rows of one file are surely one person."""
    for number in ("identity_no", "card_no"):
        if getattr(one, number) and getattr(one, number) == getattr(other, number):
            return True
    return (
        bool(one.name)
        and fold(one.name) == fold(other.name)
        and one.birth is not None
        and one.birth == other.birth
        and not _numbers_differ(one, other)
    )


def _numbers_differ(one: Member, other: Member) -> bool:
    pairs = ((one.identity_no, other.identity_no), (one.card_no, other.card_no))
    return any(first and second and first != second for first, second in pairs)


def _may_be_one_day(one: PartialDate | None, other: PartialDate | None) -> bool:
    if one is None or other is None:
        return True
    return one.earliest <= other.latest and other.earliest <= one.latest


def _completed(known: Member, told: Member) -> Member:
    """Return a known member with what was empty filled in; nothing that stands is replaced.

    Of a date of birth the day is filled in where only the month or year was known.
    """
    more: dict[str, Any] = {
        field.name: getattr(told, field.name)
        for field in dataclasses.fields(known)
        if field.name not in {"id", "name", "register_no"} and not getattr(known, field.name)
    }
    if known.birth is not None and told.birth is not None:
        more["birth"] = fuller(known.birth, told.birth)
    return dataclasses.replace(known, **more)


def _missing_events(told: Sequence[MemberEvent], known: Sequence[MemberEvent]) -> list[MemberEvent]:
    """Return the events to be added to a known member's.

    Only dated ones, and only where the book has none of the kind with a date: what a roster supposes must
    not change the standing of somebody whom the book knows better. Somebody without events gets them all.
    """
    if not known:
        return list(told)
    dated = {event.kind for event in known if event.on is not None}
    return [event for event in told if event.on is not None and event.kind not in dated]


def _finding(code: str, severity: Severity, template: str, **fields: object) -> Finding:
    return Finding(code, severity, template, fields, "name")
