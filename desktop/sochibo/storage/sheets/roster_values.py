"""What stands in the cells of a roster, read without inventing anything."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sochibo.rules.dates import PartialDate, parse_partial
from sochibo.rules.members.members import Sex
from sochibo.rules.names import clean, fold
from sochibo.storage.sheets.roster_words import roster_words

__all__ = [
    "MASK",
    "Told",
    "capitalised",
    "date_inside",
    "is_filled",
    "number_text",
    "proper_case",
    "read_date",
    "read_sex",
    "read_told",
    "text_of",
]

YEARS: Final = range(1900, 2101)
SERIALS: Final = range(5_000, 73_000)
"""Days since 1900 as Excel counts them, from 1913 to 2099: a date whose cell lost its format."""

DAY_ZERO: Final = date(1899, 12, 30)
"""From which days from March 1900 on are counted; Excel believes in a 29 February of that year."""

DATE_INSIDE: Final = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2}|\b(?:19|20)\d{2}\b"
)
FIRST_LETTER: Final = re.compile(r"(?<![^\W\d_])[^\W\d_]")
"""A letter that follows none: also the second part of H'Nư and Ka-Sô begins with a capital."""

LOST_ZEROS: Final = range(10, 12)
"""Digits left of a 12-digit number stored as a number: it begins with one or two zeros (001–096)."""

IDENTITY_DIGITS: Final = 12

MASK: Final = "•"
"""What hides the middle of a number in lists that are passed on; such a number tells nothing."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a cell of a Party date says: whether it happened, perhaps when, or a text that is no date."""

    happened: bool = False
    on: PartialDate | None = None
    unclear: str = ""


def is_filled(value: object) -> bool:
    """Tell whether a cell says anything."""
    return value is not None and str(value).strip() != ""


def text_of(value: object) -> str:
    """Return a cell as clean text: whole numbers without `.0`, days as registers print them."""
    match value:
        case None:
            return ""
        case bool():
            return "x" if value else ""
        case float() if value.is_integer():
            return str(int(value))
        case datetime() | date():
            return PartialDate(value.strftime("%Y-%m-%d")).vietnamese()
        case _:
            return clean(str(value))


def number_text(value: object) -> tuple[str, bool]:
    """Return an identity or card number, and whether lost leading zeros were put back.

    Digits are typed with points, spaces or an apostrophe in front; another shape stays as it was typed.
    """
    text = re.sub(r"\.0$", "", text_of(value))
    digits = re.sub(r"[\s.'’`-]", "", text)
    if not digits.isdecimal():
        return text, False
    if len(digits) in LOST_ZEROS:
        return digits.zfill(IDENTITY_DIGITS), True
    return digits, False


def read_date(value: object) -> tuple[PartialDate | None, str]:
    """Return a date with the precision it was written in, and the text where it is none."""
    match value:
        case datetime() | date():
            return PartialDate(value.strftime("%Y-%m-%d")), ""
        case bool() | None:
            return None, text_of(value)
        case int() | float() if float(value).is_integer() and int(value) in YEARS:
            return PartialDate(str(int(value))), ""
        case int() | float() if int(value) in SERIALS:
            return PartialDate.of(DAY_ZERO + timedelta(days=int(value))), ""
    text = text_of(value)
    found = parse_partial(text)
    return found, "" if found is not None else text


def read_told(value: object) -> Told:
    """Read a cell of a Party date: a date, a mark for “yes, date unknown”, a mark for “no”, or a text."""
    text = fold(text_of(value))
    words = roster_words()
    if text == "" or text in words.no:
        return Told()
    if text in words.yes:
        return Told(happened=True)
    found, unclear = read_date(value)
    return Told(happened=True, on=found, unclear=unclear)


def read_sex(value: object) -> Sex | None:
    """Read `Nam` or `Nữ` and their like; None for anything else."""
    text = fold(text_of(value))
    words = roster_words()
    if text in words.male:
        return Sex.MALE
    return Sex.FEMALE if text in words.female else None


def date_inside(text: str) -> PartialDate | None:
    """Find the one date in a sentence: `miễn từ 01/2020`."""
    found = DATE_INSIDE.findall(text)
    return parse_partial(found[0]) if len(found) == 1 else None


def proper_case(name: str) -> str:
    """Return a name written in capitals as it is written: `NGUYỄN VĂN MẪU` is Nguyễn Văn Mẫu."""
    if name != name.upper() or name == name.lower():
        return name
    return FIRST_LETTER.sub(lambda found: found[0].upper(), name.lower())


def capitalised(name: str) -> str:
    """Return a name with a capital at the beginning of every word."""
    return " ".join(word[:1].upper() + word[1:] for word in name.split(" "))
