"""All kinds of report with what each is on paper, gathered from the modules that define them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.rules import reports
from sochibo.rules.meetings import coexistence, meeting_papers
from sochibo.rules.members import member_papers
from sochibo.rules.ratings import rating_decisions, rating_papers
from sochibo.rules.units import exchange_papers, indicator_papers, organisation_papers, trust_papers
from sochibo.rules.work import task_papers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sochibo.rules.reports import Form, ReportKind

__all__ = ["ALL_ROLES", "FORMS"]

FORMS: Final[Mapping[ReportKind, Form]] = {
    **reports.FORMS,
    **member_papers.FORMS,
    **meeting_papers.FORMS,
    **coexistence.FORMS,
    **task_papers.FORMS,
    **rating_papers.FORMS,
    **rating_decisions.FORMS,
    **exchange_papers.FORMS,
    **organisation_papers.FORMS,
    **indicator_papers.FORMS,
    **trust_papers.FORMS,
}

ALL_ROLES: Final = frozenset(role for form in FORMS.values() for role in form.roles)
"""Every field for a signature that a paper of ours can have."""
