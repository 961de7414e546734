"""What is copied from the book into the national app “Sổ tay đảng viên điện tử”, in the app's own order.

The book is not the app's rival: a meeting is recorded once, here, and its boxes there are filled by copying.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sochibo.rules.dates import PartialDate
from sochibo.rules.meetings.meetings import MeetingKind
from sochibo.rules.members.members import EventKind
from sochibo.rules.reports import Form, Heading, MinutesReport, ReportKind

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "FORMS", "AppField", "AppOrder", "AppScreen", "AppStage", "AppValue", "CoexistenceSheet", "FilledField",
    "KnownPaper", "MeetingFacts", "MemberChange", "order_on",
]  # fmt: skip


class AppStage(StrEnum):
    """When the boxes of a screen can be filled."""

    BEFORE = "before"
    AFTER = "after"
    MONTH = "month"


class AppValue(StrEnum):
    """What of a meeting can fill a box; identity numbers are not among it and never will be."""

    TITLE = "title"
    KIND = "kind"
    THEME = "theme"
    FORMAT = "format"
    DAY = "day"
    START = "start"
    END = "end"
    PLACE = "place"
    CHAIR = "chair"
    MINUTE_TAKER = "minute_taker"
    CALLED = "called"
    GUESTS = "guests"
    AGENDA = "agenda"
    PAPERS_BEFORE = "papers_before"
    PRESENT = "present"
    EXCUSED = "excused"
    UNEXCUSED = "unexcused"
    LATE = "late"
    FEES = "fees"
    DISCUSSION = "discussion"
    VOTES = "votes"
    CONCLUSION = "conclusion"
    TASKS = "tasks"
    PROPOSALS = "proposals"
    STUDIES = "studies"
    SCORE = "score"
    RESOLUTION = "resolution"
    MINUTES = "minutes"
    MEMBER_CHANGES = "member_changes"


@dataclass(frozen=True, slots=True)
class AppScreen:
    """One screen of the app, as a person there reads its name."""

    code: str
    label: str
    stage: AppStage


@dataclass(frozen=True, slots=True)
class AppField:
    """One box of a screen, and what of ours goes into it."""

    screen: AppScreen
    value: AppValue
    label: str


@dataclass(frozen=True, slots=True)
class AppOrder:
    """The boxes of one version of the app in their order; unless `verified` nobody compared them yet."""

    id: str
    app: str
    edition: str
    document: str
    source: str
    valid_from: date
    verified: bool
    fields: tuple[AppField, ...]


@dataclass(frozen=True, slots=True)
class FilledField:
    """One box as it is copied: `text` is empty where the book has nothing for it (yet)."""

    screen: str
    value: AppValue
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class CoexistenceSheet:
    """The sheet of one meeting: only printed, never numbered, never sealed, never sent."""

    heading: Heading
    meeting_id: str
    meeting_kind: MeetingKind
    on: date
    app: str
    edition: str
    document: str
    source: str
    verified: bool
    fields: tuple[FilledField, ...]

    @property
    def period(self) -> str:
        """Return the day of the meeting."""
        return self.on.isoformat()


@dataclass(frozen=True, slots=True)
class KnownPaper:
    """An issued paper of the meeting, to be attached there."""

    kind: ReportKind
    number: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class MemberChange:
    """Something that happened to a member in the month of the meeting."""

    name: str
    kind: EventKind
    on: PartialDate
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """All that can fill boxes; of a meeting not yet `held` nothing is told that only the meeting shows."""

    minutes: MinutesReport
    held: bool
    papers: tuple[KnownPaper, ...] = ()
    changes: tuple[MemberChange, ...] = ()


def order_on(orders: Sequence[AppOrder], day: date) -> AppOrder:
    """Return the order of a day: the newest that had begun, else the oldest there is."""
    begun = [order for order in orders if order.valid_from <= day]
    return max(begun or orders[:1], key=lambda order: order.valid_from)


FORMS: Final = {ReportKind.COEXISTENCE: Form(CoexistenceSheet, "", ())}
