"""Papers around a meeting, besides its minutes: what is printed on them, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from sochibo.rules import names
from sochibo.rules.meetings.attendance import is_expected
from sochibo.rules.meetings.attendance_matrix import AttendanceMatrix
from sochibo.rules.meetings.meetings import MeetingFormat, MeetingKind
from sochibo.rules.meetings.minutes_parts import ReviewedTask, ScoreReport, TaskReport, VoteReport
from sochibo.rules.members.members import Activity, Membership
from sochibo.rules.reports import Form, Heading, MinutesReport, ReportKind

if TYPE_CHECKING:
    from sochibo.rules.meetings.meeting_files import MeetingFile
    from sochibo.rules.meetings.resolutions import Resolution
    from sochibo.rules.members.members import RosterEntry

__all__ = [
    "FORMS", "AgendaLine", "Call", "Convened", "MinutesBook", "Notice", "PlannedTheme", "Programme",
    "ResolutionReport", "ScoreSheet", "SignInSheet", "ThematicPlan", "make_call", "make_resolution",
    "make_sign_in_sheet",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ResolutionReport:
    """A resolution or conclusion of a meeting; counts are those of its minutes.

    No form is prescribed; the order is that in use under HD 42-HD/BTCTW, 28/10/2025. `results` and `text`
    are paragraphs, `earlier` are the tasks of the month before.
    """

    heading: Heading
    meeting_id: str
    meeting_kind: MeetingKind
    on: date
    title: str
    members: int
    expected: int
    present: int
    chair: str
    chair_office: str
    minute_taker: str
    fee_note: str
    results: str
    earlier: tuple[ReviewedTask, ...]
    text: str
    tasks: tuple[TaskReport, ...]
    score: ScoreReport | None
    rating_note: str
    vote: VoteReport | None

    @property
    def period(self) -> str:
        """Return the day of the meeting."""
        return self.on.isoformat()


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One item of an agenda before the meeting; None where no time was set."""

    title: str
    presenter: str
    minutes: int | None


@dataclass(frozen=True, slots=True)
class Call:
    """What notice and programme say of a meeting to come."""

    heading: Heading
    meeting_id: str
    meeting_kind: MeetingKind
    format: MeetingFormat
    on: date
    start: str
    place: str
    theme: str
    chair: str
    chair_office: str
    minute_taker: str
    items: tuple[AgendaLine, ...]
    guests: tuple[str, ...]
    convened: int

    @property
    def period(self) -> str:
        """Return the day of the meeting."""
        return self.on.isoformat()


@dataclass(frozen=True, slots=True)
class Notice(Call):
    """The notice (thông báo) that calls the members."""


@dataclass(frozen=True, slots=True)
class Programme(Call):
    """The programme (chương trình) of a meeting."""


@dataclass(frozen=True, slots=True)
class PlannedTheme:
    """One row of the plan of thematic meetings; `month` is 0 where only the quarter is planned."""

    quarter: int
    month: int
    theme: str
    theme_group: str
    drafter: str
    draft_due: date | None
    note: str


@dataclass(frozen=True, slots=True)
class ThematicPlan:
    """The yearly plan of thematic meetings (at least one a quarter: Chỉ thị 50-CT/TW, 23/7/2025, item 2)."""

    heading: Heading
    year: int
    themes: tuple[PlannedTheme, ...]
    note: str = ""

    @property
    def period(self) -> str:
        """Return the year."""
        return f"{self.year:04d}"


@dataclass(frozen=True, slots=True)
class Convened:
    """Someone on the roll of the day, as a sign-in sheet lists them."""

    name: str
    membership: Membership
    activity: Activity
    office: str


@dataclass(frozen=True, slots=True)
class SignInSheet:
    """The list to sign at the door; `expected` come first, `others` need not come."""

    heading: Heading
    meeting_id: str
    meeting_kind: MeetingKind
    on: date
    start: str
    place: str
    expected: tuple[Convened, ...]
    others: tuple[Convened, ...]
    guests: tuple[str, ...]

    @property
    def period(self) -> str:
        """Return the day of the meeting."""
        return self.on.isoformat()


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """The score of one meeting on a sheet of its own; `blank` leaves the points to be written by hand."""

    heading: Heading
    meeting_id: str
    meeting_kind: MeetingKind
    on: date
    score: ScoreReport
    rating_note: str
    observer: str
    chair: str
    blank: bool

    @property
    def period(self) -> str:
        """Return the day of the meeting."""
        return self.on.isoformat()


