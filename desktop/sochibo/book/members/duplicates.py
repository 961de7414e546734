"""Duplicates in the register: found, and merged by one act that moves everything and can be undone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from sochibo.book.changes import Changes
from sochibo.book.members.member_checks import check_times
from sochibo.faults import Refused, Severity, red, yellow
from sochibo.messages import N_
from sochibo.rules.members.duplicates import find_pairs, merged, spare_events
from sochibo.rules.names import sort_key
from sochibo.storage.records import members as storage
from sochibo.storage.records.merging import collisions, move_everything

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sochibo.book.book import Book
    from sochibo.faults import Finding
    from sochibo.rules.members.duplicates import Pair
    from sochibo.storage.engine.database import Database
    from sochibo.storage.records.merging import Collision

__all__ = ["Duplicates"]


class Duplicates:
    """Two lines that mean one person become one; everything the book knows of either stands under it."""

    def __init__(self, database: Database, book: Book) -> None:
        self._database: Final = database
        self._book: Final = book

    def pairs(self) -> tuple[Pair, ...]:
        """Return the lines that may mean one person, the surest first."""
        people = sorted(
            storage.read_members(self._database), key=lambda member: (sort_key(member.name), member.id)
        )
        return find_pairs(people)

    def check(self, keep_id: str, other_id: str) -> tuple[Finding, ...]:
        """Return what a merge would meet: red where both stand in one finished record, so are two people."""
        return tuple(self._findings(keep_id, other_id))

    def merge(self, keep_id: str, other_id: str) -> Changes:
        """Make one line of two, as one act; raises Refused, or KeyError for a line that is gone."""
        wrong = [one for one in self.check(keep_id, other_id) if one.severity is Severity.RED]
        if wrong:
            raise Refused(wrong)
        keep = storage.read_member(self._database, keep_id)
        other = storage.read_member(self._database, other_id)
        spare = spare_events(self._book.members.events(keep_id), self._book.members.events(other_id))
        changes = Changes.MEMBERS | Changes.MEETINGS | Changes.TASKS | Changes.RATINGS
        with self._database.act(
            N_("Merged two register lines of {name}"), {"name": keep.name}, changes=int(changes.value)
        ):
            for event_id in spare:
                storage.remove_event(self._database, event_id)
            move_everything(self._database, keep_id, other_id)
            storage.remove_member(self._database, other_id)
            storage.change_member(self._database, merged(keep, other))
        return changes

    def _findings(self, keep_id: str, other_id: str) -> Iterator[Finding]:
        keep = storage.read_member(self._database, keep_id)
        other = storage.read_member(self._database, other_id)
        if keep_id == other_id:
            yield red("P81", N_("Choose two different lines."), "other")
            return
        for found in collisions(self._database, keep_id, other_id):
            yield from self._told(found)
        if keep.birth and other.birth and not _one_day(keep.birth.iso, other.birth.iso):
            yield yellow("P84", N_("Their dates of birth differ."), "birth")
        if keep.identity_no and other.identity_no and keep.identity_no != other.identity_no:
            yield yellow("P85", N_("Their identity numbers differ."), "identity_no")
        mine, theirs = self._book.members.events(keep_id), self._book.members.events(other_id)
        spare = spare_events(mine, theirs)
        together = sorted(
            (one for one in (*mine, *theirs) if one.id not in spare),
            key=lambda one: one.on.earliest if one.on else date.min,
        )
        for one in check_times(merged(keep, other), together, _today()):
            yield yellow(one.code, one.template, one.place, **one.fields)

    def _told(self, found: Collision) -> Iterator[Finding]:
        """Say a collision that no merge may decide: both came to one meeting, both were rated in one year."""
        if found.pointer.table == "mark":
            meeting = self._book.meetings.file(found.row["meeting_id"]).meeting
            if meeting.state.value in {"closed", "sealed"}:
                text = N_("Both stand in the finished record of the meeting of {day}: they are two people.")
                yield red("P82", text, "other", day=meeting.on)
        elif found.pointer.table == "rating":
            yield red(
                "P83", N_("Both have a rating in the same period: take one of them out first."), "other"
            )


def _one_day(first: str, second: str) -> bool:
    return first.startswith(second) or second.startswith(first)


def _today() -> date:
    return datetime.now(UTC).astimezone().date()
