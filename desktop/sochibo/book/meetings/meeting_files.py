"""A meeting read whole from the book: its own record, and what of others it is judged by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochibo.book.meetings.planning import REGULAR_KINDS
from sochibo.rules.meetings.attendance import attendance_rules_on
from sochibo.rules.meetings.meeting_files import MeetingFile
from sochibo.rules.periods import quarter_of
from sochibo.storage.records import meeting_notes as said
from sochibo.storage.records import meetings as store

if TYPE_CHECKING:
    from sochibo.book.book import Book
    from sochibo.rules.meetings.meetings import AssignedTask, Meeting
    from sochibo.storage.engine.database import Database

__all__ = ["file_of"]


def file_of(database: Database, book: Book, meeting: Meeting) -> MeetingFile:
    """Return a whole meeting with its roll of the day and the other meetings of its quarter."""
    quarter = quarter_of(meeting.on)
    roll, marks = book.members.on(meeting.on), store.marks(database, meeting.id)
    raised = said.proposals(database, meeting.id)
    earlier = (*said.proposals_answered(database, meeting.id), *said.open_proposals(database, meeting.on))
    named = {meeting.chair_id, meeting.minute_taker_id, meeting.observer_id, *marks}
    named |= {one.member_id for one in (*raised, *earlier)}
    return MeetingFile(
        meeting=meeting,
        roll=roll,
        marks=marks,
        attendance_rules=attendance_rules_on(meeting.on),
        framework=book.scoring.framework_of(meeting),
        guests=store.guests(database, meeting.id),
        items=store.items(database, meeting.id),
        votes=store.votes(database, meeting.id),
        tasks=store.tasks(database, meeting.id),
        scores=store.scores(database, meeting.id),
        speeches=said.speeches(database, meeting.id),
        proposals=raised,
        earlier_proposals=earlier,
        studies=said.sessions_of(database, meeting.id),
        corrections=said.corrections(database, meeting.id),
        neighbours=tuple(
            other for other in store.within(database, quarter.first, quarter.last) if other.id != meeting.id
        ),
        earlier_tasks=_earlier_tasks(database, meeting),
        surroundings=book.scoring.surroundings(meeting),
        settlement=book.scoring.settlement(meeting.id),
        raised_on={one.meeting_id: store.get(database, one.meeting_id).on for one in earlier},
        off_roll={
            key: book.members.get(key).name
            for key in named - {entry.member.id for entry in roll}
            if key is not None
        },
    )


def _earlier_tasks(database: Database, meeting: Meeting) -> tuple[AssignedTask, ...]:
    """Return the tasks that the cell looks back on: of its last regular meeting, and older open ones."""
    if meeting.kind not in REGULAR_KINDS:
        return ()
    last = store.last_before(database, REGULAR_KINDS, meeting.on)
    return store.tasks_before(database, meeting.on, last.id if last else "")
