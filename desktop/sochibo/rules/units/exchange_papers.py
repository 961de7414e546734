"""What a committee answers: receipts for what it counts, return slips for what it sends back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sochibo.rules.reports import Form, Heading, ReportKind

__all__ = ["FORMS", "AnsweredPaper", "ReceiptReport", "Remark", "ReturnReport"]


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong in a paper: the place as screens name it (`votes.0.in_favour`), in words, and the remark.

    Without a place the remark is about the whole paper.
    """

    place: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class AnsweredPaper:
    """One paper that came: named by its digest, with the verdict of the day in printed words."""

    kind: ReportKind
    period: str
    number: str
    revision: int
    digest: str
    received_on: date
    code: str
    verdict: str
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceiptReport:
    """A receipt for one unit over all its papers that count; `period` is the day of issue."""

    heading: Heading
    period: str
    unit_id: str
    unit: str
    papers: tuple[AnsweredPaper, ...]


@dataclass(frozen=True, slots=True)
class ReturnReport:
    """A return slip for one unit over its papers that do not count, each with what to mend."""

    heading: Heading
    period: str
    unit_id: str
    unit: str
    papers: tuple[AnsweredPaper, ...]


FORMS: Final = {
    ReportKind.RECEIPT: Form(ReceiptReport, "PN"),
    ReportKind.RETURN_SLIP: Form(ReturnReport, "PTL"),
}
"""The letters are ours: Hướng dẫn 05-HD/VPTW (2026) names none for slips from a committee to its cells."""
