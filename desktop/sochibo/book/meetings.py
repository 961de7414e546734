"""The meetings of a book, from plan to closed minutes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sochibo.book.changes import Changes
from sochibo.book.figures import count_in, figures_in
from sochibo.book.issuing import Draft, draw_up, issue
from sochibo.book.planning import carried_over, framework_of, next_regular_day
from sochibo.faults import Finding, Refused, Severity
from sochibo.messages import N_
from sochibo.rules.attendance import AttendanceCount, attendance_rules_on
from sochibo.rules.meetings import (
    AgendaItem,
    Attendance,
    Mark,
    Meeting,
    MeetingState,
    Score,
)
from sochibo.rules.minutes import MeetingFile, check_meeting, figures_of, make_minutes
from sochibo.rules.practice import usual_agenda
from sochibo.rules.reports import MinutesReport, ReportKind
from sochibo.rules.scoring import Rating
from sochibo.storage import documents as papers
from sochibo.storage import meetings as store
from sochibo.storage.identity import new_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import date

    from sochibo.book.book import Book
    from sochibo.documents.envelopes import Envelope
    from sochibo.rules.meetings import AbsenceReason, AssignedTask, Guest, MeetingKind, Vote
    from sochibo.rules.reports import MeetingFigures
    from sochibo.storage.database import Database

__all__ = ["MeetingLine", "Meetings"]


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting in the list of a year: with its count, its score, and the number of its minutes."""

    meeting: Meeting
    count: AttendanceCount
    tenths: int | None
    rating: Rating | None
    minutes_number: str


