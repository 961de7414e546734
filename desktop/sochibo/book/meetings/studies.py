"""Study sessions on resolutions and members' commitments: what a year's report counts of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sochibo.book.changes import Changes
from sochibo.book.meetings.meeting_acts import FINISHED, MeetingActs, refusal
from sochibo.messages import N_
from sochibo.rules.counts import Ratio
from sochibo.rules.meetings.study import Commitment, StudySession, sum_turns
from sochibo.storage.engine.identity import new_id
from sochibo.storage.records import meeting_notes as store
from sochibo.storage.records import meetings

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from sochibo.rules.members.members import RosterEntry

__all__ = ["Commitments", "Studies"]


class Studies(MeetingActs):
    """Study sessions, held at a meeting or on a day of their own."""

    def within(self, first: date, last: date) -> tuple[StudySession, ...]:
        """Return the sessions from one day to another, both included."""
        return store.sessions(self._database, first, last)

    def turns(self, first: date, last: date) -> Ratio:
        """Return present over convened turns (lượt) of a time."""
        return sum_turns(self.within(first, last))

    def set_for(self, meeting_id: str, sessions: Sequence[StudySession]) -> Changes:
        """Replace the sessions held at a meeting (ids may be empty); they take its day."""
        meeting = self._unlocked(meeting_id)
        for position, session in enumerate(sessions):
            _check(session, meeting.on, f"studies.{position}.")
        known = {session.id for session in store.sessions_of(self._database, meeting_id)}
        key = f"studies:{meeting_id}"
        with self._act(N_("Recorded the study sessions of {day}"), meeting.on, merge_key=key):
            for session in sessions:
                self._put(replace(session, meeting_id=meeting_id, on=meeting.on))
            for gone in known - {session.id for session in sessions}:
                store.remove_session(self._database, gone)
            if sessions:
                self._begin_recording(meeting)
        return Changes.MEETINGS

    def put(self, session: StudySession) -> str:
        """Record a session (an empty id makes a new one) or change a known one; returns its id."""
        self._check_open(session.meeting_id)
        _check(session, session.on, "")
        key = f"study:{session.id}" if session.id else None
        with self._act(N_("Recorded the study session of {day}"), session.on, merge_key=key):
            return self._put(session)

    def remove(self, session_id: str) -> Changes:
        """Remove a session; undo brings it back."""
        session = store.session(self._database, session_id)
        self._check_open(session.meeting_id)
        with self._act(N_("Removed the study session of {day}"), session.on):
            store.remove_session(self._database, session_id)
        return Changes.MEETINGS

    def _put(self, session: StudySession) -> str:
        if session.id:
            store.change_session(self._database, session)
            return session.id
        made = replace(session, id=new_id())
        store.add_session(self._database, made)
        return made.id

    def _check_open(self, meeting_id: str | None) -> None:
        if meeting_id is not None and meetings.get(self._database, meeting_id).state in FINISHED:
            self._unlocked(meeting_id)


class Commitments(MeetingActs):
    """What members committed to, one a member and year."""

    def of_year(self, year: int) -> dict[str, Commitment]:
        """Return the commitments of a year by member id."""
        return store.commitments(self._database, year)

    def signed(self, year: int, roll: Collection[RosterEntry]) -> Ratio:
        """Return how many of the cell's own members on a roll signed for a year."""
        signed = {key for key, one in self.of_year(year).items() if one.signed_on is not None}
        own = {entry.member.id for entry in roll if entry.standing.belongs}
        return Ratio(len(signed & own), len(own))

    def put(self, commitment: Commitment) -> Changes:
        """Record what a member committed to in a year; the one known for that year is changed."""
        known = self.of_year(commitment.year).get(commitment.member_id)
        made = replace(commitment, id=known.id if known else new_id())
        template, fields = N_("Recorded a commitment for {year}"), {"year": commitment.year}
        key = f"commitment:{made.id}"
        with self._database.act(template, fields, changes=int(Changes.MEETINGS.value), merge_key=key):
            store.put_commitment(self._database, made, known=known is not None)
        return Changes.MEETINGS

    def sign_all(self, year: int, member_ids: Collection[str], on: date) -> Changes:
        """Record that several members signed on one day; who signed before keeps that day."""
        known = self.of_year(year)
        template, fields = N_("Recorded the commitments for {year}"), {"year": year}
        with self._database.act(template, fields, changes=int(Changes.MEETINGS.value)):
            for member_id in member_ids:
                before = known.get(member_id)
                if before is not None and before.signed_on is not None:
                    continue
                made = before or Commitment(id=new_id(), member_id=member_id, year=year)
                signed = replace(made, signed_on=on)
                store.put_commitment(self._database, signed, known=before is not None)
        return Changes.MEETINGS


def _check(session: StudySession, day: date, place: str) -> None:
    if not session.subject.strip():
        raise refusal("M79", N_("Please say what was studied."), day, f"{place}subject")
    if not 0 <= session.present <= session.convened:
        template = N_("No more can be present than were convened.")
        raise refusal("M76", template, day, f"{place}present")
