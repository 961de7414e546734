"""Papers on their way out: their head, their number, their place in the series, their data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import sochibo
from sochibo.faults import Finding, Refused, Severity
from sochibo.messages import N_
from sochibo.rules.forms import FORMS
from sochibo.rules.organisations import BookKind
from sochibo.rules.reports import Heading, Report, ReportKind
from sochibo.storage import documents as papers

if TYPE_CHECKING:
    from sochibo.book.book import Book
    from sochibo.documents.envelopes import Envelope
    from sochibo.rules.organisations import Organisation, Term
    from sochibo.storage.database import Database

__all__ = ["TEMPLATE", "Draft", "draw_up", "issue"]

TEMPLATE: Final = "HD05-2026/1"
"""Layout profile and its version, by which a receiver draws the same pages again."""

AUTHORITIES: Final = {BookKind.CELL: "T/M CHI BỘ", BookKind.COMMITTEE: "T/M ĐẢNG ỦY"}
"""On whose behalf the secretary signs (Quy định 399-QĐ/TW, 09/01/2026)."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper that has no number yet; `write` makes the report under a heading."""

    kind: ReportKind
    period: str
    issued_on: date
    rules: tuple[str, ...]
    write: Callable[[Heading], Report]
    meeting_id: str | None = None


def draw_up(database: Database, book: Book, draft: Draft, number: str = "") -> Envelope:
    """Put a draft into its envelope: revision, what it replaces, and what stood before it in the series."""
    from sochibo.documents.envelopes import Envelope

    organisation = book.organisation()
    replaced = None
    if draft.meeting_id is None:
        replaced = papers.of_period(database, draft.kind, draft.period)
    previous = papers.last_of(database, draft.kind)
    return Envelope(
        kind=draft.kind,
        book_id=book.id,
        organisation_id=organisation.id,
        organisation=organisation.name,
        superior=organisation.superior,
        period=draft.period,
        number=number,
        issued_on=draft.issued_on,
        rules=draft.rules,
        template=TEMPLATE,
        program=sochibo.__version__,
        report=draft.write(_heading(organisation, draft, number)),
        revision=replaced.revision + 1 if replaced else 1,
        replaces=replaced.digest if replaced else None,
        previous=previous.digest if previous else None,
    )


def issue(database: Database, book: Book, draft: Draft) -> str:
    """Allot the next number of the term and keep the paper's data, inside an act; returns its id.

    Numbers run from 01 through a term, kind by kind (HD 05-HD/VPTW, 2026). Raises Refused where no term
    covers the day.
    """
    term = _term_on(book, draft.issued_on)
    symbol = FORMS[draft.kind].symbol
    number = papers.next_number(database, term.id, symbol)
    text = f"{number:02d}-{symbol}/{book.organisation().symbol}"
    envelope = draw_up(database, book, draft, text)
    return papers.add(
        database, envelope, term_id=term.id, symbol=symbol, number=number, meeting_id=draft.meeting_id
    )


def _heading(organisation: Organisation, draft: Draft, number: str) -> Heading:
    """Return head and foot; minutes are signed by chair and minute-taker, on nobody's behalf."""
    by_people = draft.kind is ReportKind.MINUTES
    return Heading(
        superior=organisation.superior,
        body=organisation.name,
        place=organisation.place,
        number=number,
        issued_on=draft.issued_on,
        authority="" if by_people else AUTHORITIES[organisation.kind],
        office="" if by_people else organisation.secretary_office,
        signer="" if by_people else organisation.secretary,
    )


def _term_on(book: Book, day: date) -> Term:
    for term in book.terms():
        if term.start <= day and (term.end is None or day <= term.end):
            return term
    raise Refused(
        [Finding("O90", Severity.RED, N_("{day} lies in no term of this book."), {"day": day}, "issued_on")]
    )
