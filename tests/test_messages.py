"""Words, numbers and dates in the two languages."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from hypothesis import given
from hypothesis import strategies as st

from sochibo import messages, paths
from sochibo.messages import LANGUAGES, N_, Messages, fields_of

if TYPE_CHECKING:
    from pathlib import Path

VI, EN = Messages("vi"), Messages("en")
DAY = date(2026, 11, 3)


def translated(said: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Messages:
    """Return Vietnamese words from a compiled catalogue that says one thing, as an installation has it."""
    made = Catalog(locale="vi")
    made.add("Hello {name}", said)
    made.add("Hello {name}", said, context="greeting")
    made.add(("One meeting", "{n} meetings"), (said,))
    compiled = folder / "vi" / "LC_MESSAGES" / "sochibo.mo"
    compiled.parent.mkdir(parents=True)
    with compiled.open("wb") as file:
        write_mo(file, made)
    monkeypatch.setattr(paths, "shipped", lambda _: folder)
    monkeypatch.setattr(messages, "_catalogue", messages._catalogue.__wrapped__)  # noqa: SLF001 - uncached
    return Messages("vi")


def test_vietnamese_comes_from_the_catalogue_and_english_from_the_source() -> None:
    assert VI.gettext("Present") == "Có mặt"
    assert EN.gettext("Present") == "Present"
    assert VI.sentence("Item {n} has no title.", {"n": 2}) == "Nội dung thứ 2 chưa có tên."


def test_an_unknown_language_is_vietnamese() -> None:
    assert LANGUAGES == ("vi", "en")
    assert Messages("fr").language == Messages().language == "vi"
    assert EN.language == "en"


@pytest.mark.parametrize("words", [VI, EN])
def test_nothing_said_is_nothing_translated(words: Messages) -> None:
    # gettext answers the empty text with the header of the catalogue.
    assert words.gettext("") == ""
    assert words.pgettext("context", "") == ""
    assert words.sentence("") == ""


def test_what_is_not_translated_is_said_in_english() -> None:
    assert VI.gettext("No such words") == "No such words"
    assert VI.pgettext("nowhere", "No such words") == "No such words"
    assert VI.ngettext("one", "many", 1) == "one"
    assert EN.ngettext("one", "many", 2) == "many"
    assert N_("marked") == "marked"


def test_fields_of_a_template() -> None:
    assert fields_of("{name} of {n}, {{not}} this") == {"name", "n"}
    assert fields_of("none") == set()


def test_a_compiled_catalogue_is_preferred(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = translated("Chào {name}", tmp_path, monkeypatch)
    assert words.sentence("Hello {name}", {"name": "An"}) == "Chào An"
    assert words.pgettext("greeting", "Hello {name}") == "Chào {name}"


@pytest.mark.parametrize("said", ["Chào {ten}", "Chào {name.upper}", "Chào {", "Chào {}"])
def test_a_translation_with_other_fields_is_not_used(
    said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, logged_warnings: list[str]
) -> None:
    words = translated(said, tmp_path, monkeypatch)
    assert words.sentence("Hello {name}", {"name": "An"}) == "Hello An"
    assert words.pgettext("greeting", "Hello {name}") == "Hello {name}"
    assert words.ngettext("One meeting", "{n} meetings", 2) == "{n} meetings"
    assert words.ngettext("One meeting", "{n} meetings", 1) == "One meeting"
    assert len(logged_warnings) == 4
    logged_warnings.clear()


def test_a_translation_may_leave_a_field_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert translated("Chào", tmp_path, monkeypatch).sentence("Hello {name}", {"name": "An"}) == "Chào"


def test_the_one_form_of_a_language_without_plural_may_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = translated("{n} cuộc họp", tmp_path, monkeypatch)
    assert words.ngettext("One meeting", "{n} meetings", 1) == "{n} cuộc họp"


def test_a_brace_in_a_value_is_no_field() -> None:
    assert EN.sentence("“{name}” cannot be read.", {"name": "{x}.pdf"}) == "“{x}.pdf” cannot be read."


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        (1234567, "1.234.567", "1,234,567"),
        (1234.5, "1.234,5", "1,234.5"),
        (0, "0", "0"),
        (-12, "-12", "-12"),
        (92.25, "92,25", "92.25"),
    ],
)
def test_numbers(value: float, vietnamese: str, english: str) -> None:
    assert VI.number(value) == vietnamese
    assert EN.number(value) == english


@pytest.mark.parametrize(
    ("numerator", "denominator", "digits", "vietnamese", "english"),
    [
        (32, 35, 1, "91,4%", "91.4%"),
        (35, 35, 1, "100%", "100%"),
        (0, 35, 1, "0%", "0%"),
        (1, 3, 0, "33%", "33%"),
        (2, 3, 0, "67%", "67%"),
        (1, 8, 0, "13%", "13%"),
        (1, 800, 1, "0,1%", "0.1%"),
        (1, 3, 2, "33,33%", "33.33%"),
        (0, 0, 1, "–", "–"),
    ],
)
def test_rates_are_drawn_from_their_counts(
    numerator: int, denominator: int, digits: int, vietnamese: str, english: str
) -> None:
    assert VI.percent(numerator, denominator, digits) == vietnamese
    assert EN.percent(numerator, denominator, digits) == english


@given(st.integers(1, 2000), st.data())
def test_rates_are_right_to_half_a_tenth(denominator: int, data: st.DataObject) -> None:
    numerator = data.draw(st.integers(0, denominator))
    drawn = EN.percent(numerator, denominator)
    assert abs(float(drawn.rstrip("%")) - numerator * 100 / denominator) <= 0.0500001


def test_days_and_months() -> None:
    assert (VI.date(DAY), EN.date(DAY)) == ("03/11/2026", "3 Nov 2026")
    assert (VI.month(2026, 11), EN.month(2026, 11)) == ("Tháng 11/2026", "November 2026")
    assert (VI.weekday(DAY), EN.weekday(DAY)) == ("Thứ Ba", "Tuesday")


def test_values_in_a_sentence_are_drawn_in_the_language() -> None:
    fields = {"day": DAY, "at": datetime(2026, 11, 3, 7, 5), "n": 1234.5, "yes": True, "name": "An"}  # noqa: DTZ001 - drawn as given
    template = "{day} {at} {n} {yes} {name}"
    assert VI.sentence(template, fields) == "03/11/2026 07:05 03/11/2026 1.234,5 True An"
    assert EN.sentence(template, fields) == "3 Nov 2026 07:05 3 Nov 2026 1,234.5 True An"
