"""The meetings of a book, from plan to closed minutes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from sochibo.book.changes import Changes
from sochibo.book.meetings.figures import count_in, figures_in
from sochibo.book.meetings.meeting_acts import FINISHED, refusal
from sochibo.book.meetings.meeting_closing import MeetingClosing
from sochibo.book.meetings.planning import carried_items, carried_over, next_regular_day
from sochibo.messages import N_
from sochibo.rules.meetings.attendance import AttendanceCount
from sochibo.rules.meetings.meetings import Meeting, MeetingState
from sochibo.rules.meetings.minutes import figures_of
from sochibo.rules.meetings.practice import usual_agenda
from sochibo.rules.names import fold
from sochibo.rules.reports import MinutesReport
from sochibo.rules.scoring.scoring import Rating
from sochibo.storage.engine.identity import new_id
from sochibo.storage.records import documents as papers
from sochibo.storage.records import meetings as store
from sochibo.storage.records.plans import turns_before

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sochibo.rules.meetings.meetings import Mark, MeetingKind
    from sochibo.rules.reports import MeetingFigures

__all__ = ["MeetingLine", "Meetings"]

LOOKED_BACK: Final = 12
"""How many meetings back phrases are offered from: a year of regular ones."""

MOST_PHRASES: Final = 30


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting in the list of a year: with its count, its score, and the number of its minutes."""

    meeting: Meeting
    count: AttendanceCount
    tenths: int | None
    rating: Rating | None
    minutes_number: str


class Meetings(MeetingClosing):
    """Meetings; a closed one refuses every change with Refused (code M90)."""

    def years(self) -> tuple[int, ...]:
        """Return the years that have meetings, newest first."""
        return store.years(self._database)

    def lines(self, year: int) -> tuple[MeetingLine, ...]:
        """Return the meetings of a year, in the order of their days."""
        return tuple(self._line(meeting) for meeting in store.of_year(self._database, year))

    def figures(self, meeting_id: str) -> MeetingFigures:
        """Return a meeting in figures: as it stands now, or as its minutes say once they are closed."""
        closed = self._closed_minutes(store.get(self._database, meeting_id))
        return figures_in(closed) if closed else figures_of(self.file(meeting_id), "")

    def within(self, first: date, last: date) -> tuple[Meeting, ...]:
        """Return the meetings from one day to another, both included, in the order of their days."""
        return store.within(self._database, first, last)

    def marks(self, meeting_id: str) -> dict[str, Mark]:
        """Return how people attended, by member id; who has no mark was present if expected."""
        return store.marks(self._database, meeting_id)

    def prepare(self, kind: MeetingKind, on: date, *, theme: str = "") -> str:
        """Make a meeting from the last of its kind (place, time, chair, minute-taker, agenda, open items).

        Returns the new meeting's id. A cell without an earlier meeting gets the usual agenda of its kind.
        """
        last = store.last_of_kind(self._database, kind, on)
        before = store.items(self._database, last.id) if last else ()
        items = carried_items(self._book, on, before, turns_before(self._database, on))
        with self._act(N_("Prepared the meeting of {day}"), on):
            meeting_id = self._begin(carried_over(self._book, kind, on, last, theme))
            for item in items:
                store.add_item(self._database, replace(item, id=new_id(), meeting_id=meeting_id))
            for title in usual_agenda(kind) if not items else ():
                self._append_item(meeting_id, title)
        return meeting_id

    def phrases(self, meeting_id: str, title: str) -> tuple[str, ...]:
        """Return what was written under such a title at the last meetings, the newest first, each once."""
        meeting, wanted = store.get(self._database, meeting_id), fold(title)
        found: dict[str, None] = {}
        for item in store.items_before(self._database, meeting.on, LOOKED_BACK):
            if fold(item.title) == wanted:
                paragraphs = (*item.text.splitlines(), *item.conclusion.splitlines())
                found |= dict.fromkeys(one.strip() for one in paragraphs if one.strip())
        return tuple(found)[:MOST_PHRASES]

    def suggest_day(self, after: date) -> date:
        """Return the next regular day, from a day on, whose month has no regular meeting yet."""
        return next_regular_day(self._book, after, self.within)

    def change(self, meeting: Meeting) -> Changes:
        """Change kind, day, times, place, chair, minute-taker, notes; never the state."""
        known = self._unlocked(meeting.id)
        with self._act(N_("Changed the meeting of {day}"), meeting.on, merge_key=f"meeting:{meeting.id}"):
            store.change(self._database, meeting)
            if meeting.on != known.on:
                self._count_speeches(meeting)
            if meeting.end or meeting.conclusion or meeting.rating_note or meeting.adopted:
                self._begin_recording(known)
        return Changes.MEETINGS

    def remove(self, meeting_id: str) -> Changes:
        """Remove a meeting that is not closed, with everything noted in it; undo brings all of it back."""
        meeting = self._unlocked(meeting_id)
        if papers.minutes_of(self._database, meeting_id):
            template = N_("Minutes of {day} were closed: the meeting cannot be removed any more.")
            raise refusal("M77", template, meeting.on)
        with self._act(N_("Removed the meeting of {day}"), meeting.on):
            store.remove(self._database, meeting_id)
        return Changes.MEETINGS

    def record(self, data: Mapping[str, Any]) -> str:
        """Record a whole meeting from plain data (the file of `sochibo meeting add`), as one act.

        The keys are described in the JSON Schema `resources/schemas/meeting.json`. Names must be on the
        roll of the day. Raises Refused with the place of each thing that is wrong; returns the meeting's id.
        """
        from sochibo.book.meetings.recording import read_meeting

        read = read_meeting(data, self._book.members.on)
        meeting = read.meeting
        with self._act(N_("Recorded the meeting of {day}"), meeting.on):
            meeting_id = self._begin(replace(meeting, state=MeetingState.RECORDING))
            for position, item in enumerate(read.items):
                placed = replace(item, id=new_id(), meeting_id=meeting_id, position=position)
                store.add_item(self._database, placed)
            for member_id, mark in read.marks.items():
                store.put_mark(self._database, meeting_id, member_id, replace(mark, meeting_id=meeting_id))
            self.set_guests(meeting_id, read.guests)
            self.set_votes(meeting_id, read.votes)
            self.set_tasks(meeting_id, read.tasks)
            for criterion, (tenths, why) in read.scores.items():
                self.set_score(meeting_id, criterion, tenths, why)
            self._book.proposals.set_for(meeting_id, read.proposals)
            self._book.studies.set_for(meeting_id, read.studies)
            if read.close:
                self.close(meeting_id, read.number)
        return meeting_id

    def _line(self, meeting: Meeting) -> MeetingLine:
        closed = self._closed_minutes(meeting)
        if closed:
            figures, count = figures_in(closed), count_in(closed)
        else:
            file = self.file(meeting.id)
            figures, count = figures_of(file, ""), file.attendance()
        return MeetingLine(meeting, count, figures.score_tenths, figures.rating, figures.minutes)

    def _closed_minutes(self, meeting: Meeting) -> MinutesReport | None:
        """Return what the newest closed minutes of a meeting say; None while it is open or corrected."""
        if meeting.state not in FINISHED:
            return None
        document = papers.minutes_of(self._database, meeting.id)
        report = papers.envelope(self._database, document.id).report if document else None
        return report if isinstance(report, MinutesReport) else None

    def _begin(self, meeting: Meeting) -> str:
        made = replace(meeting, id=new_id())
        store.add(self._database, made)
        return made.id
