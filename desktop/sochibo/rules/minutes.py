"""From a meeting to its minutes and figures, and what speaks against closing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.rules import attendance, closing, names, scoring, votes
from sochibo.rules.attendance import Ratio
from sochibo.rules.meeting_files import MeetingFile
from sochibo.rules.meetings import AbsenceReason, Attendance
from sochibo.rules.reports import (
    Absentee,
    ItemReport,
    MeetingFigures,
    MinutesReport,
    ScoreLine,
    ScoreReport,
    SuperiorGuest,
    TaskReport,
    VoteReport,
)

if TYPE_CHECKING:
    from sochibo.faults import Finding
    from sochibo.rules.meetings import Mark
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
    return MinutesReport(
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
            SuperiorGuest(guest.name, guest.post, guest.superior, guest.remarks)
            for guest in sorted(file.guests, key=lambda guest: guest.position)
        ),
        chair=file.name_of(meeting.chair_id),
        chair_office=chair.member.office if chair else "",
        minute_taker=file.name_of(meeting.minute_taker_id),
        fee_note=meeting.fee_note,
        items=tuple(
            ItemReport(item.title, item.presenter, item.text, item.conclusion)
            for item in sorted(file.items, key=lambda item: item.position)
        ),
        votes=_vote_reports(file),
        tasks=tuple(
            TaskReport(task.text, task.assignees, task.due)
            for task in sorted(file.tasks, key=lambda task: task.position)
        ),
        score=_score_report(file),
        rating_note=meeting.rating_note,
        conclusion=meeting.conclusion,
        adopted=meeting.adopted,
    )


def figures_of(file: MeetingFile, minutes_number: str) -> MeetingFigures:
    """Return the meeting as one row of a summary; `minutes_number` is empty while it is not closed."""
    count, base, score = file.attendance(), file.vote_base(), _score_report(file)
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
        score_tenths=score.tenths if score else None,
        rating=score.rating if score else None,
    )


def _extra_names(file: MeetingFile) -> tuple[str, ...]:
    """Return who came though not expected, an exempt member for example."""
    extra = (
        entry.member.name
        for entry in file.roll
        if file.came(entry) and not attendance.is_expected(entry, file.attendance_rules)
    )
    return tuple(sorted(extra, key=names.sort_key))


def _absentees(file: MeetingFile, kind: Attendance) -> tuple[Absentee, ...]:
    """Return the expected people absent in one way; who was not expected is not absent."""
    marked = (
        (entry.member.name, file.marks[entry.member.id])
        for entry in file.roll
        if entry.member.id in file.marks and attendance.is_expected(entry, file.attendance_rules)
    )
    made = (Absentee(name, _reason_words(mark)) for name, mark in marked if mark.attendance is kind)
    return tuple(sorted(made, key=lambda absentee: names.sort_key(absentee.name)))


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
                base_lines=base.lines,
                needed=outcome.needed,
                in_favour=outcome.in_favour,
                against=vote.against,
                other=vote.other,
                passed=outcome.passed,
                minority=vote.minority,
            )
        )
    return tuple(made)


def _score_report(file: MeetingFile) -> ScoreReport | None:
    """Return the score by the framework's criteria, None where the meeting was not scored."""
    framework = file.framework
    if framework is None or not file.scores:
        return None
    given = {one.code: file.scores[one.code] for one in framework.criteria if one.code in file.scores}
    tenths = scoring.total_tenths(given)
    lines = []
    for criterion in framework.criteria:
        score = given.get(criterion.code)
        points, reason = (score.tenths, score.reason) if score else (0, "")
        lines.append(ScoreLine(criterion.label_vi, criterion.max_points, points, reason))
    return ScoreReport(
        framework=framework.id,
        title=framework.title_vi,
        lines=tuple(lines),
        total=framework.total,
        tenths=tenths,
        rating=scoring.rate(tenths, framework),
    )
