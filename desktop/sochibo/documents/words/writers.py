"""Which function writes the words of each kind of report; its module is imported when first needed."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sochibo.documents.page.content import Content
    from sochibo.rules.reports import Report

__all__ = ["WRITERS", "write"]

WRITERS: Final[Mapping[ReportKind, str]] = {
    ReportKind.SUMMARY: "summary:summary_content",
    ReportKind.ROLLUP: "rollup:rollup_content",
    ReportKind.RESOLUTION: "resolution:resolution_content",
    ReportKind.CONCLUSION: "resolution:conclusion_content",
    ReportKind.NOTICE: "call:notice_content",
    ReportKind.PROGRAMME: "call:programme_content",
    ReportKind.THEMATIC_PLAN: "thematic_plan:thematic_plan_content",
    ReportKind.SIGN_IN_SHEET: "sign_in_sheet:sign_in_content",
    ReportKind.SCORE_SHEET: "score_sheet:score_sheet_content",
    ReportKind.ATTENDANCE_MATRIX: "attendance_matrix:attendance_matrix_content",
    ReportKind.MINUTES_BOOK: "minutes_book:minutes_book_content",
    ReportKind.COEXISTENCE: "coexistence:coexistence_content",
    ReportKind.TASK_LIST: "task_list:task_list_content",
    ReportKind.MEMBER_REGISTER: "member_register:member_register_content",
    ReportKind.COMPANION_REGISTER: "member_register:companion_register_content",
    ReportKind.MEMBER_PAPER: "movement:held_content",
    ReportKind.MOVEMENT: "movement:movement_content",
    ReportKind.COMPOSITION: "movement:composition_content",
    ReportKind.BALLOT: "rating_ballots:ballot_content",
    ReportKind.EXCELLENCE_BALLOT: "rating_ballots:excellence_ballot_content",
    ReportKind.OPINIONS: "rating_ballots:opinions_content",
    ReportKind.RATING_MINUTES: "rating_minutes:rating_minutes_content",
    ReportKind.RATING_COUNT: "rating_minutes:rating_count_content",
    ReportKind.RATING_LIST: "rating_lists:rating_list_content",
    ReportKind.RATING_SUMMARY: "rating_lists:rating_summary_content",
    ReportKind.UNRATED_LIST: "rating_lists:unrated_list_content",
    ReportKind.RATING_REPORT: "rating_report:rating_report_content",
    ReportKind.TARGETS: "targets:targets_content",
    ReportKind.RATING_ROLLUP: "rating_decisions:rating_rollup_content",
    ReportKind.RATING_DECISION: "rating_decisions:rating_decision_content",
    ReportKind.CELL_RATING_DECISION: "rating_decisions:cell_rating_decision_content",
    ReportKind.CAP_TABLE: "rating_decisions:cap_table_content",
    ReportKind.RECEIPT: "exchange:receipt_content",
    ReportKind.RETURN_SLIP: "exchange:return_slip_content",
    ReportKind.BRIDGE: "bridge:bridge_content",
    ReportKind.INDICATORS: "indicators:indicators_content",
    ReportKind.ENROLMENT: "trust_papers:enrolment_content",
    ReportKind.TRUST: "trust_papers:trust_content",
}
"""Module of this folder and function `(report) -> Content`, by kind; minutes also ask the profile."""


def write(kind: ReportKind, report: Report) -> Content:
    """Return what stands on the paper of a report."""
    module, name = WRITERS[kind].split(":")
    writer: Callable[[Report], Content] = getattr(import_module(f"sochibo.documents.words.{module}"), name)
    return writer(report)
