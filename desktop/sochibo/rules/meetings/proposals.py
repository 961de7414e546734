"""Proposals (kiến nghị) of members: raised at one meeting, answered at it or at a later one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sochibo.messages import N_

__all__ = ["PROPOSAL_LABELS", "Proposal", "ProposalState"]


class ProposalState(StrEnum):
    """What became of a proposal."""

    OPEN = "open"
    ANSWERED = "answered"
    FORWARDED = "forwarded"
    WITHDRAWN = "withdrawn"


PROPOSAL_LABELS = {
    ProposalState.OPEN: N_("Not answered yet"),
    ProposalState.ANSWERED: N_("Answered"),
    ProposalState.FORWARDED: N_("Passed on"),
    ProposalState.WITHDRAWN: N_("Withdrawn"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One proposal; `meeting_id` is where it was raised, `answer_meeting_id` where it was settled.

    Nobody's name (`member_id` None) stands for the meeting as a whole. While it is open it comes up at every
    following meeting.
    """

    id: str
    meeting_id: str
    position: int
    text: str = ""
    member_id: str | None = None
    state: ProposalState = ProposalState.OPEN
    answer: str = ""
    answered_by: str = ""
    answered_on: date | None = None
    answer_meeting_id: str | None = None
    forwarded_to: str = ""
