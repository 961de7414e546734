"""What a cell has to do about answers of the committee, and where its papers wait to be carried."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sochibo.book.due import Due, DueLine
from sochibo.messages import N_
from sochibo.rules.reports import ReportKind
from sochibo.rules.units.remark_places import meeting_place
from sochibo.storage.records.documents import DocumentState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sochibo.book.book import Book
    from sochibo.book.papers.reports import Document
    from sochibo.rules.units.exchange_papers import Remark

__all__ = ["answer_lines", "goal_of"]

_LONG_AGO: Final = timedelta(days=400)


def answer_lines(book: Book, today: date) -> Iterator[DueLine]:
    """Return a line for every paper that came back and was not replaced; Enter opens the named field."""
    documents = [one for one in book.reports.documents() if one.issued_on >= today - _LONG_AGO]
    newest: dict[tuple[ReportKind, str, str | None], Document] = {}
    for one in documents:
        key = one.kind, one.period, one.meeting_id
        if key not in newest or newest[key].revision < one.revision:
            newest[key] = one
    for one in newest.values():
        if one.state is not DocumentState.RETURNED:
            continue
        answer = book.answers.to(one.id)[0]
        first = answer.remarks[0] if answer.remarks else None
        said = first.text if first else answer.verdict
        fields = {
            "period": "/".join(reversed(one.period.split("-"))),
            "number": one.number,
            "sender": answer.sender,
            "remark": f"{first.name}: {said}" if first and first.name else said,
        }
        what, why = N_("Mend what was returned: {period}, No. {number}"), N_("{sender} says: {remark}")
        yield DueLine(Due.TODAY, what, why, None, goal_of(book, one, first), fields)


def goal_of(book: Book, document: Document, remark: Remark | None) -> str:
    """Return the goal of the field that a remark names, else of the paper's own page."""
    if remark is not None and remark.place:
        meeting_id, place = meeting_place(book.reports.envelope(document.id).report, remark.place)
        if meeting_id:
            return f"meeting:{meeting_id}#{place}".rstrip("#")
    if document.kind is ReportKind.SUMMARY:
        return f"report:{document.period}"
    return f"paper:{document.id}"
