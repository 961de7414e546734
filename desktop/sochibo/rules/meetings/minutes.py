"""From a meeting to its minutes and figures, and what speaks against closing it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sochibo.rules import names
from sochibo.rules.meetings import attendance, closing, votes
from sochibo.rules.meetings.attendance import Ratio
from sochibo.rules.meetings.meeting_files import MeetingFile
from sochibo.rules.meetings.meetings import AbsenceReason, Attendance
from sochibo.rules.meetings.minutes_parts import deductions_of
from sochibo.rules.reports import (
    Absentee,
    CorrectionReport,
    ItemReport,
    MeetingFigures,
    MinutesReport,
    ProposalReport,
    ReviewedTask,
    StudyReport,
    SuperiorGuest,
    TaskReport,
    VoteReport,
)
from sochibo.rules.scoring.score_sheets import score_report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sochibo.faults import Finding
    from sochibo.rules.meetings.meetings import AgendaItem, Mark
    from sochibo.rules.members.members import RosterEntry
    from sochibo.rules.reports import Heading

__all__ = ["REASON_WORDS", "MeetingFile", "check_meeting", "figures_of", "make_minutes"]

REASON_WORDS: Final = {
    AbsenceReason.WORK: "công tác",
    AbsenceReason.ILLNESS: "ốm",
    AbsenceReason.MATERNITY: "thai sản",
    AbsenceReason.FAMILY: "việc gia đình",
    AbsenceReason.STUDY: "học tập",
    AbsenceReason.WEATHER: "thiên tai, giao thông",
    AbsenceReason.OTHER: "lý do khác",
}
"""Reasons as the paper says them: it is Vietnamese whatever language the screen speaks."""


def check_meeting(file: MeetingFile) -> tuple[Finding, ...]:
    """Return what is wrong (red) or doubtful (yellow), red first; places are field paths.

    Red only where the paper would be false or unreadable (more voices than voters present, chair and
    minute-taker the same or absent, an absence without its class, nothing on the agenda, points above the
    maximum, framework not valid on the day). Source of the list: domain rules of HD 42-HD/BTCTW,
    28/10/2025, and QĐ 294-QĐ/TW, 26/5/2025.
    """
    return closing.findings_of(file)


def make_minutes(file: MeetingFile, heading: Heading) -> MinutesReport:
    """Make the minutes; names stand in Vietnamese order, reasons in Vietnamese words."""
    meeting, count = file.meeting, file.attendance()
    chair = file.entry_of(meeting.chair_id)
    made = MinutesReport(
        heading=heading,
        meeting_id=meeting.id,
        meeting_kind=meeting.kind,
        on=meeting.on,
        start=meeting.start,
        end=meeting.end,
        place=meeting.place,
        theme=meeting.theme,
        members=count.members,
        official=count.official,
        probationary=count.probationary,
        visiting=count.visiting,
        expected=count.expected,
        expected_lines=count.base,
        present=count.present,
        present_official=count.present_official,
        present_probationary=count.present_probationary,
        present_visiting=count.present_visiting,
        extra_present=_extra_names(file),
        excused=_absentees(file, Attendance.EXCUSED),
        unexcused=_absentees(file, Attendance.UNEXCUSED),
        guests=tuple(
            SuperiorGuest(
                guest.name, guest.post, guest.superior, guest.remarks, guest.organisation, guest.assigned
            )
            for guest in sorted(file.guests, key=lambda guest: guest.position)
        ),
        chair=file.name_of(meeting.chair_id),
        chair_office=chair.member.office if chair else "",
        minute_taker=file.name_of(meeting.minute_taker_id),
        fee_note=meeting.fee_note,
        items=tuple(_item_report(file, item) for item in sorted(file.items, key=lambda item: item.position)),
        votes=_vote_reports(file),
        tasks=tuple(
            TaskReport(task.text, task.assignees, task.due)
            for task in sorted(file.tasks, key=lambda task: task.position)
        ),
        score=score_report(file),
        rating_note=meeting.rating_note,
        conclusion=meeting.conclusion,
        adopted=meeting.adopted,
    )
    return _with_course(made, file)


def _with_course(made: MinutesReport, file: MeetingFile) -> MinutesReport:
    """Add what the meeting looked back on, heard and learnt, and why the minutes were corrected."""
    meeting = file.meeting
    return replace(
        made,
        format=meeting.format,
        late=_names(file, (entry for entry in file.roll if _was_late(file, entry))),
        spoke=file.speaking(),
        reviewed=tuple(
            ReviewedTask(task.text, task.assignees, task.due, task.done_percent, task.result)
            for task in file.earlier_tasks
        ),
        proposals=tuple(_proposal_reports(file)),
        studies=tuple(
            StudyReport(session.subject, session.organiser, session.ratio) for session in file.studies
        ),
        observer=file.name_of(meeting.observer_id),
        not_scored_reason="" if made.score else meeting.not_scored_reason.strip(),
        corrections=tuple(
            CorrectionReport(one.on, one.by, one.reason, one.number) for one in file.corrections
        ),
    )


def figures_of(file: MeetingFile, minutes_number: str) -> MeetingFigures:
    """Return the meeting as one row of a summary; `minutes_number` is empty while it is not closed."""
    count, base, score = file.attendance(), file.vote_base(), score_report(file)
    outcomes = [votes.judge_vote(vote, base) for vote in file.votes]
    return MeetingFigures(
        meeting_id=file.meeting.id,
        meeting_kind=file.meeting.kind,
        on=file.meeting.on,
        attendance=count.ratio,
        present_official=count.present_official,
        excused=count.excused,
        unexcused=count.unexcused,
        items=len(file.items),
        votes=Ratio(sum(outcome.passed for outcome in outcomes), len(outcomes)),
        tasks=len(file.tasks),
        superiors=sum(guest.superior for guest in file.guests),
        minutes=minutes_number,
        theme=file.meeting.theme,
        score_tenths=score.tenths if score and score.rating else None,
        rating=score.rating if score else None,
        framework=score.framework if score else "",
        spoke=file.speaking(),
        deductions=deductions_of(score),
    )


def _extra_names(file: MeetingFile) -> tuple[str, ...]:
    """Return who came though not expected, an exempt member for example."""
    return _names(
        file,
        (
            entry
            for entry in file.roll
            if file.came(entry) and not attendance.is_expected(entry, file.attendance_rules)
        ),
    )


def _names(file: MeetingFile, entries: Iterable[RosterEntry]) -> tuple[str, ...]:
    """Return names in Vietnamese order, two of one name told apart."""
    ordered = sorted(entries, key=lambda entry: names.sort_key(entry.member.name))
    return tuple(file.name_of(entry.member.id) for entry in ordered)


def _absentees(file: MeetingFile, kind: Attendance) -> tuple[Absentee, ...]:
    """Return the expected people absent in one way; who was not expected is not absent."""
    absent = [
        entry
        for entry in file.roll
        if entry.member.id in file.marks
        and file.marks[entry.member.id].attendance is kind
        and attendance.is_expected(entry, file.attendance_rules)
    ]
    absent.sort(key=lambda entry: names.sort_key(entry.member.name))
    marked = ((file.name_of(entry.member.id), file.marks[entry.member.id]) for entry in absent)
    return tuple(Absentee(name, _reason_words(mark), mark.accepted_by) for name, mark in marked)


def _was_late(file: MeetingFile, entry: RosterEntry) -> bool:
    mark = file.marks.get(entry.member.id)
    return mark is not None and mark.late and file.came(entry)


def _item_report(file: MeetingFile, item: AgendaItem) -> ItemReport:
    """Return an item with who spoke on it, each once, in the order of speaking."""
    guests = {guest.id: guest.name for guest in file.guests}
    spoke = (
        file.name_of(speech.member_id) or guests.get(speech.guest_id or "", "")
        for speech in file.speeches
        if speech.agenda_item_id == item.id
    )
    speakers = tuple(dict.fromkeys(name for name in spoke if name))
    presenter = item.presenter or file.name_of(item.presenter_id)
    return ItemReport(item.title, presenter, item.text, item.conclusion, speakers, item.finished)


def _proposal_reports(file: MeetingFile) -> Iterator[ProposalReport]:
    """Return earlier proposals first, with the day on which they were raised, then those of this meeting."""
    for one in (*file.earlier_proposals, *file.proposals):
        yield ProposalReport(
            text=one.text,
            who=file.name_of(one.member_id),
            state=one.state,
            answer=one.answer,
            answered_by=one.answered_by,
            forwarded_to=one.forwarded_to,
            raised_on=file.raised_on.get(one.meeting_id),
        )


def _reason_words(mark: Mark) -> str:
    """Return the reason with the note behind it; a note that says the reason already stands alone."""
    note = names.clean(mark.note)
    if mark.reason is None or (note and mark.reason is AbsenceReason.OTHER):
        return note
    reason = REASON_WORDS[mark.reason]
    if not note or names.fold(note).startswith(names.fold(reason)):
        return note or reason
    return f"{reason}, {note}"


def _vote_reports(file: MeetingFile) -> tuple[VoteReport, ...]:
    base = file.vote_base()
    made = []
    for vote in sorted(file.votes, key=lambda vote: vote.position):
        outcome = votes.judge_vote(vote, base)
        made.append(
            VoteReport(
                question=vote.question,
                vote_class=vote.vote_class,
                method=vote.method,
                base=outcome.base,
                base_lines=vote.base_lines or base.lines,
                needed=outcome.needed,
                in_favour=outcome.in_favour,
                against=vote.against,
                other=vote.other,
                passed=outcome.passed,
                minority=vote.minority,
                blank=vote.blank,
                invalid=vote.invalid,
                tellers=vote.tellers,
            )
        )
    return tuple(made)
