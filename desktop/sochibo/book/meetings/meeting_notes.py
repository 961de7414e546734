"""What is noted in a meeting: who came, what was said, voted, given to do, and scored."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sochibo.book.changes import Changes
from sochibo.book.meetings.meeting_acts import MeetingActs, refusal
from sochibo.messages import N_
from sochibo.rules.meetings.meetings import AgendaItem, Attendance, Mark
from sochibo.rules.meetings.speeches import speaking_parts, speeches_in
from sochibo.storage.engine.identity import new_id
from sochibo.storage.records import meeting_notes as said
from sochibo.storage.records import meetings as store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sochibo.rules.meetings.meetings import AbsenceReason, AssignedTask, Guest, Meeting, Vote

__all__ = ["MeetingNotes"]


class MeetingNotes(MeetingActs):
    """The acts by which a meeting is recorded; a closed one refuses them with Refused (code M90)."""

    def mark(
        self,
        meeting_id: str,
        member_id: str,
        attendance: Attendance | None,
        reason: AbsenceReason | None = None,
        note: str = "",
        *,
        late: bool = False,
        accepted_by: str = "",
    ) -> Changes:
        """Mark how one person attended; None takes the mark back, which means present if expected.

        `accepted_by` says who accepted the reason of an absence; `late` marks who came after the opening.
        """
        meeting = self._unlocked(meeting_id)
        made = None
        if attendance is not None:
            if not self._book.members.is_listed(member_id, meeting.on):
                raise refusal("M91", N_("This person is not on the roll of {day}."), meeting.on)
            excused = attendance is Attendance.EXCUSED
            made = Mark(
                meeting_id=meeting_id,
                member_id=member_id,
                attendance=attendance,
                reason=reason if excused else None,
                note=note,
                late=late and attendance is Attendance.PRESENT,
                accepted_by=accepted_by if excused else "",
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
            if item.text != known.text:
                self._count_speeches(meeting)
            if item.text.strip() or item.conclusion.strip():
                self._begin_recording(meeting)
        return Changes.MEETINGS

    def remove_item(self, item_id: str) -> Changes:
        """Remove an agenda item; the ones after it move up."""
        meeting = self._unlocked(store.item(self._database, item_id).meeting_id)
        with self._act(N_("Changed the agenda of {day}"), meeting.on):
            store.remove_item(self._database, item_id)
            self._number_items(list(store.items(self._database, meeting.id)))
            self._count_speeches(meeting)
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
            self._count_speeches(meeting)
        return Changes.MEETINGS

    def set_votes(self, meeting_id: str, votes: Sequence[Vote]) -> Changes:
        """Replace the votes (ids may be empty)."""
        meeting = self._unlocked(meeting_id)
        for position, vote in enumerate(votes):
            if min(vote.in_favour, vote.against, vote.other, vote.blank or 0, vote.invalid or 0) < 0:
                template = N_("Voices cannot be fewer than none.")
                raise refusal("M92", template, meeting.on, f"votes.{position}")
            if (vote.blank or 0) + (vote.invalid or 0) > vote.other:
                template = N_("Blank and invalid voices are more than the other voices.")
                raise refusal("M96", template, meeting.on, f"votes.{position}.other")
        with self._act(N_("Recorded the votes of {day}"), meeting.on, merge_key=f"votes:{meeting_id}"):
            # What is computed is kept only with the closing: until then base and roll may still change.
            open_votes = [replace(vote, base=None, base_lines=(), passed=None) for vote in votes]
            store.replace_parts(self._database, "vote", meeting_id, open_votes)
            if votes:
                self._begin_recording(meeting)
        return Changes.MEETINGS

    def set_tasks(self, meeting_id: str, tasks: Sequence[AssignedTask]) -> Changes:
        """Replace the tasks given at the meeting (ids may be empty)."""
        meeting = self._unlocked(meeting_id)
        _check_shares(tasks, meeting.on)
        with self._act(N_("Recorded the tasks of {day}"), meeting.on, merge_key=f"tasks:{meeting_id}"):
            before = {task.id: task.assignees for task in store.tasks(self._database, meeting_id)}
            store.replace_parts(self._database, "task", meeting_id, tasks)
            self._book.tasks.link(meeting_id, before)
            if tasks:
                self._begin_recording(meeting)
        return Changes.MEETINGS | Changes.TASKS

    def tasks_due(self, first: date, last: date) -> tuple[AssignedTask, ...]:
        """Return the tasks of all meetings that are due from one day to another, both included."""
        return store.tasks_due(self._database, first, last)

    def report_task(self, task: AssignedTask) -> Changes:
        """Record how far a task has come, also when its meeting is closed: results are said at later ones."""
        given_on = store.get(self._database, task.meeting_id).on
        _check_shares([task], given_on)
        with self._act(N_("Reported on a task of {day}"), given_on, merge_key=f"task:{task.id}"):
            store.report_task(self._database, task)
        return Changes.MEETINGS | Changes.TASKS

    def set_score(self, meeting_id: str, criterion: str, tenths: int | None, reason: str = "") -> Changes:
        """Give points for one criterion of the framework of the day, or take them back with None."""
        return self._book.scoring.give(meeting_id, criterion, tenths, reason)

    def _append_item(self, meeting_id: str, title: str) -> str:
        position = len(store.items(self._database, meeting_id))
        item = AgendaItem(id=new_id(), meeting_id=meeting_id, position=position, title=title)
        store.add_item(self._database, item)
        return item.id

    def _count_speeches(self, meeting: Meeting) -> None:
        """Read anew who spoke; called in every act that changes the texts, or who may be meant in them."""
        known = speaking_parts(self._book.members.on(meeting.on), store.guests(self._database, meeting.id))
        found = speeches_in(store.items(self._database, meeting.id), known)
        said.put_speeches(self._database, meeting.id, found)

    def _place_item(self, meeting_id: str, item_id: str, to: int) -> None:
        items = list(store.items(self._database, meeting_id))
        moved = next(item for item in items if item.id == item_id)
        items.remove(moved)
        items.insert(max(0, min(to, len(items))), moved)
        self._number_items(items)

    def _number_items(self, items: Sequence[AgendaItem]) -> None:
        for position, item in enumerate(items):
            store.change_item(self._database, replace(item, position=position))


def _check_shares(tasks: Sequence[AssignedTask], day: date) -> None:
    for position, task in enumerate(tasks):
        if task.done_percent is not None and not 0 <= task.done_percent <= 100:  # noqa: PLR2004 - per cent
            template = N_("A task is done between 0 and 100 per cent.")
            raise refusal("M93", template, day, f"tasks.{position}.done_percent")
