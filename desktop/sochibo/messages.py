"""Words and numbers of one language: gettext catalogues and Babel formats."""

from __future__ import annotations

import gettext
import io
import logging
import re
import string
import unicodedata
from datetime import date as Date  # noqa: N812 - the method `date` hides it
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Final

from sochibo import paths

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LANGUAGES", "N_", "Messages", "fields_of"]

LANGUAGES: Final = ("vi", "en")
DOMAIN: Final = "sochibo"
_HIDDEN: Final = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff]"
)
_log = logging.getLogger(__name__)


def N_(text: str) -> str:  # noqa: N802 - the name that gettext tools know
    """Mark a constant for translation; it is translated when it is drawn."""
    return text


def fields_of(template: str) -> set[str]:
    """Return the names of the `{fields}` in a template."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


class Messages:
    """The words of one language, passed to whoever speaks; a screen and a document may differ.

    Message ids are English, so English needs no catalogue. A translation whose `{fields}` differ from
    its source is not used: the source is shown instead.
    """

    def __init__(self, language: str = "vi") -> None:
        if language not in LANGUAGES:
            language = "vi"
        self.language = language
        self._catalogue = _catalogue(language)

    def gettext(self, text: str) -> str:
        """Translate one text."""
        return self._safe(self._catalogue.gettext(text), text) if text else ""

    def ngettext(self, one: str, many: str, n: int) -> str:
        """Translate a text that depends on a count; the caller fills in `{n}`."""
        return self._safe(self._catalogue.ngettext(one, many, n), one if n == 1 else many, one + many)

    def pgettext(self, context: str, text: str) -> str:
        """Translate a text whose meaning depends on its context."""
        return self._safe(self._catalogue.pgettext(context, text), text) if text else ""

    def sentence(self, template: str, fields: Mapping[str, object] | None = None) -> str:
        """Translate a template and fill in its fields, numbers and dates in the language's own form.

        A year is a number too and would be drawn `2.026`: pass it as text.
        """
        text = self.gettext(template)
        return text.format_map({name: self._drawn(value) for name, value in (fields or {}).items()})

    def number(self, value: float) -> str:
        """Draw a number with the language's separators: `1.234,5` in Vietnamese."""
        from babel.numbers import format_decimal

        return str(format_decimal(value, locale=self.language))

    def percent(self, numerator: int, denominator: int, digits: int = 1) -> str:
        """Draw a rate from its counts, rounded half up: 32 of 35 is `91,4%`; nothing of nothing is `–`."""
        if denominator == 0:
            return "–"
        from decimal import ROUND_HALF_UP, Decimal

        from babel.numbers import format_decimal

        exact = Decimal(numerator) * 100 / Decimal(denominator)
        rounded = exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
        return f"{format_decimal(rounded, format='#,##0.' + '#' * digits, locale=self.language)}%"

    def date(self, day: Date) -> str:
        """Draw a day in short: `03/11/2026` in Vietnamese, `3 Nov 2026` in English."""
        if self.language == "vi":
            return f"{day.day:02d}/{day.month:02d}/{day.year}"
        from babel.dates import format_date

        return str(format_date(day, "d MMM y", locale="en"))

    def month(self, year: int, month: int) -> str:
        """Draw a month: `Tháng 11/2026` in Vietnamese, `November 2026` in English."""
        if self.language == "vi":
            return f"Tháng {month}/{year}"
        from babel.dates import format_date

        return str(format_date(Date(year, month, 1), "MMMM y", locale="en"))

    def weekday(self, day: Date) -> str:
        """Name the day of the week: `Thứ Ba`, `Tuesday`."""
        from babel.dates import format_date

        return str(format_date(day, "EEEE", locale=self.language))

    def _drawn(self, value: object) -> str:
        if isinstance(value, datetime):
            return f"{value:%H:%M} {self.date(value.date())}"
        if isinstance(value, Date):
            return self.date(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self.number(value)
        # A name from outside must not break a sentence into two, turn it around, or be no text at all.
        return _HIDDEN.sub("�", str(value))

    def _safe(self, translated: str, source: str, allowed: str = "") -> str:
        """Return a translation if its fields are among those of the source (or of all its plural forms)."""
        try:
            if fields_of(translated) <= fields_of(allowed or source):
                return translated
        except ValueError:  # a brace that was never closed
            pass
        _log.warning("translation of %r names other fields", source)
        return source


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """Load a catalogue: the compiled one of an installation, else the text of a checkout."""
    if language == "en":
        return gettext.NullTranslations()
    folder = paths.shipped("i18n") / language / "LC_MESSAGES"
    compiled = folder / f"{DOMAIN}.mo"
    if compiled.is_file():
        with compiled.open("rb") as file:
            return gettext.GNUTranslations(file)
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    text = unicodedata.normalize("NFC", (folder / f"{DOMAIN}.po").read_text("utf-8"))
    made = io.BytesIO()
    write_mo(made, read_po(io.StringIO(text), locale=language))
    made.seek(0)
    return gettext.GNUTranslations(made)
