"""The companion registers of a book: written in, or read off what is recorded elsewhere."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from sochibo.book.changes import Changes
from sochibo.faults import Refused, Severity, red
from sochibo.messages import N_
from sochibo.rules.members.badges import BadgeState
from sochibo.rules.members.member_rules import probation_due, probation_ends
from sochibo.rules.members.members import EventKind, Membership
from sochibo.rules.members.offices import check_offices, words_of
from sochibo.rules.members.register_columns import EVENTS_OF, REGISTERS, columns_of
from sochibo.rules.members.registers import RegisterKind, RegisterLine, check_line
from sochibo.rules.names import clean
from sochibo.rules.reports import ReportKind
from sochibo.storage.engine.identity import new_id
from sochibo.storage.records import members as member_rows
from sochibo.storage.records import registers as storage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from sochibo.book.book import Book
    from sochibo.faults import Finding
    from sochibo.rules.members.badges import Badge
    from sochibo.rules.members.offices import Office, PartyGroup
    from sochibo.storage.engine.database import Database

__all__ = ["Registers"]


class Registers:
    """Every register gives lines of texts; those in `REGISTERS` can be written in."""

    def __init__(self, database: Database, book: Book) -> None:
        self._database: Final = database
        self._book: Final = book

    def lines(self, kind: RegisterKind, on: date) -> tuple[RegisterLine, ...]:
        """Return the lines of a register, newest first; `on` is the day of which standings are told."""
        if kind in REGISTERS:
            return tuple(reversed(storage.read_lines(self._database, REGISTERS[kind])))
        return tuple(self._derived(kind, on))

    def of_member(self, kind: RegisterKind, member_id: str) -> tuple[RegisterLine, ...]:
        """Return the lines about one person."""
        lines = storage.read_lines(self._database, REGISTERS[kind])
        return tuple(line for line in lines if line.values.get("member_id") == member_id)

    def check(self, kind: RegisterKind, line: RegisterLine) -> tuple[Finding, ...]:
        """Return what speaks against a line, at its fields."""
        register = REGISTERS[kind]
        return check_line(register, line, storage.read_lines(self._database, register), _today())

    def record(self, kind: RegisterKind, line: RegisterLine) -> str:
        """Write a line, a new one where its id is empty; returns its id. Raises Refused."""
        register = REGISTERS[kind]
        cleaned = {name: clean(value) for name, value in line.values.items()}
        made = dataclasses.replace(line, id=line.id or new_id(), values=cleaned)
        wrong = [one for one in self.check(kind, made) if one.severity is Severity.RED]
        if wrong:
            raise Refused(wrong)
        before = None if not line.id else storage.read_line(self._database, register, line.id)
        template = N_("Changed a line of a register") if line.id else N_("Wrote a line in a register")
        with self._database.act(template, changes=Changes.MEMBERS.value):
            write = storage.change_line if line.id else storage.add_line
            write(self._database, register, made)
            self._follow(kind, (before, made))
        return made.id

    def remove(self, kind: RegisterKind, line_id: str) -> Changes:
        """Take a line out that was written by mistake; raises KeyError, or Refused for a group in use."""
        register = REGISTERS[kind]
        line = storage.read_line(self._database, register, line_id)
        if kind is RegisterKind.GROUPS:
            self._refuse_group_in_use(line_id)
        with self._database.act(N_("Took a line out of a register"), changes=Changes.MEMBERS.value):
            storage.remove_line(self._database, register, line_id)
            self._follow(kind, (line,))
        return Changes.MEMBERS

    def offices(self) -> tuple[Office, ...]:
        """Return all offices ever held, by their beginning."""
        return tuple(storage.read_offices(self._database))

    def groups(self) -> tuple[PartyGroup, ...]:
        """Return the Party groups by name."""
        return tuple(storage.read_groups(self._database))

    def badges(self) -> Mapping[str, tuple[Badge, ...]]:
        """Return the badges of everybody, by member."""
        return {key: tuple(found) for key, found in storage.read_badges(self._database).items()}

    def check_offices(self, day: date) -> tuple[Finding, ...]:
        """Compare the offices of a day with the rules for a cell of its size."""
        standings = [entry.standing for entry in self._book.members.on(day) if entry.standing.belongs]
        official = sum(one.membership is Membership.OFFICIAL for one in standings)
        groups = sum(group.since <= day <= (group.until or day) for group in self.groups())
        return check_offices(self.offices(), official, len(standings), groups, day)

    def _derived(self, kind: RegisterKind, on: date) -> Iterator[RegisterLine]:
        makers: dict[RegisterKind, Callable[[date], Iterator[RegisterLine]]] = {
            RegisterKind.PROBATIONARY: self._probationary,
            RegisterKind.CARDS: self._cards,
            RegisterKind.RESOLUTIONS: self._resolutions,
        }
        return makers[kind](on) if kind in makers else self._events(kind)

    def _probationary(self, on: date) -> Iterator[RegisterLine]:
        for entry in self._book.members.on(on):
            if not entry.standing.belongs or entry.standing.membership is not Membership.PROBATIONARY:
                continue
            events = self._book.members.events(entry.member.id)
            admitted = [one for one in events if one.kind in {EventKind.ADMISSION, EventKind.READMISSION}]
            last = admitted[-1] if admitted else None
            yield RegisterLine(
                entry.member.id,
                {
                    "member_id": entry.member.id,
                    "on": last.on.iso if last and last.on else "",
                    "decision": last.decision if last else "",
                    "helpers": last.helpers if last else "",
                    "until": _iso(probation_ends(events)),
                    "due": _iso(probation_due(events)),
                },
            )

    def _cards(self, on: date) -> Iterator[RegisterLine]:
        for entry in self._book.members.on(on, everybody=True):
            member = entry.member
            if member.card_no or member.card_on:
                values = {"member_id": member.id, "card_no": member.card_no, "card_on": _iso(member.card_on)}
                yield RegisterLine(member.id, values)

    def _events(self, kind: RegisterKind) -> Iterator[RegisterLine]:
        wanted, names = EVENTS_OF[kind], [field.name for field in columns_of(kind)]
        found = [
            event
            for events in member_rows.read_events(self._database).values()
            for event in events
            if event.kind in wanted
        ]
        found.sort(key=lambda event: event.on.iso if event.on else "", reverse=True)
        for event in found:
            yield RegisterLine(event.id, {name: _text(getattr(event, name)) for name in names})

    def _resolutions(self, _on: date) -> Iterator[RegisterLine]:
        papers = [
            paper
            for kind in (ReportKind.RESOLUTION, ReportKind.CONCLUSION)
            for paper in self._book.reports.documents(kind)
        ]
        for paper in sorted(papers, key=lambda one: (one.issued_on, one.number), reverse=True):
            report = self._book.reports.envelope(paper.id).report
            values = {
                "number": paper.number,
                "on": paper.issued_on.isoformat(),
                "meeting": _iso(getattr(report, "on", None)),
                "title": str(getattr(report, "title", "")),
            }
            yield RegisterLine(paper.id, values)

    def _follow(self, kind: RegisterKind, lines: tuple[RegisterLine | None, ...]) -> None:
        """Let the register line say the offices and the badge that were recorded, inside the same act."""
        for member_id in {line.values.get("member_id", "") for line in lines if line} - {""}:
            member = member_rows.read_member(self._database, member_id)
            if kind is RegisterKind.OFFICES:
                theirs = [one for one in self.offices() if one.member_id == member_id]
                member = dataclasses.replace(member, office=words_of(theirs, _today()))
            elif kind is RegisterKind.BADGES:
                awarded = [
                    one
                    for one in self.badges().get(member_id, ())
                    if one.badge_no and one.state is BadgeState.AWARDED
                ]
                if awarded:
                    member = dataclasses.replace(member, badge_no=awarded[-1].badge_no)
            member_rows.change_member(self._database, member)

    def _refuse_group_in_use(self, group_id: str) -> None:
        used = any(one.group_id == group_id for one in storage.read_group_members(self._database))
        if used or any(one.group_id == group_id for one in self.offices()):
            text = N_("Somebody belongs to this Party group: record when it ended instead.")
            raise Refused([red("P78", text, "until")])


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _text(value: object) -> str:
    iso = getattr(value, "iso", None)
    return "" if value is None else str(iso if iso is not None else value)


def _today() -> date:
    return datetime.now(UTC).astimezone().date()
