"""Fields of a paper that a committee may point at when it sends the paper back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sochibo.messages import N_
from sochibo.rules.reports import MinutesReport, SummaryReport

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sochibo.messages import Messages
    from sochibo.rules.reports import Report

__all__ = ["PaperPlace", "meeting_place", "places_of"]


@dataclass(frozen=True, slots=True)
class PaperPlace:
    """A field as screens name it (`meetings.0.attendance`), and the words for it; empty for the whole."""

    place: str
    template: str
    fields: Mapping[str, Any] = field(default_factory=dict)

    def say(self, words: Messages) -> str:
        """Return its name."""
        return words.sentence(self.template, self.fields)


_WHOLE: Final = PaperPlace("", N_("The whole paper"))
_OF_MEETING: Final = (
    ("attendance", N_("Attendance of {day}")),
    ("votes", N_("Votes of {day}")),
    ("tasks", N_("Tasks of {day}")),
    ("score_tenths", N_("Points of {day}")),
)
_STEPS: Final = {
    "attendance": "attendance", "present_official": "attendance", "votes": "votes", "tasks": "tasks",
    "score_tenths": "scores", "rating": "scores",
}  # fmt: skip
"""Which field of a meeting a figure of a summary comes from."""


def places_of(report: Report) -> tuple[PaperPlace, ...]:
    """Return the fields that may be pointed at, the whole paper first."""
    return (_WHOLE, *_places(report))


def meeting_place(report: Report, place: str) -> tuple[str, str]:
    """Return the meeting that a place of a paper comes from, and the place in it; empty texts for none."""
    if isinstance(report, MinutesReport):
        return report.meeting_id, place
    head, _, rest = place.partition(".")
    number, _, figure = rest.partition(".")
    if not isinstance(report, SummaryReport) or head != "meetings" or not number.isdigit():
        return "", ""
    if int(number) >= len(report.meetings):
        return "", ""
    return report.meetings[int(number)].meeting_id, _STEPS.get(figure, "")


def _places(report: Report) -> Iterator[PaperPlace]:
    match report:
        case SummaryReport():
            yield PaperPlace("members", N_("Numbers of members"))
            for number, meeting in enumerate(report.meetings):
                for place, template in _OF_MEETING:
                    yield PaperPlace(f"meetings.{number}.{place}", template, {"day": meeting.on})
            yield PaperPlace("remarks", N_("Remarks for the committee"))
        case MinutesReport():
            yield PaperPlace("attendance", N_("Attendance"))
            for number, item in enumerate(report.items):
                yield PaperPlace(f"items.{number}.text", N_("Agenda: {title}"), {"title": item.title})
            for number, vote in enumerate(report.votes):
                yield PaperPlace(f"votes.{number}.in_favour", N_("Vote: {title}"), {"title": vote.question})
            for number, task in enumerate(report.tasks):
                yield PaperPlace(f"tasks.{number}.text", N_("Task: {title}"), {"title": task.text})
            if report.score is not None:
                yield PaperPlace("scores", N_("Points"))
            yield PaperPlace("conclusion", N_("Conclusion"))
        case _:
            return
