"""What the columns of tasks and of the yearly plan are called in the history."""

from __future__ import annotations

from typing import Final

from sochibo.messages import N_
from sochibo.rules.meetings.plans import PLAN_STATE_LABELS
from sochibo.rules.work.work import ROLE_LABELS, SOURCE_LABELS, TASK_STATE_LABELS

__all__ = ["LABELS", "WORDS_OF"]

LABELS: Final = {
    "product": N_("Product"),
    "source": N_("Source"),
    "evidence": N_("Evidence"),
    "review": N_("Review by the cell committee"),
    "done_on": N_("Done on"),
    "report_meeting_id": N_("To be reported at"),
    "resolution_id": N_("Resolution"),
    "task_id": N_("Task"),
    "role": N_("Role"),
    "measure": N_("Unit of measure"),
    "planned": N_("Planned"),
    "done": N_("Reached"),
    "decimals": N_("Decimal places"),
    "drafter_id": N_("Who drafts it"),
    "draft_due": N_("Draft due on"),
    "planned_month": N_("Planned month"),
    "month": N_("Month"),
}

WORDS_OF: Final = {
    ("task", "state"): {state.value: text for state, text in TASK_STATE_LABELS.items()},
    ("task", "source"): {source.value: text for source, text in SOURCE_LABELS.items()},
    ("task_person", "role"): {role.value: text for role, text in ROLE_LABELS.items()},
    ("thematic_plan", "state"): {state.value: text for state, text in PLAN_STATE_LABELS.items()},
}
