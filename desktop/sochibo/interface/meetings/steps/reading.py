"""Sentences that read a meeting's attendance and bases back, to the eye and to the ear."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sochibo.messages import N_
from sochibo.rules.meetings.attendance import is_expected
from sochibo.rules.meetings.meetings import REASON_LABELS, Attendance, VoteClass
from sochibo.rules.meetings.votes import voices_needed
from sochibo.rules.members.members import Activity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sochibo.messages import Messages
    from sochibo.rules.meetings.attendance import BaseLine
    from sochibo.rules.meetings.meetings import Mark
    from sochibo.rules.meetings.minutes import MeetingFile
    from sochibo.rules.members.members import RosterEntry

__all__ = ["BASE_LABELS", "absence_words", "bases", "explanation", "read_back", "vote_base_words"]

BASE_LABELS = {
    "official": N_("official"),
    "probationary": N_("probationary"),
    "visiting": N_("here temporarily"),
    "exempt": N_("exempt"),
    "temporarily_exempt": N_("temporarily exempt"),
    "away": N_("away temporarily"),
    "suspended": N_("suspended"),
    "special_duty": N_("on special duty"),
    "excused": N_("absent with reason"),
}
"""What the lines of a base are called in a running sum: `33 official + 3 probationary − 1 exempt`."""


def absence_words(mark: Mark | None, words: Messages) -> str:
    """Return the reason of an absence as it is read out, with the note where there is one."""
    if mark is None:
        return ""
    reason = words.gettext(REASON_LABELS[mark.reason]) if mark.reason else ""
    accepted = words.sentence(N_("accepted by {who}"), {"who": mark.accepted_by}) if mark.accepted_by else ""
    return ", ".join(part for part in (mark.note or reason, accepted) if part)


def read_back(file: MeetingFile, words: Messages) -> str:
    """Return `32/35 present (91.4%). Absent with reason: Bảo (ill). Absent without reason: Cường.`."""
    count = file.attendance()
    parts = [
        words.sentence(
            N_("{present}/{expected} present ({rate})."),
            {
                "present": count.present,
                "expected": count.expected,
                "rate": words.percent(count.present, count.expected),
            },
        )
    ]
    for attendance, template in (
        (Attendance.EXCUSED, N_("Absent with reason: {names}.")),
        (Attendance.UNEXCUSED, N_("Absent without reason: {names}.")),
    ):
        names = _absent(file, attendance, words)
        if names:
            parts.append(words.sentence(template, {"names": ", ".join(names)}))
    late = [file.name_of(entry.member.id) for entry in file.roll if _is_late(file, entry)]
    if late:
        parts.append(words.sentence(N_("Came late: {names}."), {"names": ", ".join(late)}))
    if count.extra_present:
        parts.append(words.sentence(N_("Also there, not counted: {count}."), {"count": count.extra_present}))
    return " ".join(parts)


def bases(file: MeetingFile, words: Messages) -> str:
    """Return both bases in one line, each with the voices or people it stands for."""
    count = file.attendance()
    attendance = words.sentence(
        N_("Attendance base {size} = {sum}"), {"size": count.expected, "sum": _sum(count.base, words)}
    )
    return f"{attendance}  ·  {vote_base_words(file, words)}"


def vote_base_words(file: MeetingFile, words: Messages) -> str:
    """Return the vote base with the voices a majority needs."""
    base = file.vote_base()
    return words.sentence(
        N_("Vote base {size} official (needs {needed})"),
        {"size": base.size, "needed": voices_needed(base.size, VoteClass.MAJORITY)},
    )


def explanation(file: MeetingFile, words: Messages) -> str:
    """Say in whole sentences how both bases were counted, for whoever asks."""
    count, base = file.attendance(), file.vote_base()
    return "\n".join(
        (
            words.sentence(
                N_(
                    "Expected: official and probationary members, and people here temporarily, without those "
                    "exempt, away, suspended or on special duty: {sum} = {size}."
                ),
                {"sum": _sum(count.base, words), "size": count.expected},
            ),
            words.sentence(
                N_(
                    "Voting: official members convened, also those who did not come, without exempt or away "
                    "members who did not come and without suspended ones: {sum} = {size}. "
                    "{present} of them are here."
                ),
                {"sum": _sum(base.lines, words), "size": base.size, "present": base.voters_present},
            ),
            words.sentence(
                N_("A resolution needs more than half ({half}); some decisions need two thirds ({thirds})."),
                {
                    "half": voices_needed(base.size, VoteClass.MAJORITY),
                    "thirds": voices_needed(base.size, VoteClass.TWO_THIRDS),
                },
            ),
        )
    )


def activity_label(activity: Activity) -> str:
    """Return what stands in the place of a mark for somebody who is not expected (a message id)."""
    return {
        Activity.EXEMPT: N_("Exempt from meetings"),
        Activity.TEMPORARILY_EXEMPT: N_("Temporarily exempt from meetings"),
        Activity.AWAY: N_("Away temporarily"),
        Activity.SUSPENDED: N_("Membership suspended"),
        Activity.SPECIAL_DUTY: N_("On special duty"),
    }.get(activity, N_("Not counted"))


def _absent(file: MeetingFile, attendance: Attendance, words: Messages) -> list[str]:
    """Name who is absent in the short way people do, in full where two share a given name."""
    given = Counter(_given(entry.member.name) for entry in file.roll)
    names = []
    for entry in file.roll:
        mark = file.marks.get(entry.member.id)
        if mark is None or mark.attendance is not attendance or not is_expected(entry, file.attendance_rules):
            continue
        name = _given(entry.member.name)
        shown = name if given[name] == 1 else file.name_of(entry.member.id)
        why = absence_words(mark, words) if attendance is Attendance.EXCUSED else ""
        names.append(f"{shown} ({why})" if why else shown)
    return names


def _is_late(file: MeetingFile, entry: RosterEntry) -> bool:
    mark = file.marks.get(entry.member.id)
    return mark is not None and mark.late


def _given(name: str) -> str:
    return name.rsplit(" ", 1)[-1]


def _sum(lines: Iterable[BaseLine], words: Messages) -> str:
    said = ""
    for line in lines:
        label = words.gettext(BASE_LABELS.get(line.code, line.code))
        sign = " − " if line.count < 0 else " + "
        said += (sign if said or line.count < 0 else "") + f"{abs(line.count)} {label}"
    return said.strip() or "0"
