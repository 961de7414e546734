"""The boxes of the national app, filled from a meeting: to be copied there one by one, and ticked off."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from sochibo import faults
from sochibo.book.papers.issuing import Draft
from sochibo.messages import N_
from sochibo.rules import names
from sochibo.rules.meetings.coexistence import (
    CoexistenceSheet,
    FilledField,
    KnownPaper,
    MeetingFacts,
    MemberChange,
    order_on,
)
from sochibo.rules.meetings.coexistence_files import OrderError, load_orders, orders_file
from sochibo.rules.meetings.meetings import MeetingState
from sochibo.rules.reports import MinutesReport, ReportKind
from sochibo.storage.engine import preferences

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sochibo.book.book import Book
    from sochibo.rules.meetings.coexistence import AppOrder
    from sochibo.rules.meetings.meetings import Meeting
    from sochibo.rules.reports import Heading
    from sochibo.storage.engine.database import Database

__all__ = ["Coexistence", "CopyField", "CopyState", "UnusableOrder"]

_COPIED: Final = "coexistence:"
_FINISHED: Final = frozenset({MeetingState.CLOSED, MeetingState.SEALED})


class UnusableOrder(faults.Fault):
    """The file that gives the order of the app's boxes cannot be used."""

    code = "D20"
    sentence = N_("The list of the app's boxes cannot be used: {trouble}.")
    advice = N_("Mend that line of coexistence.toml, or remove your own file: the shipped one then counts.")


class CopyState(StrEnum):
    """How far a box has come."""

    EMPTY = "empty"
    OPEN = "open"
    COPIED = "copied"
    CHANGED = "changed"
    """Copied, but what the book says was changed since: it must be copied again."""


@dataclass(frozen=True, slots=True)
class CopyField:
    """One box with its text, and whether it was copied as it stands."""

    field: FilledField
    state: CopyState


class Coexistence:
    """The sheet of a meeting and its ticks; ticks are no record of the meeting, so undo passes them over."""

    def __init__(self, database: Database, book: Book) -> None:
        self._database: Final = database
        self._book: Final = book

    def order(self, meeting_id: str) -> AppOrder:
        """Return the order of the boxes on the day of a meeting; raises UnusableOrder."""
        return _order(self._book.meetings.file(meeting_id).meeting.on)

    def fields(self, meeting_id: str) -> tuple[CopyField, ...]:
        """Return the boxes of a meeting in the app's order, each ready to be copied; raises UnusableOrder."""
        ticks = self._ticks(meeting_id)
        return tuple(CopyField(one, _state(one, ticks)) for one in self._filled(meeting_id))

    def mark(self, meeting_id: str, field: FilledField, *, copied: bool = True) -> None:
        """Remember that a box was copied with its text, or take the tick away; raises ReadOnlyBook."""
        ticks = self._ticks(meeting_id)
        if copied:
            ticks[field.value.value] = _mark_of(field.text)
        else:
            ticks.pop(field.value.value, None)
        preferences.put(self._database, _COPIED + meeting_id, json.dumps(ticks, sort_keys=True))

    def draft(self, meeting_id: str, on: date) -> Draft:
        """Return the sheet as it is printed on a day; raises UnusableOrder."""
        meeting = self._book.meetings.file(meeting_id).meeting
        order, filled = _order(meeting.on), self._filled(meeting_id)

        def write(heading: Heading) -> CoexistenceSheet:
            return CoexistenceSheet(
                heading=heading,
                meeting_id=meeting_id,
                meeting_kind=meeting.kind,
                on=meeting.on,
                app=order.app,
                edition=order.edition,
                document=order.document,
                source=order.source,
                verified=order.verified,
                fields=filled,
            )

        return Draft(
            kind=ReportKind.COEXISTENCE,
            period=meeting.on.isoformat(),
            issued_on=on,
            rules=(order.id,),
            write=write,
            meeting_id=meeting_id,
        )

    def _filled(self, meeting_id: str) -> tuple[FilledField, ...]:
        from sochibo.documents.words.coexistence_texts import filled_fields

        meeting = self._book.meetings.file(meeting_id).meeting
        facts = MeetingFacts(
            minutes=self._minutes(meeting),
            held=meeting.state is not MeetingState.PLANNED,
            papers=tuple(self._papers(meeting_id)),
            changes=self._changes(meeting),
        )
        return filled_fields(_order(meeting.on), facts)

    def _minutes(self, meeting: Meeting) -> MinutesReport:
        """Return what the closed minutes say; while they are open or corrected, what they would say."""
        closed = self._book.reports.minutes_of(meeting.id) if meeting.state in _FINISHED else None
        made: Any = (
            self._book.reports.envelope(closed.id)
            if closed
            else self._book.meetings.minutes_draft(meeting.id)
        ).report
        if not isinstance(made, MinutesReport):
            raise TypeError(made)
        return made

    def _papers(self, meeting_id: str) -> Iterator[KnownPaper]:
        """Return the papers of the meeting that have a number: what has none is not put up anywhere."""
        for kind in (ReportKind.NOTICE, ReportKind.PROGRAMME, ReportKind.RESOLUTION, ReportKind.CONCLUSION):
            known = self._book.papers.document(kind, meeting_id)
            if known is not None:
                title: str = getattr(self._book.reports.envelope(known.id).report, "title", "")
                yield KnownPaper(kind, known.number, title)
        minutes = self._book.reports.minutes_of(meeting_id)
        if minutes is not None:
            yield KnownPaper(ReportKind.MINUTES, minutes.number)

    def _changes(self, meeting: Meeting) -> tuple[MemberChange, ...]:
        """Return what happened to members in the month of a meeting, in the order of the days."""
        first, last = meeting.month.first(), meeting.month.last()
        told = [
            MemberChange(entry.member.name, event.kind, event.on, event.other_organisation)
            for entry in self._book.members.on(last, everybody=True)
            for event in self._book.members.events(entry.member.id)
            if event.on is not None and first <= event.on.earliest and event.on.latest <= last
        ]
        return tuple(sorted(told, key=lambda one: (one.on.iso, names.sort_key(one.name))))

    def _ticks(self, meeting_id: str) -> dict[str, str]:
        """Return the marks of what was copied; a value nobody can read is no tick."""
        try:
            read = json.loads(preferences.get(self._database, _COPIED + meeting_id) or "{}")
        except ValueError:
            return {}
        return {str(name): str(mark) for name, mark in read.items()} if isinstance(read, dict) else {}


def _order(day: date) -> AppOrder:
    try:
        return order_on(load_orders(orders_file()), day)
    except (OrderError, OSError) as error:
        trouble = str(error) if isinstance(error, OrderError) else type(error).__name__
        raise UnusableOrder(trouble=trouble) from error


def _state(field: FilledField, ticks: dict[str, str]) -> CopyState:
    if not field.text:
        return CopyState.EMPTY
    mark = ticks.get(field.value.value)
    if mark is None:
        return CopyState.OPEN
    return CopyState.COPIED if mark == _mark_of(field.text) else CopyState.CHANGED


def _mark_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]
