"""What stands on a paper, before anyone asks where: titles, texts, tables, signers.

The words of every kind of paper are made as these values by pure functions; only `drawing` and
`layout` know pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

__all__ = [
    "Align", "Blank", "Chart", "Column", "Content", "Element", "Grid", "NewPage", "Section", "Series",
    "Signer", "Subsection", "Text", "Title",
]  # fmt: skip


class Align(Enum):
    """How the cells of a column stand."""

    LEFT = "LEFT"
    CENTRE = "CENTER"
    RIGHT = "RIGHT"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the first level, `I- Thành phần`; it stays with what follows."""

    text: str


@dataclass(frozen=True, slots=True)
class Subsection:
    """A heading of the second level, `1- …`; it stays with what follows."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph, justified unless `align` says otherwise; `lead` is set in italics before it.

    ☐ and ☑ are drawn as boxes, empty and with an x, here and in tables.
    """

    text: str
    lead: str = ""
    bold: bool = False
    italic: bool = False
    align: Align | None = None


@dataclass(frozen=True, slots=True)
class Blank:
    """Dotted lines to write on by hand; `lead` stands before the first."""

    lines: int = 1
    lead: str = ""


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True)
class Title:
    """Kind and subject in the middle, of an annex or of the next paper of a book."""

    kind: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `width` is its share of the width, in millimetres of a portrait page.

    Neighbours with the same `group` stand under one heading of that name.
    """

    title: str
    width: float
    align: Align = Align.CENTRE
    group: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a full grid; the heading repeats on every page, `total` is set in bold at the end.

    `bold`, `italic` and `spanning` are places of rows: the first text of a spanning row stands across all
    columns. `numbered` puts (1), (2) … under the heading; `row_height` leaves room to write by hand, in
    millimetres; `size` is another type size than the layout's.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] | None = None
    bold: frozenset[int] = frozenset()
    italic: frozenset[int] = frozenset()
    spanning: frozenset[int] = frozenset()
    numbered: bool = False
    row_height: float = 0.0
    size: float | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """One row of values of a chart, as many as there are labels; None leaves a gap."""

    name: str
    values: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of counts, or of shares in tenths of a percent (985 is 98,5%).

    `labels` stand below, one for each value; `lines` joins them, as over years. `height` is that of the plot
    in millimetres. Charts are pictures: whatever they show also stands in a table, since only text is
    compared with the data.
    """

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    percent: bool = False
    lines: bool = False
    height: float = 55.0


Element = Section | Subsection | Text | Grid | Blank | NewPage | Title | Chart


@dataclass(frozen=True, slots=True)
class Signer:
    """Someone who signs: the role of the signature's field, bold and plain lines above, the name below.

    Without a role a hand signs, and the file has no field for it.
    """

    role: str
    authority: str
    office: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A whole paper; one signer stands at the right, two stand left and right, more share the width.

    `number` is what follows “Số”; it and `place_and_date` are None where the head shows none.
    """

    superior: str
    body: str
    number: str | None
    place_and_date: tuple[str, str] | None
    kind: str
    subject: str
    elements: tuple[Element, ...]
    signers: tuple[Signer, ...]
    recipients: tuple[str, ...] = ()
    landscape: bool = False
    annex: tuple[Element, ...] = ()
    """What is attached: it begins on a page of its own, after the signatures."""
