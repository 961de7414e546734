"""The members of a book: the register, its events, and rosters read into it."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from sochibo.book.changes import Changes
from sochibo.book.members import roster
from sochibo.book.members.member_checks import check_event, check_line, check_times
from sochibo.book.members.roster import NoNames, RosterPreview, RosterRow, RosterStart
from sochibo.book.upkeep.backups import Reason
from sochibo.faults import Finding, Refused, Severity
from sochibo.messages import N_
from sochibo.rules.members.event_checks import check_details
from sochibo.rules.members.members import EventKind, Member, MemberEvent, RosterEntry, standing_on
from sochibo.rules.members.rolls import told_apart
from sochibo.rules.names import clean, sort_key
from sochibo.storage.engine.identity import new_id
from sochibo.storage.records import members as storage
from sochibo.storage.sheets.roster_words import roster_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import date
    from pathlib import Path

    from sochibo.book.upkeep.backups import Backups
    from sochibo.rules.dates import PartialDate
    from sochibo.storage.engine.database import Database

__all__ = ["Members", "NoNames", "RosterPreview", "RosterRow", "RosterStart"]


class Members:
    """The register; names come sorted in Vietnamese order."""

    def __init__(self, database: Database, backups: Backups | None = None) -> None:
        self._database: Final = database
        self._backups: Final = backups

    def on(self, day: date, *, everybody: bool = False) -> tuple[RosterEntry, ...]:
        """Return who is listed on a day with the standing of that day; `everybody` adds those who left."""
        events = storage.read_events(self._database)
        people = sorted(
            storage.read_members(self._database), key=lambda member: (sort_key(member.name), member.id)
        )
        entries = (RosterEntry(person, standing_on(events.get(person.id, ()), day)) for person in people)
        return tuple(entry for entry in entries if everybody or entry.standing.listed)

    def is_listed(self, member_id: str, day: date) -> bool:
        """Tell whether someone is on the roll of a day, without reading everybody else."""
        events = storage.read_events(self._database, member_id)
        return standing_on(events.get(member_id, ()), day).listed

    def get(self, member_id: str) -> Member:
        """Return one member; raises KeyError."""
        return storage.read_member(self._database, member_id)

    def names(self) -> dict[str, str]:
        """Return everybody's name by id."""
        return {member.id: member.name for member in storage.read_members(self._database)}

    def told_apart(self) -> dict[str, str]:
        """Return everybody's name by id, with the year of birth where several of the register bear it."""
        return told_apart(storage.read_members(self._database))

    def events(self, member_id: str) -> tuple[MemberEvent, ...]:
        """Return the events of one member in the order of time."""
        return tuple(storage.read_events(self._database, member_id).get(member_id, ()))

    def check(self, member: Member) -> tuple[Finding, ...]:
        """Return what the register has to say about a line, before or after it is recorded."""
        cleaned = _cleaned(member)
        events = self.events(member.id) if member.id else ()
        others = storage.read_members(self._database)
        return (*check_line(cleaned, others), *check_times(cleaned, events, _today()))

    def add(self, member: Member, events: Sequence[MemberEvent] = ()) -> Changes:
        """Record a new member (ids may be empty: they are made here); raises Refused without a name."""
        made = dataclasses.replace(_cleaned(member), id=member.id or new_id())
        theirs = [
            dataclasses.replace(event, id=event.id or new_id(), member_id=made.id, note=clean(event.note))
            for event in events
        ]
        _refuse([*check_line(made), *check_times(made, theirs, _today())])
        with self._act(N_("Added {name}"), made):
            storage.add_member(self._database, made)
            for event in theirs:
                storage.add_event(self._database, event)
        return Changes.MEMBERS

    def change(self, member: Member) -> Changes:
        """Change the register line of a member; raises Refused."""
        changed = _cleaned(member)
        _refuse([*check_line(changed), *check_times(changed, self.events(changed.id), _today())])
        with self._act(N_("Changed the register line of {name}"), changed, merge_key=f"member:{changed.id}"):
            storage.change_member(self._database, changed)
        return Changes.MEMBERS

    def remove(self, member_id: str) -> Changes:
        """Take a member out who was recorded by mistake; raises Refused if a meeting knows the person."""
        member = self.get(member_id)
        if self._is_known_to_meetings(member_id):
            template = N_("{name} stands in the record of a meeting: record why the person left instead.")
            raise Refused([Finding("P31", Severity.RED, template, {"name": member.name})])
        with self._act(N_("Removed {name}"), member):
            storage.remove_member(self._database, member_id)
        return Changes.MEMBERS

    def record_event(
        self,
        member_id: str,
        kind: EventKind,
        on: PartialDate | None,
        *,
        until: PartialDate | None = None,
        decision: str = "",
        note: str = "",
    ) -> Changes:
        """Record an event; raises Refused where it contradicts the events before it."""
        return self.record(
            MemberEvent(
                id="", member_id=member_id, kind=kind, on=on, until=until, decision=decision, note=note
            )
        )

    def record(self, event: MemberEvent) -> Changes:
        """Record a whole event (its id may be empty); raises Refused where it contradicts those before it."""
        member, before = self.get(event.member_id), self.events(event.member_id)
        made = _cleaned_event(dataclasses.replace(event, id=event.id or new_id()), member)
        self._refuse_event(member, before, made)
        with self._act(N_("Recorded an event of {name}"), member):
            storage.add_event(self._database, made)
        return Changes.MEMBERS

    def change_event(self, event: MemberEvent) -> Changes:
        """Write an event anew; raises Refused, or KeyError where it is gone."""
        storage.read_event(self._database, event.id)
        member = self.get(event.member_id)
        others = tuple(one for one in self.events(event.member_id) if one.id != event.id)
        made = _cleaned_event(event, member)
        self._refuse_event(member, others, made)
        with self._act(N_("Changed an event of {name}"), member):
            storage.change_event(self._database, made)
        return Changes.MEMBERS

    def check_event(self, event: MemberEvent) -> tuple[Finding, ...]:
        """Return what is odd about an event that may be recorded all the same."""
        others = [one for one in self.events(event.member_id) if one.id != event.id]
        return tuple(check_details(event, others, _today()))

    def remove_event(self, event_id: str) -> Changes:
        """Take back an event recorded by mistake."""
        event = storage.read_event(self._database, event_id)
        with self._act(N_("Took back an event of {name}"), self.get(event.member_id)):
            storage.remove_event(self._database, event_id)
        return Changes.MEMBERS

    def _refuse_event(self, member: Member, others: Sequence[MemberEvent], event: MemberEvent) -> None:
        today = _today()
        # What was wrong before (an old record, a date typed amiss) must not keep the book from going on.
        old = check_times(member, others, today)
        new = [one for one in check_times(member, (*others, event), today) if one not in old]
        before = event.on.earliest if event.on else today
        # By what the book holds now: an arrival that is changed has kept the days before it free.
        counted = any(day < before for day in self._days_counted(self.events(member.id)))
        _refuse(
            [
                *new,
                *check_event(event, others, today, counted=counted),
                *check_details(event, others, today),
            ]
        )

    def preview_roster(
        self, path: Path, *, mapping: Mapping[str, str] | None = None, bare: bool = False
    ) -> RosterPreview:
        """Read a roster (`.xlsx`, `.xls`, `.ods`, `.csv`) without writing anything.

        `mapping` gives headers their fields where a person knows better, an empty one to leave a column out;
        without it the choice made before for the same header row counts, and else what the headers say.
        A `bare` list has no header: `mapping` names its columns by their letters, and the first row counts.
        Raises storage's roster faults: no list, a password, no column with names, no rows.
        """
        return roster.preview(self._database, path, _today(), mapping, bare=bare)

    def roster_start(self, path: Path) -> RosterStart:
        """Return how a list begins in which no column of names was found, so that a person says what is what.

        Raises faults of files.
        """
        return roster.start_of(path)

    def roster_fields(self) -> tuple[str, ...]:
        """Return the fields that a column of a roster can be given."""
        return tuple(dict.fromkeys(roster_words().columns.values()))

    def import_roster(self, preview: RosterPreview) -> Changes:
        """Record the usable rows as one act.

        New members are added, known ones only completed, nobody is removed. A choice of columns is
        remembered for the next list with the same header. A backup copy is made before it, where that can be
        done.
        """
        if self._backups is not None:
            self._backups.make_if_changed(Reason.IMPORT)
        with self._database.act(
            N_("Read the roster {file}"), {"file": preview.file}, changes=Changes.MEMBERS.value
        ):
            roster.record(self._database, preview)
        roster.remember(self._database, preview)
        return Changes.MEMBERS

    def _is_known_to_meetings(self, member_id: str) -> bool:
        """Tell whether a meeting names the person, or finished minutes count them among those present."""
        if storage.is_known_to_meetings(self._database, member_id):
            return True
        return bool(self._days_counted(self.events(member_id)))

    def _days_counted(self, events: Sequence[MemberEvent]) -> list[date]:
        """Return the days on which finished minutes count somebody of these events on the roll."""
        days = storage.days_of_closed_meetings(self._database)
        return [day for day in days if standing_on(events, day).listed]

    def _act(
        self, template: str, member: Member, merge_key: str | None = None
    ) -> AbstractContextManager[None]:
        return self._database.act(
            template, {"name": member.name}, changes=Changes.MEMBERS.value, merge_key=merge_key
        )


def _cleaned(member: Member) -> Member:
    """Return the line with every text NFC and trimmed; a note keeps its lines."""
    texts: dict[str, Any] = {
        field.name: clean(value)
        for field in dataclasses.fields(member)
        if field.name not in {"id", "note"} and type(value := getattr(member, field.name)) is str
    }
    return dataclasses.replace(member, **texts, note=member.note.strip())


def _cleaned_event(event: MemberEvent, member: Member) -> MemberEvent:
    """Return an event with every text NFC and trimmed; a change of name keeps the name of before."""
    texts: dict[str, Any] = {
        field.name: clean(value)
        for field in dataclasses.fields(event)
        if field.name not in {"id", "member_id", "kind"} and type(value := getattr(event, field.name)) is str
    }
    if event.kind is EventKind.NAME_CHANGE and not texts["former_name"]:
        texts["former_name"] = member.name
    return dataclasses.replace(event, **texts)


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


def _refuse(findings: Sequence[Finding]) -> None:
    red = [finding for finding in findings if finding.severity is Severity.RED]
    if red:
        raise Refused(red)
