"""Tables: from the grid of a content to ReportLab's table, whose heading repeats on every page."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, Table

from sochibo.documents.page.boxes import SIGNS, markup
from sochibo.documents.page.content import Align
from sochibo.documents.page.fonts import BOLD, BOLD_ITALIC, ITALIC, REGULAR, printable, width
from sochibo.documents.page.styles import CellStyles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportlab.lib.styles import ParagraphStyle

    from sochibo.documents.page.content import Grid
    from sochibo.documents.page.profile import Profile

__all__ = ["table"]


def table(grid: Grid, profile: Profile, available: tuple[float, float]) -> Table:
    """Return a table whose rows stay whole, unless one of them is taller than a page."""
    shares = sum(column.width for column in grid.columns)
    widths = [available[0] * column.width / shares for column in grid.columns]
    styles = CellStyles(grid, profile)
    heading = _heading(grid, styles)
    head = len(heading)
    rows = [*heading, *_rows(grid, widths, styles, profile)]
    style = _table_style(grid, head, styles, profile)

    def made(**more: object) -> Table:
        # Where cells span, ReportLab would else measure only the rows of the first page.
        result = Table(rows, colWidths=widths, repeatRows=head, longTableOptimize=0, **more)
        result.setStyle([*style, *together])
        result.wrap(*available)
        return result

    together: list[tuple[object, ...]] = []
    result = made()
    heights = result._rowHeights  # noqa: SLF001 - ReportLab tells row heights nowhere else
    room = available[1] - sum(heights[:head])
    # Two rows that fill more than a page could never be kept together: ReportLab would give up.
    together += (
        ("NOSPLIT", (0, row), (-1, row + 1))
        for row in _leading_rows(grid, head)
        if sum(heights[row : row + 2]) <= room
    )
    lowest = grid.row_height * mm
    if max(heights[head:], default=0) > room:
        # Only then: with it ReportLab would rather split any row than begin a new page.
        # From the top: what stands in the middle of a row would leave the page with half of it.
        style.append(("VALIGN", (0, head), (-1, -1), "TOP"))
        result = made(splitInRow=1)
    elif lowest:
        # ReportLab's own minRowHeights are forgotten by the part of a table that goes on the next page.
        result = made(rowHeights=[*heights[:head], *(max(height, lowest) for height in heights[head:])])
    elif together:
        result.setStyle(together)
    result.spaceBefore = profile.table.space_before * mm + profile.body.space_before / 2
    return result


def _heading(grid: Grid, styles: CellStyles) -> list[list[str | Paragraph]]:
    """Return the rows that repeat: groups above their columns, titles, and the columns' numbers."""
    titles = [Paragraph(markup(column.title), styles.head) for column in grid.columns]
    rows: list[list[str | Paragraph]] = [titles]
    if any(column.group for column in grid.columns):
        upper: list[str | Paragraph] = []
        lower: list[str | Paragraph] = []
        for first, last in _groups(grid):
            group = grid.columns[first].group
            if group:
                upper += [Paragraph(markup(group), styles.head), *[""] * (last - first)]
                lower += titles[first : last + 1]
            else:
                upper.append(titles[first])
                lower.append("")
        rows = [upper, lower]
    if grid.numbered:
        rows.append([Paragraph(f"({n})", styles.number) for n in range(1, len(grid.columns) + 1)])
    return rows


def _groups(grid: Grid) -> Iterator[tuple[int, int]]:
    """Return first and last column of every heading of the upper row."""
    places = groupby(enumerate(grid.columns), key=lambda one: one[1].group or one[0])
    for _, found in places:
        columns = [n for n, _ in found]
        yield columns[0], columns[-1]


def _rows(
    grid: Grid, widths: Sequence[float], styles: CellStyles, profile: Profile
) -> Iterator[list[str | Paragraph]]:
    """Return the cells of rows and total."""
    padding = 2 * profile.table.padding_side * mm
    for n, texts in enumerate(grid.rows):
        font = _font(grid, n)
        if n in grid.spanning:
            whole = _cell(texts[0], styles.of(font, Align.LEFT), sum(widths) - padding)
            yield [whole, *[""] * (len(widths) - 1)]
            continue
        yield [
            _cell(text, styles.of(font, column.align), room - padding)
            for text, column, room in zip(texts, grid.columns, widths, strict=True)
        ]
    if grid.total is not None:
        yield [
            _cell(text, styles.of(BOLD, column.align), room - padding)
            for text, column, room in zip(grid.total, grid.columns, widths, strict=True)
        ]


def _font(grid: Grid, row: int) -> str:
    if row in grid.bold:
        return BOLD_ITALIC if row in grid.italic else BOLD
    return ITALIC if row in grid.italic else REGULAR


def _cell(text: str, style: ParagraphStyle, room: float) -> str | Paragraph:
    """Return a plain string where it fits: a Paragraph in every cell costs eight times as much.

    Values stacked in one field stand each on a line of its own.
    """
    if "\n" in text:
        return Paragraph(
            "<br/>".join(markup(printable(line, keep=SIGNS)) for line in text.split("\n")), style
        )
    line = printable(text, keep=SIGNS)
    if width(line, style.fontName, style.fontSize) <= room and not any(sign in line for sign in SIGNS):
        return line
    return Paragraph(markup(line), style)


def _table_style(grid: Grid, head: int, styles: CellStyles, profile: Profile) -> list[tuple[object, ...]]:
    layout = profile.table
    whole = ((0, 0), (-1, -1))
    commands: list[tuple[object, ...]] = [
        ("GRID", *whole, layout.rule_width, "black"),
        ("FONT", *whole, REGULAR, styles.size, styles.leading),
        ("VALIGN", *whole, "MIDDLE"),
        ("LEFTPADDING", *whole, layout.padding_side * mm),
        ("RIGHTPADDING", *whole, layout.padding_side * mm),
        ("TOPPADDING", *whole, layout.padding_edge * mm),
        ("BOTTOMPADDING", *whole, layout.padding_edge * mm + 1),
    ]
    commands += [("ALIGN", (n, head), (n, -1), column.align.value) for n, column in enumerate(grid.columns)]
    if any(column.group for column in grid.columns):
        for first, last in _groups(grid):
            grouped = bool(grid.columns[first].group)
            commands.append(("SPAN", (first, 0), (last, 0) if grouped else (last, 1)))
    for n in range(len(grid.rows)):
        row = head + n
        if font := _font(grid, n):
            commands.append(("FONT", (0, row), (-1, row), font, styles.size, styles.leading))
        if n in grid.spanning:
            commands += [("SPAN", (0, row), (-1, row)), ("ALIGN", (0, row), (0, row), "LEFT")]
    if grid.total is not None:
        commands.append(("FONT", (0, -1), (-1, -1), BOLD, styles.size, styles.leading))
    return commands


def _leading_rows(grid: Grid, head: int) -> Iterator[int]:
    """Return the rows that must not end a page: headings inside the table, and the row before the sum."""
    count = len(grid.rows)
    yield from (head + n for n in sorted(grid.spanning) if n < count - (grid.total is None))
    if grid.total is not None and count:
        yield head + count - 1
