"""Running text and tables: from the elements of a content to ReportLab's flowables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Spacer, Table

from sochibo.documents.content import Align, Grid, Section, Subsection, Text
from sochibo.documents.fonts import BOLD, REGULAR, printable, width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sochibo.documents.content import Element
    from sochibo.documents.layout import Foot
    from sochibo.documents.profile import Profile

__all__ = ["Closing", "Styles", "flow"]

_ALIGNMENTS: Final = {Align.LEFT: TA_LEFT, Align.CENTRE: TA_CENTER, Align.RIGHT: TA_RIGHT}


class Styles:
    """The paragraph styles of one profile."""

    def __init__(self, profile: Profile) -> None:
        body, table = profile.body, profile.table
        self.text = ParagraphStyle(
            "text", fontName=REGULAR, fontSize=body.size, leading=body.leading, alignment=TA_JUSTIFY,
            firstLineIndent=body.indent * mm, spaceBefore=body.space_before, allowWidows=0, allowOrphans=0,
        )  # fmt: skip
        self.heading = ParagraphStyle("heading", parent=self.text, fontName=BOLD, alignment=TA_LEFT)
        self.cell = {
            align: ParagraphStyle(
                f"cell-{align.name}", fontName=REGULAR, fontSize=table.size, leading=table.leading,
                alignment=_ALIGNMENTS[align],
            )
            for align in Align
        }  # fmt: skip
        self.total = {
            align: ParagraphStyle(f"total-{align.name}", parent=self.cell[align], fontName=BOLD)
            for align in Align
        }
        self.head = ParagraphStyle("head", parent=self.total[Align.CENTRE], fontSize=table.head_size)


class Closing(Flowable):  # type: ignore[misc] # ReportLab ships no types
    """The last lines of the text with the signature block, which never stands alone on a page.

    At least two lines stay with the block; of a longer last paragraph, what fits may stay behind.
    """

    def __init__(self, paragraphs: Sequence[Paragraph], foot: Foot, kept_lines: int) -> None:
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


def flow(
    elements: Sequence[Element], foot: Foot, profile: Profile, available: tuple[float, float]
) -> list[Flowable]:
    """Return text and tables in order, headings kept with what follows, the last lines with the foot."""
    styles = Styles(profile)
    parts: list[Flowable] = [_part(element, styles, profile, available) for element in elements]
    closing: list[Paragraph] = []
    lines = 0
    while parts and lines < profile.body.kept_lines and isinstance(parts[-1], Paragraph):
        closing.insert(0, parts.pop())
        closing[0].wrap(*available)
        lines += _lines(closing[0])
    result: list[Flowable] = []
    last = Closing(closing, foot, profile.body.kept_lines) if closing else foot
    for n, part in enumerate(parts):
        if isinstance(elements[n], Section | Subsection):
            result.append(CondPageBreak(_least_height([*parts[n:], last], elements[n:], available)))
        result.append(part)
        if isinstance(part, Table):
            result.append(Spacer(0, profile.table.space_after * mm))
    return [*result, last]


def _lines(paragraph: Paragraph) -> int:
    return len(paragraph.blPara.lines)


def _part(element: Element, styles: Styles, profile: Profile, available: tuple[float, float]) -> Flowable:
    if isinstance(element, Grid):
        return _table(element, styles, profile, available)
    text = escape(printable(element.text))
    if isinstance(element, Text):
        lead = f"<i>{escape(printable(element.lead))}:</i> " if element.lead else ""
        return Paragraph(lead + text, styles.text)
    return Paragraph(text, styles.heading)


def _least_height(
    parts: Sequence[Flowable], elements: Sequence[Element], available: tuple[float, float]
) -> float:
    """Return what a heading needs below it: itself, further headings, and two lines or two rows."""
    height = 0.0
    for n, part in enumerate(parts):
        gap = part.getSpaceBefore()
        whole = part.wrap(*available)[1]
        if n < len(elements) and isinstance(elements[n], Section | Subsection):
            height += gap + whole
            continue
        if isinstance(part, Table):
            head_and_row = sum(part._rowHeights[:2])  # noqa: SLF001 - ReportLab tells row heights nowhere else
            height += gap + min(whole, head_and_row)
        elif isinstance(part, Paragraph):
            height += gap + min(whole, 2 * part.style.leading)
        else:
            height += gap + whole
        break
    # A page break for something taller than a page would only leave an empty page behind.
    return min(height, available[1])


def _table(grid: Grid, styles: Styles, profile: Profile, available: tuple[float, float]) -> Table:
    """Return a table whose rows stay whole, unless one of them is taller than a page."""
    shares = sum(column.width for column in grid.columns)
    widths = [available[0] * column.width / shares for column in grid.columns]
    rows = _rows(grid, widths, styles, profile)
    made = Table(rows, colWidths=widths, repeatRows=1)
    style = _table_style(grid, profile)
    made.setStyle(style)
    made.wrap(*available)
    heading, *heights = made._rowHeights  # noqa: SLF001 - ReportLab tells row heights nowhere else
    if heading + max(heights, default=0) > available[1]:
        # Only then: with it ReportLab would rather split any row than begin a new page.
        made = Table(rows, colWidths=widths, repeatRows=1, splitInRow=1)
        made.setStyle(style)
    made.spaceBefore = profile.table.space_before * mm + profile.body.space_before / 2
    return made


def _rows(
    grid: Grid, widths: Sequence[float], styles: Styles, profile: Profile
) -> list[list[str | Paragraph]]:
    """Return the cells of heading, rows and total."""
    padding = 2 * profile.table.padding_side * mm

    def row(texts: Sequence[str], cell_styles: dict[Align, ParagraphStyle]) -> list[str | Paragraph]:
        return [
            _cell(text, cell_styles[column.align], room - padding)
            for text, column, room in zip(texts, grid.columns, widths, strict=True)
        ]

    heading: list[str | Paragraph] = [Paragraph(escape(column.title), styles.head) for column in grid.columns]
    total = [] if grid.total is None else [row(grid.total, styles.total)]
    return [heading, *(row(texts, styles.cell) for texts in grid.rows), *total]


def _cell(text: str, style: ParagraphStyle, room: float) -> str | Paragraph:
    """Return a plain string where it fits: a Paragraph in every cell costs eight times as much."""
    line = printable(text)
    if width(line, style.fontName, style.fontSize) <= room:
        return line
    return Paragraph(escape(line), style)


def _table_style(grid: Grid, profile: Profile) -> list[tuple[object, ...]]:
    layout = profile.table
    whole = ((0, 0), (-1, -1))
    commands: list[tuple[object, ...]] = [
        ("GRID", *whole, layout.rule_width, "black"),
        ("FONT", *whole, REGULAR, layout.size, layout.leading),
        ("VALIGN", *whole, "MIDDLE"),
        ("LEFTPADDING", *whole, layout.padding_side * mm),
        ("RIGHTPADDING", *whole, layout.padding_side * mm),
        ("TOPPADDING", *whole, layout.padding_edge * mm),
        ("BOTTOMPADDING", *whole, layout.padding_edge * mm + 1),
    ]
    commands += [("ALIGN", (n, 1), (n, -1), column.align.value) for n, column in enumerate(grid.columns)]
    if grid.total is not None:
        commands.append(("FONT", (0, -1), (-1, -1), BOLD, layout.size, layout.leading))
        commands.append(("NOSPLIT", (0, -2), (-1, -1)))
    return commands
