"""Running text and tables: from the elements of a content to ReportLab's flowables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, PageBreak, Paragraph, Spacer, Table

from sochibo.documents.page.boxes import SIGNS, markup
from sochibo.documents.page.content import Blank, Chart, Grid, Section, Subsection, Text, Title
from sochibo.documents.page.fonts import printable, width
from sochibo.documents.page.layout import TitleBlock
from sochibo.documents.page.styles import Styles
from sochibo.documents.page.tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sochibo.documents.page.content import Element
    from sochibo.documents.page.layout import Foot
    from sochibo.documents.page.profile import Profile

__all__ = ["Closing", "ClosingTable", "flow"]

_KEPT_ROWS: Final = 2
_SHORT_WORD: Final = 6


class Closing(Flowable):  # type: ignore[misc] # ReportLab ships no types
    """The last lines of the text with the signature block, which never stands alone on a page.

    At least two lines stay with the block; of a longer last paragraph, what fits may stay behind.
    """

    def __init__(self, paragraphs: Sequence[Lines], foot: Foot, kept_lines: int) -> None:
        super().__init__()
        self._paragraphs = list(paragraphs)
        self._foot = foot
        self._kept = kept_lines

    def getSpaceBefore(self) -> float:  # noqa: N802 - ReportLab's name
        """Return the gap of the first paragraph."""
        return float(self._paragraphs[0].getSpaceBefore())

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Add up the heights of all parts and the gaps between them."""
        self._heights = [
            part.wrap(available_width, available_height)[1] for part in (*self._paragraphs, self._foot)
        ]
        gaps = sum(part.getSpaceBefore() for part in (*self._paragraphs[1:], self._foot))
        self.width, self.height = available_width, sum(self._heights) + gaps
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        """Leave behind what fits of the first paragraph, at least two lines of it; else move as a whole."""
        self.wrap(available_width, available_height)
        first, *others = self._paragraphs
        if not isinstance(first, Paragraph):
            return []
        leading = first.style.leading
        fitting = min(int(available_height // leading), _lines(first) - self._kept)
        if fitting < self._kept:
            return []
        parts = first.split(available_width, fitting * leading + 0.01)
        if len(parts) < 2:  # noqa: PLR2004 - a paragraph splits in two or not at all
            return []
        before, after = parts
        return [before, Closing([after, *others], self._foot, self._kept)]

    def draw(self) -> None:
        """Draw the parts from the top down."""
        y = self.height
        for n, (part, height) in enumerate(zip((*self._paragraphs, self._foot), self._heights, strict=True)):
            y -= height + (part.getSpaceBefore() if n else 0)
            part.drawOn(self.canv, 0, y)


class ClosingTable(Flowable):  # type: ignore[misc] # ReportLab ships no types
    """A table with what follows it to the end: its last rows never leave the signature block alone."""

    def __init__(self, rows: Table, below: Flowable, gap: float, kept: int, page_height: float) -> None:
        super().__init__()
        self.rows = rows
        self._below = below
        self._gap = gap
        self._kept = kept
        self._page_height = page_height

    @property
    def moves_whole(self) -> bool:
        """Tell whether there is no row that could stay behind."""
        count: int = len(self.rows._rowHeights)  # noqa: SLF001 - ReportLab tells row heights nowhere else
        return count - int(self.rows.repeatRows) <= self._kept

    def getSpaceBefore(self) -> float:  # noqa: N802 - ReportLab's name
        """Return the gap of the table."""
        return float(self.rows.getSpaceBefore())

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Add up the table, the gap and what follows."""
        self._high = self.rows.wrap(available_width, available_height)[1]
        below = self._below.wrap(available_width, available_height)[1]
        self._between = max(self._gap, float(self._below.getSpaceBefore()))
        self.width, self.height = available_width, self._high + self._between + below
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        """Leave behind the rows that fit, but not the last that are kept; on an empty page give up."""
        self.wrap(available_width, available_height)
        parts = []
        if not self.moves_whole:
            heights = self.rows._rowHeights  # noqa: SLF001 - ReportLab tells row heights nowhere else
            room = min(available_height, self._high - sum(heights[-self._kept :]) + 0.01)
            parts = self.rows.split(available_width, room)
        if len(parts) < 2:  # noqa: PLR2004 - a table splits in two or not at all
            return [self.rows, self._below] if available_height > self._page_height - 1 else []
        before, after = parts
        return [before, ClosingTable(after, self._below, self._gap, self._kept, self._page_height)]

    def draw(self) -> None:
        """Draw the table, and below it what follows."""
        self.rows.drawOn(self.canv, 0, self.height - self._high)
        self._below.drawOn(self.canv, 0, 0)


class _DottedLines(Flowable):  # type: ignore[misc] # ReportLab ships no types
    """Lines to write on, from margin to margin, at the pitch of running text."""

    def __init__(self, blank: Blank, styles: Styles) -> None:
        super().__init__()
        self._lead = printable(blank.lead)
        self.lines = blank.lines
        self._style = styles.text

    def getSpaceBefore(self) -> float:  # noqa: N802 - ReportLab's name
        """Return the gap of a paragraph."""
        return float(self._style.spaceBefore)

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        """Return the height of all lines."""
        self.width, self.height = available_width, self.lines * self._style.leading
        return self.width, self.height

    def draw(self) -> None:
        """Draw the lead and the dots as a dashed line: dots of a font would be text to compare."""
        canvas, style = self.canv, self._style
        canvas.setFont(style.fontName, style.fontSize)
        canvas.setLineWidth(0.7)
        canvas.setDash(0.7, 2.3)
        for n in range(self.lines):
            y = self.height - (n + 1) * style.leading + 0.3 * style.fontSize
            start = 0.0
            if n == 0 and self._lead:
                start = style.firstLineIndent
                canvas.drawString(start, y, self._lead)
                start += width(self._lead, style.fontName, style.fontSize) + 3
            canvas.line(start, y - 1, self.width, y - 1)
        canvas.setDash()


Lines: TypeAlias = Paragraph | _DottedLines
"""What may stand right above a signature block."""


def flow(
    elements: Sequence[Element], foot: Foot | None, profile: Profile, available: tuple[float, float]
) -> list[Flowable]:
    """Return text and tables in order, headings kept with what follows, the last lines with the foot.

    Without a foot it is an annex, at whose end nobody signs.
    """
    styles = Styles(profile)
    parts: list[Flowable] = [_part(element, styles, profile, available) for element in elements]
    if foot:
        parts.append(_closing(parts, foot, profile, available))
    gap = profile.table.space_after * mm
    result: list[Flowable] = []
    for n, part in enumerate(parts):
        if _leads(elements, n):
            result.append(CondPageBreak(_least_height(parts[n:], elements[n:], available)))
        result.append(part)
        if isinstance(part, Table) and part is not parts[-1]:
            result.append(Spacer(0, gap))
    return result


def _closing(parts: list[Flowable], foot: Foot, profile: Profile, available: tuple[float, float]) -> Flowable:
    """Take away from the end what must stay with the foot, and return it with the foot."""
    kept_lines, gap = profile.body.kept_lines, profile.table.space_after * mm
    taken: list[Lines] = []
    lines = 0
    while parts and lines < kept_lines and isinstance(parts[-1], Lines):
        taken.insert(0, parts.pop())
        taken[0].wrap(*available)
        lines += _lines(taken[0])
    last = Closing(taken, foot, kept_lines) if taken else foot
    if not parts or not isinstance(parts[-1], Table) or lines >= kept_lines:
        return last
    rows = parts.pop()
    below = max(gap, last.getSpaceBefore()) + last.wrap(*available)[1]
    if kept := _kept_rows(rows, available[1] - below):
        return ClosingTable(rows, last, gap, kept, available[1])
    parts.append(rows)
    return last


def _kept_rows(rows: Table, room: float) -> int:
    """Return how many last rows may stay with the foot; none where a single one fills a page with it."""
    heights = rows._rowHeights  # noqa: SLF001 - ReportLab tells row heights nowhere else
    head = sum(heights[: rows.repeatRows])
    most = min(_KEPT_ROWS, len(heights) - rows.repeatRows)
    return next((kept for kept in range(most, 0, -1) if head + sum(heights[-kept:]) <= room), 0)


def _lines(part: Lines) -> int:
    return len(part.blPara.lines) if isinstance(part, Paragraph) else part.lines


def _part(element: Element, styles: Styles, profile: Profile, available: tuple[float, float]) -> Flowable:
    match element:
        case Grid():
            return table(element, profile, available)
        case Title():
            return TitleBlock(element.kind, element.subject, profile)
        case Blank():
            return _DottedLines(element, styles)
        case Chart():
            return _chart(element, available[0])
        case Text() | Section() | Subsection():
            return _paragraph(element, styles)
        case _:
            return PageBreak()


def _paragraph(element: Text | Section | Subsection, styles: Styles) -> Paragraph:
    text = markup(_bound(element.text))
    if not isinstance(element, Text):
        return Paragraph(text, styles.heading)
    lead = f"<i>{markup(element.lead)}:</i> " if element.lead else ""
    boxes = any(sign in element.text for sign in SIGNS)
    return Paragraph(lead + text, styles.of(element, boxes=boxes))


def _bound(text: str) -> str:
    """Bind a short last word to the one before it: no number and no syllable ends alone on a line."""
    before, _, last = text.rstrip().rpartition(" ")
    return f"{before}\u00a0{last}" if before and len(last) <= _SHORT_WORD else text


def _chart(element: Chart, width: float) -> Flowable:
    """Only a paper with a chart pays for loading what draws it."""
    from sochibo.documents.page.charts import drawing_of

    return drawing_of(element, width)


def _leads(elements: Sequence[Element], place: int) -> bool:
    """Tell whether an element may not end a page: a heading, or words that announce the table below them."""
    if place == len(elements):
        return False
    element = elements[place]
    if isinstance(element, Section | Subsection):
        return True
    below = elements[place + 1] if place + 1 < len(elements) else None
    return (
        isinstance(element, Text) and isinstance(below, Grid) and (element.bold or element.text.endswith(":"))
    )


def _least_height(
    parts: Sequence[Flowable], elements: Sequence[Element], available: tuple[float, float]
) -> float:
    """Return what a heading needs below it: itself, further headings, and two lines or two rows."""
    height = 0.0
    for n, part in enumerate(parts):
        if isinstance(part, ClosingTable) and not part.moves_whole:
            part = part.rows  # noqa: PLW2901 - its first rows count
        gap = part.getSpaceBefore()
        whole = part.wrap(*available)[1]
        if _leads(elements, n):
            height += gap + whole
            continue
        if isinstance(part, Table):
            head_and_row = sum(part._rowHeights[: part.repeatRows + 1])  # noqa: SLF001 - ReportLab tells row heights nowhere else
            height += gap + min(whole, head_and_row)
        elif isinstance(part, Paragraph):
            height += gap + min(whole, 2 * part.style.leading)
        else:
            height += gap + whole
        break
    # A page break for something taller than a page would only leave an empty page behind.
    return min(height, available[1])
