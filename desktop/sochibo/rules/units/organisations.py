"""Organisations, their terms and the people who sign for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sochibo.messages import N_

__all__ = ["BookKind", "Organisation", "Term", "suggest_symbol"]


class BookKind(StrEnum):
    """Whose book a file is."""

    CELL = "cell"
    COMMITTEE = "committee"


BOOK_KIND_LABELS = {BookKind.CELL: N_("Cell"), BookKind.COMMITTEE: N_("Committee")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """An organisation as its papers name it.

    `name` is written as the office writes it (`Chi bộ Thôn 4`; never “corrected”), `superior` is the
    body above it (`Đảng bộ xã Đông Hòa`), `place` stands before the date on its papers, `symbol` ends
    its document numbers (`CB`, `ĐU`). `code` is the optional 14-digit `NN.NNN.NNN.NNN.NNN`.
    `regular_day` is the day of the month on which it meets (HD 37-HD/BTGDVTW, 19/11/2025: the 3rd
    unless the committee registered another). `secretary` signs its papers.
    """

    id: str
    kind: BookKind
    name: str
    superior: str
    place: str
    symbol: str
    code: str = ""
    regular_day: int = 3
    regular_time: str = "19:30"
    regular_place: str = ""
    secretary: str = ""
    secretary_office: str = "BÍ THƯ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term of the leading body; document numbers run through it, kind by kind (HD 05-HD/VPTW, 2026)."""

    id: str
    name: str
    start: date
    end: date | None = None


def suggest_symbol(kind: BookKind) -> str:
    """Return the usual ending of document numbers: `CB` for a cell, `ĐU` for a committee."""
    return "CB" if kind is BookKind.CELL else "ĐU"
