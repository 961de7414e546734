"""Meetings and everything recorded in one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sochibo.messages import N_
from sochibo.rules.counts import BaseLine
from sochibo.rules.dates import Month
from sochibo.rules.scoring.scoring import Rating

__all__ = [
    "ATTENDANCE_LABELS", "FORMAT_LABELS", "KIND_LABELS", "REASON_LABELS", "STATE_LABELS", "AbsenceReason",
    "AgendaItem", "AssignedTask", "Attendance", "Guest", "Mark", "Meeting", "MeetingFormat", "MeetingKind",
    "MeetingState", "Score", "Vote", "VoteClass", "VoteMethod",
]  # fmt: skip


class MeetingKind(StrEnum):
    """Kinds of meeting (Charter art. 22, 24; HD 42-HD/BTCTW, 28/10/2025; QĐ 294-QĐ/TW, 26/5/2025)."""

    REGULAR = "regular"
    THEMATIC = "thematic"
    COMBINED = "combined"
    EXTRAORDINARY = "extraordinary"
    CELL_COMMITTEE = "cell_committee"
    GROUP = "group"
    CONGRESS = "congress"
    EXTRAORDINARY_CONGRESS = "extraordinary_congress"
    REVIEW = "review"
    ADMISSION = "admission"
    OTHER = "other"


KIND_LABELS = {
    MeetingKind.REGULAR: N_("Regular meeting"),
    MeetingKind.THEMATIC: N_("Thematic meeting"),
    MeetingKind.COMBINED: N_("Regular and thematic meeting"),
    MeetingKind.EXTRAORDINARY: N_("Extraordinary meeting"),
    MeetingKind.CELL_COMMITTEE: N_("Cell committee meeting"),
    MeetingKind.GROUP: N_("Party group meeting"),
    MeetingKind.CONGRESS: N_("Cell congress"),
    MeetingKind.EXTRAORDINARY_CONGRESS: N_("Extraordinary congress"),
    MeetingKind.REVIEW: N_("Yearly review"),
    MeetingKind.ADMISSION: N_("Admission ceremony"),
    MeetingKind.OTHER: N_("Other meeting"),
}


class MeetingFormat(StrEnum):
    """In which form a cell met; online meetings are a pilot of HD 03-HD/TW, 27/12/2022."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    HYBRID = "hybrid"
    BY_GROUP = "by_group"
    BY_CLUSTER = "by_cluster"


FORMAT_LABELS = {
    MeetingFormat.IN_PERSON: N_("In one room"),
    MeetingFormat.ONLINE: N_("Online"),
    MeetingFormat.HYBRID: N_("In one room and online"),
    MeetingFormat.BY_GROUP: N_("By Party groups"),
    MeetingFormat.BY_CLUSTER: N_("By clusters"),
}


class MeetingState(StrEnum):
    """How far a meeting has come; later states of its paper (sent, received) are the paper's own."""

    PLANNED = "planned"
    RECORDING = "recording"
    CLOSED = "closed"
    SEALED = "sealed"