@dataclass(frozen=True, slots=True)
class MinutesBook:
    """All closed minutes of a year in their order, kept long term (HD 12-HD/BTCTW, 06/7/2018)."""

    heading: Heading
    year: int
    minutes: tuple[MinutesReport, ...]

    @property
    def period(self) -> str:
        """Return the year."""
        return f"{self.year:04d}"


def make_resolution(
    heading: Heading, minutes: MinutesReport, resolution: Resolution, vote: VoteReport | None
) -> ResolutionReport:
    """Make a resolution from the minutes of its meeting and from the text written for it."""
    return ResolutionReport(
        heading=heading,
        meeting_id=minutes.meeting_id,
        meeting_kind=minutes.meeting_kind,
        on=minutes.on,
        title=resolution.title,
        members=minutes.members,
        expected=minutes.expected,
        present=minutes.present,
        chair=minutes.chair,
        chair_office=minutes.chair_office,
        minute_taker=minutes.minute_taker,
        fee_note=minutes.fee_note,
        results=resolution.results,
        earlier=minutes.reviewed,
        text=resolution.text,
        tasks=minutes.tasks,
        score=minutes.score,
        rating_note=minutes.rating_note,
        vote=vote,
    )


def make_call(kind: type[Call], heading: Heading, file: MeetingFile) -> Call:
    """Make a notice or a programme of a meeting to come."""
    meeting = file.meeting
    chair = file.entry_of(meeting.chair_id)
    return kind(
        heading=heading,
        meeting_id=meeting.id,
        meeting_kind=meeting.kind,
        format=meeting.format,
        on=meeting.on,
        start=meeting.start,
        place=meeting.place,
        theme=meeting.theme,
        chair=file.name_of(meeting.chair_id),
        chair_office=chair.member.office if chair else "",
        minute_taker=file.name_of(meeting.minute_taker_id),
        items=tuple(
            AgendaLine(item.title, file.name_of(item.presenter_id) or item.presenter, item.minutes)
            for item in sorted(file.items, key=lambda item: item.position)
            if item.title.strip()
        ),
        guests=_guests(file),
        convened=file.attendance().expected,
    )


def make_sign_in_sheet(heading: Heading, file: MeetingFile) -> SignInSheet:
    """Make the list to sign: who is expected, who need not come, guests; names in Vietnamese order."""
    meeting = file.meeting
    people = sorted(file.roll, key=lambda entry: names.sort_key(entry.member.name))
    expected = {entry.member.id for entry in people if is_expected(entry, file.attendance_rules)}
    return SignInSheet(
        heading=heading,
        meeting_id=meeting.id,
        meeting_kind=meeting.kind,
        on=meeting.on,
        start=meeting.start,
        place=meeting.place,
        expected=tuple(_convened(file, one) for one in people if one.member.id in expected),
        others=tuple(_convened(file, one) for one in people if one.member.id not in expected),
        guests=_guests(file),
    )


def _convened(file: MeetingFile, entry: RosterEntry) -> Convened:
    return Convened(
        name=file.name_of(entry.member.id),
        membership=entry.standing.membership,
        activity=entry.standing.activity,
        office=entry.member.office,
    )


def _guests(file: MeetingFile) -> tuple[str, ...]:
    """Return the guests with their posts, those of the upper committee first."""
    ordered = sorted(file.guests, key=lambda guest: (not guest.superior, guest.position))
    made = (", ".join(filter(None, (guest.name.strip(), guest.post.strip()))) for guest in ordered)
    return tuple(one for one in made if one)


FORMS: Final = {
    ReportKind.RESOLUTION: Form(ResolutionReport, "NQ"),
    ReportKind.CONCLUSION: Form(ResolutionReport, "KL"),
    ReportKind.NOTICE: Form(Notice, "TB"),
    ReportKind.PROGRAMME: Form(Programme, "CTr"),
    ReportKind.THEMATIC_PLAN: Form(ThematicPlan, "KH"),
    ReportKind.SIGN_IN_SHEET: Form(SignInSheet, "", ()),
    ReportKind.SCORE_SHEET: Form(ScoreSheet, "", ()),
    ReportKind.ATTENDANCE_MATRIX: Form(AttendanceMatrix, "", ()),
    ReportKind.MINUTES_BOOK: Form(MinutesBook, "", ()),
}
