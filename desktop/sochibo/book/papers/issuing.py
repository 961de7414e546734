"""Papers on their way out: their head, their number, their place in the series, their data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import sochibo
from sochibo.faults import Refused, red
from sochibo.messages import N_
from sochibo.rules.forms import FORMS
from sochibo.rules.periods import parse_period
from sochibo.rules.reports import TELLING, Heading, Report, ReportKind
from sochibo.rules.units.organisations import BookKind
from sochibo.storage.records import documents as papers

if TYPE_CHECKING:
    from sochibo.book.book import Book
    from sochibo.documents.envelopes import Envelope
    from sochibo.rules.units.organisations import Organisation, Term
    from sochibo.storage.engine.database import Database

__all__ = ["TEMPLATE", "Draft", "draw_up", "issue", "next_number"]

TEMPLATE: Final = "HD05-2026/1"
"""Layout profile and its version, by which a receiver draws the same pages again."""

AUTHORITIES: Final = {BookKind.CELL: "T/M CHI BỘ", BookKind.COMMITTEE: "T/M ĐẢNG ỦY"}
"""On whose behalf the secretary signs (Quy định 399-QĐ/TW, 09/01/2026)."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper that has no number yet; `write` makes the report under a heading.

    A paper of the same kind for the same meeting, else for the same period, is replaced by it. `number` is
    one that a person chose instead of the next. One that stands `alone` replaces nothing: a day has many
    slips.
    """

    kind: ReportKind
    period: str
    issued_on: date
    rules: tuple[str, ...]
    write: Callable[[Heading], Report]
    meeting_id: str | None = None
    review_period_id: str | None = None
    number: int | None = None
    alone: bool = False


def draw_up(database: Database, book: Book, draft: Draft, number: str = "") -> Envelope:
    """Put a draft into its envelope: revision, what it replaces, and what stood before it in the series."""
    from sochibo.documents.envelopes import Envelope

    organisation = book.organisation()
    replaced = None
    if draft.alone:
        pass
    elif draft.meeting_id is None:
        replaced = papers.of_period(database, draft.kind, draft.period)
    else:
        replaced = papers.of_meeting(database, draft.kind, draft.meeting_id)
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
    covers the day, where the number that a person chose was given before, or where the paper would tell of
    days that have not come.
    """
    symbol = FORMS[draft.kind].symbol
    if not symbol:
        raise ValueError(f"{draft.kind} is only printed, never issued")
    begins = parse_period(draft.period).first
    if draft.kind in TELLING and begins > draft.issued_on:
        template = N_("What is to be told begins on {day}, after the day of the paper.")
        raise Refused([red("Q82", template, "issued_on", day=begins)])
    term = _term_on(book, draft.issued_on)
    number = draft.number or papers.next_number(database, term.id, symbol)
    text = f"{number:02d}-{symbol}/{book.organisation().symbol}"
    if number < 1 or papers.is_taken(database, term.id, symbol, number):
        template = N_("No. {number} was already given in this term.")
        raise Refused([red("Q90", template, "number", number=text)])
    envelope = draw_up(database, book, draft, text)
    return papers.add(
        database,
        envelope,
        term_id=term.id,
        symbol=symbol,
        number=number,
        meeting_id=draft.meeting_id,
        review_period_id=draft.review_period_id,
    )


def next_number(database: Database, book: Book, kind: ReportKind, on: date) -> int:
    """Return the number that the next paper of a kind would get on a day; raises Refused without a term."""
    return papers.next_number(database, _term_on(book, on).id, FORMS[kind].symbol)


def _heading(organisation: Organisation, draft: Draft, number: str) -> Heading:
    """Return head and foot; what the secretary does not sign is signed on nobody's behalf."""
    by_people = "secretary" not in FORMS[draft.kind].roles
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
    raise Refused([red("O90", N_("{day} lies in no term of this book."), "issued_on", day=day)])
