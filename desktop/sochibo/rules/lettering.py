"""Which letters and signs papers can show: those of Tinos, the typeface of every paper.

Told here as data, without the typeface itself, so that a person hears while writing what a page would lose.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

__all__ = ["SQUARE", "drawn", "undrawn"]

SQUARE: Final = "□"
"""What stands in the place of a sign that the typeface lacks."""

RANGES: Final = (
    "20-7E A0-377 37A-37F 384-38A 38C 38E-3A1 3A3-52F 1C80-1C88 1D00-1DF5 1DFB-1F15 1F18-1F1D 1F20-1F45 "
    "1F48-1F4D 1F50-1F57 1F59 1F5B 1F5D 1F5F-1F7D 1F80-1FB4 1FB6-1FC4 1FC6-1FD3 1FD6-1FDB 1FDD-1FEF "
    "1FF2-1FF4 1FF6-1FFE 2000-2064 2066-2071 2074-208E 2090-209C 20A0-20BE 20F0 2100-214F 2153-2154 "
    "215B-215E 2184 2190-2195 21A8 2202 2206 220F 2211-2212 2215 2219-221A 221E-221F 2229 222B 2248 "
    "2260-2261 2264-2265 2302 2310 2320-2321 2500 2502 250C 2510 2514 2518 251C 2524 252C 2534 253C "
    "2550-256C 2580 2584 2588 258C 2590-2593 25A0-25A1 25AA-25AC 25B2 25BA 25BC 25C4 25CA-25CC 25CF "
    "25D8-25D9 25E6 263A-263C 2640 2642 2660 2663 2665-2666 266A-266B 266F 2C60-2C7F FB01-FB04"
)
"""Code points of the typeface in all four styles; not its Hebrew, whose words would be drawn backwards."""

USUAL: Final = re.compile("[\t\n\r -~\u00a0-\u0377\u1e00-\u1eff\u2010-\u2027]*")
VARIATIONS: Final = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))


def drawn(sign: str) -> str:
    """Return what is drawn of one sign: itself, a square, or nothing of what nobody can see."""
    if sign in _letters():
        return "" if unicodedata.category(sign) == "Cf" else sign
    return "" if sign in VARIATIONS or unicodedata.category(sign) in {"Cc", "Cf"} else SQUARE


def undrawn(text: str) -> str:
    """Return the signs of a text that papers show as a square, each once, in their order."""
    composed = unicodedata.normalize("NFC", text)
    if USUAL.fullmatch(composed):
        return ""
    lost = (sign for sign in composed if not sign.isspace() and sign != SQUARE and drawn(sign) == SQUARE)
    return "".join(dict.fromkeys(lost))


@cache
def _letters() -> frozenset[str]:
    ends = (found.partition("-") for found in RANGES.split())
    return frozenset(
        chr(code) for first, _, last in ends for code in range(int(first, 16), int(last or first, 16) + 1)
    )
