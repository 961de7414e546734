"""The words of the sheet from which the boxes of the national app are filled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.documents.page.content import Align, Column, Content, Grid, Text
from sochibo.documents.words.meeting_phrases import meeting_words
from sochibo.documents.words.phrases import joined
from sochibo.rules.dates import official_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sochibo.documents.page.content import Element
    from sochibo.rules.meetings.coexistence import CoexistenceSheet

__all__ = ["coexistence_content"]

_COLUMNS: Final = (
    Column("TT", 8),
    Column("Ô cần ghi", 31, Align.LEFT),
    Column("Nội dung", 116, Align.LEFT),
    Column("Đã ghi", 10),
)
_SIZE: Final = 10.5


def coexistence_content(report: CoexistenceSheet) -> Content:
    """Return the sheet: under each screen its boxes, with a square to tick; nobody signs it."""
    heading = report.heading
    return Content(
        superior=heading.superior,
        body=heading.body,
        number=None,
        place_and_date=(heading.place, official_date(heading.issued_on)),
        kind="PHIẾU ĐỐI CHIẾU",
        subject=f"{report.app}, {meeting_words(report.meeting_kind, report.on)}",
        elements=tuple(_elements(report)),
        signers=(),
    )


def _elements(report: CoexistenceSheet) -> Iterator[Element]:
    said = f"Thứ tự theo {joined((report.app, report.edition))} ({report.document})."
    if not report.verified:
        said += " Chưa đối chiếu với ứng dụng: ô nào khác thì ghi theo ứng dụng."
    yield Text(said, italic=True)
    rows: list[tuple[str, ...]] = []
    spanning: set[int] = set()
    screen = ""
    for n, field in enumerate((one for one in report.fields if one.text), start=1):
        if field.screen != screen:
            screen = field.screen
            spanning.add(len(rows))
            rows.append((screen, "", "", ""))
        rows.append((str(n), field.label, field.text, "☐"))
    marked = frozenset(spanning)
    yield Grid(_COLUMNS, tuple(rows), bold=marked, spanning=marked, size=_SIZE)
    empty = joined(one.label for one in report.fields if not one.text)
    if empty:
        yield Text(f"Không có gì để ghi: {empty}.", italic=True)
