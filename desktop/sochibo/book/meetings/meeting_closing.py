"""Closing the minutes of a meeting, and the corrections by which closed ones change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from sochibo.book.changes import Changes
from sochibo.book.meetings.meeting_acts import FINISHED, refusal
from sochibo.book.meetings.meeting_files import file_of
from sochibo.book.meetings.meeting_notes import MeetingNotes
from sochibo.book.papers.issuing import Draft, draw_up, issue, next_number
from sochibo.faults import Finding, Refused, Severity
from sochibo.messages import N_
from sochibo.rules.meetings.corrections import Correction
from sochibo.rules.meetings.meetings import MeetingState
from sochibo.rules.meetings.minutes import check_meeting, make_minutes
from sochibo.rules.meetings.votes import judge_vote
from sochibo.rules.reports import ReportKind
from sochibo.storage.engine.identity import new_id
from sochibo.storage.records import documents as papers
from sochibo.storage.records import meeting_notes as said
from sochibo.storage.records import meetings as store

if TYPE_CHECKING:
    from sochibo.documents.envelopes import Envelope
    from sochibo.rules.meetings.meeting_files import MeetingFile

__all__ = ["MeetingClosing"]


class MeetingClosing(MeetingNotes):
    """A meeting as a whole: what speaks against closing it, its number, its corrections."""

    def file(self, meeting_id: str) -> MeetingFile:
        """Return a whole meeting; raises KeyError."""
        return file_of(self._database, self._book, store.get(self._database, meeting_id))

    def findings(self, meeting_id: str, file: MeetingFile | None = None) -> tuple[Finding, ...]:
        """Return what speaks against closing, red first; `file` is the meeting where it was just read."""
        return check_meeting(file or self.file(meeting_id))

    def next_number(self, meeting_id: str) -> int:
        """Return the number that the minutes would get; raises Refused where no term covers the day."""
        draft = self._minutes(self.file(meeting_id))
        return next_number(self._database, self._book, draft.kind, draft.issued_on)

    def close(self, meeting_id: str, number: int | None = None) -> str:
        """Close the minutes: allot their number and keep them as a document; returns the document's id.

        `number` is one that a person chose instead of the next. Raises Refused while there is a red finding,
        or where that number was given before. Undo opens the minutes again until they are sealed.
        """
        meeting = self._unlocked(meeting_id)
        reds = [finding for finding in self.findings(meeting_id) if finding.severity is Severity.RED]
        if reds:
            raise Refused(reds)
        if number is not None and number < 1:
            raise refusal("M97", N_("A number begins with 1."), meeting.on, "number")
        changes = Changes.MEETINGS | Changes.REPORTS
        with self._act(N_("Closed the minutes of {day}"), meeting.on, changes=changes):
            file = self.file(meeting_id)
            self._keep_results(file)
            document_id = issue(self._database, self._book, replace(self._minutes(file), number=number))
            store.update_state(self._database, meeting_id, MeetingState.CLOSED)
        return document_id

    def correct(self, meeting_id: str, reason: str, *, on: date | None = None, by: str = "") -> Changes:
        """Open closed or sealed minutes for a correction, which says who, when and why.

        What was closed stays as it is; closing again makes a new revision that prints the reason. Raises
        Refused without a reason, or for a meeting that is still open.
        """
        meeting = store.get(self._database, meeting_id)
        document = papers.minutes_of(self._database, meeting_id)
        if meeting.state not in FINISHED or document is None:
            raise refusal("M98", N_("The minutes of {day} are not closed."), meeting.on)
        if not reason.strip():
            raise refusal("M99", N_("Please say why the minutes are corrected."), meeting.on, "reason")
        known = said.corrections(self._database, meeting_id)
        made = Correction(
            id=new_id(),
            meeting_id=meeting_id,
            position=len(known),
            on=on or datetime.now(UTC).astimezone().date(),
            by=by.strip() or self._database.by,
            reason=reason.strip(),
            document_id=document.id,
            number=document.number,
        )
        changes = Changes.MEETINGS | Changes.REPORTS
        with self._act(N_("Began to correct the minutes of {day}"), meeting.on, changes=changes):
            said.add_correction(self._database, made)
            store.update_state(self._database, meeting_id, MeetingState.RECORDING)
            self.set_votes(meeting_id, store.votes(self._database, meeting_id))
        return changes

    def corrections(self, meeting_id: str) -> tuple[Correction, ...]:
        """Return the corrections of a meeting's minutes, the oldest first."""
        return said.corrections(self._database, meeting_id)

    def minutes_draft(self, meeting_id: str) -> Envelope:
        """Return the minutes as they would be now, without a number."""
        return draw_up(self._database, self._book, self._minutes(self.file(meeting_id)))

    def _keep_results(self, file: MeetingFile) -> None:
        """Keep base and result of every vote as they are counted now: what is learnt later changes none."""
        base = file.vote_base()
        judged = []
        for vote in file.votes:
            outcome = judge_vote(vote, base)
            judged.append(replace(vote, base=outcome.base, base_lines=base.lines, passed=outcome.passed))
        store.replace_parts(self._database, "vote", file.meeting.id, judged)

    def _minutes(self, file: MeetingFile) -> Draft:
        """Return the minutes as a draft; corrected ones are issued on the day of the correction."""
        rules = (file.attendance_rules.id, *([file.framework.id] if file.framework else []))
        return Draft(
            kind=ReportKind.MINUTES,
            period=file.meeting.on.isoformat(),
            issued_on=file.corrections[-1].on if file.corrections else file.meeting.on,
            rules=rules,
            write=lambda heading: make_minutes(file, heading),
            meeting_id=file.meeting.id,
        )
