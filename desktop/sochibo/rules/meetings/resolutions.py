"""What a meeting resolved: the text of its resolution or conclusion, drafted from its record."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sochibo.messages import N_
from sochibo.rules.dates import official_date
from sochibo.rules.meetings.meetings import MeetingKind
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from sochibo.rules.meetings.meeting_files import MeetingFile
    from sochibo.rules.meetings.meetings import Meeting

__all__ = ["PAPERS", "RESOLUTION_LABELS", "Resolution", "ResolutionKind", "drafted"]


class ResolutionKind(StrEnum):
    """A meeting ends with a resolution or a conclusion (domain practice under HD 42-HD/BTCTW, 28/10/2025)."""

    RESOLUTION = "resolution"
    CONCLUSION = "conclusion"


RESOLUTION_LABELS: Final = {
    ResolutionKind.RESOLUTION: N_("Resolution"),
    ResolutionKind.CONCLUSION: N_("Conclusion"),
}

PAPERS: Final = {
    ResolutionKind.RESOLUTION: ReportKind.RESOLUTION,
    ResolutionKind.CONCLUSION: ReportKind.CONCLUSION,
}
"""Which paper is issued of which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """The text of one, written before it is issued.

    `title` follows the kind in the paper's title, `results` are those of the month before, `text` what is
    resolved; `vote_id` names the vote that passed it. An empty id is a draft that nobody has touched yet.
    """

    id: str
    meeting_id: str
    position: int = 0
    kind: ResolutionKind = ResolutionKind.RESOLUTION
    title: str = ""
    results: str = ""
    text: str = ""
    vote_id: str | None = None


def drafted(file: MeetingFile, kind: ResolutionKind = ResolutionKind.RESOLUTION) -> Resolution:
    """Draft the text from the record of a meeting: conclusions of its items, the vote that speaks of it."""
    items = sorted(file.items, key=lambda item: item.position)
    concluded = [
        f"{item.title.strip().rstrip('.:;')}: {' '.join(item.conclusion.split())}"
        for item in items
        if item.conclusion.strip()
    ]
    told = [part.strip() for part in (*concluded, *file.meeting.conclusion.splitlines()) if part.strip()]
    vote = next((one.id for one in file.votes if _speaks_of_it(one.question)), None)
    return Resolution(
        id="",
        meeting_id=file.meeting.id,
        kind=kind,
        title=_title(file.meeting, kind),
        text="\n".join(told),
        vote_id=vote,
    )


def _speaks_of_it(question: str) -> bool:
    lower = question.lower()
    return "nghị quyết" in lower or "kết luận" in lower


def _title(meeting: Meeting, kind: ResolutionKind) -> str:
    """Return the usual title, in Vietnamese whatever language the screen speaks."""
    month = f"tháng {official_date(meeting.on).partition(' tháng ')[2]}"
    if kind is ResolutionKind.CONCLUSION:
        return f"hội nghị chi bộ {official_date(meeting.on)}"
    if meeting.kind is MeetingKind.THEMATIC:
        theme = meeting.theme.strip().rstrip(".")
        return f"về chuyên đề “{theme}”" if theme else f"sinh hoạt chuyên đề {month}"
    return f"lãnh đạo thực hiện nhiệm vụ {month}"
