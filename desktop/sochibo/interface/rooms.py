"""Which page a goal opens, and which rooms stand in the sidebar of a book."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from sochibo.messages import N_
from sochibo.rules.units.organisations import BookKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from sochibo.interface.page import Page
    from sochibo.interface.session import Session

__all__ = ["PAGES", "ROOMS", "Room", "kind_of", "make_page", "room_of", "stands"]

PAGES: Final = {
    "today": ("today", "TodayPage"),
    "meetings": ("meetings.meetings_page", "MeetingsPage"),
    "new-meeting": ("meetings.meetings_page", "MeetingsPage"),
    "meeting": ("meetings.meeting_page", "MeetingPage"),
    "members": ("members.members_page", "MembersPage"),
    "member": ("members.member_page", "MemberPage"),
    "reports": ("papers.reports_page", "ReportsPage"),
    "report": ("papers.reports_page", "ReportsPage"),
    "inbox": ("inbox.inbox_page", "InboxPage"),
    "rollup": ("rollups.rollup_page", "RollupPage"),
    "key": ("trust.key_page", "KeyPage"),
    "settings": ("upkeep.settings_page", "SettingsPage"),
    "history": ("upkeep.history_page", "HistoryPage"),
    "protection": ("upkeep.protection_page", "ProtectionPage"),
    "backup": ("upkeep.backup_page", "BackupPage"),
    "help": ("frame.help_page", "HelpPage"),
    "papers": ("meetings.papers_page", "PapersPage"),
    "coexistence": ("meetings.coexistence_page", "CoexistencePage"),
    "paper": ("papers.paper_page", "PaperPage"),
    "countersign": ("papers.countersign_page", "CountersignPage"),
    "plan": ("meetings.plan_page", "PlanPage"),
    "tasks": ("work.tasks_page", "TasksPage"),
    "task": ("work.task_page", "TaskPage"),
    "registers": ("members.registers_page", "RegistersPage"),
    "duplicates": ("members.duplicates_page", "DuplicatesPage"),
    "movement": ("members.movement_page", "MovementPage"),
    "member-papers": ("members.member_papers_page", "MemberPapersPage"),
    "ratings": ("ratings.ratings_page", "RatingsPage"),
    "rating": ("ratings.rating_page", "RatingPage"),
    "targets": ("work.targets_page", "TargetsPage"),
    "indicators": ("rollups.indicators_page", "IndicatorsPage"),
    "committee-paper": ("rollups.committee_paper_page", "CommitteePaperPage"),
    "unit-ratings": ("ratings.unit_ratings_page", "UnitRatingsPage"),
    "board": ("rollups.board_page", "BoardPage"),
    "organisations": ("units.organisations_page", "OrganisationsPage"),
    "trust": ("trust.trust_page", "TrustPage"),
    "update": ("upkeep.update_page", "UpdatePage"),
}
"""Module and class of the page for each goal's first part; imported only when first opened.

A page is made as `Class(session, goal)`, the goal being whole: `meeting:<id>`, `report:2026-10`.
"""


@dataclass(frozen=True, slots=True)
class Room:
    """A place in the sidebar: the goal it opens, its word and icon, and the books that have it."""

    goal: str
    name: str
    icon: str
    kinds: frozenset[BookKind]


_CELL: Final = frozenset({BookKind.CELL})
_COMMITTEE: Final = frozenset({BookKind.COMMITTEE})
_BOTH: Final = _CELL | _COMMITTEE

ROOMS: Final = (
    Room("today", N_("Today"), "house", _BOTH),
    Room("meetings", N_("Meetings"), "calendar", _CELL),
    Room("members", N_("Members"), "users", _CELL),
    Room("tasks", N_("Tasks"), "list-checks", _CELL),
    Room("ratings", N_("Ratings"), "star", _CELL),
    Room("reports", N_("Reports"), "file-text", _CELL),
    Room("inbox", N_("Inbox"), "inbox", _COMMITTEE),
    Room("rollup", N_("Roll-up"), "chart-column", _COMMITTEE),
    Room("organisations", N_("Organisations"), "network", _COMMITTEE),
    Room("settings", N_("Settings"), "settings", _BOTH),
)
_PARENTS: Final = {
    "meeting": "meetings",
    "new-meeting": "meetings",
    "papers": "meetings",
    "coexistence": "meetings",
    "paper": "reports",
    "countersign": "reports",
    "member": "members",
    "plan": "meetings",
    "task": "tasks",
    "registers": "members",
    "duplicates": "members",
    "movement": "members",
    "member-papers": "members",
    "rating": "ratings",
    "targets": "ratings",
    "indicators": "rollup",
    "committee-paper": "rollup",
    "unit-ratings": "rollup",
    "board": "inbox",
    "trust": "settings",
    "report": "reports",
    "key": "settings",
    "history": "settings",
    "protection": "settings",
    "backup": "settings",
    "update": "settings",
}


def kind_of(goal: str) -> str:
    """Return the first part of a goal."""
    return goal.partition(":")[0]


def room_of(goal: str) -> str:
    """Return the room in which a goal lies."""
    kind = kind_of(goal)
    return _PARENTS.get(kind, kind)


@cache
def stands(kind: str) -> bool:
    """Tell whether the page of a goal is part of this program."""
    return kind in PAGES and find_spec(f"sochibo.interface.{PAGES[kind][0]}") is not None


def make_page(session: Session, goal: str) -> Page:
    """Make the page of a goal; raises KeyError where a book no longer has what it names."""
    module, name = PAGES[kind_of(goal)]
    maker: Callable[[Session, str], Page] = getattr(import_module(f"sochibo.interface.{module}"), name)
    return maker(session, goal)
