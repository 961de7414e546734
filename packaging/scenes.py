"""What is drawn of each book: its pages, and the states in which a page looks different."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sochibo.commands.samples.books import NOW
from sochibo.interface.inbox.decision_bar import DecisionBar
from sochibo.interface.meetings.steps.closing import ClosingStep
from sochibo.interface.units.unit_form import UnitAct

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sochibo.interface.frame.frame import Frame
    from sochibo.interface.inbox.inbox_page import InboxPage
    from sochibo.interface.meetings.meeting_page import MeetingPage
    from sochibo.interface.members.members_page import MembersPage
    from sochibo.interface.ratings.ratings_page import RatingsPage
    from sochibo.interface.upkeep.backup_page import BackupPage

__all__ = ["TODAY", "Scene", "scenes_of"]

TODAY: Final = NOW.date()
_PANELS: Final = ("readback", "ballots", "cell", "decision", "papers", "closing")


@dataclass(frozen=True, slots=True)
class Scene:
    """A page, named for its picture, and what is done on it before it is drawn."""

    name: str
    goal: str
    act: Callable[[Any], object] | None = field(default=None)

    def show(self, frame: Frame) -> None:
        """Bring the window to it."""
        frame.go("today")
        frame.go(self.goal)
        if self.act is not None:
            self.act(frame.page)

    def leave(self, frame: Frame) -> None:
        """Close what was opened inside the page, so that the next picture of it begins as it is left."""
        if self.act is not None:
            frame.page.go_back()


def scenes_of(frame: Frame) -> Iterator[Scene]:
    """Name every page of a book: its rooms, what stands in them, and what stands behind."""
    for goal in frame.goals:
        yield Scene(goal, goal)
    if "meetings" in frame.goals:
        yield from _cell(frame)
    else:
        yield from _committee(frame)
    for goal in ("key", "trust", "backup", "protection", "history", "update", "help:index", "help:today"):
        yield Scene(goal.replace(":", "-"), goal)
    yield Scene("restore", "backup", _look_at_copy)


def _cell(frame: Frame) -> Iterator[Scene]:
    book = frame.session.book
    lines = [line for year in book.meetings.years()[:1] for line in book.meetings.lines(year)]
    if lines:
        yield from _meeting(f"meeting:{lines[-1].meeting.id}", "meeting")
        yield from _meeting_papers(f"papers:{lines[-1].meeting.id}")
    sealed = [line.meeting.id for line in lines if book.reports.minutes_of(line.meeting.id)]
    if sealed:
        yield Scene("closed-meeting", f"meeting:{sealed[-1]}")
        yield Scene("correction", f"meeting:{sealed[-1]}", _correct)
        yield Scene("coexistence", f"coexistence:{sealed[-1]}")
    yield Scene("countersign", "countersign")
    people = book.members.on(TODAY)
    if people:
        yield Scene("member", f"member:{people[0].member.id}")
    for roster in book.path.parent.glob("*.xlsx") if people else ():
        yield Scene("roster", "members", partial(_show_roster, roster=roster))
    yield Scene("members-table", "members", _show_form)
    yield Scene("new-meeting", "new-meeting")
    for goal in ("report:2026-10", "report:2026-Q3", "paper:year-2026", "tasks:all", "plan:2026"):
        yield Scene(goal.replace(":", "-"), goal)
    if book.tasks.lines():
        yield Scene("task", f"task:{book.tasks.lines()[0].task.id}")
    for goal in ("registers:offices", "registers:transfers", "duplicates", "movement:2026"):
        yield Scene(goal.replace(":", "-"), goal)
    yield Scene("member-papers", "member-papers:register")
    yield Scene("targets", "targets")
    yield from _ratings(frame)


def _meeting(goal: str, name: str) -> Iterator[Scene]:
    """Draw the seven steps of one meeting."""
    for number in range(7):
        yield Scene(f"{name}-step-{number + 1}", goal, partial(_open_step, number=number))


def _meeting_papers(goal: str) -> Iterator[Scene]:
    yield Scene("papers", goal)
    yield Scene("papers-resolution", f"{goal}:resolution")


def _ratings(frame: Frame) -> Iterator[Scene]:
    book = frame.session.book
    periods = book.ratings.periods()
    if not periods:
        return
    newest = periods[0]
    yield Scene("ratings-held", f"ratings:{newest.id}")
    for panel in _PANELS:
        yield Scene(f"ratings-{panel}", f"ratings:{newest.id}", partial(_show_panel, panel=panel))
    people = book.members.on(TODAY)
    yield Scene("rating", f"rating:{newest.id}.{people[0].member.id}")


def _committee(frame: Frame) -> Iterator[Scene]:
    received = frame.session.book.inbox.submissions()
    if received:
        yield Scene("file", "inbox", lambda page: page.show_submission(received[0]))
        yield Scene("file-return", "inbox", _begin_return)
        yield Scene("return", "inbox", lambda page: page.decisions.begin_return())
    yield Scene("split", "organisations", lambda page: page.begin(UnitAct.SPLIT))
    yield Scene("slips", "inbox", lambda page: page.show_slips())
    yield Scene("enrolment", "inbox", lambda page: page.show_enrolment())
    yield Scene("rollup-file", "rollup:2026", lambda page: page.show_source(page.table_model.records[0]))
    for goal in ("rollup:2026", "indicators:2026", "unit-ratings:2025", "board:2026"):
        yield Scene(goal.replace(":", "-"), goal)
    yield Scene("committee-paper", "committee-paper:rating_rollup:2026")


def _begin_return(page: InboxPage) -> None:
    page.show_submission(page.table_model.records[0])
    bars: list[DecisionBar] = page.findChildren(DecisionBar)  # type: ignore[assignment]  # the stub forgets
    for bar in bars:
        bar.begin_return()


def _open_step(page: MeetingPage, number: int) -> None:
    page.open_step(number)


def _show_panel(page: RatingsPage, panel: str) -> None:
    page.show_panel(panel)


def _correct(page: MeetingPage) -> None:
    page.open_step(6)
    if isinstance(page.step, ClosingStep):
        page.step.correction.open.setChecked(True)


def _show_roster(page: MembersPage, roster: Path) -> None:
    page.show_roster(roster)


def _show_form(page: MembersPage) -> None:
    page.as_form.setChecked(True)


def _look_at_copy(page: BackupPage) -> None:
    if page.table_model.records:
        page.look_at(page.table_model.records[-1].backup.path, "08:30 04/11/2026")
