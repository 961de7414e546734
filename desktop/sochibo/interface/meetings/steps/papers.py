"""The way from a step of a meeting to the papers around it, and to the boxes of the national app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochibo.interface.looks.icons import ActButton
from sochibo.interface.meetings.coexistence_page import coexistence_goal
from sochibo.interface.meetings.papers_page import papers_goal
from sochibo.messages import N_

if TYPE_CHECKING:
    from sochibo.interface.meetings.steps.desk import Desk
    from sochibo.rules.reports import ReportKind

__all__ = ["papers_buttons"]


def papers_buttons(desk: Desk, kind: ReportKind) -> tuple[ActButton, ActButton]:
    """Return what opens the papers, with the one in hand that this step needs, and what opens the boxes."""
    say = desk.words.gettext
    papers = ActButton(desk.theme, say(N_("Notice, sheets, resolution …")), icon="file-text", kind="second")
    papers.clicked.connect(lambda: desk.session.go(papers_goal(desk.meeting_id, kind)))
    boxes = ActButton(desk.theme, say(N_("E-handbook …")), icon="copy", kind="second")
    boxes.clicked.connect(lambda: desk.session.go(coexistence_goal(desk.meeting_id)))
    return papers, boxes
