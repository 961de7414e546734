"""Papers laid into a committee's book as if they had been received and counted, without keys and files."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

import reports
from recordings import VIETNAM

from sochibo.documents.envelopes import digest, encode
from sochibo.rules.meetings.attendance import Ratio
from sochibo.storage.records import submissions
from sochibo.storage.records.submissions import KeptSubmission

if TYPE_CHECKING:
    from sochibo.book.book import Book
    from sochibo.rules.reports import Report, SummaryReport
    from sochibo.storage.engine.database import Database

__all__ = ["lay", "summary_of"]


def summary_of(period: str, members: int = 30, present: int = 28, expected: int = 30) -> SummaryReport:
    """Return the summary of a month with one regular meeting, rated good."""
    on = date.fromisoformat(f"{period}-05")
    meeting = replace(
        reports.meeting_figures(5), on=on, attendance=Ratio(present, expected), excused=expected - present,
        unexcused=0, present_official=present, spoke=Ratio(7, present),
    )  # fmt: skip
    return replace(
        reports.summary(0), period=period, meetings=(meeting,), attendance=meeting.attendance,
        tasks=Ratio(1, 2), members=members, official=members - 1, probationary=1, exempt=0,
    )  # fmt: skip


def lay(book: Book, unit_id: str, report: Report, *, revision: int = 1, on: date | None = None) -> str:
    """Let a paper of a unit count, and what it replaces no longer; returns its digest."""
    envelope = reports.wrap(report, organisation_id=unit_id, revision=revision)
    came = datetime.combine(on or report.heading.issued_on, datetime.min.time(), VIETNAM)
    kept = KeptSubmission(
        sha256=hashlib.sha256(encode(envelope)).hexdigest(), file="x.pdf", received_at=came, level="accept",
        code="V00", unit_id=unit_id, unit=envelope.organisation, kind=envelope.kind.value,
        period=envelope.period, number=envelope.number, revision=revision, digest=digest(envelope),
        envelope=encode(envelope).decode(), counts=True,
    )  # fmt: skip
    if submissions.by_sha256(_database(book), kept.sha256) is not None:
        return kept.digest
    with _database(book).act("Laid a paper down"):
        for older in submissions.of_series(_database(book), unit_id, kept.kind or "", kept.period):
            submissions.change(_database(book), replace(older, counts=False))
        submissions.add(_database(book), kept)
    return kept.digest


def _database(book: Book) -> Database:
    # The tests of the book reach below it only here, where a real file would cost a key and a seal each.
    return book._database  # noqa: SLF001
