"""Text of Vietnamese fonts from before Unicode (TCVN3, VNI), known by its words and rewritten.

A cell says nothing of its encoding: “Hoµng” is Latin-1 like any other. So the words of a column are read in
each way, and the way in which they are Vietnamese syllables is believed, if it is clearly the best. Tables
of our own, since no library on PyPI that is kept does this alone; they are data in
`resources/rules/legacy_text.toml`.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sochibo import paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Font", "Rewritten", "as_windows_1258", "is_syllable", "read_as", "rewrite"]

WORD: Final = re.compile(r"[^\s\d,.;:/()\[\]{}'’\"“”!?_+=*&%#@|\\<>–—-]+")
TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
SHORT_TONES: Final = frozenset("\u0301\u0323")

OLD_LETTER: Final = re.compile("[\xa0-\xff]")
UNICODE_ALONE: Final = re.compile("[^\x00-\x7f\xa0-\xff–—‘’“”„…•]")
"""Letters and marks that no old font has; dashes and quotes are put into text of every font."""

ENOUGH_WORDS: Final = 3
SURE_SHARE: Final = 0.8
SURE_LEAD: Final = 0.25
POOR_SHARE: Final = 0.5


class Font(StrEnum):
    """How the letters of a text are to be read; the values are the names that people know."""

    UNICODE = "Unicode"
    TCVN3 = "TCVN3 (ABC)"
    VNI = "VNI"
    UNKNOWN = ""


OLD_FONTS: Final = (Font.TCVN3, Font.VNI)


@dataclass(frozen=True, slots=True)
class Rewritten:
    """Rows with the letters of old fonts made Unicode.

    `fonts` tells which cells (row, column) were rewritten from which, `unclear` the cells whose letters
    belong to no font that is known.
    """

    rows: tuple[tuple[Any, ...], ...]
    fonts: Mapping[tuple[int, int], Font]
    unclear: frozenset[tuple[int, int]]


def rewrite(rows: Sequence[Sequence[Any]]) -> Rewritten:
    """Judge every column by its words, and in doubt by those of the whole sheet, and rewrite its cells."""
    wide = max(map(len, rows), default=0)
    columns = [[row[column] for row in rows if column < len(row)] for column in range(wide)]
    words = [_telling_words(column) for column in columns]
    whole = _judged(sum(words, Counter()))
    fonts = [
        _judged(theirs, None if _is_mostly_unicode(column) else whole)
        for theirs, column in zip(words, columns, strict=True)
    ]
    made, rewritten, unclear = [], {}, set()
    for at, row in enumerate(rows):
        line = list(row)
        for column, value in enumerate(row):
            if fonts[column] is Font.UNICODE or not _may_be_old(value):
                continue
            if fonts[column] is Font.UNKNOWN:
                if any(not is_syllable(word) for word in _words_of(value) if not word.isascii()):
                    unclear.add((at, column))
                continue
            line[column] = read_as(value, fonts[column])
            rewritten[at, column] = fonts[column]
        made.append(tuple(line))
    return Rewritten(tuple(made), rewritten, frozenset(unclear))


def read_as(text: str, font: Font) -> str:
    """Return a text as a reader of that font saw it, in Unicode NFC."""
    if font is Font.TCVN3:
        return unicodedata.normalize("NFC", WORD.sub(lambda found: _tcvn3_word(found[0]), text))
    if font is Font.VNI:
        return unicodedata.normalize("NFC", _vni(text))
    return unicodedata.normalize("NFC", text)


def as_windows_1258(text: str) -> str | None:
    """Return bytes that were read as Latin-1 as Windows-1258, if that makes the best Vietnamese of them."""
    try:
        read = unicodedata.normalize("NFC", text.encode("latin-1").decode("cp1258"))
    except UnicodeError:
        return None
    words = Counter(word for word in WORD.findall(text) if not word.isascii())
    best = max(_shares(words).values(), default=0.0)
    new_words = [word for word in WORD.findall(read) if not word.isascii()]
    share = sum(map(is_syllable, new_words)) / max(len(new_words), 1)
    return read if share >= max(best, POOR_SHARE) else None


def is_syllable(word: str) -> bool:
    """Tell whether a word can be one Vietnamese syllable."""
    apart = unicodedata.normalize("NFD", word.casefold())
    tones = [sign for sign in apart if sign in TONES]
    if len(tones) > 1:
        return False
    bare = unicodedata.normalize("NFC", "".join(sign for sign in apart if sign not in TONES))
    onsets, rhymes = _tables().onsets, _tables().rhymes
    for length in range(min(3, len(bare)), -1, -1):
        rhyme = bare[length:]
        # “gìn” and “quốc”: the i and the u are written once, for the onset and for the rhyme.
        if bare[:length] in onsets and (rhyme in rhymes or (bare[:length] == "gi" and f"i{rhyme}" in rhymes)):
            stopped = rhyme.endswith(("c", "ch", "p", "t"))
            return not stopped or (len(tones) == 1 and tones[0] in SHORT_TONES)
    return False


def _judged(words: Counter[str], whole: Font | None = None) -> Font:
    """Return how words are to be read; `whole` is how the sheet is, which decides where words are few."""
    shares = _shares(words)
    if not shares:
        return Font.UNICODE
    ranked = sorted(shares, key=lambda font: shares[font], reverse=True)
    best, lead = ranked[0], shares[ranked[0]] - shares[ranked[1]]
    if shares[best] <= shares[Font.UNICODE]:
        best = Font.UNICODE
    if whole in OLD_FONTS and shares[whole] >= shares[Font.UNICODE] and shares[whole] >= POOR_SHARE:
        return whole
    if best is Font.UNICODE and shares[best] >= POOR_SHARE:
        return Font.UNICODE
    enough = len(words) >= ENOUGH_WORDS
    # A word or two are believed only if they are nothing in Unicode.
    clear = enough or not shares[Font.UNICODE]
    if best is not Font.UNICODE and clear and shares[best] >= SURE_SHARE and lead >= SURE_LEAD:
        return best
    return Font.UNKNOWN if enough else Font.UNICODE


def _shares(words: Counter[str]) -> dict[Font, float]:
    """Return which share of different words is Vietnamese in each way of reading; empty without words."""
    if not words:
        return {}
    return {
        font: sum(_fits(word, font) and is_syllable(read_as(word, font)) for word in words) / len(words)
        for font in (Font.UNICODE, *OLD_FONTS)
    }


def _fits(word: str, font: Font) -> bool:
    """Tell whether every letter of a word is one of that font's."""
    if font is Font.TCVN3:
        return all(sign.isascii() or ord(sign) in _tables().tcvn3 for sign in word)
    if font is Font.VNI:
        pairs = zip(f" {word}".lower(), word, strict=False)
        return all(
            sign.isascii() or sign in _tables().vni or (before, sign.lower()) in _tables().marks
            for before, sign in pairs
        )
    return True


