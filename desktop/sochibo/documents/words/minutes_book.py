"""The minutes book of a year (sổ biên bản): a list of contents, then all minutes in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.documents.page.content import Align, Column, Content, Grid, NewPage, Signer, Text, Title
from sochibo.documents.words.meeting_phrases import meeting_words
from sochibo.documents.words.minutes import minutes_elements
from sochibo.documents.words.phrases import counted, joined
from sochibo.rules.dates import official_date, short_official_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sochibo.documents.page.content import Element
    from sochibo.rules.meetings.meeting_papers import MinutesBook

__all__ = ["minutes_book_content"]

_COLUMNS: Final = (
    Column("TT", 12),
    Column("Ngày", 26),
    Column("Nội dung", 97, Align.LEFT),
    Column("Số biên bản", 30),
)


def minutes_book_content(report: MinutesBook) -> Content:
    """Return the book; its pages are numbered through, the signatures stand on the minutes themselves."""
    heading = report.heading
    return Content(
        superior=heading.superior,
        body=heading.body,
        number=None,
        place_and_date=(heading.place, official_date(heading.issued_on)),
        kind="SỔ BIÊN BẢN",
        subject=f"sinh hoạt chi bộ năm {report.year}",
        elements=tuple(_elements(report)),
        signers=(Signer("", heading.authority, heading.office, heading.signer),),
    )


def _elements(report: MinutesBook) -> Iterator[Element]:
    if not report.minutes:
        yield Text(f"Năm {report.year} chưa có biên bản nào được khóa.")
        return
    yield Text(f"Sổ này gồm {counted(len(report.minutes))} biên bản:")
    yield Grid(
        _COLUMNS,
        tuple(
            (
                str(n),
                short_official_date(one.on),
                _name(meeting_words(one.meeting_kind, one.on)),
                one.heading.number,
            )
            for n, one in enumerate(report.minutes, start=1)
        ),
    )
    for one in report.minutes:
        yield NewPage()
        yield Title("BIÊN BẢN", meeting_words(one.meeting_kind, one.on))
        yield Text(f"Số {one.heading.number}", italic=True, align=Align.CENTRE)
        yield from minutes_elements(one)
        people = joined((f"thư ký: {one.minute_taker}", f"chủ trì: {one.chair}"), "; ")
        yield Text(f"Người ký biên bản: {people}.", italic=True)
    yield Text(f"Sổ biên bản năm {report.year} kết thúc tại đây.")


def _name(words: str) -> str:
    return words[0].upper() + words[1:]