STATE_LABELS = {
    MeetingState.PLANNED: N_("Prepared"),
    MeetingState.RECORDING: N_("Being recorded"),
    MeetingState.CLOSED: N_("Closed"),
    MeetingState.SEALED: N_("Sealed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One meeting; times are `HH:MM` texts or empty, `theme` names a thematic part.

    `fee_note` is the state of fee payment (HD 42-HD/BTCTW, 28/10/2025), `adopted` tells that the minutes
    were read out and agreed to, `rating_note` the shortcomings the chair named. `observer_id` is who was
    chosen to follow and score the meeting. `notice_on`, `papers_on` and `uploaded_on` are the days on which
    members were told, had the papers, and had the finished ones. `framework` names a scoring framework other
    than that of the day; `own_rating` the rating settled by the cell, where it differs from its points.
    """

    id: str
    kind: MeetingKind
    on: date
    start: str = ""
    end: str = ""
    place: str = ""
    theme: str = ""
    chair_id: str | None = None
    minute_taker_id: str | None = None
    fee_note: str = ""
    conclusion: str = ""
    rating_note: str = ""
    adopted: bool = False
    state: MeetingState = MeetingState.PLANNED
    format: MeetingFormat = MeetingFormat.IN_PERSON
    group_id: str | None = None
    theme_group: str = ""
    notice_on: date | None = None
    papers_on: date | None = None
    uploaded_on: date | None = None
    observer_id: str | None = None
    not_scored_reason: str = ""
    framework: str = ""
    own_rating: Rating | None = None
    note: str = ""

    @property
    def month(self) -> Month:
        """Return the month to which the meeting counts."""
        return Month.of(self.on)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """One item: its title, who presented it, the course of the talk, and the chair's conclusion.

    What is not `finished` comes up again at the next meeting, which knows by `carried_from` whence it came.
    """

    id: str
    meeting_id: str
    position: int
    title: str
    presenter: str = ""
    text: str = ""
    conclusion: str = ""
    presenter_id: str | None = None
    minutes: int | None = None
    carried_from: str | None = None
    finished: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Someone present who is not of the cell; `superior` marks the upper committee's people.

    `assigned` is who was sent to follow this cell, `score_tenths` the points such a person confirmed.
    """

    id: str
    meeting_id: str
    position: int
    name: str
    post: str = ""
    superior: bool = False
    remarks: str = ""
    organisation: str = ""
    assigned: bool = False
    score_tenths: int | None = None


class Attendance(StrEnum):
    """Only these are official: there, absent with a reason, absent without one."""

    PRESENT = "present"
    EXCUSED = "excused"
    UNEXCUSED = "unexcused"


ATTENDANCE_LABELS = {
    Attendance.PRESENT: N_("Present"),
    Attendance.EXCUSED: N_("Absent with reason"),
    Attendance.UNEXCUSED: N_("Absent without reason"),
}


class AbsenceReason(StrEnum):
    """Usual reasons, in the order of their digits 1 to 7; a free note may say more."""

    WORK = "work"
    ILLNESS = "illness"
    MATERNITY = "maternity"
    FAMILY = "family"
    STUDY = "study"
    WEATHER = "weather"
    OTHER = "other"


REASON_LABELS = {
    AbsenceReason.WORK: N_("on business"),
    AbsenceReason.ILLNESS: N_("ill"),
    AbsenceReason.MATERNITY: N_("maternity"),
    AbsenceReason.FAMILY: N_("family matters"),
    AbsenceReason.STUDY: N_("studying"),
    AbsenceReason.WEATHER: N_("disaster or traffic"),
    AbsenceReason.OTHER: N_("other reason"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How one person attended; who has no mark was present if expected, and absent if exempt or away.

    `late` came after the opening; `accepted_by` is who accepted the reason of an absence.
    """

    meeting_id: str
    member_id: str
    attendance: Attendance
    reason: AbsenceReason | None = None
    note: str = ""
    late: bool = False
    accepted_by: str = ""


class VoteClass(StrEnum):
    """Which share of the base must agree (Charter art. 9.5; QĐ 294-QĐ/TW, 26/5/2025, §9.3)."""

    MAJORITY = "majority"
    TWO_THIRDS = "two_thirds"


class VoteMethod(StrEnum):
    """How the vote was cast."""

    CARD = "card"
    BALLOT = "ballot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """One question put to the vote, with the voices counted; `other` are blank, invalid or withheld.

    `blank` and `invalid` are parts of `other`, where they were told apart. `base`, `base_lines` and `passed`
    are written when the minutes are closed and are empty before: what is learnt later changes them no more.
    """

    id: str
    meeting_id: str
    position: int
    question: str
    vote_class: VoteClass = VoteClass.MAJORITY
    method: VoteMethod = VoteMethod.CARD
    in_favour: int = 0
    against: int = 0
    other: int = 0
    minority: str = ""
    agenda_item_id: str | None = None
    blank: int | None = None
    invalid: int | None = None
    tellers: str = ""
    base: int | None = None
    base_lines: tuple[BaseLine, ...] = ()
    passed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignedTask:
    """A task given at a meeting; `assignees` is text as spoken, `due` a day or None, `result` said later."""

    id: str
    meeting_id: str
    position: int
    text: str
    assignees: str = ""
    due: date | None = None
    done_percent: int | None = None
    result: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Points the cell gave itself for one criterion, in tenths (95 is 9.5), with the reason for a loss.

    `proposed_tenths` is what the program had proposed when the points were given, None where nothing.
    """

    meeting_id: str
    criterion: str
    tenths: int
    reason: str = ""
    proposed_tenths: int | None = None
