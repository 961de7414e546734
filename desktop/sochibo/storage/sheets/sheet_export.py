"""Tables written to `.xlsx`: every value as what it is, nothing that a spreadsheet would run or mend.

Numbers of people keep their leading zeros, since texts are texts with the format `@`. A text that begins
like a formula stays a text: it is stored as one, marked as Excel marks what was typed behind an
apostrophe, so that it stays one when somebody edits the cell.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from sochibo import faults, files
from sochibo.rules.dates import PartialDate, Precision

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Choice", "Column", "Percent", "Table", "Value", "write_table"]

LONGEST_TEXT: Final = 32_767
"""What a cell can hold; with more of it Excel calls the file damaged."""

EARLIEST: Final = date(1900, 3, 1)
"""Excel believes in a 29 February 1900; days before it are written as texts."""

FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")
NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
NOT_IN_SHEET_NAMES: Final = re.compile(r"[\\/*?:\[\]']")
LONGEST_SHEET_NAME: Final = 31
VALIDATED_ROWS: Final = 1_000
A4: Final = 9

Value = str | int | float | date | PartialDate | None
"""A datetime is a date too; an empty text and None leave the cell empty."""


@dataclass(frozen=True, slots=True)
class Percent:
    """A rate, drawn by the sheet from its counts."""

    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header, how many letters wide, a note to whoever fills it in.

    In a column that is `text` Excel also keeps what is typed as it was typed, zeros in front included.
    """

    title: str
    width: int = 12
    note: str = ""
    text: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """The only texts that a column may hold, so that Excel offers them; others are warned of."""

    column: int
    texts: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One sheet: what stands above the header, the header, the rows."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value | Percent]]
    above: Sequence[str] = ()
    choices: Sequence[Choice] = ()


def write_table(path: Path, table: Table) -> None:
    """Write one table; afterwards the file is whole, or what was there before still is.

    Raises DiskFull, NotWritable or NotReadable (the folder vanished).
    """
    try:
        data = _drawn(table)
    except OSError as error:
        # openpyxl writes rows to a temporary file first, which may find its disk full.
        raise faults.from_os(error, path.name) from error
    files.write_whole(path, data)


def _drawn(table: Table) -> bytes:
    import openpyxl
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_name(table.name))
    # All of this must be said before the first row: the sheet is written as it goes.
    for number, column in enumerate(table.columns, 1):
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width = column.width
        if column.text:
            dimension.number_format = "@"
    header = len(table.above) + 1
    sheet.freeze_panes = f"A{header + 1}"
    sheet.print_title_rows = f"{header}:{header}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for text in table.above:
        sheet.append([_cell(sheet, text, wrap=False)])
    sheet.append([_header_cell(sheet, column) for column in table.columns])
    for row in table.rows:
        sheet.append([_cell(sheet, value) for value in row])
    for choice in table.choices:
        _offer(sheet, choice, header)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _cell(sheet: Any, value: Value | Percent, *, wrap: bool = True) -> Any:  # noqa: ANN401 - openpyxl has no types
    """Make a cell that shows a value as it is."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    made = WriteOnlyCell(sheet)
    if isinstance(value, PartialDate):
        # A day before 1900 and one that is not wholly known are texts: nothing is invented.
        exact = value.precision is Precision.DAY and value.earliest >= EARLIEST
        value = value.earliest if exact else value.vietnamese()
    match value:
        case None | "":
            return made
        case Percent():
            if value.denominator:
                made.value, made.number_format = value.numerator / value.denominator, "0.0%"
        case str():
            text = _clean(value)
            made.value = text
            # What begins with “=” openpyxl takes for a formula, “#N/A” for an error.
            made.data_type, made.number_format = "s", "@"
            made.quotePrefix = text.startswith(FORMULA_SIGNS)
            made.alignment = Alignment(vertical="top", wrap_text=wrap)
        case datetime():
            # A sheet knows no zones: the moment is written as the clock here showed it.
            made.value = value.astimezone().replace(tzinfo=None) if value.tzinfo else value
            made.number_format = "dd/mm/yyyy hh:mm"
        case date():
            made.value, made.number_format = value, "dd/mm/yyyy"
        case _:
            made.value = value
    return made


def _header_cell(sheet: Any, column: Column) -> Any:  # noqa: ANN401 - openpyxl has no types
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    made = _cell(sheet, column.title)
    made.font = Font(bold=True)
    made.fill = PatternFill("solid", fgColor="E8ECEF")
    made.border = Border(bottom=Side("thin"))
    made.alignment = Alignment(vertical="center", wrap_text=True)
    if column.note:
        made.comment = Comment(_clean(column.note), "")
    return made


def _offer(sheet: Any, choice: Choice, header: int) -> None:  # noqa: ANN401 - openpyxl has no types
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    letter = get_column_letter(choice.column + 1)
    offered = DataValidation(
        type="list", formula1=f'"{",".join(choice.texts)}"', allow_blank=True, errorStyle="warning"
    )
    offered.error, offered.showErrorMessage = choice.sentence, True
    offered.add(f"{letter}{header + 1}:{letter}{header + VALIDATED_ROWS}")
    sheet.data_validations.append(offered)


def _clean(text: str) -> str:
    """Return a text as a sheet can hold it: NFC, no signs that XML has none for, not too long."""
    composed = unicodedata.normalize("NFC", NOT_IN_XML.sub("", text))
    return composed if len(composed) <= LONGEST_TEXT else f"{composed[: LONGEST_TEXT - 1]}…"


def _sheet_name(name: str) -> str:
    return NOT_IN_SHEET_NAMES.sub(" ", _clean(name))[:LONGEST_SHEET_NAME].strip() or "1"
