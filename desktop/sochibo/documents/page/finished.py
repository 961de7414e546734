"""What drawing and comparing give, and how they fail; loads no library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sochibo.faults import Fault
from sochibo.messages import N_

__all__ = ["Comparison", "NotDrawable", "Paper", "Sheets", "SignatureSpace"]


class NotDrawable(Fault):
    """A text does not fit on any page (a name of many hundred letters in the head, for example).

    Also a paper of more paragraphs and rows than anybody reads, which would keep a PC busy for hours.
    """

    code = "D03"
    sentence = N_("The paper cannot be drawn: a name or a title is too long for the page.")
    advice = N_("Shorten the longest name or title. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class SignatureSpace:
    """Where a signature goes: its role (`secretary`, `chair`, `minute_taker`), page from 0, box in points."""

    role: str
    page: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Paper:
    """A finished PDF before signing, the same bytes whenever it is made from the same envelope."""

    pdf: bytes
    spaces: tuple[SignatureSpace, ...]


@dataclass(frozen=True, slots=True)
class Sheets:
    """Everything that is drawn on the pages of a file: the code and size of each, and the fonts by name.

    Of a font it is what is embedded, and the widths of its letters.
    """

    pages: tuple[tuple[bytes, tuple[float, float]], ...]
    fonts: Mapping[str, tuple[bytes, tuple[int, ...]]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What comparing pages with data found.

    `difference` is None where they agree, else a few words of the page around the first place where they
    do not (`2 ≠ 3` where the numbers of pages differ); `page` is its number from 0. `whole` is False
    where the template is unknown here, so that only the headline figures could be looked for. `alike` is
    False where the words agree and yet a page looks otherwise than the data would be drawn.
    """

    difference: str | None
    page: int = 0
    whole: bool = True
    alike: bool = True
