"""The resolution or conclusion of a meeting: drafted from its record, written by people, then issued."""

from __future__ import annotations

from dataclasses import replace

from sochibo.book.changes import Changes
from sochibo.book.meetings.meeting_acts import MeetingActs, refusal
from sochibo.messages import N_
from sochibo.rules.meetings.resolutions import Resolution, ResolutionKind, drafted
from sochibo.storage.records import meetings as store
from sochibo.storage.records import resolutions

__all__ = ["Resolutions"]


class Resolutions(MeetingActs):
    """Texts of resolutions; closing the minutes does not close them, since they are written afterwards."""

    def of_meeting(self, meeting_id: str) -> Resolution:
        """Return the text written for a meeting, or the draft that its record gives; raises KeyError."""
        kept = resolutions.of_meeting(self._database, meeting_id)
        return kept or drafted(self._book.meetings.file(meeting_id))

    def change(self, resolution: Resolution) -> Changes:
        """Write a text; quick changes of one are one act of the history. Raises Refused.

        A title that nobody changed follows the kind: a conclusion is not titled as a resolution.
        """
        meeting = store.get(self._database, resolution.meeting_id)
        before = self.of_meeting(resolution.meeting_id)
        file = self._book.meetings.file(resolution.meeting_id)
        if resolution.vote_id is not None and all(vote.id != resolution.vote_id for vote in file.votes):
            raise refusal("Q68", N_("That vote was not held at the meeting of {day}."), meeting.on, "vote_id")
        title = resolution.title
        if resolution.kind is not before.kind and title == drafted(file, before.kind).title:
            title = drafted(file, resolution.kind).title
        key = f"resolution:{resolution.meeting_id}"
        with self._act(N_("Wrote the resolution of {day}"), meeting.on, merge_key=key):
            resolutions.put(self._database, replace(resolution, id=before.id, position=0, title=title))
        return Changes.MEETINGS

    def draft_again(self, meeting_id: str, kind: ResolutionKind) -> Changes:
        """Throw away what was written and draft anew from the record; undo brings it back."""
        meeting = store.get(self._database, meeting_id)
        kept = resolutions.of_meeting(self._database, meeting_id)
        made = drafted(self._book.meetings.file(meeting_id), kind)
        with self._act(N_("Drafted the resolution of {day} anew"), meeting.on):
            resolutions.put(self._database, replace(made, id=kept.id if kept else ""))
        return Changes.MEETINGS
