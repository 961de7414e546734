"""What was said and settled at meetings, as rows of one book: speeches, proposals, study, corrections."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sochibo.rules.meetings.corrections import Correction
from sochibo.rules.meetings.proposals import Proposal, ProposalState
from sochibo.rules.meetings.speeches import Speech
from sochibo.rules.meetings.study import Commitment, StudySession
from sochibo.storage.engine.mapping import fields_of, row_of
from sochibo.storage.records.parts import entered, only, parts_of, replace_parts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sochibo.storage.engine.database import Database

__all__ = [
    "add_correction", "add_session", "change_proposal", "change_session", "commitments", "corrections",
    "open_proposals", "proposal", "proposals", "proposals_answered", "put_commitment", "put_proposals",
    "put_speeches", "remove_session", "session", "sessions", "sessions_of", "speeches",
]  # fmt: skip


def speeches(database: Database, meeting_id: str) -> tuple[Speech, ...]:
    """Return who spoke at a meeting, in order."""
    return tuple(Speech(**fields_of(Speech, row)) for row in parts_of(database, "speech", meeting_id))


def put_speeches(database: Database, meeting_id: str, made: Sequence[Speech]) -> None:
    """Write who spoke; rows that say the same stay, so that typing on does not fill the journal."""
    known = list(speeches(database, meeting_id))
    kept = [known[place].id if place < len(known) else "" for place in range(len(made))]
    numbered = [replace(speech, id=key) for speech, key in zip(made, kept, strict=True)]
    replace_parts(database, "speech", meeting_id, numbered)


def proposals(database: Database, meeting_id: str) -> tuple[Proposal, ...]:
    """Return the proposals raised at a meeting, in order."""
    return tuple(map(_proposal, parts_of(database, "proposal", meeting_id)))


def proposal(database: Database, proposal_id: str) -> Proposal:
    """Return one proposal; raises KeyError."""
    return _proposal(only(database, "proposal", proposal_id))


def open_proposals(database: Database, before: date) -> tuple[Proposal, ...]:
    """Return what was raised at meetings before a day and is still open, the oldest first."""
    found = database.rows(
        "select proposal.* from proposal join meeting on meeting.id = proposal.meeting_id"
        ' where proposal.state = \'open\' and meeting."on" < ? order by meeting."on", proposal.position',
        (before.isoformat(),),
    )
    return tuple(map(_proposal, found))


def proposals_answered(database: Database, meeting_id: str) -> tuple[Proposal, ...]:
    """Return the proposals of earlier meetings that were settled at a meeting."""
    found = database.rows(
        "select proposal.* from proposal join meeting on meeting.id = proposal.meeting_id"
        ' where answer_meeting_id = :id and meeting_id <> :id order by meeting."on", proposal.position',
        {"id": meeting_id},
    )
    return tuple(map(_proposal, found))


def put_proposals(database: Database, meeting_id: str, made: Sequence[Proposal]) -> None:
    """Make the proposals of a meeting these, in this order."""
    replace_parts(database, "proposal", meeting_id, made)


def change_proposal(database: Database, made: Proposal) -> None:
    """Write what became of a proposal."""
    database.update("proposal", made.id, entered(row_of(made)))


def session(database: Database, session_id: str) -> StudySession:
    """Return one study session; raises KeyError."""
    return _session(only(database, "study_session", session_id))


def sessions(database: Database, first: date, last: date) -> tuple[StudySession, ...]:
    """Return the study sessions from one day to another, both included."""
    found = database.rows(
        'select * from study_session where "on" between ? and ? order by "on", id',
        (first.isoformat(), last.isoformat()),
    )
    return tuple(map(_session, found))


def sessions_of(database: Database, meeting_id: str) -> tuple[StudySession, ...]:
    """Return the study sessions held at a meeting."""
    found = database.rows("select * from study_session where meeting_id = ? order by id", (meeting_id,))
    return tuple(map(_session, found))


def add_session(database: Database, made: StudySession) -> None:
    """Record a study session under its id."""
    database.insert("study_session", entered(row_of(made)))


def change_session(database: Database, made: StudySession) -> None:
    """Write a study session."""
    database.update("study_session", made.id, entered(row_of(made)))


def remove_session(database: Database, session_id: str) -> None:
    """Delete a study session."""
    database.delete("study_session", session_id)


def commitments(database: Database, year: int) -> dict[str, Commitment]:
    """Return the commitments of a year by member id."""
    found = database.rows("select * from commitment where year = ?", (year,))
    return {row["member_id"]: _commitment(row) for row in found}


def put_commitment(database: Database, made: Commitment, *, known: bool) -> None:
    """Write a commitment, new or known."""
    row = entered(row_of(made))
    if known:
        database.update("commitment", made.id, row)
    else:
        database.insert("commitment", row)


def corrections(database: Database, meeting_id: str) -> tuple[Correction, ...]:
    """Return the corrections of a meeting's minutes, the oldest first."""
    return tuple(
        Correction(**{**fields_of(Correction, row), "on": date.fromisoformat(row["on"])})
        for row in parts_of(database, "correction", meeting_id)
    )


def add_correction(database: Database, made: Correction) -> None:
    """Record a correction under its id."""
    database.insert("correction", entered(row_of(made)))


def _proposal(row: Mapping[str, Any]) -> Proposal:
    return Proposal(**{
        **fields_of(Proposal, row),
        "state": ProposalState(row["state"]),
        "answered_on": _day(row["answered_on"]),
    })  # fmt: skip


def _session(row: Mapping[str, Any]) -> StudySession:
    return StudySession(**{**fields_of(StudySession, row), "on": date.fromisoformat(row["on"])})


def _commitment(row: Mapping[str, Any]) -> Commitment:
    return Commitment(**{**fields_of(Commitment, row), "signed_on": _day(row["signed_on"])})


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
