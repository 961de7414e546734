"""Proposals of members: raised at a meeting, carried to the next ones until they are settled."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sochibo.book.changes import Changes
from sochibo.book.meetings.meeting_acts import MeetingActs, refusal
from sochibo.messages import N_
from sochibo.rules.meetings.proposals import ProposalState
from sochibo.storage.records import meeting_notes as store
from sochibo.storage.records import meetings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sochibo.rules.meetings.proposals import Proposal

__all__ = ["Proposals"]


class Proposals(MeetingActs):
    """Proposals; what was raised at a closed meeting stays as it was said, its answer may come later."""

    def of_meeting(self, meeting_id: str) -> tuple[Proposal, ...]:
        """Return what was raised at a meeting, in order."""
        return store.proposals(self._database, meeting_id)

    def open_before(self, day: date) -> tuple[Proposal, ...]:
        """Return what was raised at meetings before a day and is still open, the oldest first."""
        return store.open_proposals(self._database, day)

    def set_for(self, meeting_id: str, proposals: Sequence[Proposal]) -> Changes:
        """Replace what was raised at a meeting (ids may be empty)."""
        meeting = self._unlocked(meeting_id)
        placed = [_settled(one, meeting_id, meeting.on) for one in proposals]
        key = f"proposals:{meeting_id}"
        with self._act(N_("Recorded the proposals of {day}"), meeting.on, merge_key=key):
            store.put_proposals(self._database, meeting_id, placed)
            if placed:
                self._begin_recording(meeting)
        return Changes.MEETINGS

    def answer(self, proposal: Proposal, at_meeting: str) -> Changes:
        """Record what became of an earlier proposal at a meeting: its state, its answer, by whom.

        An open state takes the answer back. Raises Refused where that meeting is closed.
        """
        meeting = self._unlocked(at_meeting)
        known = store.proposal(self._database, proposal.id)
        raised = meetings.get(self._database, known.meeting_id)
        if raised.on > meeting.on:
            raise refusal("M78", N_("This proposal was raised after the meeting of {day}."), meeting.on)
        told = replace(
            known,
            state=proposal.state,
            answer=proposal.answer,
            answered_by=proposal.answered_by,
            forwarded_to=proposal.forwarded_to,
        )
        key = f"proposal:{proposal.id}"
        with self._act(N_("Answered a proposal on {day}"), meeting.on, merge_key=key):
            store.change_proposal(self._database, _settled(told, at_meeting, meeting.on))
            self._begin_recording(meeting)
        return Changes.MEETINGS


def _settled(proposal: Proposal, meeting_id: str, day: date) -> Proposal:
    """Return a proposal with the meeting that settled it, or without one while it is open."""
    if proposal.state is ProposalState.OPEN:
        return replace(proposal, answer_meeting_id=None, answered_on=None)
    return replace(proposal, answer_meeting_id=meeting_id, answered_on=day)