def _telling_words(values: Iterable[Any]) -> Counter[str]:
    """Count the words that a font would make a difference to."""
    texts = [value for value in values if _may_be_old(value)]
    return Counter(word for text in texts for word in _words_of(text) if not word.isascii())


def _may_be_old(value: object) -> bool:
    """Tell whether a cell has letters beyond ASCII, and none that only Unicode has."""
    if not isinstance(value, str) or value.isascii():
        return False
    return not UNICODE_ALONE.search(value) and bool(OLD_LETTER.search(value))


def _is_mostly_unicode(values: Sequence[Any]) -> bool:
    """Tell whether most texts that are not ASCII have letters which no old font has."""
    texts = [value for value in values if isinstance(value, str) and not value.isascii()]
    return sum(not _may_be_old(text) for text in texts) * 2 > len(texts)


def _words_of(text: str) -> list[str]:
    return WORD.findall(text)


@dataclass(frozen=True, slots=True)
class _Tables:
    tcvn3: Mapping[int, int]
    vni: Mapping[str, str]
    marks: Mapping[tuple[str, str], str]
    onsets: frozenset[str]
    rhymes: frozenset[str]


@cache
def _tables() -> _Tables:
    with (paths.shipped("resources") / "rules" / "legacy_text.toml").open("rb") as file:
        told = tomllib.load(file)
    vni = told["vni"]
    return _Tables(
        tcvn3=str.maketrans("".join(told["tcvn3"]["old"]), "".join(told["tcvn3"]["new"])),
        vni=dict(zip(vni["old"], vni["new"], strict=True)),
        marks={
            (letter, mark): signs
            for line in vni["marks"]
            for letter in line["after"]
            for mark, signs in zip(line["old"], line["signs"], strict=True)
        },
        onsets=frozenset(told["syllables"]["onsets"]),
        rhymes=frozenset(told["syllables"]["rhymes"].split()),
    )


def _tcvn3_word(word: str) -> str:
    """Rewrite one word; its tones have no capitals of their own, so those around them tell."""
    made = word.translate(_tables().tcvn3)
    plain = [sign for sign in word if sign.isascii() and sign.isalpha()]
    in_capitals = bool(plain) and all(sign.isupper() for sign in plain) and len(word) > 1
    # A capital before small letters that are all toned (“Lý”) looks like a word in capitals: only two
    # capitals, or a toned letter before one, make sure.
    sure = len(plain) > 1 or (in_capitals and not word[0].isascii())
    return made.upper() if in_capitals and sure else made


def _vni(text: str) -> str:
    tables = _tables()
    made: list[str] = []
    at = 0
    while at < len(text):
        letter, mark = text[at], text[at + 1 : at + 2]
        signs = tables.marks.get((letter.lower(), mark.lower()))
        made.append(tables.vni.get(letter, letter) + (signs or ""))
        at += 2 if signs else 1
    return "".join(made)
