"""What stands on a paper, before anyone asks where: titles, texts, tables, signers.

The words of every kind of paper are made as these values by pure functions; only `drawing` and
`layout` know pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

__all__ = ["Align", "Column", "Content", "Element", "Grid", "Section", "Signer", "Subsection", "Text"]


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
    """One paragraph; `lead` is set in italics before it."""

    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `width` is its share of the width, in millimetres of a portrait page."""

    title: str
    width: float
    align: Align = Align.CENTRE


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a full grid; the heading repeats on every page, `total` is set in bold at the end."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] | None = None


Element = Section | Subsection | Text | Grid


@dataclass(frozen=True, slots=True)
class Signer:
    """Someone who signs: the role of the signature's field, bold and plain lines above, the name below."""

    role: str
    authority: str
    office: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A whole paper; one signer stands at the right, two stand left and right.

    `number` is what follows “Số”; `place_and_date` is None where the head shows none.
    """

    superior: str
    body: str
    number: str
    place_and_date: tuple[str, str] | None
    kind: str
    subject: str
    elements: tuple[Element, ...]
    signers: tuple[Signer, ...]
    recipients: tuple[str, ...] = ()
    landscape: bool = False
