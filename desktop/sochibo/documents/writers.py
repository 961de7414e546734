"""Which function writes the words of each kind of report; its module is imported when first needed."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sochibo.documents.content import Content
    from sochibo.rules.reports import Report

__all__ = ["WRITERS", "write"]

WRITERS: Final[Mapping[ReportKind, str]] = {
    ReportKind.SUMMARY: "summary:summary_content",
    ReportKind.ROLLUP: "rollup:rollup_content",
}
"""Module of this folder and function `(report) -> Content`, by kind; minutes also ask the profile."""


def write(kind: ReportKind, report: Report) -> Content:
    """Return what stands on the paper of a report."""
    module, name = WRITERS[kind].split(":")
    writer: Callable[[Report], Content] = getattr(import_module(f"sochibo.documents.{module}"), name)
    return writer(report)
