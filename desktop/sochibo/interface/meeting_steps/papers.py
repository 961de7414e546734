"""The way from a step of a meeting to the papers around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochibo.interface.icons import ActButton
from sochibo.interface.papers_page import papers_goal
from sochibo.messages import N_

if TYPE_CHECKING:
    from sochibo.interface.meeting_steps.desk import Desk
    from sochibo.rules.reports import ReportKind

__all__ = ["papers_button"]


def papers_button(desk: Desk, kind: ReportKind) -> ActButton:
    """Return the button that opens the papers of the meeting, with the one in hand that this step needs."""
    say = desk.words.gettext
    made = ActButton(desk.theme, say(N_("Notice, sheets, resolution …")), icon="file-text", kind="second")
    made.clicked.connect(lambda: desk.session.go(papers_goal(desk.meeting_id, kind)))
    return made