class Meetings:
    """Meetings; a closed one refuses every change with Refused (code M90)."""

    def __init__(self, database: Database, book: Book) -> None:
        self._database = database
        self._book = book

    def years(self) -> tuple[int, ...]:
        """Return the years that have meetings, newest first."""
        return store.years(self._database)

    def lines(self, year: int) -> tuple[MeetingLine, ...]:
        """Return the meetings of a year, in the order of their days."""
        return tuple(self._line(meeting) for meeting in store.of_year(self._database, year))

    def figures(self, meeting_id: str) -> MeetingFigures:
        """Return a meeting in figures: as it stands now, or as its minutes say once they are closed."""
        closed = self._closed_minutes(meeting_id)
        return figures_in(closed) if closed else figures_of(self.file(meeting_id), "")

    def within(self, first: date, last: date) -> tuple[Meeting, ...]:
        """Return the meetings from one day to another, both included, in the order of their days."""
        return store.within(self._database, first, last)

    def file(self, meeting_id: str) -> MeetingFile:
        """Return a whole meeting; raises KeyError."""
        return self._file_of(store.get(self._database, meeting_id))

    def prepare(self, kind: MeetingKind, on: date, *, theme: str = "") -> str:
        """Make a meeting from the last of its kind (place, time, chair, minute-taker, agenda titles).

        Returns the new meeting's id. A cell without an earlier meeting gets the usual agenda of its kind.
        """
        last = store.last_of_kind(self._database, kind, on)
        titles = [item.title for item in store.items(self._database, last.id)] if last else []
        with self._act(N_("Prepared the meeting of {day}"), on):
            meeting_id = self._begin(carried_over(self._book, kind, on, last, theme))
            for title in titles or usual_agenda(kind):
                self._append_item(meeting_id, title)
        return meeting_id

    def suggest_day(self, after: date) -> date:
        """Return the next regular day, from a day on, whose month has no regular meeting yet."""
        return next_regular_day(self._book, after, self.within)

    def change(self, meeting: Meeting) -> Changes:
        """Change kind, day, times, place, chair, minute-taker, notes; never the state."""
        known = self._unlocked(meeting.id)
        with self._act(N_("Changed the meeting of {day}"), meeting.on, merge_key=f"meeting:{meeting.id}"):
            store.change(self._database, meeting)
            if meeting.end or meeting.conclusion or meeting.rating_note or meeting.adopted:
                self._begin_recording(known)
        return Changes.MEETINGS

    def remove(self, meeting_id: str) -> Changes:
        """Remove a meeting that is not closed, with everything noted in it; undo brings all of it back."""
        meeting = self._unlocked(meeting_id)
        with self._act(N_("Removed the meeting of {day}"), meeting.on):
            store.remove(self._database, meeting_id)
        return Changes.MEETINGS

    def mark(
        self,
        meeting_id: str,
        member_id: str,
        attendance: Attendance | None,
        reason: AbsenceReason | None = None,
        note: str = "",
    ) -> Changes:
        """Mark how one person attended; None takes the mark back, which means present if expected."""
        meeting = self._unlocked(meeting_id)
        made = None
        if attendance is not None:
            if not self._book.members.is_listed(member_id, meeting.on):
                raise _refusal("M91", N_("This person is not on the roll of {day}."), meeting.on)
            made = Mark(
                meeting_id=meeting_id,
                member_id=member_id,
                attendance=attendance,
                reason=reason if attendance is Attendance.EXCUSED else None,
                note=note,
            )
        key = f"mark:{meeting_id}:{member_id}"
        with self._act(N_("Recorded attendance of {day}"), meeting.on, merge_key=key):
            store.put_mark(self._database, meeting_id, member_id, made)
            if made is not None:
                self._begin_recording(meeting)
        return Changes.MEETINGS

    def add_item(self, meeting_id: str, title: str = "", *, at: int | None = None) -> str:
        """Add an agenda item, at the end or at a position; returns its id."""
        meeting = self._unlocked(meeting_id)
        with self._act(N_("Changed the agenda of {day}"), meeting.on):
            item_id = self._append_item(meeting_id, title)
            if at is not None:
                self._place_item(meeting_id, item_id, at)
        return item_id

    def change_item(self, item: AgendaItem) -> Changes:
        """Change an agenda item; quick changes of one item are one act of the history."""
        known = store.item(self._database, item.id)
        meeting = self._unlocked(known.meeting_id)
        with self._act(N_("Changed the minutes of {day}"), meeting.on, merge_key=f"item:{item.id}"):
            store.change_item(
                self._database, replace(item, meeting_id=known.meeting_id, position=known.position)
            )
            if item.text.strip() or item.conclusion.strip():
                self._begin_recording(meeting)
        return Changes.MEETINGS

    def remove_item(self, item_id: str) -> Changes:
        """Remove an agenda item; the ones after it move up."""
        meeting = self._unlocked(store.item(self._database, item_id).meeting_id)
        with self._act(N_("Changed the agenda of {day}"), meeting.on):
            store.remove_item(self._database, item_id)
            self._number_items(list(store.items(self._database, meeting.id)))
        return Changes.MEETINGS

    def move_item(self, item_id: str, to: int) -> Changes:
        """Move an agenda item to a position counted from 0."""
        meeting = self._unlocked(store.item(self._database, item_id).meeting_id)
        with self._act(N_("Changed the agenda of {day}"), meeting.on):
            self._place_item(meeting.id, item_id, to)
        return Changes.MEETINGS

    def set_guests(self, meeting_id: str, guests: Sequence[Guest]) -> Changes:
        """Replace the guests (ids may be empty)."""
        meeting = self._unlocked(meeting_id)
        with self._act(N_("Recorded the guests of {day}"), meeting.on, merge_key=f"guests:{meeting_id}"):
            store.replace_parts(self._database, "guest", meeting_id, guests)
        return Changes.MEETINGS

    def set_votes(self, meeting_id: str, votes: Sequence[Vote]) -> Changes:
        """Replace the votes (ids may be empty)."""
        meeting = self._unlocked(meeting_id)
        for position, vote in enumerate(votes):
            if min(vote.in_favour, vote.against, vote.other) < 0:
                template = N_("Voices cannot be fewer than none.")
                raise _refusal("M92", template, meeting.on, f"votes.{position}")
        with self._act(N_("Recorded the votes of {day}"), meeting.on, merge_key=f"votes:{meeting_id}"):
            store.replace_parts(self._database, "vote", meeting_id, votes)
            if votes:
                self._begin_recording(meeting)
        return Changes.MEETINGS

    def set_tasks(self, meeting_id: str, tasks: Sequence[AssignedTask]) -> Changes:
        """Replace the tasks given at the meeting (ids may be empty)."""
        meeting = self._unlocked(meeting_id)
        _check_shares(tasks, meeting.on)
        with self._act(N_("Recorded the tasks of {day}"), meeting.on, merge_key=f"tasks:{meeting_id}"):
            store.replace_parts(self._database, "task", meeting_id, tasks)
            if tasks:
                self._begin_recording(meeting)
        return Changes.MEETINGS

    def tasks_due(self, first: date, last: date) -> tuple[AssignedTask, ...]:
        """Return the tasks of all meetings that are due from one day to another, both included."""
        return store.tasks_due(self._database, first, last)

    def report_task(self, task: AssignedTask) -> Changes:
        """Record how far a task has come, also when its meeting is closed: results are said at later ones."""
        given_on = store.get(self._database, task.meeting_id).on
        _check_shares([task], given_on)
        with self._act(N_("Reported on a task of {day}"), given_on, merge_key=f"task:{task.id}"):
            store.report_task(self._database, task)
        return Changes.MEETINGS

    def set_score(self, meeting_id: str, criterion: str, tenths: int | None, reason: str = "") -> Changes:
        """Give points for one criterion of the framework of the day, or take them back with None."""
        meeting = self._unlocked(meeting_id)
        made = None
        if tenths is not None:
            framework = framework_of(meeting)
            if framework is None or all(known.code != criterion for known in framework.criteria):
                template = N_("No such criterion is scored at the meeting of {day}.")
                raise _refusal("M94", template, meeting.on, f"scores.{criterion}")
            if tenths < 0:
                template = N_("Points cannot be fewer than none.")
                raise _refusal("M95", template, meeting.on, f"scores.{criterion}")
            made = Score(meeting_id=meeting_id, criterion=criterion, tenths=tenths, reason=reason)
        key = f"score:{meeting_id}:{criterion}"
        with self._act(N_("Scored the meeting of {day}"), meeting.on, merge_key=key):
            store.put_score(self._database, meeting_id, criterion, made)
            if made is not None:
                self._begin_recording(meeting)
        return Changes.MEETINGS

    def findings(self, meeting_id: str) -> tuple[Finding, ...]:
        """Return what speaks against closing, red first."""
        return check_meeting(self.file(meeting_id))

    def close(self, meeting_id: str) -> str:
        """Close the minutes: allot their number and keep them as a document; returns the document's id.

        Raises Refused while there is a red finding. Undo opens them again until they are sealed.
        """
        meeting = self._unlocked(meeting_id)
        reds = [finding for finding in self.findings(meeting_id) if finding.severity is Severity.RED]
        if reds:
            raise Refused(reds)
        changes = Changes.MEETINGS | Changes.REPORTS
        with self._act(N_("Closed the minutes of {day}"), meeting.on, changes=changes):
            document_id = issue(self._database, self._book, self._minutes(meeting_id))
            store.update_state(self._database, meeting_id, MeetingState.CLOSED)
        return document_id

    def minutes_draft(self, meeting_id: str) -> Envelope:
        """Return the minutes as they would be now, without a number."""
        return draw_up(self._database, self._book, self._minutes(meeting_id))

    def record(self, data: Mapping[str, Any]) -> str:
        """Record a whole meeting from plain data (the file of `sochibo meeting add`), as one act.

        The keys are described in the JSON Schema `resources/schemas/meeting.json`. Names must be on the
        roll of the day. Raises Refused with the place of each thing that is wrong; returns the meeting's id.
        """
        from sochibo.book.recording import read_meeting

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
            if read.close:
                self.close(meeting_id)
        return meeting_id

    def _line(self, meeting: Meeting) -> MeetingLine:
        closed = self._closed_minutes(meeting.id)
        if closed:
            figures, count = figures_in(closed), count_in(closed)
        else:
            file = self._file_of(meeting)
            figures, count = figures_of(file, ""), file.attendance()
        return MeetingLine(meeting, count, figures.score_tenths, figures.rating, figures.minutes)

    def _closed_minutes(self, meeting_id: str) -> MinutesReport | None:
        """Return what the closed minutes of a meeting say; None while it is open."""
        document = papers.minutes_of(self._database, meeting_id)
        report = papers.envelope(self._database, document.id).report if document else None
        return report if isinstance(report, MinutesReport) else None

    def _file_of(self, meeting: Meeting) -> MeetingFile:
        return MeetingFile(
            meeting=meeting,
            roll=self._book.members.on(meeting.on),
            marks=store.marks(self._database, meeting.id),
            attendance_rules=attendance_rules_on(meeting.on),
            framework=framework_of(meeting),
            guests=store.guests(self._database, meeting.id),
            items=store.items(self._database, meeting.id),
            votes=store.votes(self._database, meeting.id),
            tasks=store.tasks(self._database, meeting.id),
            scores=store.scores(self._database, meeting.id),
        )

    def _minutes(self, meeting_id: str) -> Draft:
        file = self.file(meeting_id)
        rules = (file.attendance_rules.id, *([file.framework.id] if file.framework else []))
        return Draft(
            kind=ReportKind.MINUTES,
            period=file.meeting.on.isoformat(),
            issued_on=file.meeting.on,
            rules=rules,
            write=lambda heading: make_minutes(file, heading),
            meeting_id=meeting_id,
        )

    def _begin(self, meeting: Meeting) -> str:
        made = replace(meeting, id=new_id())
        store.add(self._database, made)
        return made.id

    def _append_item(self, meeting_id: str, title: str) -> str:
        position = len(store.items(self._database, meeting_id))
        item = AgendaItem(id=new_id(), meeting_id=meeting_id, position=position, title=title)
        store.add_item(self._database, item)
        return item.id

    def _place_item(self, meeting_id: str, item_id: str, to: int) -> None:
        items = list(store.items(self._database, meeting_id))
        moved = next(item for item in items if item.id == item_id)
        items.remove(moved)
        items.insert(max(0, min(to, len(items))), moved)
        self._number_items(items)

    def _number_items(self, items: Sequence[AgendaItem]) -> None:
        for position, item in enumerate(items):
            store.change_item(self._database, replace(item, position=position))

    def _begin_recording(self, meeting: Meeting) -> None:
        if meeting.state is MeetingState.PLANNED:
            store.update_state(self._database, meeting.id, MeetingState.RECORDING)

    def _unlocked(self, meeting_id: str) -> Meeting:
        """Return a meeting that may be changed; raises KeyError, or Refused where it is closed."""
        meeting = store.get(self._database, meeting_id)
        if meeting.state in {MeetingState.CLOSED, MeetingState.SEALED}:
            template = N_("The minutes of {day} are closed and can no longer be changed.")
            raise _refusal("M90", template, meeting.on)
        return meeting

    def _act(
        self, template: str, day: date, *, merge_key: str | None = None, changes: Changes = Changes.MEETINGS
    ) -> AbstractContextManager[None]:
        fields = {"day": day}
        return self._database.act(template, fields, changes=int(changes.value), merge_key=merge_key)


def _check_shares(tasks: Sequence[AssignedTask], day: date) -> None:
    for position, task in enumerate(tasks):
        if task.done_percent is not None and not 0 <= task.done_percent <= 100:  # noqa: PLR2004 - per cent
            template = N_("A task is done between 0 and 100 per cent.")
            raise _refusal("M93", template, day, f"tasks.{position}.done_percent")


def _refusal(code: str, template: str, day: date, place: str = "") -> Refused:
    return Refused([Finding(code, Severity.RED, template, {"day": day}, place)])
