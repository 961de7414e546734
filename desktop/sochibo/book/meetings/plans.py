"""The plan of a year, and meetings prepared from it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sochibo.book.changes import Changes
from sochibo.book.papers.issuing import Draft
from sochibo.faults import Finding, Refused, Severity
from sochibo.messages import N_
from sochibo.rules.meetings.attendance import attendance_rules_on, is_expected
from sochibo.rules.meetings.meetings import MeetingKind
from sochibo.rules.meetings.plans import (
    PlanState,
    ThemePlan,
    is_day_off,
    month_days,
    next_in_turn,
    state_of_theme,
)
from sochibo.rules.names import clean
from sochibo.rules.reports import ReportKind
from sochibo.storage.records import meetings
from sochibo.storage.records import plans as store

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from datetime import date

    from sochibo.book.book import Book
    from sochibo.rules.dates import Month
    from sochibo.rules.meetings.plans import MonthDay
    from sochibo.rules.reports import Heading, Report
    from sochibo.storage.engine.database import Database

__all__ = ["Plans"]

COMMITTEE_BEFORE: Final = timedelta(days=3)
"""How long before the cell its committee meets, where nothing else is known; a person may move it."""


class Plans:
    """Regular days, planned themes, and the meetings that come of them."""

    def __init__(self, database: Database, book: Book) -> None:
        self._database = database
        self._book = book

    def days(self, year: int) -> tuple[MonthDay, ...]:
        """Return the regular day of each month, and what to propose where it is a Sunday or a holiday."""
        return month_days(year, self._book.organisation().regular_day)

    def themes(self, year: int) -> tuple[ThemePlan, ...]:
        """Return the planned themes of a year; one whose meeting has closed minutes is held."""
        return tuple(map(self._as_held, store.of_year(self._database, year)))

    def theme(self, plan_id: str) -> ThemePlan:
        """Return one planned theme; raises KeyError."""
        return self._as_held(store.get(self._database, plan_id))

    def theme_of(self, meeting_id: str) -> ThemePlan | None:
        """Return the planned theme that a meeting deals with."""
        found = store.of_meeting(self._database, meeting_id)
        return self._as_held(found) if found else None

    def put(self, plan: ThemePlan) -> str:
        """Record a theme (an empty id makes a new one); returns its id. Raises Refused (T10, T11)."""
        if not plan.theme.strip():
            raise _refusal("T10", N_("A planned theme needs a name."), "theme")
        month = plan.planned_month
        if month is not None and month.year != plan.year:
            raise _refusal(
                "T11", N_("The planned month lies in another year than the plan."), "planned_month"
            )
        key = f"theme:{plan.id}" if plan.id else None
        fields = {"year": plan.year}
        changes = int((Changes.TASKS | Changes.MEETINGS).value)
        template = N_("Changed the plan of {year}")
        with self._database.act(template, fields, changes=changes, merge_key=key):
            return store.put(self._database, plan)

    def remove(self, plan_id: str) -> Changes:
        """Take a theme out of the plan; undo brings it back."""
        plan = store.get(self._database, plan_id)
        changes = Changes.TASKS | Changes.MEETINGS
        template = N_("Changed the plan of {year}")
        with self._database.act(template, {"year": plan.year}, changes=int(changes.value)):
            store.remove(self._database, plan_id)
        return changes

    def prepare_theme(self, plan_id: str, on: date, kind: MeetingKind = MeetingKind.THEMATIC) -> str:
        """Prepare the meeting of a planned theme and tie both together; returns the meeting's id."""
        plan = store.get(self._database, plan_id)
        with self._act(N_("Prepared the meeting of {day}"), on):
            meeting_id = self._book.meetings.prepare(kind, on, theme=plan.theme)
            store.put(self._database, replace(plan, meeting_id=meeting_id))
        return meeting_id

    def prepare_both(self, on: date) -> tuple[str, str]:
        """Prepare the regular meeting and the committee's own before it, as one act.

        Returns the ids of the regular meeting and of that of the committee (HD 42-HD/BTCTW, 28/10/2025: the
        committee of the cell meets first and settles the contents).
        """
        before = on - COMMITTEE_BEFORE
        while is_day_off(before):
            before -= timedelta(days=1)
        with self._act(N_("Prepared the meeting of {day}"), on):
            committee = self._book.meetings.prepare(MeetingKind.CELL_COMMITTEE, before)
            regular = self._book.meetings.prepare(MeetingKind.REGULAR, on)
        return regular, committee

    def regular_day(self, month_of: date) -> date:
        """Return the day proposed for the regular meeting of a day's month."""
        return self.days(month_of.year)[month_of.month - 1].proposed

    def unheld(self) -> dict[Month, str]:
        """Return why months had no regular meeting, as far as it was written down."""
        return store.unheld(self._database)

    def say_unheld(self, month: Month, reason: str) -> Changes:
        """Write down why a month had no regular meeting; an empty text takes it back."""
        changes = Changes.TASKS | Changes.MEETINGS
        template = N_("Noted why {month} had no meeting")
        fields = {"month": f"{month.month:02d}/{month.year}"}
        key = f"unheld:{month}"
        with self._database.act(template, fields, changes=int(changes.value), merge_key=key):
            store.put_unheld(self._database, month, clean(reason))
        return changes

    def take_turn(self, item_id: str) -> Changes:
        """Give an agenda item to the member whose turn it is: who had items least often, and longest ago."""
        item = meetings.item(self._database, item_id)
        file = self._book.meetings.file(item.meeting_id)
        day, rules = file.meeting.on, attendance_rules_on(file.meeting.on)
        present = [entry.member.id for entry in file.roll if is_expected(entry, rules)]
        given = Counter(other.presenter_id for other in file.items if other.presenter_id and other != item)
        who = next_in_turn(present, store.item_turns(self._database, day), given)
        return self._book.meetings.change_item(replace(item, presenter="", presenter_id=who or None))

    def draft(self, year: int, on: date) -> Draft:
        """Return the thematic plan of a year as a paper."""
        from sochibo.rules.meetings.meeting_papers import PlannedTheme, ThematicPlan

        names = {entry.member.id: entry.member.name for entry in self._book.members.on(on, everybody=True)}
        rows = tuple(
            PlannedTheme(
                quarter=plan.quarter,
                month=plan.planned_month.month if plan.planned_month else 0,
                theme=plan.theme,
                theme_group=plan.theme_group,
                drafter=names.get(plan.drafter_id or "", ""),
                draft_due=plan.draft_due,
                note=plan.note,
            )
            for plan in self.themes(year)
            if plan.state is not PlanState.DROPPED
        )

        def write(heading: Heading) -> Report:
            return ThematicPlan(heading=heading, year=year, themes=rows)

        return Draft(kind=ReportKind.THEMATIC_PLAN, period=f"{year:04d}", issued_on=on, rules=(), write=write)

    def preview(self, year: int, on: date) -> bytes:
        """Draw the thematic plan as it would be now, without a number."""
        return self._book.reports.preview(self.draft(year, on))

    def issue(self, year: int, on: date) -> str:
        """Issue the thematic plan of a year; returns the document's id. Raises Refused (T12)."""
        if not any(plan.state is not PlanState.DROPPED for plan in self.themes(year)):
            raise _refusal("T12", N_("The plan has no theme yet."), "themes")
        return self._book.reports.issue_draft(
            N_("Issued the thematic plan of {year}"), self.draft(year, on), year=year
        )

    def _as_held(self, plan: ThemePlan) -> ThemePlan:
        if plan.meeting_id is None:
            return plan
        meeting = meetings.get(self._database, plan.meeting_id)
        return replace(plan, state=state_of_theme(plan, meeting.state))

    def _act(self, template: str, day: date) -> AbstractContextManager[None]:
        return self._database.act(template, {"day": day}, changes=int(Changes.MEETINGS.value))


def _refusal(code: str, template: str, place: str) -> Refused:
    return Refused([Finding(code, Severity.RED, template, {}, place)])
